"""Import of releases: a small one of the later shape, whole and damaged in every way."""

import datetime
import zipfile
from collections.abc import Callable
from pathlib import Path
from typing import Any, TypeAlias
from xml.sax.saxutils import escape

import pytest
from pyoxigraph import NamedNode

from ofsted_kg.errors import SourceError
from ofsted_kg.identity.authorities import Authorities, Authority
from ofsted_kg.identity.frameworks import Frameworks
from ofsted_kg.identity.spellings import Spellings
from ofsted_kg.rdf.facts import Facts
from ofsted_kg.rdf.terms import iri, term, text
from ofsted_kg.releases import layouts
from ofsted_kg.releases.build import ReleasesSummary, import_releases
from ofsted_kg.releases.joining import join_assessments
from ofsted_kg.releases.sheets import column_letter
from tests.conftest import ROOT

LEAD = ["Web link", "Local authority area code", "Local authority name"]
GRADES = [
    "Overall effectiveness",
    "The impact of leaders on social work practice with children and families",
    "The experiences and progress of children who need help and protection",
    "The experiences and progress of children in care",
    "The experiences and progress of care leavers",
]
LINK = "Ofsted Local Authority Webpage"
CAMDEN = [LINK, "E09000007", "Camden"]
GOOD = ["Good"] * 5
STARTED = datetime.date(2025, 9, 1)
APPEARED = datetime.date(2025, 10, 13)
NEXT_YEAR = "outcomes_2026.ods"

Row: TypeAlias = list[object]
Sheets: TypeAlias = dict[str, list[Row]]


def small_release() -> Sheets:
    dates = ["Inspection date", "Publication date"]
    visit = ["Inspection/Visit date", "Publication date", "Inspection/Visit type"]
    return {
        "Cover": [
            ["Local authority inspection outcomes as at 31 March 2026"],
            ["Published on:", datetime.date(2026, 9, 24)],
        ],
        "Inspections_as_at_31_March": [
            ["Judgements as at 31 March 2026"],
            [*LEAD, "Ofsted region", *dates, *GRADES],
            [*CAMDEN, "London", STARTED, APPEARED, *GOOD],
        ],
        "In-year_inspections": [
            ["Activity 2025-26"],
            [*LEAD, "Region", *visit, *GRADES, "Visit Theme"],
            [*CAMDEN, "London", STARTED, APPEARED, "ILACS Standard Inspection", *GOOD],
        ],
        "ILACS_inspection_history": [
            ["History"],
            [
                *LEAD,
                "Local authority status",
                "Ofsted region",
                *dates,
                "Inspection type",
                *GRADES,
            ],
            [*CAMDEN, "Current", "London", STARTED, APPEARED, "ILACS Standard Inspection", *GOOD],
        ],
    }


def write_ods(path: Path, sheets: Sheets) -> Path:
    """A minimal OpenDocument spreadsheet."""
    tables = "".join(
        f'<table:table table:name="{escape(name)}">{"".join(map(_row, rows))}</table:table>'
        for name, rows in sheets.items()
    )
    spaces = " ".join(
        f'xmlns:{name}="urn:oasis:names:tc:opendocument:xmlns:{name}:1.0"'
        for name in ("office", "table", "text")
    )
    content = (
        f'<?xml version="1.0" encoding="UTF-8"?><office:document-content {spaces}>'
        f"<office:body><office:spreadsheet>{tables}</office:spreadsheet></office:body>"
        "</office:document-content>"
    )
    manifest = '<manifest xmlns="urn:oasis:names:tc:opendocument:xmlns:manifest:1.0"/>'
    kind = "application/vnd.oasis.opendocument.spreadsheet"
    with zipfile.ZipFile(path, "w") as archive:
        archive.writestr("mimetype", kind)
        archive.writestr("content.xml", content)
        archive.writestr("META-INF/manifest.xml", manifest)
    return path


def _row(values: Row) -> str:
    return f"<table:table-row>{''.join(map(_cell, values))}</table:table-row>"


def _cell(value: object) -> str:
    if isinstance(value, datetime.date):
        kind = f'office:value-type="date" office:date-value="{value}"'
    else:
        kind = 'office:value-type="string"'
    words = escape(str(value))
    return f"<table:table-cell {kind}><text:p>{words}</text:p></table:table-cell>"


def judgement(key: str, area: str) -> NamedNode:
    return iri("assessment", key, "judgement", area)


def grade(facts: Facts, key: str, area: str) -> str:
    """The accepted grade as `scale/grade`."""
    (found,) = facts.nodes(judgement(key, area), term("okg:hasGrade"))
    return found.value.removeprefix(iri("scale", "").value)


def some_authorities() -> Authorities:
    facts = Facts.of(ROOT / "data" / "reference" / "spellings.ttl")

    def authority(key: str, name: str, title: str, gss: str, **more: Any) -> Authority:
        node = iri("authority", key)
        facts.add(node, term("rdf:type"), term("okg:LocalAuthority"))
        facts.add(node, term("skos:prefLabel"), text(name))
        facts.add(node, term("dcterms:title"), text(title))
        return Authority(key, name, title, frozenset((gss,)), **more)

    some = [
        authority("CMD", "Camden", "London Borough of Camden", "E09000007"),
        authority(
            *("DST", "Dorset", "Dorset Council", "E06000059"),
            start=datetime.date(2019, 4, 1),
            predecessors=("DOR",),
        ),
        authority(
            *("DOR", "Dorset County", "Dorset County Council", "E10000009"),
            end=datetime.date(2019, 3, 31),
        ),
    ]
    return Authorities(some, Spellings(facts))


def import_small(folder: Path, sheets: Sheets) -> ReleasesSummary:
    path = write_ods(folder / NEXT_YEAR, sheets)
    return import_releases([path], folder / "data", some_authorities(), ROOT / "ontology")


def test_a_later_release_of_the_same_shape_is_imported(tmp_path: Path) -> None:
    summary = import_small(tmp_path, small_release())
    (written,) = map(Path, summary.files_written)
    assert written == tmp_path / "data" / "releases" / "ofsted-outcomes-2026.ttl"
    facts = Facts.of(written)
    assert grade(facts, "CMD/ilacs-2023/2025-09-01", "care-leavers") == "ilacs-2018/good"
    again = facts.nodes(
        judgement("CMD/ilacs-2023/2025-09-01", "care-leavers"), term("okg:isRepeatedIn")
    )
    assert len(again) == 2


def test_an_inspection_of_2026_may_lack_the_overall_grade(tmp_path: Path) -> None:
    sheets = small_release()
    sheets["Cover"][1][1] = datetime.date(2026, 9, 24)
    for rows in sheets.values():
        for row in rows:
            if STARTED in row:
                start = row.index(STARTED)
                row[start : start + 2] = [datetime.date(2026, 4, 13), datetime.date(2026, 6, 1)]
                row[row.index("Good")] = ""
    summary = import_small(tmp_path, sheets)
    assert [(one.framework, one.judgements) for one in summary.frameworks] == [("ilacs-2026", 4)]


def swap(rows: list[Row], first: int) -> None:
    """Exchange a column and the one after it."""
    for row in rows:
        row[first], row[first + 1] = row[first + 1], row[first]


DAMAGE: dict[str, tuple[Callable[[Sheets], object], list[str]]] = {
    "missing column": (
        lambda sheets: [row.pop(5) for row in sheets["Inspections_as_at_31_March"][1:]],
        ["Inspections_as_at_31_March", "cell F2", "'Publication date' is missing"],
    ),
    "renamed column": (
        lambda sheets: sheets["ILACS_inspection_history"][1].__setitem__(8, "Overall grade"),
        ["ILACS_inspection_history", "cell I2", "renamed", "overall grade"],
    ),
    "moved column": (
        lambda sheets: swap(sheets["Inspections_as_at_31_March"][1:], 4),
        ["Inspections_as_at_31_March", "cell E2", "has moved to F"],
    ),
    "new column": (
        lambda sheets: sheets["In-year_inspections"][1].append("Remarks"),
        ["In-year_inspections", "cell N2", "unknown column"],
    ),
    "missing sheet": (
        lambda sheets: sheets.pop("In-year_inspections"),
        ["no sheet known here lists inspections and visits of one year"],
    ),
    "unknown code": (
        lambda sheets: sheets["ILACS_inspection_history"][2].__setitem__(1, "E09999999"),
        ["ILACS_inspection_history", "cell B3", "E09999999"],
    ),
    "name of another authority": (
        lambda sheets: sheets["ILACS_inspection_history"][2].__setitem__(2, "Dorset"),
        ["ILACS_inspection_history", "cell C3", "Dorset"],
    ),
    "no name": (
        lambda sheets: sheets["ILACS_inspection_history"][2].__setitem__(2, ""),
        ["ILACS_inspection_history", "cell C3", "name of the authority is missing"],
    ),
    "no date": (
        lambda sheets: sheets["ILACS_inspection_history"][2].__setitem__(5, "soon"),
        ["ILACS_inspection_history", "cell F3", "'soon' is not a date"],
    ),
    "date after the release": (
        lambda sheets: sheets["ILACS_inspection_history"][2].__setitem__(
            6, datetime.date(2027, 1, 4)
        ),
        ["ILACS_inspection_history", "cell G3", "2027-01-04", "after the release"],
    ),
    "published before the inspection": (
        lambda sheets: sheets["ILACS_inspection_history"][2].__setitem__(
            6, datetime.date(2025, 8, 4)
        ),
        ["ILACS_inspection_history", "cell G3", "2025-08-04"],
    ),
    "before the framework": (
        lambda sheets: sheets["ILACS_inspection_history"][2].__setitem__(
            5, datetime.date(2017, 9, 4)
        ),
        ["ILACS_inspection_history", "cell F3", "came into force"],
    ),
    "grade off the scale": (
        lambda sheets: sheets["Inspections_as_at_31_March"][2].__setitem__(6, "Adequate"),
        ["Inspections_as_at_31_March", "cell G3", "'Adequate' is not a grade of ilacs-2018"],
    ),
    "unknown kind": (
        lambda sheets: sheets["In-year_inspections"][2].__setitem__(6, "Survey"),
        ["In-year_inspections", "cell G3", "Survey"],
    ),
    "no cover": (lambda sheets: sheets.pop("Cover"), ["Cover", "missing"]),
}


@pytest.mark.parametrize("name", DAMAGE)
def test_a_damaged_sheet_is_one_clear_error(name: str, tmp_path: Path) -> None:
    damage, words = DAMAGE[name]
    sheets = small_release()
    damage(sheets)
    with pytest.raises(SourceError) as raised:
        import_small(tmp_path, sheets)
    message = str(raised.value)
    assert "\n" not in message
    assert message.startswith(NEXT_YEAR)
    for word in words:
        assert word in message
    assert not (tmp_path / "data").exists()


@pytest.mark.parametrize("kept", [0, 100, 600])
def test_a_corrupt_file_is_one_clear_error(kept: int, tmp_path: Path) -> None:
    path = write_ods(tmp_path / NEXT_YEAR, small_release())
    path.write_bytes(path.read_bytes()[:kept])
    with pytest.raises(SourceError, match=NEXT_YEAR):
        import_releases([path], tmp_path / "data", some_authorities(), ROOT / "ontology")
    assert not (tmp_path / "data").exists()


def test_one_bad_release_keeps_a_good_one_out(tmp_path: Path) -> None:
    good = write_ods(tmp_path / "good.ods", small_release())
    bad = tmp_path / "bad.ods"
    bad.write_bytes(b"no spreadsheet")
    with pytest.raises(SourceError, match=r"bad\.ods"):
        import_releases([good, bad], tmp_path / "data", some_authorities(), ROOT / "ontology")
    assert not (tmp_path / "data").exists()


def test_an_older_inspection_belongs_to_the_county(tmp_path: Path) -> None:
    """A row under the new council's code, with an inspection of its predecessor."""
    sheets = small_release()
    for rows in sheets.values():
        for row in rows:
            if "E09000007" in row:
                row[1:3] = ["E06000059", "Dorset"]
                start = row.index(STARTED)
                row[start : start + 2] = [datetime.date(2018, 7, 2), datetime.date(2018, 8, 6)]
                row[-1] = ""
    summary = import_small(tmp_path, sheets)
    facts = Facts.of(Path(summary.files_written[0]))
    node = judgement("DOR/ilacs-2018/2018-07-02", "overall")
    assert facts.nodes(node, term("okg:concernsAuthority")) == [
        iri("authority", "DOR"),
        iri("authority", "DST"),
    ]


def test_names_in_their_changing_forms() -> None:
    authorities = some_authorities()
    old, new = datetime.date(2018, 1, 1), datetime.date(2022, 1, 1)
    assert authorities.by_name("DORSET", old).key == "DOR"
    assert authorities.by_name("Dorset", new).key == "DST"
    assert authorities.by_name("Dorset", new, existing=False).key == "DOR"
    with pytest.raises(LookupError, match="Barchester"):
        authorities.by_name("Barchester", new)


@pytest.mark.parametrize(
    ("index", "letters"), [(0, "A"), (25, "Z"), (26, "AA"), (31, "AF"), (701, "ZZ"), (702, "AAA")]
)
def test_column_letters(index: int, letters: str) -> None:
    assert column_letter(index) == letters


def test_nothing_to_join() -> None:
    assert join_assessments([], Frameworks.read(ROOT / "ontology")) == []


def test_a_dash_for_care_leavers_makes_no_fifth_judgement(tmp_path: Path) -> None:
    """Before 2023 they were judged together with children in care."""
    sheets = small_release()
    for rows in sheets.values():
        for row in rows:
            if STARTED in row:
                start = row.index(STARTED)
                row[start : start + 2] = [datetime.date(2022, 4, 25), datetime.date(2022, 6, 21)]
                row[-1] = "-"
    summary = import_small(tmp_path, sheets)
    assert [(one.framework, one.judgements) for one in summary.frameworks] == [("ilacs-2018", 4)]


def test_a_sheet_is_known_by_its_headings_whatever_it_is_called(tmp_path: Path) -> None:
    sheets = {
        f"{name} (new)" if name != "Cover" else name: rows for name, rows in small_release().items()
    }
    summary = import_small(tmp_path, sheets)
    assert [one.sheet for one in summary.sheets] == [
        "ILACS_inspection_history (new)",
        "Inspections_as_at_31_March (new)",
        "In-year_inspections (new)",
    ]


def test_next_year_s_changed_column_is_one_file(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    sheets = small_release()
    heads = sheets["Inspections_as_at_31_March"][1]
    heads[heads.index("Overall effectiveness")] = "Overall grade"
    problem = r"sheet Inspections_as_at_31_March, cell G2: .*'Overall effectiveness' is missing"
    with pytest.raises(SourceError, match=problem):
        import_small(tmp_path, sheets)
    says = "LAYOUTS = (SheetLayout(OFSTED, STATE, STATE_TABLES),)\n"
    add_layouts(tmp_path, monkeypatch, "outcomes_2099", says)
    summary = import_small(tmp_path, sheets)
    assert [one.grade_cells for one in summary.sheets] == [5, 5, 5]


def test_another_inspectorate_is_one_file(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    sheets = small_release()
    for name in list(sheets)[1:]:
        heads = sheets[name][1]
        heads[heads.index("Overall effectiveness")] = "Overall grade"
    add_layouts(
        tmp_path,
        monkeypatch,
        "outcomes_hmi",
        "OTHER = Publisher('hmi', 'HM Inspectors')\n"
        "KINDS = {HISTORY: HISTORY_TABLES, STATE: STATE_TABLES, YEAR: YEAR_TABLES}\n"
        "LAYOUTS = tuple(SheetLayout(OTHER, *one) for one in KINDS.items())\n",
    )
    import_small(tmp_path, sheets)
    (file,) = (tmp_path / "data" / "releases").glob("*.ttl")
    assert file.name == "hmi-outcomes-2026.ttl"
    written = file.read_text(encoding="utf-8")
    assert "<https://w3id.org/ofsted-kg/graph/releases/hmi-outcomes-2026> a prov:Bundle" in written
    assert written.count("HM Inspectors's local authority inspection outcomes as at") == 2
    facts = Facts.of(file)
    document = iri("document", "hmi-outcomes-2026")
    assert facts.nodes(document, term("dcterms:publisher")) == [iri("organisation", "hmi")]
    assert facts.text(document, term("bibo:shortTitle")) == "HM Inspectors outcomes 2026"
    assert "Ofsted" not in written.partition("\n")[2].replace("ofsted-kg", "")
    heads = sheets["In-year_inspections"][1]
    heads[heads.index("Overall grade")] = "Overall effectiveness"
    with pytest.raises(SourceError, match="the layouts of HM Inspectors and Ofsted"):
        import_small(tmp_path, sheets)


def add_layouts(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, stem: str, says: str) -> None:
    """A file of layouts beside the known ones, with the overall grade under another heading."""
    folder = tmp_path / "layouts"
    folder.mkdir()
    (folder / f"{stem}.py").write_text(
        "from ofsted_kg.releases.columns import OFSTED, ilacs\n"
        "from ofsted_kg.releases.layout import *\n"
        "from ofsted_kg.releases.layouts.outcomes_2025 import GRADES\n"
        "GRADES = (('Overall grade', 'overall'), *GRADES[1:])\n"
        "DATES = (('Inspection date', FIELDWORK), ('Publication date', PUBLISHED))\n"
        "VISIT = (('Inspection/Visit date', FIELDWORK), DATES[1])\n"
        "ROW = ('Web link', CODE, NAME)\n"
        "STATE_TABLES = (Table((*ROW, 'Ofsted region'), ilacs(*DATES, *GRADES)),)\n"
        "HISTORY_ROW = (*ROW, 'Local authority status', 'Ofsted region')\n"
        "HISTORY_COLUMNS = ilacs(*DATES, ('Inspection type', KIND), *GRADES)\n"
        "HISTORY_TABLES = (Table(HISTORY_ROW, HISTORY_COLUMNS),)\n"
        "VISIT_KIND = ('Inspection/Visit type', KIND)\n"
        "YEAR_COLUMNS = ilacs(*VISIT, VISIT_KIND, *GRADES, ('Visit Theme', THEME))\n"
        "YEAR_TABLES = (Table((*ROW, 'Region'), YEAR_COLUMNS),)\n" + says
    )
    monkeypatch.setattr(layouts, "__path__", [*layouts.__path__, str(folder)])

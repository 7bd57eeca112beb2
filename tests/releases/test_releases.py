"""Ofsted's releases as published: cells read by hand from the sheets and their CSV copies."""

import csv
from collections import Counter
from pathlib import Path

import pytest
from pyoxigraph import NamedNode

from ofsted_kg.identity.authorities import Authorities
from ofsted_kg.rdf.facts import Facts
from ofsted_kg.rdf.terms import iri, term
from ofsted_kg.releases.build import ReleasesSummary, import_releases
from ofsted_kg.releases.sheets import column_letter
from tests.conftest import ROOT

HISTORY = "LA_inspections_2009-2023"
RELEASES = ("ofsted-outcomes-2023", "ofsted-outcomes-2025")


pytestmark = pytest.mark.national

# The published files


@pytest.fixture(scope="module")
def summary(
    national_releases: list[Path], tmp_path_factory: pytest.TempPathFactory
) -> ReleasesSummary:
    data = tmp_path_factory.mktemp("national") / "data"
    authorities = Authorities.read(ROOT / "data" / "reference")
    return import_releases(national_releases, data, authorities, ROOT / "ontology")


@pytest.fixture(scope="module")
def facts(summary: ReleasesSummary) -> Facts:
    found = Facts()
    for path in map(Path, summary.files_written):
        found.load(path, path.stem)
    return found


def judgement(key: str, area: str) -> NamedNode:
    return iri("assessment", key, "judgement", area)


def grade(facts: Facts, key: str, area: str) -> str:
    """The accepted grade as `scale/grade`."""
    (found,) = facts.nodes(judgement(key, area), term("okg:hasGrade"))
    return found.value.removeprefix(iri("scale", "").value)


def places(facts: Facts, key: str, area: str) -> dict[str, str]:
    """Where the judgement is stated (by release), as sheet and cell."""
    nodes = facts.nodes(judgement(key, area), term("okg:isStatedIn"))
    paths = [node.value.removeprefix(iri("passage", "").value) for node in nodes]
    return {path.split("/")[0]: path.split("/", 1)[1] for path in paths}


def test_counts_by_framework_agree_with_the_columns(summary: ReleasesSummary) -> None:
    """Counted by hand from the filled cells of each column of the CSV copies.

    slac-2009: 152 + 151 first (one dash), 9 + 2 again, two pairs published together.
    sif-2013: 152 x 6 less 4 dashes, 21 x 6. ilacs: 271 in the history, 103 of them
    with a fifth grade, and 60 ungraded visits in each of the two years.
    """
    counts = {one.framework: one for one in summary.frameworks}
    assert {key: (one.assessments, one.judgements) for key, one in counts.items()} == {
        "slac-2009": (161, 314),
        "cp-2012": (51, 51),
        "lac-2013": (5, 5),
        "sif-2013": (173, 1034),
        "lscb-2013": (152, 152),
        "ilacs-2018": (168 + 54, 168 * 4),
        "ilacs-2023": (103 + 66, 103 * 5),
    }
    assert counts["slac-2009"].authorities == 152
    assert counts["cp-2012"].authorities == 50


def test_every_row_is_taken_or_listed(summary: ReleasesSummary) -> None:
    rows = {one.sheet: one.rows for one in summary.sheets}
    assert rows == {
        HISTORY: 156,
        "LA_level_at_31_Mar_2023": 152,
        "LA_level_in_year_2022-23": 111,
        "ILACS_inspection_history": 271,
        "Inspections_as_at_31_March": 153,
        "In-year_inspections": 112,
    }
    listed = Counter(one.sheet for one in summary.skipped if one.row)
    # The last row of each sheet in a spreadsheet program.
    last = {
        HISTORY: 165,
        "LA_level_at_31_Mar_2023": 156,
        "LA_level_in_year_2022-23": 114,
        "ILACS_inspection_history": 274,
        "Inspections_as_at_31_March": 156,
        "In-year_inspections": 115,
    }
    assert {sheet: rows[sheet] + listed[sheet] for sheet in last} == last
    assert summary.keyed_by_publication == []


def test_grades_of_camden_in_2012_are_in_their_cells(facts: Facts) -> None:
    key = "CMD/slac-2009/2012-04-10"
    assert grade(facts, key, "safeguarding-overall") == "slac-2009/2"
    assert grade(facts, key, "looked-after-overall") == "slac-2009/2"
    assert places(facts, key, "safeguarding-overall") == {RELEASES[0]: f"{HISTORY}/F27"}
    assert facts.texts(iri("assessment", key), term("okg:publishedOn")) == ["2012-04-10"]


def test_grades_of_camden_in_2017_are_on_the_scale_of_that_year(facts: Facts) -> None:
    key = "CMD/sif-2013/2017-11-24"
    grades = {
        area: grade(facts, key, area)
        for area in (
            "overall",
            "help-and-protection",
            "looked-after-and-permanence",
            "adoption",
            "care-leavers",
            "leadership",
        )
    }
    assert grades == {
        "overall": "sif-2013/good",
        "help-and-protection": "sif-2013/good",
        "looked-after-and-permanence": "sif-2013/good",
        "adoption": "sif-2013/outstanding",
        "care-leavers": "sif-2013/good",
        "leadership": "sif-2013/outstanding",
    }
    assert grade(facts, "CMD/lscb-2013/2017-11-24", "overall") == "lscb-2013/outstanding"
    assert places(facts, key, "leadership") == {RELEASES[0]: f"{HISTORY}/X27"}


def test_grades_of_kensington_and_chelsea_in_2016(facts: Facts) -> None:
    assert grade(facts, "KEC/sif-2013/2016-03-29", "overall") == "sif-2013/outstanding"
    assert grade(facts, "KEC/sif-2013/2016-03-29", "help-and-protection") == "sif-2013/good"
    assert grade(facts, "KEC/lscb-2013/2016-03-29", "overall") == "lscb-2013/good"


def test_one_judgement_is_stated_by_both_releases(facts: Facts) -> None:
    key = "CMD/ilacs-2018/2022-04-25"
    assert places(facts, key, "overall") == {
        RELEASES[0]: f"{HISTORY}/AI27",
        RELEASES[1]: "ILACS_inspection_history/I43",
    }
    again = facts.nodes(judgement(key, "overall"), term("okg:isRepeatedIn"))
    assert [node.value.split("/")[-2:] for node in again] == [
        ["LA_level_at_31_Mar_2023", "E26"],
        ["LA_level_in_year_2022-23", "F18"],
    ]


def test_third_grade_of_older_frameworks_is_their_own(facts: Facts) -> None:
    """The 2023 release writes the word of 2013 for all of them."""
    thirds = {"slac-2009": "slac-2009/3", "cp-2012": "cp-2012/adequate", "lac-2013": "lac-2013/3"}
    found: Counter[str] = Counter()
    for node in facts.subjects(term("okg:hasGrade")):
        framework = node.value.split("/")[-4]
        if framework not in thirds:
            continue
        (accepted,) = facts.nodes(node, term("okg:hasGrade"))
        assert accepted.value.startswith(iri("scale", framework).value)
        (passage,) = facts.nodes(node, term("okg:isStatedIn"))
        assert facts.nodes(passage, term("okg:statesGrade")) == [accepted]
        word = facts.text(passage, term("okg:asWritten"))
        assert word != "Adequate"
        if accepted == iri("scale", *thirds[framework].split("/")):
            assert word == "Requires improvement to be good"
            assert facts.nodes(passage, term("dcterms:provenance"))
            found[framework] += 1
    # Cells with that word in the columns of each framework: 66 + 67 + 7 + 2, 29, 1.
    assert found == {"slac-2009": 142, "cp-2012": 29, "lac-2013": 1}


def test_a_dash_is_not_a_grade(facts: Facts) -> None:
    """Four dashes of single inspections and one of 2012, in two rows of the sheet."""
    base = iri("assessment", "").value
    unjudged = {
        (one.value.removeprefix(base), area.value.rsplit("/", 1)[1])
        for one in facts.subjects(term("okg:leavesUnjudged"))
        for area in facts.nodes(one, term("okg:leavesUnjudged"))
    }
    assert unjudged == {
        ("IOS/sif-2013/2016-06-27", "looked-after-and-permanence"),
        ("IOS/sif-2013/2016-06-27", "adoption"),
        ("IOS/sif-2013/2016-06-27", "care-leavers"),
        ("IOS/slac-2009/2012-07-03", "looked-after-overall"),
        ("LND/sif-2013/2016-09-20", "adoption"),
    }
    assert facts.nodes(judgement("LND/sif-2013/2016-09-20", "adoption"), term("okg:hasGrade")) == []


def test_authorities_that_share_a_name_with_their_successor(facts: Facts) -> None:
    """Dorset's old county and the county of Buckinghamshire keep what was theirs."""
    authority = term("okg:inspectsAuthority")
    for key, expected in {
        "DOR/slac-2009/2011-10-28": "DOR",
        "DST/ilacs-2018/2021-09-27": "DST",
        "BKM/sif-2013/2014-08-08": "BKM",
        "BUC/ilacs-2018/2021-12-06": "BUC",
        "SOM/ilacs-2018/2022-07-18": "SOM",
        "NYK/ilacs-2018/2018-07-02": "NYK",
        "NYE/ilacs-2023/2023-07-03": "NYE",
    }.items():
        assert facts.nodes(iri("assessment", key), authority) == [iri("authority", expected)]


def test_a_successor_is_concerned_where_the_release_gives_its_code(facts: Facts) -> None:
    node = judgement("SOM/ilacs-2018/2022-07-18", "overall")
    assert facts.nodes(node, term("okg:concernsAuthority")) == [
        iri("authority", "SOM"),
        iri("authority", "SMT"),
    ]


def test_latest_grades_are_those_of_the_release(facts: Facts, shared: Path) -> None:
    """Every current authority: the newest overall judgement is the cell of the state sheet."""
    path = shared / "reference" / "ofsted" / "ofsted_2025_Inspections_as_at_31_March.csv"
    codes = Authorities.read(ROOT / "data" / "reference")
    with path.open(encoding="utf-8", newline="") as stream:
        expected = {
            codes.by_code(row["Local authority area code"]).key: (
                row["Inspection date"],
                row["Overall effectiveness"],
            )
            for row in csv.DictReader(stream)
        }
    assert len(expected) == 153
    latest: dict[str, tuple[str, str]] = {}
    for node in facts.subjects(term("okg:hasGrade")):
        if "/ilacs-" not in node.value or not node.value.endswith("/overall"):
            continue
        (accepted,) = facts.nodes(node, term("okg:hasGrade"))
        found = (node.value.split("/")[-3], accepted.value.rsplit("/", 1)[1])
        for one in facts.nodes(node, term("okg:concernsAuthority")):
            key = one.value.rsplit("/", 1)[1]
            latest[key] = max(latest.get(key, ("", "")), found)
    words = {key: (day, word.lower().replace(" ", "-")) for key, (day, word) in expected.items()}
    assert {key: latest[key] for key in words} == words


def test_a_visit_has_a_theme_and_no_judgement(facts: Facts) -> None:
    visit = iri("assessment", "BDG/ilacs-2018/2022-05-04")
    assert facts.texts(visit, term("okg:themeAsWritten")) == ["Achieving permanence"]
    assert facts.nodes(visit, term("dcterms:type")) == [iri("assessment-kind", "focused-visit")]
    assert visit not in {
        one
        for node in facts.subjects(term("okg:hasGrade"))
        for one in facts.nodes(node, term("okg:isReachedIn"))
    }


def test_re_inspections_follow_up_the_first(facts: Facts) -> None:
    again = iri("assessment", "BKM/sif-2013/2018-01-29")
    first = iri("assessment", "BKM/sif-2013/2014-08-08")
    assert facts.nodes(again, term("okg:followsUp")) == [first]


def test_a_date_that_the_newer_release_corrects_stays_in_its_cell(facts: Facts) -> None:
    """Nottingham 2022: two days of publication; both sheets of 2023 join the one inspection."""
    key = "NGM/ilacs-2018/2022-07-11"
    assert facts.texts(iri("assessment", key), term("okg:publishedOn")) == ["2022-09-05"]
    cell = iri("passage", RELEASES[0], HISTORY, "AN97")
    assert facts.texts(cell, term("dcterms:date")) == ["2022-11-05"]
    assert cell in facts.nodes(iri("assessment", key), term("okg:isStatedIn"))


# The CSV copies: file, sheet, and how far a line of the copy stands from its row in the sheet.
COPIES = [
    ("2023_LA_inspections_2009-2023", HISTORY, RELEASES[0], 4),
    ("2023_LA_level_at_31_Mar_2023", "LA_level_at_31_Mar_2023", RELEASES[0], 3),
    ("2023_LA_level_in_year_2022-23", "LA_level_in_year_2022-23", RELEASES[0], 2),
    ("2025_ILACS_inspection_history", "ILACS_inspection_history", RELEASES[1], 2),
    ("2025_Inspections_as_at_31_March", "Inspections_as_at_31_March", RELEASES[1], 2),
    ("2025_In-year_inspections", "In-year_inspections", RELEASES[1], 2),
]
ABOLISHED_FROM_LINE, ROWS_BETWEEN_TABLES = 154, 4


@pytest.mark.parametrize(("copy", "sheet", "release", "shift"), COPIES)
def test_every_cell_of_the_copies_is_a_passage(
    copy: str, sheet: str, release: str, shift: int, facts: Facts, shared: Path
) -> None:
    """All grades, dates, kinds and themes, at their places; the copies have one column more."""
    path = shared / "reference" / "ofsted" / f"ofsted_{copy}.csv"
    with path.open(encoding="utf-8", newline="") as stream:
        head, *rows = list(csv.reader(stream))
    descriptive = ("link", "name", "egion", "code", "status", "Authority Type", "table")
    checked = 0
    for line, row in enumerate(rows, 2):
        below = sheet == HISTORY and line >= ABOLISHED_FROM_LINE
        number = line + shift + (ROWS_BETWEEN_TABLES if below else 0)
        for index, (heading, value) in enumerate(zip(head, row, strict=False)):
            if not value or any(word in heading for word in descriptive):
                continue
            node = iri("passage", release, sheet, f"{column_letter(index - 1)}{number}")
            found = facts.texts(node, term("okg:asWritten"), term("dcterms:date"))
            assert found[:1] == [value], (heading, line)
            checked += 1
    assert checked > len(rows)


def test_files_in_the_project_are_what_the_import_writes(summary: ReleasesSummary) -> None:
    assert len(summary.files_written) == 2
    for written in map(Path, summary.files_written):
        assert (ROOT / "data" / "releases" / written.name).read_bytes() == written.read_bytes()

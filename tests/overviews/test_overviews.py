"""The two overviews in the graph, against what a careful reader found in them.

`sample.csv` holds 40 cells drawn from both files and `errors.csv` all cells that are wrong or
lost, each with the verdict of a reader who had the reports and Ofsted's releases.
"""

import csv
from pathlib import Path

import pytest

from ofsted_kg.identity.authorities import Authorities
from ofsted_kg.knowledge_graph import KnowledgeGraph
from ofsted_kg.overviews.build import import_overviews
from tests.conftest import ROOT, SPARQL_PREFIXES

HISTORY, OVERVIEW = "ilacs-history-2026-08-21", "ilacs-overview-2026-06-29"
GRADES = ["overall_effectiveness", "impact_of_leaders", "help_and_protection", "in_care"]
GRADES += ["care_leavers"]
COLUMNS = {
    HISTORY: dict(zip(GRADES, "KLMNO", strict=True)) | {"lead_inspector": "H"},
    OVERVIEW: dict(zip(GRADES, "IJKLM", strict=True)) | {"lead_inspector": "H"},
}
DAYS = {
    "inspection_start": "okg:fieldworkStart",
    "inspection_end": "okg:fieldworkEnd",
    "published": "okg:publishedOn",
}
# Cells that claim nothing: unread, empty, or a loss for which the tool wrote a word.
SILENT = {"", "data_unreadable", "nan"}


def cells(name: str) -> list[dict[str, str]]:
    with (Path(__file__).parent / f"{name}.csv").open(encoding="utf-8", newline="") as stream:
        return list(csv.DictReader(stream))


def grade_cells(name: str) -> list[dict[str, str]]:
    return [one for one in cells(name) if one["field"] in GRADES]


def named(one: dict[str, str]) -> str:
    return f"{one['file'][:10]}-{one['row']}-{one['field']}"


def place(one: dict[str, str]) -> str:
    file = one["file"].removesuffix(".csv")
    column = COLUMNS[file][one["field"]]
    return f"<https://w3id.org/ofsted-kg/id/passage/{file}/{column}{one['row']}>"


def verdicts(kg: KnowledgeGraph, one: dict[str, str]) -> list[tuple[str, bool]]:
    """Verdict on the claim of a cell, and whether the graph has any official grade to compare."""
    answer = kg.sparql(
        SPARQL_PREFIXES
        + f"""SELECT ?verdict ?known {{
          ?claim okg:isStatedIn|okg:isRepeatedIn {place(one)} ; okg:claimsAbout ?assessment .
          ?review okg:reviews ?claim ; okg:hasVerdict ?verdict .
          BIND(EXISTS {{ ?judged okg:isReachedIn ?assessment ; okg:hasGrade ?any }} AS ?known)
        }}"""
    )
    return [(str(row["verdict"]).rpartition("/")[2], bool(row["known"])) for row in answer.rows]


def test_the_sample_is_whole() -> None:
    assert len(cells("sample")) == 40
    assert len(cells("errors")) == 44


@pytest.mark.parametrize("one", grade_cells("sample"), ids=named)
def test_a_sampled_grade_has_the_readers_verdict(kg: KnowledgeGraph, one: dict[str, str]) -> None:
    found = verdicts(kg, one)
    if one["claimed"] == "data_unreadable":
        assert found == []
    else:
        # Unsupported is what no report at hand and no release tells of.
        assert found == [(one["verdict"], one["verdict"] != "unsupported")]


@pytest.mark.parametrize(
    "one", [one for one in cells("sample") if one["field"] in DAYS and one["claimed"]], ids=named
)
def test_a_sampled_day_is_that_of_the_graph(kg: KnowledgeGraph, one: dict[str, str]) -> None:
    of_row = place({**one, "field": "impact_of_leaders"})
    rows = kg.sparql(
        SPARQL_PREFIXES
        + f"""SELECT DISTINCT ?day {{
          ?claim okg:isStatedIn|okg:isRepeatedIn {of_row} ; okg:claimsAbout ?assessment .
          ?assessment {DAYS[one["field"]]} ?day }}"""
    ).rows
    found = {str(row["day"]) for row in rows}
    assert found == {one["claimed"]}


def test_no_name_of_an_inspector_is_a_claim(kg: KnowledgeGraph) -> None:
    names = [one for one in cells("sample") if one["field"] == "lead_inspector"]
    assert len(names) == 3
    assert [verdicts(kg, one) for one in names] == [[], [], []]


@pytest.mark.parametrize("one", grade_cells("errors"), ids=named)
def test_every_error_comes_out(kg: KnowledgeGraph, one: dict[str, str]) -> None:
    expected = [] if one["claimed"] in SILENT else [(one["verdict"], True)]
    assert verdicts(kg, one) == expected


def test_nothing_else_differs(kg: KnowledgeGraph) -> None:
    """The contradictions that the reader found, and no other, are those of the question."""
    rows = kg.ask("claims", verdict="differs", document=[HISTORY, OVERVIEW]).rows
    found = {each for row in rows for each in str(row["source"]).split("; ")}
    assert found == {
        f"{'ILACS history 2026-08-21' if 'history' in one['file'] else 'ILACS overview 2026-06-29'}"
        f", row {one['row']}, column {COLUMNS[one['file'].removesuffix('.csv')][one['field']]}"
        for one in grade_cells("errors")
        if one["verdict"] == "differs"
    }
    assert {row["authority"] for row in rows} == {
        "Doncaster", "Medway", "Nottingham", "Oxfordshire", "Rochdale", "St. Helens", "Swindon",
    }  # fmt: skip


# Addresses as the history lists them; Somerset's stands under the county's code there.
@pytest.mark.parametrize(
    ("inspection", "file"),
    [
        ("DST/ilacs-2023/2025-03-17", "50276411"),
        ("NGM/ilacs-2018/2022-07-11", "50192198"),
        ("KEC/sif-2013/2016-03-29", "50004316"),
        ("SMT/ilacs-2026/2026-04-27", "50304387"),
    ],
)
def test_a_report_has_its_address(kg: KnowledgeGraph, inspection: str, file: str) -> None:
    node = f"<https://w3id.org/ofsted-kg/id/assessment/{inspection}>"
    rows = kg.sparql(SPARQL_PREFIXES + f"SELECT ?page {{ {node} foaf:page ?page }}").rows
    assert [row["page"] for row in rows] == [f"https://files.ofsted.gov.uk/v1/file/{file}"]


def test_the_report_at_hand_has_the_address_too(kg: KnowledgeGraph) -> None:
    """The report on Kensington and Chelsea of 29 March 2016, by the history's list."""
    document = "<https://w3id.org/ofsted-kg/id/document/kec-sif-2013-2016-03-29>"
    rows = kg.sparql(SPARQL_PREFIXES + f"SELECT ?page {{ {document} foaf:page ?page }}").rows
    assert [row["page"] for row in rows] == ["https://files.ofsted.gov.uk/v1/file/50004316"]


# The inspections of which only the overviews tell: first day, publication, and the grades of
# leaders, help and protection, children in care and care leavers (O, G, R, I), after the overall
# one (- where none is given any more). Read from both tables by hand.
ONLY_CLAIMED = {
    "Bedford": ("2025-07-14", "2025-08-27", "RRRRR"),
    "Blackpool": ("2026-06-08", "2026-07-28", "-OGOO"),
    "Bracknell Forest": ("2025-12-08", "2026-01-28", "OOOOO"),
    "Bradford": ("2026-01-12", "2026-05-21", "RGRRG"),
    "Darlington": ("2026-02-09", "2026-03-24", "OOGOO"),
    "Haringey": ("2026-01-12", "2026-02-24", "OOGGO"),
    "Herefordshire": ("2025-11-10", "2026-01-12", "GOGGG"),
    "Kent": ("2025-11-03", "2026-02-02", "GGGOR"),
    "Kingston upon Hull": ("2026-03-02", "2026-05-18", "GOGGO"),
    "Lancashire": ("2026-05-11", "2026-08-20", "-OGGO"),
    "Leeds": ("2025-06-30", "2025-08-12", "OOGOO"),
    "Liverpool": ("2026-05-11", "2026-07-07", "-GGGR"),
    "Manchester": ("2025-09-22", "2025-11-11", "OOGOO"),
    "Trafford": ("2026-06-08", "2026-08-03", "-IIGR"),
    "Wakefield": ("2025-03-24", "2025-07-18", "GGGOR"),
    "Wandsworth": ("2026-03-02", "2026-05-18", "OOOOO"),
    "West Berkshire": ("2025-09-15", "2025-10-28", "GGGGG"),
}


@pytest.mark.parametrize("authority", ONLY_CLAIMED)
def test_what_only_overviews_have_is_shown_as_claimed(kg: KnowledgeGraph, authority: str) -> None:
    first, published, letters = ONLY_CLAIMED[authority]
    rows = kg.ask("grade-history", authority=authority).rows
    newest = [row for row in rows if str(row["assessed"]) == first]
    assert {(row["basis"], str(row["published"])) for row in newest} == {("claimed", published)}
    assert "".join(str(row["grade"])[0] for row in newest) == letters.removeprefix("-")


def test_no_other_inspection_up_to_march_2025_is_new(kg: KnowledgeGraph) -> None:
    """The last release has all of them, so that one more would be a wrong match."""
    rows = kg.sparql(
        SPARQL_PREFIXES
        + """SELECT ?assessment ?day {
          ?assessment a okg:Inspection ; okg:publishedOn ?day ;
            okg:isStatedIn/oa:hasSource/okg:isRenditionOf ?table .
          ?table a okg:SecondarySource .
        }"""
    ).rows
    assert len(rows) >= len(ONLY_CLAIMED)
    assert [row for row in rows if str(row["day"]) <= "2025-03-31"] == []


@pytest.mark.national
def test_the_files_are_what_the_overviews_give(shared: Path, tmp_path: Path) -> None:
    """The import, repeated, gives the very bytes of the project."""
    sources = shared / "reference" / "overviews"
    if not sources.is_dir():
        pytest.skip("the overviews are not at hand")
    for folder in ("releases", "reports", "documents"):
        (tmp_path / folder).symlink_to(ROOT / "data" / folder)
    authorities = Authorities.read(ROOT / "data" / "reference")
    import_overviews(sources, tmp_path, authorities, ROOT / "ontology")
    for name in (HISTORY, OVERVIEW):
        made = (tmp_path / "overviews" / f"{name}.ttl").read_bytes()
        assert made == (ROOT / "data" / "overviews" / f"{name}.ttl").read_bytes()

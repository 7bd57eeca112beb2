"""Question `grade-history`: Camden from 2008 to 2017, each grade with its basis."""

from typing import Any

import pyoxigraph as ox
import pytest

from ofsted_kg.knowledge_graph import KnowledgeGraph
from ofsted_kg.rdf.files import graph_files
from ofsted_kg.store.embedded import EmbeddedStore, load
from tests.conftest import SPARQL_PREFIXES

LETTER = "Camden annual rating letter 2009, paragraph 6 (counted)"
REPORT = "Camden inspection report 2012, paragraph "

# Year, area, grade, rank, basis, a place that a reader would cite.
BEFORE_2012 = [
    (
        "2008",
        "Services for safeguarding and looked after children",
        "Outstanding",
        1,
        "cited",
        LETTER,
    ),
    ("2008", "Fostering service overall", "Outstanding", 1, "cited", f"{REPORT}94"),
    ("2008", "Safeguarding in the fostering service", "Outstanding", 1, "cited", f"{REPORT}30"),
    (
        "2009",
        "Children's services rating",
        "Performs excellently",
        1,
        "official",
        "Camden annual rating letter 2009, table under “Children's services rating 2009”",
    ),
    ("2011", "Adoption service overall", "Good", 2, "cited", f"{REPORT}94"),
    ("2011", "Safeguarding in the adoption service", "Good", 2, "cited", f"{REPORT}30"),
]

# From the judgement table on the first page of the report of 24 November 2017, and the
# heading of its part on the safeguarding board.
IN_2017 = {
    "Overall judgement of children's services": ("Good", 2),
    "Children who need help and protection": ("Good", 2),
    "Children looked after and achieving permanence": ("Good", 2),
    "Adoption performance": ("Outstanding", 1),
    "Experiences and progress of care leavers": ("Good", 2),
    "Leadership, management and governance": ("Outstanding", 1),
    "Effectiveness of the Local Safeguarding Children Board": ("Outstanding", 1),
}


def _year(row: dict[str, Any]) -> str:
    return str(row["published"] or row["assessed"])[:4]


@pytest.fixture(scope="module")
def history(kg: KnowledgeGraph) -> list[dict[str, Any]]:
    rows = kg.ask("grade-history", authority="Camden").rows
    return [dict(row) for row in rows if _year(dict(row)) <= "2017"]


def test_what_was_known_before_2012(history: list[dict[str, Any]]) -> None:
    early = [row for row in history if _year(row) < "2012"]
    found = {(_year(r), r["area"], r["grade"], r["rank"], r["basis"]) for r in early}
    assert found == {expected[:5] for expected in BEFORE_2012}
    assert len(early) == len(BEFORE_2012)


@pytest.mark.parametrize("expected", BEFORE_2012, ids=lambda expected: expected[1])
def test_place_to_cite_before_2012(
    history: list[dict[str, Any]], expected: tuple[str, str, str, int, str, str]
) -> None:
    (row,) = [row for row in history if row["area"] == expected[1]]
    assert expected[5] in row["source"]


def test_the_letter_and_the_report_both_speak_of_fostering(
    history: list[dict[str, Any]],
) -> None:
    (row,) = [row for row in history if row["area"] == "Fostering service overall"]
    assert {LETTER, f"{REPORT}94"} <= set(row["source"].split("; "))


def test_all_22_grades_of_2012_are_official(history: list[dict[str, Any]]) -> None:
    rows = [row for row in history if _year(row) == "2012"]
    assert len(rows) == 22
    assert {row["basis"] for row in rows} == {"official"}
    assert sorted(row["grade"] for row in rows) == ["Adequate"] * 2 + ["Good"] * 20


def test_2017_single_inspection_and_board_review(history: list[dict[str, Any]]) -> None:
    rows = [row for row in history if _year(row) == "2017"]
    assert {row["area"]: (row["grade"], row["rank"]) for row in rows} == IN_2017
    assert len(rows) == len(IN_2017)
    assert {row["published"] for row in rows} == {"2017-11-24"}
    assert {row["basis"] for row in rows} == {"official"}


def test_rows_stand_in_order_of_time(kg: KnowledgeGraph) -> None:
    years = [_year(dict(row)) for row in kg.ask("grade-history", authority="Camden").rows]
    assert years == sorted(years)
    assert years[0] == "2008"


def test_the_first_judgement_of_a_subject_has_no_change(history: list[dict[str, Any]]) -> None:
    first = [row for row in history if _year(row) < "2009"]
    assert len(first) == 3
    for row in first:
        assert row["change"] is None
        assert row["comparability"] is None


def test_changes_between_scales_that_nothing_relates_go_by_the_word(
    history: list[dict[str, Any]],
) -> None:
    """Up to 2017 no subject was judged twice on one scale, and no document relates the scales.

    Good in 2012 and good in 2017 are the same word; good for adoption in 2011 became
    outstanding; performs excellently is no word of the single inspection.
    """
    by_area = {row["area"]: row for row in history}
    for area, change in {
        "Overall judgement of children's services": "unclear",
        "Children who need help and protection": "same",
        "Children looked after and achieving permanence": "same",
        "Adoption performance": "better",
    }.items():
        assert (by_area[area]["change"], by_area[area]["comparability"]) == (change, "unknown")
    leadership = by_area["Leadership, management and governance"]
    assert leadership["change"] is None


def test_each_framework_has_a_scale_of_its_own(history: list[dict[str, Any]]) -> None:
    scales: dict[str, set[str]] = {}
    for row in history:
        scales.setdefault(row["scale"], set()).add(row["framework"])
    shared = [frameworks for frameworks in scales.values() if len(frameworks) > 1]
    assert shared == [
        {
            "Inspection of a local authority fostering service",
            "Inspection of a local authority adoption service",
        }
    ]


def test_an_area_picks_its_rows(kg: KnowledgeGraph) -> None:
    rows = kg.ask("grade-history", authority="Camden", area="Adoption performance").rows
    assert [(row["published"], row["grade"]) for row in rows] == [("2017-11-24", "Outstanding")]


@pytest.fixture(scope="module")
def page_alone() -> KnowledgeGraph:
    """The graph as it would be if the third-party page were the only record of 2017."""
    store = ox.Store()
    official = ("data/releases/", "data/reports/")
    load(store, [file for file in graph_files() if not file.name.startswith(official)])
    store.update(
        SPARQL_PREFIXES
        + """
        DELETE { ?judgement ?property ?value }
        INSERT { ?inspection okg:isConductedUnder ?framework ;
            okg:inspectsAuthority <https://w3id.org/ofsted-kg/id/authority/CMD> ;
            okg:publishedOn "2017-11-24"^^<http://www.w3.org/2001/XMLSchema#date> }
        WHERE {
          VALUES (?inspection ?framework) {
            (<https://w3id.org/ofsted-kg/id/assessment/CMD/sif-2013/2017-11-24>
             <https://w3id.org/ofsted-kg/id/framework/sif-2013>) }
          OPTIONAL { ?judgement okg:isReachedIn ?inspection ; ?property ?value }
        }"""
    )
    return KnowledgeGraph(EmbeddedStore(store))


def test_a_claim_stands_in_where_it_is_the_only_record(
    page_alone: KnowledgeGraph,
) -> None:
    rows = page_alone.ask("grade-history", authority="Camden").rows
    claimed = [row for row in rows if row["basis"] == "claimed"]
    board = "Effectiveness of the Local Safeguarding Children Board"
    assert {row["area"]: (row["grade"], row["rank"]) for row in claimed} == {
        area: grade for area, grade in IN_2017.items() if area != board
    }
    page = "Third-party news page on Camden 2017, "
    for row in claimed:
        assert all(place.startswith(page) for place in str(row["source"]).split("; "))


def test_a_claim_never_repeats_an_official_grade(history: list[dict[str, Any]]) -> None:
    """The page's outstanding of 2009 is not a grade of that scale, and 2017 is on record."""
    assert "claimed" not in {row["basis"] for row in history}
    rating = [row for row in history if row["area"] == "Children's services rating"]
    assert [row["grade"] for row in rating] == ["Performs excellently"]


# Days of publication of the reports as catalogued; the newest is of the overviews (c) or a report.
RE_INSPECTED = {
    "Darlington": ["2015-09-01", "2018-05-21", "2022-12-02", "2026-03-24 c"],
    "Lambeth": ["2015-05-12", "2018-05-09", "2022-12-16", "2026-03-10"],
    "Lancashire": ["2015-11-27", "2018-08-17", "2023-01-26", "2026-08-20 c"],
    "Torbay": ["2016-01-05", "2018-08-24", "2022-05-18", "2026-02-24"],
    "Wandsworth": ["2016-02-16", "2018-07-20", "2023-01-13", "2026-05-18 c"],
}


@pytest.mark.parametrize("name", RE_INSPECTED)
def test_a_re_inspection_of_2018_is_told_once(kg: KnowledgeGraph, name: str) -> None:
    """The release of 2022 lists it in the columns of the newer framework too.

    Help and protection has a grade in each, and stands in the histories since 2013.
    """
    rows = kg.ask("grade-history", authority=name, area="help and protection").rows
    told = [
        f"{row['published']} {'c' if row['basis'] == 'claimed' else ''}".strip()
        for row in rows
        if str(row["published"]) > "2014"
    ]
    assert told == RE_INSPECTED[name]


# First pages of the reports of 21 September 2022 on Somerset County Council and of 6 August
# 2018 on North Yorkshire County Council, which Ofsted lists under the councils of 2023 too.
LISTED_TWICE = {
    "Somerset": ("Somerset County Council", "2022-09-21", ["Good"] * 4),
    "North Yorkshire": ("North Yorkshire County Council", "2018-08-06", ["Outstanding"] * 4),
}


@pytest.mark.parametrize("name", LISTED_TWICE)
def test_an_inspection_listed_under_two_authorities_is_told_once(
    kg: KnowledgeGraph, name: str
) -> None:
    council, day, grades = LISTED_TWICE[name]
    rows = [
        row for row in kg.ask("grade-history", authority=name).rows if str(row["published"]) == day
    ]
    assert {row["authority"] for row in rows} == {council}
    assert [row["grade"] for row in rows] == grades
    assert len({row["area"] for row in rows}) == len(grades)
    # Requires improvement on 29 January 2018, as the re-inspection of Somerset has it.
    if name == "Somerset":
        assert rows[0]["change"] == "better"


def test_the_successor_alone_has_the_inspection_it_is_listed_with(kg: KnowledgeGraph) -> None:
    """E06000066 is the code of the council of 2023, inspected itself in 2026."""
    rows = kg.ask("grade-history", authority="E06000066").rows
    found = {(str(row["published"]), row["authority"]) for row in rows}
    assert found == {("2022-09-21", "Somerset County Council"), ("2026-06-17", "Somerset")}

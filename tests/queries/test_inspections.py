"""Question `inspections`: what is held about an authority, whatever its kind and its source."""

from typing import Any

import pytest

from ofsted_kg.knowledge_graph import KnowledgeGraph
from tests.conftest import SPARQL_PREFIXES

BOTH = (
    "Overall effectiveness of safeguarding services: {}; "
    "Overall effectiveness of services for looked after children: {}"
)
# Publication (or first day), kind, result and number of judgements, read off the rows of the
# releases for 2023 and 2025, the report of June 2016 and the history of a public tool.
READ: dict[str, list[tuple[str, str, str | None, int]]] = {
    "Isles of Scilly": [
        ("2025-03-13", "monitoring visit", None, 0),
        ("2024-07-12", "monitoring visit", None, 0),
        ("2023-08-25", "short inspection", "Inadequate", 5),
        ("2022-07-19", "focused visit", None, 0),
        ("2019-12-19", "short inspection", "Good", 4),
        ("2016-06-27", "board review", "Requires improvement", 1),
        ("2016-06-27", "full inspection", "Good", 3),
        ("2012-07-03", "full inspection", BOTH.split("; ")[0].format("Good"), 1),
    ],
    "Leeds": [
        ("2022-05-09", "standard inspection", "Outstanding", 4),
        ("2018-12-18", "short inspection", "Outstanding", 4),
        ("2015-03-27", "board review", "Good", 1),
        ("2015-03-27", "full inspection", "Good", 6),
        (
            "2011-10-10",
            "re-inspection",
            BOTH.split("; ")[0].format("Adequate"),
            1,
        ),
        ("2010-01-07", "full inspection", BOTH.format("Inadequate", "Adequate"), 2),
    ],
}


def day(row: dict[str, Any]) -> str:
    return str(row["published"] or row["assessed"])


@pytest.mark.parametrize("name", READ)
def test_read_off_the_sources(kg: KnowledgeGraph, name: str) -> None:
    rows = kg.ask("inspections", authority=name).rows
    held = [(day(row), row["kind"], row["result"], row["judgements"]) for row in rows]
    assert [one for one in held if one in READ[name]] == READ[name]
    assert [day(row) for row in rows] == sorted(map(day, rows), reverse=True)


def test_what_camden_is_known_from(kg: KnowledgeGraph) -> None:
    """Two reports cite others; a council's page alone tells of a rating in 2010."""
    rows = kg.ask("inspections", authority="Camden", until="2013-01-01").rows
    assert [(day(row), row["kind"], row["held"], row["result"]) for row in rows] == [
        ("2012-04-10", "full inspection", "report", BOTH.format("Good", "Good")),
        ("2011", "inspection of one service", "citation", "Good"),
        ("2010-11", "unannounced inspection", "citation", None),
        ("2010", "annual rating", "claim only", None),
        ("2009-12-09", "annual rating", "report", "Performs excellently"),
        ("2008", "inspection of one service", "citation", "Outstanding"),
        ("2008", "joint review", "citation", None),
    ]
    [inspection] = [row for row in rows if row["published"] == "2012-04-10"]
    assert inspection["inspectorates"] == "Care Quality Commission; Ofsted"
    assert (inspection["assessed"], inspection["ended"]) == ("2012-02-20", "2012-03-02")
    assert (inspection["judgements"], inspection["recommendations"]) == (22, 16)


def test_a_claim_is_no_result(kg: KnowledgeGraph) -> None:
    rows = kg.ask("inspections").rows
    claimed = [row for row in rows if row["held"] == "claim only"]
    assert claimed
    assert {row["result"] for row in claimed} == {None}
    assert {row["judgements"] for row in claimed} == {0}
    assert {row["held"] for row in rows if row["claimed"]} == {"claim only"}


def test_each_assessment_once(kg: KnowledgeGraph) -> None:
    rows = kg.ask("inspections").rows
    count = "SELECT (COUNT(DISTINCT ?a) AS ?n) WHERE { ?a a okg:Assessment }"
    assert kg.sparql(SPARQL_PREFIXES + count).rows == [{"n": len(rows)}]


def test_a_predecessor_is_told_where_ofsted_lists_it(kg: KnowledgeGraph) -> None:
    """The release of 2025 lists the inspection of July 2022 under the council of 2023."""
    rows = kg.ask("inspections", authority="E06000066").rows
    told = [(row["authority"], row["published"], row["inspected"], row["result"]) for row in rows]
    assert ("Somerset", "2022-09-21", "Somerset County Council", "Good") in told
    # Asked about by the name that both bear, it is one row, of the council inspected.
    rows = kg.ask("inspections", authority="Somerset").rows
    [row] = [row for row in rows if row["published"] == "2022-09-21"]
    assert (row["authority"], row["inspected"]) == ("Somerset County Council", None)

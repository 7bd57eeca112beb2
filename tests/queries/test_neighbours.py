"""Question `neighbours`: the statistical neighbours of 2025, with their latest grades."""

import csv
from pathlib import Path

import pytest

from ofsted_kg.errors import OfstedKgError
from ofsted_kg.knowledge_graph import KnowledgeGraph

# The Department's table gives codes and closeness in this order; grades are those of the 2025
# release of Ofsted, and of page 1 of the newer reports on Southwark and Lambeth.
CAMDEN = [
    ("Islington", "Close", "2025-01-29", "Outstanding"),
    ("Westminster", "Close", "2025-01-13", "Outstanding"),
    ("Hammersmith and Fulham", "Somewhat close", "2024-05-16", "Outstanding"),
    ("Southwark", "Somewhat close", "2026-05-18", "Good"),
    ("Lambeth", "Somewhat close", "2026-03-10", "Good"),
    ("Kensington and Chelsea", "Somewhat close", "2025-01-13", "Outstanding"),
    ("Lewisham", "Somewhat close", "2024-01-31", "Good"),
    ("Haringey", "Somewhat close", "2023-04-11", "Good"),
    ("Hackney", "Somewhat close", "2024-08-20", "Good"),
    ("Barnet", "Not close", "2024-07-23", "Good"),
]


def test_ten_of_camden_nearest_first(kg: KnowledgeGraph) -> None:
    rows = kg.ask("neighbours", authority="Camden").rows
    assert [(r["neighbour"], r["closeness"], r["published"], r["grade"]) for r in rows] == CAMDEN


@pytest.mark.parametrize("name", ["Kensington and Chelsea", "Isles of Scilly", "Cumberland"])
def test_ten_each_in_the_order_of_the_table(kg: KnowledgeGraph, shared: Path, name: str) -> None:
    folder = shared / "reference"
    with (folder / "authorities.csv").open(encoding="utf-8-sig", newline="") as file:
        current = [row for row in csv.DictReader(file) if row["status"] == "current"]
    names = {row["dfe_la_code"]: row["nice_name"] for row in current}
    [code] = [code for code, known in names.items() if known == name]
    with (folder / "statistical_neighbours_2025.csv").open(encoding="utf-8", newline="") as file:
        table = [row for row in csv.DictReader(file) if row["dfe_la_code"] == code]
    table.sort(key=lambda row: int(row["rank"]))
    rows = kg.ask("neighbours", authority=name).rows
    assert [(r["neighbour"], r["closeness"]) for r in rows] == [
        (names[row["neighbour_dfe_la_code"]], row["closeness"]) for row in table
    ]
    assert len(rows) == 10


def test_being_a_neighbour_is_not_mutual(kg: KnowledgeGraph) -> None:
    def near(name: str) -> set[object]:
        return {row["neighbour"] for row in kg.ask("neighbours", authority=name).rows}

    # Barnet stands on Camden's list in the tenth place; Camden is on no list of Barnet's.
    assert "Barnet" in near("Camden")
    assert "Camden" not in near("Barnet")


def test_grades_are_those_of_latest_grades(kg: KnowledgeGraph) -> None:
    for area in ("overall", "care leavers"):
        latest = {
            row["authority"]: (row["published"], row["grade"])
            for row in kg.ask("latest-grades", area=area).rows
        }
        for row in kg.ask("neighbours", authority="Camden", area=area).rows:
            assert (row["published"], row["grade"]) == latest[row["neighbour"]]


def test_a_newer_claim_is_named(kg: KnowledgeGraph) -> None:
    """Of these ten only Haringey: in both overviews, published on 24 February 2026."""
    expected = {"overall": "Outstanding", "looked after children": "Good"}
    for area, word in expected.items():
        rows = kg.ask("neighbours", authority="Camden", area=area).rows
        claimed = {r["neighbour"]: (r["newer_published"], r["newer_claim"]) for r in rows}
        assert claimed.pop("Haringey") == ("2026-02-24", word)
        assert set(claimed.values()) == {(None, None)}
    rows = kg.ask("neighbours", authority="Camden", area=list(expected)).rows
    assert [r["newer_claim"] for r in rows if r["newer_claim"]] == list(expected.values())


def test_an_authority_is_wanted(kg: KnowledgeGraph) -> None:
    with pytest.raises(OfstedKgError, match="needs --authority"):
        kg.ask("neighbours")

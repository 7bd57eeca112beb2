"""Question `visits`: against the sheets of the releases for the years to March 2023 and 2025."""

import csv
from collections import Counter
from pathlib import Path
from typing import Any

import pytest

from ofsted_kg.knowledge_graph import KnowledgeGraph

KINDS = {"ILACS Focused Visit": "focused visit", "LA Monitoring visit": "monitoring visit"}
# First day, publication, kind and theme as the two sheets print them, for authorities with
# several visits in a year, one that was abolished since, and one in each sheet.
READ = [
    ("Liverpool", "2025-03-25", "2025-04-28", "monitoring visit", "Vulnerable adolescents"),
    ("Liverpool", "2024-12-10", "2025-01-28", "monitoring visit", "Care leavers"),
    ("Liverpool", "2024-07-08", "2024-08-07", "monitoring visit", "Achieving permanence"),
    ("Herefordshire", "2025-02-18", "2025-03-20", "monitoring visit", "Front door"),
    ("Herefordshire", "2024-10-22", "2024-12-04", "monitoring visit", "Vulnerable adolescents"),
    ("Barnsley", "2024-11-05", "2024-12-05", "focused visit", "Children in care"),
    ("Barnsley", "2023-01-25", None, "focused visit", "Care leavers"),
    ("Devon", "2022-12-06", None, "monitoring visit", "Children in care"),
    ("Devon", "2022-06-21", None, "monitoring visit", "Children in need/subject to a plan"),
]


@pytest.fixture(scope="module")
def visits(kg: KnowledgeGraph) -> list[dict[str, Any]]:
    return kg.ask("visits").rows


@pytest.mark.parametrize(("name", "visited", "published", "kind", "theme"), READ)
def test_read_off_the_releases(
    kg: KnowledgeGraph, name: str, visited: str, published: str | None, kind: str, theme: str
) -> None:
    [row] = [r for r in kg.ask("visits", authority=name).rows if r["visited"] == visited]
    assert (row["published"], row["kind"], row["theme"]) == (published, kind, theme)
    assert str(row["source"]).startswith("Ofsted outcomes 20")


@pytest.mark.parametrize(
    ("sheet", "date", "kind"),
    [
        ("ofsted_2023_LA_level_in_year_2022-23.csv", "Inspection/Visit date", "2022-04-01"),
        ("ofsted_2025_In-year_inspections.csv", "Inspection/Visit date", "2024-04-01"),
    ],
)
def test_every_visit_of_a_sheet_once(
    visits: list[dict[str, Any]], shared: Path, sheet: str, date: str, kind: str
) -> None:
    with (shared / "reference" / "ofsted" / sheet).open(encoding="utf-8-sig", newline="") as file:
        listed = [row for row in csv.DictReader(file) if row["Inspection/Visit type"] in KINDS]
    expected = Counter(
        (row[date], KINDS[row["Inspection/Visit type"]], row["Visit Theme"]) for row in listed
    )
    held = Counter((row["visited"], row["kind"], row["theme"]) for row in visits)
    assert len(listed) > 50
    assert {visit: held[visit] for visit in expected} == dict(expected)


def test_newest_first_and_no_inspection_among_them(visits: list[dict[str, Any]]) -> None:
    days = [row["published"] or row["visited"] for row in visits]
    assert days == sorted(days, reverse=True)
    assert {row["kind"] for row in visits} == set(KINDS.values())


def test_parameters_narrow_the_list(kg: KnowledgeGraph) -> None:
    """London in the year to March 2025: Havering's visit is the only one to monitor."""
    given = {"region": "London", "since": "2024-04-01", "until": "2025-04-30"}
    rows = kg.ask("visits", kind="monitoring visit", **given).rows
    assert [(row["authority"], row["published"]) for row in rows] == [("Havering", "2025-04-29")]
    both = kg.ask("visits", authority=["Bury", "Barnsley"], since="2024-11-01").rows
    assert [
        (row["authority"], row["visited"]) for row in both if str(row["visited"]) < "2025-04-01"
    ] == [
        ("Barnsley", "2024-11-05"),
        ("Bury", "2024-10-31"),
    ]
    assert kg.ask("visits", kind="short inspection").rows == []


def test_when_the_first_and_the_last_visits_were(visits: list[dict[str, Any]]) -> None:
    """As the remark beside the rows says: four releases name them, year by year."""
    days = sorted(str(row["visited"] or row["published"]) for row in visits)
    assert days[0].startswith("2021-04")
    assert days[-1].startswith("2025-03")

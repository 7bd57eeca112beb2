"""Question `discrepancies`: where two sources differ, checked in the sources themselves."""

import csv
from pathlib import Path
from typing import Any

import pytest

from ofsted_kg.knowledge_graph import KnowledgeGraph

R2023, R2025 = "Ofsted outcomes 2023, sheet ", "Ofsted outcomes 2025, sheet "

# Authority, what differs, and each source with what it says. Between the releases the later
# one stands; a report's own day of publication gives way to the release's.
DIFFER = [
    (
        *("Nottingham", "publication date"),
        {R2025 + "ILACS_inspection_history": "2022-09-05"},
        {R2023 + "LA_inspections_2009-2023": "2022-11-05"},
    ),
    (
        *("Cumbria", "start of fieldwork"),
        {R2025 + "ILACS_inspection_history": "2022-09-20"},
        {R2023 + "LA_level_in_year_2022-23": "2022-09-21"},
    ),
    (
        *("Merton", "form of inspection"),
        {R2025 + "ILACS_inspection_history": "ILACS Short Inspection"},
        {R2023 + "LA_inspections_2009-2023": "ILACS Standard Inspection"},
    ),
    (
        *("West Berkshire", "publication date"),
        {"West Berkshire single inspection report 2015": "2015-05-13"},
        {R2023 + "LA_inspections_2009-2023": "2015-05-18"},
    ),
]


def _says(row: dict[str, Any]) -> dict[str, str]:
    return {row["one_source"]: row["one"], row["other_source"]: row["other"]}


@pytest.mark.parametrize(("name", "area", "one", "other"), DIFFER)
def test_known_differences_are_listed_with_both_sources(
    kg: KnowledgeGraph, name: str, area: str, one: dict[str, str], other: dict[str, str]
) -> None:
    rows = [r for r in kg.ask("discrepancies", authority=name).rows if r["area"] == area]
    assert rows
    for row in rows:
        for source, value in (one | other).items():
            assert [v for place, v in _says(row).items() if place.startswith(source)] == [value]
        assert row["explanation"]


def test_nothing_is_listed_twice(kg: KnowledgeGraph) -> None:
    rows = [tuple(row.values()) for row in kg.ask("discrepancies").rows]
    assert len(rows) == len(set(rows))


def test_an_authority_narrows_the_list(kg: KnowledgeGraph) -> None:
    assert {row["authority"] for row in kg.ask("discrepancies", authority="Merton").rows} == {
        "Merton"
    }
    assert kg.ask("discrepancies", authority="Camden").rows == []
    assert kg.ask("discrepancies", authority="Kensington and Chelsea").rows == []


def test_two_sources_differ_in_each_row(kg: KnowledgeGraph) -> None:
    rows = kg.ask("discrepancies").rows
    assert len(rows) >= 3
    for row in rows:
        assert row["one"] != row["other"]
        assert row["one_source"] != row["other_source"]


def _rows(shared: Path, name: str) -> list[dict[str, str]]:
    path = shared / "reference" / "ofsted" / name
    with path.open(encoding="utf-8-sig", newline="") as file:
        return list(csv.DictReader(file))


def _named(rows: list[dict[str, str]], name: str) -> list[dict[str, str]]:
    return [row for row in rows if row["Local authority name"] == name]


def test_the_releases_do_differ_so(shared: Path) -> None:
    history = _rows(shared, "ofsted_2025_ILACS_inspection_history.csv")
    long = _rows(shared, "ofsted_2023_LA_inspections_2009-2023.csv")
    year = _rows(shared, "ofsted_2023_LA_level_in_year_2022-23.csv")
    assert _named(history, "Nottingham")[-1]["Publication date"] == "2022-09-05"
    second = "Second ILACS framework publication date"
    assert _named(long, "Nottingham")[0][second] == "2022-11-05"
    assert _named(history, "Cumbria")[0]["Inspection date"] == "2022-09-20"
    assert _named(year, "Cumbria")[0]["Inspection/Visit date"] == "2022-09-21"
    assert _named(history, "Merton")[0]["Inspection type"] == "ILACS Short Inspection"
    first = "First ILACS framework inspection type"
    assert _named(long, "Merton")[0][first] == "ILACS Standard Inspection"


def test_the_releases_differ_nowhere_else(kg: KnowledgeGraph, shared: Path) -> None:
    """Dates, forms and overall grades of every inspection that both releases hold."""
    renamed = {
        "Bedford": "Bedford Borough",
        "Bournemouth, Christchurch & Poole": "Bournemouth, Christchurch and Poole",
        "Hammersmith & Fulham": "Hammersmith and Fulham",
        "Telford & Wrekin": "Telford and Wrekin",
    }
    known = {}
    for row in _rows(shared, "ofsted_2025_ILACS_inspection_history.csv"):
        name = renamed.get(row["Local authority name"], row["Local authority name"])
        known[name.casefold(), row["Publication date"]] = row
    unlike = set()
    for row in _rows(shared, "ofsted_2023_LA_inspections_2009-2023.csv"):
        for turn in ("First", "Second"):
            day = row[f"{turn} ILACS framework publication date"]
            other = known.get((row["Local authority name"].casefold(), day))
            if day and (
                other is None
                or row[f"{turn} ILACS framework inspection type"] != other["Inspection type"]
                or row[f"{turn} ILACS framework overall effectiveness"]
                != other["Overall effectiveness"]
            ):
                unlike.add(row["Local authority name"])
    assert unlike == {"Nottingham", "Merton"}
    between = {
        row["authority"]
        for row in kg.ask("discrepancies").rows
        if str(row["one_source"]).startswith("Ofsted") and str(row["other_source"]).startswith("Of")
    }
    assert between == {"Nottingham", "Merton", "Cumbria"}

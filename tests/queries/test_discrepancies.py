"""Question `discrepancies`: where two sources differ, checked in the sources themselves."""

import csv
import datetime
from collections import Counter
from pathlib import Path
from typing import Any

import pytest
import python_calamine

from ofsted_kg.knowledge_graph import KnowledgeGraph

R2022, R2023 = "Ofsted outcomes 2022, sheet ", "Ofsted outcomes 2023, sheet "
R2024, R2025 = "Ofsted outcomes 2024, sheet ", "Ofsted outcomes 2025, sheet "
OLD, LONG = "LA_inspections_2009-2022", "LA_inspections_2009-2023"
HISTORY, HISTORY_2024 = "ILACS_inspection_history", "ILACS_inspections_2018-2024"
STANDARD, SHORT = "ILACS Standard Inspection", "ILACS Short Inspection"
G, R, I = "Good", "Requires improvement to be good", "Inadequate"  # noqa: E741
HELP = "The experiences and progress of children who need help and protection"
CARE = "The experiences and progress of children in care and care leavers"

# Authority, what differs, the source that stands with what it says, and the other: cells read in
# the sheets. Between the releases the later one stands, against a report the release.
DIFFER = [
    ("Nottingham", "publication date", R2025 + HISTORY, "2022-09-05", R2023 + LONG, "2022-11-05"),
    (
        *("Nottingham", "publication date", R2025 + HISTORY, "2022-09-05"),
        *(R2024 + HISTORY_2024, "2022-11-05"),
    ),
    (
        *("Cumbria", "start of fieldwork", R2025 + HISTORY, "2022-09-20"),
        *(R2023 + "LA_level_in_year_2022-23", "2022-09-21"),
    ),
    (
        *("Isles of Scilly", "start of fieldwork", R2025 + HISTORY, "2023-07-11"),
        *(R2024 + "Inspections_31_March_2024", "2023-07-10"),
    ),
    ("Merton", "form of inspection", R2025 + HISTORY, SHORT, R2023 + LONG, STANDARD),
    ("Merton", "form of inspection", R2025 + HISTORY, SHORT, R2024 + HISTORY_2024, STANDARD),
    ("Bournemouth", "form of inspection", R2025 + HISTORY, STANDARD, R2022 + OLD, "Standard"),
    ("Bury", HELP, R2023 + LONG, I, R2022 + "LA_level_in_year_2021-22", R),
    ("Bury", CARE, R2023 + LONG, R, R2022 + "LA_level_in_year_2021-22", I),
    ("Central Bedfordshire", HELP, R2023 + LONG, G, R2022 + OLD, R),
    (
        *("Staffordshire", "The experiences and progress of care leavers", R2025 + HISTORY, R),
        *(R2024 + HISTORY_2024, G),
    ),
    (
        *("Warrington", "Overall effectiveness of services for looked after children"),
        *(R2023 + LONG, R, R2022 + OLD, "3.0"),
    ),
]
REPORT = "West Berkshire single inspection report 2015"


def _told(row: dict[str, Any]) -> tuple[str, ...]:
    """A row of an answer as those above, its places without row and column."""
    one, other = (str(row[key]).split(", row ")[0] for key in ("one_source", "other_source"))
    return row["authority"], row["area"], one, row["one"], other, row["other"]


@pytest.mark.parametrize("known", DIFFER, ids=lambda known: f"{known[0]}, {known[4]}")
def test_known_differences_are_listed_with_both_sources(
    kg: KnowledgeGraph, known: tuple[str, ...]
) -> None:
    rows = [r for r in kg.ask("discrepancies", authority=known[0]).rows if _told(r) == known]
    assert len(rows) == 1
    assert rows[0]["explanation"]


def test_a_printed_day_gives_way_to_that_of_the_releases(kg: KnowledgeGraph) -> None:
    rows = kg.ask("discrepancies", authority="West Berkshire").rows
    [row] = [row for row in rows if str(row["one_source"]).startswith(REPORT)]
    assert (row["one"], row["other"], row["published"]) == (
        "2015-05-13",
        "2015-05-18",
        "2015-05-18",
    )
    assert str(row["other_source"]).startswith("Ofsted outcomes")


def test_nothing_is_listed_twice(kg: KnowledgeGraph) -> None:
    rows = [tuple(row.values()) for row in kg.ask("discrepancies").rows]
    assert len(rows) == len(set(rows))


def test_an_authority_narrows_the_list(kg: KnowledgeGraph) -> None:
    assert {row["authority"] for row in kg.ask("discrepancies", authority="Merton").rows} == {
        "Merton"
    }
    assert kg.ask("discrepancies", authority="Camden").rows == []
    # Published on 15 October 2019; the release of 2022 says 5 October.
    [row] = kg.ask("discrepancies", authority="Kensington and Chelsea").rows
    assert (row["one"], row["other"]) == ("2019-10-15", "2019-10-05")


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


def test_the_releases_of_2023_and_2025_differ_nowhere_else(shared: Path) -> None:
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


def _sheet(shared: Path, year: int, name: str) -> list[list[str]]:
    book = f"Childrens_social_care_in_England_{year}_underlying_data.ods"
    path = shared / "reference" / "ofsted" / book
    rows = python_calamine.load_workbook(path).get_sheet_by_name(name).to_python()
    return [[str(cell)[:10] for cell in row] for row in rows if row[0] and row[1]]


def test_all_differences_between_the_releases(kg: KnowledgeGraph, shared: Path) -> None:
    """Beside those above, days of publication of which the history of 2022 has others.

    Column AH of both sheets has the day of the first inspection since 2018, AN of the newer one
    that of a second. 67 days are one earlier, six are 4 to 30 days off.
    """
    later = {row[1].casefold(): {row[33], row[39]} for row in _sheet(shared, 2023, LONG)}
    known = _sheet(shared, 2022, OLD)
    unlike = [row[33] for row in known if row[33] and row[33] not in later[row[1].casefold()]]
    assert len(unlike) == 73
    between = [
        _told(row)
        for row in kg.ask("discrepancies").rows
        if all(
            str(row[key]).startswith("Ofsted outcomes") for key in ("one_source", "other_source")
        )
    ]
    days = [told for told in between if told[1] == "publication date" and told[4] == R2022 + OLD]
    assert sorted(told[5] for told in days) == sorted(unlike)
    assert sorted(told for told in between if told not in days) == sorted(DIFFER)
    early = [datetime.date.fromisoformat(t[3]) - datetime.date.fromisoformat(t[5]) for t in days]
    assert sorted(Counter(one.days for one in early).items()) == [
        *((-30, 1), (1, 67), (4, 1), (5, 2), (10, 1), (30, 1)),
    ]

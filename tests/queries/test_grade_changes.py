"""Question `grade-changes`: rises, falls and new words, read off Ofsted's two releases."""

import csv
from collections import Counter
from itertools import pairwise
from pathlib import Path
from typing import Any

import pytest

from ofsted_kg.knowledge_graph import KnowledgeGraph
from tests.queries.test_latest_grades import newest_reports

O, G, R, I = "Outstanding", "Good", "Requires improvement to be good", "Inadequate"  # noqa: E741

FALLS = [
    ("Peterborough", "2018-08-06", G, "2024-01-30", I, -2),
    ("Harrow", "2020-03-16", G, "2025-03-04", I, -2),
    ("Swindon", "2019-08-12", G, "2023-09-11", I, -2),
    ("Isles of Scilly", "2019-12-19", G, "2023-08-25", I, -2),
    ("Suffolk", "2019-05-21", O, "2024-08-21", R, -2),
    ("Nottingham", "2019-01-07", R, "2022-09-05", I, -1),
    ("Warwickshire", "2022-02-01", G, "2025-10-14", R, -1),
    ("Stockport", "2022-05-18", G, "2025-07-15", R, -1),
]
RISES = [
    ("Birmingham", "2019-01-17", R, "2023-04-18", G, 1),
    ("Leicestershire", "2019-11-04", R, "2024-07-12", O, 2),
    ("East Riding of Yorkshire", "2020-03-13", I, "2023-03-24", G, 2),
    ("York", "2022-05-04", R, "2025-04-15", O, 2),
    ("Medway", "2019-08-27", I, "2023-09-11", G, 2),
    ("North East Lincolnshire", "2021-11-26", I, "2025-09-03", G, 2),
    ("Doncaster", "2015-11-27", I, "2018-01-19", G, 2),
]
CHANGED = [(*one, "worse") for one in FALLS] + [(*one, "better") for one in RISES]


def _told(row: dict[str, Any]) -> tuple[Any, ...]:
    return (
        row["authority"],
        row["from_published"],
        row["from_grade"],
        row["to_published"],
        row["to_grade"],
        row["steps"],
    )


@pytest.fixture(scope="module")
def changes(kg: KnowledgeGraph) -> dict[str, list[dict[str, Any]]]:
    kinds = ("better", "worse", "same", "reworded", "unclear")
    return {kind: kg.ask("grade-changes", direction=kind).rows for kind in kinds}


@pytest.mark.parametrize("change", CHANGED, ids=lambda change: f"{change[0]}-{change[-1]}")
def test_read_off_the_releases(
    changes: dict[str, list[dict[str, Any]]], change: tuple[Any, ...]
) -> None:
    *told, direction = change
    [row] = [row for row in changes[direction] if _told(row) == tuple(told)]
    assert row["comparability"] == "same scale"
    others = [row for kind, rows in changes.items() if kind != direction for row in rows]
    assert tuple(told) not in [_told(row) for row in others]


def test_camden_rose_from_good_to_outstanding_across_scales(
    changes: dict[str, list[dict[str, Any]]],
) -> None:
    [row] = [
        row
        for row in changes["better"]
        if row["authority"] == "Camden" and row["to_published"] == "2022-06-21"
    ]
    assert _told(row) == ("Camden", "2017-11-24", G, "2022-06-21", O, None)
    assert row["comparability"] == "broadly similar"


def test_camden_stayed_outstanding(changes: dict[str, list[dict[str, Any]]]) -> None:
    told = ("Camden", "2022-06-21", O, "2025-04-15", O, 0)
    assert told in [_told(row) for row in changes["same"]]


def test_a_rating_of_another_system_is_not_compared(
    changes: dict[str, list[dict[str, Any]]],
) -> None:
    [row] = changes["unclear"]
    assert _told(row) == (
        *("Camden", "2009-12-09", "Performs excellently", "2017-11-24", G),
        None,
    )
    assert row["comparability"] == "unknown"


def _of(kg: KnowledgeGraph, area: str, direction: str, name: str) -> list[tuple[Any, ...]]:
    rows = kg.ask("grade-changes", area=area, direction=direction).rows
    return [_told(row) for row in rows if row["authority"] == name]


def test_a_new_word_is_told_apart_from_a_fall(kg: KnowledgeGraph) -> None:
    """In 2014 both services of one borough were found to require improvement."""
    name, before, after = "Barking and Dagenham", "2012-07-27", "2014-07-07"
    reworded = (name, before, "Adequate", after, "Requires improvement", None)
    fall = (name, before, G, after, "Requires improvement", None)
    assert _of(kg, "looked after children", "reworded", name) == [reworded]
    assert reworded not in _of(kg, "looked after children", "worse", name)
    assert fall in _of(kg, "help and protection", "worse", name)
    assert _of(kg, "help and protection", "reworded", name) == []


def test_only_adequate_is_reworded(kg: KnowledgeGraph) -> None:
    for area in ("help and protection", "looked after children"):
        rows = kg.ask("grade-changes", area=area, direction="reworded").rows
        assert {(row["from_grade"], row["to_grade"]) for row in rows} == {
            ("Adequate", "Requires improvement")
        }
        assert {row["comparability"] for row in rows} == {"not equivalent"}
        assert {row["steps"] for row in rows} == {None}


def test_adequate_to_inadequate_is_a_fall(kg: KnowledgeGraph) -> None:
    told = ("Bromley", "2012-08-17", "Adequate", "2016-06-27", I, None)
    assert told in _of(kg, "help and protection", "worse", "Bromley")


def test_a_release_that_rewrites_adequate_makes_no_requires_improvement_of_2012(
    kg: KnowledgeGraph,
) -> None:
    rows: list[dict[str, Any]] = kg.ask("grade-changes", area="help and protection").rows
    early = {row["from_grade"] for row in rows if row["from_published"] < "2013-10"}
    assert early == {"Outstanding", "Good", "Adequate", "Inadequate"}


def test_all_pairs_of_the_history_of_2025_and_newer_reports(
    changes: dict[str, list[dict[str, Any]]], shared: Path
) -> None:
    path = shared / "reference" / "ofsted" / "ofsted_2025_ILACS_inspection_history.csv"
    history: dict[str, list[tuple[str, str]]] = {}
    with path.open(encoding="utf-8-sig", newline="") as file:
        for row in csv.DictReader(file):
            known = history.setdefault(row["Local authority area code"], [])
            known.append((row["Publication date"], row["Overall effectiveness"]))
    words = {word[0]: word for word in (O, G, R, I)}
    for one in newest_reports():
        known, letter = history[one["code"]], one["grades"][0]
        # Seven stand in the history too, and seven give no overall grade.
        if letter in words and (one["published"], words[letter]) not in known:
            known.append((one["published"], words[letter]))
    expected: Counter[tuple[Any, ...]] = Counter()
    for known in history.values():
        known.sort()
        for (day, grade), (later, then) in pairwise(known):
            steps = [O, G, R, I].index(grade) - [O, G, R, I].index(then)
            direction = "better" if steps > 0 else "worse" if steps < 0 else "same"
            expected[direction, day, grade, later, then, steps] += 1
    found = Counter(
        (direction, *_told(row)[1:])
        for direction, rows in changes.items()
        for row in rows
        if row["from_published"] >= "2018" and row["steps"] is not None
    )
    assert found == expected


def test_directions_part_the_whole(
    kg: KnowledgeGraph, changes: dict[str, list[dict[str, Any]]]
) -> None:
    whole = Counter(map(_told, kg.ask("grade-changes").rows))
    assert whole == Counter(_told(row) for rows in changes.values() for row in rows)


def test_steps_agree_with_the_direction(changes: dict[str, list[dict[str, Any]]]) -> None:
    signs = {"better": 1, "worse": -1, "same": 0}
    for direction, sign in signs.items():
        steps = [row["steps"] for row in changes[direction] if row["steps"] is not None]
        assert {(step > 0) - (step < 0) for step in steps} == {sign}


def test_only_two_successors_share_changes_with_their_county(kg: KnowledgeGraph) -> None:
    """Ofsted lists the last inspections of two county councils under the unitaries of 2023."""
    told: dict[tuple[Any, ...], set[str]] = {}
    for row in kg.ask("grade-changes").rows:
        told.setdefault(_told(row)[1:], set()).add(str(row["authority"]))
    shared = {
        name for names in told.values() for name in names if f"{name} County Council" in names
    }
    assert shared <= {"North Yorkshire", "Somerset"}


def test_a_region_and_direction_narrow_the_changes(kg: KnowledgeGraph) -> None:
    rows = kg.ask("grade-changes", region="London", direction="worse").rows
    names = {row["authority"] for row in rows}
    assert names == {"Ealing", "Hackney", "Harrow", "Havering", "Newham"}

"""Question `last-inspected`: on 31 March 2025, and on other days."""

import csv
from pathlib import Path
from typing import Any

import pytest

from ofsted_kg.knowledge_graph import KnowledgeGraph
from tests.overviews.test_overviews import ONLY_CLAIMED
from tests.queries.test_latest_grades import newest_reports

WORDS = ("Outstanding", "Good", "Requires improvement to be good", "Inadequate")
# Names of the release that the reference tables write otherwise.
NAMED = {
    "Bournemouth, Christchurch & Poole": "Bournemouth, Christchurch and Poole",
    "Bristol": "City of Bristol",
    "Dorset": "Dorset Council",
    "Durham": "County Durham",
    "Hammersmith & Fulham": "Hammersmith and Fulham",
    "St Helens": "St. Helens",
    "Telford & Wrekin": "Telford and Wrekin",
}
DAY = "2025-03-31"

# Latest publication on or before the day, whole months since, overall grade: read off the
# history of the 2025 release. Several were inspected by then but published later.
READ = [
    ("Devon", "2020-03-17", 60, "Inadequate"),
    ("Camden", "2022-06-21", 33, "Outstanding"),
    ("Surrey", "2022-03-09", 36, "Requires improvement to be good"),
    ("York", "2022-05-04", 34, "Requires improvement to be good"),
    ("Buckinghamshire", "2022-02-11", 37, "Requires improvement to be good"),
    ("North East Lincolnshire", "2021-11-26", 40, "Inadequate"),
    ("Kensington and Chelsea", "2025-01-13", 2, "Outstanding"),
    ("Knowsley", "2025-01-20", 2, "Inadequate"),
    ("Doncaster", "2025-03-18", 0, "Good"),
    ("Bury", "2021-12-17", 39, "Inadequate"),
]


@pytest.fixture(scope="module")
def last(kg: KnowledgeGraph) -> list[dict[str, Any]]:
    return kg.ask("last-inspected", on=DAY).rows


@pytest.fixture(scope="module")
def newest(kg: KnowledgeGraph) -> list[dict[str, Any]]:
    return kg.ask("last-inspected").rows


@pytest.mark.parametrize(("name", "published", "months", "grade"), READ)
def test_read_off_the_release(
    last: list[dict[str, Any]], name: str, published: str, months: int, grade: str
) -> None:
    [row] = [row for row in last if row["authority"] == name]
    assert (row["published"], row["months_ago"], row["grade"]) == (published, months, grade)


def test_153_authorities_longest_ago_first(last: list[dict[str, Any]]) -> None:
    assert len(last) == len({row["authority"] for row in last}) == 153
    assert last[0]["authority"] == "Devon"
    assert [row["published"] for row in last] == sorted(row["published"] for row in last)
    assert max(row["published"] for row in last) <= DAY


def test_all_equal_to_the_history_of_the_release(
    kg: KnowledgeGraph, last: list[dict[str, Any]], shared: Path
) -> None:
    path = shared / "reference" / "ofsted" / "ofsted_2025_ILACS_inspection_history.csv"
    expected: dict[str, tuple[str, str]] = {}
    with path.open(encoding="utf-8-sig", newline="") as file:
        for row in csv.DictReader(file):
            if row["Local authority status"] == "Current" and row["Publication date"] <= DAY:
                code = row["Local authority area code"]
                found = row["Publication date"], row["Overall effectiveness"]
                expected[code] = max(expected.get(code, ("", "")), found)
    recoded = {"E08000016": "E08000038", "E08000019": "E08000039"}
    codes = {row["authority"]: row["code"] for row in kg.ask("latest-grades").rows}
    assert {codes[r["authority"]]: (r["published"], r["grade"]) for r in last} == {
        recoded.get(code, code): found for code, found in expected.items()
    }


def test_the_day_of_publication_counts(kg: KnowledgeGraph) -> None:
    def camden(on: str) -> dict[str, Any]:
        [row] = [r for r in kg.ask("last-inspected", on=on).rows if r["authority"] == "Camden"]
        return row

    assert (camden("2025-04-14")["published"], camden("2025-04-14")["months_ago"]) == (
        "2022-06-21",
        33,
    )
    assert (camden("2025-04-15")["published"], camden("2025-04-15")["months_ago"]) == (
        "2025-04-15",
        0,
    )
    # The inspection of 2012 had no grade for all services together.
    assert (camden("2013-04-09")["published"], camden("2013-04-09")["grade"]) == (
        "2012-04-10",
        None,
    )
    assert camden("2013-04-09")["months_ago"] == 11
    assert camden("2013-04-10")["months_ago"] == 12


def test_a_region_narrows_the_list(kg: KnowledgeGraph) -> None:
    rows = kg.ask("last-inspected", on=DAY, region="London").rows
    assert len(rows) == 33
    assert {row["region"] for row in rows} == {"London"}


def test_before_the_first_inspection_none_is_on_record(kg: KnowledgeGraph) -> None:
    rows = kg.ask("last-inspected", on="2000-01-01").rows
    assert {(r["published"], r["months_ago"], r["basis"]) for r in rows} == {
        (None, None, "none on record")
    }


@pytest.mark.parametrize(
    ("on", "number", "without"),
    [
        ("2018-12-31", 152, set()),
        ("2019-12-31", 151, {"Bournemouth, Christchurch and Poole", "Dorset Council"}),
        ("2023-12-31", 153, {"Cumberland", "Westmorland and Furness"}),
    ],
)
def test_authorities_of_an_earlier_day(
    kg: KnowledgeGraph, on: str, number: int, without: set[str]
) -> None:
    """Councils made in 2019 and 2023, whose first inspections came out in later years."""
    rows = kg.ask("last-inspected", on=on).rows
    assert len(rows) == len({row["authority"] for row in rows}) == number
    assert {row["authority"] for row in rows if row["basis"] == "none on record"} == without


def test_an_abolished_council_on_a_day_of_its_own(kg: KnowledgeGraph) -> None:
    rows = {row["authority"]: row for row in kg.ask("last-inspected", on="2019-12-31").rows}
    found = {
        name: (rows[name]["published"], rows[name]["months_ago"], rows[name]["grade"])
        for name in ("Northamptonshire", "Cumbria")
    }
    assert found == {
        "Northamptonshire": ("2019-07-29", 5, "Inadequate"),
        "Cumbria": ("2018-01-29", 23, "Requires improvement"),
    }
    assert not {"North Northamptonshire", "West Northamptonshire", "Cumberland"} & set(rows)


def test_months_are_counted_to_the_newest_publication(newest: list[dict[str, Any]]) -> None:
    """The newest is of 20 August 2026, in the history that a public tool keeps."""
    rows = {row["authority"]: row for row in newest}
    assert len(rows) == 153
    assert {row["as_at"] for row in newest} == {"2026-08-20"}
    assert rows["Buckinghamshire"]["months_ago"] == 15  # since 14 May 2025
    assert rows["North East Lincolnshire"]["months_ago"] == 11  # since 3 September 2025
    assert rows["Nottingham"]["months_ago"] == 47  # since 5 September 2022
    assert rows["Lancashire"]["months_ago"] == 0  # since the same day


def test_newest_are_of_reports_the_release_and_claims(
    newest: list[dict[str, Any]], shared: Path
) -> None:
    """The release of 2025, over it what page 1 of newer reports says, and what overviews claim."""
    path = shared / "reference" / "ofsted" / "ofsted_2025_Inspections_as_at_31_March.csv"
    words = {word[0]: word for word in WORDS}
    expected: dict[str, tuple[str, str | None, str]] = {}
    with path.open(encoding="utf-8-sig", newline="") as file:
        for row in csv.DictReader(file):
            name = NAMED.get(row["Local authority name"], row["Local authority name"])
            expected[name] = row["Publication date"], row["Overall effectiveness"], "official"
    for one in newest_reports():
        name = NAMED.get(one["authority"], one["authority"])
        assert one["published"] >= expected[name][0]
        expected[name] = one["published"], words.get(one["grades"][0]), "official"
    for name, (_, published, letters) in ONLY_CLAIMED.items():
        assert published > expected[name][0]
        expected[name] = published, words.get(letters[0]), "claimed"
    found = {row["authority"]: (row["published"], row["grade"], row["basis"]) for row in newest}
    assert found == expected
    assert [row["basis"] for row in newest].count("claimed") == 17


def test_a_claim_counts_from_its_day_of_publication(kg: KnowledgeGraph) -> None:
    """Wakefield: reports of 5 January 2022 and, by the overviews alone, of 18 July 2025."""
    told = {}
    for on in ("2025-07-17", "2025-07-18"):
        [row] = [r for r in kg.ask("last-inspected", on=on).rows if r["authority"] == "Wakefield"]
        told[on] = (row["published"], row["grade"], row["basis"])
    assert told == {
        "2025-07-17": ("2022-01-05", "Good", "official"),
        "2025-07-18": ("2025-07-18", "Good", "claimed"),
    }


def test_a_predecessor_is_told(last: list[dict[str, Any]]) -> None:
    assert {row["authority"]: row["inspected"] for row in last if row["inspected"]} == {
        "Somerset": "Somerset County Council"
    }
    assert {row["as_at"] for row in last} == {DAY}

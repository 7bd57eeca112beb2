"""Question `time-to-improve`: whole months between two publications, counted by hand."""

import csv
from pathlib import Path
from typing import Any

import pytest

from ofsted_kg.knowledge_graph import KnowledgeGraph
from tests.queries.test_latest_grades import newest_reports

G, I, R = "Good", "Inadequate", "Requires improvement"  # noqa: E741
RG = "Requires improvement to be good"

# First publication of inadequate, first better grade after it, whole months between.
ENDED = [
    ("Birmingham", "2014-05-23", "2019-01-17", RG, 55),  # inadequate again in 2016
    ("Doncaster", "2015-11-27", "2018-01-19", G, 25),
    ("Rotherham", "2014-11-19", "2018-01-29", G, 38),
    ("Sandwell", "2015-06-05", "2022-07-05", RG, 85),  # inadequate again in 2018
    ("Slough", "2014-02-11", "2019-03-04", RG, 60),  # inadequate again in 2016
    ("Sunderland", "2015-07-20", "2021-08-20", "Outstanding", 73),
    ("Tameside", "2016-12-09", "2019-07-01", RG, 30),
    # Within one framework.
    ("Wandsworth", "2016-02-16", "2018-07-20", R, 29),
    ("Coventry", "2014-03-21", "2017-06-13", R, 38),
    ("Knowsley", "2014-06-30", "2017-06-13", R, 35),
    ("Cumbria", "2015-05-13", "2018-01-29", R, 32),
    ("Blackpool", "2019-01-17", "2023-02-01", RG, 48),
    ("Medway", "2019-08-27", "2023-09-11", G, 48),
    ("Wakefield", "2018-07-17", "2022-01-05", G, 41),
    ("Newham", "2019-03-25", "2022-09-21", G, 41),
    # By reports after the release of 2025.
    ("North East Lincolnshire", "2021-11-26", "2025-09-03", G, 45),
    ("Bury", "2021-12-17", "2025-07-29", RG, 43),
]

# No better grade is known, and some were found inadequate again.
OPEN = [
    ("Devon", "2020-03-17"),
    ("Bradford", "2018-10-29"),
    ("Harrow", "2025-03-04"),
    ("Tameside", "2024-02-13"),
    ("Knowsley", "2025-01-20"),
    ("South Tyneside", "2023-05-10"),  # no overall grade in 2026
    ("Liverpool", "2023-05-25"),  # by overviews alone inspected in 2026
    ("Northamptonshire", "2019-07-29"),  # abolished in 2021
    ("Buckinghamshire County", "2014-08-08"),  # inadequate again in 2018, abolished in 2020
]


@pytest.fixture(scope="module")
def spells(kg: KnowledgeGraph) -> list[dict[str, Any]]:
    return kg.ask("time-to-improve").rows


@pytest.mark.parametrize(("name", "begun", "ended", "grade", "months"), ENDED)
def test_counted_by_hand(
    spells: list[dict[str, Any]], name: str, begun: str, ended: str, grade: str, months: int
) -> None:
    [row] = [r for r in spells if (r["authority"], r["from_published"]) == (name, begun)]
    assert row["from_grade"] == I
    assert (row["to_published"], row["to_grade"], row["months"]) == (ended, grade, months)
    assert row["comparability"] in ("same scale", "broadly similar")


@pytest.mark.parametrize(("name", "begun"), OPEN)
def test_a_spell_that_has_not_ended(spells: list[dict[str, Any]], name: str, begun: str) -> None:
    [row] = [r for r in spells if (r["authority"], r["from_published"]) == (name, begun)]
    assert [row[key] for key in ("to_published", "to_grade", "months", "comparability")] == [
        None
    ] * 4


def test_one_scale_and_two(spells: list[dict[str, Any]]) -> None:
    kinds = {row["authority"]: row["comparability"] for row in spells}
    assert kinds["Rotherham"] == kinds["Blackpool"] == "same scale"
    assert kinds["Birmingham"] == "broadly similar"


def test_inadequate_again_is_the_same_spell(spells: list[dict[str, Any]]) -> None:
    begun = [row["from_published"] for row in spells if row["authority"] == "Birmingham"]
    assert begun == ["2014-05-23"]
    assert [r["from_published"] for r in spells if r["authority"] == "Devon"] == ["2020-03-17"]


def test_a_second_spell_is_a_row_of_its_own(spells: list[dict[str, Any]]) -> None:
    begun = [row["from_published"] for row in spells if row["authority"] == "Tameside"]
    assert begun == ["2016-12-09", "2024-02-13"]


def test_open_spells_are_those_whose_latest_grade_is_inadequate(
    kg: KnowledgeGraph, spells: list[dict[str, Any]]
) -> None:
    """19 in the release of 2025, of which four got better and one no overall grade any more."""
    latest = kg.ask("latest-grades").rows
    inadequate = {row["authority"] for row in latest if I in (row["grade"], row["last_grade"])}
    assert len(inadequate) == 19 - 4
    no_longer = {row["authority"] for row in latest if row["last_grade"] == I}
    assert no_longer == {"South Tyneside"}
    current = {row["authority"] for row in latest}
    still = [row["authority"] for row in spells if row["to_published"] is None]
    assert set(still) & current == inadequate
    assert set(still) - current == {"Northamptonshire", "Buckinghamshire County"}
    assert len(still) == 17


SIF = "Single Inspection of LA Children's Services (SIF) "
SIF_COLUMNS = (
    (SIF + "First SIF publication date", "First SIF Overall Judgement (OE)"),
    (SIF + "SIF Re-inspection publication date", "SIF Re-inspection Overall Judgement (OE)"),
)


def _months(begun: str, ended: str) -> int:
    (y1, m1, d1), (y2, m2, d2) = (map(int, day.split("-")) for day in (begun, ended))
    return (y2 - y1) * 12 + m2 - m1 - (d2 < d1)


def test_all_spells_of_releases_and_newer_reports(
    spells: list[dict[str, Any]], shared: Path
) -> None:
    folder = shared / "reference" / "ofsted"
    graded: dict[str, list[tuple[str, str]]] = {}
    sheet = folder / "ofsted_2023_LA_inspections_2009-2023.csv"
    with sheet.open(encoding="utf-8-sig", newline="") as file:
        for row in csv.DictReader(file):
            name = row["Local authority name"]
            if name == "Buckinghamshire":
                name = "the county council before 2020"
            for day, grade in SIF_COLUMNS:
                if row[day]:
                    graded.setdefault(name.casefold(), []).append((row[day], row[grade]))
    history = folder / "ofsted_2025_ILACS_inspection_history.csv"
    with history.open(encoding="utf-8-sig", newline="") as file:
        for row in csv.DictReader(file):
            judged = row["Publication date"], row["Overall effectiveness"]
            graded.setdefault(row["Local authority name"].casefold(), []).append(judged)
    for one in newest_reports():
        overall = {G[0]: G, "O": "Outstanding", "R": RG, I[0]: I}.get(one["grades"][0])
        judgements = graded[one["authority"].casefold()]
        # Seven stand in the history too, and seven give no overall grade.
        if overall and (one["published"], overall) not in judgements:
            judgements.append((one["published"], overall))
    expected: list[tuple[str, str | None, int | None]] = []
    for known in graded.values():
        begun = None
        for day, grade in sorted(known):
            if grade == I:
                begun = begun or day
            elif begun:
                expected.append((begun, day, _months(begun, day)))
                begun = None
        if begun:
            expected.append((begun, None, None))
    found = [(row["from_published"], row["to_published"], row["months"]) for row in spells]
    assert sorted(found, key=str) == sorted(expected, key=str)


# Help and protection was judged before 2013 too, so that a spell may begin there.
PROTECTION = [
    ("Birmingham", "2010-07-16", "2019-01-17", RG, 102),  # inadequate in 2012, 2014, 2016 too
    ("Doncaster", "2012-11-16", "2018-01-19", G, 62),  # inadequate in 2015 too
    ("Sandwell", "2010-01-13", "2012-02-20", "Adequate", 25),  # by a re-inspection
    ("Sandwell", "2013-04-09", "2022-07-05", RG, 110),  # inadequate in 2015 and 2018 too
]


@pytest.mark.parametrize(("name", "begun", "ended", "grade", "months"), PROTECTION)
def test_help_and_protection(
    kg: KnowledgeGraph, name: str, begun: str, ended: str, grade: str, months: int
) -> None:
    rows = kg.ask("time-to-improve", area="help and protection").rows
    [row] = [r for r in rows if (r["authority"], r["from_published"]) == (name, begun)]
    assert (row["to_published"], row["to_grade"], row["months"]) == (ended, grade, months)


def test_two_services_reinspected_on_one_day(kg: KnowledgeGraph) -> None:
    """Cornwall and Warrington: both services of both were re-inspected, published on one day."""
    found = {
        (area, row["authority"], row["from_published"], row["to_published"], row["months"])
        for area in ("help and protection", "looked after children")
        for row in kg.ask("time-to-improve", area=area).rows
        if row["authority"] in ("Cornwall", "Warrington")
    }
    assert found == {
        # Still inadequate in 2011, adequate in 2013.
        ("help and protection", "Cornwall", "2009-10-23", "2013-03-15", 40),
        ("help and protection", "Warrington", "2009-11-06", "2011-02-25", 15),
        ("looked after children", "Cornwall", "2009-10-23", "2011-02-25", 16),
    }


def test_region_and_grade(kg: KnowledgeGraph) -> None:
    rows = kg.ask("time-to-improve", region="London").rows
    assert {row["authority"] for row in rows} == {
        *("Barnet", "Bromley", "Croydon", "Harrow", "Havering"),
        *("Lambeth", "Newham", "Tower Hamlets", "Wandsworth"),
    }
    assert {row["from_grade"] for row in rows} == {I}


def test_improvement_is_counted_from_another_grade_too(kg: KnowledgeGraph) -> None:
    rows = kg.ask("time-to-improve", from_grade=RG, region="London").rows
    assert {row["from_grade"] for row in rows} <= {R, RG}
    # Twice found to require improvement, under two frameworks that word it in two ways.
    [row] = [r for r in rows if r["authority"] == "Lewisham"]
    assert (row["from_published"], row["to_published"], row["to_grade"], row["months"]) == (
        *("2016-01-20", "2024-01-31", G),
        96,
    )


def test_how_a_spell_ended(spells: list[dict[str, Any]]) -> None:
    """Both counties were abolished while inadequate; Cumbria had improved five years before."""
    ended = {
        (r["authority"], r["from_published"]): (r["ended"], r["existed_until"]) for r in spells
    }
    assert ended["Northamptonshire", "2019-07-29"] == ("with the authority", "2021-03-31")
    assert ended["Buckinghamshire County", "2014-08-08"] == ("with the authority", "2020-03-31")
    assert ended["Cumbria", "2015-05-13"] == ("better", "2023-03-31")
    assert ended["Devon", "2020-03-17"] == ("open", None)
    assert ended["Wakefield", "2018-07-17"] == ("better", None)


@pytest.mark.parametrize(
    ("grade", "name", "published"),
    [(G, "Somerset", "2022-09-21"), ("Outstanding", "North Yorkshire", "2018-08-06")],
)
def test_one_inspection_listed_under_two_authorities_is_one_spell(
    kg: KnowledgeGraph, grade: str, name: str, published: str
) -> None:
    """Inspections of the counties, which the release lists under the councils after them."""
    rows = kg.ask("time-to-improve", from_grade=grade).rows
    same = [r for r in rows if r["from_published"] == published and name in str(r["authority"])]
    assert [(row["authority"], row["ended"]) for row in same] == [(name, "open")]

"""Question `time-to-improve`: whole months between two publications, counted by hand."""

import csv
import datetime
from pathlib import Path
from typing import Any

import pytest

from ofsted_kg.knowledge_graph import KnowledgeGraph
from tests.queries.test_latest_grades import newest_reports

G, I, R = "Good", "Inadequate", "Requires improvement"  # noqa: E741
RG = "Requires improvement to be good"
WORDS = ("Outstanding", G, RG, I)

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
def test_a_spell_without_a_better_grade(
    spells: list[dict[str, Any]], name: str, begun: str
) -> None:
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


def _called(name: str) -> str:
    """The sheets write three names in two ways."""
    return name.casefold().replace("&", "and").removesuffix(" borough")


def _graded(shared: Path) -> list[list[tuple[str, str]]]:
    """Day and overall grade of every inspection, an authority each."""
    folder = shared / "reference" / "ofsted"
    graded: dict[str, list[tuple[str, str]]] = {}
    sheet = folder / "ofsted_2023_LA_inspections_2009-2023.csv"
    with sheet.open(encoding="utf-8-sig", newline="") as file:
        for row in csv.DictReader(file):
            name = row["Local authority name"]
            if name in ("Buckinghamshire", "Dorset"):
                name += ", the county council before 2020 or 2019"
            for day, grade in SIF_COLUMNS:
                if row[day]:
                    graded.setdefault(_called(name), []).append((row[day], row[grade]))
    history = folder / "ofsted_2025_ILACS_inspection_history.csv"
    with history.open(encoding="utf-8-sig", newline="") as file:
        for row in csv.DictReader(file):
            judged = row["Publication date"], row["Overall effectiveness"]
            graded.setdefault(_called(row["Local authority name"]), []).append(judged)
    for one in newest_reports():
        overall = {G[0]: G, "O": "Outstanding", "R": RG, I[0]: I}.get(one["grades"][0])
        judgements = graded[_called(one["authority"])]
        # Seven stand in the history too, and seven give no overall grade.
        if overall and (one["published"], overall) not in judgements:
            judgements.append((one["published"], overall))
    return list(graded.values())


@pytest.mark.parametrize("grade", [I, RG])
def test_all_spells_of_releases_and_newer_reports(
    kg: KnowledgeGraph, shared: Path, grade: str
) -> None:
    """A spell lasts while the grade stays, and ends with the first other one, whichever it is."""
    expected: list[tuple[str, str | None, int | None]] = []
    for known in _graded(shared):
        begun = None
        for day, given in sorted(known):
            if given == grade:
                begun = begun or day
            elif begun:
                better = WORDS.index(given) < WORDS.index(grade)
                months = _months(begun, day) if better else None
                expected.append((begun, day, months))
                begun = None
        if begun:
            expected.append((begun, None, None))
    found = [
        (
            row["from_published"],
            row["ended_on"] if row["ended"] in ("better", "worse") else None,
            row["months"],
        )
        for row in kg.ask("time-to-improve", from_grade=grade).rows
    ]
    assert sorted(found, key=str) == sorted(expected, key=str)


# Fell between two spells: begun, ended by inadequate, whole months, begun anew. The single
# inspections of the table of 2009 to 2023, then the history of the release of 2025 and Bury's
# report of July 2025.
FELL = [
    ("Luton", "2016-03-29", "2020-02-24", 46, "2022-09-05"),
    ("Blackpool", "2014-09-08", "2019-01-17", 52, "2023-02-01"),
    ("Bury", "2016-05-16", "2021-12-17", 67, "2025-07-29"),
    ("Kingston upon Hull", "2015-02-03", "2019-05-17", 51, "2023-01-13"),
    ("Middlesbrough", "2016-02-19", "2020-01-24", 47, "2023-05-25"),
    ("Stoke-on-Trent", "2015-08-10", "2019-03-18", 43, "2022-11-25"),
    ("West Sussex", "2016-01-20", "2019-05-08", 39, "2023-05-11"),
]


@pytest.fixture(scope="module")
def middling(kg: KnowledgeGraph) -> list[dict[str, Any]]:
    return kg.ask("time-to-improve", from_grade=RG).rows


@pytest.mark.parametrize(("name", "begun", "fell", "lasted", "again"), FELL)
def test_a_fall_ends_a_spell(
    middling: list[dict[str, Any]], name: str, begun: str, fell: str, lasted: int, again: str
) -> None:
    first, second = [row for row in middling if row["authority"] == name]
    assert (first["from_published"], first["ended"], first["ended_on"]) == (begun, "worse", fell)
    assert (first["months_lasted"], first["months"], first["to_grade"]) == (lasted, None, None)
    assert second["from_published"] == again
    assert second["ended"] != "worse"


def test_an_improvement_is_counted_once(middling: list[dict[str, Any]]) -> None:
    """Luton was found good on 10 March 2026, after two spells."""
    rose = [row for row in middling if row["to_published"]]
    assert len({(row["authority"], row["to_published"]) for row in rose}) == len(rose)
    [luton] = [row for row in rose if row["authority"] == "Luton"]
    assert (luton["from_published"], luton["to_published"], luton["months"]) == (
        *("2022-09-05", "2026-03-10"),
        42,
    )


# No overall grade is given from April 2026 on: begun, day of the report without one, months.
DROPPED = [
    (I, "South Tyneside", "2023-05-10", "2026-08-04", 38),
    (RG, "Middlesbrough", "2023-05-25", "2026-07-28", 38),
    (RG, "North Northamptonshire", "2022-11-25", "2026-07-07", 43),
    (RG, "West Northamptonshire", "2022-11-25", "2026-07-07", 43),
]


@pytest.mark.parametrize(("grade", "name", "begun", "dropped", "lasted"), DROPPED)
def test_a_grade_that_is_no_longer_given(
    kg: KnowledgeGraph, grade: str, name: str, begun: str, dropped: str, lasted: int
) -> None:
    def ended(on: str | None) -> tuple[object, ...]:
        given = {"on": on} if on else {}
        rows = kg.ask("time-to-improve", from_grade=grade, **given).rows
        [row] = [r for r in rows if (r["authority"], r["from_published"]) == (name, begun)]
        assert row["months"] is None
        return row["ended"], row["ended_on"], row["months_lasted"]

    assert ended(None) == ("no longer given", dropped, lasted)
    eve = datetime.date.fromisoformat(dropped) - datetime.timedelta(days=1)
    assert ended(eve.isoformat())[:2] == ("open", None)


# Open spells that a newer inspection follows, of which only overviews tell (ONLY_CLAIMED).
NEWER = [
    (I, "Liverpool", "2023-05-25", "2026-07-07", "none claimed"),
    (I, "Bradford", "2018-10-29", "2026-05-21", RG),
    (RG, "Blackpool", "2023-02-01", "2026-07-28", "none claimed"),
    (RG, "Kingston upon Hull", "2023-01-13", "2026-05-18", G),
]


@pytest.mark.parametrize(("grade", "name", "begun", "published", "claim"), NEWER)
def test_a_newer_inspection_that_is_claimed(
    kg: KnowledgeGraph, grade: str, name: str, begun: str, published: str, claim: str
) -> None:
    rows = kg.ask("time-to-improve", from_grade=grade).rows
    [row] = [r for r in rows if (r["authority"], r["from_published"]) == (name, begun)]
    assert (row["ended"], row["newer_published"], row["newer_claim"]) == ("open", published, claim)
    assert str(row["newer_report"]).startswith("https://files.ofsted.gov.uk/")


def test_only_an_open_spell_has_something_newer(middling: list[dict[str, Any]]) -> None:
    assert {row["ended"] for row in middling if row["newer_published"]} == {"open"}


def test_open_spells_are_counted_to_the_newest_publication(spells: list[dict[str, Any]]) -> None:
    """Of 20 August 2026, in an overview. Devon: from 17 March 2020, Harrow: from 4 March 2025."""
    assert {row["as_at"] for row in spells} == {"2026-08-20"}
    lasted = {r["authority"]: r["months_lasted"] for r in spells if r["ended"] == "open"}
    assert (lasted["Devon"], lasted["Harrow"]) == (77, 17)


def test_on_an_earlier_day_nothing_later_is_known(kg: KnowledgeGraph) -> None:
    """As the release of 2025 has it: 19 were inadequate on 31 March 2025."""
    rows = kg.ask("time-to-improve", on="2025-03-31").rows
    still = {row["authority"]: row for row in rows if row["ended"] == "open"}
    assert len(still) == 19
    bury = still["Bury"]  # better in July 2025
    assert (bury["months"], bury["months_lasted"], bury["as_at"]) == (None, 39, "2025-03-31")
    assert (still["Devon"]["months_lasted"], still["Harrow"]["months_lasted"]) == (60, 0)
    assert not [row for row in rows if row["newer_published"]]
    # Northamptonshire was there until 31 March 2021.
    for on, ended in (("2021-03-30", "open"), ("2021-03-31", "with the authority")):
        rows = kg.ask("time-to-improve", on=on).rows
        assert {r["ended"] for r in rows if r["authority"] == "Northamptonshire"} == {ended}


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
    rows = kg.ask("time-to-improve", from_grade=grade, on="2025-03-31").rows
    same = [r for r in rows if r["from_published"] == published and name in str(r["authority"])]
    assert [(row["authority"], row["ended"]) for row in same] == [(name, "open")]


def test_no_end_of_a_council_is_known_before_it(kg: KnowledgeGraph) -> None:
    """Northamptonshire ended on 31 March 2021; nobody knew its last day in 2019."""
    rows = kg.ask("time-to-improve", from_grade="inadequate", on="2019-12-31").rows
    assert rows
    assert {str(row["existed_until"] or "") for row in rows} <= {"", "2019-03-31"}


@pytest.mark.parametrize(
    ("name", "ended_on", "months"),
    [("Oxfordshire", "2018-05-22", 46), ("Bournemouth", "2018-08-24", 49)],
)
def test_a_framework_that_began_in_the_year_when_another_ended(
    kg: KnowledgeGraph, name: str, ended_on: str, months: int
) -> None:
    """Adoption was judged in the single inspections published on 30 June 2014, and not in the
    inspections of the next framework, of the days given here in the release of 2025."""
    [row] = kg.ask("time-to-improve", authority=name, area="adoption", from_grade="good").rows
    assert (row["from_published"], row["ended"]) == ("2014-06-30", "no longer given")
    assert (row["ended_on"], row["months_lasted"]) == (ended_on, months)


def test_a_spell_is_of_the_council_of_the_day(kg: KnowledgeGraph) -> None:
    """Good of 21 September 2022, when the county council of Somerset had half a year to go."""

    def holders(on: str) -> list[object]:
        rows = kg.ask("time-to-improve", authority="Somerset", from_grade="good", on=on).rows
        return [r["authority"] for r in rows if r["from_published"] == "2022-09-21"]

    assert holders("2022-12-31") == ["Somerset County Council"]
    assert holders("2023-12-31") == ["Somerset"]

"""Every answer says until when it is true, and status tells how old each part of the graph is."""

import datetime
import json
from typing import Any

import pyoxigraph as ox
import pytest

from ofsted_kg.asking.as_at import AsAt, as_at
from ofsted_kg.asking.status import status
from ofsted_kg.cli import main
from ofsted_kg.knowledge_graph import FORMATS, KnowledgeGraph
from ofsted_kg.store.embedded import EmbeddedStore
from tests.conftest import TURTLE_PREFIXES

XSD = "http://www.w3.org/2001/XMLSchema#"

# Three authorities: one report and an older release, a release alone, and a claim that is newer.
WORLD = """
ex:axe a okg:LocalAuthority ; skos:prefLabel "Axe"@en .
ex:bow a okg:LocalAuthority ; skos:prefLabel "Bow"@en .
ex:cam a okg:LocalAuthority ; skos:prefLabel "Cam"@en .
ex:a1 okg:inspectsAuthority ex:axe ; okg:publishedOn "2020-02-01"^^xsd:date .
ex:a2 okg:inspectsAuthority ex:axe ; okg:publishedOn "2024-02-01"^^xsd:date .
ex:b okg:inspectsAuthority ex:bow ; okg:publishedOn "2023-05-01"^^xsd:date .
ex:c1 okg:inspectsAuthority ex:cam ; okg:publishedOn "2022-01-10"^^xsd:date .
ex:c2 okg:inspectsAuthority ex:cam ; okg:publishedOn "2026-03-05"^^xsd:date .
ex:visit a okg:Assessment ; okg:inspectsAuthority ex:bow ; okg:publishedOn "2025-11-30"^^xsd:date .
ex:j1 okg:concernsAuthority ex:axe ; okg:isReachedIn ex:a1 ; okg:hasGrade ex:good .
ex:j2 okg:concernsAuthority ex:axe ; okg:isReachedIn ex:a2 ; okg:hasGrade ex:good .
ex:j3 okg:concernsAuthority ex:bow ; okg:isReachedIn ex:b ; okg:hasGrade ex:good .
ex:j4 okg:concernsAuthority ex:cam ; okg:isReachedIn ex:c1 ; okg:hasGrade ex:good .
ex:claim okg:concernsAuthority ex:cam ; okg:claimsAbout ex:c2 ; okg:claimsGrade ex:good .
ex:report a okg:InspectionReport ; okg:reportsOn ex:a2 .
ex:release a okg:DataRelease ; okg:asAt "2023-03-31"^^xsd:date .
ex:newer a okg:DataRelease ; okg:asAt "2024-03-31"^^xsd:date .
"""


@pytest.fixture(scope="module")
def world() -> EmbeddedStore:
    store = ox.Store()
    store.load((TURTLE_PREFIXES + WORLD).encode(), format=ox.RdfFormat.TURTLE)
    return EmbeddedStore(store)


def test_the_newest_inspection_is_known_from_a_report_a_release_or_a_claim(
    world: EmbeddedStore,
) -> None:
    found = as_at(world, ["Axe", "Bow", "Cam"])
    assert (found.published, found.claimed) == ("2024-02-01", "2026-03-05")
    assert found.released == "2024-03-31"
    assert found.newest_from == {"report": 1, "release": 1, "claim only": 1}
    assert found.to_text() == (
        "grades published until 2024-02-01, claimed ones until 2026-03-05; the newest data release "
        "shows 2024-03-31; the "
        "newest inspections of 3 authorities are known 1 from a report, 1 from a release, "
        "1 from a claim only"
    )


@pytest.mark.parametrize(
    ("authority", "kind"), [("Axe", "report"), ("Bow", "release"), ("Cam", "claim only")]
)
def test_of_one_authority_it_tells_the_kind(
    world: EmbeddedStore, authority: str, kind: str
) -> None:
    found = as_at(world, [authority])
    assert found.newest_from == {kind: 1}
    assert found.to_text() == (
        "grades published until 2024-02-01, claimed ones until 2026-03-05; the newest data release "
        "shows 2024-03-31; the "
        f"newest inspection is known from a {kind}"
    )


def test_a_name_that_nothing_is_held_of_is_passed_over(world: EmbeddedStore) -> None:
    assert as_at(world, ["Dee"]).newest_from == {}


def test_an_empty_graph_covers_nothing() -> None:
    nothing = as_at(EmbeddedStore(ox.Store()))
    assert nothing == AsAt(None, None, None, {})
    assert nothing.to_text() == "no grades with a day of publication"


def test_an_answer_about_a_region_says_what_it_covers(kg: KnowledgeGraph) -> None:
    """The newest report is Portsmouth's, of 18 August 2026. London has 33 authorities, of which
    Haringey and Wandsworth were inspected last by the overviews alone.
    """
    found = kg.ask("latest-grades", region="London").as_at
    assert found is not None
    assert (found.published, found.released) == ("2026-08-18", "2025-03-31")
    assert found.newest_from == {"report": 31, "claim only": 2}


def test_an_answer_about_all_says_what_it_covers(kg: KnowledgeGraph) -> None:
    """17 by claim; no reports on Buckinghamshire and Devon of May 2025 are at hand."""
    found = kg.ask("latest-grades").as_at
    assert found is not None
    assert found.newest_from == {"report": 134, "release": 2, "claim only": 17}


@pytest.mark.parametrize(
    ("name", "given", "newest_from"),
    [
        ("latest-grades", {"authority": "Trafford"}, {"claim only": 1}),
        ("latest-grades", {"authority": ["Devon", "Trafford"]}, {"release": 1, "claim only": 1}),
        # Its ten neighbours, of which Haringey was inspected last by the overviews alone.
        ("neighbours", {"authority": "Camden"}, {"report": 9, "claim only": 1}),
        ("compare-authorities", {"authority": ["Camden", "Islington"]}, {"report": 2}),
        ("compare-authorities", {"authority": ["Camden", "Kent"]}, {"report": 1, "claim only": 1}),
        ("compare-authorities", {"authority": "Devon"}, {"release": 1}),
    ],
)
def test_the_authorities_of_an_answer_are_counted(
    kg: KnowledgeGraph, name: str, given: dict[str, Any], newest_from: dict[str, int]
) -> None:
    found = kg.ask(name, **given).as_at
    assert found is not None
    assert found.newest_from == newest_from


def test_on_an_earlier_day_only_what_was_known_counts(world: EmbeddedStore) -> None:
    """Of Axe's two inspections the report is on the later one; Cam's claim is of March 2026."""
    on = {"_on": [ox.Literal("2023-12-31", datatype=ox.NamedNode(XSD + "date"))]}
    found = as_at(world, ["Axe", "Bow", "Cam"], on)
    assert (found.published, found.claimed) == ("2023-05-01", None)
    assert found.newest_from == {"release": 3}


def test_no_release_of_a_later_day_is_named(world: EmbeddedStore) -> None:
    """The releases of the world above show 31 March 2023 and 2024."""
    told = {}
    for day in ("2023-03-30", "2023-12-31"):
        on = {"_on": [ox.Literal(day, datatype=ox.NamedNode(XSD + "date"))]}
        told[day] = as_at(world, [], on).released
    assert told == {"2023-03-30": None, "2023-12-31": "2023-03-31"}


@pytest.mark.parametrize(
    ("name", "given", "count"),
    [
        # The South West has fifteen; Somerset of 2023 had its predecessor's inspection of 2022.
        ("latest-grades", {"region": "South West", "on": "2024-03-31"}, 15),
        ("latest-grades", {"authority": "Somerset", "on": "2024-03-31"}, 1),
        ("latest-grades", {"authority": "North Yorkshire", "on": "2023-05-01"}, 1),
    ],
)
def test_an_inspection_of_the_predecessor_is_counted(
    kg: KnowledgeGraph, name: str, given: dict[str, Any], count: int
) -> None:
    """The reports of 21 September 2022 and 6 August 2018 are on councils that ended in 2023."""
    found = kg.ask(name, **given).as_at
    assert found is not None
    assert sum(found.newest_from.values()) == count


def test_as_many_are_counted_as_have_a_row(kg: KnowledgeGraph) -> None:
    answer = kg.ask("last-inspected", on="2023-05-01")
    assert answer.as_at is not None
    inspected = [row for row in answer.rows if row["basis"] != "none on record"]
    assert len(inspected) == len(answer.rows) - 2  # Cumberland, Westmorland and Furness
    assert sum(answer.as_at.newest_from.values()) == len(inspected)


def test_a_question_of_an_earlier_day_says_what_was_known_then(kg: KnowledgeGraph) -> None:
    """Wakefield: a report of 2022, and by the overviews alone an inspection of 18 July 2025."""
    told = {}
    for on in ("2025-07-17", "2025-07-18"):
        answer = kg.ask("latest-grades", authority="Wakefield", on=on)
        assert answer.as_at is not None
        assert answer.as_at.published is not None
        assert answer.as_at.published <= on
        assert answer.notes == ()
        told[on] = answer.as_at.newest_from
    assert told == {"2025-07-17": {"report": 1}, "2025-07-18": {"claim only": 1}}


def test_one_rule_tells_the_newest_day(kg: KnowledgeGraph) -> None:
    answer = kg.ask("last-inspected", region="London")
    assert answer.as_at is not None
    assert {row["as_at"] for row in answer.rows} == {answer.as_at.claimed} == {"2026-08-20"}


def test_json_keeps_its_rows_and_an_envelope_adds_what_they_cover(kg: KnowledgeGraph) -> None:
    answer = kg.ask("grade-history", authority="Camden", area="overall")
    assert json.loads(answer.to_text("json")) == answer.rows
    record = json.loads(answer.to_text("envelope"))
    assert record["rows"] == answer.rows
    assert record["as_at"] == {
        "published": "2026-08-18",
        "claimed": "2026-08-20",
        "released": "2025-03-31",
        "newest_from": {"report": 1},
    }
    assert answer.to_text("markdown").endswith(
        "\n\n_Covers grades published until 2026-08-18, claimed ones until 2026-08-20; the newest"
        " data release shows 2025-03-31; the newest inspection is known from a report._\n"
    )


@pytest.mark.parametrize("form", FORMATS)
def test_whoever_asks_is_told_beside_the_answer(
    form: str, kg: KnowledgeGraph, capsys: pytest.CaptureFixture[str]
) -> None:
    """On standard error, so that a file in any format stays what it was."""
    assert main(["ask", "grade-history", "--authority", "Camden", "--format", form]) == 0
    told = capsys.readouterr()
    assert told.out == kg.ask("grade-history", authority="Camden").to_text(form, None)
    assert told.err == (
        "ofsted-kg: covers grades published until 2026-08-18, claimed ones until 2026-08-20;"
        " the newest data release shows 2025-03-31; the newest inspection is known from a report\n"
    )


def test_status_tells_what_is_held_and_how_many_days_old_it_is(world: EmbeddedStore) -> None:
    rows = {row["part"]: row for row in status(world, datetime.date(2026, 3, 15)).rows}
    releases = rows["releases of outcomes"]
    assert (releases["holds"], releases["newest"]) == ("2 releases", "2024-03-31")
    assert releases["days_old"] == 714
    assert rows["reports of inspections"]["newest"] == "2024-02-01"
    assert rows["statistical neighbours"]["holds"] == "0 links"
    assert rows["statistical neighbours"]["days_old"] is None

"""What an answer says of the day that it looks back from."""

from typing import Any

import pytest

from ofsted_kg.knowledge_graph import KnowledgeGraph

# Unitary councils of 1 April 2009 in place of seven counties and their districts: Bedfordshire,
# Cheshire, Cornwall, Durham, Northumberland, Shropshire and Wiltshire.
OF_2009 = (
    "Bedford",
    "Central Bedfordshire",
    "Cheshire East",
    "Cheshire West and Chester",
    "Cornwall",
    "County Durham",
    "Northumberland",
    "Shropshire",
    "Wiltshire",
)
NOT_HELD = "did not exist yet, and the graph does not hold the councils that did in their place"
# The first of Ofsted's releases begins with the inspections of safeguarding published then.
FIRST = "the graph knows of no inspection with grades published before 2009-08-07"


@pytest.mark.parametrize("name", ["latest-grades", "last-inspected", "time-to-improve"])
@pytest.mark.parametrize("on", ["2005-01-01", "2009-03-31"])
def test_before_the_first_grade_and_the_councils_of_2009(
    kg: KnowledgeGraph, name: str, on: str
) -> None:
    answer = kg.ask(name, on=on)
    assert answer.notes[:2] == (f"on {on}: {FIRST}", f"on {on}: {', '.join(OF_2009)} {NOT_HELD}")
    # 152 councils there were from 2009 to 2019; these nine stood for seven that are not held.
    assert len(answer.rows) == (0 if name == "time-to-improve" else 152 - 9)


@pytest.mark.parametrize("on", ["2009-01-01", "2009-04-01", "2012-01-01", "2019-12-31"])
def test_the_same_councils_are_told_of(kg: KnowledgeGraph, on: str) -> None:
    """The Isles of Scilly have had a council since 1974, and their code since 1 April 2009."""
    graded, inspected = (
        [str(row["authority"]) for row in kg.ask(name, on=on).rows]
        for name in ("latest-grades", "last-inspected")
    )
    assert sorted(graded) == sorted(inspected)
    assert "Isles of Scilly" in graded


def test_none_on_record_before_the_first_grade(kg: KnowledgeGraph) -> None:
    rows = kg.ask("latest-grades", on="2005-01-01").rows
    assert {(row["grade"], row["published"], row["last_grade"]) for row in rows} == {
        ("none on record", None, None)
    }


@pytest.mark.parametrize(
    ("given", "named"),
    [
        ({"region": "East of England"}, "Bedford, Central Bedfordshire"),
        ({"authority": "Wiltshire"}, "Wiltshire"),
        ({"region": "London"}, None),
        ({"authority": "Camden"}, None),
    ],
)
def test_only_councils_asked_about_are_missing(
    kg: KnowledgeGraph, given: dict[str, Any], named: str | None
) -> None:
    notes = [f"on 2008-01-01: {FIRST}"]
    notes += [f"on 2008-01-01: {named} {NOT_HELD}"] if named else []
    assert list(kg.ask("latest-grades", on="2008-01-01", **given).notes) == notes


@pytest.mark.parametrize("name", ["latest-grades", "last-inspected", "time-to-improve"])
def test_a_day_between_says_nothing(kg: KnowledgeGraph, name: str) -> None:
    """Cumberland is the heir of Cumbria, which is held: nothing is missing on a day before it."""
    assert kg.ask(name, on="2022-01-01", region="North West").notes == ()
    assert kg.ask(name, on="2026-08-20", region="London").notes == ()


@pytest.mark.parametrize("name", ["latest-grades", "last-inspected", "time-to-improve"])
def test_a_day_after_all_that_is_known_is_noted(kg: KnowledgeGraph, name: str) -> None:
    """The newest publication is Lancashire's, of 20 August 2026, in an overview."""
    [note] = kg.ask(name, on="2026-08-21", region="London").notes
    assert note == (
        "on 2026-08-21: the graph knows of no inspection with grades published after 2026-08-20"
    )

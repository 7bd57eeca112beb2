"""No rows, and why: said on standard error, in one sentence before what the question covers."""

import json
from typing import Any

import pyoxigraph as ox
import pytest

from ofsted_kg.asking import emptiness
from ofsted_kg.asking.questions import load_question
from ofsted_kg.cli import main
from ofsted_kg.knowledge_graph import KnowledgeGraph
from ofsted_kg.store import Bindings, Store, select


@pytest.fixture(autouse=True)
def _time_enough(monkeypatch: pytest.MonkeyPatch) -> None:
    """Whatever else the machine does."""
    monkeypatch.setattr(emptiness, "_SECONDS", 120)


@pytest.mark.parametrize(
    ("name", "given", "reason"),
    [
        # Abolished on 31 March 2019; its last report is of 2017 and not at hand.
        ("findings", {"authority": "Poole"}, "authority Poole (abolished, last day 2019-03-31"),
        (
            "measures",
            {"authority": "Barnet"},
            "measures has nothing for authority Barnet; grade-history has ",
        ),
        # Cumbria was split in two; Ofsted's releases have its grades.
        (
            "latest-grades",
            {"authority": "Cumbria"},
            "latest-grades has nothing for authority Cumbria (abolished, last day 2023-03-31; "
            "succeeded by Cumberland; succeeded by Westmorland and Furness); grade-history has ",
        ),
        ("neighbours", {"authority": "Cumbria"}, "neighbours has nothing for authority Cumbria ("),
        ("measures", {"authority": "Bradford"}, " rows and inspections has "),
        ("time-to-improve", {"on": "2000-01-01"}, "time-to-improve has nothing for on 2000-01-01."),
        # The report of 2012 is Camden's, with sixteen recommendations.
        (
            "recommendations",
            {"authority": "Barnet", "framework": "slac-2009"},
            "all of this together: there are 16 without --authority (Camden only), 32 without ",
        ),
        # What readers encoded sentence by sentence are documents on Camden alone.
        (
            "findings",
            {"authority": "Kent", "made_by": "reader"},
            " without --authority (Camden only), ",
        ),
        (
            "latest-grades",
            {"region": "North East", "authority_type": "London borough"},
            "there are 32 without --region, 12 without --authority-type.",
        ),
    ],
)
def test_it_says_why(kg: KnowledgeGraph, name: str, given: dict[str, Any], reason: str) -> None:
    assert kg.ask(name, **given).rows == []
    said = kg.why_empty(name, **given)
    assert said.startswith("no rows")
    assert reason in said


def test_a_theme_that_nothing_has(kg: KnowledgeGraph) -> None:
    uses = (
        "PREFIX okg: <https://w3id.org/ofsted-kg/def#> "
        "PREFIX skos: <http://www.w3.org/2004/02/skos/core#> SELECT ?name WHERE { "
        "?theme skos:inScheme <https://w3id.org/ofsted-kg/id/themes> ; skos:prefLabel ?name "
        "FILTER NOT EXISTS { ?any okg:hasTheme/skos:broader* ?theme } }"
    )
    for row in kg.sparql(uses).rows:
        said = kg.why_empty("findings", theme=str(row["name"]))
        assert f"theme {row['name']} (no statement has this theme)" in said


def test_json_stays_an_empty_list(kg: KnowledgeGraph, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["ask", "findings", "--authority", "Poole", "--format", "json"]) == 0
    out, err = capsys.readouterr()
    assert json.loads(out) == []
    assert "abolished, last day 2019-03-31" in err


@pytest.mark.parametrize(
    ("name", "authority"),
    [("latest-grades", "Cumbria"), ("neighbours", "Cumbria"), ("measures", "Bradford")],
)
def test_it_names_the_questions_that_have_rows(
    kg: KnowledgeGraph, name: str, authority: str
) -> None:
    said = kg.why_empty(name, authority=authority)
    for other in ("grade-history", "inspections"):
        assert f"{other} has {len(kg.ask(other, authority=authority).rows)} rows" in said
    assert "held" not in said


def test_a_question_that_has_few_authorities_names_them(kg: KnowledgeGraph) -> None:
    """Figures are encoded of the five documents alone, which are on these two."""
    reason = kg.why_empty("measures", authority="Torbay")
    assert reason.endswith("measures has rows on Camden; Kensington and Chelsea only.")


@pytest.mark.parametrize(
    ("name", "given"),
    [("findings", {}), ("authorities-like", {"since": "2020-01-01"})],
)
def test_a_reason_takes_no_whole_question_of_many_rows(
    kg: KnowledgeGraph, monkeypatch: pytest.MonkeyPatch, name: str, given: dict[str, str]
) -> None:
    """All 166,000 findings were read to learn that they are on more than six authorities."""
    asked = []

    def counted(store: Store, text: str, bound: Bindings | None = None) -> ox.QuerySolutions:
        if text == load_question(name).text:
            asked.append(set(bound or {}))
        return select(store, text, bound)

    monkeypatch.setattr(emptiness, "select", counted)
    said = kg.why_empty(name, authority="Cumbria", **given)
    assert f"{name} has nothing for authority Cumbria" in said
    assert asked
    assert all("_authority" in names for names in asked)


def test_after_some_seconds_nothing_more_is_asked(
    kg: KnowledgeGraph, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(emptiness, "_SECONDS", -1)
    said = kg.why_empty("recommendations", authority="Barnet", framework="slac-2009")
    assert said == (
        "no rows: nothing is held on all of this together: there are 32 without --framework; "
        "what there is without --authority would take long to look up."
    )

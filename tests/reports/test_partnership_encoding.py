"""Reports on partnerships as triples: against what a careful reader wrote down of ten of them."""

import json
from pathlib import Path
from typing import Any

import pytest
from pyoxigraph import NamedNode, Triple

from ofsted_kg.rdf.facts import Facts
from ofsted_kg.rdf.terms import DATA, iri, term
from ofsted_kg.reports.context import ReportContext, identify
from ofsted_kg.reports.encoding import ReportEncoder
from ofsted_kg.reports.families.jtai import THEMES
from tests.conftest import ROOT, read_once, shared_folder

FOLDER = shared_folder() / "reports-joint"
EXPECTED = sorted((FOLDER / "expected").glob("*.json"))
# The careful reader's words for the outcome of an area inspection, by our key.
OUTCOMES = {
    "typically": "typically-positive",
    "inconsistent": "inconsistent",
    "systemic": "systemic-failings",
}
# Where strengths are plain paragraphs, the careful reader's count of bullets is 0.
PLAIN_STRENGTHS = {"jtai/dbda53fe.pdf": 23}
pytestmark = pytest.mark.skipif(not EXPECTED, reason="the joint reports are not at hand")


@pytest.fixture(scope="module")
def context() -> ReportContext:
    return ReportContext.read(ROOT / "data", ROOT / "ontology")


class Graph:
    """The triples of one report, looked up by predicate."""

    def __init__(self, wanted: dict[str, Any], context: ReportContext) -> None:
        report = read_once(FOLDER / wanted["file"])
        self.identity = identify(report, context)
        encoder = ReportEncoder(report, context, self.identity, with_text=False)
        self.triples: list[Triple] = encoder.triples()
        self.assessment = encoder.main.node

    def of(self, subject: object, predicate: str) -> list[Any]:
        wanted = term(predicate)
        found = [t for t in self.triples if t.subject == subject and t.predicate == wanted]
        return [t.object for t in found]

    def typed(self, kind: str) -> list[Any]:
        wanted = term(kind)
        return [t.subject for t in self.triples if t.object == wanted]

    def name(self, body: Any) -> str:
        """The name of a body that the report itself describes, else the end of its IRI."""
        names = self.of(body, "skos:prefLabel")
        return str(names[0].value) if names else str(body.value.removeprefix(DATA))


@pytest.fixture(scope="module", params=EXPECTED, ids=lambda path: path.stem)
def both(request: Any, context: ReportContext) -> tuple[dict[str, Any], Graph]:
    wanted = json.loads(Path(request.param).read_text(encoding="utf-8"))
    return wanted, Graph(wanted, context)


def test_who_inspected_when(both: tuple[dict[str, Any], Graph]) -> None:
    wanted, graph = both
    family = "area-send-2023" if wanted["kind"] != "jtai" else "jtai-"
    assert graph.identity.framework.startswith(family)
    assert graph.identity.date == wanted["inspection_start"]
    assert len(graph.of(graph.assessment, "okg:isConductedBy")) == len(wanted["inspectorates"])
    [start] = graph.of(graph.assessment, "okg:fieldworkStart")
    [end] = graph.of(graph.assessment, "okg:fieldworkEnd")
    assert (start.value, end.value) == (wanted["inspection_start"], wanted["inspection_end"])
    printed = [day.value for day in graph.of(graph.assessment, "okg:publishedOn")]
    assert printed == ([wanted["published"]] if wanted["published"] else [])


def test_every_item_with_its_kind_and_who_is_to_act(both: tuple[dict[str, Any], Graph]) -> None:
    wanted, graph = both
    items = graph.typed("okg:Recommendation")
    assert len(items) == len(wanted["recommendations"])
    for item, one in zip(items, wanted["recommendations"], strict=True):
        is_priority = "priority" in one["section"].casefold()
        kind = "priority-action" if is_priority else "area-for-improvement"
        assert graph.of(item, "dcterms:type") == [iri("recommendation-kind", kind)]
        bodies = graph.of(item, "okg:isAddressedTo")
        assert len(bodies) == max(len(one["responsible_bodies"]), 1)
        if not one["responsible_bodies"]:
            assert bodies == graph.of(graph.assessment, "okg:inspectsPartnership")
        for body, name in zip(bodies, one["responsible_bodies"], strict=False):
            is_authority = body == iri("authority", graph.identity.authority.key)
            assert is_authority or graph.name(body) == name
    assert not graph.typed("okg:Judgement")


def test_outcome_and_plans(both: tuple[dict[str, Any], Graph]) -> None:
    wanted, graph = both
    outcomes = [graph.of(one, "okg:hasOutcome")[0] for one in graph.typed("okg:OutcomeFinding")]
    plans = {
        graph.of(plan, "dcterms:type")[0].value.rpartition("/")[2]: plan
        for plan in graph.typed("okg:RequiredPlan")
    }
    if wanted["kind"] == "jtai":
        assert outcomes == []
        due = wanted["next_steps"]["written_statement_due"]
        days = graph.of(plans["written-statement"], "okg:printedDueBy")
        assert [day.value for day in days] == ([due] if due else [])
        return
    [key] = [key for word, key in OUTCOMES.items() if word in str(wanted["outcome"])]
    assert outcomes == [iri("outcome", "area-send-2023", key)]
    assert ("priority-action-plan" in plans) is bool(wanted["priority_action_plan_required"])
    assert ("strategic-plan" in plans) is bool(wanted["strategic_plan_update_asked"])


def test_listed_findings_by_their_places(both: tuple[dict[str, Any], Graph]) -> None:
    wanted, graph = both
    poles = [graph.of(one, "okg:hasPolarity")[0] for one in graph.typed("okg:ListedFinding")]
    weak = wanted.get("n_bullets_need_to_do_better", 0)
    strong = PLAIN_STRENGTHS.get(wanted["file"], wanted["n_bullets_strengths"])
    assert poles.count(iri("polarity", "strength")) == strong
    assert poles.count(iri("polarity", "weakness")) == weak
    passages = {t.subject for t in graph.triples if t.object == term("okg:Passage")}
    for one in graph.typed("okg:ListedFinding"):
        assert set(graph.of(one, "okg:isStatedIn")) <= passages
        assert not graph.of(one, "dcterms:description")


def test_the_inspection_before(both: tuple[dict[str, Any], Graph]) -> None:
    wanted, graph = both
    others = {one for one in graph.typed("okg:Assessment") if one != graph.assessment}
    start = wanted.get("previous_start")
    assert {graph.of(one, "okg:fieldworkStart")[0].value for one in others} == (
        {start} if start else set()
    )
    assert all("/area-send-2016/" in one.value for one in others)


def test_a_body_is_known_only_by_its_exact_name(context: ReportContext) -> None:
    """Plymouth's own council is; the board that serves three councils is a node of the report."""
    wanted = json.loads((FOLDER / "expected/b0f7a781.json").read_text(encoding="utf-8"))
    graph = Graph(wanted, context)
    members = [
        graph.of(part, "okg:hasParticipant")[0]
        for part in graph.typed("okg:Participation")
        if graph.of(part, "okg:hasRole") == [iri("role", "member")]
    ]
    council, board = members
    assert council == iri("authority", "PLY")
    assert graph.name(board) == "Devon Integrated Care Board"
    assert graph.of(board, "dcterms:type") == [iri("organisation-type", "integrated-care-board")]
    assert not graph.of(board, "adms:identifier")


def test_a_partnership_has_the_name_of_the_salutation(context: ReportContext) -> None:
    for key, name in (
        ("0e815612", "Solihull Local Safeguarding Partnership"),
        ("c7d5366f", "Local partnership of "),
    ):
        wanted = json.loads((FOLDER / f"expected/{key}.json").read_text(encoding="utf-8"))
        graph = Graph(wanted, context)
        [body] = graph.of(graph.assessment, "okg:inspectsPartnership")
        assert graph.name(body).startswith(name)


def test_every_key_that_readers_give_is_a_concept(context: ReportContext) -> None:
    facts = Facts.of(ROOT / "ontology" / "concepts.ttl")
    for key, _ in THEMES:
        assert facts.text(iri("inspection-theme", key), term("skos:prefLabel")), key
    for key in OUTCOMES.values():
        node = iri("outcome", "area-send-2023", key)
        assert NamedNode(DATA + "outcome/area-send-2023") in facts.nodes(
            node, term("skos:inScheme")
        )
    for key in ("ofsted", "cqc", "hmic", "hmicfrs", "hmi probation"):
        assert context.inspectorates[key]

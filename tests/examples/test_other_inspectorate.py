"""Another inspectorate, body and scale: a hospital trust rated by the Care Quality Commission.

The example says what one page of the Commission's news says (5 March 2019): the ratings of
December 2015 and of the inspection of November 2018. It needs no code and no other question.
"""

import hashlib
from pathlib import Path

import pyoxigraph as ox
import pytest

from ofsted_kg.knowledge_graph import KnowledgeGraph
from ofsted_kg.rdf.files import graph_files
from ofsted_kg.store.embedded import EmbeddedStore
from ofsted_kg.validation import ENGINES, load_store, validate
from tests.conftest import ROOT

EXAMPLE = Path(__file__).parent / "cqc-salisbury.ttl"
TRUST = "Salisbury NHS Foundation Trust"
GOOD, RI = "Good", "Requires improvement"
# As the third paragraph of the page has them.
IN_2015 = {
    "Overall": RI,
    "Safe": RI,
    "Effective": GOOD,
    "Caring": GOOD,
    "Responsive": RI,
    "Well led": RI,
}
IN_2018 = {
    "Overall": GOOD,
    "Safe": RI,
    "Effective": GOOD,
    "Caring": GOOD,
    "Responsive": GOOD,
    "Well led": GOOD,
}


@pytest.fixture(scope="module")
def both() -> KnowledgeGraph:
    """The project's graph with the example beside it."""
    store = load_store([*(file.path for file in graph_files()), EXAMPLE])
    return KnowledgeGraph(EmbeddedStore(store))


def test_it_keeps_every_rule_within_the_graph() -> None:
    report = validate([EXAMPLE])
    assert [r for r in report.results if r.severity == "Violation"] == []
    # The page does not name its licence, and the example does not guess it.
    assert [r.source_shape.rpartition("#")[2] for r in report.results] == [
        "InspectionReport-license"
    ]


def test_both_engines_say_so() -> None:
    ontology = [p for p in (ROOT / "ontology").glob("*.ttl") if p.stem != "external"]
    bodies = ROOT / "data" / "reference" / "organisations.ttl"
    found = [validate([EXAMPLE], engine=e, context=[*ontology, bodies]) for e in ENGINES]
    assert found[0] == found[1]


def test_its_judgements_by_the_same_question(both: KnowledgeGraph) -> None:
    rows = both.ask("judgements", authority=TRUST).rows
    assert len(rows) == 12
    for month, expected in (("2015-12", IN_2015), ("2018-11", IN_2018)):
        found = [row for row in rows if row["assessed"] == month]
        assert {row["area"]: row["grade"] for row in found} == expected
        assert [row["area"] for row in found] == list(expected)
    assert {row["authority"] for row in rows} == {TRUST}
    assert {row["rank"] for row in rows if row["grade"] == RI} == {3}
    assert {row["as_written"] for row in rows} == {"Good", "Requires Improvement"}
    assert {row["source"] for row in rows} == {"CQC news of 5 March 2019, paragraph 3"}


def test_its_history_by_the_same_question(both: KnowledgeGraph) -> None:
    """The page reports on the inspection of 2018 and cites the ratings before it."""
    rows = both.ask("grade-history", authority=TRUST).rows
    history = [(row["assessed"], row["area"], row["grade"], row["basis"]) for row in rows]
    assert history == [
        *(("2015-12", area, grade, "cited") for area, grade in IN_2015.items()),
        *(("2018-11", area, grade, "official") for area, grade in IN_2018.items()),
    ]
    assert {row["scale"] for row in rows} == {"Ratings of the Care Quality Commission"}


def test_national_answers_stay_as_they_are(both: KnowledgeGraph, kg: KnowledgeGraph) -> None:
    for question in ("latest-grades", "grade-changes", "last-inspected"):
        given = {"on": "2025-03-31"} if question == "last-inspected" else {}
        assert both.ask(question, **given).rows == kg.ask(question, **given).rows
    # A row's sources stand in the order of the store.
    histories = [
        [
            row | {"source": sorted(str(row["source"]).split("; "))}
            for row in graph.ask("grade-history", authority="Camden").rows
        ]
        for graph in (both, kg)
    ]
    assert histories[0] == histories[1]


def test_it_holds_no_sentence_and_names_no_council() -> None:
    words = EXAMPLE.read_text(encoding="utf-8")
    assert "okg:LocalAuthority" not in words
    assert "ChildrensService" not in words
    written = [
        quad.object.value
        for quad in ox.parse(path=str(EXAMPLE), format=ox.RdfFormat.TURTLE)
        if quad.predicate.value.endswith("#asWritten") and isinstance(quad.object, ox.Literal)
    ]
    assert set(written) == {"Good", "Requires Improvement"}


def test_digests_are_those_of_the_page() -> None:
    """A phrase that anybody can copy from the page, without a sentence of it here."""
    phrase = "Requires Improvement for being safe"
    store = load_store([EXAMPLE])
    passage = ox.NamedNode("https://example.org/cqc/passage/requires-improvement")
    property_ = ox.NamedNode("https://w3id.org/ofsted-kg/def#spanSha256")
    (quad,) = store.quads_for_pattern(passage, property_, None)
    assert isinstance(quad.object, ox.Literal)
    assert quad.object.value == hashlib.sha256(phrase.encode()).hexdigest()

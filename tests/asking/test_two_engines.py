"""The same questions by two engines on the same files: pyoxigraph and rdflib."""

import signal
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from decimal import Decimal, InvalidOperation
from typing import TypeAlias

import pyoxigraph as ox
import pytest
from rdflib import Graph

from ofsted_kg.asking.questions import load_question
from ofsted_kg.rdf.files import graph_files, root
from ofsted_kg.store import Bindings, Term, bind
from ofsted_kg.store.embedded import EmbeddedStore, load

BASE = "https://w3id.org/ofsted-kg/id/"
CAMDEN = ox.NamedNode(f"{BASE}authority/CMD")
# A small part of the graph that still holds all the five documents.
PARTS = (
    "ontology/",
    "data/documents/",
    "data/passages/",
    "data/reference/authorities.ttl",
    "data/reference/authority-types.ttl",
    "data/reference/organisations.ttl",
    "data/reference/services.ttl",
    "data/opinions/",
    "data/derived/",
)
BOUND: dict[str, Mapping[str, Sequence[Term]]] = {
    "judgements": {"_authority": [CAMDEN]},
    "grade-history": {"_authority": [CAMDEN]},
    "recommendations": {"_authority": [CAMDEN]},
    "recurring-themes": {"_authority": [CAMDEN]},
    "claims": {"_authority": [CAMDEN]},
    "measures": {"_authority": [CAMDEN]},
    "measure-history": {"_measure": [ox.NamedNode(f"{BASE}measure/pupil-referral-units")]},
    "organisations": {"_authority": [CAMDEN]},
    "cited-assessments": {"_authority": [CAMDEN]},
    "unexplained-judgements": {"_authority": [CAMDEN]},
    "compare-authorities": {"_authority": [CAMDEN]},
    "evidence": {
        "_statement": [
            ox.NamedNode(
                f"{BASE}assessment/CMD/slac-2009/2012-04-10/judgement/safeguarding-quality"
            )
        ]
    },
}
FILTERED: dict[str, Mapping[str, Sequence[Term]]] = {
    "recommendations": {
        "_authority": [CAMDEN],
        "_theme": [ox.NamedNode(f"{BASE}theme/planning-for-children")],
    },
    "judgements": {
        "_authority": [CAMDEN],
        "_since": [
            ox.Literal("2010-01-01", datatype=ox.NamedNode("http://www.w3.org/2001/XMLSchema#date"))
        ],
    },
}
CASES = [*BOUND.items(), *FILTERED.items()]
SECONDS = 40  # a query that joins its parts takes one or two, one that multiplies them, hours


@pytest.fixture(scope="module")
def oxigraph() -> EmbeddedStore:
    store = ox.Store()
    load(store, [file for file in graph_files() if file.name.startswith(PARTS)])
    return EmbeddedStore(store)


@pytest.fixture(scope="module")
def reference() -> Graph:
    graph = Graph()
    for file in graph_files():
        if file.name.startswith(PARTS):
            graph.parse(file.path, format="turtle")
    return graph


Row: TypeAlias = tuple[object, ...]


def _cell(text: str | None) -> object:
    """Numbers by value; lists that an engine joined in its own order, as sorted lists."""
    if not text:
        return None
    try:
        return Decimal(text)
    except InvalidOperation:
        return tuple(sorted(part for piece in text.split(" | ") for part in piece.split("; ")))


@contextmanager
def _at_most(seconds: int) -> Iterator[None]:
    """Ends a query of rdflib that does not come to an end; without effect on Windows."""

    def stop(*_: object) -> None:
        raise TimeoutError(f"no answer within {seconds} seconds")

    if not hasattr(signal, "SIGALRM"):
        yield
        return
    before = signal.signal(signal.SIGALRM, stop)
    signal.alarm(seconds)
    try:
        yield
    finally:
        signal.alarm(0)
        signal.signal(signal.SIGALRM, before)


def _columns(name: str) -> list[str]:
    return [column.name for column in load_question(name).columns]


def _rows(name: str, bound: Bindings, store: EmbeddedStore) -> Counter[Row]:
    solutions = store.query(load_question(name).text, bound)
    assert isinstance(solutions, ox.QuerySolutions)
    rows = ([row[column] for column in _columns(name)] for row in solutions)
    return Counter(tuple(_cell(None if term is None else term.value) for term in r) for r in rows)


def _reference_rows(name: str, bound: Bindings, graph: Graph) -> Counter[Row]:
    rows: Counter[Row] = Counter()
    with _at_most(SECONDS):
        for binding in graph.query(bind(load_question(name).text, bound)).bindings:
            found = {str(key): None if term is None else str(term) for key, term in binding.items()}
            rows[tuple(_cell(found.get(column)) for column in _columns(name))] += 1
    return rows


@pytest.mark.parametrize(("name", "bound"), CASES, ids=[case[0] for case in CASES])
def test_both_engines_give_the_same_rows(
    name: str, bound: Bindings, oxigraph: EmbeddedStore, reference: Graph
) -> None:
    ours = _rows(name, bound, oxigraph)
    assert ours
    assert ours == _reference_rows(name, bound, reference)


@pytest.mark.parametrize("name", BOUND)
def test_a_file_runs_unchanged_in_rdflib(name: str, reference: Graph) -> None:
    """As it stands on disk, without a value bound: what copy and paste would give."""
    text = (root() / "queries" / f"{name}.rq").read_text(encoding="utf-8")
    with _at_most(SECONDS):
        result = reference.query(text)
        assert [str(variable) for variable in result.vars or []] == _columns(name)
        assert len(result.bindings) > 0

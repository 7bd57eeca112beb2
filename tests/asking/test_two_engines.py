"""The same questions by two engines on the same files: pyoxigraph and rdflib."""

import signal
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from decimal import Decimal, InvalidOperation
from typing import TypeAlias

import pyoxigraph as ox
import pytest
from rdflib import Dataset, Graph

from ofsted_kg.asking.parameters import bindings
from ofsted_kg.asking.questions import load_question, question_names
from ofsted_kg.rdf.files import graph_files
from ofsted_kg.store import Bindings, bind
from ofsted_kg.store.embedded import EmbeddedStore
from tests.conftest import ROOT

# A sample of the graph that rdflib reads in seconds and in which every example has an answer:
# all that is written by hand and, of what is not, what concerns these authorities (Camden,
# Nottingham, Harrow and Islington).
AUTHORITIES = {"CMD", "NGM", "HRW", "ISL"}
WHOLE = (
    "ontology/",
    "data/documents/",
    "data/passages/",
    "data/opinions/",
    "data/derived/discrepancies.ttl",
    "data/reference/",
    "data/reports/cmd/",
)
IN_PART = (
    "data/releases/",
    "data/overviews/",
    "data/derived/claim-reviews.ttl",
    "data/derived/due-dates.ttl",
    "data/derived/grade-successions.ttl",
    "data/reference/neighbours.ttl",
    "data/reference/services.ttl",
)
# rdflib finds all solutions of a group's patterns before it joins them with VALUES or with a
# subquery. That leaves any property between two findings in the one, all pairs of judgements in
# the other, and it does not come to an end.
ENDLESS = {"contested-findings", "grade-changes"}
# It finds the newest inspections and judgements, and what only others claim, anew for each
# authority, or what an inspection gave anew for each inspection: longer than is allowed.
TOO_LONG = {*ENDLESS, "inspections", "latest-grades", "neighbours"}
# Their parts are subqueries, which it answers whole before it joins them.
TOO_LONG |= {"findings", "theme-balance", "theme-by-year", "theme-over-time"}
TOO_LONG |= {"authorities-like", "what-distinguishes"}
# Resting on what machines found alone, which the sample leaves out, these may end with nothing.
WITHOUT_FINDINGS = {"theme-by-year", "what-distinguishes"}
# Of all passages at once it pairs every start with every end; of one statement it is quick.
TOO_LONG_UNASKED = {*TOO_LONG, "evidence"}
NAMES = question_names(ROOT)
CASES: list[tuple[str, Mapping[str, str | Sequence[str]]]] = [
    *((name, load_question(name).example) for name in NAMES if name not in TOO_LONG),
    ("recommendations", {"authority": "Camden", "theme": "planning for children"}),
    ("judgements", {"authority": "Camden", "since": "2010-01-01"}),
]
SECONDS = 40  # a query that joins its parts takes one or two, one that multiplies them, hours
pytestmark = pytest.mark.national


@pytest.fixture(scope="module")
def sample() -> list[ox.Triple]:
    found = set()
    for file in (one for one in graph_files() if not one.is_apart):
        read = {q.triple for q in ox.parse(path=str(file.path), format=ox.RdfFormat.TURTLE)}
        if file.name.startswith(IN_PART):
            found |= _of_authorities(read)
        elif file.name.startswith(WHOLE):
            found |= read
    return list(found)


def _of_authorities(triples: set[ox.Triple]) -> set[ox.Triple]:
    """What is said of these authorities' assessments and links, and of the passages they name."""
    subjects = {triple.subject for triple in triples}
    chosen: set[object] = {s for s in subjects if AUTHORITIES & set(str(s).strip("<>").split("/"))}
    chosen |= {s for s in subjects if "/document/" in str(s)}
    chosen |= {triple.object for triple in triples if triple.subject in chosen}
    return {triple for triple in triples if triple.subject in chosen}


@pytest.fixture(scope="module")
def oxigraph(sample: list[ox.Triple]) -> EmbeddedStore:
    store = ox.Store()
    store.extend(ox.Quad(*triple) for triple in sample)
    return EmbeddedStore(store)


@pytest.fixture(scope="module")
def reference(sample: list[ox.Triple]) -> Graph:
    triples = ox.serialize(sample, format=ox.RdfFormat.N_TRIPLES)
    return Dataset(default_union=True).parse(data=triples, format="nt")


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


@pytest.mark.parametrize(("name", "given"), CASES, ids=[case[0] for case in CASES])
def test_both_engines_give_the_same_rows(
    name: str,
    given: Mapping[str, str | Sequence[str]],
    oxigraph: EmbeddedStore,
    reference: Graph,
) -> None:
    bound = bindings(load_question(name), given, oxigraph)
    ours = _rows(name, bound, oxigraph)
    assert ours
    assert ours == _reference_rows(name, bound, reference)


@pytest.mark.parametrize("name", [name for name in NAMES if name not in TOO_LONG_UNASKED])
def test_a_file_runs_unchanged_in_rdflib(
    name: str, oxigraph: EmbeddedStore, reference: Graph
) -> None:
    """As it stands on disk, without a value bound: what copy and paste would give."""
    text = (ROOT / "queries" / f"{name}.rq").read_text(encoding="utf-8")
    with _at_most(SECONDS):
        result = reference.query(text)
        variables = [*_columns(name), *load_question(name).words.values()]
        assert [str(variable) for variable in result.vars or []] == variables
        assert len(result.bindings) == _rows(name, {}, oxigraph).total() > 0


@pytest.mark.parametrize("name", sorted(TOO_LONG - WITHOUT_FINDINGS))
def test_what_rdflib_is_spared_does_not_end_soon(name: str, reference: Graph) -> None:
    """As soon as one ends, it has its place among those that are compared."""
    with pytest.raises(TimeoutError), _at_most(2):
        reference.query(load_question(name).text).bindings  # noqa: B018

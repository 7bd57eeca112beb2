"""Wrong names and hostile values: one line that helps, and a query that stays as it is."""

from collections.abc import Sequence

import pyoxigraph as ox
import pytest

from ofsted_kg.asking.questions import load_question
from ofsted_kg.errors import OfstedKgError
from ofsted_kg.knowledge_graph import KnowledgeGraph
from ofsted_kg.store import Bindings, Result, Store, bind

LONG = "Nowhere " * 2000
HOSTILE = [
    'Nowhere"',
    "Nowhere'",
    'Nowhere" . } DROP ALL #',
    "Nowhere> . } DROP ALL #",
    "Nowhere } UNION { ?s ?p ?o",
    "Nowhere\n} ; CLEAR ALL",
    "Nowhere\\",
    '"""Nowhere"""',
    "# parameters",
    "?_authority",
    "Nowhere\u0000",
    LONG,
]
HOSTILE_IRIS = [
    "https://example.org/x> . } DROP ALL #",
    "https://example.org/x\n} DROP ALL",
    'https://example.org/"',
    "https://example.org/{x}",
    "https://example.org/a b",
    "https://example.org/\\u003e",
    "urn:x> } DROP ALL #",
    "_:b",
    "",
]


class Recorder:
    """A store that keeps what it is asked and passes it on."""

    def __init__(self, store: Store) -> None:
        self._store = store
        self.asked: list[tuple[str, Bindings]] = []

    def query(self, text: str, bindings: Bindings | None = None) -> Result:
        self.asked.append((text, bindings or {}))
        return self._store.query(text, bindings)


def _message(kg: KnowledgeGraph, question: str, **parameters: str | Sequence[str]) -> str:
    with pytest.raises(OfstedKgError) as caught:
        kg.ask(question, **parameters)
    message = str(caught.value)
    assert "\n" not in message
    assert len(message) < 600
    return message


@pytest.mark.parametrize(
    ("wrong", "right"),
    [
        ("judgments", "judgements"),
        ("grade_history", "grade-history"),
        ("recomendations", "recommendations"),
        ("organizations", "organisations"),
        ("evidance", "evidence"),
    ],
)
def test_a_wrong_question_names_the_nearest(kg: KnowledgeGraph, wrong: str, right: str) -> None:
    assert right in _message(kg, wrong)


def test_a_question_like_none_lists_them(kg: KnowledgeGraph) -> None:
    assert "judgements" in _message(kg, "xyzzy")


@pytest.mark.parametrize("wrong", ["../judgements", "judgements.rq", "options/areas", ""])
def test_a_question_is_a_name_not_a_path(kg: KnowledgeGraph, wrong: str) -> None:
    _message(kg, wrong)


@pytest.mark.parametrize(
    ("question", "wrong", "right"),
    [
        ("judgements", "autority", "authority"),
        ("judgements", "Framework", "framework"),
        ("recommendations", "theem", "theme"),
        ("claims", "verdicts", "verdict"),
        ("evidence", "iri", "statement"),
    ],
)
def test_a_wrong_parameter_names_the_nearest(
    kg: KnowledgeGraph, question: str, wrong: str, right: str
) -> None:
    message = _message(kg, question, **{wrong: "Camden"})
    assert wrong in message
    assert right in message


@pytest.mark.parametrize(
    ("question", "parameter", "wrong", "right"),
    [
        ("judgements", "authority", "Camdem", "Camden"),
        ("judgements", "authority", "Kensington & Chelsey", "Kensington and Chelsea"),
        ("judgements", "framework", "slac-2010", "Inspection of safeguarding and looked after"),
        ("judgements", "service", "adopton", "adoption"),
        ("judgements", "area", "Partnership work", "Partnership working"),
        ("recommendations", "theme", "managment oversight", "management oversight"),
        ("recommendations", "timescale", "within 3 months", "Within three months"),
        ("recommendations", "addressed_to", "NHS North Centrl London", "NHS North Central London"),
        ("claims", "verdict", "agreed", "agrees"),
        ("measures", "measure", "looked after childen", "Looked after children"),
        ("organisations", "role", "comissioner", "commissioner"),
    ],
)
def test_a_wrong_value_names_the_nearest(
    kg: KnowledgeGraph, question: str, parameter: str, wrong: str, right: str
) -> None:
    message = _message(kg, question, **{parameter: wrong})
    assert parameter in message
    assert right in message


@pytest.mark.parametrize("wrong", ["10 April 2012", "2012-13-01", "2012", "20120410T", "April"])
def test_a_wrong_day_says_how_to_write_one(kg: KnowledgeGraph, wrong: str) -> None:
    message = _message(kg, "judgements", since=wrong)
    assert "since" in message
    assert "2012-04-10" in message


@pytest.mark.parametrize(
    ("question", "parameter"),
    [
        ("grade-history", "authority"),
        ("compare-authorities", "authority"),
        ("recurring-themes", "authority"),
        ("measure-history", "measure"),
        ("evidence", "statement"),
    ],
)
def test_what_is_required_is_asked_for(kg: KnowledgeGraph, question: str, parameter: str) -> None:
    assert parameter in _message(kg, question)
    assert parameter in _message(kg, question, **{parameter: ""})


@pytest.mark.parametrize(
    ("question", "parameter", "values"),
    [
        ("grade-history", "authority", ["Camden", "Islington"]),
        ("recurring-themes", "authority", ["Camden", "Islington"]),
        ("recommendations", "timescale", ["Immediately", "Within six months"]),
        ("judgements", "since", ["2012-01-01", "2013-01-01"]),
    ],
)
def test_one_value_only_where_one_is_meant(
    kg: KnowledgeGraph, question: str, parameter: str, values: list[str]
) -> None:
    assert parameter in _message(kg, question, **{parameter: values})


@pytest.mark.parametrize("value", HOSTILE, ids=lambda value: repr(value[:24]))
@pytest.mark.parametrize(
    ("question", "parameter"),
    [
        ("judgements", "authority"),
        ("judgements", "area"),
        ("judgements", "since"),
        ("recommendations", "theme"),
        ("claims", "verdict"),
    ],
)
def test_a_hostile_value_is_refused_in_one_line(
    kg: KnowledgeGraph, question: str, parameter: str, value: str
) -> None:
    _message(kg, question, **{parameter: value})


@pytest.mark.parametrize("value", HOSTILE_IRIS)
def test_what_is_no_iri_is_refused(kg: KnowledgeGraph, value: str) -> None:
    _message(kg, "evidence", statement=value)
    if value:
        _message(kg, "judgements", authority=value)


@pytest.mark.parametrize("value", HOSTILE, ids=lambda value: repr(value[:24]))
def test_a_hostile_value_comes_back_as_it_went_in(value: str) -> None:
    """As a term it is data: the answer holds it whole, beside a second binding."""
    query = "SELECT ?_text ?_other WHERE {\n  # parameters\n}"
    bound = {"_text": [ox.Literal(value)], "_other": [ox.Literal(1)]}
    solutions = ox.Store().query(bind(query, bound))
    assert isinstance(solutions, ox.QuerySolutions)
    assert [(row["_text"].value, row["_other"].value) for row in solutions] == [(value, "1")]


@pytest.mark.parametrize("value", HOSTILE, ids=lambda value: repr(value[:24]))
def test_no_value_alters_a_query(kg: KnowledgeGraph, value: str) -> None:
    """Every text that reaches the store is a file's own; what was typed travels as terms."""
    recorder = Recorder(kg.store)
    watched = KnowledgeGraph(recorder)
    with pytest.raises(OfstedKgError):
        watched.ask("judgements", authority=value, area=value)
    assert recorder.asked
    for text, bound in recorder.asked:
        assert value not in text or value == "# parameters" or value == "?_authority"
        for terms in bound.values():
            for term in terms:
                assert isinstance(term, ox.Literal)
                assert term.value == value.strip()


def test_a_good_value_alters_no_query_either(kg: KnowledgeGraph) -> None:
    recorder = Recorder(kg.store)
    KnowledgeGraph(recorder).ask("judgements", authority=["Camden", "KEC"], framework="slac-2009")
    ((_, bound),) = [one for one in recorder.asked if one[0] == load_question("judgements").text]
    base = "https://w3id.org/ofsted-kg/id/"
    assert bound == {
        "_authority": [
            ox.NamedNode(f"{base}authority/CMD"),
            ox.NamedNode(f"{base}authority/KEC"),
        ],
        "_framework": [ox.NamedNode(f"{base}framework/slac-2009")],
    }


def test_nothing_that_was_asked_has_changed_the_graph(kg: KnowledgeGraph) -> None:
    count = "SELECT (COUNT(*) AS ?n) WHERE { ?s ?p ?o }"
    before = kg.sparql(count).rows
    for value in (*HOSTILE, *HOSTILE_IRIS):
        for question, parameter in (("judgements", "authority"), ("evidence", "statement")):
            with pytest.raises(OfstedKgError):
                kg.ask(question, **{parameter: value or " "})
    assert kg.sparql(count).rows == before

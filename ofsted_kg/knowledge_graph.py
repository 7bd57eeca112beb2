"""The graph as a Python object: ask, sparql, show, validate, cite, verify."""

from pathlib import Path
from typing import TYPE_CHECKING

import pyoxigraph as ox

from ofsted_kg.asking.answers import Answer, from_solutions, pivoted
from ofsted_kg.asking.parameters import Given, bindings
from ofsted_kg.asking.questions import Question, load_question, load_questions
from ofsted_kg.errors import OfstedKgError
from ofsted_kg.store import Store, open_store, select

if TYPE_CHECKING:
    from ofsted_kg.validation import ValidationReport


class KnowledgeGraph:
    """The data in an embedded store, or behind a SPARQL endpoint."""

    def __init__(self, store: Store) -> None:
        self.store = store

    def questions(self) -> list[Question]:
        """All canned questions."""
        return load_questions()

    def ask(self, name: str, /, **parameters: Given) -> Answer:
        """Answers a canned question; OfstedKgError for a wrong name or parameter."""
        question = load_question(name)
        bound = bindings(question, parameters, self.store)
        solutions = select(self.store, question.text, bound)
        if question.pivot:
            pivot = question.pivot
            return pivoted(from_solutions(solutions), pivot.row, pivot.column, pivot.value)
        return from_solutions(solutions, [column.name for column in question.columns])

    def sparql(self, text: str) -> Answer:
        """The answer of any SELECT or ASK query; an ASK gives one column `answer`."""
        result = self.store.query(text)
        if isinstance(result, ox.QueryBoolean):
            return Answer(("answer",), ((ox.Literal(bool(result)),),))
        if isinstance(result, ox.QueryTriples):
            raise OfstedKgError("this query gives a graph; use the method graph")
        return from_solutions(result)

    def graph(self, text: str) -> list[ox.Triple]:
        """The triples of a CONSTRUCT or DESCRIBE query."""
        result = self.store.query(text)
        if not isinstance(result, ox.QueryTriples):
            raise OfstedKgError("this query gives no graph; use the method sparql")
        return list(result)

    def validate(self, files: list[Path] | None = None) -> "ValidationReport":
        """The shapes over the whole graph or the files named."""
        from ofsted_kg.validation import validate

        return validate(files)


def open_graph(endpoint: str | None = None) -> KnowledgeGraph:
    """Opens the embedded store, or an endpoint that holds the same data."""
    return KnowledgeGraph(open_store(endpoint))

"""Turtle files as a dictionary that also knows which graph says what.

For passes over a whole part of the data, where a query engine would be slower
than one look at each triple.
"""

from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import TypeAlias

from pyoxigraph import Literal, NamedNode

from ofsted_kg.rdf.turtle import read_turtle

Value: TypeAlias = NamedNode | Literal
Statement: TypeAlias = tuple[Value, str]


class Facts:
    """Objects by predicate and subject, in the order of the files."""

    def __init__(self) -> None:
        self._found: dict[NamedNode, dict[NamedNode, list[Statement]]] = {}

    @classmethod
    def of(cls, *paths: Path) -> "Facts":
        """The facts of some files, without graphs; SourceError where one cannot be read."""
        facts = cls()
        for path in paths:
            facts.load(path)
        return facts

    def load(self, path: Path, graph: str = "", only: Iterable[NamedNode] = ()) -> None:
        """Add a file's triples, all or those of `only` some predicates."""
        wanted = frozenset(only)
        for triple in read_turtle(path):
            if not wanted or triple.predicate in wanted:
                self.add(triple.subject, triple.predicate, triple.object, graph)

    def add(self, subject: object, predicate: NamedNode, value: object, graph: str = "") -> None:
        """Add one triple; those with a blank node are left out."""
        if isinstance(subject, NamedNode) and isinstance(value, NamedNode | Literal):
            by_subject = self._found.setdefault(predicate, {})
            by_subject.setdefault(subject, []).append((value, graph))

    def statements(self, subject: NamedNode, predicate: NamedNode) -> list[Statement]:
        """The values of a property, each with the graph that gives it."""
        return self._found.get(predicate, {}).get(subject, [])

    def nodes(self, subject: NamedNode, *predicates: NamedNode) -> list[NamedNode]:
        """The things to which some properties relate a subject, each once."""
        found = (
            value
            for predicate in predicates
            for value, _ in self.statements(subject, predicate)
            if isinstance(value, NamedNode)
        )
        return list(dict.fromkeys(found))

    def node(self, subject: NamedNode, predicate: NamedNode) -> NamedNode | None:
        """The first thing to which a property relates a subject."""
        return next(iter(self.nodes(subject, predicate)), None)

    def texts(self, subject: NamedNode, *predicates: NamedNode) -> list[str]:
        """The literals of some properties of a subject."""
        return [
            value.value
            for predicate in predicates
            for value, _ in self.statements(subject, predicate)
            if isinstance(value, Literal)
        ]

    def text(self, subject: NamedNode, predicate: NamedNode) -> str:
        """The first literal of a property, or an empty string."""
        return next(iter(self.texts(subject, predicate)), "")

    def subjects(self, predicate: NamedNode, value: Value | None = None) -> Iterator[NamedNode]:
        """All subjects of a property, or those that it relates to one value."""
        for subject, statements in self._found.get(predicate, {}).items():
            if value is None or any(found == value for found, _ in statements):
                yield subject

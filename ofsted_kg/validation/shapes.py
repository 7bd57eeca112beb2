"""Reads the SHACL shapes into plain values; refuses what the fast engine does not know."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path

from pyoxigraph import BlankNode, Literal, NamedNode, Quad, Store

from ofsted_kg.errors import OfstedKgError
from ofsted_kg.rdf.turtle import load_turtle

SH = "http://www.w3.org/ns/shacl#"
RDF = "http://www.w3.org/1999/02/22-rdf-syntax-ns#"

VALUE_COMPONENTS = frozenset(
    {"datatype", "nodeKind", "pattern", "in", "minInclusive", "maxInclusive", "maxLength"}
)
PROPERTY_COMPONENTS = VALUE_COMPONENTS | {
    "minCount",
    "maxCount",
    "class",
    "hasValue",
    "uniqueLang",
    "lessThan",
    "lessThanOrEquals",
    "disjoint",
    "or",
}
_TARGETS = ("targetClass", "targetSubjectsOf")
_LABELS = frozenset({"name", "description", "message", "severity"})

Term = NamedNode | Literal


class ShapeError(OfstedKgError):
    """A shape says something that cannot be checked."""


@dataclass(frozen=True)
class Target:
    """Which nodes a shape speaks of: instances of a class, or subjects of a property."""

    kind: str
    term: NamedNode


@dataclass(frozen=True)
class Constraint:
    """One constraint component with its parameter.

    The alternatives of sh:or are the constraints of each value shape.
    """

    component: str
    values: tuple[Term, ...] = ()
    alternatives: tuple[tuple["Constraint", ...], ...] = ()


@dataclass(frozen=True)
class Shape:
    """One property shape, or one node shape with SPARQL, bound to the target it applies to."""

    iri: str
    target: Target
    severity: str
    message: str
    path: NamedNode | None = None
    constraints: tuple[Constraint, ...] = ()
    select: str | None = None


def read_shapes(paths: Iterable[Path]) -> list[Shape]:
    """All shapes of the files, sorted by IRI.

    Raises SourceError for malformed Turtle, and ShapeError for a predicate of SHACL outside
    those listed above, so that no constraint is silently left unchecked.
    """
    store = Store()
    load_turtle(store, paths)
    return _Reader(store).shapes()


class _Reader:
    def __init__(self, store: Store) -> None:
        self.store = store

    def shapes(self) -> list[Shape]:
        found = []
        for kind in _TARGETS:
            for quad in self.store.quads_for_pattern(None, _sh(kind), None):
                target = Target(kind, _named(quad.object))
                found += list(self._shapes_of(_named(quad.subject), target))
        if not found:
            raise ShapeError("no shape has a target; are the files in ontology/shapes in place?")
        return sorted(found, key=lambda shape: (shape.iri, shape.target.term.value))

    def _shapes_of(self, node: NamedNode, target: Target) -> Iterator[Shape]:
        self._refuse_unknown(node, _LABELS | {"property", "sparql", *_TARGETS})
        for property_shape in self._objects(node, "property"):
            yield self._property_shape(_named(property_shape), target)
        for query in self._objects(node, "sparql"):
            yield Shape(
                node.value,
                target,
                self._severity(node),
                self._text(node, "message"),
                select=self._query(_named(query)),
            )

    def _property_shape(self, node: NamedNode, target: Target) -> Shape:
        self._refuse_unknown(node, _LABELS | PROPERTY_COMPONENTS | {"path"})
        return Shape(
            node.value,
            target,
            self._severity(node),
            self._text(node, "message"),
            path=_named(self._one(node, "path")),
            constraints=tuple(self._constraints(node, PROPERTY_COMPONENTS)),
        )

    def _constraints(self, node: NamedNode, known: frozenset[str]) -> Iterator[Constraint]:
        for component in sorted(known):
            for value in self._objects(node, component):
                if component == "or":
                    yield Constraint("or", alternatives=tuple(self._alternatives(value)))
                elif component == "in":
                    yield Constraint("in", tuple(_term(item) for item in self._list(value)))
                else:
                    yield Constraint(component, (_term(value),))

    def _alternatives(self, head: object) -> Iterator[tuple[Constraint, ...]]:
        for item in self._list(head):
            node = _named(item)
            self._refuse_unknown(node, _LABELS | VALUE_COMPONENTS)
            yield tuple(self._constraints(node, VALUE_COMPONENTS))

    def _query(self, node: NamedNode) -> str:
        self._refuse_unknown(node, frozenset({"prefixes", "select"}))
        declared = self._one(node, "prefixes")
        lines = []
        for declaration in self._objects(_named(declared), "declare"):
            prefix = self._text(_named(declaration), "prefix")
            lines.append(f"PREFIX {prefix}: <{self._text(_named(declaration), 'namespace')}>\n")
        return "".join(sorted(lines)) + self._text(node, "select")

    def _severity(self, node: NamedNode) -> str:
        return _named(self._one(node, "severity")).value.removeprefix(SH)

    def _refuse_unknown(self, node: NamedNode, known: frozenset[str]) -> None:
        for quad in self._quads(node):
            name = quad.predicate.value
            if name.startswith(SH) and name.removeprefix(SH) not in known:
                raise ShapeError(f"{node.value}: the fast engine does not know {name}")

    def _quads(self, node: NamedNode) -> Iterator[Quad]:
        return iter(self.store.quads_for_pattern(node, None, None))

    def _objects(self, node: NamedNode, name: str) -> list[object]:
        quads = self.store.quads_for_pattern(node, _sh(name), None)
        return sorted((quad.object for quad in quads), key=str)

    def _one(self, node: NamedNode, name: str) -> object:
        values = self._objects(node, name)
        if len(values) != 1:
            raise ShapeError(f"{node.value}: must have one sh:{name}, has {len(values)}")
        return values[0]

    def _text(self, node: NamedNode, name: str) -> str:
        value = self._one(node, name)
        if not isinstance(value, Literal):
            raise ShapeError(f"{node.value}: sh:{name} must be a text")
        return value.value

    def _list(self, head: object) -> Iterator[object]:
        while head != NamedNode(RDF + "nil"):
            if not isinstance(head, BlankNode):
                raise ShapeError(f"{head}: is not a list")
            quads = self.store.quads_for_pattern(head, None, None)
            parts = {quad.predicate.value: quad.object for quad in quads}
            yield parts[RDF + "first"]
            head = parts[RDF + "rest"]


def _sh(name: str) -> NamedNode:
    return NamedNode(SH + name)


def _named(value: object) -> NamedNode:
    if not isinstance(value, NamedNode):
        raise ShapeError(f"{value}: shapes, paths and targets must be IRIs")
    return value


def _term(value: object) -> Term:
    if not isinstance(value, NamedNode | Literal):
        raise ShapeError(f"{value}: parameters must be IRIs or literals")
    return value

"""The engine's terms and triples as those of RDFLib."""

from collections.abc import Iterable, Iterator, Sequence
from functools import cache
from typing import TYPE_CHECKING, TypeAlias

import pyoxigraph as ox
from rdflib import BNode, Dataset, Graph, Literal, URIRef, Variable
from rdflib.query import Result

from ofsted_kg.rdf.files import GraphFile
from ofsted_kg.rdf.terms import PREFIXES
from ofsted_kg.rdf.turtle import read_turtle
from ofsted_kg.store import Store, select

if TYPE_CHECKING:
    from rdflib.term import IdentifiedNode

# The name of a graph, or None for the default one; subject, predicate, object.
Statement: TypeAlias = tuple[str | None, object, object, object]

_STRING = "http://www.w3.org/2001/XMLSchema#string"
_QUADS = "SELECT ?g ?s ?p ?o WHERE { GRAPH ?g { ?s ?p ?o } }"
_TRIPLES = "SELECT ?s ?p ?o WHERE { ?s ?p ?o }"


def term(found: object) -> "IdentifiedNode | Literal":
    """One term, a literal in the very form in which it was written."""
    if isinstance(found, ox.NamedNode):
        return URIRef(found.value)
    if isinstance(found, ox.BlankNode):
        return BNode(found.value)
    if not isinstance(found, ox.Literal):
        raise ValueError(f"RDFLib has no term for a statement about a statement: {found}")
    if found.language:
        return Literal(found.value, lang=found.language)
    datatype = found.datatype.value
    kind = None if datatype == _STRING else URIRef(datatype)
    return Literal(found.value, datatype=kind, normalize=False)


def rows(
    columns: Sequence[str], found: Iterable[Sequence[object]], yes: bool | None = None
) -> Result:
    """Rows as the result of a SELECT, or the answer of an ASK."""
    result = Result("SELECT" if yes is None else "ASK")
    if yes is not None:
        result.askAnswer = yes
        return result
    names = [Variable(name) for name in columns]
    result.vars = names
    result.bindings = [
        {name: term(one) for name, one in zip(names, row, strict=True) if one is not None}
        for row in found
    ]
    return result


def graph(triples: Iterable[ox.Triple]) -> Graph:
    """Triples as a graph with the project's prefixes bound."""
    found = Graph()
    _bind(found)
    for triple in triples:
        found.add((term(triple.subject), term(triple.predicate), term(triple.object)))
    return found


def dataset(statements: Iterable[Statement]) -> Dataset:
    """Statements in their named graphs, and a default graph that unites these."""
    found = Dataset(default_union=True)
    _bind(found)
    known = cache(term)
    graphs: dict[str | None, Graph] = {None: found}
    for name, *parts in statements:
        if name not in graphs:
            graphs[name] = found.graph(URIRef(str(name)))
        subject, predicate, value = map(known, parts)
        graphs[name].add((subject, predicate, value))
    return found


def of_files(files: Iterable[GraphFile]) -> Iterator[Statement]:
    """The statements of files, word for word: a store may keep numbers in another form."""
    for file in files:
        for triple in read_turtle(file.path, rename_blank_nodes=True):
            yield file.graph, triple.subject, triple.predicate, triple.object


def of_store(store: Store) -> Iterator[Statement]:
    """The statements of a store's named graphs, or where it has none of its default graph."""
    empty = True
    for row in select(store, _QUADS):
        empty = False
        yield row["g"].value, row["s"], row["p"], row["o"]
    if empty:
        for row in select(store, _TRIPLES):
            yield None, row["s"], row["p"], row["o"]


def _bind(found: Graph) -> None:
    for prefix, space in PREFIXES.items():
        found.bind(prefix, space)

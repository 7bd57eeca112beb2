"""Counts for the dataset's description, each by a query that anyone can repeat."""

from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import cast

import pyoxigraph as ox
from pyoxigraph import Literal, NamedNode

from ofsted_kg.errors import OfstedKgError
from ofsted_kg.rdf.files import GraphFile
from ofsted_kg.rdf.terms import DATA, DEF
from ofsted_kg.store.embedded import load

SPACE = DEF.removesuffix("def#")
_PREFIXES = f"""
PREFIX dcterms: <http://purl.org/dc/terms/>
PREFIX okg: <{DEF}>
PREFIX rdf: <http://www.w3.org/1999/02/22-rdf-syntax-ns#>
"""


@dataclass
class Tally:
    """What one graph holds, or the union of all: `entities` are subjects in the project's
    own space of IRIs; `classes` counts things by class, `properties` statements by property."""

    triples: int = 0
    entities: int = 0
    classes: dict[str, int] = field(default_factory=dict)
    properties: dict[str, int] = field(default_factory=dict)


class Counts:
    """Counts over files, in each named graph and in the union of all.

    Raises SourceError for a file that is not Turtle.
    """

    def __init__(self, files: list[GraphFile]) -> None:
        self._store = ox.Store()
        load(self._store, files)
        self.union = Tally()
        self.graphs = {file.graph: Tally() for file in files}
        self._tally("?s ?p ?o", {"": self.union})
        self._tally("GRAPH ?g { ?s ?p ?o }", self.graphs)

    def _tally(self, pattern: str, tallies: dict[str, Tally]) -> None:
        """Fills tallies from one pattern over the default graph or over each named graph."""
        own = f'FILTER(STRSTARTS(STR(?s), "{SPACE}"))'
        typed = pattern.replace("?p ?o", "a ?o")
        for row in self.rows(
            f"SELECT ?g (COUNT(DISTINCT ?s) AS ?n) {{ {pattern} {own} }} GROUP BY ?g"
        ):
            tallies[_graph(row)].entities = _number(row)
        for row in self.rows(
            f"SELECT ?g ?p (COUNT(*) AS ?n) {{ {pattern} }} GROUP BY ?g ?p ORDER BY STR(?p)"
        ):
            tally = tallies[_graph(row)]
            tally.properties[row["p"].value] = _number(row)
            tally.triples += _number(row)
        for row in self.rows(
            f"SELECT ?g ?o (COUNT(DISTINCT ?s) AS ?n) {{ {typed} }} GROUP BY ?g ?o ORDER BY STR(?o)"
        ):
            tallies[_graph(row)].classes[row["o"].value] = _number(row)

    def rows(self, query: str) -> Iterator[ox.QuerySolution]:
        """The rows of a SELECT over the named graphs and their union."""
        yield from cast(ox.QuerySolutions, self._store.query(_PREFIXES + query))

    def dates(self) -> list[tuple[str, Literal]]:
        """When the vocabulary was first issued, and the latest date the data gives of itself."""
        found = [
            (row["p"].value, row["d"])
            for row in self.rows(
                "SELECT ?p ?d { VALUES ?p { dcterms:issued dcterms:modified } ?s ?p ?d "
                f'FILTER(STRSTARTS(STR(?s), "{SPACE}")) FILTER(DATATYPE(?d) = '
                "<http://www.w3.org/2001/XMLSchema#date>) }"
            )
        ]
        issued = [row["d"] for row in self.rows(f"SELECT ?d {{ <{SPACE}def> dcterms:issued ?d }}")]
        if not issued:
            raise OfstedKgError("ontology/vocabulary.ttl: the vocabulary has no dcterms:issued")
        latest = max((date for _, date in found), key=lambda date: date.value)
        return [("dcterms:issued", issued[0]), ("dcterms:modified", latest)]

    def period(self) -> tuple[Literal, Literal]:
        """The first and last day, month or year of an assessment."""
        found = [
            row["d"]
            for row in self.rows(
                "SELECT DISTINCT ?d { ?s okg:publishedOn|okg:fieldworkStart|okg:fieldworkEnd"
                "|okg:assessedIn ?d }"
            )
        ]
        if not found:
            raise OfstedKgError("the graph has no assessment with a date")
        ordered = sorted(found, key=lambda date: date.value)
        return ordered[0], ordered[-1]

    def regions(self) -> list[NamedNode]:
        """The regions in which the authorities lie."""
        rows = self.rows(
            "SELECT DISTINCT ?r { ?a a okg:LocalAuthority ; okg:liesIn ?r "
            f'FILTER(STRSTARTS(STR(?r), "{DATA}region/")) }} ORDER BY STR(?r)'
        )
        return [row["r"] for row in rows]

    def vocabularies(self) -> list[str]:
        """The namespaces of all classes and properties in use."""
        terms = [*self.union.classes, *self.union.properties]
        return sorted({term[: max(term.rfind("#"), term.rfind("/")) + 1] for term in terms})

    def links(self) -> list[tuple[str, str]]:
        """Property and object of each statement that leads out of the data to another IRI."""
        rows = self.rows(
            f'SELECT ?p ?o {{ ?s ?p ?o FILTER(isIRI(?o) && STRSTARTS(STR(?s), "{DATA}") && '
            f'!STRSTARTS(STR(?o), "{SPACE}") && ?p != rdf:type) }} ORDER BY STR(?p)'
        )
        return [(row["p"].value, row["o"].value) for row in rows]


def _graph(row: ox.QuerySolution) -> str:
    graph = row["g"]
    return graph.value if graph else ""


def _number(row: ox.QuerySolution) -> int:
    return int(row["n"].value)

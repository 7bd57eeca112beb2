"""Validation by pySHACL, the reference that the fast engine is measured against."""

from collections.abc import Iterable
from decimal import Decimal
from functools import lru_cache
from pathlib import Path
from typing import Any

import pyshacl
from pyoxigraph import Literal as StoredLiteral
from pyoxigraph import NamedNode
from rdflib import RDF, SH, XSD, Graph, Literal
from rdflib.plugins.sparql import prepareQuery
from rdflib.plugins.sparql.sparql import Query
from rdflib.query import Result
from rdflib.term import Node

from ofsted_kg.errors import OfstedKgError
from ofsted_kg.validation.results import ValidationResult

_WHOLE = {XSD.positiveInteger, XSD.nonNegativeInteger, XSD.integer}


class PreparedGraph(Graph):
    """A graph that translates each query text once.

    pySHACL asks the same query anew for each focus node; parsing is most of its time.
    """

    def query(self, query_object: str | Query, *args: Any, **kwargs: Any) -> Result:
        """As in Graph, with the translation of a text kept for the next time."""
        if isinstance(query_object, str):
            query_object = _prepared(query_object)
        return super().query(query_object, *args, **kwargs)


@lru_cache(maxsize=512)
def _prepared(text: str) -> Query:
    return prepareQuery(text)


def run_pyshacl(
    paths: Iterable[Path], shapes: Iterable[Path], *, prepared: bool = True
) -> set[ValidationResult]:
    """The results of pySHACL on the files, without inference and without meta-validation.

    Without `prepared`, pySHACL runs just as it ships, many times slower.
    """
    data = _read(PreparedGraph() if prepared else Graph(), paths)
    shapes_graph = _read(Graph(), shapes)
    _, report, text = pyshacl.validate(
        data, shacl_graph=shapes_graph, inference="none", do_owl_imports=False
    )
    if not isinstance(report, Graph):
        raise OfstedKgError(f"pySHACL cannot run the shapes: {text}")
    results = set()
    for node in report.subjects(RDF.type, SH.ValidationResult):
        results.add(_result(report, shapes_graph, node))
    return results


def _read(graph: Graph, paths: Iterable[Path]) -> Graph:
    for path in paths:
        graph.parse(path, format="turtle")
    return graph


def _result(report: Graph, shapes: Graph, node: Node) -> ValidationResult:
    shape = report.value(node, SH.sourceShape)
    severity = str(report.value(node, SH.resultSeverity))
    return ValidationResult(
        severity.removeprefix(str(SH)),
        str(report.value(node, SH.focusNode)),
        _written(report.value(node, SH.resultPath)),
        _written(report.value(node, SH.value)),
        str(shape),
        str(shapes.value(shape, SH.message)),
    )


def _written(term: Node | None) -> str | None:
    """A term as the embedded store writes it: numbers in their shortest form."""
    if term is None:
        return None
    if not isinstance(term, Literal):
        return str(term)
    if term.language:
        return str(StoredLiteral(str(term), language=term.language))
    if term.datatype in _WHOLE and isinstance(term.value, int):
        return str(StoredLiteral(str(term.value), datatype=NamedNode(str(XSD.integer))))
    if term.datatype == XSD.decimal and isinstance(term.value, Decimal):
        return str(StoredLiteral(_shortest(term.value), datatype=NamedNode(str(XSD.decimal))))
    datatype = str(term.datatype or XSD.string)
    return str(StoredLiteral(str(term), datatype=NamedNode(datatype)))


def _shortest(number: Decimal) -> str:
    return format(number.normalize(), "f")

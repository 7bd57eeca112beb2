"""Validation by pySHACL, the reference that the fast engine is measured against."""

from collections.abc import Iterable
from decimal import Decimal
from pathlib import Path

import pyshacl
from pyoxigraph import Literal as StoredLiteral
from pyoxigraph import NamedNode
from rdflib import RDF, SH, XSD, Graph, Literal, URIRef
from rdflib.term import Node

from ofsted_kg.errors import OfstedKgError
from ofsted_kg.validation import ValidationResult

_WHOLE = {XSD.positiveInteger, XSD.nonNegativeInteger, XSD.integer}


def run_pyshacl(paths: Iterable[Path], shapes: Iterable[Path]) -> set[ValidationResult]:
    """The results of pySHACL on the files, without inference and without meta-validation."""
    data = _graph(paths)
    shapes_graph = _graph(shapes)
    _, report, text = pyshacl.validate(
        data, shacl_graph=shapes_graph, inference="none", do_owl_imports=False
    )
    if not isinstance(report, Graph):
        raise OfstedKgError(f"pySHACL cannot run the shapes: {text}")
    results = set()
    for node in report.subjects(RDF.type, SH.ValidationResult):
        results.add(_result(report, shapes_graph, node))
    return results


def _graph(paths: Iterable[Path]) -> Graph:
    graph = Graph()
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
    datatype = NamedNode(str(term.datatype)) if isinstance(term.datatype, URIRef) else None
    return str(StoredLiteral(str(term), datatype=datatype) if datatype else StoredLiteral(str(term)))


def _shortest(number: Decimal) -> str:
    digits = format(number.normalize(), "f")
    return digits

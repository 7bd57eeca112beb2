"""The fast engine: shapes as SPARQL, one SELECT of ?this, ?path and ?value for each constraint.

Each query asks for all violating nodes at once, where a SHACL engine would ask node
by node; the answers are the same. Classes are matched with their declared subclasses,
and nothing else is inferred.
"""

import re
from collections.abc import Collection, Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path

from pyoxigraph import Literal, NamedNode, QuerySolutions, Store

from ofsted_kg.rdf.turtle import load_turtle
from ofsted_kg.validation.results import ValidationResult, written
from ofsted_kg.validation.shapes import Constraint, Shape, ShapeError, Target, read_shapes

XSD = "http://www.w3.org/2001/XMLSchema#"
RDF = "http://www.w3.org/1999/02/22-rdf-syntax-ns#"
_RDF_TYPE = NamedNode(RDF + "type")
_SUBCLASS_OF = NamedNode("http://www.w3.org/2000/01/rdf-schema#subClassOf")
_LANG_STRING = RDF + "langString"
# Datatypes whose literals may be ill-formed; a cast tells.
_CASTABLE = {XSD + name for name in ("date", "gYear", "gYearMonth", "boolean", "decimal")}
# The store keeps every kind of whole number as xsd:integer, so that the range stands for the type.
_WHOLE = {XSD + "integer": None, XSD + "positiveInteger": 1, XSD + "nonNegativeInteger": 0}
# Above this many, asking for all nodes of a target is quicker than listing those in focus.
_MOST_LISTED = 2000
_WHERE = re.compile(r"\bWHERE\s*\{", re.IGNORECASE)


@dataclass(frozen=True)
class CompiledConstraint:
    """A shape and a query whose rows (this, path, value) are its violations."""

    shape: Shape
    query: str


def run_fast(
    paths: Iterable[Path], shapes: Iterable[Path], focus: Collection[str] | None = None
) -> set[ValidationResult]:
    """The results of the shapes on the files, of all nodes or of those in focus and few others."""
    store = load_store(paths)
    return run_compiled(store, compile_shapes(read_shapes(shapes), store, focus))


def load_store(paths: Iterable[Path]) -> Store:
    """All files in one graph in memory; SourceError for a malformed one."""
    store = Store()
    load_turtle(store, paths)
    return store


def run_compiled(store: Store, constraints: Iterable[CompiledConstraint]) -> set[ValidationResult]:
    """The results of compiled constraints on a store."""
    results = set()
    for constraint in constraints:
        try:
            rows = store.query(constraint.query)
        except SyntaxError as problem:
            raise ShapeError(f"{constraint.shape.iri}: is not SPARQL, {problem}") from None
        if not isinstance(rows, QuerySolutions):
            raise ShapeError(f"{constraint.shape.iri}: is not a SELECT query")
        names = {variable.value for variable in rows.variables}
        for row in rows:
            path = row["path"] if "path" in names else constraint.shape.path
            value = row["value"] if "value" in names else None
            if value is None and constraint.shape.select is not None:
                value = row["this"]
            results.add(
                ValidationResult(
                    constraint.shape.severity,
                    written(row["this"]) or "",
                    written(path),
                    written(value),
                    constraint.shape.iri,
                    constraint.shape.message,
                )
            )
    return results


def compile_shapes(
    shapes: list[Shape], store: Store, focus: Collection[str] | None = None
) -> list[CompiledConstraint]:
    """The queries of all shapes; `store` tells which classes are subclasses of which.

    With `focus`, IRIs of nodes, only shapes that target some of them are compiled, and
    the queries look at few others. Raises ShapeError for a constraint without translation.
    """
    compiler = _Compiler(store, focus)
    return [CompiledConstraint(s, query) for s in shapes for query in compiler.queries(s)]


def _subclasses(store: Store) -> dict[str, list[str]]:
    """The direct subclasses of each class."""
    below: dict[str, list[str]] = {}
    for quad in store.quads_for_pattern(None, _SUBCLASS_OF, None):
        if isinstance(quad.subject, NamedNode) and isinstance(quad.object, NamedNode):
            below.setdefault(quad.object.value, []).append(quad.subject.value)
    return below


class _Compiler:
    def __init__(self, store: Store, focus: Collection[str] | None) -> None:
        self.store = store
        self.below = _subclasses(store)
        self.typed = None if focus is None else self._by_class(focus)
        self.focus = focus

    def queries(self, shape: Shape) -> Iterator[str]:
        target = self._target(shape.target)
        if target is None:
            return
        if shape.select is not None:
            yield _bind_target(shape.select, target)
        for constraint in shape.constraints:
            if shape.path is None:
                raise ShapeError(f"{shape.iri}: has sh:{constraint.component} but no sh:path")
            yield self._property(constraint, target, shape.path)

    def _classes(self, name: str) -> list[str]:
        found = {name: None}
        pending = [name]
        while pending:
            for subclass in self.below.get(pending.pop(), ()):
                if subclass not in found:
                    found[subclass] = None
                    pending.append(subclass)
        return list(found)

    def _instance(self, variable: str, name: str) -> str:
        classes = self._classes(name)
        if len(classes) == 1:
            return f"{variable} a <{name}> ."
        listed = " ".join(f"<{each}>" for each in classes)
        return f"VALUES ?class {{ {listed} }} {variable} a ?class ."

    def _by_class(self, focus: Collection[str]) -> dict[str, list[str]]:
        found: dict[str, list[str]] = {}
        for node in focus:
            for quad in self.store.quads_for_pattern(NamedNode(node), _RDF_TYPE, None):
                found.setdefault(_text(quad.object), []).append(node)
        return found

    def _focus_nodes(self, target: Target) -> set[str] | None:
        """The nodes of `focus` that a target names, or None where all nodes count."""
        if self.focus is None or self.typed is None:
            return None
        if target.kind == "targetClass":
            classes = self._classes(target.term.value)
            return {node for name in classes for node in self.typed.get(name, ())}
        described = self.store.quads_for_pattern
        return {n for n in self.focus if any(described(NamedNode(n), target.term, None))}

    def _target(self, target: Target) -> str | None:
        nodes = self._focus_nodes(target)
        if nodes is not None and len(nodes) <= _MOST_LISTED:
            listed = " ".join(f"<{node}>" for node in sorted(nodes))
            return f"VALUES ?this {{ {listed} }}" if nodes else None
        if target.kind == "targetSubjectsOf":
            pattern = f"?this {target.term} ?anything ."
        else:
            pattern = self._instance("?this", target.term.value)
            if "VALUES" not in pattern:
                return pattern
        return f"{{ SELECT DISTINCT ?this WHERE {{ {pattern} }} }}"

    def _property(self, constraint: Constraint, target: str, path: NamedNode) -> str:
        component = constraint.component
        if component in ("minCount", "maxCount"):
            return _count(component, int(_value(constraint)), target, path)
        if component == "hasValue":
            value = constraint.values[0]
            return _select("?this", f"{target} FILTER NOT EXISTS {{ ?this {path} {value} }}")
        if component == "uniqueLang":
            return _unique_language(target, path)
        each = f"{target} ?this {path} ?value ."
        return _select("?this ?value", f"{each} {self._violating(constraint)}")

    def _violating(self, constraint: Constraint) -> str:
        """What must hold of ?this and ?value for a violation."""
        component = constraint.component
        if component == "class":
            declared = self._instance("?value", _value(constraint))
            return f"FILTER NOT EXISTS {{ {declared} }}"
        if component == "disjoint":
            return f"?this {constraint.values[0]} ?value ."
        if component in ("lessThan", "lessThanOrEquals"):
            operator = "<" if component == "lessThan" else "<="
            return (
                f"?this {constraint.values[0]} ?other . "
                f"FILTER (!COALESCE(?value {operator} ?other, false))"
            )
        if component == "or":
            alternatives = (
                " && ".join(_holds(each) for each in alternative)
                for alternative in constraint.alternatives
            )
            return f"FILTER (!({' || '.join(f'({each})' for each in alternatives)}))"
        return f"FILTER (!{_holds(constraint)})"


def _count(component: str, number: int, target: str, path: NamedNode) -> str:
    if component == "minCount" and number == 1:
        return _select("?this", f"{target} FILTER NOT EXISTS {{ ?this {path} ?one }}")
    if component == "maxCount" and number == 0:
        return _select("?this", f"{target} ?this {path} ?one .")
    if component == "maxCount" and number == 1:
        two = f"?this {path} ?one . ?this {path} ?two . FILTER (!sameTerm(?one, ?two))"
        return _select("?this", f"{target} {two}")
    raise ShapeError(f"sh:{component} {number}: only minCount 1 and maxCount 0 or 1 are known")


def _unique_language(target: str, path: NamedNode) -> str:
    two = (
        f"?this {path} ?one . ?this {path} ?two . "
        'FILTER (!sameTerm(?one, ?two) && LANG(?one) != "" && LANG(?one) = LANG(?two))'
    )
    return _select("?this", f"{target} {two}")


def _holds(constraint: Constraint) -> str:
    """An expression that is true where ?value keeps the constraint, and never fails."""
    component = constraint.component
    value = constraint.values[0]
    if component == "datatype":
        return _has_datatype(_value(constraint))
    if component == "nodeKind":
        if not _value(constraint).endswith("#IRI"):
            raise ShapeError("sh:nodeKind: only sh:IRI is known")
        return "isIRI(?value)"
    if component == "pattern":
        return f"COALESCE(REGEX(STR(?value), {value}), false)"
    if component == "in":
        return f"(?value IN ({', '.join(str(item) for item in constraint.values)}))"
    if component == "minInclusive":
        return f"COALESCE(?value >= {value}, false)"
    if component == "maxInclusive":
        return f"COALESCE(?value <= {value}, false)"
    if component == "maxLength":
        return f"(STRLEN(STR(?value)) <= {value})"
    raise ShapeError(f"sh:{component} has no translation")


def _has_datatype(datatype: str) -> str:
    if datatype == _LANG_STRING:
        return 'COALESCE(LANG(?value) != "", false)'
    if datatype == XSD + "string":
        return f"COALESCE(DATATYPE(?value) = <{datatype}>, false)"
    if datatype in _CASTABLE:
        well_formed = f"STRLEN(STR(<{datatype}>(STR(?value)))) > 0"
        return f"COALESCE(DATATYPE(?value) = <{datatype}> && {well_formed}, false)"
    if datatype in _WHOLE:
        least = _WHOLE[datatype]
        in_range = "true" if least is None else f"?value >= {least}"
        well_formed = f"STRLEN(STR(<{XSD}integer>(STR(?value)))) > 0"
        return f"COALESCE(DATATYPE(?value) = <{XSD}integer> && {well_formed} && {in_range}, false)"
    raise ShapeError(f"sh:datatype {datatype} has no translation")


def _value(constraint: Constraint) -> str:
    return _text(constraint.values[0])


def _text(term: object) -> str:
    return term.value if isinstance(term, NamedNode | Literal) else str(term)


def _select(variables: str, pattern: str) -> str:
    return f"SELECT DISTINCT {variables} WHERE {{ {pattern} }}"


def _bind_target(select: str, target: str) -> str:
    """The query of a SPARQL constraint for all focus nodes at once."""
    opening = _WHERE.search(select)
    if opening is None:
        raise ShapeError("sh:select: has no WHERE {")
    return f"{select[: opening.end()]} {target}{select[opening.end() :]}"

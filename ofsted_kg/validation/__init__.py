"""Checks the graph, or single files of it, against the shapes in ontology/shapes.

Two engines give the same results: `fast` runs the shapes as SPARQL queries in the
embedded store, `pyshacl` is the reference and needs rdflib and pySHACL.
"""

import re
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from pathlib import Path

from pyoxigraph import NamedNode, QuerySolutions, Store

from ofsted_kg.errors import OfstedKgError
from ofsted_kg.rdf.files import graph_files, root
from ofsted_kg.rdf.terms import DATA, DEF
from ofsted_kg.rdf.turtle import load_turtle, read_turtle
from ofsted_kg.validation.shapes import ShapeError, read_shapes
from ofsted_kg.validation.sparql import CompiledConstraint, compile_shapes

SEVERITIES = ("Violation", "Warning", "Info")
ENGINES = ("fast", "pyshacl")
# Read beside a single file only where they name what it speaks of, and never.
_BULK = ("data/releases/", "data/reports/", "data/derived/discrepancies")
_APART = (
    "data/reference/neighbours",
    "data/derived/dataset",
    "data/derived/due-dates",
    "data/derived/grade-successions",
)
_ASSESSMENT = re.compile(r"https://w3id\.org/ofsted-kg/id/(assessment/[^/]+/)([^/]+/)([^/]+)")
_DOCUMENT = re.compile(r"https://w3id\.org/ofsted-kg/id/(?:document|text|passage)/([^/]+)")


@dataclass(frozen=True)
class ValidationResult:
    """One thing that breaks a shape.

    `severity` is Violation (false or unusable), Warning (incomplete) or Info (style).
    `focus`, `path` and `source_shape` are IRIs; `value` is an IRI or a literal as in
    N-Triples; `file` is the file that says so, relative to the root where it lies there.
    """

    severity: str
    focus: str
    path: str | None
    value: str | None
    source_shape: str
    message: str
    file: str | None = None

    def to_text(self) -> str:
        """One line: file, severity, node, path, value, what must hold, and the shape."""
        node = " ".join(_short(term) for term in (self.focus, self.path, self.value) if term)
        place = f"{self.file}: " if self.file else ""
        shape = self.source_shape.rpartition("#")[2]
        return f"{place}{self.severity}: {node}: {self.message} [{shape}]"


@dataclass(frozen=True)
class ValidationReport:
    """All results, gravest first; the graph conforms where none is a violation."""

    results: tuple[ValidationResult, ...]

    @property
    def conforms(self) -> bool:
        """Whether nothing is false or unusable; warnings do not count."""
        return all(result.severity != "Violation" for result in self.results)

    def counts(self) -> dict[str, int]:
        """The number of results of each severity, in the order of gravity."""
        found = Counter(result.severity for result in self.results)
        return {severity: found[severity] for severity in SEVERITIES}

    def to_text(self) -> str:
        """A line for each result and one with the counts."""
        lines = [result.to_text() for result in self.results]
        counts = ", ".join(f"{name} {number}" for name, number in self.counts().items())
        verdict = "The graph conforms" if self.conforms else "The graph does not conform"
        return "\n".join([*lines, f"{verdict}: {counts}"]) + "\n"


def validate(
    files: Sequence[Path] | None = None,
    engine: str = "fast",
    *,
    context: Sequence[Path] | None = None,
) -> ValidationReport:
    """Check the whole graph, or what the given files say within it.

    With `files`, the rest of the graph is read too, and only results on subjects of
    these files are reported. `context` replaces the files of the graph. Raises
    SourceError for a malformed file, OfstedKgError for one that is not there or for an
    unknown engine.
    """
    if engine not in ENGINES:
        raise OfstedKgError(f"engine {engine!r} is not known; choose {' or '.join(ENGINES)}")
    subjects = None
    if context is not None:
        read = list(context)
    elif files is None:
        read = [file.path for file in graph_files()]
    else:
        read = surroundings(files)
    if files is not None:
        read = _with(read, files)
        described = {triple.subject for file in files for triple in read_turtle(file)}
        subjects = {node.value for node in described if isinstance(node, NamedNode)}
    if engine == "fast":
        results = _run_fast(read, subjects)
    else:
        from ofsted_kg.validation.pyshacl_engine import run_pyshacl

        _check_syntax(read)
        results = run_pyshacl(read, shape_files())
    kept = {result for result in results if subjects is None or result.focus in subjects}
    located = _locate(kept, files if files is not None else read)
    return ValidationReport(tuple(sorted(located, key=_order)))


def shape_files() -> list[Path]:
    """The files of the shapes, sorted."""
    return sorted((root() / "ontology" / "shapes").glob("*.ttl"))


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
                    _written(row["this"]) or "",
                    _written(path),
                    _written(value),
                    constraint.shape.iri,
                    constraint.shape.message,
                )
            )
    return results


def _run_fast(paths: Sequence[Path], focus: set[str] | None) -> set[ValidationResult]:
    store = load_store(paths)
    shapes = read_shapes(shape_files())
    return run_compiled(store, compile_shapes(shapes, store, focus))


def _short(term: str) -> str:
    return term.removeprefix(DATA).replace(DEF, "okg:", 1)


def _written(term: object) -> str | None:
    if term is None:
        return None
    return term.value if isinstance(term, NamedNode) else str(term)


def _with(paths: list[Path], files: Sequence[Path]) -> list[Path]:
    known = {path.resolve() for path in paths}
    return paths + [file for file in files if file.resolve() not in known]


def surroundings(files: Sequence[Path]) -> list[Path]:
    """The files of the graph that single files have to be read together with.

    All but neighbours and computed views, and of the bulk of releases and reports only
    those that name an assessment or a document that the files speak of.
    """
    wanted = {
        parts
        for file in files
        for statement in statements_of(file)
        for term in (statement[0], statement[2])
        if (parts := _bulk_name(term))
    }
    found = []
    for each in graph_files():
        if each.name.startswith(_APART):
            continue
        if not each.name.startswith(_BULK) or _names_any(each.path, wanted):
            found.append(each.path)
    return found


def _bulk_name(term: str) -> tuple[str, ...]:
    """The parts of a name that a file must hold, whatever prefixes it has, to speak of a thing."""
    match = _ASSESSMENT.match(term) or _DOCUMENT.match(term)
    return match.groups() if match else ()


def _names_any(path: Path, wanted: Iterable[tuple[str, ...]]) -> bool:
    content = path.read_bytes().replace(b"\\/", b"/")  # as a slash may stand after a prefix
    return any(all(part.encode() in content for part in parts) for parts in wanted)


def statements_of(path: Path) -> Iterator[tuple[str, str, str]]:
    """Subject, predicate and object of each triple, as results write them.

    Raises SourceError for a malformed file.
    """
    for triple in read_turtle(path):
        subject, value = _written(triple.subject), _written(triple.object)
        yield subject or "", triple.predicate.value, value or ""


def _check_syntax(paths: Iterable[Path]) -> None:
    for path in paths:
        for _ in read_turtle(path):
            pass


def _locate(results: Iterable[ValidationResult], files: Iterable[Path]) -> list[ValidationResult]:
    """The results with the file that holds the faulty statement, or else its subject."""
    results = list(results)
    wanted = {result.focus for result in results}
    statements: dict[tuple[str, str, str], str] = {}
    subjects: dict[str, str] = {}
    for file in sorted(files) if wanted else ():
        name = _name(file)
        for triple in read_turtle(file):
            subject = _written(triple.subject) or ""
            if subject in wanted:
                value = _written(triple.object) or ""
                statements.setdefault((subject, triple.predicate.value, value), name)
                subjects.setdefault(subject, name)
    located = []
    for result in results:
        statement = (result.focus, result.path or "", result.value or "")
        holder = statements.get(statement) or subjects.get(result.focus)
        located.append(replace(result, file=holder))
    return located


def _name(path: Path) -> str:
    resolved = path.resolve()
    home = root().resolve()
    return resolved.relative_to(home).as_posix() if resolved.is_relative_to(home) else str(path)


def _order(result: ValidationResult) -> tuple[int, str, str, str, str, str]:
    return (
        SEVERITIES.index(result.severity),
        result.file or "",
        result.focus,
        result.path or "",
        result.source_shape,
        result.value or "",
    )

"""Checks the graph, or single files of it, against the shapes in ontology/shapes.

Two engines give the same results: `fast` runs the shapes as SPARQL queries in the
embedded store, `pyshacl` is the reference, many times slower.
"""

from collections.abc import Callable, Sequence
from pathlib import Path
from typing import TypeAlias

from pyoxigraph import NamedNode

from ofsted_kg.errors import OfstedKgError
from ofsted_kg.rdf.files import graph_files, root
from ofsted_kg.rdf.turtle import read_turtle
from ofsted_kg.validation.results import SEVERITIES, ValidationReport, ValidationResult, report
from ofsted_kg.validation.sparql import load_store, run_compiled, run_fast
from ofsted_kg.validation.surroundings import statements_of, surroundings

__all__ = [
    "ENGINES",
    "SEVERITIES",
    "ValidationReport",
    "ValidationResult",
    "load_store",
    "run_compiled",
    "shape_files",
    "statements_of",
    "surroundings",
    "validate",
]


Engine: TypeAlias = Callable[
    [Sequence[Path], Sequence[Path], set[str] | None], set[ValidationResult]
]


def _run_pyshacl(
    paths: Sequence[Path], shapes: Sequence[Path], focus: set[str] | None
) -> set[ValidationResult]:
    from ofsted_kg.validation.pyshacl_engine import run_pyshacl

    for path in paths:
        for _ in read_turtle(path):  # raises our own error
            pass
    return run_pyshacl(paths, shapes)


ENGINES: dict[str, Engine] = {"fast": run_fast, "pyshacl": _run_pyshacl}


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
    for file in files or ():
        if not file.is_file():
            raise OfstedKgError(f"{file}: cannot be read: no such file")
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
    results = ENGINES[engine](read, shape_files(), subjects)
    kept = {result for result in results if subjects is None or result.focus in subjects}
    return report(kept, files if files is not None else read)


def shape_files() -> list[Path]:
    """The files of the shapes, sorted."""
    return sorted((root() / "ontology" / "shapes").glob("*.ttl"))


def _with(paths: list[Path], files: Sequence[Path]) -> list[Path]:
    known = {path.resolve() for path in paths}
    return paths + [file for file in files if file.resolve() not in known]

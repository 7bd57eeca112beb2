"""What validation finds: results, the report of them, and the file where each fault stands."""

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass, replace
from pathlib import Path

from pyoxigraph import NamedNode

from ofsted_kg.rdf.files import root
from ofsted_kg.rdf.terms import DATA, DEF, term
from ofsted_kg.rdf.turtle import read_turtle

SEVERITIES = ("Violation", "Warning", "Info")
_A = term("rdf:type")


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


def report(found: Iterable[ValidationResult], files: Iterable[Path]) -> ValidationReport:
    """The results in order of gravity, each with that of the files in which it stands."""
    return ValidationReport(tuple(sorted(_locate(found, files), key=_order)))


def written(term: object) -> str | None:
    """A term as results write it: the bare IRI, or a literal as in N-Triples."""
    if term is None:
        return None
    return term.value if isinstance(term, NamedNode) else str(term)


def _short(term: str) -> str:
    return term.removeprefix(DATA).replace(DEF, "okg:", 1)


def _locate(results: Iterable[ValidationResult], files: Iterable[Path]) -> list[ValidationResult]:
    """The results with the file that holds the faulty statement, else the one that says what
    its subject is, else any that speaks of it."""
    results = list(results)
    wanted = {result.focus for result in results}
    statements: dict[tuple[str, str, str], str] = {}
    typed: dict[str, str] = {}
    subjects: dict[str, str] = {}
    for file in sorted(files) if wanted else ():
        name = _name(file)
        for triple in read_turtle(file):
            subject = written(triple.subject) or ""
            if subject in wanted:
                value = written(triple.object) or ""
                statements.setdefault((subject, triple.predicate.value, value), name)
                subjects.setdefault(subject, name)
                if triple.predicate == _A:
                    typed.setdefault(subject, name)
    located = []
    for result in results:
        statement = (result.focus, result.path or "", result.value or "")
        holder = statements.get(statement) or typed.get(result.focus) or subjects.get(result.focus)
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

"""Which files of the graph a single file has to be read together with."""

import re
from collections.abc import Iterable, Iterator, Sequence
from pathlib import Path

from ofsted_kg.rdf.files import graph_files
from ofsted_kg.rdf.turtle import read_turtle
from ofsted_kg.validation.results import written

# Read beside a single file only where they name what it speaks of, and never.
_BULK = (
    "data/releases/",
    "data/reports/",
    "data/findings/",
    "data/overviews/",
    "data/derived/discrepancies",
    "data/derived/claim-reviews",
)
_APART = (
    "data/reference/neighbours",
    "data/derived/dataset",
    "data/derived/due-dates",
    "data/derived/grade-successions",
)
_ASSESSMENT = re.compile(r"https://w3id\.org/ofsted-kg/id/(assessment/[^/]+/)([^/]+/)([^/]+)")
_DOCUMENT = re.compile(r"https://w3id\.org/ofsted-kg/id/(?:document|text|passage)/([^/]+)")


def surroundings(files: Sequence[Path]) -> list[Path]:
    """The files of the graph that single files have to be read together with.

    All but neighbours and computed views, and of the bulk of releases, reports and overviews
    only those that name an assessment or a document that the files speak of. Left out is what
    the graph holds of the very graphs that the files state: it would fill their gaps.
    """
    statements = [statement for file in files for statement in statements_of(file)]
    stated = {subject for subject, _, _ in statements}
    wanted = {
        parts
        for subject, _, value in statements
        for term in (subject, value)
        if (parts := _bulk_name(term))
    }
    found = []
    for each in graph_files():
        if each.name.startswith(_APART) or each.graph in stated:
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
        subject, value = written(triple.subject), written(triple.object)
        yield subject or "", triple.predicate.value, value or ""

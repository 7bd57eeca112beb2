"""The graph as files for other tools: N-Quads, TriG, Turtle, JSON-LD, or one file per graph.

N-Quads, TriG and JSON-LD keep the named graphs; Turtle has none and is their union.
Statements stand in the order of the files, so that equal data gives equal bytes.
Nothing is left half-written: a file is written beside its place and renamed.
"""

import re
from collections.abc import Callable, Iterable, Iterator
from contextlib import AbstractContextManager, contextmanager
from pathlib import Path
from typing import BinaryIO, NamedTuple

import pyoxigraph as ox

from ofsted_kg.errors import OfstedKgError
from ofsted_kg.publishing.jsonld import write_jsonld
from ofsted_kg.rdf.files import GRAPH, GraphFile, graph_files
from ofsted_kg.rdf.terms import PREFIXES
from ofsted_kg.rdf.turtle import encode_turtle, read_turtle
from ofsted_kg.rdf.writing import new_folder, replaced


def export(output: Path | BinaryIO, form: str, folder: Path | None = None) -> int:
    """Write the whole graph in one of FORMS to a file or a binary stream.

    Returns the number of quads (of triples for Turtle). An existing file is replaced.
    Raises OfstedKgError for an unknown form and where the output cannot be written; a
    reader who closes the pipe early is a BrokenPipeError, for the caller to pass over.
    """
    files = graph_files(folder)
    _check(form)
    if isinstance(output, Path):
        with _writing(output), _opened(output) as stream:
            return FORMS[form].write(stream, files, folder)
    with _writing("the output"):
        count = FORMS[form].write(output, files, folder)
        output.flush()
    return count


def export_graphs(directory: Path, form: str, folder: Path | None = None) -> list[str]:
    """Write one file per named graph into a new or empty directory; returns their names.

    The names follow the graph IRIs: `…/graph/reference/regions` is `reference/regions.ttl`.
    Turtle files are the project's own files as they stand.
    """
    files = graph_files(folder)
    _check(form)
    if directory.exists() and (not directory.is_dir() or any(directory.iterdir())):
        raise OfstedKgError(f"{directory}: exists already; name a new or empty directory")
    with _writing(directory), new_folder(directory) as beside:
        return [_write_graph(beside, form, file, folder) for file in files]


def _check(form: str) -> None:
    if form not in FORMS:
        raise OfstedKgError(f"no form {form}; there are {', '.join(FORMS)}")


def _write_graph(directory: Path, form: str, file: GraphFile, folder: Path | None) -> str:
    name = f"{file.graph.removeprefix(GRAPH)}.{FORMS[form].encoding.file_extension}"
    path = directory / name
    path.parent.mkdir(parents=True, exist_ok=True)
    if form == "turtle":
        path.write_bytes(file.path.read_bytes())
    else:
        with path.open("wb") as stream:
            FORMS[form].write(stream, [file], folder)
    return name


def _nquads(stream: BinaryIO, files: list[GraphFile], folder: Path | None) -> int:
    counted = _Counted(quads(files))
    ox.serialize(counted, stream, ox.RdfFormat.N_QUADS)
    return counted.count


def _trig(stream: BinaryIO, files: list[GraphFile], folder: Path | None) -> int:
    counted = _Counted(quads(files))
    ox.serialize(counted, stream, ox.RdfFormat.TRIG, prefixes=PREFIXES)
    return counted.count


def _turtle(stream: BinaryIO, files: list[GraphFile], folder: Path | None) -> int:
    union = dict.fromkeys(triple for file in files for triple in triples(file))
    stream.write(encode_turtle(union, blank_nodes=True))
    return len(union)


def _jsonld(stream: BinaryIO, files: list[GraphFile], folder: Path | None) -> int:
    return write_jsonld(stream, ((file.graph, triples(file)) for file in files), folder)


class Form(NamedTuple):
    """A format: its name and media type elsewhere, and how files are written in it.

    `write` takes a stream, the files and the project's folder, and returns the number of
    statements written.
    """

    encoding: ox.RdfFormat
    write: Callable[[BinaryIO, list[GraphFile], Path | None], int]


FORMS = {
    "nquads": Form(ox.RdfFormat.N_QUADS, _nquads),
    "trig": Form(ox.RdfFormat.TRIG, _trig),
    "turtle": Form(ox.RdfFormat.TURTLE, _turtle),
    "jsonld": Form(ox.RdfFormat.JSON_LD, _jsonld),
}


class _Counted:
    """Passes quads on and counts them."""

    def __init__(self, found: Iterable[ox.Quad]) -> None:
        self._found = found
        self.count = 0

    def __iter__(self) -> Iterator[ox.Quad]:
        for quad in self._found:
            self.count += 1
            yield quad


def quads(files: Iterable[GraphFile]) -> Iterator[ox.Quad]:
    """All statements with their named graphs, in the order of the files."""
    for file in files:
        graph = ox.NamedNode(file.graph)
        for triple in triples(file):
            yield ox.Quad(triple.subject, triple.predicate, triple.object, graph)


def triples(file: GraphFile) -> Iterator[ox.Triple]:
    """A file's statements, each once, with blank nodes named by file and order.

    Only OWL's own lists have blank nodes; their names are the same in every export.
    """
    labels: dict[object, ox.BlankNode] = {}
    seen: set[ox.Triple] = set()
    stem = re.sub(r"\W", "-", file.graph.removeprefix(GRAPH))
    for triple in read_turtle(file.path):
        subject, value = triple.subject, triple.object
        if isinstance(subject, ox.BlankNode):
            subject = labels.setdefault(subject, ox.BlankNode(f"{stem}-{len(labels)}"))
        if isinstance(value, ox.BlankNode):
            value = labels.setdefault(value, ox.BlankNode(f"{stem}-{len(labels)}"))
        named = ox.Triple(subject, triple.predicate, value)
        if named not in seen:
            seen.add(named)
            yield named


def _opened(path: Path) -> AbstractContextManager[BinaryIO]:
    """A stream for the file's new content; a device or pipe takes it as it comes."""
    return path.open("wb") if path.exists() and not path.is_file() else replaced(path)


@contextmanager
def _writing(target: Path | str) -> Iterator[None]:
    try:
        yield
    except BrokenPipeError:
        raise
    except OSError as error:
        raise OfstedKgError(f"{target}: cannot be written: {error.strerror or error}") from None

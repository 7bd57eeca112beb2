"""Where questions are asked: an embedded store built from the files, or an endpoint.

Every store answers `query(text, bindings)` with a pyoxigraph result. In the
embedded store each file's triples stand in its named graph and in the default
graph, so that a query without GRAPH sees one merged graph.
"""

import contextlib
import os
import re
import sys
from collections.abc import Callable, Iterator, Mapping, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Protocol, TextIO, TypeAlias

import pyoxigraph as ox

from ofsted_kg.errors import OfstedKgError
from ofsted_kg.rdf.files import (
    GraphFile,
    content_digest,
    graph_files,
    root,
    settled,
    stat_signature,
)
from ofsted_kg.rdf.turtle import read_turtle

if TYPE_CHECKING:
    from http.client import HTTPResponse

Term: TypeAlias = ox.NamedNode | ox.BlankNode | ox.Literal
Bindings: TypeAlias = Mapping[str, Sequence[Term]]
Result: TypeAlias = ox.QuerySolutions | ox.QueryBoolean | ox.QueryTriples

_LAYOUT = 2  # raised when the way of storing changes, so that older stores are rebuilt
_KEPT_STORES = 3
_LOCK_SECONDS = 300
_DIGEST = re.compile("[0-9a-f]{32}")
_INVENTORY = "inventory"  # in a finished store: its files with their sizes, and a last line
_LAST_LINE = "complete"
_LARGEST_ANSWER = 512 * 1024 * 1024  # bytes
_DEEPEST = 200
PARAMETERS_MARK = "# parameters"


class Store(Protocol):
    """What a question needs of a store."""

    def query(self, text: str, bindings: Bindings | None = None) -> Result:
        """Evaluates SPARQL with variables bound to terms; OfstedKgError if it cannot."""
        ...


def select(store: Store, text: str, bindings: Bindings | None = None) -> ox.QuerySolutions:
    """The solutions of a SELECT query; OfstedKgError where it is of another form."""
    result = store.query(text, bindings)
    if not isinstance(result, ox.QuerySolutions):
        raise OfstedKgError("the query is no SELECT")
    return result


def bind(text: str, bindings: Bindings | None) -> str:
    """The query with a VALUES block for each bound variable at its parameters marks.

    VALUES is SPARQL's own way to hand terms to a query, and the only one that every
    engine and endpoint shares. The terms are written by the RDF library, never by us:
    what a user typed is a term before it comes here, and cannot become syntax.
    """
    if not bindings:
        return text
    if PARAMETERS_MARK not in text:
        raise OfstedKgError(f"the query has no line “{PARAMETERS_MARK}” to bind parameters at")
    rows = "".join(
        f"VALUES ?{name} {{ {' '.join(map(str, terms))} }}\n" for name, terms in bindings.items()
    )
    return text.replace(PARAMETERS_MARK, rows)


class EmbeddedStore:
    """A pyoxigraph store, on disk or in memory.

    `held` is the locked inventory of a store on disk: open as long as the store is.
    """

    def __init__(self, store: ox.Store, held: TextIO | None = None) -> None:
        self._store = store
        self._held = held

    def query(self, text: str, bindings: Bindings | None = None) -> Result:
        """See Store."""
        _refuse_deep_nesting(text)
        try:
            return self._store.query(bind(text, bindings))
        except SyntaxError as error:
            reason = " ".join(str(error).split())
            raise OfstedKgError(f"the query is not SPARQL: {reason}") from None
        except (ValueError, OSError, RuntimeError) as error:
            raise OfstedKgError(f"the query failed: {error}") from None

    def __len__(self) -> int:
        return len(self._store)


def _refuse_deep_nesting(text: str) -> None:
    """The engine's parser calls itself for each bracket, and ends the process when too deep."""
    if sum(map(text.count, "({[")) <= _DEEPEST:
        return
    depth = deepest = 0
    for character in text:
        depth += (character in "({[") - (character in ")}]")
        deepest = max(deepest, depth)
    if deepest > _DEEPEST:
        raise OfstedKgError(f"the query nests brackets {deepest} deep; {_DEEPEST} is the limit")


class RemoteStore:
    """A SPARQL 1.1 endpoint whose default graph holds the data (or unites its graphs)."""

    def __init__(self, endpoint: str, timeout: int = 60, largest: int = _LARGEST_ANSWER) -> None:
        if not endpoint.startswith(("http://", "https://")):
            raise OfstedKgError(f"{endpoint}: an endpoint is an http or https address")
        self.endpoint = endpoint
        self._timeout = timeout
        self._largest = largest

    def query(self, text: str, bindings: Bindings | None = None) -> Result:
        """See Store; the whole answer is read and checked before it is returned."""
        from http.client import HTTPException

        from SPARQLWrapper import JSON, POST, TURTLE, SPARQLWrapper
        from SPARQLWrapper.SPARQLExceptions import SPARQLWrapperException

        # Asked of nothing first: an update is refused as no query, and the kind of answer known.
        expected = type(EmbeddedStore(ox.Store()).query(text, bindings))
        wrapper = SPARQLWrapper(self.endpoint, agent="ofsted-kg")
        wrapper.setQuery(bind(text, bindings))
        # SPARQLWrapper looks for the kind in comments too, and would send some as updates.
        wrapper.queryType = "CONSTRUCT" if expected is ox.QueryTriples else "SELECT"
        wrapper.setReturnFormat(TURTLE if expected is ox.QueryTriples else JSON)
        wrapper.setMethod(POST)
        wrapper.setTimeout(self._timeout)
        try:
            body = self._read(wrapper.query().response)
        except (SPARQLWrapperException, HTTPException, OSError, ValueError) as error:
            reason = " ".join(str(error).split())[:300] or type(error).__name__
            raise OfstedKgError(f"{self.endpoint}: {reason}") from None
        result = _parsed(body, expected)
        if result is None:
            raise OfstedKgError(
                f"{self.endpoint}: the answer is cut short or is no SPARQL result; "
                "the endpoint may have run out of time"
            )
        return result

    def _read(self, response: "HTTPResponse") -> bytes:
        """The whole body; OSError where it comes too slowly or is too large to be an answer."""
        import time

        latest = time.monotonic() + self._timeout
        body = bytearray()
        while part := response.read1(1 << 20):
            body += part
            if len(body) > self._largest:
                raise OSError(f"the answer is larger than {self._largest >> 20} MiB")
            if time.monotonic() > latest:
                raise OSError(f"no whole answer within {self._timeout} seconds")
        return bytes(body)


def _parsed(body: bytes, expected: type[Result]) -> Result | None:
    """The result of the expected kind, read to its end; None for anything else."""
    import json

    try:
        if expected is ox.QueryTriples:
            held = ox.Store()
            held.load(body, format=ox.RdfFormat.TURTLE)
            return held.query("CONSTRUCT { ?s ?p ?o } WHERE { ?s ?p ?o }")
        json.loads(body)  # a server that runs out of time may cut its answer, with status 200
        result = ox.parse_query_results(body, format=ox.QueryResultsFormat.JSON)
        if isinstance(result, ox.QuerySolutions):
            for _ in result:
                pass
            result = ox.parse_query_results(body, format=ox.QueryResultsFormat.JSON)
    except (ValueError, SyntaxError):
        return None
    return result if isinstance(result, expected) else None


def open_store(endpoint: str | None = None) -> Store:
    """The endpoint if one is named, else the embedded store of the files at hand."""
    return _embedded() if endpoint is None else RemoteStore(endpoint)


def cache_folder() -> Path:
    """`OFSTED_KG_CACHE`, else the user's cache folder for this project."""
    if named := os.environ.get("OFSTED_KG_CACHE"):
        return Path(named)
    base = os.environ.get("XDG_CACHE_HOME") or (
        os.environ.get("LOCALAPPDATA") if os.name == "nt" else None
    )
    return (Path(base) if base else Path.home() / ".cache") / "ofsted-kg"


def _embedded() -> EmbeddedStore:
    files = graph_files(root())
    try:
        return _cached(files)
    except (OSError, RuntimeError):
        # No folder to write to, a full disk, or files that change while they are read.
        store = ox.Store()
        load(store, files)
        return EmbeddedStore(store)


def _cached(files: list[GraphFile]) -> EmbeddedStore:
    """Opens the store of these files, building it first if need be.

    A pointer named after sizes and times of change holds the content digest that names
    the store, so that unchanged files are not read at all.
    """
    cache = cache_folder()
    pointer = cache / f"files-{_LAYOUT}-{stat_signature(files)[:32]}"
    store = _open(_folder(cache, _pointed(pointer)))
    if store is None:
        from filelock import FileLock

        cache.mkdir(parents=True, exist_ok=True)
        with FileLock(cache / "build.lock", timeout=_LOCK_SECONDS):
            digest = content_digest(files)[:32]
            folder = _folder(cache, digest)
            store = _open(folder) or _build(folder, files, digest)
            if settled(files):
                _replace_text(pointer, digest)
            _clean(cache, folder)
    return store


def _pointed(pointer: Path) -> str:
    """The digest in a pointer; nothing where it is missing or holds anything else."""
    try:
        text = pointer.read_text(encoding="ascii", errors="replace")
    except OSError:
        return ""
    return text if _DIGEST.fullmatch(text) else ""


def _folder(cache: Path, digest: str) -> Path:
    return cache / f"store-{_LAYOUT}-{ox.__version__}-{digest}"


def _open(folder: Path) -> EmbeddedStore | None:
    """The finished store in this folder; None where there is none or it is damaged."""
    try:
        held = (folder / _INVENTORY).open(encoding="utf-8")
        _lock(held)
        if not _is_whole(folder, held.read()):
            return None
        store = EmbeddedStore(ox.Store.read_only(str(folder)), held)
    except (OSError, RuntimeError, ValueError):
        return None
    with contextlib.suppress(OSError):  # a cache that can only be read
        os.utime(folder)
    return store


def _lock(file: TextIO, *, exclusive: bool = False) -> None:
    """Locks a file until it is closed; OSError where another process is in the way."""
    if sys.platform != "win32":  # Windows removes no open file
        import fcntl

        fcntl.flock(file, (fcntl.LOCK_EX if exclusive else fcntl.LOCK_SH) | fcntl.LOCK_NB)


def _is_whole(folder: Path, inventory: str) -> bool:
    """Whether the files have their sizes: RocksDB takes a cut manifest for a smaller store."""
    *lines, last = inventory.splitlines() or [""]
    entries = (line.rsplit(" ", 1) for line in lines)
    return last == _LAST_LINE and all(
        (folder / name).stat().st_size == int(size) for name, size in entries
    )


def _inventory(folder: Path) -> str:
    paths = sorted(path for path in folder.iterdir() if not path.name.startswith("LOG"))
    return "".join(f"{path.name} {path.stat().st_size}\n" for path in paths) + _LAST_LINE


def _build(folder: Path, files: list[GraphFile], digest: str) -> EmbeddedStore:
    """Builds beside and renames, so that a kill at any moment leaves no half store."""
    import shutil
    import time

    beside = folder.with_name(f"building-{os.getpid()}-{time.monotonic_ns()}")
    try:
        store = ox.Store(str(beside))
        load(store, files, progress=_progress())
        store.flush()
        del store
        if content_digest(files)[:32] != digest:
            raise OSError("the files changed while they were read")
        (beside / _INVENTORY).write_text(_inventory(beside), encoding="utf-8")
        if folder.exists():
            shutil.rmtree(folder)
        beside.rename(folder)
    finally:
        shutil.rmtree(beside, ignore_errors=True)
    opened = _open(folder)
    if opened is None:
        raise OSError(f"{folder} cannot be opened")
    return opened


def _clean(cache: Path, current: Path) -> None:
    """Removes killed builds, and all but the most recently used stores with their pointers.

    Called under the build lock, so that every `building-` folder is an orphan.
    """
    import shutil
    import time

    digest = _DIGEST.pattern
    for orphan in _named(cache, r"building-\d+-\d+"):
        shutil.rmtree(orphan, ignore_errors=True)
    others = [store for store in _named(cache, rf"store-\d+-[\w.]+-{digest}") if store != current]
    others.sort(key=lambda store: store.stat().st_mtime, reverse=True)
    for store in others[_KEPT_STORES - 1 :]:
        aside = cache / f"building-{os.getpid()}-{time.monotonic_ns()}"
        if _put_aside(store, aside):
            shutil.rmtree(aside, ignore_errors=True)
    for pointer in _named(cache, rf"files-\d+-{digest}(\.\d+)?"):
        if not _folder(cache, _pointed(pointer)).exists():
            with contextlib.suppress(OSError):
                pointer.unlink()


def _put_aside(store: Path, aside: Path) -> bool:
    """Renames a store that no process has open, so that a kill leaves no half removed one."""
    with contextlib.suppress(OSError):
        with contextlib.suppress(FileNotFoundError), (store / _INVENTORY).open() as inventory:
            _lock(inventory, exclusive=True)
            store.rename(aside)
            return True
        store.rename(aside)  # no inventory: damaged
        return True
    return False


def _named(cache: Path, pattern: str) -> list[Path]:
    return [path for path in cache.iterdir() if re.fullmatch(pattern, path.name)]


def _replace_text(path: Path, content: str) -> None:
    beside = path.with_name(f"{path.name}.{os.getpid()}")
    beside.write_text(content)
    beside.replace(path)


def load(
    store: ox.Store,
    files: list[GraphFile],
    progress: Callable[[list[GraphFile]], Iterator[GraphFile]] = iter,
) -> None:
    """Loads files into a store at one go; SourceError with file, line and column for bad Turtle.

    One bulk load writes large sorted runs; a load for each file would leave thousands of
    small ones to be merged, at more than twice the cost.
    """
    store.bulk_extend(quad for file in progress(files) for quad in _quads(file))


def _quads(file: GraphFile) -> Iterator[ox.Quad]:
    graph, everything = ox.NamedNode(file.graph), ox.DefaultGraph()
    for triple in read_turtle(file.path, rename_blank_nodes=True):
        yield ox.Quad(triple.subject, triple.predicate, triple.object, graph)
        yield ox.Quad(triple.subject, triple.predicate, triple.object, everything)


def _progress() -> Callable[[list[GraphFile]], Iterator[GraphFile]]:
    if not sys.stderr.isatty():
        return iter
    from tqdm import tqdm

    return lambda files: iter(tqdm(files, desc="building the store", unit="file", leave=False))

"""Where questions are asked: an embedded store built from the files, or an endpoint.

Every store answers `query(text, bindings)` with a pyoxigraph result. In the
embedded store each file's triples stand in its named graph and in the default
graph, so that a query without GRAPH sees one merged graph.
"""

import os
import sys
from collections.abc import Callable, Iterator, Mapping, Sequence
from pathlib import Path
from typing import Protocol, TypeAlias

import pyoxigraph as ox

from ofsted_kg.errors import OfstedKgError, SourceError
from ofsted_kg.graph import GraphFile, content_digest, graph_files, root, stat_signature

Term: TypeAlias = ox.NamedNode | ox.BlankNode | ox.Literal
Bindings: TypeAlias = Mapping[str, Sequence[Term]]
Result: TypeAlias = ox.QuerySolutions | ox.QueryBoolean | ox.QueryTriples

_LAYOUT = 1  # raised when the way of storing changes, so that older stores are rebuilt
_KEEP_SECONDS = 14 * 24 * 3600
PARAMETERS_MARK = "# parameters"


class Store(Protocol):
    """What a question needs of a store."""

    def query(self, text: str, bindings: Bindings | None = None) -> Result:
        """Evaluates SPARQL with variables bound to terms; OfstedKgError if it cannot."""
        ...


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
    """A pyoxigraph store, on disk or in memory."""

    def __init__(self, store: ox.Store) -> None:
        self._store = store

    def query(self, text: str, bindings: Bindings | None = None) -> Result:
        try:
            return self._store.query(bind(text, bindings))
        except SyntaxError as error:
            reason = " ".join(str(error).split())
            raise OfstedKgError(f"the query is not SPARQL: {reason}") from None
        except (ValueError, OSError, RuntimeError) as error:
            raise OfstedKgError(f"the query failed: {error}") from None

    def __len__(self) -> int:
        return len(self._store)


class RemoteStore:
    """A SPARQL 1.1 endpoint whose default graph holds the data (or unites its graphs)."""

    def __init__(self, endpoint: str, timeout: int = 60) -> None:
        if not endpoint.startswith(("http://", "https://")):
            raise OfstedKgError(f"{endpoint}: an endpoint is an http or https address")
        self.endpoint = endpoint
        self._timeout = timeout

    def query(self, text: str, bindings: Bindings | None = None) -> Result:
        import json

        from SPARQLWrapper import JSON, POST, TURTLE, SPARQLWrapper
        from SPARQLWrapper.SPARQLExceptions import SPARQLWrapperException

        wrapper = SPARQLWrapper(self.endpoint, agent="ofsted-kg")
        wrapper.setQuery(bind(text, bindings))
        wrapper.setMethod(POST)
        wrapper.setTimeout(self._timeout)
        graph = wrapper.queryType in ("CONSTRUCT", "DESCRIBE")
        wrapper.setReturnFormat(TURTLE if graph else JSON)
        try:
            body: bytes = wrapper.query().response.read()
        except (SPARQLWrapperException, OSError) as error:
            reason = " ".join(str(error).split())[:300]
            raise OfstedKgError(f"{self.endpoint}: {reason}") from None
        try:
            if graph:
                held = ox.Store()
                held.load(body, format=ox.RdfFormat.TURTLE)
                return held.query("CONSTRUCT { ?s ?p ?o } WHERE { ?s ?p ?o }")
            json.loads(body)  # a server that runs out of time may cut its answer, with status 200
            return ox.parse_query_results(body, format=ox.QueryResultsFormat.JSON)
        except (ValueError, SyntaxError):
            raise OfstedKgError(
                f"{self.endpoint}: the answer is cut short or is no SPARQL result; "
                "the endpoint may have run out of time"
            ) from None


def open_store(endpoint: str | None = None) -> Store:
    """The endpoint if one is named, else the embedded store of the files at hand."""
    return RemoteStore(endpoint) if endpoint else _embedded()


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
    except OSError:
        # No folder to write to, or a store that another program broke: work in memory.
        store = ox.Store()
        load(store, files)
        return EmbeddedStore(store)


def _cached(files: list[GraphFile]) -> EmbeddedStore:
    """Opens the store of these files, building it first if need be.

    A pointer named after sizes and times of change leads to the store named after the
    content digest, so that unchanged files are not read at all.
    """
    cache = cache_folder()
    pointer = cache / f"files-{_LAYOUT}-{stat_signature(files)[:32]}"
    try:
        store = _open(cache / pointer.read_text())
    except OSError:
        store = None
    if store is None:
        from filelock import FileLock

        cache.mkdir(parents=True, exist_ok=True)
        with FileLock(cache / "build.lock"):
            digest = content_digest(files)
            folder = cache / f"store-{_LAYOUT}-{ox.__version__}-{digest[:32]}"
            store = _open(folder) or _build(folder, files)
            _replace_text(pointer, folder.name)
            _clean(cache, folder)
    return store


def _open(folder: Path) -> EmbeddedStore | None:
    if not (folder / "CURRENT").exists():
        return None
    try:
        return EmbeddedStore(ox.Store.read_only(str(folder)))
    except (OSError, ValueError):
        return None


def _build(folder: Path, files: list[GraphFile]) -> EmbeddedStore:
    """Builds beside and renames, so that a kill at any moment leaves no half store."""
    import shutil
    import time

    beside = folder.with_name(f"building-{os.getpid()}-{time.monotonic_ns()}")
    try:
        store = ox.Store(str(beside))
        load(store, files, progress=_progress())
        store.optimize()
        store.flush()
        del store
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
    """Removes builds that were killed and stores that nothing has pointed to for a while.

    Called under the build lock, so every `building-` folder but ours is an orphan. A
    store that another process has open goes on serving it: its files stay until closed.
    """
    import shutil
    import time

    oldest = time.time() - _KEEP_SECONDS
    for path in cache.iterdir():
        orphan = path.name.startswith("building-")
        stale = path.name.startswith(("store-", "files-")) and path != current
        try:
            if orphan or (stale and path.stat().st_mtime < oldest):
                shutil.rmtree(path) if path.is_dir() else path.unlink()
        except OSError:
            continue


def _replace_text(path: Path, content: str) -> None:
    beside = path.with_name(f"{path.name}.{os.getpid()}")
    beside.write_text(content)
    beside.replace(path)


def load(
    store: ox.Store,
    files: list[GraphFile],
    progress: Callable[[list[GraphFile]], Iterator[GraphFile]] = iter,
) -> None:
    """Loads files into a store; SourceError with file, line and column for bad Turtle."""
    for file in progress(files):
        for graph in (ox.NamedNode(file.graph), ox.DefaultGraph()):
            try:
                store.bulk_load(
                    path=str(file.path), format=ox.RdfFormat.TURTLE, to_graph=graph, lenient=True
                )
            except SyntaxError as error:
                raise turtle_error(file.path, error) from None


def turtle_error(path: Path, error: SyntaxError) -> SourceError:
    """One line for a Turtle file that does not parse: file, line, column and cause."""
    cause = " ".join(str(error.msg).split())
    return SourceError(f"{path}:{error.lineno}:{error.offset}: not Turtle: {cause}")


def _progress() -> Callable[[list[GraphFile]], Iterator[GraphFile]]:
    if not sys.stderr.isatty():
        return iter
    from tqdm import tqdm

    return lambda files: iter(tqdm(files, desc="building the store", unit="file", leave=False))

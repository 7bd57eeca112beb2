"""The store inside this process, and the loading of files into one.

Each file's triples stand in its named graph and in the default graph, so that a query
without GRAPH sees one merged graph. Not so what a machine found in sentences, of which the
default graph has the graphs' descriptions only: whoever wants it names it by GRAPH.
"""

from collections.abc import Callable, Iterator
from typing import TextIO

import pyoxigraph as ox

from ofsted_kg.errors import OfstedKgError
from ofsted_kg.rdf.files import GraphFile
from ofsted_kg.store.protocol import Bindings, Result, bind

_DEEPEST = 200


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


def kind_of(text: str, bindings: Bindings | None = None) -> type[Result]:
    """What a query gives, rows, a yes or no, or triples: asked of an empty store.

    So that an update, or what is no SPARQL, is refused as each store refuses it.
    """
    return type(EmbeddedStore(ox.Store()).query(text, bindings))


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
    from ofsted_kg.rdf.turtle import read_turtle  # not needed to ask a store that is built

    graph, everything = ox.NamedNode(file.graph), ox.DefaultGraph()
    for triple in read_turtle(file.path, rename_blank_nodes=True):
        yield ox.Quad(triple.subject, triple.predicate, triple.object, graph)
        if not file.is_apart or triple.subject == graph:
            yield ox.Quad(triple.subject, triple.predicate, triple.object, everything)

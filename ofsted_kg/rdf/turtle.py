"""Turtle: the one reader, the one writer, the one error."""

import re
from collections.abc import Iterable, Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path
from typing import TypeAlias

from pyoxigraph import BlankNode, Literal, NamedNode, RdfFormat, Store, Triple, parse

from ofsted_kg.errors import SourceError
from ofsted_kg.rdf.terms import DATA, PREFIXES, XSD
from ofsted_kg.rdf.writing import write_bytes

Subject: TypeAlias = NamedNode | BlankNode | Triple

# What stands after a prefix, or after the base, without any escape.
_LOCAL = re.compile(r"[A-Za-z0-9_](?:[A-Za-z0-9_.-]*[A-Za-z0-9_-])?")
_RELATIVE = re.compile(r"[A-Za-z0-9_-][A-Za-z0-9_.-]*(?:/[A-Za-z0-9_-][A-Za-z0-9_.-]*)*")
_SHORT = {
    XSD + "integer": re.compile(r"0|-?[1-9][0-9]*"),
    XSD + "decimal": re.compile(r"-?(?:0|[1-9][0-9]*)\.[0-9]+"),
    XSD + "boolean": re.compile(r"true|false"),
}
_TYPE = NamedNode("http://www.w3.org/1999/02/22-rdf-syntax-ns#type")
_STRING = XSD + "string"
_NEXT = " ;\n    "


def read_turtle(path: Path, *, rename_blank_nodes: bool = False) -> Iterator[Triple]:
    """The triples of a Turtle file, one by one.

    `rename_blank_nodes` gives those of each file names of their own. Raises SourceError
    with file, line and column where it is not Turtle, and where it cannot be read.
    """
    with _reading(path):
        for quad in parse(
            path=str(path), format=RdfFormat.TURTLE, rename_blank_nodes=rename_blank_nodes
        ):
            yield quad.triple


def load_turtle(store: Store, paths: Iterable[Path]) -> None:
    """Add the triples of files to the default graph of a store; SourceError as in `read_turtle`."""
    for path in paths:
        with _reading(path):
            store.load(path=str(path), format=RdfFormat.TURTLE)


@contextmanager
def _reading(path: Path) -> Iterator[None]:
    try:
        yield
    except SyntaxError as error:
        # The parser's words begin with the place, which has been said.
        cause = re.sub(r"^Parser error at line [^:]*: ", "", " ".join(str(error.msg).split()))
        raise SourceError(f"{path}:{error.lineno}:{error.offset}: not Turtle: {cause}") from None
    except OSError as error:
        raise SourceError(f"{path}: cannot be read: {error.strerror or error}") from None


def encode_turtle(
    triples: Iterable[Triple],
    comment: str | None = None,
    prefixes: Mapping[str, str] = PREFIXES,
    base: str | None = DATA,
    *,
    blank_nodes: bool = False,
) -> bytes:
    """Turtle with each subject in one block, subjects in order of first appearance.

    Triples keep their order within a subject, a line for each but for types that stand
    together, and repeated ones are dropped, so that equal input gives equal bytes. An IRI
    is written after one of the `prefixes` or else after the `base`, where nothing need be
    escaped, and those in use are declared. `comment` becomes the first line.
    Raises ValueError for a blank node unless `blank_nodes` lets them in: every thing in
    this graph has a name, only other people's graphs and OWL's lists have things without.
    """
    write = _Writer(prefixes, base, blank_nodes)
    blocks = [write.block(subject, found) for subject, found in by_subject(triples).items()]
    head = f"# {' '.join(comment.split())}\n" if comment else ""
    head += "".join(write.declarations())
    return "\n".join([head, *blocks] if head else blocks).encode()


def encode_lines(
    triples: Iterable[Triple], comment: str, prefixes: Mapping[str, str] = PREFIXES
) -> bytes:
    """As `encode_turtle`, with each subject on a line of its own: for many small things alike."""
    write = _Writer(prefixes, DATA, blank_nodes=False)
    lines = [write.block(one, found, " ; ") for one, found in by_subject(triples).items()]
    return "".join([f"# {comment}\n", *write.declarations(), "\n", *lines]).encode()


def by_subject(triples: Iterable[Triple]) -> dict[Subject, dict[Triple, None]]:
    """Triples once each, grouped by subject in order of first appearance."""
    blocks: dict[Subject, dict[Triple, None]] = {}
    for triple in triples:
        blocks.setdefault(triple.subject, {})[triple] = None
    return blocks


def write_turtle(
    path: Path,
    triples: Iterable[Triple],
    comment: str | None = None,
    prefixes: Mapping[str, str] = PREFIXES,
) -> bool:
    """Write triples as a Turtle file by `encode_turtle` and `write_bytes`."""
    return write_bytes(path, encode_turtle(triples, comment, prefixes))


class _Writer:
    """Terms → text, noting which prefixes are used."""

    def __init__(self, prefixes: Mapping[str, str], base: str | None, blank_nodes: bool) -> None:
        self._prefixes = prefixes
        self._blank_nodes = blank_nodes
        self._spaces = {space: prefix for prefix, space in prefixes.items()}
        self._base = base
        self._used: set[str | None] = set()
        self._names: dict[NamedNode, str] = {}

    def declarations(self) -> Iterator[str]:
        if None in self._used:
            yield f"@base <{self._base}> .\n"
        for prefix in sorted(name for name in self._used if name is not None):
            yield f"@prefix {prefix}: <{self._prefixes[prefix]}> .\n"

    def block(self, subject: object, triples: Iterable[Triple], between: str = _NEXT) -> str:
        lines: list[str] = []
        kinds = False  # whether the line before is one of types
        for triple in triples:
            value = self._term(triple.object)
            if triple.predicate == _TYPE:
                if kinds:
                    lines[-1] += f" , {value}"
                else:
                    lines.append(f"a {value}")
                kinds = True
            else:
                lines.append(f"{self._name(triple.predicate)} {value}")
                kinds = False
        return f"{self._term(subject)} {between.join(lines)} .\n"

    def _term(self, term: object) -> str:
        if isinstance(term, NamedNode):
            return self._name(term)
        if not isinstance(term, Literal):
            if not self._blank_nodes:
                raise ValueError(f"blank node: {term}")
            return f"<<( {term} )>>" if isinstance(term, Triple) else str(term)
        datatype = term.datatype.value
        if datatype == _STRING or term.language:
            return str(term)
        short = _SHORT.get(datatype)
        if short and short.fullmatch(term.value):
            return term.value
        return f"{Literal(term.value)}^^{self._name(term.datatype)}"

    def _name(self, node: NamedNode) -> str:
        known = self._names.get(node)
        if known is None:
            known = self._names[node] = self._named(node)
        return known

    def _named(self, node: NamedNode) -> str:
        value = node.value
        cut = max(value.rfind("/"), value.rfind("#")) + 1
        prefix = self._spaces.get(value[:cut])
        if prefix is not None and _LOCAL.fullmatch(value, cut):
            self._used.add(prefix)
            return f"{prefix}:{value[cut:]}"
        base = self._base
        if base and value.startswith(base) and _RELATIVE.fullmatch(value, len(base)):
            self._used.add(None)
            return f"<{value[len(base) :]}>"
        return str(node)

"""Turtle files: one way to write them."""

import os
import tempfile
from collections.abc import Iterable
from pathlib import Path

from pyoxigraph import BlankNode, NamedNode, RdfFormat, Triple, serialize

from ofsted_kg.rdf.terms import PREFIXES


def encode_turtle(triples: Iterable[Triple], comment: str | None = None) -> bytes:
    """Turtle with each subject in one block, subjects in order of first appearance.

    Triples keep their order within a subject and repeated ones are dropped, so
    that equal input gives equal bytes. `comment` becomes the first line.
    Raises ValueError for a blank node: every thing in this graph has a name.
    """
    blocks: dict[NamedNode | BlankNode | Triple, dict[Triple, None]] = {}
    for triple in triples:
        if BlankNode in (type(triple.subject), type(triple.object)):
            raise ValueError(f"blank node in {triple}")
        blocks.setdefault(triple.subject, {})[triple] = None
    ordered = (triple for block in blocks.values() for triple in block)
    body = serialize(ordered, format=RdfFormat.TURTLE, prefixes=PREFIXES)
    if body is None:
        raise ValueError("nothing was serialised")
    head = f"# {' '.join(comment.split())}\n".encode() if comment else b""
    return head + body


def write_bytes(path: Path, content: bytes) -> bool:
    """Replace a file as a whole; False where it already held just these bytes.

    The new file is written beside the old one and renamed, so that a reader or
    a kill at any moment meets the old file or the new one.
    """
    if path.is_file() and path.read_bytes() == content:
        return False
    path.parent.mkdir(parents=True, exist_ok=True)
    handle, name = tempfile.mkstemp(dir=path.parent, prefix=f".{path.name}.")
    beside = Path(name)
    try:
        with os.fdopen(handle, "wb") as stream:
            stream.write(content)
        beside.chmod(0o644)
        beside.replace(path)
    except BaseException:
        beside.unlink(missing_ok=True)
        raise
    return True


def write_turtle(path: Path, triples: Iterable[Triple], comment: str | None = None) -> bool:
    """Write triples as a Turtle file by `encode_turtle` and `write_bytes`."""
    return write_bytes(path, encode_turtle(triples, comment))

"""Terms and Turtle files: one place for IRIs, prefixes and the way files are written."""

import datetime
import os
import tempfile
from collections.abc import Iterable
from pathlib import Path

from pyoxigraph import BlankNode, Literal, NamedNode, RdfFormat, Triple, serialize

from ofsted_kg.graph import GRAPH

DEF = "https://w3id.org/ofsted-kg/def#"
DATA = "https://w3id.org/ofsted-kg/id/"
XSD = "http://www.w3.org/2001/XMLSchema#"

# Prefixes in the order in which they stand at the head of every generated file.
PREFIXES: dict[str, str] = {
    "okg": DEF,
    "rdf": "http://www.w3.org/1999/02/22-rdf-syntax-ns#",
    "rdfs": "http://www.w3.org/2000/01/rdf-schema#",
    "xsd": XSD,
    "owl": "http://www.w3.org/2002/07/owl#",
    "skos": "http://www.w3.org/2004/02/skos/core#",
    "dcterms": "http://purl.org/dc/terms/",
    "prov": "http://www.w3.org/ns/prov#",
    "oa": "http://www.w3.org/ns/oa#",
    "org": "http://www.w3.org/ns/org#",
    "adms": "http://www.w3.org/ns/adms#",
    "foaf": "http://xmlns.com/foaf/0.1/",
    "bibo": "http://purl.org/ontology/bibo/",
    "dcat": "http://www.w3.org/ns/dcat#",
    "authority": DATA + "authority/",
    "geography": DATA + "geography/",
    "region": DATA + "region/",
    "organisation": DATA + "organisation/",
    "service-type": DATA + "service-type/",
    "scheme": DATA + "identifier-scheme/",
    "framework": DATA + "framework/",
    "scale": DATA + "scale/",
    "document": DATA + "document/",
    "text": DATA + "text/",
}


def term(curie: str) -> NamedNode:
    """The IRI of a prefixed name such as `okg:Judgement`; KeyError for an unknown prefix."""
    prefix, _, local = curie.partition(":")
    return NamedNode(PREFIXES[prefix] + local)


def iri(*parts: str) -> NamedNode:
    """An IRI of this graph's data: `iri("authority", "CMD")`."""
    return NamedNode(DATA + "/".join(parts))


def graph_iri(name: str) -> NamedNode:
    """The graph of the file `data/{name}.ttl`: `graph_iri("reference/regions")`."""
    return NamedNode(GRAPH + name)


def literal(value: str, *, lang: str | None = None) -> Literal:
    """A plain string, or a text in a language."""
    return Literal(value, language=lang)


def text(value: str) -> Literal:
    """A text in English."""
    return Literal(value, language="en")


def number(value: int, datatype: str = "integer") -> Literal:
    """A whole number; the vocabulary's ranks and numbers take `positiveInteger`."""
    return Literal(str(value), datatype=NamedNode(XSD + datatype))


def date(value: datetime.date | str) -> Literal:
    """A day, month or year (`2012-04-10`, `2012-04`, `2012`) with the datatype of its length.

    Raises ValueError where the value is none of the three or no such day exists.
    """
    written = value if isinstance(value, str) else value.isoformat()
    forms = {10: ("date", ""), 7: ("gYearMonth", "-01"), 4: ("gYear", "-01-01")}
    if len(written) not in forms:
        raise ValueError(f"{written!r} is not a day, month or year")
    datatype, first_day = forms[len(written)]
    datetime.date.fromisoformat(written + first_day)
    return Literal(written, datatype=NamedNode(XSD + datatype))


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

"""Terms: one place for IRIs, prefixes and literals."""

import datetime
from functools import cache

from pyoxigraph import Literal, NamedNode

from ofsted_kg.rdf.files import GRAPH

DEF = "https://w3id.org/ofsted-kg/def#"
DATA = "https://w3id.org/ofsted-kg/id/"
XSD = "http://www.w3.org/2001/XMLSchema#"

# Prefixes by which generated files and printed terms are shortened.
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


@cache  # as many as the code names
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


def last(node: NamedNode) -> str:
    """The last segment of an IRI: `CMD` of `…/id/authority/CMD`."""
    return node.value.rsplit("/", 1)[1]


def literal(value: str, *, lang: str | None = None) -> Literal:
    """A plain string, or a text in a language."""
    return Literal(value, language=lang)


def text(value: str) -> Literal:
    """A text in English."""
    return Literal(value, language="en")


@cache
def _datatype(name: str) -> NamedNode:
    return NamedNode(XSD + name)


def number(value: int, datatype: str = "integer") -> Literal:
    """A whole number; the vocabulary's ranks and numbers take `positiveInteger`."""
    return Literal(str(value), datatype=_datatype(datatype))


def decimal(value: float) -> Literal:
    """A share from 0 to 1, to two places."""
    return Literal(f"{value:.2f}", datatype=_datatype("decimal"))


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

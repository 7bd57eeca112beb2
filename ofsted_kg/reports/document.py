"""The document that a report is: its titles, digests and text rendition, and its file."""

from collections.abc import Iterable, Iterator

from pyoxigraph import NamedNode, Triple

from ofsted_kg.identity.assessments import Identity
from ofsted_kg.identity.names import person_slug
from ofsted_kg.rdf.terms import DATA, PREFIXES, date, graph_iri, iri, literal, number, term, text
from ofsted_kg.rdf.turtle import encode_turtle
from ofsted_kg.reports.families import family_of
from ofsted_kg.reports.report import Report

OGL = NamedNode("http://www.nationalarchives.gov.uk/doc/open-government-licence/version/3/")
_A = term("rdf:type")

_OWN_PREFIXES = (
    *("area", "assessment-kind", "passage-role", "person", "service", "theme", "timescale"),
)


def report_name(identity: Identity) -> str:
    """The path of a report's file under `data/reports`, without its ending."""
    return f"{identity.authority.key.lower()}/{identity.framework}-{identity.date}"


def report_turtle(triples: list[Triple], identity: Identity, comment: str) -> bytes:
    """A report's graph as Turtle, with short names for its own parts; `comment` comes first."""
    prefixes = PREFIXES | {name: f"{DATA}{name}/" for name in _OWN_PREFIXES}
    prefixes["a"] = f"{DATA}assessment/{identity.authority.key}/{identity.framework}/"
    prefixes["p"] = f"{DATA}passage/{identity.slug}/"
    return encode_turtle(triples, comment, prefixes)


def document_triples(
    report: Report,
    identity: Identity,
    inspectorates: Iterable[NamedNode],
    assessments: Iterable[NamedNode],
    address: str = "",
) -> Iterator[Triple]:
    """The graph's own description, the document and the rendition that positions refer to."""
    document = iri("document", identity.slug)
    graph = graph_iri(f"reports/{report_name(identity)}")
    title, cited = family_of(report).titles(report)
    year = identity.published or report.published or report.inspection_start or ""
    short = f"{identity.authority.name} {cited} {str(year)[:4]}".strip()
    yield Triple(graph, _A, term("prov:Bundle"))
    yield Triple(graph, term("prov:wasDerivedFrom"), document)
    yield Triple(graph, term("dcterms:license"), OGL)
    yield Triple(document, _A, term("okg:InspectionReport"))
    yield Triple(document, _A, term("okg:SourceDocument"))
    yield Triple(document, term("dcterms:title"), text(f"{title}: {identity.authority.title}"))
    yield Triple(document, term("bibo:shortTitle"), text(short))
    for inspectorate in inspectorates:
        yield Triple(document, term("dcterms:publisher"), inspectorate)
    if report.published:
        yield Triple(document, term("dcterms:issued"), date(report.published))
    yield Triple(document, term("okg:fileSha256"), literal(report.digest))
    yield Triple(document, term("dcterms:license"), OGL)
    for assessment in assessments:
        yield Triple(document, term("okg:reportsOn"), assessment)
    if address:
        yield Triple(document, term("foaf:page"), NamedNode(address))
    yield Triple(document, term("dcterms:language"), literal("en"))
    yield from _rendition(report, identity, document, short)


def _rendition(
    report: Report, identity: Identity, document: NamedNode, short: str
) -> Iterator[Triple]:
    rendition = iri("text", identity.slug)
    extractor = iri("agent", person_slug(report.extractor))
    yield Triple(rendition, _A, term("okg:TextRendition"))
    yield Triple(rendition, term("bibo:shortTitle"), text(short))
    yield Triple(rendition, term("okg:isRenditionOf"), document)
    yield Triple(rendition, term("dcterms:format"), literal("text/plain; charset=utf-8"))
    yield Triple(rendition, term("okg:textSha256"), literal(report.text_digest))
    yield Triple(rendition, term("okg:characterCount"), number(len(report.text)))
    yield Triple(rendition, term("prov:wasAttributedTo"), extractor)
    yield Triple(extractor, _A, term("prov:SoftwareAgent"))
    yield Triple(extractor, term("rdfs:label"), text(report.extractor))

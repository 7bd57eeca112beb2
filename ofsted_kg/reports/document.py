"""The document that a report is: its titles, digests and text rendition, and its file."""

import re
import unicodedata
from collections.abc import Iterable, Iterator

from pyoxigraph import NamedNode, Triple

from ofsted_kg.rdf.terms import DATA, PREFIXES, date, graph_iri, iri, literal, number, term, text
from ofsted_kg.rdf.turtle import encode_turtle
from ofsted_kg.reports.context import ReportIdentity
from ofsted_kg.reports.report import Report

OGL = NamedNode("http://www.nationalarchives.gov.uk/doc/open-government-licence/version/3/")
_A = term("rdf:type")

# The printed title of each family's reports, and what a citation calls one.
TITLES = {
    "sif-2013": (
        "Inspection of services for children in need of help and protection, children looked"
        " after and care leavers",
        "single inspection report",
    ),
    "lac-2013": ("Inspection of looked after children services", "looked after inspection report"),
    "slac-2009": (
        "Inspection of safeguarding and looked after children services",
        "inspection report",
    ),
    "annual-rating-2009": ("Annual rating of children's services", "annual rating letter"),
}
RE_INSPECTION = (
    "Re-inspection of services for children in need of help and protection, children looked"
    " after and care leavers",
    "re-inspection report",
)
OTHER = ("Inspection of local authority children's services", "inspection report")

_OWN_PREFIXES = (
    *("area", "assessment-kind", "passage-role", "person", "service", "theme", "timescale"),
)


def report_name(identity: ReportIdentity) -> str:
    """The path of a report's file under `data/reports`, without its ending."""
    return f"{identity.authority.key.lower()}/{identity.framework}-{identity.date}"


def report_turtle(triples: list[Triple], identity: ReportIdentity, comment: str) -> bytes:
    """A report's graph as Turtle, with short names for its own parts; `comment` comes first."""
    prefixes = PREFIXES | {name: f"{DATA}{name}/" for name in _OWN_PREFIXES}
    prefixes["a"] = f"{DATA}assessment/{identity.authority.key}/{identity.framework}/"
    prefixes["p"] = f"{DATA}passage/{identity.slug}/"
    return encode_turtle(triples, comment, prefixes)


def document_triples(
    report: Report, identity: ReportIdentity, assessments: Iterable[NamedNode]
) -> Iterator[Triple]:
    """The graph's own description, the document and the rendition that positions refer to."""
    document = iri("document", identity.slug)
    graph = graph_iri(f"reports/{report_name(identity)}")
    title, cited = _titles(report)
    year = identity.published or report.published or report.inspection_start or ""
    short = f"{identity.authority.name} {cited} {str(year)[:4]}".strip()
    yield Triple(graph, _A, term("prov:Bundle"))
    yield Triple(graph, term("prov:wasDerivedFrom"), document)
    yield Triple(graph, term("dcterms:license"), OGL)
    yield Triple(document, _A, term("okg:InspectionReport"))
    yield Triple(document, _A, term("okg:SourceDocument"))
    yield Triple(document, term("dcterms:title"), text(f"{title}: {identity.authority.title}"))
    yield Triple(document, term("bibo:shortTitle"), text(short))
    yield Triple(document, term("dcterms:publisher"), iri("organisation", "ofsted"))
    if report.published:
        yield Triple(document, term("dcterms:issued"), date(report.published))
    yield Triple(document, term("okg:fileSha256"), literal(report.digest))
    yield Triple(document, term("dcterms:license"), OGL)
    for assessment in assessments:
        yield Triple(document, term("okg:reportsOn"), assessment)
    yield Triple(document, term("dcterms:language"), literal("en"))
    yield from _rendition(report, identity, document, short)


def _rendition(
    report: Report, identity: ReportIdentity, document: NamedNode, short: str
) -> Iterator[Triple]:
    rendition = iri("text", identity.slug)
    extractor = iri("agent", name_slug(report.extractor))
    yield Triple(rendition, _A, term("okg:TextRendition"))
    yield Triple(rendition, term("bibo:shortTitle"), text(short))
    yield Triple(rendition, term("okg:isRenditionOf"), document)
    yield Triple(rendition, term("dcterms:format"), literal("text/plain; charset=utf-8"))
    yield Triple(rendition, term("okg:textSha256"), literal(report.text_digest))
    yield Triple(rendition, term("okg:characterCount"), number(len(report.text)))
    yield Triple(rendition, term("prov:wasAttributedTo"), extractor)
    yield Triple(extractor, _A, term("prov:SoftwareAgent"))
    yield Triple(extractor, term("rdfs:label"), text(report.extractor))


def _titles(report: Report) -> tuple[str, str]:
    if report.is_reinspection:
        return RE_INSPECTION
    return TITLES.get(report.framework_key, OTHER)


def name_slug(name: str) -> str:
    """A name for use in an IRI: `Paul d’Inverno` becomes `paul-d-inverno`."""
    spaced = re.sub("['’]", "-", name)
    plain = unicodedata.normalize("NFKD", spaced).encode("ascii", "ignore").decode()
    return re.sub(r"[^a-z0-9.]+", "-", plain.casefold()).strip("-.")

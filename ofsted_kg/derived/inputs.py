"""What the rules read: the statements they need, and the dates that stand."""

import datetime
from pathlib import Path

from pyoxigraph import NamedNode

from ofsted_kg.rdf.facts import Facts
from ofsted_kg.rdf.files import graph_files
from ofsted_kg.rdf.terms import graph_iri, term

# The graphs that the rules write, which they must not read.
DERIVED = (
    "derived/due-dates",
    "derived/grade-successions",
    "derived/discrepancies",
    "derived/claim-reviews",
)
_PUBLISHED = term("okg:publishedOn")
_PREDICATES = (
    # what was judged, when, and about whom
    term("okg:judgesArea"),
    term("okg:hasGrade"),
    term("okg:isReachedIn"),
    term("okg:isConductedUnder"),
    _PUBLISHED,
    term("okg:fieldworkStart"),
    term("okg:fieldworkEnd"),
    term("okg:assessedIn"),
    term("okg:concernsAuthority"),
    term("okg:inspectsAuthority"),
    # what is to be done by when
    term("okg:hasTimescale"),
    term("okg:timescaleMonths"),
    # how grades and areas compare
    term("okg:fromGrade"),
    term("okg:toGrade"),
    term("okg:hasComparability"),
    term("okg:rank"),
    term("skos:member"),
    term("skos:inScheme"),
    term("skos:prefLabel"),
    # what each source says where
    term("okg:isStatedIn"),
    term("okg:isRepeatedIn"),
    term("okg:statesGrade"),
    term("okg:asWritten"),
    term("okg:attests"),
    term("dcterms:date"),
    term("dcterms:provenance"),
    term("oa:hasSource"),
    term("okg:isRenditionOf"),
    term("bibo:shortTitle"),
    # what is claimed
    term("okg:claimsAbout"),
    term("okg:claimsArea"),
    term("okg:claimsGrade"),
    term("okg:concernsService"),
    term("okg:reviews"),
    term("skos:altLabel"),
)


def load_facts(folder: Path) -> Facts:
    """The statements that the rules speak of, from all files but their own.

    Raises SourceError for a file that is not Turtle.
    """
    facts = Facts()
    for file in graph_files(folder):
        name = file.graph.removeprefix(graph_iri("").value)
        if name not in DERIVED:
            facts.load(file.path, name, _PREDICATES)
    return facts


def accepted_date(facts: Facts, assessment: NamedNode, predicate: NamedNode) -> str:
    """The date that stands where graphs differ, or an empty string.

    The one in the assessment's own key, else the newest release's, else the
    first in the order of the files.
    """
    stated = [(value.value, graph) for value, graph in facts.statements(assessment, predicate)]
    if not stated:
        return ""
    in_key = [value for value, _ in stated if f"/{value}" in assessment.value]
    released = sorted((one for one in stated if one[1].startswith("releases/")), key=_graph)
    return in_key[0] if in_key else released[-1][0] if released else stated[0][0]


def _graph(stated: tuple[str, str]) -> str:
    return stated[1]


def published(facts: Facts, assessment: NamedNode) -> datetime.date | None:
    """The day of publication that stands, where a whole day is known."""
    found = accepted_date(facts, assessment, _PUBLISHED)
    return datetime.date.fromisoformat(found) if len(found) == 10 else None

"""Where two sources differ about one judgement or assessment.

Each source's words stand in its own passages. A judgement's passages give
grades; an assessment's passages give days and the form of inspection, each
with the kind of fact as `okg:attests`. A document without such a passage speaks
through the dates in its own graph. What differs from the
accepted value becomes one `okg:Discrepancy` for each source.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass

from pyoxigraph import NamedNode, Triple

from ofsted_kg.derived.inputs import accepted_date
from ofsted_kg.rdf.facts import Facts
from ofsted_kg.rdf.terms import graph_iri, iri, term, text

_STATED = (term("okg:isStatedIn"), term("okg:isRepeatedIn"))
_GRADE = term("okg:hasGrade")
_STATES_GRADE = term("okg:statesGrade")
_AS_WRITTEN = term("okg:asWritten")
_ATTESTS = term("okg:attests")
_RECODE = term("dcterms:provenance")
_AUTHORITY = (term("okg:concernsAuthority"), term("okg:inspectsAuthority"))
# The kind of difference has the name of the fact that a passage attests.
_DATES = {
    term("okg:publishedOn"): ("publication-date", "the day of publication"),
    term("okg:fieldworkStart"): ("fieldwork-start", "the first day of fieldwork"),
    term("okg:fieldworkEnd"): ("fieldwork-end", "the last day of fieldwork"),
}
_FORM = "inspection-form"
_SCALES = iri("scale", "").value


@dataclass(frozen=True)
class _Claim:
    """A value that a source gives, with its passage where it has one."""

    value: str
    source: str
    slug: str
    passage: NamedNode | None


def discrepancy_triples(facts: Facts) -> Iterator[Triple]:
    """All discrepancies, judgements first, each in the order of the data."""
    for judgement in facts.subjects(_GRADE):
        yield from _grades(facts, judgement)
        yield from _recodes(facts, judgement)
    for assessment in facts.subjects(term("okg:isConductedUnder")):
        for predicate, (kind, words) in _DATES.items():
            claims = _date_claims(facts, assessment, predicate, kind)
            accepted = accepted_date(facts, assessment, predicate)
            yield from _differences(facts, assessment, kind, words, claims, accepted)
        claims = _form_claims(facts, assessment)
        if claims:
            yield from _differences(facts, assessment, _FORM, "the form", claims, claims[0].value)


def _grades(facts: Facts, judgement: NamedNode) -> Iterator[Triple]:
    accepted = facts.nodes(judgement, _GRADE)[0]
    claims = [
        _Claim(grade.value, *_source(facts, passage), passage)
        for passage in facts.nodes(judgement, *_STATED)
        # A passage may grade several judgements: then one of its grades must be this one's.
        if accepted not in facts.nodes(passage, _STATES_GRADE)
        or len(facts.nodes(passage, _STATES_GRADE)) == 1
        for grade in facts.nodes(passage, _STATES_GRADE)
    ]
    claims += [
        _Claim(value.value, *_graph_source(facts, judgement, graph))
        for value, graph in facts.statements(judgement, _GRADE)
        if value != accepted
    ]
    yield from _differences(facts, judgement, "grade", "the grade", claims, accepted.value)


def _recodes(facts: Facts, judgement: NamedNode) -> Iterator[Triple]:
    """A recoded cell beside a document that states the grade in its own word."""
    passages = facts.nodes(judgement, *_STATED)
    own = [
        one for one in passages if facts.nodes(one, _STATES_GRADE) and not facts.nodes(one, _RECODE)
    ]
    recoded = [one for one in passages if facts.nodes(one, _RECODE)]
    if not own or not recoded:
        return
    source, slug = _source(facts, recoded[0])
    other, _ = _source(facts, own[0])
    yield from _discrepancy(
        facts,
        judgement,
        "recode",
        slug,
        [own[0], recoded[0]],
        f"{source} writes {facts.text(recoded[0], _AS_WRITTEN)} where {other} writes"
        f" {facts.text(own[0], _AS_WRITTEN)}; the grade is the same.",
    )


def _date_claims(
    facts: Facts, assessment: NamedNode, predicate: NamedNode, kind: str
) -> list[_Claim]:
    claims = [
        _Claim(day, *_source(facts, passage), passage)
        for passage in _passages_about(facts, assessment, kind)
        for day in facts.texts(passage, term("dcterms:date"))
    ]
    covered = {(one.value, one.slug) for one in claims}
    for value, graph in facts.statements(assessment, predicate):
        source, slug, passage = _graph_source(facts, assessment, graph)
        if (value.value, slug) not in covered:
            claims.append(_Claim(value.value, source, slug, passage))
    return claims


def _form_claims(facts: Facts, assessment: NamedNode) -> list[_Claim]:
    """Forms of inspection as written, the newest release first."""
    claims = [
        _Claim(facts.text(passage, _AS_WRITTEN), *_source(facts, passage), passage)
        for passage in _passages_about(facts, assessment, _FORM)
    ]
    return sorted(claims, key=lambda one: one.slug, reverse=True)


def _passages_about(facts: Facts, assessment: NamedNode, kind: str) -> list[NamedNode]:
    return [
        passage
        for passage in facts.nodes(assessment, *_STATED)
        if iri("attested", kind) in facts.nodes(passage, _ATTESTS)
    ]


def _differences(
    facts: Facts, subject: NamedNode, kind: str, words: str, claims: list[_Claim], accepted: str
) -> Iterator[Triple]:
    """One discrepancy for each source and value that is not the accepted one."""
    other = [one for one in claims if one.value != accepted]
    if not other:
        return
    agreeing = [one for one in claims if one.value == accepted]
    seen: dict[str, set[str]] = {}
    for one in other:
        values = seen.setdefault(one.slug, set())
        if one.value in values:
            continue
        values.add(one.value)
        suffix = f"-{len(values)}" if len(values) > 1 else ""
        against = next((found for found in agreeing if found.slug != one.slug), None)
        against = against or next(iter(agreeing), None)
        given = f"{one.source} gives {_in_words(facts, one.value)} as {words}"
        stands = f"{_in_words(facts, accepted)} stands"
        if against:
            stands += f", as in {against.source}"
        passages = [found.passage for found in (against, one) if found and found.passage]
        yield from _discrepancy(
            facts, subject, kind, one.slug + suffix, passages, f"{given}; {stands}."
        )


def _in_words(facts: Facts, value: str) -> str:
    """The name of a grade; a date or form as it is."""
    if not value.startswith(_SCALES):
        return value
    return facts.text(NamedNode(value), term("skos:prefLabel")) or value


def _discrepancy(
    facts: Facts,
    subject: NamedNode,
    kind: str,
    name: str,
    passages: list[NamedNode],
    description: str,
) -> Iterator[Triple]:
    place = subject.value.removeprefix(iri("assessment", "").value)
    node = iri("discrepancy", place, kind, name)
    yield Triple(node, term("rdf:type"), term("okg:Discrepancy"))
    yield Triple(node, term("dcterms:type"), iri("discrepancy-kind", kind))
    yield Triple(node, term("okg:isAbout"), subject)
    for authority in facts.nodes(subject, *_AUTHORITY):
        yield Triple(node, term("okg:concernsAuthority"), authority)
    for passage in dict.fromkeys(passages):
        yield Triple(node, term("okg:comparesPassage"), passage)
    yield Triple(node, term("dcterms:description"), text(description))


def _source(facts: Facts, passage: NamedNode) -> tuple[str, str]:
    """The short title and the slug of the document in which a passage stands."""
    source = facts.node(passage, term("oa:hasSource"))
    if source is None:
        return "an unnamed source", "unnamed"
    document = facts.node(source, term("okg:isRenditionOf")) or source
    slug = re.split("[/#]", document.value)[-1]
    return facts.text(document, term("bibo:shortTitle")) or slug, slug


def _graph_source(
    facts: Facts, subject: NamedNode, graph: str
) -> tuple[str, str, NamedNode | None]:
    """Title and slug of the document behind a graph's statement, and the passage it cites."""
    for predicate in _STATED:
        for value, stated_in in facts.statements(subject, predicate):
            if stated_in == graph and isinstance(value, NamedNode):
                return *_source(facts, value), value
    name = graph.rsplit("/", 1)[-1]
    return graph_iri(graph).value, name, None

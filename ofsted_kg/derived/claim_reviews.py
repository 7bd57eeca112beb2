"""What the official record says of each claim of an overview.

The claims of overviews are cells of tables, so that a rule can compare them. What other
secondary sources claim is reviewed by people, in `data/opinions/claim-reviews.ttl`.
"""

from collections import defaultdict
from collections.abc import Iterator
from typing import NamedTuple

from pyoxigraph import NamedNode, Triple

from ofsted_kg.identity.names import plain
from ofsted_kg.rdf.facts import Facts
from ofsted_kg.rdf.terms import iri, term, text

_CLAIMS_ABOUT = term("okg:claimsAbout")
_GRADE = term("okg:hasGrade")
_AREA = term("okg:judgesArea")
_NAME = term("skos:prefLabel")
_OVERVIEWS = "overviews/"
_CLAIMS = iri("claim", "").value


class _Review(NamedTuple):
    """A verdict, the official statements compared, and the reason."""

    verdict: str
    compared: list[NamedNode]
    reason: str


def claim_reviews(facts: Facts) -> Iterator[Triple]:
    """A review of each claim of an overview that nobody has reviewed by hand."""
    reviewed = {
        claim
        for review in facts.subjects(term("okg:reviews"))
        for claim in facts.nodes(review, term("okg:reviews"))
    }
    judgements: dict[NamedNode, list[NamedNode]] = defaultdict(list)
    for judgement in facts.subjects(_GRADE):
        for assessment in facts.nodes(judgement, term("okg:isReachedIn")):
            judgements[assessment].append(judgement)
    for claim in facts.subjects(_CLAIMS_ABOUT):
        graphs = {graph for _, graph in facts.statements(claim, _CLAIMS_ABOUT)}
        if claim in reviewed or not any(name.startswith(_OVERVIEWS) for name in graphs):
            continue
        for assessment in facts.nodes(claim, _CLAIMS_ABOUT):
            review = _review(facts, claim, assessment, judgements.get(assessment, []))
            yield from _triples(claim, review)


def _triples(claim: NamedNode, review: _Review) -> Iterator[Triple]:
    node = iri("claim-review", claim.value.removeprefix(_CLAIMS))
    yield Triple(node, term("rdf:type"), term("okg:ClaimReview"))
    yield Triple(node, term("okg:reviews"), claim)
    for statement in review.compared:
        yield Triple(node, term("okg:isComparedWith"), statement)
    yield Triple(node, term("okg:hasVerdict"), iri("verdict", review.verdict))
    yield Triple(node, term("dcterms:description"), text(review.reason))
    yield Triple(node, term("prov:wasAttributedTo"), iri("agent", "project"))


def _review(
    facts: Facts, claim: NamedNode, assessment: NamedNode, judgements: list[NamedNode]
) -> _Review:
    if not judgements:
        return _Review("unsupported", [], "No official source at hand grades this inspection.")
    area = facts.node(claim, term("okg:claimsArea"))
    grade = facts.node(claim, term("okg:claimsGrade"))
    if area is None:
        return _beside_the_framework(facts, claim, assessment, judgements, grade)
    judged = next((one for one in judgements if facts.node(one, _AREA) == area), None)
    if judged is None:
        return _Review("unsupported", [], "No official source at hand grades this area.")
    given = facts.nodes(judged, _GRADE)[0]
    if grade != given:
        return _Review("differs", [judged], f"The official grade is {_word(facts, given)}.")
    if not _is_word_of(facts, claim, given):
        reason = "The grade meant is the official one, but the words are none of the scale."
        return _Review("partial", [judged], reason)
    return _Review("agrees", [judged], "Same area, same grade.")


def _beside_the_framework(
    facts: Facts,
    claim: NamedNode,
    assessment: NamedNode,
    judgements: list[NamedNode],
    grade: NamedNode | None,
) -> _Review:
    """A claim on what the framework does not judge apart, against the judgement that takes it in.

    Both concern one service; a claim that concerns none is on what no judgement takes in.
    """
    services = set(facts.nodes(claim, term("okg:concernsService")))
    wider = [one for one in judgements if services & _services(facts, one)]
    compared = wider or [assessment]
    if grade is None:
        return _Review("agrees", compared, "The framework has no such judgement.")
    if not wider:
        return _Review("differs", compared, "The framework has no such judgement.")
    given = facts.nodes(wider[0], _GRADE)[0]
    area = facts.nodes(wider[0], _AREA)[0]
    reason = (
        f"No such judgement was made: the framework has one on “{facts.text(area, _NAME)}”,"
        f" which was graded {_word(facts, given)}."
    )
    return _Review("partial" if grade == given else "differs", compared, reason)


def _services(facts: Facts, statement: NamedNode) -> set[NamedNode]:
    return set(facts.nodes(statement, term("okg:concernsService")))


def _word(facts: Facts, grade: NamedNode) -> str:
    """The name of a grade inside a sentence."""
    name = facts.text(grade, _NAME)
    return name[:1].lower() + name[1:]


def _is_word_of(facts: Facts, claim: NamedNode, grade: NamedNode) -> bool:
    words = {plain(word) for word in facts.texts(grade, _NAME, term("skos:altLabel"))}
    return any(plain(word) in words for word in facts.texts(claim, term("okg:asWritten")))

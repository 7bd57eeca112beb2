"""Which judgement follows which: pairs of judgements on one subject about one body.

Judgements on one subject line (data/opinions/area-lines.ttl) of one authority are
ordered by day of publication, or by the day, month or year of the assessment where no
publication is known; judgements of the same day by the IRIs of framework, area and
judgement, so that ties always fall the same way. A judgement that a release lists under
a successor stands on the lines of both authorities and may follow one on each.
"""

import datetime
from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import pairwise
from typing import TypeAlias

from pyoxigraph import NamedNode, Triple

from ofsted_kg.derived.due_dates import add_months
from ofsted_kg.derived.inputs import accepted_date, published
from ofsted_kg.rdf.facts import Facts
from ofsted_kg.rdf.terms import iri, number, term

_AREA = term("okg:judgesArea")
_GRADE = term("okg:hasGrade")
_LABEL = term("skos:prefLabel")
_RANK = term("okg:rank")
_SCHEME = term("skos:inScheme")
_NEXT = iri("succession-kind", "next")
_FIRST_BETTER = iri("succession-kind", "first-better")
_BETTER, _SAME = iri("change", "better"), iri("change", "same")

_Correspondences: TypeAlias = dict[tuple[NamedNode, NamedNode], NamedNode]


def months_between(earlier: datetime.date, later: datetime.date) -> int:
    """Whole months from one day to a later one."""
    months = (later.year - earlier.year) * 12 + later.month - earlier.month
    return months - 1 if add_months(earlier, months) > later else months


@dataclass(frozen=True)
class _Graded:
    """A judgement with what orders it and what it is compared by."""

    node: NamedNode
    grade: NamedNode
    order: tuple[str, str, str, str]
    published: datetime.date | None


def successions(facts: Facts) -> Iterator[Triple]:
    """One `okg:Succession` for each pair, with kinds, months, change and comparability.

    Its IRI has the authority whose line it is, then framework, date and area of both
    judgements; one of another authority keeps that authority before them.
    """
    known = _correspondences(facts)
    for (authority, _), line in _lines(facts).items():
        ordered = sorted(line, key=lambda one: one.order)
        pairs: dict[tuple[_Graded, _Graded], list[NamedNode]] = defaultdict(list)
        for pair in pairwise(ordered):
            pairs[pair].append(_NEXT)
        for pair in _first_better(facts, known, ordered):
            pairs[pair].append(_FIRST_BETTER)
        for (earlier, later), kinds in pairs.items():
            yield from _succession(facts, known, NamedNode(authority), earlier, later, kinds)


def _first_better(
    facts: Facts, known: _Correspondences, ordered: list[_Graded]
) -> Iterator[tuple[_Graded, _Graded]]:
    """The first judgement of each spell of one grade with the first better one after it.

    A spell begins where the judgement before it on its line has another grade; further
    judgements of the same grade belong to it.
    """
    for index, first in enumerate(ordered):
        before = ordered[index - 1].grade if index else None
        if before and _compared(facts, known, before, first.grade)[0] == _SAME:
            continue
        for later in ordered[index + 1 :]:
            if _compared(facts, known, first.grade, later.grade)[0] == _BETTER:
                yield first, later
                break


def _succession(
    facts: Facts,
    known: _Correspondences,
    authority: NamedNode,
    earlier: _Graded,
    later: _Graded,
    kinds: list[NamedNode],
) -> Iterator[Triple]:
    key = authority.value.removeprefix(iri("authority", "").value)
    node = iri("succession", key, _place(earlier.node, key), _place(later.node, key))
    change, comparability = _compared(facts, known, earlier.grade, later.grade)
    yield Triple(node, term("rdf:type"), term("okg:Succession"))
    for kind in kinds:
        yield Triple(node, term("dcterms:type"), kind)
    yield Triple(node, term("okg:concernsAuthority"), authority)
    yield Triple(node, term("okg:fromJudgement"), earlier.node)
    yield Triple(node, term("okg:toJudgement"), later.node)
    if earlier.published and later.published:
        months = months_between(earlier.published, later.published)
        yield Triple(node, term("okg:monthsBetween"), number(months))
    yield Triple(node, term("okg:hasChange"), change)
    yield Triple(node, term("okg:hasComparability"), comparability)


def _place(judgement: NamedNode, authority: str) -> str:
    place = judgement.value.removeprefix(iri("assessment", "").value)
    return place.replace("/judgement/", "/").removeprefix(f"{authority}/")


def _lines(facts: Facts) -> dict[tuple[str, str], list[_Graded]]:
    """Judgements by authority and subject line, keys in a fixed order."""
    line_of = {
        area: line.value
        for line in facts.subjects(term("skos:member"))
        for area in facts.nodes(line, term("skos:member"))
    }
    found: dict[tuple[str, str], list[_Graded]] = defaultdict(list)
    for judgement in facts.subjects(_GRADE):
        area = facts.node(judgement, _AREA)
        graded = _graded(facts, judgement, area) if area else None
        if area is None or graded is None:
            continue
        for authority in facts.nodes(judgement, term("okg:concernsAuthority")):
            found[authority.value, line_of.get(area, area.value)].append(graded)
    return dict(sorted(found.items()))


def _graded(facts: Facts, judgement: NamedNode, area: NamedNode) -> _Graded | None:
    grade = facts.node(judgement, _GRADE)
    assessment = facts.node(judgement, term("okg:isReachedIn"))
    if grade is None or assessment is None:
        return None
    day = (
        accepted_date(facts, assessment, term("okg:publishedOn"))
        or accepted_date(facts, assessment, term("okg:fieldworkStart"))
        or facts.text(assessment, term("okg:assessedIn"))
    )
    if not day:
        return None
    framework = facts.node(assessment, term("okg:isConductedUnder"))
    order = (day, framework.value if framework else "", area.value, judgement.value)
    return _Graded(judgement, grade, order, published(facts, assessment))


def _correspondences(facts: Facts) -> _Correspondences:
    found = {}
    for one in facts.subjects(term("okg:fromGrade")):
        ends = facts.node(one, term("okg:fromGrade")), facts.node(one, term("okg:toGrade"))
        kind = facts.node(one, term("okg:hasComparability"))
        if ends[0] and ends[1] and kind:
            found[ends[0], ends[1]] = kind
    return found


def _compared(
    facts: Facts,
    known: _Correspondences,
    earlier: NamedNode,
    later: NamedNode,
) -> tuple[NamedNode, NamedNode]:
    """What became of a grade, and how far the comparison holds.

    Across scales the earlier grade's counterpart on the later scale is the one of the
    same word or, where the correspondences on record pair it with another word, the one
    of the same rank; without either the change is unclear. A counterpart that is not
    equivalent marks a change of wording.
    """
    scheme = facts.node(later, _SCHEME)
    counterpart: NamedNode | None = earlier
    if facts.node(earlier, _SCHEME) == scheme:
        comparability = "same-scale"
    else:
        counterpart = _counterpart(facts, known, earlier, scheme)
        pair = known.get((earlier, later)) or known.get((earlier, counterpart or later))
        comparability = pair.value.rpartition("/")[2] if pair else "unknown"
    if counterpart is None:
        return iri("change", "unclear"), iri("comparability", comparability)
    steps = _rank(facts, counterpart) - _rank(facts, later)
    unchanged = "reworded" if comparability == "not-equivalent" else "same"
    change = "better" if steps > 0 else "worse" if steps < 0 else unchanged
    return iri("change", change), iri("comparability", comparability)


def _rank(facts: Facts, grade: NamedNode) -> int:
    return int(facts.text(grade, _RANK))


def _counterpart(
    facts: Facts,
    known: _Correspondences,
    earlier: NamedNode,
    scheme: NamedNode | None,
) -> NamedNode | None:
    candidates = [grade for grade in facts.subjects(_RANK) if facts.node(grade, _SCHEME) == scheme]
    for grade in candidates:
        if facts.text(grade, _LABEL) == facts.text(earlier, _LABEL):
            return grade
    for grade in candidates:
        if (earlier, grade) in known and _rank(facts, grade) == _rank(facts, earlier):
            return grade
    return None

"""Frameworks as the ontology describes them: areas, grades, versions, who inspects, how keyed."""

import datetime
from collections.abc import Collection
from dataclasses import dataclass, field
from pathlib import Path

from pyoxigraph import NamedNode

from ofsted_kg.identity.names import plain
from ofsted_kg.rdf.facts import Facts
from ofsted_kg.rdf.terms import iri, last, term

_WORDS = (term("skos:prefLabel"), term("skos:altLabel"))
_FIELDWORK = iri("assessment-key", "fieldwork-start")


@dataclass(frozen=True)
class Area:
    """A judgement area: its IRI, the slugs of its service types, whether it is always judged."""

    iri: NamedNode
    services: tuple[str, ...]
    is_obligatory: bool = False


@dataclass(frozen=True)
class Framework:
    """A framework.

    `in_force_from` and `in_force_until` are days, months or years as written, empty where
    not known; `family` is what versions of one framework share, the framework's own key
    where there are none; `called` what a label calls its assessments; `inspectorates` who
    carries them out; `areas` go by slug, `grades` by their plain words, and `ranks` give the
    word of each, 1 for the best.
    """

    key: str
    family: str
    called: str
    in_force_from: str
    in_force_until: str
    is_keyed_by_fieldwork: bool
    inspectorates: tuple[NamedNode, ...]
    areas: dict[str, Area] = field(repr=False)
    grades: dict[str, NamedNode] = field(repr=False)
    ranks: dict[float, str] = field(repr=False)

    def applies_on(self, day: datetime.date) -> bool:
        """Whether it was in force on a day, as exactly as its own dates are known."""
        written = day.isoformat()
        start, end = self.in_force_from, self.in_force_until
        return written[: len(start)] >= start and (not end or written[: len(end)] <= end)

    def recoded(self, word: str) -> str:
        """Its own word for a grade that a release rewrites, else an empty string.

        Ofsted's releases write `Requires improvement to be good` for the third grade of
        every framework; those before November 2013 called it adequate.
        """
        rewritten = word in {"requires improvement to be good", "requires improvement"}
        known = rewritten and word not in self.grades and "adequate" in self.grades
        return "adequate" if known else ""


class Frameworks(dict[str, Framework]):
    """All frameworks by key."""

    @classmethod
    def read(cls, ontology: Path) -> "Frameworks":
        """From frameworks.ttl and scales.ttl of a folder; SourceError for a broken file."""
        facts = Facts.of(ontology / "frameworks.ttl", ontology / "scales.ttl")
        nodes = facts.subjects(term("rdf:type"), term("okg:InspectionFramework"))
        return cls({last(node): _framework(facts, node) for node in nodes})

    def versions(self, family: str) -> list[Framework]:
        """The versions of a family, the oldest first."""
        found = [one for one in self.values() if one.family == family]
        return sorted(found, key=lambda one: one.in_force_from)

    def version(self, family: str, graded: Collection[str], day: datetime.date | None) -> Framework:
        """The version of a family under which an assessment that graded some areas was made.

        The areas decide: the version that knows all of them and lacks none of its own, unless
        it was not in force on the first day of fieldwork and one that was knows them all too:
        then a grade was lost. Where no or several versions fit, or nothing was graded, the
        day decides; without a day the oldest. KeyError for an unknown family.
        """
        versions = self.versions(family)
        if not versions:
            raise KeyError(family)
        fitting = [one for one in versions if graded and _fits(one, graded)]
        knowing = [one for one in versions if set(graded) <= set(one.areas)]
        in_force = [one for one in knowing if day is not None and one.applies_on(day)]
        if len(fitting) == 1 and (fitting[0] in in_force or not in_force):
            return fitting[0]
        candidates = in_force or fitting or knowing or versions
        applying = [one for one in candidates if day is None or one.applies_on(day)]
        return (applying or candidates)[0 if day is None or applying else -1]


def _fits(framework: Framework, graded: Collection[str]) -> bool:
    obligatory = {slug for slug, area in framework.areas.items() if area.is_obligatory}
    return obligatory <= set(graded) <= set(framework.areas)


def _framework(facts: Facts, node: NamedNode) -> Framework:
    scales = facts.nodes(node, term("okg:usesScale"))
    family = facts.node(node, term("okg:isVersionOf"))
    name = facts.text(node, term("skos:prefLabel"))
    return Framework(
        key=last(node),
        family=last(family or node),
        called=facts.text(node, term("bibo:shortTitle")) or _within_a_sentence(name),
        in_force_from=facts.text(node, term("okg:inForceFrom")),
        in_force_until=facts.text(node, term("okg:inForceUntil")),
        is_keyed_by_fieldwork=_FIELDWORK in facts.nodes(node, term("okg:keysAssessmentsBy")),
        inspectorates=tuple(facts.nodes(node, term("okg:isAppliedBy"))),
        areas={
            last(area): _area(facts, area) for area in facts.nodes(node, term("okg:definesArea"))
        },
        grades={
            plain(word): grade
            for scale in scales
            for grade in facts.subjects(term("skos:inScheme"), scale)
            for word in facts.texts(grade, *_WORDS)
        },
        ranks={
            float(facts.text(grade, term("okg:rank"))): plain(facts.text(grade, _WORDS[0]))
            for scale in scales
            for grade in facts.subjects(term("skos:inScheme"), scale)
        },
    )


def _within_a_sentence(name: str) -> str:
    return name if name[1:2].isupper() else name[:1].lower() + name[1:]


def _area(facts: Facts, area: NamedNode) -> Area:
    types = facts.nodes(area, term("okg:coversServiceType"))
    obligatory = facts.text(area, term("okg:isObligatory")) == "true"
    return Area(area, tuple(map(last, types)), obligatory)

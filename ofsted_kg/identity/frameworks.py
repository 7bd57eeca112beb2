"""Frameworks, areas and grades as the project's ontology defines them, for importers."""

from dataclasses import dataclass
from pathlib import Path

from pyoxigraph import NamedNode

from ofsted_kg.rdf.facts import Facts
from ofsted_kg.rdf.terms import iri, term

_WORDS = (term("skos:prefLabel"), term("skos:altLabel"))


def plain_word(word: str) -> str:
    """A grade word without differences of case and spacing."""
    return " ".join(word.split()).casefold()


@dataclass(frozen=True)
class Area:
    """A judgement area: its IRI and the slugs of the service types it covers."""

    iri: NamedNode
    services: tuple[str, ...]


@dataclass(frozen=True)
class Framework:
    """A framework: first year or month in force, its areas by slug, its grades by word."""

    key: str
    in_force_from: str
    areas: dict[str, Area]
    grades: dict[str, NamedNode]


def read_frameworks(ontology: Path) -> dict[str, Framework]:
    """Frameworks by key, from frameworks.ttl and scales.ttl of a folder."""
    names = ("frameworks.ttl", "scales.ttl")
    facts = Facts.of(*(ontology / name for name in names))
    return {
        key: Framework(
            key=key,
            in_force_from=facts.text(node, term("okg:inForceFrom")),
            areas={
                area.value.rsplit("/", 1)[1]: _area(facts, area)
                for area in facts.nodes(node, term("okg:definesArea"))
            },
            grades={
                plain_word(word): grade
                for scale in facts.nodes(node, term("okg:usesScale"))
                for grade in facts.subjects(term("skos:inScheme"), scale)
                for word in facts.texts(grade, *_WORDS)
            },
        )
        for node in facts.subjects(term("rdf:type"), term("okg:InspectionFramework"))
        for key in [node.value.removeprefix(iri("framework", "").value)]
    }


def _area(facts: Facts, area: NamedNode) -> Area:
    types = facts.nodes(area, term("okg:coversServiceType"))
    return Area(area, tuple(one.value.rsplit("/", 1)[1] for one in types))

"""Turn the reference tables into `data/reference/*.ttl`."""

from dataclasses import dataclass
from pathlib import Path

from ofsted_kg.errors import SourceError
from ofsted_kg.rdf.facts import Facts
from ofsted_kg.rdf.terms import iri, last, term
from ofsted_kg.rdf.turtle import encode_turtle
from ofsted_kg.rdf.writing import write_bytes
from ofsted_kg.reference.authorities import (
    ServiceType,
    authority_facts,
    authority_type_facts,
    service_facts,
    succession_facts,
)
from ofsted_kg.reference.bodies import (
    legislation_facts,
    neighbour_facts,
    organisation_facts,
)
from ofsted_kg.reference.checks import read_reference_tables
from ofsted_kg.reference.places import geography_facts, region_facts


@dataclass(frozen=True)
class Written:
    """A generated file, how many triples it holds, and whether its bytes are new."""

    path: Path
    triples: int
    changed: bool


def import_reference(
    source_dir: Path, data_dir: Path, ontology_dir: Path | None = None
) -> list[Written]:
    """Write every file of `data_dir`/reference from the tables in `source_dir`.

    The types of service and their classes come from the ontology in `ontology_dir`,
    by default the folder `ontology` beside `data_dir`. Everything is read and
    checked before anything is written. Raises SourceError naming file, line and
    column.
    """
    tables = read_reference_tables(source_dir)
    ontology = ontology_dir or data_dir.parent / "ontology"
    needed = (ontology / "frameworks.ttl", ontology / "concepts.ttl")
    # A class of services may stand in any file of the vocabulary.
    others = sorted(set(ontology.glob("*.ttl")) - set(needed))
    facts = Facts.of(*needed, *others)
    service_types = _service_types(facts, ontology)
    files = (
        authority_type_facts(tables),
        authority_facts(tables),
        geography_facts(tables),
        region_facts(tables),
        succession_facts(tables),
        organisation_facts(tables, _organisation_kinds(facts)),
        legislation_facts(tables),
        neighbour_facts(tables),
        service_facts(tables, service_types),
    )
    encoded = [encode_turtle(one.triples, one.comment) for one in files]
    written = []
    for one, content in zip(files, encoded, strict=True):
        path = data_dir / "reference" / f"{one.name}.ttl"
        count = len(set(one.triples))
        written.append(Written(path, count, write_bytes(path, content)))
    return written


def _service_types(facts: Facts, ontology: Path) -> dict[str, ServiceType]:
    """By slug, the types of service that some judgement area covers."""
    covers = term("okg:coversServiceType")
    found: dict[str, ServiceType] = {}
    for area in facts.subjects(covers):
        for kind in facts.nodes(area, covers):
            label = facts.text(kind, term("skos:prefLabel"))
            if not label:
                raise SourceError(f"{ontology / 'concepts.ttl'}: has no label for {kind.value}")
            of_kind = facts.node(kind, term("okg:typesServicesAs")) or term("okg:Service")
            class_label = facts.text(of_kind, term("rdfs:label")) or "Service"
            found[last(kind)] = ServiceType(label, of_kind, class_label)
    if not found:
        raise SourceError(f"{ontology / 'frameworks.ttl'}: covers no type of service")
    return dict(sorted(found.items()))


def _organisation_kinds(facts: Facts) -> dict[str, str]:
    """Types of formal body, by what descriptions of such a body begin with."""
    kinds = facts.subjects(term("skos:inScheme"), iri("organisation-type"))
    return {
        beginning: last(kind)
        for kind in kinds
        for beginning in facts.texts(kind, term("skos:hiddenLabel"))
    }

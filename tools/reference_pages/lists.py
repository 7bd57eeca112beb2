"""The pages of the code lists and of the measures."""

from pathlib import Path

from pyoxigraph import NamedNode

from ofsted_kg.rdf.facts import Facts
from ofsted_kg.rdf.terms import iri, term
from tools.reference_pages.markdown import SHORT_IRIS, code, page, plain, short, table
from tools.reference_pages.rules import TYPE

_LABEL = term("skos:prefLabel")
_DEFINITION = term("skos:definition")
_NOTE = term("skos:scopeNote")
_IN = term("skos:inScheme")


def lists_page(folder: Path) -> str:
    """Every code list with its entries."""
    facts = Facts.of(folder / "ontology" / "concepts.ttl")
    parts = [
        "Closed lists from which properties choose their values. The IRI of an entry is that of "
        f"its list, a slash and its key; {SHORT_IRIS}"
    ]
    for scheme in facts.subjects(TYPE, term("skos:ConceptScheme")):
        parts += [
            f"## {facts.text(scheme, _LABEL)}",
            " ".join([f"{code(short(scheme))}.", *map(plain, facts.texts(scheme, _NOTE))]),
            table(
                ("Entry", "Key", "Meaning"),
                (_entry(node, facts) for node in facts.subjects(_IN, scheme)),
            ),
        ]
    return page("Code lists", "`ontology/concepts.ttl`", parts)


def measures_page(folder: Path) -> str:
    """Every measure with its unit."""
    ontology = folder / "ontology"
    facts = Facts.of(ontology / "measures.ttl", ontology / "concepts.ttl")
    scheme = iri("measures")
    measures = list(facts.subjects(_IN, scheme))
    rows = (
        (
            *_entry(node, facts),
            plain("; ".join(facts.texts(node, term("skos:altLabel")))),
            plain(
                "; ".join(
                    facts.text(unit, _LABEL) or short(unit)
                    for unit in facts.nodes(node, term("okg:hasUnit"))
                )
            ),
        )
        for node in measures
    )
    parts = [
        f"{len(measures)} measures. {plain(facts.text(scheme, _DEFINITION))}",
        table(("Measure", "Key", "Definition", "Also called", "Unit"), rows),
    ]
    return page("Measures", "`ontology/measures.ttl`", parts)


def _entry(node: NamedNode, facts: Facts) -> tuple[str, str, str]:
    key = code(node.value.rsplit("/", 1)[-1])
    return plain(facts.text(node, _LABEL)), key, plain(facts.text(node, _DEFINITION))

"""What the graph has already: whose pages there must be, and what need not be fetched."""

from dataclasses import dataclass
from pathlib import Path

from ofsted_kg.rdf.facts import Facts
from ofsted_kg.rdf.terms import iri, last, term


@dataclass(frozen=True)
class Known:
    """Names of existing authorities by their number (URN), addresses of reports held, and the
    digests of releases by the names of their files."""

    authorities: dict[str, str]
    reports: frozenset[str]
    releases: dict[str, str]

    @classmethod
    def read(cls, data: Path) -> "Known":
        """From a data folder; SourceError for a broken file."""
        return cls(
            _authorities(data / "reference" / "authorities.ttl"), _reports(data), _releases(data)
        )


def _authorities(path: Path) -> dict[str, str]:
    facts = Facts.of(path)
    urns = iri("identifier", "ofsted-urn", "").value
    return {
        last(number): facts.text(node, term("skos:prefLabel"))
        for node in facts.subjects(term("rdf:type"), term("okg:LocalAuthority"))
        if not facts.text(node, term("okg:existsUntil"))
        for number in facts.nodes(node, term("adms:identifier"))
        if number.value.startswith(urns)
    }


def _reports(data: Path) -> frozenset[str]:
    """Addresses of documents; an inspection that only an overview lists has none here."""
    facts = Facts()
    for folder in ("overviews", "reports", "documents"):
        for path in sorted((data / folder).rglob("*.ttl")):
            facts.load(path, only=[term("foaf:page"), term("okg:reportsOn")])
    return frozenset(
        page.value
        for document in facts.subjects(term("okg:reportsOn"))
        for page in facts.nodes(document, term("foaf:page"))
    )


def _releases(data: Path) -> dict[str, str]:
    facts = Facts()
    wanted = [term("rdf:type"), term("dcterms:identifier"), term("okg:fileSha256")]
    for path in sorted((data / "releases").glob("*.ttl")):
        facts.load(path, only=wanted)
    return {
        facts.text(one, term("dcterms:identifier")): facts.text(one, term("okg:fileSha256"))
        for one in facts.subjects(term("rdf:type"), term("okg:DataRelease"))
    }

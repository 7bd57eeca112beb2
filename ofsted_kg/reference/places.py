"""Areas by GSS code, regions, and the regions into which Ofsted groups authorities."""

from ofsted_kg.identity.names import slug
from ofsted_kg.rdf.terms import date, iri, text
from ofsted_kg.reference.checks import ReferenceTables, several
from ofsted_kg.reference.graphs import WIKIDATA, Facts
from ofsted_kg.reference.tables import Row

ONS_PAGES = "https://www.ons.gov.uk/explore-local-statistics/areas/"


def geography_facts(tables: ReferenceTables) -> Facts:
    """`geographies.ttl`."""
    facts = Facts(
        "geographies",
        "Areas that local authorities serve or have served, by GSS code",
        (tables.areas, tables.authorities, tables.disagreements),
    )
    for gss, row in tables.by_gss.items():
        node = iri("geography", gss)
        facts.add_types(node, "okg:Geography")
        facts.add(node, "skos:prefLabel", text(row.required("name")))
        facts.add(node, "okg:liesIn", iri("region", row["region_code"]))
        _add_validity(facts, tables, row)
        earlier = several(row["predecessor_area"])
        facts.add(node, "dcterms:replaces", *(iri("geography", other) for other in earlier))
        later = several(row["successor_area"])
        facts.add(node, "dcterms:isReplacedBy", *(iri("geography", other) for other in later))
        facts.add_code(node, "gss", gss)
        facts.add_link(node, "skos:exactMatch", _ons_iri(row, gss))
        _add_links_of_only_area(facts, tables, row, gss)
        if not row["valid_to"]:
            facts.add_link(node, "rdfs:seeAlso", ONS_PAGES + gss)
    return facts


def _add_validity(facts: Facts, tables: ReferenceTables, row: Row) -> None:
    """First and last day of a code; only the year of a change whose day is not settled."""
    node = iri("geography", row["gss"])
    first, last = row.day("valid_from"), row.day("valid_to")
    notes = tables.by_code[row["authority_register_code"]]["notes"]
    doubted = "day not settled" in notes
    if first:
        unsettled = doubted and row["predecessor_area"]
        facts.add(node, "okg:existsFrom", date(f"{first.year:04}" if unsettled else first))
    if last:
        unsettled = doubted and row["successor_area"]
        facts.add(node, "okg:existsUntil", date(f"{last.year:04}" if unsettled else last))
    facts.add(node, "skos:editorialNote", text(notes) if doubted else None)


def _ons_iri(row: Row, gss: str) -> str | None:
    address = row.url("ons_uri")
    if address and not address.endswith(f"/{gss}"):
        raise row.error("ons_uri", f"does not end with {gss}")
    return address


def _add_links_of_only_area(facts: Facts, tables: ReferenceTables, row: Row, gss: str) -> None:
    """Links that authorities.csv gives by authority; with two areas it is not said which."""
    code = row["authority_register_code"]
    if len(tables.areas_of(code)) > 1:
        return
    authority, node = tables.by_code[code], iri("geography", gss)
    if tables.disputed(code, "OS URI") is None:
        facts.add_link(node, "skos:exactMatch", authority.url("os_area_uri"))
    item = authority.code("wikidata_area", "wikidata")
    # One source alone often means the ceremonial county, so two must agree.
    sources = several(authority["wikidata_area_sources"])
    if item and len([source for source in sources if "CAUTION" not in source]) > 1:
        facts.add_link(node, "skos:closeMatch", WIKIDATA + item)


def region_facts(tables: ReferenceTables) -> Facts:
    """`regions.ttl`: the nine regions, and apart from them Ofsted's eight.

    Ofsted's are its own groups of authorities as at 31 March 2025: two of them
    cross the boundaries of the nine, so that none is matched with any of these.
    """
    facts = Facts(
        "regions",
        "Regions of England, and the regions that Ofsted uses",
        (tables.regions, tables.release, tables.areas),
    )
    for code, row in tables.by_region.items():
        node = iri("region", code)
        facts.add_types(node, "okg:Geography")
        facts.add(node, "skos:prefLabel", text(row.required("name")))
        facts.add_code(node, "gss", row.code("code", "gss"))
        facts.add_link(node, "skos:exactMatch", _ons_iri(row, code))
        facts.add_link(node, "rdfs:seeAlso", ONS_PAGES + code)
    facts.add_concept_scheme("ofsted-region", "Regions into which Ofsted groups authorities")
    members: dict[str, set[str]] = {}
    for row in tables.release:
        area = tables.by_gss[row["Local authority area code"]]
        name = row.required("Ofsted region")
        members.setdefault(name, set()).add(area["authority_register_code"])
    for name in sorted(members):
        facts.add_concept("ofsted-region", slug(name), name, None)
        parts = (iri("authority", code) for code in sorted(members[name]))
        facts.add(iri("ofsted-region", slug(name)), "dcterms:hasPart", *parts)
    return facts

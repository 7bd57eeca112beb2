"""Authorities: their names, codes, validity, successions, links and services."""

from collections import Counter
from dataclasses import dataclass
from datetime import timedelta

from pyoxigraph import NamedNode

from ofsted_kg.identity.names import slug
from ofsted_kg.rdf.terms import date, iri, literal, text
from ofsted_kg.reference.checks import ReferenceTables, several
from ofsted_kg.reference.graphs import WIKIDATA, Facts
from ofsted_kg.reference.tables import Row

PLANNING_DATA = "https://www.planning.data.gov.uk/entity/"


def label_of(tables: ReferenceTables, code: str) -> str:
    """The short name of an authority, or its full one where a successor bears the short one."""
    row = tables.by_code[code]
    same = [other for other in tables.authorities if other["nice_name"] == row["nice_name"]]
    return row["official_name"] if row["end_date"] and len(same) > 1 else row["nice_name"]


def authority_facts(tables: ReferenceTables) -> Facts:
    """`authorities.ttl`."""
    facts = Facts(
        "authorities",
        "Local authorities of England with duties for children, since 2019",
        (
            tables.authorities,
            tables.areas,
            tables.disagreements,
            tables.neighbours,
            tables.release,
        ),
    )
    names = _other_names(tables)
    bearers = Counter(row["ofsted_urn"] for row in tables.authorities)
    for code, row in tables.by_code.items():
        node = iri("authority", code)
        facts.add_types(node, "okg:LocalAuthority", "org:FormalOrganization")
        label = label_of(tables, code)
        facts.add(node, "skos:prefLabel", text(label))
        official = row.required("official_name")
        others = sorted(names[code] - {label, official})
        facts.add(node, "skos:altLabel", *(text(name) for name in others))
        facts.add(node, "dcterms:title", text(official))
        facts.add(node, "dcterms:type", iri("authority-type", slug(row.required("type"))))
        facts.add(node, "okg:liesIn", iri("region", row["region_code"]))
        areas = [area["gss"] for area in tables.areas_of(code)]
        facts.add(node, "okg:governs", *(iri("geography", gss) for gss in areas))
        _add_validity(facts, node, tables, row)
        _add_codes(facts, node, row, areas)
        _add_pages(facts, node, row, shared_urn=bearers[row["ofsted_urn"]] > 1)
        _add_links(facts, node, row)
    return facts


def _other_names(tables: ReferenceTables) -> dict[str, set[str]]:
    names: dict[str, set[str]] = {
        code: {row.required("nice_name")} for code, row in tables.by_code.items()
    }
    for area in tables.areas:
        names[area["authority_register_code"]].add(area.required("name"))
    current = tables.current_by_dfe_code()
    for row in tables.neighbours:
        code = row.known(
            "dfe_la_code", row["dfe_la_code"], current, "authorities.csv as a current authority"
        )
        names[current[code]].add(row.required("la_name"))
    for row in tables.release:
        area = tables.by_gss[row["Local authority area code"]]
        names[area["authority_register_code"]].add(row.required("Local authority name"))
    return names


def _add_validity(facts: Facts, node: NamedNode, tables: ReferenceTables, row: Row) -> None:
    # Dates of the closed register were damaged by a spreadsheet, and copies of it shift them
    # by a century: only a day of another source, without such a verdict, is taken.
    verdict = tables.disputed(row["register_code"], "start date") or ""
    if row["start_date_source"] == "mysociety" and not verdict.startswith("register start-dates"):
        start = row.day("start_date")
        facts.add(node, "okg:existsFrom", date(start) if start else None)
    end = row.day("end_date")
    facts.add(node, "okg:existsUntil", date(end) if end else None)


def _add_codes(facts: Facts, node: NamedNode, row: Row, areas: list[str]) -> None:
    for gss in areas:
        facts.add_code(node, "gss", gss)
    facts.add_code(node, "dfe", row.code("dfe_la_code", "dfe"))
    facts.add_code(node, "ofsted-urn", row.code("ofsted_urn", "ofsted-urn"))
    facts.add_code(node, "three-letter", row.code("register_code", "three-letter"))
    facts.add_code(node, "planning-data", row.code("planning_data_reference", "planning-data"))
    facts.add_code(node, "govuk", row.code("govuk_slug", "govuk"))
    prefix, _, entry = row["register_curie"].partition(":")
    if prefix:
        row.known("register_curie", prefix, ("local-authority-eng",), "the known registers")
        code = row.checked("register_curie", "local-authority-eng", entry)
        facts.add_code(node, "local-authority-eng", code)
        # An identifier built on the register says nothing where the register has no entry.
        facts.add_code(node, "org-id", row.code("org_id_guide", "org-id"))


def _add_pages(facts: Facts, node: NamedNode, row: Row, *, shared_urn: bool) -> None:
    if row["status"] == "current":
        facts.add_link(node, "foaf:homepage", row.url("homepage"))
    if _is_about_the_council(row["wikipedia"]):
        facts.add_link(node, "foaf:isPrimaryTopicOf", row.url("wikipedia"))
    provider = row.url("ofsted_provider_url")
    if provider and not provider.endswith(f"/{row['ofsted_urn']}"):
        raise row.error("ofsted_provider_url", "does not end with the Ofsted URN of the row")
    # A page has one primary topic, so one that two authorities share is just a page.
    facts.add_link(node, "foaf:page" if shared_urn else "foaf:isPrimaryTopicOf", provider)


def _add_links(facts: Facts, node: NamedNode, row: Row) -> None:
    council = row.code("wikidata_council", "wikidata")
    if council:
        sources = several(row["wikidata_council_sources"])
        checked = any(not source.startswith("digital-land/") for source in sources)
        facts.add_link(node, "owl:sameAs" if checked else "skos:closeMatch", WIKIDATA + council)
    entity = row["planning_data_entity"]
    if entity:
        if not entity.isdecimal():
            raise row.error("planning_data_entity", f"{entity!r} is not a number")
        facts.add_link(node, "skos:exactMatch", PLANNING_DATA + entity)
    facts.add_link(node, "skos:exactMatch", row.url("opendatacommunities_uri"))
    if _is_about_the_council(row["dbpedia_derived"]):
        facts.add_link(node, "skos:closeMatch", row.url("dbpedia_derived"))


def _is_about_the_council(address: str) -> bool:
    """Whether an encyclopaedia page is about a council; titles that lack the word are places."""
    return "Council" in address or "Corporation" in address


def succession_facts(tables: ReferenceTables) -> Facts:
    """`successions.ttl`: an event for each set of authorities that gave way to others."""
    facts = Facts("successions", "Reorganisations of local authorities", (tables.authorities,))
    seen: set[str] = set()
    for code, row in tables.by_code.items():
        if code in seen or not row["successors"]:
            continue
        after = several(row["successors"])
        before = several(tables.by_code[after[0]]["predecessors"])
        seen.update(before)
        ended, began = row.day("end_date"), tables.by_code[after[0]].day("start_date")
        if ended is None or began != ended + timedelta(days=1):
            raise row.error("end_date", f"is not the day before {after[0]} began")
        event = iri("succession", "-".join(before))
        old = " and ".join(tables.by_code[each]["official_name"] for each in before)
        new = " and ".join(tables.by_code[each]["official_name"] for each in after)
        facts.add_types(event, "org:ChangeEvent")
        facts.add(event, "rdfs:label", text(f"{old} gave way to {new}"))
        facts.add(event, "dcterms:date", date(began))
        facts.add(event, "org:originalOrganization", *(iri("authority", x) for x in before))
        facts.add(event, "org:resultingOrganization", *(iri("authority", x) for x in after))
    return facts


def authority_type_facts(tables: ReferenceTables) -> Facts:
    """`authority-types.ttl`."""
    facts = Facts("authority-types", "Types of local authority", (tables.authorities,))
    facts.add_concept_scheme("authority-type", "Types of local authority")
    types = {row.required("type_code"): row["type"] for row in tables.authorities}
    for code in sorted(types):
        facts.add_concept("authority-type", slug(types[code]), types[code], None)
        facts.add(iri("authority-type", slug(types[code])), "skos:notation", literal(code))
    return facts


@dataclass(frozen=True)
class ServiceType:
    """The label of a type of service, and the class of its services with that class's label."""

    label: str
    of_kind: NamedNode
    class_label: str


def service_facts(tables: ReferenceTables, service_types: dict[str, ServiceType]) -> Facts:
    """`services.ttl`: each authority's service of each type that an inspection judges.

    `service_types` gives each type by its slug.
    """
    labels = {each.class_label for each in service_types.values()}
    # Services of several classes have only the general word in common.
    what = labels.pop() if len(labels) == 1 else "Service"
    facts = Facts("services", f"{what}s of each authority", (tables.authorities,))
    for code in tables.by_code:
        for key, service_type in service_types.items():
            service = iri("service", code, key)
            facts.add(service, "rdf:type", service_type.of_kind)
            label = f"{label_of(tables, code)}: {service_type.label}"
            facts.add(service, "rdfs:label", text(label))
            facts.add(service, "okg:isProvidedBy", iri("authority", code))
            facts.add(service, "dcterms:type", iri("service-type", key))
    return facts

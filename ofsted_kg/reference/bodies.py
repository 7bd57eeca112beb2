"""Bodies other than authorities, legislation, and statistical neighbours."""

import re
from datetime import timedelta

from pyoxigraph import NamedNode

from ofsted_kg.rdf.terms import date, iri, literal, number, text
from ofsted_kg.reference.checks import ReferenceTables
from ofsted_kg.reference.graphs import WIKIDATA, Facts
from ofsted_kg.reference.tables import Row

ROR = "https://ror.org/"
INFORMAL_KIND = "team-or-partnership"
LEGISLATION = "http://www.legislation.gov.uk/id/"


def organisation_facts(tables: ReferenceTables, kinds: dict[str, str]) -> Facts:
    """`organisations.ttl`; rows that name an authority are checked and have no second node.

    `kinds` gives the type of formal body by the beginning of the table's description; a row
    that begins otherwise is a team or partnership.
    """
    facts = Facts(
        "organisations",
        "Inspectorates, health bodies, charities and others that the documents name",
        (tables.organisations,),
    )
    facts.add_concept(
        "identifier-scheme",
        "laestab",
        "LAESTAB number",
        "DfE local authority code and establishment number of a school, as seven digits.",
    )
    for key, row in tables.organisations.keyed("key").items():
        if row["type"].startswith("local authority"):
            _check_authority_row(tables, row)
        else:
            _add_organisation(facts, iri("organisation", key), row, kinds)
    return facts


def _add_organisation(facts: Facts, node: NamedNode, row: Row, kinds: dict[str, str]) -> None:
    kind = row.required("type")
    formal = [slug for beginning, slug in kinds.items() if kind.startswith(beginning)]
    slug = formal[0] if formal else INFORMAL_KIND
    if slug == "inspectorate":
        facts.add_types(node, "okg:Inspectorate")
    if formal:
        facts.add_types(node, "org:FormalOrganization")
    facts.add_types(node, "org:Organization")
    label, others = _names(row.required("name"))
    facts.add(node, "skos:prefLabel", text(label))
    facts.add(node, "skos:altLabel", *(text(name) for name in others))
    facts.add(node, "dcterms:type", iri("organisation-type", slug))
    facts.add(node, "dcterms:description", text(kind))
    facts.add_code(node, "nhs-ods", row.code("ods_code", "nhs-ods"))
    charity = row.code("charity_number", "charity")
    facts.add_code(node, "charity", charity)
    facts.add_code(node, "org-id", f"GB-CHC-{charity}" if charity else None)
    facts.add_code(node, "company", row.code("company_number", "company"))
    facts.add_code(node, "govuk", row.code("govuk_org_slug", "govuk"))
    if row["register_id"]:
        register, _, entry = row["register_id"].partition(":")
        row.known("register_id", register, ("government-organisation",), "the known registers")
        code = row.checked("register_id", "government-organisation", entry)
        facts.add_code(node, "government-organisation", code)
    _add_other_ids(facts, node, row)
    item = row.code("wikidata", "wikidata")
    facts.add_link(node, "skos:closeMatch", WIKIDATA + item if item else None)


def _names(cell: str) -> tuple[str, list[str]]:
    """The name in use and the others, from `Short (Full)` or `Earlier -> Later`."""
    if " -> " in cell:
        earlier, later = cell.split(" -> ")
        return later, [earlier]
    written = re.fullmatch(r"(.+?) \((.+)\)", cell)
    if written is None:
        return cell, []
    short, inner = written.groups()
    # Words in brackets that begin small go on from the short name.
    return short, [inner if inner[0].isupper() else f"{short} {inner}"]


def _other_ids(row: Row) -> dict[str, str]:
    pairs = [part.partition("=") for part in row["other_ids"].split(";") if part.strip()]
    return {name.strip(): value.strip() for name, _, value in pairs}


def _add_other_ids(facts: Facts, node: NamedNode, row: Row) -> None:
    others = _other_ids(row)
    unknown = set(others) - {"GIAS URN", "DfE LA", "estab", "ROR", "GRID"}
    if unknown:
        raise row.error("other_ids", f"unknown kind of code: {', '.join(sorted(unknown))}")
    if "GIAS URN" in others:
        facts.add_code(node, "gias", row.checked("other_ids", "gias", others["GIAS URN"]))
    if "estab" in others:
        school = others.get("DfE LA", "") + others["estab"]
        facts.add_code(node, "laestab", row.checked("other_ids", "laestab", school))
    if "GRID" in others:
        row.checked("other_ids", "grid", others["GRID"])
    if "ROR" in others:
        code = row.checked("other_ids", "ror", others["ROR"].removeprefix(ROR))
        facts.add_link(node, "skos:exactMatch", ROR + code)


def _check_authority_row(tables: ReferenceTables, row: Row) -> None:
    code = row["register_id"].partition(":")[2]
    row.known("register_id", code, tables.by_code, "authorities.csv")
    authority = tables.by_code[code]
    if row["wikidata"] not in ("", authority["wikidata_council"]):
        raise row.error(
            "wikidata", f"differs from {authority['wikidata_council']} in authorities.csv"
        )
    columns = {"GSS": "gss_current", "DfE": "dfe_la_code", "OfstedURN": "ofsted_urn"}
    for name, value in _other_ids(row).items():
        row.known("other_ids", name, columns, "the codes known of an authority")
        if value != authority[columns[name]]:
            raise row.error("other_ids", f"{name}={value} differs from authorities.csv")


def legislation_facts(tables: ReferenceTables) -> Facts:
    """`legislation.ttl`, on the publisher's own IRIs; sections are parts of their Acts."""
    facts = Facts("legislation", "Legislation and statutory guidance", (tables.legislation,))
    rows = tables.legislation.keyed("key")
    acts = [row["uri"] for row in rows.values() if row["uri"]]
    for key, row in rows.items():
        address = row.url("uri")
        if address and not address.startswith(LEGISLATION):
            raise row.error("uri", f"{address!r} does not begin with {LEGISLATION}")
        node = NamedNode(address) if address else iri("guidance", key)
        facts.add_types(node, "bibo:Legislation" if address else "bibo:Document")
        facts.add(node, "dcterms:title", text(row.required("title")))
        facts.add(node, "dcterms:identifier", literal(key))
        whole = [act for act in acts if address and address.startswith(act + "/")]
        facts.add(node, "dcterms:isPartOf", *(NamedNode(act) for act in whole))
        start, repeal = row.day("in_force_from"), row.day("repealed_on")
        facts.add(node, "okg:inForceFrom", date(start) if start else None)
        # A repeal takes effect on its day, so the last day in force is the one before.
        facts.add(node, "okg:inForceUntil", date(repeal - timedelta(days=1)) if repeal else None)
    return facts


def neighbour_facts(tables: ReferenceTables) -> Facts:
    """`neighbours.ttl`: the ten neighbours of each authority in the model of 2025."""
    facts = Facts(
        "neighbours",
        "Statistical neighbours in the Department for Education's model of 2025",
        (tables.neighbours, tables.authorities),
    )
    tables.neighbours.keyed_by("rank", lambda row: f"{row['dfe_la_code']} rank {row['rank']}")
    current = tables.current_by_dfe_code()
    for row in tables.neighbours:
        ends = []
        for column in ("dfe_la_code", "neighbour_dfe_la_code"):
            code = row.checked(column, "dfe", row[column])
            row.known(column, code, current, "authorities.csv as a current authority")
            ends.append(current[code])
        if ends[0] == ends[1]:
            raise row.error("neighbour_dfe_la_code", "an authority cannot be its own neighbour")
        if re.fullmatch(r"[1-9]\d*", row["rank"]) is None:
            raise row.error("rank", f"{row['rank']!r} is not a rank; ranks count from 1")
        link = iri("neighbour-link", "2025", ends[0], row["rank"])
        facts.add_types(link, "okg:NeighbourLink")
        facts.add(link, "okg:concernsAuthority", iri("authority", ends[0]))
        facts.add(link, "okg:hasNeighbour", iri("authority", ends[1]))
        rank = number(int(row["rank"]), "positiveInteger")
        facts.add(link, "okg:neighbourRank", rank)
        facts.add(link, "okg:closeness", literal(row.required("closeness")))
        facts.add(link, "okg:asAt", date("2025"))
    return facts

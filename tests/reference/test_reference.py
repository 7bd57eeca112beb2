"""The reference data: facts read off the tables by hand."""

import csv
import re
from pathlib import Path

import pytest
from pyoxigraph import BlankNode, Literal, NamedNode, RdfFormat, Store

from ofsted_kg.rdf.terms import DATA, iri, term
from tests.conftest import ROOT

REFERENCE = ROOT / "data" / "reference"
# Written by hand: bodies of the documents, and names that no table has.
BY_HAND = ("bodies", "names", "short-names", "spellings")
FROM_TABLES = sorted(path for path in REFERENCE.glob("*.ttl") if path.stem not in BY_HAND)
WIKIDATA = "http://www.wikidata.org/entity/"


@pytest.fixture(scope="module")
def store() -> Store:
    found = Store()
    for path in (*FROM_TABLES, REFERENCE / "names.ttl"):
        found.load(path=str(path), format=RdfFormat.TURTLE)
    return found


def values(store: Store, subject: NamedNode, predicate: str) -> list[str]:
    """Objects of one subject and predicate, IRIs of the graph without their base."""
    found = []
    for quad in store.quads_for_pattern(subject, term(predicate), None):
        assert isinstance(quad.object, NamedNode | Literal)
        found.append(quad.object.value.removeprefix(DATA))
    return sorted(found)


def of_authority(store: Store, code: str, predicate: str) -> list[str]:
    return values(store, iri("authority", code), predicate)


def instances(store: Store, kind: str) -> set[str]:
    found = set()
    for quad in store.quads_for_pattern(None, term("rdf:type"), term(kind)):
        assert isinstance(quad.subject, NamedNode)
        found.add(quad.subject.value.removeprefix(DATA))
    return found


def codes(store: Store, owner: NamedNode, scheme: str) -> list[str]:
    prefix = f"identifier/{scheme}/"
    return [
        code.removeprefix(prefix)
        for code in values(store, owner, "adms:identifier")
        if code.startswith(prefix)
    ]


def holders(store: Store, predicate: str, address: str) -> list[str]:
    """Things of which a statement about another publisher's IRI is made."""
    found = []
    for quad in store.quads_for_pattern(None, term(predicate), NamedNode(address)):
        assert isinstance(quad.subject, NamedNode)
        found.append(quad.subject.value.removeprefix(DATA))
    return sorted(found)


def test_as_many_authorities_and_places_as_the_tables_list(store: Store) -> None:
    authorities = instances(store, "okg:LocalAuthority")
    assert len(authorities) == 161
    ended = {a for a in authorities if values(store, NamedNode(DATA + a), "okg:existsUntil")}
    assert len(authorities - ended) == 153
    places = instances(store, "okg:Geography")
    assert len({place for place in places if place.startswith("geography/")}) == 165
    assert len({place for place in places if place.startswith("region/")}) == 9
    assert len(instances(store, "okg:NeighbourLink")) == 1530
    assert len(instances(store, "org:ChangeEvent")) == 7
    assert len(instances(store, "okg:ChildrensService")) == 161 * 8
    assert instances(store, "okg:Inspectorate") == {"organisation/ofsted", "organisation/cqc"}
    assert len(instances(store, "org:Organization")) == 26
    assert len(instances(store, "bibo:Legislation")) == 8
    assert instances(store, "bibo:Document") == {"guidance/wt2006"}


def test_camden_has_its_names_place_and_codes(store: Store) -> None:
    camden = iri("authority", "CMD")
    assert of_authority(store, "CMD", "skos:prefLabel") == ["Camden"]
    assert of_authority(store, "CMD", "dcterms:title") == ["London Borough of Camden"]
    assert of_authority(store, "CMD", "dcterms:type") == ["authority-type/london-borough"]
    assert of_authority(store, "CMD", "okg:liesIn") == ["region/E12000007"]
    assert of_authority(store, "CMD", "okg:governs") == ["geography/E09000007"]
    assert codes(store, camden, "gss") == ["E09000007"]
    assert codes(store, camden, "dfe") == ["202"]
    assert codes(store, camden, "ofsted-urn") == ["80491"]
    assert codes(store, camden, "local-authority-eng") == ["CMD"]
    assert codes(store, camden, "org-id") == ["GB-LAE-CMD"]
    assert codes(store, camden, "govuk") == ["camden"]
    assert codes(store, camden, "planning-data") == ["local-authority:CMD"]
    assert of_authority(store, "CMD", "owl:sameAs") == [WIKIDATA + "Q5025790"]
    assert of_authority(store, "CMD", "skos:exactMatch") == [
        "http://opendatacommunities.org/id/london-borough-council/camden",
        "https://www.planning.data.gov.uk/entity/90",
    ]
    assert of_authority(store, "CMD", "foaf:homepage") == ["https://www.camden.gov.uk/"]
    assert "https://reports.ofsted.gov.uk/provider/44/80491" in of_authority(
        store, "CMD", "foaf:isPrimaryTopicOf"
    )
    assert of_authority(store, "CMD", "okg:existsFrom") == []


def test_an_authority_is_not_its_area(store: Store) -> None:
    area = iri("geography", "E09000007")
    assert values(store, area, "skos:exactMatch") == [
        "http://data.ordnancesurvey.co.uk/id/7000000000011244",
        "http://statistics.data.gov.uk/id/statistical-geography/E09000007",
    ]
    assert not instances(store, "okg:LocalAuthority") & instances(store, "okg:Geography")
    for quad in store.quads_for_pattern(None, term("owl:sameAs"), None):
        assert isinstance(quad.subject, NamedNode)
        assert quad.subject.value.startswith(DATA + "authority/")


@pytest.mark.parametrize(
    ("before", "after", "day"),
    [
        (["BMH", "POL"], ["BPC"], "2019-04-01"),
        (["DOR"], ["DST"], "2019-04-01"),
        (["BKM"], ["BUC"], "2020-04-01"),
        (["NTH"], ["NNT", "WNT"], "2021-04-01"),
        (["CMA"], ["CBD", "WAF"], "2023-04-01"),
        (["NYK"], ["NYE"], "2023-04-01"),
        (["SOM"], ["SMT"], "2023-04-01"),
    ],
)
def test_successors_begin_on_the_day_after_their_predecessors_end(
    store: Store, before: list[str], after: list[str], day: str
) -> None:
    event = iri("succession", "-".join(before))
    assert values(store, event, "org:originalOrganization") == [f"authority/{x}" for x in before]
    assert values(store, event, "org:resultingOrganization") == [f"authority/{x}" for x in after]
    assert values(store, event, "dcterms:date") == [day]
    for code in after:
        assert of_authority(store, code, "okg:existsFrom") == [day]
    for code in before:
        (last_day,) = of_authority(store, code, "okg:existsUntil")
        assert last_day == f"{day[:4]}-03-31"


@pytest.mark.parametrize(
    ("county", "successor", "urn", "dfe"),
    [
        ("BKM", "BUC", "80442", "825"),
        ("NYK", "NYE", "80530", "815"),
        ("SOM", "SMT", "80555", "933"),
    ],
)
def test_codes_that_a_county_and_its_successor_share(
    store: Store, county: str, successor: str, urn: str, dfe: str
) -> None:
    for code in (county, successor):
        assert codes(store, iri("authority", code), "ofsted-urn") == [urn]
        assert codes(store, iri("authority", code), "dfe") == [dfe]
        provider = f"https://reports.ofsted.gov.uk/provider/44/{urn}"
        assert of_authority(store, code, "foaf:page") == [provider]
        assert provider not in of_authority(store, code, "foaf:isPrimaryTopicOf")
    labels = [of_authority(store, code, "skos:prefLabel") for code in (county, successor)]
    assert labels[0] != labels[1]


def test_a_page_or_homepage_belongs_to_one_thing(store: Store) -> None:
    for predicate in ("foaf:homepage", "foaf:isPrimaryTopicOf", "owl:sameAs"):
        pages = [quad.object for quad in store.quads_for_pattern(None, term(predicate), None)]
        assert len(pages) == len(set(pages)) > 150


def test_wikidata_is_the_same_only_where_cross_checked(store: Store) -> None:
    assert len(list(store.quads_for_pattern(None, term("owl:sameAs"), None))) == 155
    items = {"CBD": "Q112160997", "WAF": "Q111962803", "WNT": "Q111232469", "NNT": "Q111232446"}
    for code, item in items.items():
        assert of_authority(store, code, "owl:sameAs") == []
        assert WIKIDATA + item in of_authority(store, code, "skos:closeMatch")
    assert not of_authority(store, "NYE", "owl:sameAs") + of_authority(store, "SMT", "owl:sameAs")


@pytest.mark.parametrize(
    ("code", "council", "mistaken"),
    [
        ("BRC", "Q16985082", "Q896725"),
        ("WFT", "Q7966606", "Q40608"),
        ("WNM", "Q17038560", "Q6391507"),
    ],
)
def test_known_wrong_wikidata_items_are_left_out(
    store: Store, code: str, council: str, mistaken: str
) -> None:
    assert of_authority(store, code, "owl:sameAs") == [WIKIDATA + council]
    links = of_authority(store, code, "skos:closeMatch")
    assert WIKIDATA + mistaken not in links
    if mistaken == "Q6391507":
        assert holders(store, "owl:sameAs", WIKIDATA + mistaken) == ["authority/KEC"]
    else:
        assert holders(store, "owl:sameAs", WIKIDATA + mistaken) == []


def test_area_items_of_wikidata_need_two_sources(store: Store) -> None:
    linked = {
        holder
        for quad in store.quads_for_pattern(None, term("skos:closeMatch"), None)
        if isinstance(quad.object, NamedNode) and quad.object.value.startswith(WIKIDATA)
        for holder in holders(store, "skos:closeMatch", quad.object.value)
        if holder.startswith("geography/")
    }
    assert len(linked) == 32
    assert all(holder.startswith("geography/E09") for holder in linked)


def test_what_is_not_verified_is_absent(store: Store) -> None:
    assert codes(store, iri("authority", "NTH"), "ofsted-urn") == []
    for code in ("NNT", "WNT", "CBD", "WAF", "NYE", "SMT"):
        authority = iri("authority", code)
        assert codes(store, authority, "local-authority-eng") == []
        assert codes(store, authority, "org-id") == []
        assert codes(store, authority, "three-letter") == [code]
    notations = {
        quad.object.value
        for quad in store.quads_for_pattern(None, term("skos:notation"), None)
        if isinstance(quad.object, Literal)
    }
    assert not notations & {"135513", "121939", "137316", "93C", "QMJ", "RP6", "RWK"}
    assert (
        holders(store, "skos:exactMatch", "http://data.ordnancesurvey.co.uk/id/7000000000006004")
        == []
    )
    assert (
        holders(store, "skos:closeMatch", "http://dbpedia.org/resource/West_Northamptonshire") == []
    )
    assert codes(store, iri("organisation", "nhs-ncl"), "nhs-ods") == []


@pytest.mark.parametrize("code", ["BIR", "BKM", "LDS", "RCH", "ROT", "SND", "SOL", "WNM", "YOR"])
def test_corrupted_start_dates_are_left_out(store: Store, code: str) -> None:
    assert of_authority(store, code, "okg:existsFrom") == []


def test_no_date_of_an_authority_is_a_spreadsheet_accident(store: Store) -> None:
    starts = [
        date
        for authority in instances(store, "okg:LocalAuthority")
        for date in values(store, NamedNode(DATA + authority), "okg:existsFrom")
    ]
    assert len(starts) == 65 - 7
    assert all(re.fullmatch(r"\d{4}-04-01", date) for date in starts)


@pytest.mark.parametrize(
    ("code", "old", "new", "changed"),
    [
        ("GAT", "E08000020", "E08000037", ("2013-03-31", "2013-04-01")),
        ("NBL", "E06000048", "E06000057", ("2013-03-31", "2013-04-01")),
        ("BNS", "E08000016", "E08000038", ("2025", "2025")),
        ("SHF", "E08000019", "E08000039", ("2025", "2025")),
    ],
)
def test_an_area_is_recoded_while_its_authority_goes_on(
    store: Store, code: str, old: str, new: str, changed: tuple[str, str]
) -> None:
    assert of_authority(store, code, "okg:governs") == [f"geography/{old}", f"geography/{new}"]
    assert codes(store, iri("authority", code), "gss") == [old, new]
    assert values(store, iri("geography", old), "okg:existsUntil") == [changed[0]]
    assert values(store, iri("geography", new), "okg:existsFrom") == [changed[1]]
    assert values(store, iri("geography", old), "dcterms:isReplacedBy") == [f"geography/{new}"]
    assert values(store, iri("geography", new), "dcterms:replaces") == [f"geography/{old}"]
    assert of_authority(store, code, "okg:existsUntil") == []


def test_regions_of_the_statistics_and_of_ofsted_are_told_apart(store: Store) -> None:
    assert of_authority(store, "DBY", "okg:liesIn") == ["region/E12000004"]
    assert of_authority(store, "LIN", "okg:liesIn") == ["region/E12000004"]
    assert of_authority(store, "GLS", "okg:liesIn") == ["region/E12000009"]
    ofsted = {c for c in instances(store, "skos:Concept") if c.startswith("ofsted-region/")}
    assert len(ofsted) == 8
    north = iri("ofsted-region", "north-east-yorkshire-and-the-humber")
    assert len(values(store, north, "dcterms:hasPart")) == 12 + 15
    for region in ofsted:
        assert values(store, NamedNode(DATA + region), "skos:exactMatch") == []


@pytest.mark.parametrize(
    ("name", "code"),
    [
        ("Bristol", "BST"),
        ("Bristol, City of", "BST"),
        ("Durham", "DUR"),
        ("St Helens", "SHN"),
        ("St. Helens", "SHN"),
        ("Kingston upon Hull", "KHL"),
        ("Kingston Upon Hull", "KHL"),
        ("Bedford Borough", "BDF"),
        ("Southend on Sea", "SOS"),
        ("Richmond Upon Thames", "RIC"),
        ("Bournemouth, Christchurch & Poole", "BPC"),
        ("Telford & Wrekin", "TFW"),
        ("Hammersmith & Fulham", "HMF"),
        ("Windsor & Maidenhead", "WNM"),
        ("Royal Borough of Kensington and Chelsea", "KEC"),
    ],
)
def test_names_in_use_lead_to_one_authority(store: Store, name: str, code: str) -> None:
    found = set()
    for predicate in ("skos:prefLabel", "skos:altLabel", "dcterms:title"):
        for quad in store.quads_for_pattern(None, term(predicate), Literal(name, language="en")):
            assert isinstance(quad.subject, NamedNode)
            found.add(quad.subject.value.removeprefix(DATA))
    assert {each for each in found if each.startswith("authority/")} == {f"authority/{code}"}


def test_neighbours_of_camden(store: Store) -> None:
    names = []
    for rank in range(1, 11):
        link = iri("neighbour-link", "2025", "CMD", str(rank))
        assert values(store, link, "okg:concernsAuthority") == ["authority/CMD"]
        assert values(store, link, "okg:neighbourRank") == [str(rank)]
        assert values(store, link, "okg:asAt") == ["2025"]
        (neighbour,) = values(store, link, "okg:hasNeighbour")
        names += values(store, NamedNode(DATA + neighbour), "skos:prefLabel")
    assert names == [
        "Islington",
        "Westminster",
        "Hammersmith and Fulham",
        "Southwark",
        "Lambeth",
        "Kensington and Chelsea",
        "Lewisham",
        "Haringey",
        "Hackney",
        "Barnet",
    ]
    first, last = (iri("neighbour-link", "2025", "CMD", rank) for rank in ("1", "10"))
    assert values(store, first, "okg:closeness") == ["Close"]
    assert values(store, last, "okg:closeness") == ["Not close"]


def test_neighbours_are_authorities_that_exist(store: Store) -> None:
    for quad in store.quads_for_pattern(None, term("okg:hasNeighbour"), None):
        assert isinstance(quad.object, NamedNode)
        assert values(store, quad.object, "skos:prefLabel")
        assert values(store, quad.object, "okg:existsUntil") == []


def test_a_service_is_named_after_its_authority(store: Store) -> None:
    service = iri("service", "CMD", "looked-after-children")
    assert values(store, service, "rdfs:label") == ["Camden: services for looked after children"]
    assert values(store, service, "okg:isProvidedBy") == ["authority/CMD"]
    assert values(store, service, "dcterms:type") == ["service-type/looked-after-children"]


def test_organisations_have_their_public_codes(store: Store) -> None:
    assert codes(store, iri("organisation", "ofsted"), "government-organisation") == ["D106"]
    assert codes(store, iri("organisation", "cnwl"), "nhs-ods") == ["RV3"]
    assert codes(store, iri("organisation", "barnardos"), "charity") == ["216250"]
    assert codes(store, iri("organisation", "barnardos"), "org-id") == ["GB-CHC-216250"]
    assert codes(store, iri("organisation", "swiss-cottage"), "gias") == ["100096"]
    assert codes(store, iri("organisation", "swiss-cottage"), "laestab") == ["2027205"]
    royal_free = iri("organisation", "royal-free")
    assert values(store, royal_free, "skos:prefLabel") == ["Royal Free London NHS Foundation Trust"]
    assert values(store, royal_free, "skos:altLabel") == ["Royal Free Hampstead NHS Trust"]
    for key in ("camden", "kensington-chelsea", "rotherham", "rochdale", "islington"):
        assert not list(store.quads_for_pattern(iri("organisation", key), None, None))


def test_a_section_of_an_act_ends_when_it_was_repealed(store: Store) -> None:
    act = "http://www.legislation.gov.uk/id/ukpga/2006/40"
    section = NamedNode(f"{act}/section/138")
    assert values(store, section, "okg:inForceUntil") == ["2012-07-17"]
    assert values(store, section, "dcterms:isPartOf") == [act]


def test_every_file_names_its_tables_and_has_no_blank_node() -> None:
    paths = FROM_TABLES
    assert len(paths) == 9
    for path in paths:
        single = Store()
        single.load(path=str(path), format=RdfFormat.TURTLE)
        graph = NamedNode(f"https://w3id.org/ofsted-kg/graph/reference/{path.stem}")
        assert values(single, graph, "dcterms:source"), path
        assert values(single, graph, "dcterms:license"), path
        for table in values(single, graph, "prov:wasDerivedFrom"):
            (digest,) = values(single, NamedNode(DATA + table), "okg:fileSha256")
            assert re.fullmatch(r"[0-9a-f]{64}", digest)
            assert digest in path.read_text(encoding="utf-8").splitlines()[0]
        for quad in single:
            assert not isinstance(quad.subject, BlankNode)
            assert not isinstance(quad.object, BlankNode)


def test_every_name_in_the_releases_is_known(shared: Path, store: Store) -> None:
    known = set()
    for authority in instances(store, "okg:LocalAuthority"):
        for predicate in ("skos:prefLabel", "skos:altLabel"):
            known.update(values(store, NamedNode(DATA + authority), predicate))
    releases = sorted((shared / "reference" / "ofsted").glob("*.csv"))
    assert releases
    for path in releases:
        with path.open(encoding="utf-8", newline="") as stream:
            named = {row["Local authority name"] for row in csv.DictReader(stream)}
        assert named - known == set(), path.name

"""Codes by scheme: right ones, malformed ones, and every code that the graph holds."""

import pytest
from pyoxigraph import Literal, NamedNode, RdfFormat, Store

from ofsted_kg.identity.codes import SCHEMES, check_code
from ofsted_kg.rdf.terms import DATA, term
from tests.conftest import ROOT

REFERENCE = ROOT / "data" / "reference"

RIGHT = [
    ("gss", "E09000007"),
    ("gss", "E10000002"),
    ("gss", "W06000015"),
    ("dfe", "202"),
    ("ofsted-urn", "80491"),
    ("ofsted-urn", "2532287"),
    ("local-authority-eng", "CMD"),
    ("three-letter", "NYE"),
    ("planning-data", "local-authority:CMD"),
    ("planning-data", "local-authority:WFUA"),
    ("org-id", "GB-CHC-216250"),
    ("org-id", "GB-LAE-CMD"),
    ("govuk", "kensington-and-chelsea"),
    ("government-organisation", "D106"),
    ("government-organisation", "PB251"),
    ("wikidata", "Q5025790"),
    ("nhs-ods", "RV3"),
    ("nhs-ods", "5K7"),
    ("charity", "216250"),
    ("charity", "1089697"),
    ("company", "02558115"),
    ("company", "SC123456"),
    ("gias", "100096"),
    ("laestab", "2027205"),
    ("ror", "00ayhx656"),
    ("grid", "grid.12082.39"),
]

MALFORMED = [
    ("gss", "E0900007"),
    ("gss", "E090000071"),
    ("gss", "e09000007"),
    ("gss", "S12000033"),
    ("gss", "E09000007 "),
    ("gss", "E09000007\n"),
    ("gss", "E0900000٧"),
    ("dfe", "20"),
    ("dfe", "2020"),
    ("dfe", "20A"),
    ("ofsted-urn", "135513"),
    ("ofsted-urn", "8049"),
    ("ofsted-urn", "SC391681"),
    ("local-authority-eng", "cmd"),
    ("local-authority-eng", "CMDX"),
    ("three-letter", "WF"),
    ("planning-data", "CMD"),
    ("planning-data", "local-authority:cmd"),
    ("org-id", "216250"),
    ("govuk", "St Helens"),
    ("govuk", "st.-helens"),
    ("government-organisation", "106"),
    ("wikidata", "5025790"),
    ("wikidata", "Q0"),
    ("nhs-ods", "rv3"),
    ("nhs-ods", "R"),
    ("charity", "21625"),
    ("charity", "GB-CHC-216250"),
    ("company", "2558115"),
    ("gias", "10009"),
    ("laestab", "202/7205"),
    ("ror", "00ayhx657"),
    ("ror", "00yahx656"),
    ("ror", "00ayhl656"),
    ("grid", "12082.39"),
]


@pytest.mark.parametrize(("scheme", "code"), RIGHT)
def test_right_codes_pass(scheme: str, code: str) -> None:
    assert check_code(scheme, code) == code


@pytest.mark.parametrize(("scheme", "code"), MALFORMED)
def test_malformed_codes_are_refused_in_words(scheme: str, code: str) -> None:
    with pytest.raises(ValueError, match=r"is no .+ \(.+\)"):
        check_code(scheme, code)


def test_every_scheme_has_a_right_and_a_malformed_example() -> None:
    assert {scheme for scheme, _ in RIGHT} == set(SCHEMES)
    assert {scheme for scheme, _ in MALFORMED} == set(SCHEMES)


@pytest.fixture(scope="module")
def store() -> Store:
    found = Store()
    for path in sorted(REFERENCE.glob("*.ttl")):
        found.load(path=str(path), format=RdfFormat.TURTLE)
    for path in sorted((REFERENCE.parents[1] / "ontology").glob("*.ttl")):
        found.load(path=str(path), format=RdfFormat.TURTLE)
    return found


def test_every_identifier_of_the_graph_has_the_form_of_its_scheme(store: Store) -> None:
    schemes = set()
    for quad in store.quads_for_pattern(None, term("rdf:type"), term("adms:Identifier")):
        node = quad.subject
        assert isinstance(node, NamedNode)
        notations = list(store.quads_for_pattern(node, term("skos:notation"), None))
        types = list(store.quads_for_pattern(node, term("dcterms:type"), None))
        assert len(notations) == len(types) == 1, node
        code, scheme = notations[0].object, types[0].object
        assert isinstance(code, Literal)
        assert isinstance(scheme, NamedNode)
        slug = scheme.value.removeprefix(DATA + "identifier-scheme/")
        assert SCHEMES[slug].accepts(code.value), node
        assert node.value == f"{DATA}identifier/{slug}/{code.value}"
        assert list(store.quads_for_pattern(scheme, term("skos:prefLabel"), None)), scheme
        schemes.add(slug)
    assert schemes == set(SCHEMES) - {"wikidata", "company", "ror", "grid"}


def test_every_identifier_that_a_thing_bears_is_described(store: Store) -> None:
    borne = {quad.object for quad in store.quads_for_pattern(None, term("adms:identifier"), None)}
    described = {
        quad.subject
        for quad in store.quads_for_pattern(None, term("rdf:type"), term("adms:Identifier"))
    }
    assert borne == described


def test_every_wikidata_link_names_an_item(store: Store) -> None:
    items = []
    for predicate in ("owl:sameAs", "skos:closeMatch"):
        for quad in store.quads_for_pattern(None, term(predicate), None):
            assert isinstance(quad.object, NamedNode)
            if "wikidata.org" in quad.object.value:
                items.append(quad.object.value)
    assert len(items) > 160
    for item in items:
        prefix, _, code = item.rpartition("/")
        assert prefix == "http://www.wikidata.org/entity"
        assert SCHEMES["wikidata"].accepts(code)

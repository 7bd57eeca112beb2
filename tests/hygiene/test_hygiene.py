"""Hygiene of the vocabulary and the graph: one rule, one query in tests/hygiene.

Each query lists offenders. It must list none in the graph, and list the offender of a
fault that is put in on purpose.
"""

import re
from pathlib import Path

import pytest
from pyoxigraph import NamedNode, QuerySolutions, RdfFormat, Store

from ofsted_kg.rdf.files import GRAPH, graph_files
from tests.conftest import ROOT, TURTLE_PREFIXES

RULES = sorted(Path(__file__).parent.glob("*.rq"))
DEFINED = "rdfs:isDefinedBy <https://w3id.org/ofsted-kg/def>"
# A fault for each rule, and the offender that the rule must name.
FAULTS: dict[str, tuple[str, str]] = {
    "blank-node": ("[] okg:asWritten 'Good' .", "_:"),
    "claim-in-official-graph": (
        "ex:claim a okg:SecondaryClaim . ex:report a okg:InspectionReport .",
        "claim",
    ),
    "class-and-property": ("ex:term a owl:Class , owl:ObjectProperty .", "term"),
    "class-name-small": ("okg:claim a owl:Class .", "claim"),
    "comment-used": ("okg:Grade rdfs:comment 'A point.' .", "Grade"),
    "computed-outside-derived-graph": ("ex:thing okg:computedDueBy '2012-07-10' .", "thing"),
    "data-property-with-thing": ("ex:thing okg:asWritten ex:word .", "thing"),
    "definition-missing": (f"ex:term {DEFINED} .", "term"),
    "definition-not-a-sentence": (f"ex:term {DEFINED} ; skos:definition 'a point'@en .", "term"),
    "definition-shared": (
        f"ex:term {DEFINED} ; skos:definition 'One point on exactly one grading scale.'@en .",
        "Grade",
    ),
    "domain-or-class-range": ("okg:hasGrade rdfs:range okg:Grade .", "hasGrade"),
    "external-term-undeclared": ("ex:thing skos:narrower ex:other .", "narrower"),
    "http-and-https": ("<http://w3id.org/ofsted-kg/id/thing> rdfs:label 'x' .", "thing"),
    "isdefinedby-missing": ("okg:Thing a owl:Class .", "Thing"),
    "label-missing": (f"ex:term {DEFINED} ; rdfs:label 'term' .", "term"),
    "label-padded": ("ex:thing rdfs:label 'two  blanks'@en .", "thing"),
    "label-shared": (f"ex:term {DEFINED} ; rdfs:label 'GRADE'@en .", "Grade"),
    "object-and-data-property": ("okg:hasGrade a owl:DatatypeProperty .", "hasGrade"),
    "object-property-with-value": ("ex:thing okg:hasGrade 'Good' .", "thing"),
    "property-name-capital": ("okg:HasGrade a owl:ObjectProperty .", "HasGrade"),
    "quoted-sentence": ("ex:thing oa:exact 'word for word' .", "thing"),
    "same-as-across-scales": ("ex:grade a okg:Grade . ex:other owl:sameAs ex:grade .", "grade"),
    "superclass-type-missing": ("ex:thing a okg:Judgement .", "thing"),
    "term-undeclared": ("ex:thing okg:hasGrad ex:grade .", "hasGrad"),
    "time-range": ("okg:publishedOn rdfs:range xsd:date .", "publishedOn"),
    "class-definition-form": (
        "okg:Thing a owl:Class ; " + DEFINED + " ; skos:definition 'Things.'@en .",
        "Thing",
    ),
    "country-in-core": (f"ex:term {DEFINED} ; skos:definition 'A duty to children.'@en .", "term"),
    "deprecated-among-the-living": (f"ex:term {DEFINED} ; owl:deprecated true .", "term"),
    "deprecated-used": ("ex:thing okg:hasStrength ex:word .", "thing"),
    "deprecated-without-note": ("okg:Grade owl:deprecated true .", "Grade"),
    "example-missing": (f"ex:term a owl:DatatypeProperty ; {DEFINED} .", "term"),
    "iri-not-readable": ("<https://w3id.org/ofsted-kg/id/two+words> rdfs:label 'x' .", "two+words"),
    "relation-definition-form": (
        f"ex:term a owl:ObjectProperty ; {DEFINED} ; skos:definition 'A link.'@en .",
        "term",
    ),
    "relation-not-a-verb": ("okg:grade a owl:ObjectProperty .", "grade"),
    "time-named-date": ("okg:publicationDate a owl:DatatypeProperty .", "publicationDate"),
    "value-definition-form": (
        f"ex:term a owl:DatatypeProperty ; {DEFINED} ; skos:definition 'The day.'@en .",
        "term",
    ),
    "value-named-as-relation": ("okg:hasRank a owl:DatatypeProperty .", "hasRank"),
}


def offenders(rule: Path, store: Store) -> list[str]:
    rows = store.query(rule.read_text("utf-8"), use_default_graph_as_union=True)
    assert isinstance(rows, QuerySolutions)
    return sorted(str(row["offender"]) for row in rows)


def load(store: Store, path: Path, graph: str) -> None:
    store.load(path=str(path), format=RdfFormat.TURTLE, to_graph=NamedNode(graph))


@pytest.fixture(scope="module")
def graph() -> Store:
    store = Store()
    for file in graph_files():
        load(store, file.path, file.graph)
    load(store, ROOT / "ontology" / "external.ttl", GRAPH + "ontology/external")
    return store


@pytest.fixture
def vocabulary() -> Store:
    store = Store()
    for name in ("vocabulary", "english-authorities", "deprecated", "external"):
        load(store, ROOT / "ontology" / f"{name}.ttl", GRAPH + f"ontology/{name}")
    return store


def test_every_rule_has_a_fault() -> None:
    assert {rule.stem for rule in RULES} == set(FAULTS)
    assert len(RULES) >= 37


@pytest.mark.national
@pytest.mark.parametrize("rule", RULES, ids=lambda rule: rule.stem)
def test_graph_keeps_the_rule(rule: Path, graph: Store) -> None:
    assert offenders(rule, graph)[:20] == []


@pytest.mark.parametrize("rule", RULES, ids=lambda rule: rule.stem)
def test_rule_names_the_offender(rule: Path, vocabulary: Store) -> None:
    turtle, offender = FAULTS[rule.stem]
    before = offenders(rule, vocabulary)
    vocabulary.load(
        input=(TURTLE_PREFIXES + turtle).encode(),
        format=RdfFormat.TURTLE,
        to_graph=NamedNode("https://example.org/graph"),
    )
    added = set(offenders(rule, vocabulary)) - set(before)
    assert any(name.strip("<>").endswith(offender) or name.startswith(offender) for name in added)


@pytest.mark.parametrize("rule", RULES, ids=lambda rule: rule.stem)
def test_rule_begins_with_what_it_asks(rule: Path) -> None:
    assert rule.read_text("utf-8").startswith("# ")


def test_the_page_on_style_names_rules_that_exist() -> None:
    page = (ROOT / "docs" / "style.md").read_text(encoding="utf-8")
    named = re.findall(r"`([a-z]+(?:-[a-z]+)+)`", page)
    assert len(named) > 15
    assert set(named) <= {rule.stem for rule in RULES}


def test_general_shapes_name_no_authority_and_no_service_for_children() -> None:
    """What is particular to English authorities stands in a file of shapes of its own."""
    files = sorted((ROOT / "ontology" / "shapes").glob("*.ttl"))
    assert len(files) > 8
    particular = r"Authority|authority|ChildrensService|children's|Geography|Neighbour|council"
    named = {
        file.stem: sorted(set(re.findall(particular, file.read_text(encoding="utf-8"))))
        for file in files
        if file.stem != "english-authorities"
    }
    # The title of the shapes' own description.
    assert {name: found for name, found in named.items() if found} == {"terms": ["children's"]}

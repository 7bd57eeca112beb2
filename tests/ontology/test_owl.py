"""The vocabulary in the profiles of OWL 2, and consistent with the data for a reasoner.

The profile check is that of the OWL API (Debian: libowlapi-java) through JPype, the
reasoner is the HermiT that comes with owlready2. Both need Java.
"""

import io
import shutil
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from pyoxigraph import Literal, NamedNode, RdfFormat, Triple, parse, serialize

from ofsted_kg.rdf.files import graph_files, root

JARS = Path("/usr/share/java")
CLASS_PATH = [
    "owlapi-distribution",
    "rdf4j-*",
    "guava",
    "caffeine",
    "hppcrt",
    "slf4j-api",
    "slf4j-nop",
    "atinject-jsr330-api",
    "commons-*",
    "xz",
    "jackson-*",
]
OKG = "https://w3id.org/ofsted-kg/def#"
RDF_TYPE = NamedNode("http://www.w3.org/1999/02/22-rdf-syntax-ns#type")
# HermiT refuses literals of these types, and no axiom of the vocabulary speaks of them.
TIMES = {"date", "gYear", "gYearMonth", "dateTime"}

needs_java = pytest.mark.skipif(shutil.which("java") is None, reason="Java is not installed")


@pytest.fixture(scope="module")
def owl_api() -> Any:
    """The package org.semanticweb.owlapi, in a Java machine that runs until the tests end."""
    jpype = pytest.importorskip("jpype", reason="JPype1 is not installed")
    if not (JARS / "owlapi-distribution.jar").is_file():
        pytest.skip("the OWL API is not installed (Debian: libowlapi-java)")
    if not jpype.isJVMStarted():
        found = (path for name in CLASS_PATH for path in JARS.glob(f"{name}.jar"))
        jpype.startJVM(classpath=[str(path) for path in found])
    return jpype


def violations(jpype: Any, turtle: str, profile: str) -> list[str]:
    manager = jpype.JClass("org.semanticweb.owlapi.apibinding.OWLManager")
    source = jpype.JClass("org.semanticweb.owlapi.io.StringDocumentSource")
    profiles = jpype.JClass("org.semanticweb.owlapi.profiles.Profiles")
    ontology = manager.createOWLOntologyManager().loadOntologyFromOntologyDocument(source(turtle))
    assert ontology.getAxiomCount() > 400
    report = getattr(profiles, profile).checkOntology(ontology)
    return [str(violation) for violation in report.getViolations()]


def vocabulary_and_stubs() -> str:
    names = ("vocabulary.ttl", "english-authorities.ttl", "deprecated.ttl", "external.ttl")
    return "\n".join((root() / "ontology" / name).read_text("utf-8") for name in names)


@needs_java
@pytest.mark.parametrize("profile", ["OWL2_DL", "OWL2_RL"])
def test_vocabulary_is_in_profile(owl_api: Any, profile: str) -> None:
    assert violations(owl_api, vocabulary_and_stubs(), profile) == []


@needs_java
@pytest.mark.parametrize("profile", ["OWL2_DL", "OWL2_RL"])
def test_profile_check_sees_a_date_range(owl_api: Any, profile: str) -> None:
    fault = "\nokg:publishedOn rdfs:range xsd:date .\n"
    found = violations(owl_api, vocabulary_and_stubs() + fault, profile)
    assert any("xsd:date" in violation for violation in found)


@needs_java
def test_profile_check_sees_an_undeclared_superproperty(owl_api: Any) -> None:
    fault = "\nokg:hasGrade rdfs:subPropertyOf okg:nowhere .\n"
    found = violations(owl_api, vocabulary_and_stubs() + fault, "OWL2_DL")
    assert any("nowhere" in violation for violation in found)


def statements() -> Iterator[Triple]:
    """Vocabulary, stubs, code lists and the encoded documents with our verdicts, undated."""
    wanted = ("ontology/", "data/documents/", "data/opinions/claim-reviews")
    files = [file.path for file in graph_files() if file.name.startswith(wanted)]
    for path in [root() / "ontology" / "external.ttl", *files]:
        for quad in parse(path=str(path), format=RdfFormat.TURTLE):
            value = quad.object
            if not (
                isinstance(value, Literal) and value.datatype.value.rpartition("#")[2] in TIMES
            ):
                yield quad.triple


def is_consistent(triples: list[Triple]) -> bool:
    owlready2 = pytest.importorskip("owlready2", reason="owlready2 is not installed")
    world = owlready2.World()
    content = serialize(triples, format=RdfFormat.N_TRIPLES)
    world.get_ontology("https://w3id.org/ofsted-kg/def").load(fileobj=io.BytesIO(content or b""))
    try:
        owlready2.sync_reasoner_hermit(world, debug=0)
    except owlready2.OwlReadyInconsistentOntologyError:
        return False
    return list(world.inconsistent_classes()) == []


@needs_java
def test_vocabulary_and_documents_are_consistent() -> None:
    triples = list(statements())
    assert len(triples) > 5000
    assert is_consistent(triples)


@needs_java
@pytest.mark.parametrize(
    ("kind", "other"),
    [
        ("SecondaryClaim", "Judgement"),
        ("InspectionReport", "SecondarySource"),
        ("NarrativeFinding", "Judgement"),
        ("LocalAuthority", "Geography"),
        ("Grade", "JudgementArea"),
    ],
)
def test_a_thing_of_two_disjoint_kinds_is_inconsistent(kind: str, other: str) -> None:
    thing = NamedNode("https://example.org/thing")
    parsed = parse(vocabulary_and_stubs().encode(), format=RdfFormat.TURTLE)
    ours = [quad.triple for quad in parsed]
    types = [Triple(thing, RDF_TYPE, NamedNode(OKG + name)) for name in (kind, other)]
    assert not is_consistent([*ours, *types])


@needs_java
def test_a_claim_promoted_to_a_judgement_is_inconsistent_with_the_data() -> None:
    triples = list(statements())
    claim = next(
        t.subject
        for t in triples
        if t.predicate == RDF_TYPE and t.object == NamedNode(OKG + "SecondaryClaim")
    )
    assert not is_consistent([*triples, Triple(claim, RDF_TYPE, NamedNode(OKG + "Judgement"))])

"""Each shape on its smallest passing and failing Turtle, and the two engines side by side.

A file tests/shapes/NAME.fail.ttl says in its first comments what must be reported:
severity, shape, focus node and path. Nothing else may be.
"""

import random
import re
from collections.abc import Iterator
from pathlib import Path

import pytest
from pyoxigraph import Literal, NamedNode, Quad, RdfFormat, Store, Triple, parse, serialize

from ofsted_kg import validation
from ofsted_kg.errors import OfstedKgError
from ofsted_kg.identity.codes import SCHEMES
from ofsted_kg.rdf.files import graph_files, root
from ofsted_kg.validation import ValidationReport, ValidationResult, validate
from ofsted_kg.validation.shapes import Shape, ShapeError, read_shapes
from ofsted_kg.validation.sparql import compile_shapes

FIXTURES = Path(__file__).parent
WORLD = FIXTURES / "context.ttl"
PASSING = sorted(FIXTURES.glob("*.pass.ttl"))
FAILING = sorted(FIXTURES.glob("*.fail.ttl"))
ONTOLOGY = sorted(path for path in (root() / "ontology").glob("*.ttl") if path.stem != "external")
SHAPES = "https://w3id.org/ofsted-kg/shapes#"
OKG = "https://w3id.org/ofsted-kg/def#"
ID = "https://w3id.org/ofsted-kg/id/"
XSD = "http://www.w3.org/2001/XMLSchema#"
PREFIXES = {
    "adms": "http://www.w3.org/ns/adms#",
    "bibo": "http://purl.org/ontology/bibo/",
    "dcterms": "http://purl.org/dc/terms/",
    "ex": "https://example.org/",
    "oa": "http://www.w3.org/ns/oa#",
    "okg": OKG,
    "org": "http://www.w3.org/ns/org#",
    "owl": "http://www.w3.org/2002/07/owl#",
    "prov": "http://www.w3.org/ns/prov#",
    "rdf": "http://www.w3.org/1999/02/22-rdf-syntax-ns#",
    "rdfs": "http://www.w3.org/2000/01/rdf-schema#",
    "shapes": SHAPES,
    "skos": "http://www.w3.org/2004/02/skos/core#",
}
EXPECTED = re.compile(r"# (Violation|Warning|Info): (\S+), focus (\S+?)(?:, path (\S+))?$", re.M)

Answer = tuple[str, str, str, str | None]


def full(name: str) -> str:
    prefix, _, local = name.partition(":")
    return PREFIXES[prefix] + local


def expected(path: Path) -> set[Answer]:
    found = EXPECTED.findall(path.read_text(encoding="utf-8"))
    return {
        (severity, full(shape), full(focus), full(predicate) if predicate else None)
        for severity, shape, focus, predicate in found
    }


def answers(results: Iterator[ValidationResult] | set[ValidationResult]) -> set[Answer]:
    return {(r.severity, r.source_shape, r.focus, r.path) for r in results}


@pytest.fixture(scope="module")
def shapes() -> list[Shape]:
    return read_shapes(validation.shape_files())


@pytest.fixture(scope="module")
def world() -> Store:
    return validation.load_store([*ONTOLOGY, WORLD])


@pytest.fixture(scope="module")
def whole() -> ValidationReport:
    return validate()


def run(path: Path, shapes: list[Shape], world: Store) -> set[ValidationResult]:
    """The results on the subjects of one file, read into the fictional world."""
    added = [Quad(t.subject, t.predicate, t.object) for t in read(path)]
    added = [quad for quad in added if quad not in world]
    subjects = {statement[0] for statement in validation.statements_of(path)}
    world.extend(added)
    try:
        results = validation.run_compiled(world, compile_shapes(shapes, world, subjects))
    finally:
        for quad in added:
            world.remove(quad)
    return {result for result in results if result.focus in subjects}


def read(path: Path) -> list[Triple]:
    return [q.triple for q in parse(path=str(path), format=RdfFormat.TURTLE)]


def key(report: ValidationReport) -> set[tuple[str, str | None, str | None, str, str]]:
    return {(r.focus, r.path, r.value, r.source_shape, r.severity) for r in report.results}


def test_the_world_of_the_fixtures_breaks_no_shape() -> None:
    assert validate([WORLD], context=ONTOLOGY).results == ()


@pytest.mark.parametrize("path", PASSING, ids=lambda path: path.name)
def test_passing_fixture(path: Path, shapes: list[Shape], world: Store) -> None:
    assert answers(run(path, shapes, world)) == set()


@pytest.mark.parametrize("path", FAILING, ids=lambda path: path.name)
def test_failing_fixture(path: Path, shapes: list[Shape], world: Store) -> None:
    awaited = expected(path)
    assert SHAPES + path.name.removesuffix(".fail.ttl") in {answer[1] for answer in awaited}
    assert answers(run(path, shapes, world)) == awaited


def test_every_shape_has_its_fixtures(shapes: list[Shape]) -> None:
    names = {shape.iri.removeprefix(SHAPES) for shape in shapes}
    assert {path.name.removesuffix(".fail.ttl") for path in FAILING} == names
    assert {name.partition("-")[0] for name in names} <= {p.name.split(".")[0] for p in PASSING}
    assert len(FAILING) >= 260
    assert len(PASSING) >= 40


def test_every_class_with_instances_has_a_shape(shapes: list[Shape]) -> None:
    graph = validation.load_store(file.path for file in graph_files())
    used = {
        quad.object.value
        for quad in graph.quads_for_pattern(None, NamedNode(PREFIXES["rdf"] + "type"), None)
        if isinstance(quad.object, NamedNode) and quad.object.value.startswith(OKG)
    }
    targets = {shape.target.term.value for shape in shapes if shape.target.kind == "targetClass"}
    assert len(used) > 20
    assert used <= targets


def test_every_shape_is_documented() -> None:
    store = validation.load_store(validation.shape_files())
    undocumented = store.query(
        """PREFIX sh: <http://www.w3.org/ns/shacl#>
        SELECT ?shape WHERE {
          { ?shape a sh:NodeShape } UNION { ?shape a sh:PropertyShape }
          OPTIONAL { ?shape sh:name ?name }
          OPTIONAL { ?shape sh:description ?description }
          FILTER (!BOUND(?name) || !BOUND(?description) || !isIRI(?shape))
        }"""
    )
    assert [str(row["shape"]) for row in undocumented] == []  # type: ignore[union-attr]


def test_messages_say_who_must_do_what_in_one_sentence(shapes: list[Shape]) -> None:
    for shape in shapes:
        assert re.fullmatch(r"An? .+ must .+[;,:] .+\.", shape.message), shape.iri
        assert ". " not in shape.message, shape.iri
        assert "http" not in shape.message, shape.iri


def test_the_graph_conforms(whole: ValidationReport) -> None:
    assert [r for r in whole.results if r.severity == "Violation"] == []
    assert whole.conforms


def test_reports_are_sorted_and_repeatable() -> None:
    broken = [
        FIXTURES / "Judgement-hasGrade.fail.ttl",
        FIXTURES / "LocalAuthority-governs.fail.ttl",
    ]
    report = validate(broken, context=[*ONTOLOGY, WORLD])
    again = validate(list(reversed(broken)), context=[*ONTOLOGY, WORLD])
    assert report == again
    assert [result.severity for result in report.results] == ["Violation", "Violation", "Warning"]
    assert report.counts() == {"Violation": 2, "Warning": 1, "Info": 0}
    assert not report.conforms


def test_a_report_as_text_has_a_line_for_each_result() -> None:
    path = FIXTURES / "SecondaryClaim-claimsAbout.fail.ttl"
    report = validate([path], context=[*ONTOLOGY, WORLD])
    line, last = report.to_text().splitlines()
    assert line.endswith(
        "tests/shapes/SecondaryClaim-claimsAbout.fail.ttl: Violation: "
        "https://example.org/new-claim okg:claimsAbout https://example.org/nowhere: "
        "A claim must be about a declared assessment; add okg:claimsAbout or declare the "
        "assessment. [SecondaryClaim-claimsAbout]"
    )
    assert last == "The graph does not conform: Violation 1, Warning 0, Info 0"
    assert validate([WORLD], context=ONTOLOGY).to_text() == (
        "The graph conforms: Violation 0, Warning 0, Info 0\n"
    )


def test_a_result_names_its_file() -> None:
    path = FIXTURES / "Judgement-oneGrade.fail.ttl"
    results = validate([path], context=[*ONTOLOGY, WORLD]).results
    assert results
    for result in results:
        assert result.file is not None
        assert result.file.endswith("tests/shapes/Judgement-oneGrade.fail.ttl")


def test_a_single_file_gives_its_part_of_the_whole_report(whole: ValidationReport) -> None:
    parts = ("data/documents/", "data/opinions/claim", "data/reports/cmd/")
    files = [file.path for file in graph_files() if file.name.startswith(parts)]
    assert len(files) > 10
    for path in files[::4]:
        subjects = {statement[0] for statement in validation.statements_of(path)}
        assert key(validate([path])) == {each for each in key(whole) if each[0] in subjects}, path


def test_malformed_turtle_is_reported_with_line_and_column(tmp_path: Path) -> None:
    path = tmp_path / "broken.ttl"
    path.write_text("@prefix ex: <https://example.org/> .\nex:a ex:b ;\n    ex:c ex:d \n", "utf-8")
    for engine in validation.ENGINES:
        with pytest.raises(validation.TurtleError) as caught:
            validate([path], engine=engine, context=[])
        assert re.match(re.escape(str(path)) + r":\d+:\d+: not Turtle, ", str(caught.value))
        assert "\n" not in str(caught.value)


def test_a_missing_file_is_one_clear_line(tmp_path: Path) -> None:
    with pytest.raises(OfstedKgError, match=r"nowhere\.ttl: cannot be read"):
        validate([tmp_path / "nowhere.ttl"], context=[])


def test_an_unknown_engine_names_the_known_ones() -> None:
    with pytest.raises(OfstedKgError, match="fast or pyshacl"):
        validate([], engine="slow")


def test_an_unknown_constraint_is_refused(tmp_path: Path) -> None:
    path = tmp_path / "shape.ttl"
    path.write_text(
        """@prefix sh: <http://www.w3.org/ns/shacl#> .
        @prefix ex: <https://example.org/> .
        ex:shape sh:targetClass ex:Thing ; sh:property ex:property ; sh:severity sh:Warning .
        ex:property sh:path ex:path ; sh:severity sh:Warning ; sh:message "m" ;
            sh:qualifiedMinCount 1 .""",
        "utf-8",
    )
    with pytest.raises(ShapeError, match="qualifiedMinCount"):
        read_shapes([path])


def test_codes_have_the_form_that_the_importer_asks_for() -> None:
    store = validation.load_store(validation.shape_files())
    query = NamedNode(SHAPES + "Identifier-formOfScheme-query")
    select = NamedNode("http://www.w3.org/ns/shacl#select")
    (quad,) = store.quads_for_pattern(query, select, None)
    assert isinstance(quad.object, Literal)
    condition = r'"/([a-z-]+)"\) && !REGEX\(\?value, "\^(.+?)\$"\)'
    written = dict(re.findall(condition, quad.object.value))
    known = {
        term.value.rpartition("/")[2]
        for file in graph_files()
        for term in (triple.subject for triple in read(file.path))
        if isinstance(term, NamedNode) and term.value.startswith(ID + "identifier-scheme/")
    }
    assert set(written) == known
    codes = ["E09000007", "202", "80491", "CMD", "local-authority:CMD", "GB-LAE-CMD", "camden"]
    codes += ["D106", "RAL", "313279", "00123456", "100091", "2027205", "e09000007", "", "80 491"]
    for scheme, pattern in written.items():
        for code in codes:
            assert bool(re.fullmatch(pattern, code)) == SCHEMES[scheme].accepts(code), scheme


# The two engines

CODE_LISTS = [
    root() / "ontology" / f"{name}.ttl"
    for name in ("vocabulary", "english-authorities", "deprecated", "scales", "frameworks")
]
LETTER = [
    *ONTOLOGY,
    *sorted((root() / "data" / "documents" / "camden-annual-rating-2009").glob("*.ttl")),
    root() / "data" / "passages" / "camden-annual-rating-2009.ttl",
]


def test_engines_agree_on_a_document_of_the_graph() -> None:
    assert len(LETTER) > len(ONTOLOGY) + 3
    fast, reference = (key(validate(context=LETTER, engine=e)) for e in validation.ENGINES)
    assert fast == reference


def test_engines_agree_on_every_failing_fixture_at_once(tmp_path: Path) -> None:
    merged = tmp_path / "faults.ttl"
    triples = [rename(t, n) for n, path in enumerate(FAILING) for t in read(path)]
    merged.write_bytes(serialize(triples, format=RdfFormat.TURTLE) or b"")
    context = [*CODE_LISTS, WORLD, merged]
    fast, reference = (key(validate(context=context, engine=e)) for e in validation.ENGINES)
    assert fast == reference
    shapes = {shape.iri for shape in read_shapes(validation.shape_files())}
    assert shapes <= {each[3] for each in fast}


def rename(triple: Triple, number: int) -> Triple:
    """The same fault on nodes of its own, so that faults do not mend one another."""
    own = {t.subject for t in read(FAILING[number])} - {t.subject for t in read(WORLD)}

    def named(term: object) -> object:
        if term in own and isinstance(term, NamedNode):
            return NamedNode(f"{term.value}-{number}")
        return term

    return Triple(named(triple.subject), triple.predicate, named(triple.object))  # type: ignore[arg-type]


@pytest.mark.parametrize("seed", range(3))
def test_engines_agree_on_random_faults(seed: int, tmp_path: Path) -> None:
    chance = random.Random(seed)
    triples = sorted((t for path in [WORLD, *PASSING] for t in read(path)), key=str)
    spoilt = tmp_path / "spoilt.ttl"
    spoilt.write_bytes(serialize(list(spoil(triples, chance)), format=RdfFormat.TURTLE) or b"")
    context = [*CODE_LISTS, spoilt]
    fast, reference = (key(validate(context=context, engine=e)) for e in validation.ENGINES)
    assert fast == reference
    assert len(fast) > 100


def spoil(triples: list[Triple], chance: random.Random) -> Iterator[Triple]:
    """Statements dropped, moved, retyped and given objects of others."""
    for triple in triples:
        kind = chance.random()
        other = chance.choice(triples)
        if kind < 0.05:
            continue
        if kind < 0.10:
            yield Triple(triple.subject, triple.predicate, other.object)
        elif kind < 0.13:
            yield Triple(triple.subject, other.predicate, triple.object)
        elif kind < 0.16 and isinstance(triple.object, Literal):
            yield Triple(triple.subject, triple.predicate, Literal(triple.object.value + "0"))
        elif kind < 0.19:
            yield triple
            yield Triple(triple.subject, triple.predicate, other.object)
        else:
            yield triple

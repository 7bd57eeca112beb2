"""Each shape on its faults, and the two engines side by side.

The tables `*.yaml` hold small changes to the fictional world of `world.ttl`, with what must be
reported of each: `faults.py` says how they are read. Nothing else may be reported.
"""

import random
import re
from collections.abc import Iterator
from pathlib import Path

import pytest
from pyoxigraph import Literal, NamedNode, Quad, RdfFormat, Triple, parse, serialize

from ofsted_kg import validation
from ofsted_kg.errors import OfstedKgError, SourceError
from ofsted_kg.identity.codes import SCHEMES
from ofsted_kg.knowledge_graph import KnowledgeGraph
from ofsted_kg.rdf.files import graph_files, root
from ofsted_kg.rdf.terms import DATA, DEF, term
from ofsted_kg.validation import ValidationReport, validate
from ofsted_kg.validation.shapes import Shape, ShapeError, read_shapes
from ofsted_kg.validation.sparql import compile_shapes
from tests.conftest import ROOT, SPARQL_PREFIXES
from tests.shapes.faults import GOOD, SHAPES, TABLES, WORLD, answers_by_number, faults

CLASSES = "SELECT DISTINCT ?class { ?one a ?class }"
CONCEPTS = f"{SPARQL_PREFIXES} SELECT DISTINCT ?one {{ ?one a skos:Concept }}"
ONTOLOGY = sorted(path for path in (root() / "ontology").glob("*.ttl") if path.stem != "external")


@pytest.fixture(scope="module")
def shapes() -> list[Shape]:
    return read_shapes(validation.shape_files())


@pytest.fixture(scope="module")
def whole() -> ValidationReport:
    return validate()


def read(path: Path) -> list[Triple]:
    return [q.triple for q in parse(path=str(path), format=RdfFormat.TURTLE)]


def written(path: Path, triples: Iterator[Triple] | list[Triple]) -> Path:
    path.write_bytes(serialize(triples, format=RdfFormat.TURTLE) or b"")
    return path


def key(report: ValidationReport) -> set[tuple[str, str | None, str | None, str, str]]:
    return {(r.focus, r.path, r.value, r.source_shape, r.severity) for r in report.results}


def test_the_world_of_the_faults_breaks_no_shape() -> None:
    assert validate([WORLD], context=ONTOLOGY).results == ()


@pytest.mark.parametrize("table", TABLES, ids=lambda path: path.stem)
def test_each_fault_is_reported_and_nothing_else(table: Path, shapes: list[Shape]) -> None:
    """Each in a world of its own, all of a table in one store."""
    rows = faults(table)
    store = validation.load_store(ONTOLOGY)
    for number, fault in enumerate(rows):
        store.extend(Quad(*triple) for triple in fault.whole(number))
    results = validation.run_compiled(store, compile_shapes(shapes, store, None))
    found = answers_by_number(results)
    got = {(number, fault.name): found[number] for number, fault in enumerate(rows)}
    assert got == {(number, fault.name): set(fault.answers) for number, fault in enumerate(rows)}


def test_every_shape_has_a_fault_in_the_table_of_its_file() -> None:
    assert [path.stem for path in validation.shape_files()] == [path.stem for path in TABLES]
    for path, table in zip(validation.shape_files(), TABLES, strict=True):
        made_for = {fault.name for fault in faults(table) if fault.answers}
        assert made_for == {shape.iri.removeprefix(SHAPES) for shape in read_shapes([path])}


def test_every_class_with_a_shape_has_a_good_example(shapes: list[Shape]) -> None:
    """The example of a class is one of the classes above it too."""
    targets = {s.target.term for s in shapes if s.target.kind == "targetClass"}
    shown: set[object] = {t.object for t in GOOD if t.predicate == term("rdf:type")}
    said = [triple for path in ONTOLOGY for triple in read(path)]
    above = {
        t.object for t in said if t.predicate == term("rdfs:subClassOf") and t.subject in shown
    }
    assert targets <= shown | above


def test_every_class_with_instances_has_a_shape(kg: KnowledgeGraph, shapes: list[Shape]) -> None:
    classes = [
        str(row["class"]) for row in kg.sparql("SELECT DISTINCT ?class { ?s a ?class }").rows
    ]
    used = {name for name in classes if name.startswith(DEF)}
    targets = {shape.target.term.value for shape in shapes if shape.target.kind == "targetClass"}
    assert len(used) > 20
    assert used <= targets


def test_every_deprecated_property_is_warned_of_on_a_thing_without_a_type(
    shapes: list[Shape],
) -> None:
    said = read(root() / "ontology" / "deprecated.ttl")
    kinds = (term("owl:ObjectProperty"), term("owl:DatatypeProperty"))
    given_up = {t.subject for t in said if t.predicate == term("rdf:type") and t.object in kinds}
    targets = {s.target.term for s in shapes if s.iri == SHAPES + "Resource-currentTerm"}
    assert len(given_up) >= 7
    assert targets == given_up | {term("rdf:type")}


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


@pytest.mark.national
def test_the_graph_conforms(whole: ValidationReport) -> None:
    assert [r for r in whole.results if r.severity == "Violation"] == []
    assert whole.conforms


def in_files(folder: Path, *names: str) -> tuple[list[Path], Path]:
    """Files of the nodes that the faults of these names touch, and one of the rest of the world."""
    by_name = {fault.name: fault for fault in faults()}
    rest, files = set(GOOD), []
    for name in names:
        focus = {NamedNode(answer[2]) for answer in by_name[name].answers}
        faulty = [triple for triple in by_name[name].world if triple.subject in focus]
        files.append(written(folder / f"{name}.ttl", faulty))
        rest = {triple for triple in rest if triple.subject not in focus}
    return files, written(folder / "rest.ttl", list(rest))


def test_reports_are_sorted_and_repeatable(tmp_path: Path) -> None:
    files, rest = in_files(tmp_path, "LocalAuthority-governs", "Judgement-hasGrade")
    report = validate(files, context=[*ONTOLOGY, rest])
    assert report == validate(list(reversed(files)), context=[*ONTOLOGY, rest])
    assert [(result.severity, result.file) for result in report.results] == [
        ("Violation", str(tmp_path / "Judgement-hasGrade.ttl")),
        ("Violation", str(tmp_path / "Judgement-hasGrade.ttl")),
        ("Warning", str(tmp_path / "LocalAuthority-governs.ttl")),
    ]
    assert report.counts() == {"Violation": 2, "Warning": 1, "Info": 0}
    assert not report.conforms


def test_a_report_as_text_has_a_line_for_each_result(tmp_path: Path) -> None:
    (path,), rest = in_files(tmp_path, "SecondaryClaim-claimsAbout")
    report = validate([path], context=[*ONTOLOGY, rest])
    assert report.to_text() == (
        f"{path}: Violation: "
        "https://example.org/new-claim okg:claimsAbout https://example.org/nowhere: "
        "A claim must be about a declared assessment; add okg:claimsAbout or declare the "
        "assessment. [SecondaryClaim-claimsAbout]\n"
        "The graph does not conform: Violation 1, Warning 0, Info 0\n"
    )
    assert validate([WORLD], context=ONTOLOGY).to_text() == (
        "The graph conforms: Violation 0, Warning 0, Info 0\n"
    )


@pytest.mark.national
def test_a_result_names_its_file(whole: ValidationReport) -> None:
    assert whole.results
    for result in whole.results:
        assert result.file is not None
        assert (root() / result.file).is_file()


@pytest.mark.national
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
        with pytest.raises(SourceError) as caught:
            validate([path], engine=engine, context=[])
        assert re.match(re.escape(str(path)) + r":\d+:\d+: not Turtle: ", str(caught.value))
        assert "\n" not in str(caught.value)


@pytest.mark.national
def test_what_the_graph_holds_of_a_report_fills_no_gap_of_a_copy(tmp_path: Path) -> None:
    """Shropshire's report of 2025 without its overall judgement, which page 1 has."""
    kept = ROOT / "data/reports/shr/ilacs-2023-2025-06-23.ttl"
    blocks = kept.read_text(encoding="utf-8").split("\n\n")
    cut = [one for one in blocks if not re.match(r"\S*overall> a okg:Judgement", one.strip())]
    assert len(cut) == len(blocks) - 1
    copy = tmp_path / "copy.ttl"
    copy.write_text("\n\n".join(cut), encoding="utf-8")
    [found] = [one for one in validate([copy]).results if one.severity == "Violation"]
    assert "Overall effectiveness, page 1" in str(found.value)


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


def test_codes_have_the_form_that_the_importer_asks_for(kg: KnowledgeGraph) -> None:
    store = validation.load_store(validation.shape_files())
    query = NamedNode(SHAPES + "Identifier-formOfScheme-query")
    select = NamedNode("http://www.w3.org/ns/shacl#select")
    (quad,) = store.quads_for_pattern(query, select, None)
    assert isinstance(quad.object, Literal)
    condition = r'"/([a-z-]+)"\) && !REGEX\(\?value, "\^(.+?)\$"\)'
    written = dict(re.findall(condition, quad.object.value))
    concepts = [str(row["one"]) for row in kg.sparql(CONCEPTS).rows]
    schemes = {one for one in concepts if one.startswith(DATA + "identifier-scheme/")}
    assert {DATA + "identifier-scheme/" + name for name in written} == schemes
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


def test_engines_agree_on_every_fault_at_once(tmp_path: Path, shapes: list[Shape]) -> None:
    """All faulty parts in one world; each engine reports at least what the tables say."""
    triples = [t for number, fault in enumerate(faults()) for t in fault.faulty_part(number)]
    context = [*CODE_LISTS, WORLD, written(tmp_path / "faults.ttl", triples)]
    fast, reference = (validate(context=context, engine=engine) for engine in validation.ENGINES)
    assert key(fast) == key(reference)
    found = answers_by_number(fast.results)
    assert [f.name for n, f in enumerate(faults()) if not f.answers <= found[n]] == []
    assert {shape.iri for shape in shapes} <= {result.source_shape for result in fast.results}


@pytest.mark.parametrize("seed", range(3))
def test_engines_agree_on_random_faults(seed: int, tmp_path: Path) -> None:
    chance = random.Random(seed)
    spoilt = written(tmp_path / "spoilt.ttl", list(spoil(sorted(GOOD, key=str), chance)))
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

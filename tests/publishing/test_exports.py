"""Exports, the JSON-LD context and the dataset's description of itself."""

import io
import json
import os
import shutil
from pathlib import Path

import pyoxigraph as ox
import pytest
from rdflib import Dataset, Graph
from rdflib.compare import isomorphic

from ofsted_kg.errors import OfstedKgError, SourceError
from ofsted_kg.knowledge_graph import KnowledgeGraph
from ofsted_kg.publishing.dataset import build_description, describe
from ofsted_kg.publishing.exports import FORMS, export, export_graphs
from ofsted_kg.publishing.jsonld import build_context
from ofsted_kg.rdf.facts import Facts
from ofsted_kg.rdf.files import graph_files
from ofsted_kg.rdf.terms import term
from ofsted_kg.store.embedded import EmbeddedStore
from tests.conftest import ROOT, TURTLE_PREFIXES

VOID = "http://rdfs.org/ns/void#"
DCTERMS = "http://purl.org/dc/terms/"
ID = "https://w3id.org/ofsted-kg/id/"
GRAPH = "https://w3id.org/ofsted-kg/graph/"
PARTS = (
    "documents/camden-slac-2012/document",
    "documents/kensington-and-chelsea-leader-news-2016/document",
    "passages/camden-slac-2012",
    "reference/regions",
)
TINY = f"""{TURTLE_PREFIXES}
<{ID}authority/CMD> a okg:LocalAuthority ;
    okg:liesIn <{ID}region/E12000007> ;
    owl:sameAs <http://www.wikidata.org/entity/Q5025790> .
<{ID}authority/KEC> a okg:LocalAuthority .
"""


@pytest.fixture(scope="module")
def small(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder with the ontology and a few files of the project."""
    folder = tmp_path_factory.mktemp("small")
    shutil.copytree(ROOT / "ontology", folder / "ontology")
    for name in PARTS:
        path = folder / "data" / f"{name}.ttl"
        path.parent.mkdir(parents=True, exist_ok=True)
        shutil.copy(ROOT / "data" / f"{name}.ttl", path)
    return folder


@pytest.fixture
def tiny(tmp_path: Path) -> Path:
    """A folder whose counts can be made by hand."""
    folder = tmp_path / "tiny"
    (folder / "ontology").mkdir(parents=True)
    shutil.copy(ROOT / "ontology" / "vocabulary.ttl", folder / "ontology")
    for name, more in (
        ("reference/authorities", ""),
        ("opinions/opinions", f'<{ID}x> okg:publishedOn "2012-04-10"^^xsd:date .'),
    ):
        path = folder / "data" / f"{name}.ttl"
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(TINY + more, encoding="utf-8")
    return folder


def written(form: str, folder: Path) -> bytes:
    stream = io.BytesIO()
    export(stream, form, folder)
    return stream.getvalue()


def read(content: bytes, form: ox.RdfFormat) -> set[str]:
    return {str(quad) for quad in ox.parse(content, format=form)}


def leftovers(folder: Path) -> list[str]:
    return [path.name for path in folder.iterdir() if path.name.startswith(".")]


# Forms


def test_forms_with_named_graphs_say_the_same(small: Path) -> None:
    quads = read(written("nquads", small), ox.RdfFormat.N_QUADS)
    assert read(written("trig", small), ox.RdfFormat.TRIG) == quads
    assert read(written("jsonld", small), ox.RdfFormat.JSON_LD) == quads


def test_nquads_hold_what_the_files_hold(small: Path) -> None:
    stream = io.BytesIO()
    count = export(stream, "nquads", small)
    store = ox.Store()
    for file in graph_files(small):
        store.load(
            path=str(file.path), format=ox.RdfFormat.TURTLE, to_graph=ox.NamedNode(file.graph)
        )
    assert count == len(store) == stream.getvalue().count(b"\n")
    exported = ox.Store()
    exported.load(stream.getvalue(), format=ox.RdfFormat.N_QUADS)
    assert set(exported.named_graphs()) == set(store.named_graphs())


def test_turtle_is_the_union_without_repetition(tiny: Path) -> None:
    triples = list(ox.parse(written("turtle", tiny), format=ox.RdfFormat.TURTLE))
    authorities = [t for t in triples if "/id/authority/" in str(t.subject)]
    assert len(authorities) == 4
    assert len(triples) == len({str(triple) for triple in triples})


@pytest.mark.parametrize("form", FORMS)
def test_equal_data_gives_equal_bytes(form: str, small: Path, tmp_path: Path) -> None:
    elsewhere = tmp_path / "elsewhere"
    shutil.copytree(small, elsewhere)
    assert written(form, small) == written(form, elsewhere)


def test_jsonld_is_short_and_plain(small: Path) -> None:
    document = json.loads(written("jsonld", small))
    graphs = {graph["id"]: graph["@graph"] for graph in document["@graph"]}
    nodes = {node["id"]: node for node in graphs[GRAPH + PARTS[0]]}
    judgement = nodes[ID + "assessment/CMD/slac-2009/2012-04-10/judgement/safeguarding-overall"]
    assert judgement["type"] == ["Judgement", "Finding"]
    assert judgement["hasGrade"] == "scale:slac-2009/2"
    assessment = nodes[ID + "assessment/CMD/slac-2009/2012-04-10"]
    assert assessment["fieldworkStart"] == {"@value": "2012-02-20", "@type": "xsd:date"}


def test_rdflib_reads_the_jsonld_as_the_files(small: Path) -> None:
    data = Dataset()
    data.parse(data=written("jsonld", small), format="json-ld")
    for file in graph_files(small):
        original = Graph().parse(str(file.path), format="turtle")
        assert len(original) > 0
        assert isomorphic(data.graph(file.graph), original), file.name


def test_the_context_is_that_of_the_vocabulary(small: Path, tmp_path: Path) -> None:
    folder = tmp_path / "project"
    shutil.copytree(small / "ontology", folder / "ontology")
    assert not build_context(folder)
    context = json.loads((folder / "ontology" / "context.jsonld").read_text())["@context"]
    assert context["hasGrade"] == {"@id": "okg:hasGrade", "@type": "@id"}
    assert context["rank"] == {"@id": "okg:rank", "@type": "xsd:positiveInteger"}
    assert context["asWritten"] == {"@id": "okg:asWritten"}
    assert context["Judgement"] == "okg:Judgement"


def test_the_dump_answers_as_the_project_does(kg: KnowledgeGraph) -> None:
    dump, union = written("nquads", ROOT), written("turtle", ROOT)
    store = ox.Store()
    store.bulk_load(dump, format=ox.RdfFormat.N_QUADS)
    store.bulk_load(union, format=ox.RdfFormat.TURTLE)
    elsewhere = KnowledgeGraph(EmbeddedStore(store))
    answers = [graph.ask("grade-history", authority="Camden") for graph in (elsewhere, kg)]
    here, there = (
        # Several sources are joined in no order that SPARQL defines.
        [{**row, "source": sorted(str(row["source"]).split("; "))} for row in answer.rows]
        for answer in answers
    )
    assert len(here) > 20
    assert here == there


# Output that fails


def test_an_unknown_form_is_refused_with_the_known_ones(small: Path) -> None:
    with pytest.raises(OfstedKgError, match="no form parquet; there are nquads, trig"):
        export(io.BytesIO(), "parquet", small)


def test_a_file_is_replaced_as_a_whole(tiny: Path, tmp_path: Path) -> None:
    path = tmp_path / "out.nq"
    path.write_text("old")
    export(path, "nquads", tiny)
    whole = path.read_bytes()
    (tiny / "data" / "opinions" / "opinions.ttl").write_text("<a> <b> ")
    with pytest.raises(SourceError, match=r"opinions\.ttl:1:\d+: not Turtle"):
        export(path, "nquads", tiny)
    assert path.read_bytes() == whole
    assert leftovers(tmp_path) == []


def test_a_place_that_cannot_be_written(tiny: Path, tmp_path: Path) -> None:
    with pytest.raises(OfstedKgError, match=r"absent/out\.nq: cannot be written: No such file"):
        export(tmp_path / "absent" / "out.nq", "nquads", tiny)
    with pytest.raises(OfstedKgError, match="cannot be written: Is a directory"):
        export(tmp_path, "nquads", tiny)
    assert leftovers(tmp_path) == []


@pytest.mark.skipif(not Path("/dev/full").exists(), reason="this system has no /dev/full")
@pytest.mark.parametrize("form", FORMS)
def test_a_full_disk_is_told(form: str, tiny: Path) -> None:
    with pytest.raises(OfstedKgError, match="cannot be written: No space left on device"):
        export(Path("/dev/full"), form, tiny)
    with (
        Path("/dev/full").open("wb", buffering=0) as stream,
        pytest.raises(OfstedKgError, match="No space left on device"),
    ):
        export(stream, form, tiny)


@pytest.mark.parametrize("form", FORMS)
def test_a_reader_that_leaves_is_a_broken_pipe(form: str, tiny: Path) -> None:
    reading, writing = os.pipe()
    os.close(reading)
    with os.fdopen(writing, "wb", buffering=0) as stream, pytest.raises(BrokenPipeError):
        export(stream, form, tiny)


def test_each_graph_has_a_file_in_the_order_of_names(tiny: Path, tmp_path: Path) -> None:
    names = export_graphs(tmp_path / "out", "turtle", tiny)
    assert names == [
        "opinions/opinions.ttl",
        "reference/authorities.ttl",
        "ontology/vocabulary.ttl",
    ]
    for file, name in zip(graph_files(tiny), names, strict=True):
        assert (tmp_path / "out" / name).read_bytes() == file.path.read_bytes()


def test_a_file_of_quads_names_the_graph_of_its_own_name(tiny: Path, tmp_path: Path) -> None:
    for name in export_graphs(tmp_path / "quads", "nquads", tiny):
        quads = ox.parse(path=str(tmp_path / "quads" / name), format=ox.RdfFormat.N_QUADS)
        assert {str(quad.graph_name) for quad in quads} == {f"<{GRAPH}{name.removesuffix('.nq')}>"}


def test_a_folder_that_holds_something_is_left_alone(tiny: Path, tmp_path: Path) -> None:
    (tmp_path / "out").mkdir()
    (tmp_path / "out" / "mine").write_text("mine")
    with pytest.raises(OfstedKgError, match="exists already; name a new or empty directory"):
        export_graphs(tmp_path / "out", "turtle", tiny)
    (tiny / "data" / "opinions" / "opinions.ttl").write_text("<a> <b> ")
    with pytest.raises(SourceError):
        export_graphs(tmp_path / "other", "nquads", tiny)
    assert not (tmp_path / "other").exists()
    assert leftovers(tmp_path) == []


# Description


class Description:
    """The description's values by subject and predicate."""

    def __init__(self, triples: list[ox.Triple]) -> None:
        self._store = ox.Store()
        self._store.extend(ox.Quad(t.subject, t.predicate, t.object) for t in triples)

    def __call__(self, subject: str, predicate: str) -> list[str]:
        found = self._store.quads_for_pattern(ox.NamedNode(subject), ox.NamedNode(predicate), None)
        values = [quad.object for quad in found]
        assert all(isinstance(value, ox.NamedNode | ox.Literal) for value in values)
        return sorted(value.value for value in values if not isinstance(value, ox.Triple))


def test_counts_made_by_hand(tiny: Path) -> None:
    about = Description(describe(tiny))
    authorities = GRAPH + "reference/authorities"
    assert about(authorities, VOID + "triples") == ["4"]
    assert about(authorities, VOID + "entities") == ["2"]
    assert about(authorities, VOID + "classes") == ["1"]
    assert about(authorities, VOID + "properties") == ["3"]
    assert about(GRAPH + "opinions/opinions", VOID + "triples") == ["5"]
    vocabulary = int(about(GRAPH + "ontology/vocabulary", VOID + "triples")[0])
    assert about(ID + "dataset", VOID + "triples") == [str(vocabulary + 5)]
    [partition] = about(authorities, VOID + "classPartition")
    assert about(partition, VOID + "class") == ["https://w3id.org/ofsted-kg/def#LocalAuthority"]
    assert about(partition, VOID + "entities") == ["2"]
    same = ID + "dataset/property/owl-sameAs"
    assert about(same, VOID + "triples") == ["1"]
    linkset = ID + "dataset/linkset/wikidata/owl-sameAs"
    assert about(linkset, VOID + "triples") == ["1"]
    assert about(ID + "dataset/period", "http://www.w3.org/ns/dcat#startDate") == ["2012-04-10"]
    assert about(ID + "dataset", DCTERMS + "spatial") == [ID + "region/E12000007"]


def test_the_description_does_not_count_itself(tiny: Path) -> None:
    assert build_description(tiny) == ["ontology/context.jsonld", "data/derived/dataset.ttl"]
    first = (tiny / "data" / "derived" / "dataset.ttl").read_bytes()
    assert build_description(tiny) == []
    assert (tiny / "data" / "derived" / "dataset.ttl").read_bytes() == first
    assert b"graph/derived/dataset>" not in first


def test_kind_method_source_and_licence_of_each_graph(small: Path) -> None:
    about = Description(describe(small))
    ogl = "http://www.nationalarchives.gov.uk/doc/open-government-licence/version/3/"
    cc_by = "https://creativecommons.org/licenses/by/4.0/"
    slac = ID + "document/camden-slac-2012"
    page = ID + "document/kensington-and-chelsea-leader-news-2016"
    for name, kind, method, source, licence in (
        (PARTS[0], "official", "authored", [slac], ogl),
        (PARTS[1], "secondary", "authored", [page], cc_by),
        (PARTS[2], "passages", "generated", [slac], cc_by),
        ("ontology/scales", "vocabulary", "authored", [], cc_by),
    ):
        graph = GRAPH + name
        assert about(graph, DCTERMS + "type") == [ID + "graph-kind/" + kind]
        assert about(graph, DCTERMS + "accrualMethod") == [ID + "graph-method/" + method]
        assert about(graph, DCTERMS + "source") == source
        assert about(graph, DCTERMS + "license") == [licence]
    assert about(GRAPH + "reference/regions", DCTERMS + "license") == [ogl]
    assert (
        "licensed under the Open Government Licence v3.0."
        in about(GRAPH + PARTS[0], DCTERMS + "rights")[0]
    )


def test_a_folder_that_no_rule_covers(tiny: Path) -> None:
    (tiny / "data" / "rumours").mkdir()
    (tiny / "data" / "rumours" / "x.ttl").write_text(TINY)
    with pytest.raises(SourceError, match="no rule says what kind of graph the folder rumours"):
        describe(tiny)


def test_the_national_description_fits_the_data(kg: KnowledgeGraph) -> None:
    """Figures of the reference tables, the store's own counts, and a fresh build."""
    triples = describe(ROOT)
    about = Description(triples)
    for target, predicate, count in (
        ("wikidata", "owl-sameAs", 155),
        ("planning-data", "skos-exactMatch", 161),
        ("opendatacommunities", "skos-exactMatch", 155),
    ):
        linkset = f"{ID}dataset/linkset/{target}/{predicate}"
        assert about(linkset, VOID + "triples") == [str(count)]
    classes = ID + "dataset/class/"
    assert about(classes + "okg-LocalAuthority", VOID + "entities") == ["161"]
    assert about(classes + "okg-NeighbourLink", VOID + "entities") == ["1530"]
    regions = GRAPH + "reference/regions"
    [row] = kg.sparql(f"SELECT (COUNT(*) AS ?n) {{ GRAPH <{regions}> {{ ?s ?p ?o }} }}").rows
    assert about(regions, VOID + "triples") == [str(row["n"])]
    path = ROOT / "data" / "derived" / "dataset.ttl"
    stored = {str(triple) for triple in ox.parse(path=str(path), format=ox.RdfFormat.TURTLE)}
    assert stored == {str(triple) for triple in triples}, "run `ofsted-kg build`"


def test_every_kind_and_method_of_a_graph_is_in_the_code_lists(kg: KnowledgeGraph) -> None:
    used = kg.sparql(
        "SELECT DISTINCT ?key { ?g (<http://purl.org/dc/terms/type>|"
        "<http://purl.org/dc/terms/accrualMethod>) ?key ; a <http://rdfs.org/ns/void#Dataset> }"
    ).rows
    keys = {str(row["key"]).removeprefix(ID) for row in used}
    assert keys >= {"graph-kind/report", "graph-kind/official", "graph-method/generated"}
    listed = Facts.of(ROOT / "ontology" / "concepts.ttl")
    for key in keys:
        assert listed.text(ox.NamedNode(ID + key), term("skos:definition")), key

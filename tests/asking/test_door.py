"""The door: all that a caller can do, in Python, without another room."""

import shutil
import subprocess
import sys
from pathlib import Path

import pyoxigraph as ox
import pytest
from rdflib import Dataset, URIRef

import ofsted_kg
from ofsted_kg.cli import main
from ofsted_kg.errors import NotFoundError, OfstedKgError
from ofsted_kg.knowledge_graph import KnowledgeGraph
from ofsted_kg.rdf.files import GRAPH
from ofsted_kg.rdf.terms import DATA, DEF
from ofsted_kg.store.embedded import EmbeddedStore
from tests.conftest import ROOT

CAMDEN = f"{DATA}authority/CMD"


def test_options_are_what_a_form_would_offer(kg: KnowledgeGraph) -> None:
    verdicts = {option.label for option in kg.options("claims", "verdict")}
    assert verdicts == {"agrees", "differs", "partial", "unsupported"}
    camden = [o for o in kg.options("grade-history", "authority") if o.term.value == CAMDEN]
    assert {"Camden", "London Borough of Camden", "E09000007"} <= {o.name for o in camden}
    assert {option.label for option in camden} == {"Camden"}
    assert kg.options("judgements", "since") == []
    with pytest.raises(OfstedKgError, match="did you mean authority"):
        kg.options("judgements", "autority")


def test_each_kind_of_query_has_its_answer(kg: KnowledgeGraph) -> None:
    assert kg.sparql(f"ASK {{ <{CAMDEN}> a <{DEF}LocalAuthority> }}").yes is True
    construct = f"CONSTRUCT {{ ?a a ?t }} WHERE {{ ?a a ?t VALUES ?a {{ <{CAMDEN}> }} }}"
    assert {str(triple.subject) for triple in kg.graph(construct)} == {f"<{CAMDEN}>"}
    with pytest.raises(OfstedKgError, match="use the method graph"):
        kg.sparql(construct)
    with pytest.raises(OfstedKgError, match="use the method sparql"):
        kg.graph("ASK {}")


def test_show_cite_and_verify(kg: KnowledgeGraph, documents: Path, tmp_path: Path) -> None:
    assert "London Borough of Camden" in {row["value"] for row in kg.show("Camden").rows}
    with pytest.raises(NotFoundError):
        kg.show("nothing of this name")
    passage = f"{DATA}passage/camden-slac-2012/b52"
    (citation,) = kg.cite(passage, documents)
    assert citation.words == "Grade 3 (Adequate)"
    assert kg.verify(documents).verified
    with pytest.raises(OfstedKgError):
        kg.verify(tmp_path / "nowhere")


@pytest.mark.parametrize("command", [False, True])
@pytest.mark.parametrize("engine", ["fast", "pyshacl"])
def test_validate_by_either_engine(
    engine: str,
    command: bool,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
) -> None:
    """On a graph of the vocabulary and one statement that uses a class nobody declared."""
    monkeypatch.setenv("OFSTED_KG_HOME", str(tmp_path))
    shutil.copytree(ROOT / "ontology" / "shapes", tmp_path / "ontology" / "shapes")
    shutil.copy(ROOT / "ontology" / "vocabulary.ttl", tmp_path / "ontology")
    path = tmp_path / "data" / "region.ttl"
    path.parent.mkdir()
    path.write_text(f"<{DATA}region/nowhere> a <{DEF}Unheard> .")
    if command:
        assert main(["validate", "--engine", engine, str(path)]) == 1
        assert "data/region.ttl: Violation: region/nowhere" in capsys.readouterr().out
        return
    for files in (None, [path]):
        found = KnowledgeGraph().validate(files, engine).results
        wrong = [r for r in found if r.focus == f"{DATA}region/nowhere"]
        assert [(r.value, r.file) for r in wrong] == [(f"{DEF}Unheard", "data/region.ttl")]


def test_another_store_is_validated_by_the_fast_engine_only() -> None:
    graph = KnowledgeGraph(EmbeddedStore(ox.Store()))
    with pytest.raises(OfstedKgError, match="pyshacl is for files"):
        graph.validate(engine="pyshacl")
    with pytest.raises(OfstedKgError, match="the default graph is empty"):
        graph.validate()


def test_a_report_is_read_without_opening_a_store(tmp_path: Path) -> None:
    graph = KnowledgeGraph()
    with pytest.raises(OfstedKgError, match=r"nowhere\.pdf"):
        graph.read(tmp_path / "nowhere.pdf")
    assert graph._embedded is None


def small(monkeypatch: pytest.MonkeyPatch, home: Path) -> None:
    (home / "ontology").mkdir(parents=True)
    (home / "data").mkdir()
    (home / "ontology" / "a.ttl").write_text("<urn:x:a> <urn:x:p> '07'^^<urn:x:t>, [] .")
    (home / "data" / "b.ttl").write_text(
        "<urn:x:a> <urn:x:rank> '3'^^<http://www.w3.org/2001/XMLSchema#positiveInteger> ."
    )
    monkeypatch.setenv("OFSTED_KG_HOME", str(home))


def test_a_copy_for_rdflib_keeps_graphs_and_forms(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    small(monkeypatch, tmp_path / "home")
    found = KnowledgeGraph().to_rdflib()
    assert isinstance(found, Dataset)
    assert {str(g.identifier) for g in found.graphs() if len(g)} >= {
        f"{GRAPH}b",
        f"{GRAPH}ontology/a",
    }
    (rank,) = found.objects(URIRef("urn:x:a"), URIRef("urn:x:rank"))
    assert rank.n3() == '"3"^^<http://www.w3.org/2001/XMLSchema#positiveInteger>'
    assert len(list(found.triples((None, None, None)))) == 3
    assert dict(found.namespaces())["okg"] == URIRef(DEF)
    (row,) = found.query("SELECT ?g { GRAPH ?g { ?s okg:none|<urn:x:rank> ?o } }").bindings
    assert [str(name) for name in row.values()] == [f"{GRAPH}b"]


def test_a_copy_of_another_store() -> None:
    store = ox.Store()
    node = ox.NamedNode("urn:x:a")
    store.add(ox.Quad(node, node, ox.Literal("x", language="en-gb")))
    assert list(KnowledgeGraph(EmbeddedStore(store)).to_rdflib().triples((None, None, None)))
    store.add(ox.Quad(node, node, node, ox.NamedNode("urn:x:g")))
    found = KnowledgeGraph(EmbeddedStore(store)).to_rdflib()
    assert [str(o) for o in found.graph(URIRef("urn:x:g")).objects()] == ["urn:x:a"]


def test_asking_imports_no_engine_that_it_does_not_need() -> None:
    """RDFLib, pySHACL, SPARQLWrapper and YAML are slow to import, and ask needs none of them."""
    program = (
        "import sys, ofsted_kg; kg = ofsted_kg.open(); kg.questions();"
        "kg.ask('judgements', authority='Camden');"
        "print(sorted({'rdflib', 'pyshacl', 'SPARQLWrapper', 'yaml'} & set(sys.modules)))"
    )
    for _ in range(2):  # the first may have to read the heads
        done = subprocess.run(
            [sys.executable, "-c", program], cwd=ROOT, capture_output=True, text=True, check=True
        )
    assert done.stdout.strip() == "[]"


def test_help_imports_no_engine() -> None:
    program = (
        "import sys; from ofsted_kg.cli import main\n"
        "try: main(['--help'])\nexcept SystemExit: pass\n"
        "print('pyoxigraph' in sys.modules)"
    )
    done = subprocess.run(
        [sys.executable, "-c", program], cwd=ROOT, capture_output=True, text=True, check=True
    )
    assert done.stdout.splitlines()[-1] == "False"


def test_open_is_the_way_in() -> None:
    assert isinstance(ofsted_kg.open(), ofsted_kg.KnowledgeGraph)
    with pytest.raises(OfstedKgError, match="http"):
        ofsted_kg.open("ftp://example.org")

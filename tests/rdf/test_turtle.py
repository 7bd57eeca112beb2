"""Terms and generated Turtle files."""

import os
from pathlib import Path

import pytest
from pyoxigraph import BlankNode, NamedNode, RdfFormat, Triple, parse

from ofsted_kg.rdf.terms import date, iri, number, term, text
from ofsted_kg.rdf.turtle import encode_turtle, write_turtle

CAMDEN, BARNET = iri("authority", "CMD"), iri("authority", "BNE")
LABEL, TYPE = term("skos:prefLabel"), term("rdf:type")


def test_short_names_are_written_out_as_iris() -> None:
    assert iri("scale", "sif-2013", "good").value == (
        "https://w3id.org/ofsted-kg/id/scale/sif-2013/good"
    )
    assert term("okg:Judgement").value == "https://w3id.org/ofsted-kg/def#Judgement"
    with pytest.raises(KeyError):
        term("unheard-of:thing")


@pytest.mark.parametrize(
    ("written", "datatype"),
    [("2012", "gYear"), ("2012-04", "gYearMonth"), ("2012-04-10", "date"), ("2012-02-29", "date")],
)
def test_dates_have_the_datatype_of_their_length(written: str, datatype: str) -> None:
    assert date(written).value == written
    assert date(written).datatype == NamedNode(f"http://www.w3.org/2001/XMLSchema#{datatype}")


@pytest.mark.parametrize("written", ["", "201", "2012-13", "2011-02-29", "10/04/2012", "20120410"])
def test_impossible_dates_are_refused(written: str) -> None:
    with pytest.raises(ValueError):  # noqa: PT011 - two sources of the error, one meaning
        date(written)


def test_subjects_stand_together_in_order_of_first_appearance() -> None:
    triples = [
        Triple(CAMDEN, LABEL, text("Camden")),
        Triple(BARNET, LABEL, text("Barnet")),
        Triple(CAMDEN, TYPE, term("okg:LocalAuthority")),
        Triple(CAMDEN, LABEL, text("Camden")),
    ]
    lines = encode_turtle(triples, "Made by\na test").decode().splitlines()
    assert lines[0] == "# Made by a test"
    body = [line.strip() for line in lines if not line.startswith(("#", "@prefix"))]
    assert body == [
        'authority:CMD skos:prefLabel "Camden"@en ;',
        "a okg:LocalAuthority .",
        'authority:BNE skos:prefLabel "Barnet"@en .',
    ]


def test_what_was_written_reads_back() -> None:
    triples = [
        Triple(CAMDEN, LABEL, text('"Camden"\\\n\t–')),
        Triple(CAMDEN, term("okg:rank"), number(3, "positiveInteger")),
        Triple(iri("document", "a(b),c"), term("dcterms:issued"), date("2012-04-10")),
    ]
    read = [quad.triple for quad in parse(encode_turtle(triples), format=RdfFormat.TURTLE)]
    assert read == triples


@pytest.mark.parametrize(
    "triple",
    [Triple(BlankNode("b"), LABEL, text("x")), Triple(CAMDEN, LABEL, BlankNode("b"))],
)
def test_blank_nodes_are_refused(triple: Triple) -> None:
    with pytest.raises(ValueError, match="blank node"):
        encode_turtle([triple])


def test_a_file_is_replaced_as_a_whole_and_only_when_it_changes(tmp_path: Path) -> None:
    path = tmp_path / "new" / "file.ttl"
    triples = [Triple(CAMDEN, LABEL, text("Camden"))]
    assert write_turtle(path, triples)
    os.utime(path, (0, 0))
    assert not write_turtle(path, triples)
    assert path.stat().st_mtime == 0
    assert write_turtle(path, [Triple(CAMDEN, LABEL, text("Camden Town"))])
    assert "Camden Town" in path.read_text(encoding="utf-8")
    assert [entry.name for entry in path.parent.iterdir()] == ["file.ttl"]


def test_a_failed_write_leaves_the_old_file(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    path = tmp_path / "file.ttl"
    write_turtle(path, [Triple(CAMDEN, LABEL, text("Camden"))])
    before = path.read_bytes()

    def fail(*_: object) -> None:
        raise OSError("disk full")

    monkeypatch.setattr(Path, "replace", fail)
    with pytest.raises(OSError, match="disk full"):
        write_turtle(path, [Triple(CAMDEN, LABEL, text("Camden Town"))])
    assert path.read_bytes() == before
    assert [entry.name for entry in tmp_path.iterdir()] == ["file.ttl"]

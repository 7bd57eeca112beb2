"""Terms and generated Turtle files."""

import itertools
import os
import random
import shutil
import subprocess
import sys
from pathlib import Path

import pytest
from pyoxigraph import BlankNode, Literal, NamedNode, RdfFormat, Store, Triple, parse

from ofsted_kg.errors import SourceError
from ofsted_kg.rdf.terms import XSD, date, iri, number, term, text
from ofsted_kg.rdf.turtle import encode_turtle, load_turtle, read_turtle, write_turtle
from tests.conftest import ROOT

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
    assert lines[1:] == [
        "@prefix authority: <https://w3id.org/ofsted-kg/id/authority/> .",
        "@prefix okg: <https://w3id.org/ofsted-kg/def#> .",
        "@prefix skos: <http://www.w3.org/2004/02/skos/core#> .",
        "",
        'authority:CMD skos:prefLabel "Camden"@en ;',
        "    a okg:LocalAuthority .",
        "",
        'authority:BNE skos:prefLabel "Barnet"@en .',
    ]


def test_a_file_is_written_to_be_read() -> None:
    """Prefixes in use only, a line for each statement, nothing escaped, values in short form."""
    judgement = iri("assessment", "CMD", "ilacs-2018", "2022-04-25", "judgement", "overall")
    triples = [
        Triple(judgement, TYPE, term("okg:Judgement")),
        Triple(judgement, TYPE, term("okg:Finding")),
        Triple(judgement, term("okg:hasGrade"), iri("scale", "ilacs-2018", "good")),
        Triple(judgement, term("okg:isStatedIn"), NamedNode("https://example.org/passage/72.4")),
        Triple(judgement, term("okg:isStatedIn"), NamedNode("https://example.org/passage/b14")),
        Triple(judgement, term("okg:sequence"), number(5)),
        Triple(judgement, term("okg:rank"), number(2, "positiveInteger")),
        Triple(judgement, term("okg:isApproximate"), Literal(True)),
        Triple(judgement, term("okg:publishedOn"), date("2022-07-01")),
    ]
    prefixes = {
        "xsd": XSD,
        "okg": "https://w3id.org/ofsted-kg/def#",
        "p": "https://example.org/passage/",
        "unused": "https://example.org/unused/",
    }
    assert (
        encode_turtle(triples, prefixes=prefixes).decode()
        == """\
@base <https://w3id.org/ofsted-kg/id/> .
@prefix okg: <https://w3id.org/ofsted-kg/def#> .
@prefix p: <https://example.org/passage/> .
@prefix xsd: <http://www.w3.org/2001/XMLSchema#> .

<assessment/CMD/ilacs-2018/2022-04-25/judgement/overall> a okg:Judgement , okg:Finding ;
    okg:hasGrade <scale/ilacs-2018/good> ;
    okg:isStatedIn p:72.4 ;
    okg:isStatedIn p:b14 ;
    okg:sequence 5 ;
    okg:rank "2"^^xsd:positiveInteger ;
    okg:isApproximate true ;
    okg:publishedOn "2022-07-01"^^xsd:date .
"""
    )


def test_a_formatter_would_leave_it_as_it_is(tmp_path: Path) -> None:
    tool = shutil.which("turtlefmt", path=str(Path(sys.executable).parent))
    if tool is None:
        pytest.skip("turtlefmt is not installed beside this Python")
    for name in ("data/reference/regions.ttl", "data/derived/grade-successions.ttl"):
        path = tmp_path / Path(name).name
        write_turtle(path, read_turtle(ROOT / name))
        done = subprocess.run([tool, "--check", path], capture_output=True, text=True)
        assert done.returncode == 0, done.stdout + done.stderr


# What trips up a writer: in literals, quotes, escapes, ends of lines and what looks like a
# number; in IRIs, what may not stand after a prefix or after a base.
# fmt: off
NASTY_TEXTS = [
    "", " ", '"', "'", '"""', "\\", "\\n", "\n", "\r\n", "\t", "a\\", 'ends "q"', "\x00\x01\x7f",
    "–“”’é", "𝄞", "\u2028", "@en", "^^", "<a>", "{}", "# no comment", ". ; ,", "\ufeff", "\b\f",
]
NASTY_NUMBERS = [
    "0", "-0", "+1", "01", "1", "-12", "1.", ".5", "1.0", "-0.5", "1e3", "1.0E6", "INF", "NaN", "",
    "x", "true", "false", "1 ", "TRUE", "123456789012345678901234567890", "٣", "1\n",
]
NASTY_LOCALS = [
    "", "a", "1", "1.2", "1.", ".1", "-a", "a-", "a.b.", "..", ".", "a..b", "_", "%41", "%",
    "a%20b",
    "a/b", "a//b", "/a", "a/", "a/..", "../a", "a/./b", "a/.b", "a:b", ":", "a#b", "#", "a?b=c&d",
    "~a", "é", "a(b),c", "a'b", "a;b", "a,b", "a*b", "a+b", "a=b", "a!b", "a@b", "$", "中", "a/b:c",
    "a·b",
]
# fmt: on
SPACES = [
    *("https://w3id.org/ofsted-kg/id/", "https://w3id.org/ofsted-kg/id/authority/"),
    *("https://w3id.org/ofsted-kg/def#", "https://w3id.org/ofsted-kg/", "urn:x:", "http://a.org"),
]


def read_back(triples: list[Triple], *, blank_nodes: bool = False) -> list[Triple]:
    return parsed(encode_turtle(triples, "Nasty\n.", blank_nodes=blank_nodes))


def parsed(turtle: bytes) -> list[Triple]:
    return [quad.triple for quad in parse(turtle, format=RdfFormat.TURTLE)]


def nasty_nodes() -> list[NamedNode]:
    found = []
    for space, local in itertools.product(SPACES, NASTY_LOCALS):
        name = space + ("/" if space.endswith("org") else "") + local
        try:
            parsed(f"<{name}> a <{name}> .".encode())
        except SyntaxError:
            continue  # no IRI, so that it stands in no file
        found.append(NamedNode(name))
    assert len(found) > 200
    return found


def test_whatever_is_written_reads_back() -> None:
    nodes = nasty_nodes()
    datatypes = [NamedNode(XSD + name) for name in ("integer", "decimal", "double", "boolean")]
    datatypes += [NamedNode(XSD + name) for name in ("string", "date", "nonNegativeInteger")]
    values: list[NamedNode | Literal] = [*nodes]
    values += [Literal(each) for each in NASTY_TEXTS]
    values += [Literal(each, language="en-gb") for each in NASTY_TEXTS]
    values += [Literal(w, datatype=d) for w in NASTY_NUMBERS + NASTY_TEXTS for d in datatypes]
    values += [Literal("x", datatype=node) for node in nodes]
    for node in nodes:
        triples = [Triple(node, TYPE, node), Triple(node, node, node), Triple(node, TYPE, node)]
        assert read_back(triples) == triples[:2], node
    triples = [Triple(CAMDEN, LABEL, value) for value in values]
    assert read_back(triples) == list(dict.fromkeys(triples))


def test_whatever_is_written_reads_back_in_any_order() -> None:
    nodes = nasty_nodes()
    for seed in range(20):
        chance = random.Random(seed)
        values: list[NamedNode | Literal] = [
            *nodes,
            *map(text, NASTY_TEXTS),
            *(Literal(i) for i in range(-3, 3)),
        ]
        triples = [
            Triple(chance.choice(nodes[:40]), chance.choice([TYPE, *nodes]), chance.choice(values))
            for _ in range(400)
        ]
        written = encode_turtle(triples)
        assert set(parsed(written)) == set(triples)
        assert encode_turtle(parsed(written)) == written


def test_every_file_of_the_graph_reads_back() -> None:
    for path in sorted((ROOT / "data").rglob("*.ttl")):
        triples = list(read_turtle(path))
        written = encode_turtle(triples, "All.")
        assert set(parsed(written)) == set(triples), path
        assert b"\\/" not in written


@pytest.mark.parametrize(
    "triple",
    [Triple(BlankNode("b"), LABEL, text("x")), Triple(CAMDEN, LABEL, BlankNode("b"))],
)
def test_blank_nodes_are_refused(triple: Triple) -> None:
    with pytest.raises(ValueError, match="blank node"):
        encode_turtle([triple])
    assert read_back([triple], blank_nodes=True) == parsed(f"{triple} .".encode())


@pytest.mark.parametrize(
    ("content", "problem"),
    [
        (b"<urn:a:a> <urn:a:b> <urn:a:c> .\nnot turtle", "file.ttl:2:1: not Turtle: not is not"),
        (b"<urn:a:a> <urn:a:b> 'never closed", "file.ttl:1:21: not Turtle: "),
        (b"<urn:a:a> a \xff .", "file.ttl:1:13: not Turtle: Invalid UTF-8"),
        (None, "file.ttl: cannot be read: No such file"),
    ],
)
def test_one_wording_for_what_is_no_turtle(
    tmp_path: Path, content: bytes | None, problem: str
) -> None:
    path = tmp_path / "file.ttl"
    if content is not None:
        path.write_bytes(content)
    for read in (lambda: list(read_turtle(path)), lambda: load_turtle(Store(), [path])):
        with pytest.raises(SourceError) as caught:
            read()
        assert str(caught.value).startswith(f"{tmp_path}/{problem}")
        assert "Parser error" not in str(caught.value)
        assert caught.value.exit_status == 1


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

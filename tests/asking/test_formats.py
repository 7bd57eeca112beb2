"""Every output format of an answer, read back by a reader of that format."""

import csv
import io
import json
import re
from collections import Counter

import pyoxigraph as ox
import pytest
from rdflib import XSD, Graph, Literal, URIRef
from rdflib.compare import isomorphic
from rdflib.query import Result

from ofsted_kg.asking.answers import FORMATS, GRAPH_FORMATS, Answer, Triples, from_result
from ofsted_kg.errors import OfstedKgError
from ofsted_kg.knowledge_graph import KnowledgeGraph

ASKED: list[tuple[str, dict[str, str]]] = [
    ("judgements", {"authority": "Camden", "framework": "slac-2009"}),
    ("cited-assessments", {"authority": "Camden"}),
    ("measures", {"authority": "Camden"}),
    ("claims", {"authority": "Camden"}),
    ("claims", {"authority": "Barnet", "verdict": "differs"}),
]
KIND = ox.NamedNode("https://example.org/kind")
# Cells that trouble each format: separators, quotes, lines, bars, gaps, languages, numbers.
TROUBLE = Answer(
    ("one", "two"),
    (
        (ox.Literal('a "b", c|d'), ox.Literal("line\nbreak\ttab")),
        (ox.Literal("Größe ‘x’", language="de"), None),
        (
            None,
            ox.Literal("0.75", datatype=ox.NamedNode("http://www.w3.org/2001/XMLSchema#decimal")),
        ),
        (ox.NamedNode("https://example.org/x"), ox.Literal(True)),
        (ox.Literal(""), ox.Literal(7)),
    ),
)


@pytest.fixture(params=[*range(len(ASKED)), "trouble"], scope="module")
def answer(request: pytest.FixtureRequest, kg: KnowledgeGraph) -> Answer:
    if request.param == "trouble":
        return TROUBLE
    name, parameters = ASKED[request.param]
    return kg.ask(name, **parameters)


def _lexical(answer: Answer) -> list[list[str]]:
    return [["" if term is None else str(term.value) for term in row] for row in answer.terms]


def _flat(value: str) -> str:
    return re.sub(r"\s+", " ", value).strip()


def test_formats_are_these() -> None:
    assert set(FORMATS) == {"table", "csv", "json", "markdown", "srj", "srx", "tsv", "envelope"}


def test_csv_has_the_columns_and_every_value_as_it_is(answer: Answer) -> None:
    text = answer.to_text("csv")
    read = list(csv.reader(io.StringIO(text, newline="")))
    assert read[0] == list(answer.columns)
    assert read[1:] == _lexical(answer)
    assert "\r\n" in text


def test_json_is_an_array_of_objects(answer: Answer) -> None:
    read = json.loads(answer.to_text("json"))
    assert read == answer.rows
    assert len(read) == len(answer.terms)
    for row in read:
        assert list(row) == list(answer.columns)
        assert all(value is None or isinstance(value, str | int | float) for value in row.values())


def test_markdown_has_a_cell_for_each_value(answer: Answer) -> None:
    lines = answer.to_text("markdown").split("\n\n")[0].splitlines()
    cells = [
        [cell.strip().replace("\\|", "|") for cell in re.split(r"(?<!\\)\|", line)[1:-1]]
        for line in lines
    ]
    assert cells[0] == list(answer.columns)
    assert all(re.fullmatch("-+", cell) for cell in cells[1])
    assert [len(row) for row in cells] == [len(answer.columns)] * (len(answer.terms) + 2)
    if answer is not TROUBLE:
        shown = [["" if v is None else _flat(str(v)) for v in row.values()] for row in answer.rows]
        assert [[_flat(cell) for cell in row] for row in cells[2:]] == shown


def test_a_table_keeps_each_value_under_its_column(answer: Answer) -> None:
    """Read by the columns that the rule under the heads marks out."""
    lines = answer.to_text("table").splitlines()
    if not answer.terms:
        assert lines == ["  ".join(answer.columns), "(no rows)"]
        return
    spans = [match.span() for match in re.finditer("─+", lines[1])]
    cells = [[line[start:end].strip() for start, end in spans] for line in lines]
    assert cells[0] == list(answer.columns)
    assert len(lines) == len(answer.terms) + 2
    for row, values in zip(cells[2:], answer.rows, strict=True):
        for cell, value in zip(row, values.values(), strict=True):
            if not isinstance(value, bool):
                assert _flat(cell) == ("" if value is None else _flat(str(value)))


@pytest.mark.parametrize("width", [40, 80, 120])
def test_a_narrow_table_loses_no_word(answer: Answer, width: int) -> None:
    """Folded into columns or set as one block for each row, whatever fits the width."""
    shown = Counter(answer.to_text("table", width=width).split())
    wanted: Counter[str] = Counter()
    for row in answer.rows:
        for value in row.values():
            text = str(value).lower() if isinstance(value, bool) else str(value or "")
            wanted.update(text.split())
    assert not wanted - shown


@pytest.mark.parametrize(
    ("form", "reader"),
    [
        ("srj", ox.QueryResultsFormat.JSON),
        ("srx", ox.QueryResultsFormat.XML),
        ("tsv", ox.QueryResultsFormat.TSV),
    ],
)
def test_w3c_formats_by_pyoxigraph(
    answer: Answer, form: str, reader: ox.QueryResultsFormat
) -> None:
    read = ox.parse_query_results(answer.to_text(form).encode(), format=reader)
    assert isinstance(read, ox.QuerySolutions)
    assert [variable.value for variable in read.variables] == list(answer.columns)
    assert [tuple(row[name] for name in answer.columns) for row in read] == list(answer.terms)


@pytest.mark.parametrize(("form", "reader"), [("srj", "json"), ("srx", "xml"), ("tsv", "tsv")])
def test_w3c_formats_by_rdflib(answer: Answer, form: str, reader: str) -> None:
    read = Result.parse(io.BytesIO(answer.to_text(form).encode()), format=reader)
    assert [str(variable) for variable in read.vars or []] == list(answer.columns)
    found = [[str(row.get(variable, "")) for variable in read.vars or []] for row in read.bindings]
    if answer.terms:
        assert found == _lexical(answer)


TRIPLES = Triples(
    [
        ox.Triple(
            ox.NamedNode("https://w3id.org/ofsted-kg/id/authority/CMD"),
            ox.NamedNode("http://www.w3.org/2004/02/skos/core#prefLabel"),
            ox.Literal('Größe "x"\n', language="de"),
        ),
        ox.Triple(
            ox.BlankNode("b"),
            ox.NamedNode("https://example.org/p"),
            ox.Literal("07", datatype=KIND),
        ),
    ]
)


@pytest.mark.parametrize(
    ("form", "reader"),
    [("turtle", "turtle"), ("ntriples", "nt"), ("jsonld", "json-ld"), ("rdfxml", "xml")],
)
def test_graph_formats_by_rdflib(form: str, reader: str) -> None:
    assert set(GRAPH_FORMATS) == {"turtle", "ntriples", "jsonld", "rdfxml"}
    written = TRIPLES.to_text(form)
    read = Graph().parse(data=written, format=reader)
    assert isomorphic(read, TRIPLES.to_rdflib())
    assert len(read) == 2


def test_a_graph_in_turtle_is_written_as_the_files_are_but_stands_alone() -> None:
    assert TRIPLES.to_text() == (
        "@prefix authority: <https://w3id.org/ofsted-kg/id/authority/> .\n"
        "@prefix skos: <http://www.w3.org/2004/02/skos/core#> .\n\n"
        'authority:CMD skos:prefLabel "Größe \\"x\\"\\n"@de .\n\n'
        '_:b <https://example.org/p> "07"^^<https://example.org/kind> .\n'
    )


def test_the_answer_of_a_yes_or_no_question() -> None:
    (yes,) = (from_result(ox.Store().query("ASK {}")) for _ in "1")
    assert isinstance(yes, Answer)
    assert yes.rows == [{"answer": True}]
    assert json.loads(yes.to_text("srj")) == {"head": {}, "boolean": True}
    assert "<boolean>true</boolean>" in yes.to_text("srx")
    assert yes.to_text("csv") == "answer\r\ntrue\r\n"
    assert yes.to_rdflib().askAnswer is True


def test_rows_as_terms_of_rdflib(answer: Answer) -> None:
    result = answer.to_rdflib()
    assert [str(variable) for variable in result.vars or []] == list(answer.columns)
    variables = result.vars or []
    rows = [[row.get(variable) for variable in variables] for row in result.bindings]
    assert [["" if term is None else str(term) for term in row] for row in rows] == _lexical(answer)
    if answer is TROUBLE:
        assert rows == [
            [Literal('a "b", c|d'), Literal("line\nbreak\ttab")],
            [Literal("Größe ‘x’", lang="de"), None],
            [None, Literal("0.75", datatype=XSD.decimal)],
            [URIRef("https://example.org/x"), Literal("true", datatype=XSD.boolean)],
            [Literal(""), Literal("7", datatype=XSD.integer)],
        ]


@pytest.mark.parametrize("form", ["csv", "table", "xlsx"])
def test_a_graph_is_no_table(form: str) -> None:
    with pytest.raises(OfstedKgError, match="gives a graph: choose turtle, ntriples"):
        TRIPLES.to_text(form)
    with pytest.raises(OfstedKgError, match="gives rows; choose table, csv"):
        TROUBLE.to_text("turtle")


def test_an_unknown_format_names_the_others() -> None:
    with pytest.raises(OfstedKgError, match="markdown") as caught:
        TROUBLE.to_text("xlsx")
    assert "\n" not in str(caught.value)

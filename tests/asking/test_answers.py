"""How rows are laid out for a terminal, and what becomes of odd terms."""

import json

import pyoxigraph as ox
import pytest

from ofsted_kg.asking.answers import Answer, scalar
from ofsted_kg.knowledge_graph import KnowledgeGraph

WORDS = [
    "Inspection",
    "of",
    "local",
    "authority",
    "children's",
    "services",
    "in",
    "Kensington",
]
XSD = "http://www.w3.org/2001/XMLSchema#"


def _answer() -> Answer:
    row = (ox.Literal("Camden"), ox.Literal("2012-04-10"), ox.Literal(" ".join(WORDS)))
    return Answer(("council", "published", "rules"), (row, row))


@pytest.mark.parametrize("width", [40, 60, 80, 200])
def test_no_line_is_too_long_and_no_word_is_broken(width: int) -> None:
    text = _answer().to_text("table", width)
    assert all(len(line) <= width for line in text.splitlines())
    assert [word for word in text.split() if word in WORDS] == WORDS * 2
    assert text.count("2012-04-10") == 2


def test_a_narrow_terminal_gets_one_block_for_each_row() -> None:
    blocks = _answer().to_text("table", 30).strip().split("\n\n")
    assert len(blocks) == 2
    assert blocks[0].splitlines()[0].split() == ["council", "Camden"]


def test_the_whole_line_where_the_output_is_no_terminal(kg: KnowledgeGraph) -> None:
    answer = kg.ask("neighbours", authority="Camden")
    assert len(answer.to_text("table").splitlines()) == len(answer.terms) + 2


@pytest.mark.parametrize(
    ("text", "datatype", "value"),
    [
        ("249", "integer", 249),
        ("15.8", "decimal", 15.8),
        ("3.0", "decimal", 3),
        ("true", "boolean", True),
        ("2012-04-10", "date", "2012-04-10"),
        ("1e999999999", "decimal", "1e999999999"),
        ("9" * 5000, "integer", "9" * 5000),
        ("NaN", "double", "NaN"),
        ("rubbish", "integer", "rubbish"),
    ],
)
def test_values_of_literals(text: str, datatype: str, value: object) -> None:
    assert scalar(ox.Literal(text, datatype=ox.NamedNode(XSD + datatype))) == value


def test_every_value_is_json(kg: KnowledgeGraph) -> None:
    answer = kg.sparql(f'SELECT ("1e999999999"^^<{XSD}decimal> AS ?a) (<http://x/> AS ?b) {{}}')
    assert json.loads(answer.to_text("json")) == [{"a": "1e999999999", "b": "http://x/"}]

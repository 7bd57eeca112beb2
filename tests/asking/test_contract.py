"""What every question keeps: its columns and parameters, a living example, plain SPARQL."""

import re
from pathlib import Path

import pyoxigraph as ox
import pytest
from rdflib.plugins.sparql import prepareQuery

from ofsted_kg.asking.answers import Answer, from_result, pivoted
from ofsted_kg.asking.parameters import bindings
from ofsted_kg.asking.questions import load_question, question_names
from ofsted_kg.knowledge_graph import KnowledgeGraph
from ofsted_kg.store import bind
from tests.conftest import ROOT

# Parameters (a required one in capitals) and columns of each question, in their order. Others
# build on them: add a question here, and change a line only with a line in the change log.
CONTRACT = """
judgements | authority framework service area since until | authority assessed published framework service area grade rank as_written source report outcome
grade-history | AUTHORITY area | authority assessed published framework service area grade rank scale change comparability basis source report
latest-grades | authority region authority_type area on | authority code region assessed published framework area grade rank subject judged_as last_grade last_published inspected dated_by report newer_published newer_claim newer_report
grade-changes | region area direction | authority area from_published from_grade to_published to_grade steps comparability report
recommendations | authority framework theme addressed_to timescale | authority published framework service number recommendation themes addressed_to timescale due_by source report kind
recurring-themes | AUTHORITY | theme assessments first last recommendations
recommendation-themes | framework region since | theme recommendations authorities share with_narrower
findings | authority framework service area theme polarity made_by region since until | authority published area polarity finding themes view_of compared_with time_words told_before made_by confidence source
contested-findings | authority theme | authority published relation finding source other other_source
weakness-to-recommendation | authority theme | authority published area polarity finding finding_source recommendation timescale recommendation_source
theme-balance | authority region framework grade since until made_by | theme strengths weaknesses strengths_with_narrower weaknesses_with_narrower praised_in criticised_in assessments
theme-by-year | THEME authority region framework | year strengths weaknesses praised_in criticised_in reports
what-distinguishes | grade against framework region area since until | theme criticised_in of share against_criticised_in against_of against_share difference low high
authorities-like | AUTHORITY since | authority region published shared of themes_of_its_own similarity rarer_themes like like_published
theme-over-time | AUTHORITY THEME | published framework kind statement themes made_by confidence source
claims | authority verdict document | authority document published claim claimed polarity themes official verdict source report
measures | authority measure | authority measure value as_written bound unit population out_of as_at time_basis source
measure-history | MEASURE authority | authority as_at value source
organisations | authority role | organisation kind role service identifiers note source
cited-assessments | authority | authority assessed kind area grade note cited_in source
unexplained-judgements | authority | authority published area grade
compare-authorities | AUTHORITY framework | area authority grade
evidence | STATEMENT | document paragraph page start end address
discrepancies | authority | authority published area one one_source other other_source explanation
coverage | document | document paragraphs encoded statements findings judged passages grades
sentence-coverage | document | document sentences stated context bare
neighbours | AUTHORITY area | neighbour closeness published grade subject judged_as last_grade last_published report newer_published newer_claim
time-to-improve | from_grade area authority region on | authority area from_published from_grade to_published to_grade months comparability ended ended_on months_lasted as_at existed_until newer_published newer_claim newer_report
visits | authority region kind since until | authority region visited published kind theme framework source report
inspections | authority region kind framework since until | authority assessed ended published kind framework theme result claimed judgements recommendations held inspectorates inspected source report
last-inspected | region on | authority region published framework months_ago grade as_at inspected basis report
"""  # noqa: E501
LISTED = {
    name.strip(): (parameters.split(), columns.split())
    for name, parameters, columns in (line.split("|") for line in CONTRACT.strip().splitlines())
}
NAMES = question_names(ROOT)


def test_each_question_has_a_contract() -> None:
    assert sorted(LISTED) == sorted(NAMES)


@pytest.mark.parametrize("name", NAMES)
def test_a_question_keeps_its_contract(name: str) -> None:
    question = load_question(name)
    parameters, columns = LISTED[name]
    assert [p.name.upper() if p.required else p.name for p in question.parameters] == parameters
    assert [column.name for column in question.columns] == columns


def test_comparison_has_one_column_for_each_authority(kg: KnowledgeGraph) -> None:
    question = load_question("compare-authorities")
    authority = question.parameter("authority")
    assert (authority.required, authority.repeatable) == (True, True)
    assert [p.name for p in question.parameters] == ["authority", "framework"]
    answer = kg.ask("compare-authorities", authority=["Kensington and Chelsea", "Camden"])
    assert sorted(answer.columns) == sorted(["area", "Camden", "Kensington and Chelsea"])


@pytest.mark.parametrize("name", NAMES)
def test_the_example_has_an_answer(kg: KnowledgeGraph, name: str) -> None:
    question = load_question(name)
    answer = kg.ask(name, **question.example)
    assert answer.rows
    if question.pivot is None:
        assert answer.columns == tuple(column.name for column in question.columns)


@pytest.mark.parametrize("name", [name for name in NAMES if load_question(name).pivot is None])
def test_every_cell_is_of_its_columns_type(kg: KnowledgeGraph, name: str) -> None:
    question = load_question(name)
    types = {column.name: column.type for column in question.columns}
    for row in kg.ask(name, **question.example).rows:
        for column, value in row.items():
            if value is None:
                continue
            if types[column] == "integer":
                assert isinstance(value, int)
            elif types[column] == "number":
                assert isinstance(value, int | float)
            elif types[column] == "date":
                assert re.fullmatch(r"\d{4}(-\d\d(-\d\d)?)?", str(value))
            else:
                assert isinstance(value, str)
                assert value


@pytest.mark.parametrize("name", NAMES)
def test_a_question_describes_itself(name: str) -> None:
    question = load_question(name)
    assert question.summary
    assert question.description
    assert question.tags
    for column in question.columns:
        assert column.label
        assert column.description
    for parameter in question.parameters:
        assert parameter.label
        assert parameter.description
        assert (parameter.type == "term") == bool(parameter.options)
        if parameter.options:
            assert (ROOT / "queries" / "options" / f"{parameter.options}.rq").is_file()


@pytest.mark.parametrize("name", NAMES)
def test_the_file_is_plain_sparql(kg: KnowledgeGraph, name: str) -> None:
    """As copied into any tool: parsed by rdflib, answered by pyoxigraph, its head a comment.

    What a question cannot do without, and what would be all 166,000 findings, is filled in.
    Last come the statements that rows rest on, where words can be added: answers leave them out.
    """
    text = (ROOT / "queries" / f"{name}.rq").read_text(encoding="utf-8")
    prepareQuery(text)
    question = load_question(name)
    is_filled = name == "findings" or any(p.required for p in question.parameters)
    given = question.example if is_filled else {}
    solutions = kg.store.query(bind(text, bindings(question, given, kg.store)))
    assert isinstance(solutions, ox.QuerySolutions)
    columns = [column.name for column in question.columns]
    assert [variable.value for variable in solutions.variables] == [
        *columns,
        *question.words.values(),
    ]
    assert next(iter(solutions), None) is not None


@pytest.mark.parametrize("name", NAMES)
def test_a_default_stands_in_the_file(name: str) -> None:
    question = load_question(name)
    assert set(re.findall(r"# default of (\w+)$", question.text, re.M)) == set(question.defaults)


@pytest.mark.parametrize("name", [name for name in NAMES if load_question(name).defaults])
def test_a_file_pasted_answers_as_it_is_asked(kg: KnowledgeGraph, name: str) -> None:
    """A default stands in the query, as its head says, not only in what asks it."""
    question = load_question(name)
    required = {p.name: question.example[p.name] for p in question.parameters if p.required}
    # A form fills in the defaults that it shows; who pastes a query can leave them alone.
    filled = kg.ask(name, **required, **question.defaults)
    text = bind(question.text, bindings(question, required, kg.store))
    pasted = from_result(kg.store.query(text))
    assert isinstance(pasted, Answer)
    if question.pivot:
        pasted = pivoted(pasted, *question.pivot)
    assert pasted.columns == filled.columns
    assert pasted.rows == filled.rows == kg.ask(name, **required).rows
    assert pasted.rows


@pytest.mark.parametrize(
    "path", sorted((ROOT / "queries" / "options").glob("*.rq")), ids=lambda path: path.stem
)
def test_every_list_of_options_is_filled(kg: KnowledgeGraph, path: Path) -> None:
    rows = kg.sparql(path.read_text(encoding="utf-8")).rows
    assert rows
    assert all(row["value"] and row["label"] and row["name"] for row in rows)

"""What a question remarks on its rows, so that nobody reads them without."""

import json
import re

import pytest

from ofsted_kg.asking.questions import load_question, question_names
from ofsted_kg.cli import main
from ofsted_kg.knowledge_graph import KnowledgeGraph
from tests.conftest import ROOT

POLARITY = (ROOT / "docs" / "polarity.md").read_text(encoding="utf-8")
# Those that show, or count by, what a machine took for praise and criticism.
JUDGED = [
    name
    for name in question_names(ROOT)
    if re.search(r"GRAPH \?\w+ \{[^}]*hasPolarity", load_question(name).text)
]


def test_these_questions_rest_on_a_machine() -> None:
    assert {"findings", "theme-balance", "theme-by-year", "theme-over-time"} <= set(JUDGED)


@pytest.mark.parametrize("name", JUDGED)
def test_what_rests_on_a_machine_says_how_often_it_is_right(name: str) -> None:
    """In the figures of the page that tells how it was measured."""
    accuracy = re.search(r"^\| accuracy \| ([0-9.]+) \|$", POLARITY, re.M)
    count = re.search(r"^On the ([0-9]+) held-out sentences", POLARITY, re.M)
    assert accuracy
    assert count
    share = f"{float(accuracy[1]):.2f}"
    assert 1 - float(accuracy[1]) == pytest.approx(1 / 9, abs=0.01)
    first, *others = load_question(name).remarks
    assert (
        f"a machine's, right in about eight of nine sentences ({share} of {count[1]} held out, "
        "see docs/polarity.md)"
    ) in first
    told = " ".join(others)
    assert "narrower" in told
    # Whoever counts sides says where that stands which has both.
    counts = any(column.type == "integer" for column in load_question(name).columns)
    assert counts == ("a mixed finding counts " in told)


def test_what_a_machine_found_is_shown_with_the_same_remark(kg: KnowledgeGraph) -> None:
    [row] = kg.sparql(
        "PREFIX okg: <https://w3id.org/ofsted-kg/def#> SELECT ?found"
        " WHERE { GRAPH ?kept { ?found a okg:MachineFinding } } LIMIT 1"
    ).rows
    [note] = kg.show(str(row["found"])).notes
    assert "right in about eight of nine" in note
    assert "right in about eight of nine" in load_question("findings").remarks[0]


def test_an_answer_says_it_in_each_format_that_has_a_place(
    kg: KnowledgeGraph, capsys: pytest.CaptureFixture[str]
) -> None:
    remarks = load_question("theme-by-year").remarks
    asked = ["ask", "theme-by-year", "--theme", "supervision", "--authority", "Camden"]
    answer = kg.ask("theme-by-year", theme="supervision", authority="Camden")
    assert answer.notes == remarks
    assert json.loads(answer.to_text("envelope"))["notes"] == list(remarks)
    assert json.loads(answer.to_text("json")) == answer.rows
    for form in ("table", "csv", "markdown"):
        assert main([*asked, "--format", form]) == 0
        out, err = capsys.readouterr()
        assert err.splitlines()[: len(remarks)] == [f"ofsted-kg: {remark}" for remark in remarks]
    paragraphs = out.split("\n\n")[1:]
    assert [p[2:-2] for p in paragraphs[:-1]] == [remark[1:] for remark in remarks]
    assert paragraphs[-1].startswith("_Covers grades")


def test_no_rows_are_remarked_on_by_no_word(kg: KnowledgeGraph) -> None:
    assert kg.ask("findings", authority="Poole").notes == ()


def test_who_reads_about_a_question_is_told_too(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["questions", "findings"]) == 0
    out = capsys.readouterr().out
    assert all(f"\n  {remark}\n" in out for remark in load_question("findings").remarks)

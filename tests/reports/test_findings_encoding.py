"""The graph of a report's findings: apart, a line each, with what a reader settled."""

import re
from dataclasses import replace
from pathlib import Path

import pytest

from ofsted_kg.rdf.files import root
from ofsted_kg.reports.context import ReportContext, identify
from ofsted_kg.reports.encoding import ReportEncoder
from ofsted_kg.reports.findings import findings
from ofsted_kg.reports.findings_encoding import report_findings
from tests.conftest import ROOT, read_once

# Read by eye in Camden's report of 2022, page 7: what paragraph 41 says of supervision.
CAMDEN = "80491-camden/2022-06-21.pdf"
WORDS = "Social workers report"
LINE = re.compile(r"^f:41\.2 a okg:MachineFinding ; (.*) \.$", re.M)


@pytest.fixture(scope="module")
def context() -> ReportContext:
    return ReportContext.read(root() / "data", root() / "ontology")


def _graph(path: Path, context: ReportContext) -> str:
    report = read_once(path)
    encoder = ReportEncoder(report, context, identify(report, context), with_text=False)
    return report_findings(encoder).decode()


def test_a_sentence_as_read_by_eye(shared: Path, context: ReportContext) -> None:
    path = shared / "reports" / CAMDEN
    found = LINE.search(_graph(path, context))
    assert found
    facts = dict(fact.split(" ", 1) for fact in found[1].split(" ; "))
    assert facts["okg:hasPolarity"] == "polarity:strength"
    assert facts["okg:hasTheme"] == "theme:supervision"
    assert facts["okg:judgesArea"] == "area:leaders"
    assert facts["okg:isStatedIn"] == "p:41"
    start, end = int(facts["okg:sentenceStart"]), int(facts["okg:sentenceEnd"])
    sentence = read_once(path).text[start:end]
    assert sentence.startswith(WORDS)
    assert sentence.endswith("supervision.")


def test_what_a_reader_settled_stands(shared: Path, context: ReportContext) -> None:
    """In place of the machine's polarity and confidence; as context it is no finding."""
    path = shared / "reports" / CAMDEN
    digest = read_once(path).digest
    [one] = [f for f in findings(read_once(path)) if f.text.startswith(WORDS)]
    key = (digest, f"{one.pieces[0][0]}-{one.pieces[0][1]}")
    settled = LINE.search(_graph(path, replace(context, readings={key: "neutral"})))
    assert settled
    assert "polarity:neutral" in settled[1]
    assert "confidence" not in settled[1]
    assert not LINE.search(_graph(path, replace(context, readings={key: "context"})))


def test_each_finding_is_one_of_the_record(shared: Path, context: ReportContext) -> None:
    """None is lost on the way into the graph but context and what readers settled."""
    path = shared / "reports" / CAMDEN
    told = [one for one in findings(read_once(path)) if one.polarity != "context"]
    graph = _graph(path, replace(context, readings={}))
    assert graph.count("a okg:MachineFinding") == len(told)
    starts = re.findall(r"okg:sentenceStart (\d+)", graph)
    assert [int(start) for start in starts] == [one.pieces[0][0] for one in told]


def test_the_graph_says_how_it_was_made(shared: Path, context: ReportContext) -> None:
    graph = _graph(shared / "reports" / CAMDEN, context)
    assert "prov:wasGeneratedBy <activity/judging-sentences>" in graph
    assert "okg:holdsFindingsOf <assessment/CMD/ilacs-2018/2022-04-25>" in graph
    held = ROOT / "data" / "findings" / "cmd" / "ilacs-2018-2022-04-25.ttl"
    assert held.read_text(encoding="utf-8") == graph


def test_a_joint_report_lists_its_own(shared: Path, context: ReportContext) -> None:
    """Praise or criticism is what the heading of a list says, and no machine judges it."""
    path = next((shared / "reports-joint").rglob("*.pdf"))
    assert _graph(path, context) == ""

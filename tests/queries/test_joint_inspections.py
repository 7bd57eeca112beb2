"""Questions about joint inspections, asked of three reports and what they stand on.

Expected values are those of the careful reader and the two lists of reports.
"""

from collections import Counter
from dataclasses import replace
from typing import Any

import pyoxigraph as ox
import pytest

from ofsted_kg.knowledge_graph import KnowledgeGraph
from ofsted_kg.rdf.turtle import read_turtle
from ofsted_kg.reports.catalogue import read_catalogues
from ofsted_kg.reports.context import ReportContext, identify
from ofsted_kg.reports.encoding import ReportEncoder
from ofsted_kg.store.embedded import EmbeddedStore
from tests.conftest import ROOT, read_once, shared_folder

FOLDER = shared_folder() / "reports-joint"
REPORTS = ("jtai/2212306a.pdf", "send/b0f7a781.pdf", "send/10e4e00a.pdf")
REFERENCE = ("authorities", "authority-types", "regions", "organisations", "bodies", "geographies")
pytestmark = pytest.mark.skipif(not FOLDER.is_dir(), reason="the joint reports are not at hand")


@pytest.fixture(scope="module")
def joint() -> KnowledgeGraph:
    context = replace(
        ReportContext.read(ROOT / "data", ROOT / "ontology"), listed=read_catalogues(FOLDER)
    )
    store = ox.Store()
    for path in [
        *sorted((ROOT / "ontology").glob("*.ttl")),
        *(ROOT / "data" / "reference" / f"{name}.ttl" for name in REFERENCE),
        ROOT / "data" / "opinions" / "area-lines.ttl",
    ]:
        store.extend(ox.Quad(*triple) for triple in read_turtle(path))
    for name in REPORTS:
        path = FOLDER / name
        report = read_once(path)
        identity = identify(report, context)
        encoder = ReportEncoder(report, context, identity, with_text=False)
        store.extend(ox.Quad(*triple) for triple in encoder.triples())
    return KnowledgeGraph(EmbeddedStore(store))


def test_recommendations_say_who_of_several_is_to_act(joint: KnowledgeGraph) -> None:
    rows = joint.ask("recommendations", authority="Plymouth").rows
    board, leaders = "NHS Devon Integrated Care Board", "school and college leaders"
    named = [set(str(row["addressed_to"]).split("; ")) for row in rows]
    whole = {"Plymouth Local Area Partnership"}
    assert named == [
        {"Plymouth", board, leaders},
        {"Plymouth", board, leaders},
        {"Plymouth", leaders},
        {board},
        {"Plymouth"},
        *[whole] * 4,
    ]
    kinds = Counter(row["kind"] for row in rows)
    assert kinds == {"area for priority action": 5, "area for improvement": 4}
    assert {row["published"] for row in rows} == {"2023-08-22"}
    assert {row["timescale"] for row in rows} == {None}
    asked = joint.ask("recommendations", addressed_to=board).rows
    assert len(asked) == 3


def test_an_outcome_is_no_grade(joint: KnowledgeGraph) -> None:
    [row] = joint.ask("judgements", authority="Plymouth").rows
    assert row["outcome"] == "Widespread and/or systemic failings"
    assert (row["grade"], row["rank"], row["area"]) == (None, None, None)
    assert joint.ask("judgements", authority="Merton").rows == []
    assert joint.ask("judgements", authority="Plymouth", area="overall").rows == []
    assert {row["basis"] for row in joint.ask("last-inspected").rows} == {"none on record"}


def test_inspections_tell_of_both_and_of_the_one_before(joint: KnowledgeGraph) -> None:
    [letter] = joint.ask("inspections", authority="Merton").rows
    assert letter["theme"] == "serious youth violence"
    assert letter["kind"] == "joint targeted inspection"
    assert (letter["assessed"], letter["ended"]) == ("2023-12-04", "2023-12-08")
    assert (letter["published"], letter["held"]) == ("2024-02-12", "report")
    assert (letter["result"], letter["recommendations"]) == (None, 11)
    assert set(str(letter["inspectorates"]).split("; ")) == {
        "Ofsted",
        "Care Quality Commission",
        "HM Inspectorate of Constabulary and Fire & Rescue Services",
        "HM Inspectorate of Probation",
    }
    now, before = joint.ask("inspections", authority="Plymouth").rows
    assert now["result"] == "Widespread and/or systemic failings"
    assert (now["held"], before["held"]) == ("report", "citation")
    assert (before["assessed"], before["result"]) == ("2016-10-10", None)


def test_listed_findings_have_places_and_no_words(joint: KnowledgeGraph) -> None:
    rows = joint.ask("findings", authority="Merton").rows
    assert len(rows) == 14
    assert {row["polarity"] for row in rows} == {"strength"}
    assert {row["finding"] for row in rows} == {None}
    assert all(", page " in str(row["source"]) for row in rows)
    [covered] = [r for r in joint.ask("coverage").rows if str(r["document"]).startswith("Merton")]
    assert (covered["findings"], covered["grades"]) == (14, 0)
    assert joint.ask("theme-balance").rows == []


def test_no_grade_makes_an_answer_newer(joint: KnowledgeGraph) -> None:
    answer: Any = joint.ask("recommendations", authority="Plymouth")
    assert answer.as_at.published is None


def test_what_is_held_is_counted(joint: KnowledgeGraph) -> None:
    rows = {row["part"]: row for row in joint.status().rows}
    assert rows["reports of inspections"]["holds"] == "3 reports"


def test_everything_said_of_one_can_be_shown(joint: KnowledgeGraph) -> None:
    name = "Plymouth: area SEND inspection, 2023"
    said = {(row["property"], row["label"]) for row in joint.show(name).rows}
    assert ("is conducted by", "Care Quality Commission") in said
    assert ("inspects partnership", "Plymouth Local Area Partnership") in said

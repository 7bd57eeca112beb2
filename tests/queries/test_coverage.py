"""Questions `coverage` and `sentence-coverage`: nothing is silently left out."""

from collections import Counter
from collections.abc import Collection

import pytest

from ofsted_kg.knowledge_graph import KnowledgeGraph
from tests.conftest import encoded_documents

# Short title, paragraphs, sentences and list items, all counted in the documents. The report's
# note on copying, outside its 130 numbered paragraphs, is no paragraph of it.
COUNTED = [
    ("Camden Council news page 2010", 13, 27),
    ("Camden annual rating letter 2009", 8, 20),
    ("Camden inspection report 2012", 130, 705),
    ("Kensington and Chelsea leader's page 2016", 10, 20),
    ("Third-party news page on Camden 2017", 11, 19),
]


@pytest.mark.parametrize(("document", "paragraphs", "_"), COUNTED)
def test_every_paragraph_is_encoded(
    kg: KnowledgeGraph, document: str, paragraphs: int, _: int
) -> None:
    [row] = kg.ask("coverage", document=document).rows
    assert row["document"] == document
    assert (row["paragraphs"], row["encoded"]) == (paragraphs, paragraphs)


@pytest.mark.parametrize(("document", "_", "sentences"), COUNTED)
def test_no_sentence_is_bare(kg: KnowledgeGraph, document: str, _: int, sentences: int) -> None:
    [row] = kg.ask("sentence-coverage", document=document).rows
    assert row["bare"] == 0
    assert row["sentences"] == sentences
    assert int(str(row["stated"])) + int(str(row["context"])) == sentences


def test_totals_by_document(kg: KnowledgeGraph) -> None:
    found = {row["document"]: row["sentences"] for row in kg.ask("sentence-coverage").rows}
    assert len(found) == len(encoded_documents())
    assert {document: found[document] for document, _, _ in COUNTED} == {
        document: sentences for document, _, sentences in COUNTED
    }


def test_the_report_states_far_more_than_it_introduces(kg: KnowledgeGraph) -> None:
    [row] = kg.ask("sentence-coverage", document="Camden inspection report 2012").rows
    # Paragraphs 1 to 15 hold 59 sentences; 23 and 85 have seven lead-ins and timescales.
    assert int(str(row["context"])) <= 59 + 7


def test_findings_are_part_of_the_statements(kg: KnowledgeGraph) -> None:
    [row] = kg.ask("coverage", document="Camden inspection report 2012").rows
    assert 600 < int(str(row["findings"])) < int(str(row["statements"]))
    found = len(kg.ask("findings", authority="Camden", framework="slac-2009").rows)
    # Three sentences repeat what the inspections of fostering and of adoption found before.
    assert row["findings"] == found + 3
    # The record of main findings has 22 grades; four more are the grades of other inspections
    # that the report quotes.
    assert row["grades"] == 22 + 4


def _document(source: str, documents: Collection[str]) -> str:
    """The title with which a place begins; one title may begin another."""
    return max((name for name in documents if source.startswith(f"{name}, ")), key=len)


def test_coverage_promises_no_finding_that_findings_does_not_have(kg: KnowledgeGraph) -> None:
    held = {str(row["document"]): row for row in kg.ask("coverage").rows}
    read = kg.ask("findings", made_by=["reader", "list"]).rows
    listed = Counter(_document(str(row["source"]), held) for row in read)
    assert {name: row["findings"] for name, row in held.items()} == {n: listed[n] for n in held}
    judged = kg.ask("findings", authority=["Camden", "Kent", "Hull"], made_by="machine").rows
    counted = Counter(_document(str(row["source"]), held) for row in judged)
    assert len(counted) > 6
    assert counted == {name: held[name]["judged"] for name in counted}
    # Five grades on page 1 and no sentence encoded by hand.
    [barnet] = kg.ask("coverage", document="Barnet inspection report 2024").rows
    assert (barnet["findings"], barnet["grades"]) == (0, 5)


def test_secondary_pages_hold_no_findings_of_their_own(kg: KnowledgeGraph) -> None:
    pages = [document for document, _, _ in COUNTED if "page" in document]
    rows = kg.ask("coverage", document=pages).rows
    assert [r["findings"] for r in rows] == [0, 0, 0]
    assert all(int(str(r["statements"])) > 20 for r in rows)


def test_each_document_once(kg: KnowledgeGraph) -> None:
    documents = [r["document"] for r in kg.ask("coverage").rows]
    assert len(documents) == len(set(documents))
    assert documents == sorted(documents, key=str)
    assert {document for document, _, _ in COUNTED} <= set(documents)


@pytest.mark.parametrize(
    ("document", "paragraphs", "recommendations"),
    [
        ("Sheffield single inspection report 2014", 115, 15),
        ("Barnsley single inspection report 2014", 154, 32),
        ("Bedford single inspection report 2017", 117, 12),
    ],
)
def test_recommendations_that_are_paragraphs_count(
    kg: KnowledgeGraph, document: str, paragraphs: int, recommendations: int
) -> None:
    """The last number printed before a paragraph, and how many are recommendations."""
    [row] = kg.ask("coverage", document=document).rows
    assert (row["paragraphs"], row["encoded"]) == (paragraphs, recommendations)

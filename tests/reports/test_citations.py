"""The parts of the national framework that recommendations cite, in all spellings met."""

from __future__ import annotations

import pytest

from ofsted_kg.identity.expectations import Expectations
from ofsted_kg.reports.citations import with_citations
from ofsted_kg.reports.report import ReportRecommendation
from tests.conftest import ROOT

KNOWN = Expectations.read(ROOT / "ontology")
ITEM = "The folding of maps in the harbour office"


def item(text: str) -> ReportRecommendation:
    return ReportRecommendation(
        text, 2, None, "What needs to improve", None, None, (), 0, len(text)
    )


@pytest.mark.parametrize(
    ("ending", "keys"),
    [
        (" (outcome 3, national framework).", ["outcome-3"]),
        (" (Outcome 4)", ["outcome-4"]),
        (" (Enabler two).", ["enabler-2"]),
        (" (Outcome Three, National Framework)", ["outcome-3"]),
        (" (National Framework, Outcome 1)", ["outcome-1"]),
        (" (National Framework enabler two).", ["enabler-2"]),
        (" (outcome 1: national framework)", ["outcome-1"]),
        (" [ Outcome 4, national framework].", ["outcome-4"]),
        (". Enabler three: National Framework.", ["enabler-3"]),
        (" (principle 2, national framework)", ["principle-2"]),
        (" (Enabler 1).2", ["enabler-1"]),
        (" (outcomes 1 and 3, national framework)", ["outcome-1", "outcome-3"]),
        (" (outcome one and enabler 3, national framework)", ["outcome-1", "enabler-3"]),
        (" (enabler: the workforce is equipped and effective, national framework)", ["enabler-3"]),
        (" (Enabler 2: Leaders drive conditions for effective practice)", ["enabler-2"]),
        (" (including outcomes of the tea).", []),
        (" and the outcome of each voyage.", []),
        ("", []),
    ],
)
def test_a_citation_is_read_as_keys(ending: str, keys: list[str]) -> None:
    (found,), problems = with_citations((item(ITEM + ending),), KNOWN)
    assert list(found.citations) == keys
    assert problems == []
    assert found.text == ITEM + ending


@pytest.mark.parametrize(
    "words",
    [
        "outcome 7, national framework",
        "outcome, national framework",
        "enabler 1: leaders drive conditions for effective practice",
        "outcome 1 and enabler 9",
    ],
)
def test_what_is_no_part_of_the_framework_is_named_and_not_linked(words: str) -> None:
    (found,), problems = with_citations((item(f"{ITEM} ({words})."),), KNOWN)
    assert found.citations == ()
    assert problems == [
        f"recommendations: {words!r} is no part of the national framework that is known"
    ]

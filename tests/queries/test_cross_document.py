"""Questions that join findings, recommendations and documents."""

import re
from typing import Any

import pytest

from ofsted_kg.knowledge_graph import KnowledgeGraph

REPORT = "Camden inspection report 2012, paragraph "
IMMEDIATELY, THREE, SIX = "immediately", "within three months", "within six months"


def _number(source: object) -> int:
    return int(str(source).removeprefix(REPORT))


@pytest.fixture(scope="module")
def weaknesses(kg: KnowledgeGraph) -> list[dict[str, Any]]:
    answer = kg.ask("weakness-to-recommendation", authority="Camden")
    return [row for row in answer.rows if str(row["finding_source"]).startswith(REPORT)]


# Paragraph and a word of the criticism; paragraph, timescale and a word of what was asked.
ASKED = [
    (18, "common assessment", 23, SIX, "common assessment"),
    (20, "incurious", 23, IMMEDIATELY, "history"),
    (20, "oversight", 23, THREE, "oversight"),
    (36, "waited", 23, IMMEDIATELY, "allocated"),
    (37, "rule for renewing", 23, THREE, "core assessments"),
    (38, "contingenc", 23, THREE, "contingenc"),
    (48, "inadequate", 23, THREE, "flagging"),
    (48, "GPs", 23, THREE, "flagging"),
    (70, "numbers", 23, SIX, "qualitative"),
    (72, "robustly", 23, THREE, "oversight"),
    (72, "carried out", 23, THREE, "oversight"),
    (79, "designated doctor", 85, THREE, "designated doctor"),
    (80, "over 16", 85, SIX, "16"),
    (80, "care plans", 85, THREE, "care plans"),
    (81, "key stage 4", 85, THREE, "key stage 4"),
    (81, "education plans", 85, SIX, "education plans"),
    (84, "placements", 85, SIX, "placement choice"),
    (86, "designated doctor", 85, THREE, "designated doctor"),
    (97, "20 miles", 85, SIX, "placement choice"),
    (101, "education plans", 85, SIX, "education plans"),
    (112, "pathway", 85, SIX, "care leavers"),
    (115, "renewed", 85, THREE, "up to date"),
    (123, "duty", 85, SIX, "sufficiency duty"),
]


@pytest.mark.parametrize(("paragraph", "word", "asked_in", "timescale", "asked"), ASKED)
def test_criticism_that_led_to_a_request(
    weaknesses: list[dict[str, Any]],
    paragraph: int,
    word: str,
    asked_in: int,
    timescale: str,
    asked: str,
) -> None:
    assert [
        row
        for row in weaknesses
        if _number(row["finding_source"]) == paragraph
        and word in str(row["finding"]).casefold() + str(row["finding"])
        and asked in str(row["recommendation"]).casefold()
        and str(row["timescale"]).casefold() == timescale
        and _number(row["recommendation_source"]) == asked_in
    ]


# Criticised, yet neither list of areas for improvement speaks of it.
NOT_ASKED = [
    (57, "school nurses"),
    (60, "immunisation"),
    (89, "substance misuse"),
    (108, "national average"),
    (116, "challenge"),
    (122, "corporate parenting"),
    (124, "preferred provider"),
    (130, "ranges from inadequate"),
]


@pytest.mark.parametrize(("paragraph", "word"), NOT_ASKED)
def test_criticism_on_which_nobody_was_asked_to_act(
    weaknesses: list[dict[str, Any]], paragraph: int, word: str
) -> None:
    rows = [
        row
        for row in weaknesses
        if _number(row["finding_source"]) == paragraph and word in str(row["finding"]).casefold()
    ]
    assert rows
    assert all(row["recommendation"] is None for row in rows)
    assert all(row["timescale"] is None and row["recommendation_source"] is None for row in rows)


def test_every_recommendation_rests_on_a_finding(weaknesses: list[dict[str, Any]]) -> None:
    asked = {row["recommendation"] for row in weaknesses} - {None}
    assert len(asked) == 16


def test_praise_is_not_listed(weaknesses: list[dict[str, Any]]) -> None:
    places = {_number(row["finding_source"]) for row in weaknesses}
    # Paragraphs that criticise nothing.
    assert not {16, 19, 24, 26, 31, 32, 42, 44, 53, 62, 65, 68, 74, 77, 90, 104, 114} & places


def test_weaknesses_in_document_order(weaknesses: list[dict[str, Any]]) -> None:
    places = [_number(row["finding_source"]) for row in weaknesses]
    assert places == sorted(places)


def test_a_theme_narrows_weaknesses(kg: KnowledgeGraph) -> None:
    rows = kg.ask(
        "weakness-to-recommendation", authority="Camden", theme="management oversight"
    ).rows
    places = [_number(row["finding_source"]) for row in rows]
    assert set(places) - {41} == {20, 36, 72, 130}
    assert len([p for p in places if p == 72]) == 3


# One finding limits another: the paragraph and a word of each.
LIMITS = [
    (18, "failed", 18, "rigorously"),
    (20, "incurious", 20, "serious"),
    (21, "training", 21, "train"),
    (28, "late", 28, "database"),
    (30, "board", 30, "private fostering"),
    (35, "late", 35, "thresholds"),
    (63, "so far", 63, "support"),
    (70, "numbers", 70, "rigorously"),
    (72, "varying", 72, "supervision"),
    (84, "hardest", 84, "fostering"),
    (97, "residential", 97, "fostering"),
    (99, "delay", 99, "promptly"),
    (108, "signs", 108, "national average"),
]


@pytest.fixture(scope="module")
def contested(kg: KnowledgeGraph) -> list[dict[str, Any]]:
    return [
        row
        for row in kg.ask("contested-findings", authority="Camden").rows
        if str(row["source"]).startswith(REPORT)
    ]


@pytest.mark.parametrize(("paragraph", "word", "other", "other_word"), LIMITS)
def test_one_finding_limits_another(
    contested: list[dict[str, Any]], paragraph: int, word: str, other: int, other_word: str
) -> None:
    assert [
        row
        for row in contested
        if _number(row["source"]) == paragraph
        and word in str(row["finding"]).casefold()
        and _number(row["other_source"]) == other
        and other_word in str(row["other"]).casefold()
    ]


def test_the_pathway_is_praised_and_criticised(contested: list[dict[str, Any]]) -> None:
    pairs = {
        (_number(row["source"]), _number(row["other_source"]))
        for row in contested
        if re.search("pathway|housing", str(row["finding"]) + str(row["other"]), re.IGNORECASE)
    }
    assert (78, 78) in pairs
    assert (112, 112) in pairs
    # A comprehensive provision in one chapter, which another says is not enough for all.
    assert (112, 121) in pairs


def test_the_report_contradicts_itself_once(contested: list[dict[str, Any]]) -> None:
    """Views are taken seriously (126); care leavers say that nobody hears theirs (112)."""
    opposite = [
        (_number(row["source"]), _number(row["other_source"]))
        for row in contested
        if row["relation"] == "contradicts"
    ]
    assert opposite == [(112, 126)]


def test_no_finding_limits_itself_or_twice(contested: list[dict[str, Any]]) -> None:
    assert all(row["finding"] != row["other"] for row in contested)
    pairs = [(row["finding"], row["other"]) for row in contested]
    assert len(pairs) == len(set(pairs))
    assert {row["relation"] for row in contested} == {"qualifies", "contradicts"}


def test_two_hospitals_do_not_contradict_each_other(contested: list[dict[str, Any]]) -> None:
    # One system works, the other does not: both stand.
    assert not [
        row
        for row in contested
        if "University College" in str(row["finding"]) and "Royal Free" in str(row["other"])
    ]


@pytest.fixture(scope="module")
def oversight(kg: KnowledgeGraph) -> list[dict[str, Any]]:
    return kg.ask("theme-over-time", authority="Camden", theme="management oversight").rows


def test_oversight_was_found_weak_and_asked_for_twice(oversight: list[dict[str, Any]]) -> None:
    asked = [row for row in oversight if row["kind"] == "recommendation"]
    # Once in 2012 for safeguarding; again in the single inspection of 2017.
    assert [row["published"] for row in asked] == ["2012-04-10", "2017-11-24"]
    assert asked[0]["source"] == REPORT + "23"
    assert str(asked[1]["source"]).startswith("Camden single inspection report 2017, ")
    assert "page 7" in str(asked[1]["source"])
    assert asked[0]["statement"]
    assert asked[1]["statement"] is None


def test_findings_of_2012_stand_beside_the_request_of_2017(
    oversight: list[dict[str, Any]],
) -> None:
    kinds = [row["kind"] for row in oversight if row["published"] == "2012-04-10"]
    assert kinds.count("weakness") >= 6
    assert kinds.count("mixed") == 1
    assert kinds.count("strength") >= 1
    assert [row["published"] for row in oversight] == sorted(r["published"] for r in oversight)


def test_one_document_is_told_in_its_own_order(oversight: list[dict[str, Any]]) -> None:
    places = [
        _number(row["source"])
        for row in oversight
        if row["published"] == "2012-04-10" and row["kind"] != "recommendation"
    ]
    assert places == sorted(places)


def test_care_leavers_take_in_narrower_themes(kg: KnowledgeGraph) -> None:
    rows = kg.ask("theme-over-time", authority="Camden", theme="care leavers").rows
    themes = {theme for row in rows for theme in str(row["themes"]).split("; ")}
    assert {"care leavers' accommodation", "pathway plans", "staying put"} <= themes
    [asked] = [
        row for row in rows if row["kind"] == "recommendation" and "choice" in str(row["statement"])
    ]
    assert asked["source"] == REPORT + "85"

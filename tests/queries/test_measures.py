"""Questions `measures` and `measure-history`: figures as the encoded documents print them."""

from typing import Any

import pytest

from ofsted_kg.knowledge_graph import KnowledgeGraph

NEWS = "Camden Council news page 2010, paragraph "
LETTER = "Camden annual rating letter 2009, paragraph "
REPORT = "Camden inspection report 2012, paragraph "
LEADER = "Kensington and Chelsea leader's page 2016, paragraph "

# Place, as printed, value, unit, words that say what is counted.
FIGURES = [
    (f"{REPORT}1", "four", 4, "inspectors", "inspectors"),
    (f"{REPORT}2", "46", 46, "children and young people", "inspectors"),
    (f"{REPORT}2", "20", 20, "people", "parents"),
    (f"{REPORT}2", "60", 60, "cases", "case files"),
    (f"{REPORT}4", "approximately 41,800", 41800, "children and young people", "0 to 18"),
    (f"{REPORT}4", "18%", 18, "per cent", "0 to 18"),
    (f"{REPORT}4", "75%", 75, "per cent", "white british"),
    (f"{REPORT}4", "22.5%", 22.5, "per cent", "england"),
    (f"{REPORT}4", "About 55%", 55, "per cent", "english as an additional language"),
    (f"{REPORT}6", "61", 61, "schools", "schools"),
    (f"{REPORT}6", "41", 41, "schools", "primary"),
    (f"{REPORT}6", "nine", 9, "schools", "secondary"),
    (f"{REPORT}6", "about 180", 180, "providers", "childminders"),
    (f"{REPORT}9", "249", 249, "children", "child protection plan"),
    (f"{REPORT}10", "267", 267, "children", "looked after"),
    (f"{REPORT}10", "63", 63, "children", "under five"),
    (f"{REPORT}10", "136", 136, "children and young people", "five to 16"),
    (f"{REPORT}10", "68", 68, "young people", "17 to 18"),
    (f"{REPORT}11", "233", 233, "care leavers", "care leavers"),
    (f"{REPORT}11", "95", 95, "households", "foster"),
    (f"{REPORT}45", "80%", 80, "per cent", "training"),
    (f"{REPORT}48", "10", 10, "cases", "accident and emergency"),
    (f"{REPORT}97", "15", 15, "children and young people", "choice"),
    (f"{REPORT}100", "Eighty per cent", 80, "per cent", "good or better schools"),
    (f"{REPORT}104", "£40 a month", 40, "pounds a month", "leisure"),
    (f"{REPORT}111", "49", 49, "young people", "university"),
    (f"{REPORT}120", "33", 33, "young people", "tier 4"),
    (f"{REPORT}120", "nine", 9, "young people", "tier 4"),
    (f"{REPORT}121", "over 320", 320, "places", "supported accommodation"),
    (f"{REPORT}124", "half", 0.5, "fraction", "home"),
    (f"{REPORT}6", "over 70", 70, "providers", "private"),
    (f"{REPORT}15", "In excess of 60", 60, "providers", "voluntary"),
    (f"{REPORT}33", "Over 30", 30, "families", "families"),
    (f"{REPORT}104", "some 80", 80, "young people", "youth"),
    (f"{REPORT}112", "no", 0, "places", "supported lodging"),
    (f"{LETTER}6 (counted)", "no", 0, "schools", "inadequate"),
    (f"{LETTER}6 (counted)", "four", 4, "schools", "good or better"),
    (f"{LETTER}6 (counted)", "six", 6, "schools", "special schools"),
    (f"{NEWS}8 (counted)", "15.8%", 15.8, "per cent", "25 days"),
    (f"{NEWS}8 (counted)", "just 10.9%", 10.9, "per cent", "25 days"),
    (f"{NEWS}1 (counted)", "only ten", 10, "councils", "excellently"),
    (f"{NEWS}4 (counted)", "only nine", 9, "councils", "excellently"),
]

# Where the document states the time, or says that it speaks of the time of the inspection.
WHEN = [
    (f"{REPORT}4", "75%", "2011"),
    (f"{REPORT}4", "22.5%", "2011"),
    (f"{REPORT}9", "249", "2012"),
    (f"{REPORT}10", "267", "2012"),
    (f"{REPORT}111", "49", "2012"),
    (f"{REPORT}121", "30", "2007"),
    (f"{NEWS}8 (counted)", "15.8%", "2008-06"),
    (f"{NEWS}8 (counted)", "just 10.9%", "2009-06"),
]


@pytest.fixture(scope="module")
def figures(kg: KnowledgeGraph) -> list[dict[str, Any]]:
    return [dict(row) for row in kg.ask("measures").rows]


def _printed(figures: list[dict[str, Any]], source: str, words: str) -> list[dict[str, Any]]:
    return [row for row in figures if (row["source"], row["as_written"]) == (source, words)]


@pytest.mark.parametrize("expected", FIGURES, ids=lambda e: f"{e[0]} {e[1]} {e[4]}")
def test_each_figure_is_read_as_printed(
    figures: list[dict[str, Any]], expected: tuple[str, str, float, str, str]
) -> None:
    source, words, value, unit, counted = expected
    matching = [
        row
        for row in _printed(figures, source, words)
        if counted in f"{row['measure']} {row['population']}".casefold()
    ]
    assert [(row["value"], row["unit"]) for row in matching] == [(value, unit)]


@pytest.mark.parametrize(("source", "words", "as_at"), WHEN)
def test_time_of_a_figure(
    figures: list[dict[str, Any]], source: str, words: str, as_at: str
) -> None:
    (row,) = _printed(figures, source, words)
    assert row["as_at"] == as_at


def test_a_figure_shows_its_bound_its_whole_and_the_basis_of_its_time(
    figures: list[dict[str, Any]],
) -> None:
    (over,) = _printed(figures, f"{REPORT}121", "over 320")
    assert (over["bound"], over["as_at"], over["time_basis"]) == ("at least", "2012", "printed")
    (among,) = _printed(figures, f"{REPORT}6", "32")
    assert (among["out_of"], among["bound"]) == (41, None)
    assert among["time_basis"] == "period of the assessment"
    (before,) = _printed(figures, f"{REPORT}120", "33")
    assert (before["as_at"], before["time_basis"]) == (None, "earlier, undated")


def test_figures_belong_to_their_authority(figures: list[dict[str, Any]]) -> None:
    """All but two concern Camden; the leader's two concern Kensington and Chelsea."""
    chelsea = [row for row in figures if row["authority"] == "Kensington and Chelsea"]
    assert [(row["as_written"], row["value"], row["unit"]) for row in chelsea] == [
        ("three quarters", 0.75, "fraction"),
        ("Three quarters", 0.75, "fraction"),
    ]
    assert {row["source"] for row in chelsea} == {f"{LEADER}6 (counted)"}
    (england,) = _printed(figures, f"{REPORT}4", "22.5%")
    assert england["authority"] != "Camden"


def test_ages_of_looked_after_children_make_up_the_total(figures: list[dict[str, Any]]) -> None:
    tenth = [row["value"] for row in figures if row["source"] == f"{REPORT}10"]
    assert tenth == [267, 63, 136, 68]


def test_an_authority_picks_its_figures_and_no_others(kg: KnowledgeGraph) -> None:
    camden = kg.ask("measures", authority="Camden").rows
    assert {row["authority"] for row in camden} == {"Camden"}
    chelsea = kg.ask("measures", authority="Kensington and Chelsea").rows
    assert [(row["authority"], row["as_written"]) for row in chelsea] == [
        ("Kensington and Chelsea", "three quarters"),
        ("Kensington and Chelsea", "Three quarters"),
    ]
    assert kg.ask("measures", authority="Barnet").rows == []


def test_a_measure_picks_its_figures(kg: KnowledgeGraph) -> None:
    (row,) = kg.ask("measures", authority="Camden", measure="looked after children").rows
    assert (row["value"], row["as_written"], row["unit"]) == (267, "267", "children")


@pytest.mark.parametrize(
    ("measure", "expected"),
    [
        (
            "Looked after children absent from school for more than 25 days",
            [("2008-06", 15.8, f"{NEWS}8 (counted)"), ("2009-06", 10.9, f"{NEWS}8 (counted)")],
        ),
        ("Looked after children", [("2012", 267, f"{REPORT}10")]),
    ],
)
def test_history_of_a_measure(
    kg: KnowledgeGraph, measure: str, expected: list[tuple[str, float, str]]
) -> None:
    rows = kg.ask("measure-history", measure=measure, authority="Camden").rows
    assert [(row["as_at"], row["value"], row["source"]) for row in rows] == expected
    assert {row["authority"] for row in rows} == {"Camden"}


@pytest.mark.parametrize(
    ("measure", "values"),
    [
        # Three in the letter of 2009 and three in the report of 2012.
        ("pupil referral units", {f"{LETTER}6 (counted)": {3}, f"{REPORT}6": {3}}),
        ("secondary schools", {f"{LETTER}6 (counted)": {9}, f"{REPORT}6": {9}}),
        ("special schools", {f"{LETTER}6 (counted)": {6}, f"{REPORT}6": {6}}),
        # Places for care leavers and for young people generally are two histories.
        ("places of supported accommodation for young people", {f"{REPORT}121": {320}}),
        ("supported places for care leavers", {f"{REPORT}121": {30}}),
        ("young people in tier 4 in-patient provision", {f"{REPORT}120": {9, 33}}),
    ],
)
def test_documents_that_quote_one_measure(
    kg: KnowledgeGraph, measure: str, values: dict[str, set[int]]
) -> None:
    found: dict[str, set[object]] = {}
    for row in kg.ask("measure-history", measure=measure, authority="Camden").rows:
        found.setdefault(str(row["source"]), set()).add(row["value"])
    assert found == values


def test_no_other_authority_has_camdens_figures(kg: KnowledgeGraph) -> None:
    assert kg.ask("measure-history", measure="looked after children", authority="Barnet").rows == []

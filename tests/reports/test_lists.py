"""Items of lists in the forms that reports give them, and what no item holds."""

from __future__ import annotations

from itertools import pairwise
from pathlib import Path

import pytest

from ofsted_kg.reports.layout.blocks import Kind, PrintedBlock
from ofsted_kg.reports.layout.lists import lost_lines, read_items
from ofsted_kg.reports.reading import read_report
from ofsted_kg.reports.report import ReportRecommendation
from ofsted_kg.texts.lines import PAGE_BREAK, Line

SECTION = "Areas for improvement"


def blocks(*printed: tuple[Kind, float, str]) -> list[PrintedBlock]:
    """Blocks of one line each, from kind, left edge and words; a number or mark is the lead."""
    found = []
    for at, (kind, x, words) in enumerate(printed):
        line = Line(words, 4, 100 * at, 100 * at + len(words), x, 700 - 20.0 * at, 0, 12)
        lead = words.index(" ") + 1 if kind not in (Kind.PLAIN, Kind.HEADING) else 0
        number = int(words[: words.index(".")]) if kind is Kind.NUMBERED else None
        found.append(PrintedBlock(kind, [line], number, lead))
    return found


def items(*printed: tuple[Kind, float, str]) -> list[ReportRecommendation]:
    return read_items(blocks(*printed), SECTION, paged=True)


def texts(found: list[ReportRecommendation]) -> list[tuple[str, list[str]]]:
    return [(item.text, [nested.text for nested in item.sub_items]) for item in found]


def test_letters_and_small_signs_mark_nested_items() -> None:
    for marks in (("(i)", "(ii)", "(iii)"), ("a)", "b)", "c)"), ("o", "o", "o"), ("\u0336",) * 3):
        found = items(
            (Kind.NUMBERED, 75, "147. Look at the lamps where"),
            *((Kind.PLAIN, 108, f"{mark} they are dark") for mark in marks),
            (Kind.NUMBERED, 75, "148. Count the oars."),
        )
        nested = ["they are dark"] * 3
        assert texts(found) == [("Look at the lamps where", nested), ("Count the oars.", [])], marks
        assert found[0].end == 300 + len(f"{marks[2]} they are dark")


def test_themes_set_as_items_are_headings_over_their_items() -> None:
    found = items(
        (Kind.NUMBERED, 71, "1. Quality of the lamps"),
        (Kind.BULLET, 99, "• Trim each of them daily."),
        (Kind.BULLET, 99, "• Buy oil."),
        (Kind.NUMBERED, 71, "2. Work with the wardens of the quay"),
        (Kind.BULLET, 99, "• Meet them."),
        (Kind.BULLET, 99, "• Listen to them."),
    )
    assert [item.text for item in found] == [
        "Trim each of them daily.",
        "Buy oil.",
        "Meet them.",
        "Listen to them.",
    ]
    assert all(item.section == SECTION and not item.sub_items for item in found)


def test_an_item_that_leads_on_to_nested_ones_stays_an_item() -> None:
    for words in ("Count the oars, including:", "Count the oars and", "Count the oars."):
        found = items(
            (Kind.NUMBERED, 71, f"1. {words}"),
            (Kind.BULLET, 99, "• The long ones."),
            (Kind.BULLET, 99, "• The short ones."),
        )
        assert texts(found) == [(words, ["The long ones.", "The short ones."])]
    found = items(
        (Kind.NUMBERED, 71, "1. The quality of boats"),
        (Kind.BULLET, 99, "• their colours"),
        (Kind.BULLET, 99, "• their oars"),
    )
    assert len(found) == 1


def test_words_among_items_that_no_item_holds_are_told() -> None:
    listed = (
        (Kind.PLAIN, 71, "The harbour should do what follows."),
        (Kind.BULLET, 71, "• Count the oars."),
        (Kind.PLAIN, 71, "the lamps that nobody lights."),
        (Kind.BULLET, 71, "• Buy oil."),
    )
    assert lost_lines(blocks(*listed), SECTION) == [
        f"recommendations: words without a mark among the items of {SECTION!r} on page 4"
    ]


def test_headings_and_sentences_of_nothing_to_do_among_items_are_no_loss() -> None:
    listed = (
        (Kind.BULLET, 71, "• Count the oars."),
        (Kind.PLAIN, 71, "Quality of the lamps"),
        (Kind.BULLET, 71, "• Buy oil, for"),
        (Kind.PLAIN, 99, "(i) the quay"),
        (Kind.PLAIN, 71, "There are no priority actions."),
    )
    assert lost_lines(blocks(*listed), SECTION) == []


@pytest.mark.parametrize(
    ("file", "start", "words"),
    [
        (
            "80566-sunderland/2015-07-20.pdf",
            3135,
            ("in primary schools is 21%", "in secondary schools is 21%"),
        ),
        ("80498-haringey/2014-07-18.pdf", 17396, ("out of the authority area",)),
    ],
)
def test_lines_under_a_mark_in_a_larger_type_are_of_its_item(
    shared: Path, file: str, start: int, words: tuple[str, ...]
) -> None:
    """Two shares under an item that ends in a colon on page 3, and the end of one on page 10."""
    report = read_report(shared / "reports" / file)
    [found] = [one for one in report.unnumbered if one.start == start]
    text = " ".join(" ".join(report.text[first:after] for first, after in found.pieces).split())
    assert all(each in text for each in words)
    # Nothing but what stands at a page's foot is left out between its pieces.
    for (_, after), (begin, _) in pairwise(found.pieces):
        assert PAGE_BREAK in report.text[after:begin]

"""Blocks from lines with positions given outright, for what no made PDF shows."""

from __future__ import annotations

from ofsted_kg.reports.layout.blocks import Kind, PrintedBlock, read_blocks
from ofsted_kg.texts.lines import RawLine, build_text


def blocks(*lines: tuple[str, float, float]) -> list[PrintedBlock]:
    """Blocks of one page of plain type from text, x and y."""
    raw: list[RawLine] = [(text, x, y, y, 12.0, False, (), ()) for text, x, y in lines]
    return read_blocks(build_text("a", [(842.0, raw)], "", ""))


def test_mark_or_number_drawn_apart_from_its_item() -> None:
    found = blocks(
        ("◼", 72, 700),
        ("Count the boats and", 90, 700.5),
        ("the oars.", 90, 686),
        ("12.", 72, 660),
        ("It was windy.", 100, 660),
        ("•", 72, 630),
        ("Nothing stands beside that.", 72, 600),
    )
    assert [(block.kind, block.number, block.text) for block in found] == [
        (Kind.BULLET, None, "Count the boats and the oars."),
        (Kind.NUMBERED, 12, "It was windy."),
        (Kind.PLAIN, None, "Nothing stands beside that."),
    ]


def test_figure_alone_on_the_last_line_of_a_paragraph() -> None:
    (one,) = blocks(
        ("4. The crew were all under the age of", 72, 700),
        ("17.", 100, 686),
    )
    assert one.text == "The crew were all under the age of 17."


def test_bullets_of_symbol_fonts_known_and_unknown() -> None:
    found = blocks(
        ("\uf06e Tea", 72, 700),
        ("\uf0fc Maps", 72, 680),
        ("\uf02d Oars", 90, 660),
        ("̵ Rope", 90, 640),
    )
    assert [block.kind for block in found] == [Kind.BULLET, Kind.BULLET, Kind.DASH, Kind.DASH]
    assert [block.text for block in found] == ["Tea", "Maps", "Oars", "Rope"]


def test_hyphen_at_the_end_of_a_line() -> None:
    (one,) = blocks(("Rowers who are 16- ", 72, 700), ("and 17-", 72, 686), ("year-olds", 72, 672))
    assert one.text == "Rowers who are 16- and 17-year-olds"


def test_dash_in_a_sentence_is_no_item() -> None:
    (one,) = blocks(("The tide is high", 72, 700), ("– or nearly so – at noon.", 72, 686))
    assert one.kind is Kind.PLAIN
    assert one.text == "The tide is high – or nearly so – at noon."

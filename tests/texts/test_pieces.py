"""Passages of several pieces: as few as white space allows, and back from what is left out."""

from ofsted_kg.texts.pieces import around, joined, left_out, words_of

TEXT = "Lamps are lit\nat dusk \f\n7\nand put\nout at dawn."
LINES = [(0, 13), (14, 21), (26, 33), (34, 46)]


def test_lines_that_white_space_parts_are_one_piece() -> None:
    assert joined(LINES, TEXT) == ((0, 21), (26, 46))
    assert joined(reversed(LINES), TEXT) == ((0, 21), (26, 46))
    assert joined(LINES[:1], TEXT) == ((0, 13),)


def test_what_lies_between_gives_the_pieces_back() -> None:
    pieces = joined(LINES, TEXT)
    assert left_out(pieces) == [(21, 26)]
    assert around(0, 46, [(21, 26)]) == pieces
    assert around(0, 46, []) == ((0, 46),)
    assert left_out([(0, 46)]) == []


def test_words_are_the_pieces_on_lines_of_their_own() -> None:
    assert words_of(joined(LINES, TEXT), TEXT) == "Lamps are lit\nat dusk\nand put\nout at dawn."

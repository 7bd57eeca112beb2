"""Running text across line and page ends, each of its characters with its place."""

from __future__ import annotations

import re
from collections.abc import Iterable
from itertools import pairwise

from ofsted_kg.errors import SourceError
from ofsted_kg.reports.layout.blocks import COORDINATED
from ofsted_kg.reports.spans import Found
from ofsted_kg.texts.lines import Line, PdfText
from ofsted_kg.texts.pieces import Piece, joined

FULL_STOP = re.compile(r"(?<=[.!?])\s+(?=[A-Z‘“(])")


class Prose:
    """Lines set one after the other with single spaces.

    Footnote marks are left out. A pattern can be searched for in `text` as if the lines had
    no ends and nothing stood between pages; `found` gives the place of what it matched in
    the document.
    """

    def __init__(self, document: PdfText, lines: Iterable[Line]) -> None:
        self.document = document
        self.text = ""
        self.places: list[int] = []
        for line in lines:
            self._add(line)

    def _add(self, line: Line) -> None:
        broken = (
            self.text[-1:] == "-"
            and self.text[-2:-1].isalnum()
            and not COORDINATED.match(line.text)
        )
        characters = [] if broken or not self.text else [(" ", line.start)]
        in_mark = False
        for at, character in enumerate(line.text):
            in_mark = character.isdigit() and (in_mark or line.start + at in self.document.marks)
            if in_mark:
                continue
            previous = characters[-1][0] if characters else self.text[-1:]
            if character.isspace() and previous in ("", " "):
                continue
            place = line.start + at
            characters.append((" " if character.isspace() else character, place))
        self.text += "".join(character for character, _ in characters)
        self.places += [place for _, place in characters]

    def span(self, start: int, end: int) -> Piece:
        """Where a stretch of `text` begins and ends in the document."""
        return self.places[start], self.places[end - 1] + 1

    def found(self, match: re.Match[str], group: int | str = 0) -> Found[str]:
        """What a group of a match has caught, with its place."""
        start, end = self.span(match.start(group), match.end(group))
        return Found.at(self.document, match[group], start, end)

    def sentence(self, match: re.Match[str]) -> Found[str]:
        """The sentence in which a match begins."""
        starts = [0, *(stop.end() for stop in FULL_STOP.finditer(self.text)), len(self.text)]
        start, end = next((a, b) for a, b in pairwise(starts) if a <= match.start() < b)
        words = self.text[start:end].rstrip()
        return Found.at(self.document, words, *self.span(start, start + len(words)))


def needs_places(document: PdfText, called: str) -> None:
    """Refuse a text file where columns and cells can be told by their places alone."""
    if not document.has_positions:
        raise SourceError(
            f"{document.name}: is the text of {called}, whose tables and columns only a PDF "
            "shows: read the PDF"
        )


def pieces_of(document: PdfText, lines: Iterable[Line]) -> tuple[Piece, ...]:
    """The stretches of text that lines make up, without what stands between them."""
    return joined(((line.start, line.end) for line in lines), document.text)

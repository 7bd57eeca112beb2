"""A table's row as printed: its label, the grades beside it, and the area that it means."""

from __future__ import annotations

import difflib
import re
from collections.abc import Iterable
from dataclasses import dataclass, field

from ofsted_kg.reports.layout.grades import PrintedArea

LIKENESS = 0.8  # of a misprinted word to the word that is meant
LONG_WORD = 6  # characters; shorter words are too alike one another to be guessed at


@dataclass(frozen=True, slots=True)
class Piece:
    """A part of a line in one of the two columns; `y` its height in points, 0 in plain text."""

    text: str
    page: int
    start: int
    end: int
    y: float = 0.0


@dataclass(slots=True)
class Row:
    """One row as printed: its label, and the grades that stand beside it."""

    label: list[Piece]
    grades: list[list[Piece]] = field(default_factory=list)

    @property
    def text(self) -> str:
        """The label's words on one line."""
        return " ".join(" ".join(piece.text for piece in self.label).split())


def area_of(label: str, areas: tuple[PrintedArea, ...]) -> PrintedArea | None:
    """The one area that a row's label means, by its telling words; None unless just one fits."""
    known = {word for area in areas for group in area.telling for word in group}
    printed = set(re.findall(r"[a-z]+", label.casefold()))
    meant = printed | {
        near
        for word in printed - known
        if len(word) >= LONG_WORD
        for near in difflib.get_close_matches(word, known, 1, LIKENESS)
    }
    fitting = [area for area in areas if area.means(meant)]
    return fitting[0] if len(fitting) == 1 else None


def grade_words(pieces: Iterable[Piece]) -> str:
    """The words of a grade on one line, without brackets, full stop and note mark."""
    return " ".join(" ".join(piece.text for piece in pieces).split()).strip("(). *")

"""A table's row as printed: its label, the grades beside it, and the area that it means."""

from __future__ import annotations

import difflib
import re
from collections.abc import Collection, Iterable
from dataclasses import dataclass, field

from ofsted_kg.reports.layout.grades import PrintedArea

LIKENESS = 0.8  # of a misprinted word to the word that is meant
GRADE_WORDS = frozenset(["require", "requires", "required", "improvement"]) | frozenset(
    ["good", "adequate", "inadequate", "outstanding", "judged"]
)
# Words between the telling ones.
SMALL_WORDS = frozenset(["the", "of", "on", "and", "who", "with", "in", "for", "is", "are"])
LONG_WORD = 6  # characters
MOST_NEAR = 3  # words that one misprint may mean
TIED = 0.05
SHORTEST = 5  # shorter words are too alike one another to be guessed at


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
    """One row as printed: its label, the grades beside it, and what there is no grade."""

    label: list[Piece]
    grades: list[list[Piece]] = field(default_factory=list)
    strange: list[str] = field(default_factory=list)

    @property
    def text(self) -> str:
        """The label's words on one line."""
        return " ".join(" ".join(piece.text for piece in self.label).split())


def area_of(label: str, areas: tuple[PrintedArea, ...]) -> PrintedArea | None:
    """The one area that a row's label means, by its telling words; None unless just one fits."""
    known = {word for area in areas for group in area.telling for word in group}
    printed = set(re.findall(r"[a-z]+", label.casefold()))
    meant = printed | {near for word in printed - known for near in _near(word, known)}
    fitting = [area for area in areas if area.means(meant)]
    return fitting[0] if len(fitting) == 1 else None


def foreign_words(label: str, areas: tuple[PrintedArea, ...]) -> str:
    """What stands in a row's label and is not of it: words of grades, or any no label has.

    A misprinted or odd grade that was taken for a part of the label, as "Not yet" before "good",
    a year, or a word that makes another area of it, as "not" in care or "kinship" care.
    """
    known = {word for area in areas for word in re.findall(r"[a-z]+", area.name.casefold())}
    known |= {word for area in areas for group in area.telling for word in group}
    strange = [
        word
        for word in re.findall(r"[a-z]{2,}|\d{3,}", label.casefold())
        if word not in known and word not in SMALL_WORDS
        if _is_near(word, GRADE_WORDS) or not _is_near(word, known)
    ]
    return " ".join(dict.fromkeys(strange))


def _is_near(word: str, others: Collection[str]) -> bool:
    return word in others or bool(_near(word, others))


def _near(word: str, others: Iterable[str]) -> list[str]:
    """The words that a misprinted one may mean; a short one must be nearly it.

    "Leaers" may be leaders or leavers, which are as like it.
    """
    others = [other for other in others if len(other) >= SHORTEST]
    if len(word) < LONG_WORD:
        return [other for other in others if _is_slip(word, other)]
    near = difflib.get_close_matches(word, others, MOST_NEAR, LIKENESS)
    likeness = [difflib.SequenceMatcher(None, other, word).ratio() for other in near]
    return [one for one, like in zip(near, likeness, strict=True) if like > likeness[0] - TIED]


def _is_slip(word: str, other: str) -> bool:
    """Whether a short word is another with a letter lost, or two neighbours exchanged."""
    if word[0] != other[0]:
        return False
    lost = {other[:at] + other[at + 1 :] for at in range(1, len(other))}
    turned = {
        other[:at] + other[at + 1] + other[at] + other[at + 2 :] for at in range(len(other) - 1)
    }
    return word in lost | turned


def grade_words(pieces: Iterable[Piece]) -> str:
    """The words of a grade on one line, without brackets, full stop and note mark."""
    return " ".join(" ".join(piece.text for piece in pieces).split()).strip("(). *")

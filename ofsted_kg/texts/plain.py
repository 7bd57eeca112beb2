"""Which plain texts can be read: those that give each heading, paragraph and item a line.

Where lines are broken as on the page, or not at all, neither headings nor items of lists can
be told for certain, and a reader would lose some in silence.
"""

from __future__ import annotations

import re
from itertools import pairwise

from ofsted_kg.errors import SourceError

BROKEN = 0.25  # share of lines that go on in the next
FEW = 8  # such lines, which a text of whole paragraphs may have
LONGEST_PARAGRAPH = 5_000  # characters
# Where one line holds several numbered paragraphs, their numbers follow one another in it.
NUMBER = re.compile(r"(?<!\S)(\d{1,3})\.\s+(?=[A-Z‘“(])")
REMEDY = "read the report's PDF, or give each heading, paragraph and item a line of its own"


def check_lines(name: str, text: str) -> None:
    """Refuse a text whose lines are not its headings, paragraphs and items."""
    lines = [line.strip() for line in text.splitlines() if line.strip()]
    if any(len(line) > LONGEST_PARAGRAPH or _numbers(line) for line in lines):
        raise SourceError(
            f"{name}: is text whose paragraphs run on in one line, so that its headings and "
            f"lists cannot be told: {REMEDY}"
        )
    going_on = sum(_goes_on(line, after) for line, after in pairwise(lines))
    if going_on > FEW and going_on > BROKEN * len(lines):
        raise SourceError(
            f"{name}: is text whose lines are broken as on the page (by pdftotext?), so that its "
            f"headings and lists cannot be told for certain: {REMEDY}"
        )


def _goes_on(line: str, after: str) -> bool:
    """Whether a sentence is broken over the end of a line."""
    return (line[-1].isalnum() or line[-1] in ",-–") and after[0].islower()


def _numbers(line: str) -> bool:
    """Whether a line holds three numbered paragraphs or more."""
    found = [int(number) for number in NUMBER.findall(line)]
    steps = [after == number + 1 for number, after in pairwise(found)]
    return any(first and second for first, second in pairwise(steps))

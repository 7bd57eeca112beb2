"""Which plain texts can be read: those that give each heading, paragraph and item a line.

They are in UTF-8 and no longer than a report can be. Where lines are broken as on the page,
or not at all, neither headings nor items of lists can be told for certain, and a reader would
lose some in silence.
"""

from __future__ import annotations

import codecs
import re
from itertools import pairwise

from ofsted_kg.errors import SourceError
from ofsted_kg.texts.files import HEAD_BYTES, check_magic, is_other_kind
from ofsted_kg.texts.lines import LINE_END

MAX_CHARACTERS = 2_000_000
MAX_LINES = 100_000
UTF_16 = (codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)
MANY = 0.4  # of all bytes are the empty halves of letters in UTF-16, which has two to each
# Bytes that no text has, in whatever encoding of one to a letter.
CONTROL = re.compile(rb"[\x00-\x08\x0e-\x1b]")
SAVE_AGAIN = "read the report's PDF, or save the text as UTF-8"
BROKEN = 0.25  # share of lines that go on in the next
FEW = 8  # such lines, which a text of whole paragraphs may have
LONGEST_PARAGRAPH = 5_000  # characters
# Where one line holds several numbered paragraphs, their numbers follow one another in it.
NUMBER = re.compile(r"(?<!\S)(\d{1,3})\.\s+(?=[A-Z‘“(])")
REMEDY = "read the report's PDF, or give each heading, paragraph and item a line of its own"


def text_of(name: str, data: bytes) -> str:
    """The text of a file, without the mark that some programs put before it.

    Raises SourceError with one line that says what the file is, or what is wrong with it.
    """
    if is_other_kind(data):
        check_magic(name, data)
    if _is_utf_16(data):
        raise SourceError(f"{name}: is text in UTF-16, not in UTF-8: {SAVE_AGAIN}")
    try:
        text = data.decode("utf-8-sig")
    except UnicodeDecodeError:
        if CONTROL.search(data) is None:
            raise SourceError(
                f"{name}: is text in another encoding than UTF-8 (Windows-1252?): {SAVE_AGAIN}"
            ) from None
        text = "\0"
    if "\0" in text:
        check_magic(name, data)
    lines = text.count("\n") + sum(1 for _ in LINE_END.finditer(text))
    if len(text) > MAX_CHARACTERS or lines > MAX_LINES:
        raise SourceError(f"{name}: has more text than a report can have")
    check_lines(name, text)
    return text


def _is_utf_16(data: bytes) -> bool:
    head = data[:HEAD_BYTES]
    halves = sorted((head[::2].count(0), head[1::2].count(0)))
    return data.startswith(UTF_16) or (halves[0] == 0 and halves[1] > MANY * len(head))


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

"""Tells the body of a report from what stands on its pages for the page's sake."""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from functools import lru_cache
from itertools import zip_longest

from ofsted_kg.texts.lines import Line, PdfText

DIGITS = re.compile(r"\d+")
PAGE_NUMBER = re.compile(r"\d{1,3}$")
FOOTNOTE_START = re.compile(r"\d{1,2}(?!\d|\.\s)")
# A footnote that the extractor takes for the rest of a word broken at the page's end.
GLUED_NOTE = re.compile(r"(?<=\w-)(?=\d{1,2}\s+[^\W\d_])")
# What the publisher prints at the end of all its reports: who it is, how to reach it, whose
# words they are. Who may use them is the sign that a page has it.
IMPRINT = re.compile(
    r"The\s+Office\s+for\s+Standards\s+in\s+Education|Any\s+complaints?\s+about\s+the\s+inspection"
    r"|If\s+you\s+would\s+like\s+a\s+copy\s+of\s+this|This\s+document\s+may\s+be\s+reproduced|©"
)
LICENCE = re.compile(r"©\s*Crown\s+copyright|Open\s+Government\b")
OUTERMOST = 3
SAME_HEIGHT = 3.0
SMALL = 0.9
MANY_PAGES = 5
FEW = 2
LARGE = 1.07
LARGE_JUMP = 50.0
SEVERAL_LINES = 2.6


@lru_cache(maxsize=1)
def body_size(document: PdfText) -> float:
    """The type size in points that most of the text is set in (0 in plain text)."""
    exact: dict[float, int] = defaultdict(int)
    for line in document.lines:
        exact[line.size] += len(line.text)
    weights: Counter[float] = Counter()
    for size, weight in exact.items():
        weights[round(size, 1)] += weight
    return weights.most_common(1)[0][0] if weights else 0.0


@lru_cache(maxsize=1)
def body_lines(document: PdfText, size: float) -> tuple[Line, ...]:
    """The lines of a document without page numbers, running heads and footnotes.

    `size` is the type size of its body in points. Those of the document last asked about are
    kept: what reads it and what looks for gaps in it ask for the same.
    """
    pages: dict[int, list[Line]] = defaultdict(list)
    for line in document.lines:
        pages[line.page].append(line)
    repeated = _repeated_lines(pages, size)
    body: list[Line] = []
    for lines in pages.values():
        numbers = _page_numbers(lines)
        kept = [line for line in lines if line.start not in repeated | numbers]
        if any(LICENCE.search(line.text) for line in lines):
            kept = _without_imprint(kept, size)
        body.extend(_in_order(_without_footnotes(_unglued(kept, size), size)))
    return tuple(body)


def _unglued(lines: list[Line], size: float) -> list[Line]:
    """The lines with a footnote apart from the broken word that it is set behind."""
    apart = []
    for line, after in zip_longest(lines, lines[1:]):
        note = GLUED_NOTE.search(line.text) if line.y - line.foot > SEVERAL_LINES * size else None
        if note is None:
            apart.append(line)
            continue
        at = note.start()
        small = after.size if after else 0.0
        apart.append(line._replace(text=line.text[:at], end=line.start + at, foot=line.y))
        apart.append(
            line._replace(text=line.text[at:], start=line.start + at, y=line.foot, size=small)
        )
    return apart


def _without_imprint(lines: list[Line], size: float) -> list[Line]:
    """Drop what the publisher prints about itself, in whatever type: to the next heading."""
    first = next((at for at, line in enumerate(lines) if IMPRINT.match(line.text)), len(lines))
    end = first
    while end < len(lines) and lines[end].size <= LARGE * size:
        end += 1
    return lines[:first] + lines[end:]


def _in_order(lines: list[Line]) -> list[Line]:
    """Put back to its height on the page what the file draws after lines below it.

    Only large jumps count: the cells of a table row stand at slightly different heights.
    """
    runs: list[list[Line]] = []
    for line in lines:
        if runs and line.y - runs[-1][-1].foot < LARGE_JUMP:
            runs[-1].append(line)
        else:
            runs.append([line])
    ordered = runs[0] if runs else []
    for run in runs[1:]:
        at = next((i for i, line in enumerate(ordered) if line.y < run[-1].foot), len(ordered))
        ordered[at:at] = run
    return ordered


def outer_lines(lines: list[Line]) -> list[Line]:
    """The lines nearest to the head and the foot of a page."""
    ordered = sorted(lines, key=lambda line: line.y)
    if len(ordered) <= 2 * OUTERMOST:
        return ordered
    return ordered[:OUTERMOST] + ordered[-OUTERMOST:]


def _page_numbers(lines: list[Line]) -> set[int]:
    """Offsets of lines that are digits alone at the very head or foot of a page."""
    lowest = min(line.y for line in lines)
    highest = max(line.y for line in lines)
    return {
        line.start
        for line in lines
        if PAGE_NUMBER.match(line.text)
        and (line.y < lowest + SAME_HEIGHT or line.y > highest - SAME_HEIGHT)
    }


def _repeated_lines(pages: dict[int, list[Line]], size: float) -> set[int]:
    """Offsets of lines that stand at the same height of neighbouring pages.

    They may differ in their digits alone; left and right pages may alternate. In
    the body's own type a repeated line is a heading unless it counts pages or
    stands on many of them; in small type it may stand a little higher on the first
    page, which bears no number. Digits alone must count pages: between the lines of a foot
    stands the page's number, but figures of a table may stand there too.
    """
    places: dict[str, list[Line]] = defaultdict(list)
    for lines in pages.values():
        for line in outer_lines(lines):
            places[DIGITS.sub("", line.text).strip()].append(line)
    found: set[int] = set()
    for key, same in places.items():
        if not key:
            same = _counting_pages(same)
        many = bool(key) and len(same) >= MANY_PAGES
        for line in same:
            small = bool(key) and line.size < SMALL * size
            near = [other for other in same if 0 < abs(other.page - line.page) <= 2]
            level = [other for other in near if abs(other.y - line.y) < SAME_HEIGHT]
            if (small and near) or any(
                many or _page_offsets(line) & _page_offsets(other) for other in level
            ):
                found.add(line.start)
    return found


def _counting_pages(numbers: list[Line]) -> list[Line]:
    """Of lines that are figures alone, those that count pages on more than a few of them."""
    often = Counter(offset for line in numbers for offset in _page_offsets(line))
    return [line for line in numbers if any(often[one] > FEW for one in _page_offsets(line))]


def _page_offsets(line: Line) -> set[int]:
    """How far the numbers in a line are from that of its page: alike where they count pages."""
    return {int(digits[:4]) - line.page for digits in DIGITS.findall(line.text)}


def _without_footnotes(lines: list[Line], size: float) -> list[Line]:
    """Drop the small print that ends a page, and footnote marks set on their own."""
    end = len(lines)
    while end and (lines[end - 1].size < SMALL * size or _has_raised_mark(lines, end - 1, size)):
        end -= 1
    first = next(
        (at for at in range(end, len(lines)) if FOOTNOTE_START.match(lines[at].text)),
        len(lines),
    )
    return [
        line
        for line in lines[:first]
        if not (line.size < SMALL * size and PAGE_NUMBER.match(line.text))
    ]


def _has_raised_mark(lines: list[Line], at: int, size: float) -> bool:
    """Whether a line, in type a little smaller than the body's, has a footnote's mark before it."""
    line, mark = lines[at], lines[at - 1]
    is_mark = PAGE_NUMBER.match(mark.text) and mark.size < SMALL * size
    return bool(is_mark and line.size < size - 0.5 and 0 <= mark.y - line.y < size)

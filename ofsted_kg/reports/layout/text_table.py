"""Tables of grades in plain text: rows by their order, or one to a line."""

from __future__ import annotations

import re
from collections.abc import Sequence
from itertools import pairwise

from ofsted_kg.reports.layout.grades import GRADE, PrintedArea
from ofsted_kg.reports.layout.rows import Piece, Row, area_of, foreign_words
from ofsted_kg.texts.lines import Line

ANY_GRADE = re.compile(rf"(?<![\w-])\(?{GRADE}\)?", re.IGNORECASE)
LINE_OF_ROW = re.compile(
    rf"(?P<label>\S.*?)\s*:?\s+(?P<grade>\(?{GRADE}\)?)(?:\s+Grade\s+\d)?\.?$", re.IGNORECASE
)
ROW_START_INSIDE = re.compile(
    r"(?:(?<=\s)\d(?:\.\d)?\.?\s+(?=[A-Z])|\bThe\s+(?:impact|experiences?|overall)\b|\bOverall\b)"
)
# What goes on behind a grade on its line: it is not the grade's end, or not of the table.
GOES_ON = re.compile(r"[^\S\n]*(?:[,;:(]|(?!grade\b)[a-z])[^\n]{0,40}")
LONGEST_LABEL = 130  # characters
TAIL_WORDS = 6
SURE = 3  # rows known that make lines a table, whatever its other lines are
UNCLEAR = "judgements: which grade belongs to which row is unclear in this text; read the PDF"


def text_rows(
    text: str, lines: Sequence[Line], base: int, areas: tuple[PrintedArea, ...]
) -> tuple[list[Row], list[str]]:
    """Rows of a table in plain text, one to a line or by their order, and what is unclear."""
    by_line = _rows_by_line(lines)
    known = sum(area_of(row.text, areas) is not None for row in by_line)
    if known >= SURE:
        return by_line, []
    by_order, problems = rows_by_order(text, lines, base, areas)
    whole = known == len(by_line) > len(by_order)
    return (by_line, []) if whole else (by_order, problems)


def _rows_by_line(lines: Sequence[Line]) -> list[Row]:
    """The rows of a table each of whose lines is a label and its grade.

    The lines between the rows are headings; two that are no rows' end the table.
    """
    rows: list[Row] = []
    between = 0
    for line in lines:
        match = LINE_OF_ROW.match(line.text)
        if match is None or len(line.text) > LONGEST_LABEL:
            between += 1
            if rows and between > 1:
                break
            continue
        between = 0
        label, grade = (
            Piece(
                match[name], line.page, line.start + match.start(name), line.start + match.end(name)
            )
            for name in ("label", "grade")
        )
        rows.append(Row([label], [[grade]]))
    return rows


def _piece(line: Line, match: re.Match[str], name: str) -> Piece:
    start, end = match.span(name)
    return Piece(match[name], line.page, line.start + start, line.start + end)


def rows_by_order(
    text: str, lines: Sequence[Line], base: int, areas: tuple[PrintedArea, ...]
) -> tuple[list[Row], list[str]]:
    """Rows and grades as they follow one another; none where it is unclear which belong together.

    Read row by row, a label's last words may stand behind its grade; read column by
    column, all labels come before all grades.
    """
    if not lines:
        return [], ["judgements: the table has no rows"]
    stretch = text[base : lines[-1].end]
    first = ROW_START_INSIDE.search(stretch)
    if first is None:
        return [], ["judgements: the table has no rows"]
    rows: list[Row] = []
    at = first.start()
    waiting: list[Row] = []
    for grade in ANY_GRADE.finditer(stretch, at):
        labels = _labels(stretch, at, grade.start(), base, rows)
        if labels is None:
            break
        if waiting and not labels and stretch[at : grade.start()].strip():
            return [], [UNCLEAR]  # words among the grades of a column may be of one of them
        waiting += labels
        rows += labels
        if not waiting:
            # A grade without a row of its own: the table has ended, or a label is lost, and
            # then no grade of the column is known to be its row's.
            if _in_columns(rows) and not stretch[at : grade.start()].strip():
                return [], [UNCLEAR]
            break
        waiting.pop(0).grades.append([_cut(stretch, grade.start(), grade.end(), base)])
        at = grade.end()
    if waiting or (rows and _mixed(rows)):
        return [], [UNCLEAR]
    if rows and area_of(rows[-1].text, areas) is None:
        at = _take_tail(stretch, at, base, rows[-1], areas)
    more = GOES_ON.match(stretch, at)
    if _in_columns(rows):
        known = all(area_of(row.text, areas) for row in rows[:-1])
        if not known or more or foreign_words(rows[-1].text, areas):
            return [], [UNCLEAR]
    elif rows and more:
        rows[-1].strange.append(more[0].strip())
    return rows, []


def _labels(stretch: str, at: int, end: int, base: int, rows: list[Row]) -> list[Row] | None:
    """The labels between two grades, the end of the one before given to it; None past the table."""
    starts = [match.start() for match in ROW_START_INSIDE.finditer(stretch, at, end)]
    tail = stretch[at : starts[0] if starts else end].strip()
    if len(tail) > LONGEST_LABEL or (starts and end - starts[-1] > LONGEST_LABEL):
        return None
    if tail and rows and starts:
        rows[-1].label.append(_cut(stretch, at, starts[0] if starts else end, base))
    return [Row([_cut(stretch, start, after, base)]) for start, after in pairwise([*starts, end])]


def _mixed(rows: list[Row]) -> bool:
    """Whether the text goes neither row by row nor column by column."""
    order = sorted(
        [(row.label[0].start, "row") for row in rows]
        + [(row.grades[0][0].start, "grade") for row in rows]
    )
    kinds = [kind for _, kind in order]
    half = len(rows)
    return kinds not in (["row", "grade"] * half, ["row"] * half + ["grade"] * half)


def _in_columns(rows: list[Row]) -> bool:
    """Whether all labels come before all grades."""
    return len(rows) > 1 and rows[-1].label[0].start < rows[0].grades[0][0].start


def _take_tail(stretch: str, at: int, base: int, row: Row, areas: tuple[PrintedArea, ...]) -> int:
    """Add to the last row as few words behind its grade as make its label an area's.

    Gives where what was taken ends.
    """
    end = at
    for word in list(re.finditer(r"\S+", stretch[at : at + LONGEST_LABEL]))[:TAIL_WORDS]:
        end = at + word.end()
        longer = f"{row.text} {stretch[at:end]}"
        if area_of(longer, areas) is not None:
            row.label.append(_cut(stretch, at, end, base))
            return end
    return at


def _cut(stretch: str, start: int, end: int, base: int) -> Piece:
    """A piece of a stretch without the white space around it."""
    piece = stretch[start:end]
    lead = len(piece) - len(piece.lstrip())
    return Piece(piece.strip(), 1, base + start + lead, base + start + len(piece.rstrip()))

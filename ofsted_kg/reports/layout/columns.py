"""Tables without rules: cells told apart by the left edges of their columns."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field

from ofsted_kg.reports.layout.blocks import SENTENCE_END
from ofsted_kg.texts.lines import Line, PdfText

SLACK = 6.0
WIDE = 80.0


def split_line(document: PdfText, line: Line, edges: Sequence[float]) -> Iterator[tuple[int, Line]]:
    """The parts of a line with their columns: cells that stand side by side come as one line."""
    start, x = line.start, line.x
    for at, left in line.gaps:
        if any(abs(left - edge) <= SLACK and edge > x + SLACK for edge in edges[1:]):
            yield _part(document, line, start, at, x, edges)
            start, x = at, left
    yield _part(document, line, start, line.end, x, edges)


def _part(
    document: PdfText, line: Line, start: int, end: int, x: float, edges: Sequence[float]
) -> tuple[int, Line]:
    text = document.text[start:end].rstrip()
    column = max(bisect_right([edge - SLACK for edge in edges], x) - 1, 0)
    return column, line._replace(text=text, start=start, end=start + len(text), x=x, gaps=())


def column_edges(head: Line | None, lines: Sequence[Line]) -> list[float]:
    """The left edges of two columns, by the head of the table or the lines in it."""
    left = min(line.x for line in lines)
    places = [x for _, x in head.gaps] if head else []
    places += [x for line in lines for x in (line.x, *(at for _, at in line.gaps))]
    right = next((x for x in places if x > left + WIDE), None)
    return [left] if right is None else [left, right]


@dataclass(slots=True)
class Row:
    """The lines of the two cells of a row."""

    left: list[Line] = field(default_factory=list)
    right: list[Line] = field(default_factory=list)


def read_rows(document: PdfText, lines: Iterable[Line], edges: Sequence[float]) -> list[Row]:
    """The rows of a table of two columns, each of which begins with its left cell.

    A row that a page's end has cut goes on at the head of the next page: its right cell
    has not come to the end of a sentence.
    """
    rows: list[Row] = []
    page: int | None = None
    in_left = False
    for line in lines:
        for column, part in split_line(document, line, edges):
            turned = page is not None and part.page != page
            page = part.page
            if column == 0 and not in_left:
                cut = turned and rows and rows[-1].right and not _ends(rows[-1].right)
                if not cut:
                    rows.append(Row())
            elif not rows:
                rows.append(Row())
            in_left = column == 0
            (rows[-1].left if column == 0 else rows[-1].right).append(part)
    return rows


def _ends(lines: list[Line]) -> bool:
    return SENTENCE_END.search(lines[-1].text) is not None

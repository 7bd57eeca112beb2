"""Rows of text side by side, folded to the width of a terminal."""

import textwrap
from collections.abc import Sequence


def table(columns: Sequence[str], shown: list[list[str]], width: int | None) -> str:
    """Columns side by side; long cells are folded so that the table keeps to the width.

    One block for each row where no folding would do; without a width nothing is folded.
    """
    if not shown or not columns:
        rows = f"({len(shown)} rows without columns)" if shown else "(no rows)"
        return f"{'  '.join(columns)}\n{rows}\n"
    widths = [max(len(head), *(len(row[i]) for row in shown)) for i, head in enumerate(columns)]
    if width is not None:
        cells = [list(column) for column in zip(*shown, strict=True)]
        floors = [
            max(len(word) for word in " ".join([head, *column]).split())
            for head, column in zip(columns, cells, strict=True)
        ]
        if sum(floors) + 2 * (len(floors) - 1) > width:
            return _records(columns, shown, width)
        widths = _narrowed(widths, floors, width)
    lines = [_line(columns, widths), _line(["─" * w for w in widths], widths)]
    for row in shown:
        cells = [
            textwrap.wrap(cell, w, break_on_hyphens=False) or [""]
            for cell, w in zip(row, widths, strict=True)
        ]
        for index in range(max(map(len, cells))):
            lines.append(_line([c[index] if index < len(c) else "" for c in cells], widths))
    return "\n".join(lines) + "\n"


def _records(columns: Sequence[str], rows: list[list[str]], width: int) -> str:
    """One block for each row, a line for each value: for answers wider than the terminal."""
    margin = max(map(len, columns)) + 2
    blocks = []
    for row in rows:
        lines = []
        for head, cell in zip(columns, row, strict=True):
            folded = (
                textwrap.wrap(
                    cell, max(20, width - margin), break_on_hyphens=False, break_long_words=False
                )
                if cell
                else []
            )
            for index, line in enumerate(folded):
                lines.append((head if index == 0 else "").ljust(margin) + line)
        blocks.append("\n".join(lines))
    return "\n\n".join(blocks) + "\n"


def _narrowed(widths: list[int], floors: list[int], width: int) -> list[int]:
    """Takes space from the widest column until all fit; no word is broken."""
    widths = widths.copy()
    while sum(widths) + 2 * (len(widths) - 1) > width:
        spare = [w - floor for w, floor in zip(widths, floors, strict=True)]
        widths[widths.index(max(w for w, s in zip(widths, spare, strict=True) if s > 0))] -= 1
    return widths


def _line(cells: Sequence[str], widths: list[int]) -> str:
    return "  ".join(cell.ljust(w) for cell, w in zip(cells, widths, strict=True)).rstrip()

"""Sheets of a release as rows of cells with their places; knows no framework and no RDF."""

import datetime
import hashlib
import io
import re
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import TypeAlias

import python_calamine

from ofsted_kg.errors import SourceError
from ofsted_kg.identity.names import plain

MONTHS = ["jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec"]
Value: TypeAlias = str | datetime.date | float


def column_letter(index: int) -> str:
    """The letters of a column counted from 0: `column_letter(31)` is `AF`."""
    letters = ""
    index += 1
    while index:
        index, rest = divmod(index - 1, 26)
        letters = chr(ord("A") + rest) + letters
    return letters


@dataclass(frozen=True)
class Cell:
    """One filled cell: row as a spreadsheet program numbers it, column as its letters."""

    sheet: str
    row: int
    column: str
    value: Value

    @property
    def text(self) -> str:
        """The words of the cell, without spaces around them."""
        return str(self.value).strip()


@dataclass(frozen=True)
class Workbook:
    """A release's file: sheets as rows of values, in which an empty cell is an empty string."""

    file: str
    sha256: str
    sheets: dict[str, list[list[Value]]]

    def cell(self, sheet: str, row: int, index: int) -> Cell | None:
        """The cell at a row (from 1) and column (from 0), or None where it is empty."""
        values = self.sheets[sheet][row - 1]
        value = values[index] if index < len(values) else ""
        if isinstance(value, str) and not value.strip():
            return None
        return Cell(sheet, row, column_letter(index), value)

    def error(self, problem: str, sheet: str, row: int, column: str) -> SourceError:
        """An error that names file, sheet and cell."""
        return SourceError(f"{self.file}, sheet {sheet}, cell {column}{row}: {problem}")

    def cell_error(self, cell: Cell, problem: str) -> SourceError:
        """An error about a filled cell."""
        return self.error(problem, cell.sheet, cell.row, cell.column)


def read_workbook(path: Path) -> Workbook:
    """Read an ODS file as published; SourceError where it cannot be read."""
    try:
        content = path.read_bytes()
    except OSError as error:
        raise SourceError(f"{path.name}: cannot be read ({error.strerror})") from error
    try:
        book = python_calamine.load_workbook(io.BytesIO(content))
        sheets = {
            name: [
                [_value(cell) for cell in row]
                for row in book.get_sheet_by_name(name).to_python(skip_empty_area=False)
            ]
            for name in book.sheet_names
        }
    except (python_calamine.CalamineError, OSError, ValueError) as error:
        reason = " ".join(str(error).split())
        raise SourceError(
            f"{path.name}: is not a readable spreadsheet ({reason}); fetch it again"
        ) from error
    return Workbook(path.name, hashlib.sha256(content).hexdigest(), sheets)


def _value(value: object) -> Value:
    if isinstance(value, datetime.datetime):
        return value.date() if value.time() == datetime.time() else str(value)
    if isinstance(value, str | float | datetime.date):
        return value
    return str(value)


# The share of a layout's headings that makes a row resemble it: sheets of inspections of
# authorities have four fifths of another year's, sheets of other things a third at most.
ALIKE = 0.5
HEAD_ROWS = 20  # within which the first table's headings stand


def best_row(book: Workbook, sheet: str, headings: Sequence[str]) -> tuple[float, int]:
    """The row (from 1) with the largest share of some headings, and that share; 0 for none."""
    expected = {plain(one) for one in headings}
    rows = enumerate(book.sheets[sheet][:HEAD_ROWS], 1)
    shares = [(len(expected & {plain(str(value)) for value in row}), -n) for n, row in rows]
    best, row = max(shares, default=(0, -1))
    return best / len(expected), -row


def heading_rows(book: Workbook, sheet: str, headings: Sequence[str]) -> list[int]:
    """Rows (from 1) that resemble some headings."""
    expected = {plain(one) for one in headings}
    return [
        number
        for number, row in enumerate(book.sheets[sheet], 1)
        if len(expected & {plain(str(value)) for value in row}) >= ALIKE * len(expected)
    ]


def have_headings(book: Workbook, sheet: str, row: int, headings: Sequence[str]) -> bool:
    """Whether a row holds just these headings in this order."""
    found = [plain(str(value)) for value in book.sheets[sheet][row - 1]]
    while found and not found[-1]:
        found.pop()
    return found == [plain(one) for one in headings]


def check_headings(book: Workbook, sheet: str, row: int, headings: Sequence[str]) -> None:
    """SourceError for the first heading that is missing, moved, renamed or new."""
    found = [plain(str(value)) for value in book.sheets[sheet][row - 1]]
    while found and not found[-1]:
        found.pop()
    expected = [plain(one) for one in headings]
    for index in range(max(len(found), len(expected))):
        here = found[index] if index < len(found) else ""
        if index >= len(expected):
            raise book.error(f"unknown column {here!r}", sheet, row, column_letter(index))
        if here != expected[index]:
            problem = _heading_problem(headings[index], expected, found, index)
            raise book.error(problem, sheet, row, column_letter(index))


def _heading_problem(heading: str, expected: list[str], found: list[str], index: int) -> str:
    wanted = " ".join(heading.split())
    if expected[index] in found:
        place = column_letter(found.index(expected[index]))
        return f"column {wanted!r} has moved to {place}"
    here = found[index] if index < len(found) else ""
    if not here or here in expected:
        return f"column {wanted!r} is missing"
    return f"column {wanted!r} is missing or renamed: found {here!r}"


def date_in_words(text: str) -> datetime.date | None:
    """The first `31 March 2025` (or `31 Mar 2025`) in a text, of any month."""
    for day, month, year in re.findall(r"\b(\d{1,2}) ([A-Za-z]{3})[a-z]* (\d{4})\b", text):
        if month.lower() in MONTHS:
            return datetime.date(int(year), MONTHS.index(month.lower()) + 1, int(day))
    return None

"""Reading the reference tables: rows that know where they stand, codes checked on the way."""

import csv
import datetime
import hashlib
import io
import re
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

from ofsted_kg.errors import SourceError
from ofsted_kg.identity.codes import check_code


@dataclass(frozen=True)
class Row:
    """One row of a table; `line` is the line of the file on which it ends, counted from 1."""

    table: str
    line: int
    cells: dict[str, str]

    def __getitem__(self, column: str) -> str:
        return self.cells[column]

    def error(self, column: str, problem: str) -> SourceError:
        """An error that names file, line and column."""
        return SourceError(f"{self.table}, line {self.line}, column {column}: {problem}")

    def required(self, column: str) -> str:
        """The cell; SourceError where it is blank."""
        if not self[column]:
            raise self.error(column, "is blank; this column needs a value in every row")
        return self[column]

    def code(self, column: str, scheme: str) -> str | None:
        """The cell as a code of the scheme; None where blank, SourceError where malformed."""
        return self.checked(column, scheme, self[column]) if self[column] else None

    def checked(self, column: str, scheme: str, code: str) -> str:
        """A code that stands somewhere in the cell; SourceError where malformed."""
        try:
            return check_code(scheme, code)
        except ValueError as problem:
            raise self.error(column, f"{problem}; correct the table") from None

    def day(self, column: str) -> datetime.date | None:
        """The cell as a day written YYYY-MM-DD; None where blank."""
        if not self[column]:
            return None
        try:
            return datetime.date.fromisoformat(self[column])
        except ValueError:
            raise self.error(
                column, f"{self[column]!r} is no day; write it as YYYY-MM-DD"
            ) from None

    def url(self, column: str) -> str | None:
        """The cell as a web address; None where blank."""
        address = self[column]
        if not address:
            return None
        if re.fullmatch(r'https?://[^\s<>"{}|\\^`]+', address) is None:
            raise self.error(column, f"{address!r} is not a web address")
        return address

    def known(self, column: str, code: str, keys: Iterable[str], where: str) -> str:
        """A code that must be one of `keys`; SourceError saying that it is not in `where`."""
        if code not in keys:
            raise self.error(column, f"{code!r} is not in {where}")
        return code


@dataclass(frozen=True)
class Table:
    """A table with the SHA-256 of its file, for the record of where facts came from."""

    name: str
    sha256: str
    rows: tuple[Row, ...]

    def __iter__(self) -> Iterator[Row]:
        return iter(self.rows)

    def keyed(self, column: str) -> dict[str, Row]:
        """Rows by a column whose values must be present and may not repeat."""
        return self.keyed_by(column, lambda row: row.required(column))

    def keyed_by(self, column: str, key: Callable[[Row], str]) -> dict[str, Row]:
        """Rows by a key made from the row; `column` is named where two rows share one."""
        found: dict[str, Row] = {}
        for row in self.rows:
            value = key(row)
            if value in found:
                raise row.error(column, f"{value!r} stands on line {found[value].line} already")
            found[value] = row
        return found


def read_table(
    directory: Path, name: str, columns: Sequence[str], *, ragged: bool = False
) -> Table:
    """Read a CSV file that must have all `columns`; more columns are let through.

    In a `ragged` table, rows may leave out blank cells at the end. Raises
    SourceError for a missing or unreadable file, a missing column, a row of the
    wrong length and a table without rows.
    """
    path = directory / name
    try:
        content = path.read_bytes()
    except OSError as problem:
        raise SourceError(f"{path}: cannot be read ({problem.strerror})") from None
    try:
        reader = csv.reader(io.StringIO(content.decode("utf-8-sig"), newline=""), strict=True)
        head = next(reader, [])
        missing = [column for column in columns if column not in head]
        if missing:
            raise SourceError(
                f"{name}, line 1: no column {', '.join(missing)}; is it missing or renamed?"
            )
        rows = tuple(_row(name, reader.line_num, head, cells, ragged) for cells in reader)
    except UnicodeDecodeError:
        raise SourceError(f"{name}: is not UTF-8 text") from None
    except csv.Error as problem:
        raise SourceError(f"{name}: is not a CSV table ({problem})") from None
    if not rows:
        raise SourceError(f"{name}: has no rows")
    return Table(name, hashlib.sha256(content).hexdigest(), rows)


def _row(table: str, line: int, head: list[str], cells: list[str], ragged: bool) -> Row:
    missing = len(head) - len(cells)
    if missing < 0 or (missing and not ragged):
        raise SourceError(
            f"{table}, line {line}: {len(cells)} cells where {len(head)} are expected"
        )
    filled = [cell.strip() for cell in cells] + [""] * missing
    return Row(table, line, dict(zip(head, filled, strict=True)))

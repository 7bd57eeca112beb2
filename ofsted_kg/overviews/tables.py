"""An overview's CSV file as rows of cells, each with its place."""

import csv
import datetime
import io
import re
import unicodedata
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path
from typing import NamedTuple

from ofsted_kg.errors import SourceError
from ofsted_kg.overviews.columns import ADDRESS, CODE, KINDS, NEEDED, Kind
from ofsted_kg.texts.lines import sha256_of_bytes

_NAME = re.compile(r"(?P<stem>.+)-(?P<day>\d{4}-\d\d-\d\d)")
_REPORT = re.compile(r"https://files\.ofsted\.gov\.uk/v1/file/\d+")


class Cell(NamedTuple):
    """A cell with its text, without spaces around it, and its row and column letter."""

    text: str
    row: int
    column: str


@dataclass(frozen=True)
class Row:
    """A row of an overview, its cells by heading."""

    overview: "Overview"
    cells: dict[str, Cell]

    def text(self, heading: str) -> str:
        """The text of a cell."""
        return self.cells[heading].text

    def day(self, heading: str) -> datetime.date | None:
        """The day in a cell, None where it is empty; SourceError for anything else."""
        written = self.text(heading)
        try:
            return datetime.date.fromisoformat(written) if written else None
        except ValueError:
            raise self.error(heading, f"{written!r} is not a day") from None

    def error(self, heading: str, problem: str) -> SourceError:
        """An error that names file, row and column."""
        cell = self.cells[heading]
        return SourceError(f"{self.overview.file}, row {cell.row}, column {cell.column}: {problem}")


@dataclass(frozen=True)
class Overview:
    """One version of an overview: the day of the version, digests, and its rows.

    `slug` names it in IRIs. `sha256` is that of the file; `text` has LF line ends and is in NFC.
    """

    slug: str
    file: str
    kind: Kind
    day: datetime.date
    sha256: str
    text: str

    @property
    def text_sha256(self) -> str:
        """The digest of the text."""
        return sha256_of_bytes(self.text.encode())

    @cached_property
    def rows(self) -> tuple[Row, ...]:
        """All rows below the headings; SourceError where a needed column is missing."""
        return tuple(_rows(self))


def read_overview(path: Path) -> Overview:
    """An overview from a CSV file of a known kind; SourceError for any other file."""
    match = _NAME.fullmatch(path.stem)
    kind = next((one for one in KINDS if match and one.stem == match["stem"]), None)
    if match is None or kind is None:
        known = " or ".join(f"{one.stem}-YEAR-MONTH-DAY.csv" for one in KINDS)
        raise SourceError(f"{path}: no overview known here; its name must be {known}")
    data, text = _content(path)
    return Overview(
        slug=path.stem,
        file=path.name,
        kind=kind,
        day=_day_of_version(path, match["day"]),
        sha256=sha256_of_bytes(data),
        text=text,
    )


def _content(path: Path) -> tuple[bytes, str]:
    """The bytes of a file, and its text as positions in texts count it."""
    try:
        data = path.read_bytes()
        text = data.decode("utf-8-sig")
    except OSError as error:
        raise SourceError(f"{path}: cannot be read ({error.strerror})") from None
    except UnicodeDecodeError as error:
        raise SourceError(f"{path}: not UTF-8 text (byte {error.start})") from None
    return data, unicodedata.normalize("NFC", text.replace("\r\n", "\n"))


def _day_of_version(path: Path, written: str) -> datetime.date:
    try:
        return datetime.date.fromisoformat(written)
    except ValueError:
        raise SourceError(f"{path}: {written} in its name is not a day") from None


def _rows(overview: Overview) -> Iterator[Row]:
    lines = csv.reader(io.StringIO(overview.text, newline=""))
    headings = next(lines, [])
    if missing := [name for name in NEEDED if name not in headings]:
        raise SourceError(f"{overview.file}: has no column {', '.join(missing)}")
    for number, values in enumerate(lines, start=2):
        if not any(values):
            continue
        if len(values) != len(headings):
            raise SourceError(
                f"{overview.file}, row {number}: {len(values)} cells under {len(headings)} headings"
            )
        row = Row(
            overview,
            {
                heading: Cell(value.strip(), number, chr(ord("A") + index))
                for index, (heading, value) in enumerate(zip(headings, values, strict=True))
            },
        )
        if not _REPORT.fullmatch(row.text(ADDRESS)):
            raise row.error(ADDRESS, f"{row.text(ADDRESS)!r} is no address of a report")
        if not row.text(CODE):
            raise row.error(CODE, "the code of the authority is missing")
        yield row

"""A catalogue beside reports: what the inspectorate's page says of each file.

It is a table (CSV) with the columns `sha256` and `published_on_web`. It tells files by their
digest, so that one that was moved or renamed is still found, and one that was replaced is not
mistaken.
"""

import csv
import datetime
import io
import re
from collections.abc import Iterable, Mapping
from pathlib import Path
from typing import NamedTuple

from ofsted_kg.errors import SourceError

NAME = "catalogue.csv"
FILE, PUBLISHED, SHA256, ADDRESS = "file", "published_on_web", "sha256", "address"
_LARGEST = 20_000_000
_SHA256 = re.compile(r"[0-9a-f]{64}")
# Any web address that is an IRI as it stands; which hosts may be asked is not decided here.
_ADDRESS = re.compile(r"https?://[A-Za-z0-9.:-]+(/[A-Za-z0-9._~/%?=&+-]*)?")

# Whence a day of publication is known that no document or release prints.
PAGE, WORD = "page", "word"


class Listed(NamedTuple):
    """The day of publication of a file, its address where known, and who says so."""

    published: datetime.date | None
    address: str = ""
    basis: str = PAGE

    @property
    def key(self) -> str:
        """What changes a graph that is made from the file."""
        return f"{self.published or ''} {self.address} {self.basis}"


def read_catalogues(folder: Path) -> dict[str, Listed]:
    """What the tables below a folder say of its files, by digest; see `read_catalogue`.

    Raises SourceError too where two of them give a file two days.
    """
    found: dict[str, Listed] = {}
    for path in sorted(folder.rglob("*.csv")):
        for digest, listed in read_catalogue(path).items():
            before = found.get(digest, listed)
            if before.published is None or listed.published is None:
                found[digest] = listed if listed.published else before
                continue
            found[digest] = before
            if before.published != listed.published:
                both = f"{listed.published}, but {before.published} elsewhere"
                raise SourceError(f"{path}: {both} for the file {digest}")
    return found


def read_catalogue(path: Path) -> dict[str, Listed]:
    """What a table says of files, by digest; nothing where it is none of reports.

    Raises SourceError naming file and row for anything that cannot be used.
    """
    try:
        lines = csv.DictReader(io.StringIO(_text(path), newline=""), strict=True)
        missing = [name for name in (PUBLISHED, SHA256) if name not in (lines.fieldnames or ())]
        if missing and path.name == NAME:
            raise SourceError(f"{path}: has no column {', '.join(missing)}")
        found: dict[str, Listed] = {}
        for row in () if missing else lines:
            digest = (row[SHA256] or "").strip()
            if digest:  # a row without one speaks of a file that is not there
                found[digest] = _listed(path, lines.line_num, digest, row)
    except csv.Error as error:
        raise SourceError(f"{path}: cannot be read as a table: {error}") from None
    return found


def beside(report: Path, digest: str, folders: Iterable[Path] | None = None) -> Listed | None:
    """What a catalogue in a report's folder, or the one above, says of it."""
    for folder in folders or (report.resolve().parent, report.resolve().parent.parent):
        path = folder / NAME
        if path.is_file() and (found := read_catalogue(path).get(digest)):
            return found
    return None


def _text(path: Path) -> str:
    try:
        if path.stat().st_size > _LARGEST:
            raise SourceError(f"{path}: too large for a catalogue")
        return path.read_bytes().decode("utf-8-sig")
    except UnicodeDecodeError:
        raise SourceError(f"{path}: not UTF-8 text") from None
    except OSError as error:
        raise SourceError(f"{path}: cannot be read: {error.strerror}") from None


def _listed(path: Path, line: int, digest: str, row: Mapping[str, str | None]) -> Listed:
    written, address = ((row.get(name) or "").strip() for name in (PUBLISHED, ADDRESS))
    if not _SHA256.fullmatch(digest):
        raise SourceError(f"{path}, line {line}: {digest[:80]!r} is no SHA-256 digest")
    if address and not _ADDRESS.fullmatch(address):
        raise SourceError(f"{path}, line {line}: {address[:80]!r} is no address")
    return Listed(whole_day(written, f"{path}, line {line}: ") if written else None, address)


def whole_day(written: str, place: str = "") -> datetime.date:
    """A day written as 2023-10-27, not in the future; SourceError for anything else."""
    try:
        day = datetime.date.fromisoformat(written) if len(written) == len("2023-10-27") else None
    except ValueError:
        day = None
    if day is None:
        raise SourceError(f"{place}{written[:40]!r} is no day; write it like 2023-10-27")
    if day > datetime.date.today():
        raise SourceError(f"{place}{written} is in the future; no report is published yet")
    return day

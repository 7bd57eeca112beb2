"""Lists of reports with the day on which each came on its inspectorate's page.

A table (CSV) below a folder of reports is such a list if it has the columns `sha256`, the
digest of a report's file, and `published_on_web`, a day. Reports that print no day of
publication have it from there.
"""

import csv
import datetime
from pathlib import Path

from ofsted_kg.errors import SourceError

_DIGEST, _DAY = "sha256", "published_on_web"


def read_catalogues(folder: Path) -> dict[str, datetime.date]:
    """The days of all lists below a folder, by the digest of the report's file.

    Raises SourceError for a table that cannot be read, a day that is none, or two days for
    one report.
    """
    days: dict[str, datetime.date] = {}
    for path in sorted(folder.rglob("*.csv")):
        for line, row in _rows(path):
            digest, written = row[_DIGEST].strip(), row[_DAY].strip()
            if not written:
                continue
            try:
                day = datetime.date.fromisoformat(written)
            except ValueError:
                raise SourceError(f"{path}:{line}: {written!r} is no day") from None
            if days.setdefault(digest, day) != day:
                raise SourceError(
                    f"{path}:{line}: {written}, but {days[digest]} elsewhere for the same file"
                )
    return days


def _rows(path: Path) -> list[tuple[int, dict[str, str]]]:
    """The rows of a list by their lines; none of a table that is no list of reports."""
    try:
        with path.open(encoding="utf-8-sig", newline="") as file:
            reader = csv.DictReader(file, restval="", strict=True)
            if not {_DIGEST, _DAY} <= set(reader.fieldnames or ()):
                return []
            return [(reader.line_num, row) for row in reader]
    except (OSError, UnicodeDecodeError, csv.Error) as error:
        reason = getattr(error, "strerror", None) or " ".join(str(error).split())
        raise SourceError(f"{path}: cannot be read as a table: {reason}") from None

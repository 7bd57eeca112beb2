"""The addresses that may be asked, from the one table that has them."""

import csv
import re
from pathlib import Path
from urllib.parse import urlsplit

from ofsted_kg.errors import SourceError

NAMES = ("search", "provider", "report", "collection", "edition", "release")
# What may stand for a part of an address that the table leaves open.
_PARTS = {
    "start": r"\d{1,6}",
    "rows": r"\d{1,3}",
    "urn": r"\d{1,9}",
    "number": r"\d{1,12}",
    "path": r"[a-z0-9-]+(?:/[a-z0-9-]+)*",
    "id": r"[A-Za-z0-9-]{1,64}",
    "file": r"[A-Za-z0-9][A-Za-z0-9_.-]{0,150}\.ods",
}


class Addresses:
    """Addresses by name, with parts in braces that are filled or read."""

    def __init__(self, templates: dict[str, str], titles: dict[str, tuple[str, ...]]) -> None:
        self._templates = templates
        self.titles = titles
        self._patterns = {name: _pattern(one) for name, one in templates.items()}

    @classmethod
    def read(cls, path: Path) -> "Addresses":
        """From a table (CSV) with columns name and address; SourceError where one is missing."""
        try:
            with path.open(encoding="utf-8", newline="") as lines:
                rows = list(csv.DictReader(lines))
            found = {row["name"]: row["address"] for row in rows}
            titles = {row["name"]: tuple(filter(None, row["titles"].split("|"))) for row in rows}
        except (OSError, KeyError, UnicodeDecodeError, csv.Error) as error:
            raise SourceError(f"{path}: cannot be read as a table of addresses: {error}") from None
        if missing := [name for name in NAMES if not found.get(name)]:
            raise SourceError(f"{path}: has no address of {', '.join(missing)}")
        return cls(found, titles)

    def fill(self, name: str, **parts: str | int) -> str:
        """The address of a name with its parts."""
        return self._templates[name].format(**parts)

    def parts(self, name: str, address: str) -> dict[str, str] | None:
        """The parts of an address that is one of a name, None for any other address."""
        found = self._patterns[name].fullmatch(address)
        return found.groupdict() if found else None

    def shown(self, name: str) -> str:
        """How the addresses of a name look."""
        return self._templates[name]

    def may_ask(self, address: str) -> bool:
        """Whether an address is at one of the places of the table."""
        return place(address) in {place(one) for one in self._templates.values()}


def place(address: str) -> str:
    """Scheme, host and port of an address."""
    try:
        found = urlsplit(address)
    except ValueError:
        return ""
    return f"{found.scheme}://{found.netloc}"


def _pattern(template: str) -> re.Pattern[str]:
    pieces = re.split(r"\{(\w+)\}", template)
    found = [
        f"(?P<{piece}>{_PARTS.get(piece, '(?!)')})" if index % 2 else re.escape(piece)
        for index, piece in enumerate(pieces)
    ]
    return re.compile("".join(found))

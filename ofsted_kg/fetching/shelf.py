"""The folder that files are fetched into, with a catalogue, so that nothing is fetched twice.

    reports/catalogue.csv, reports/URN/NUMBER.pdf   what `build --reports` takes
    not-read/URN/NUMBER.pdf, not-read/NAME.ods      what no reader could read so far
    releases/NAME.ods                               what `build --releases` takes
    pages.json                                      what the pages offered when last asked

Each file is written whole, and the catalogue after it, so that an end at any moment loses
nothing but the file under way.
"""

import csv
import datetime
import hashlib
import io
import json
import time
from dataclasses import asdict, dataclass, fields, replace
from pathlib import Path
from typing import Any

from ofsted_kg.errors import SourceError
from ofsted_kg.rdf.writing import write_bytes

# After so many seconds a run that was broken off is begun anew; so many days after an answer
# that was no report its address is asked again.
_RESUMED_WITHIN = 86_400
_ASKED_AGAIN = 30
# What is remembered of pages in another shape is forgotten, and they are asked again.
_SHAPE = 2


@dataclass(frozen=True)
class Entry:
    """A row of the catalogue; `not_read` says why where a file gave no graph."""

    file: str
    authority: str
    ofsted_urn: str
    title_on_web: str
    published_on_web: str
    bytes: str
    sha256: str
    address: str
    not_read: str
    asked_on: str


class Shelf:
    """A folder of fetched files; nothing is written where it is only looked at."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self.reports = folder / "reports"
        self.releases = folder / "releases"
        self._catalogue = self.reports / "catalogue.csv"
        self._state_file = folder / "pages.json"
        self.entries = self._read_catalogue()
        self.state = self._read_state()

    def _read_catalogue(self) -> dict[str, Entry]:
        if not self._catalogue.is_file():
            return {}
        try:
            rows = list(csv.DictReader(io.StringIO(self._catalogue.read_text("utf-8"), newline="")))
            names = [one.name for one in fields(Entry)]
            found = [Entry(**{name: row[name] for name in names}) for row in rows]
        except (OSError, KeyError, TypeError, UnicodeDecodeError, csv.Error) as error:
            raise SourceError(f"{self._catalogue}: not a catalogue of ours ({error})") from None
        return {one.address: one for one in found}

    def _read_state(self) -> dict[str, Any]:
        empty: dict[str, Any] = {
            "shape": _SHAPE,
            "since": 0.0,
            "pages": {},
            "built": True,
            "reader": "",
        }
        try:
            found = json.loads(self._state_file.read_bytes())
        except (OSError, ValueError):
            return empty  # nothing remembered: pages are asked again
        kept = isinstance(found, dict) and isinstance(found.get("pages"), dict)
        if kept and found.get("shape") != _SHAPE:
            found = {**found, "shape": _SHAPE, "since": 0.0, "pages": {}}
        return {**empty, **found} if kept else empty

    def begin(self) -> None:
        """Begin a run, or go on with one that was broken off."""
        if not time.time() - _RESUMED_WITHIN < self.state["since"] <= time.time():
            self.state["since"] = time.time()
        self.save()

    def end(self) -> None:
        """All pages have been asked: the next run asks them again."""
        self.state["since"] = 0.0
        self.save()

    def page(self, address: str) -> tuple[dict[str, str], Any, bool]:
        """Tags and content of a page when last asked, and whether in the run that goes on."""
        found = self.state["pages"].get(address)
        if not isinstance(found, dict):
            return {}, None, False
        fresh = 0 < self.state["since"] <= found["asked"]
        return found["tags"], found["content"], fresh

    def keep_page(self, address: str, tags: dict[str, str], content: object) -> None:
        """Remember what a page offers."""
        found = {"tags": tags, "content": content, "asked": time.time()}
        self.state["pages"][address] = found
        self.save()

    def save(self) -> None:
        """Write what is remembered of pages."""
        write_bytes(self._state_file, json.dumps(self.state, indent=1).encode())

    def has(self, address: str) -> bool:
        """Whether the file of an address is here and whole, or was no report not long ago."""
        one = self.entries.get(address)
        if one is None:
            return False
        if not one.sha256:
            asked = datetime.date.fromisoformat(one.asked_on)
            return (datetime.date.today() - asked).days < _ASKED_AGAIN
        path = self.path(one)
        return path.is_file() and hashlib.sha256(path.read_bytes()).hexdigest() == one.sha256

    def path(self, one: Entry) -> Path:
        """Where the file of an entry stands."""
        return (self.folder / "not-read" if one.not_read else self.reports) / one.file

    def keep(self, one: Entry, content: bytes) -> None:
        """Write a file and its entry; without content the entry says why there is none."""
        if content:
            write_bytes(self.path(one), content)
            self.state["built"] = False
            self.save()
        self.entries[one.address] = one
        self._write()

    def keep_release(self, name: str, content: bytes) -> None:
        """Write a release."""
        write_bytes(self.releases / name, content)
        self.state["built"] = False
        self.save()

    def set_release_aside(self, path: Path) -> None:
        """Move a release that is no readable spreadsheet, so that it is fetched again."""
        place = self.folder / "not-read" / path.name
        place.parent.mkdir(parents=True, exist_ok=True)
        path.replace(place)

    def set_aside(self, reasons: dict[str, str]) -> list[Entry]:
        """Move files that could not be read, by their names, and note why."""
        found = []
        for one in list(self.entries.values()):
            if one.file in reasons and one.sha256 and not one.not_read:
                found.append(replace(one, not_read=reasons[one.file]))
                self._move(one, found[-1])
        self._write()
        return found

    def take_up(self) -> None:
        """Give what was set aside to the readers again."""
        for one in list(self.entries.values()):
            if one.not_read and one.sha256:
                self._move(one, replace(one, not_read=""))
        self._write()

    def _move(self, one: Entry, new: Entry) -> None:
        if self.path(one).is_file():
            self.path(new).parent.mkdir(parents=True, exist_ok=True)
            self.path(one).replace(self.path(new))
        self.entries[one.address] = new

    def _write(self) -> None:
        text = io.StringIO(newline="")
        rows = csv.DictWriter(text, [one.name for one in fields(Entry)], lineterminator="\n")
        rows.writeheader()
        for one in sorted(self.entries.values(), key=lambda one: one.file):
            rows.writerow(asdict(one))
        write_bytes(self._catalogue, text.getvalue().encode())

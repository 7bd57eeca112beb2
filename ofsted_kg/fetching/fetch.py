"""A run over the pages: what they offer, what of it is new, and that into the folder."""

import datetime
import hashlib
import io
import re
import zipfile
from collections.abc import Callable
from dataclasses import dataclass, field
from pathlib import Path
from typing import TypeVar

from ofsted_kg.errors import SourceError
from ofsted_kg.fetching import pages
from ofsted_kg.fetching.addresses import Addresses
from ofsted_kg.fetching.client import Answer, Client, RefusedError
from ofsted_kg.fetching.known import Known
from ofsted_kg.fetching.shelf import Entry, Shelf

_ROWS, _MOST_PAGES = 100, 20
# What very old entries answer with; they are not asked again for a while.
_WEB_PAGE = "answers with a web page, not a PDF"
# How far before its end the last mark of a whole PDF may stand: of 549 none is so far.
_AFTER_END = 2048
T = TypeVar("T")


@dataclass
class Fetched:
    """What a run found: files that are new, and what was not as expected, a line each.

    `spreadsheets` are the names of those of the newest editions, by the editions' addresses,
    where by its title the edition is of inspections of authorities.
    """

    new: list[str] = field(default_factory=list)
    problems: list[str] = field(default_factory=list)
    spreadsheets: dict[str, list[str]] = field(default_factory=dict)


class Run:
    """One run; a dry one asks the pages, lists what is new, and writes nothing."""

    def __init__(
        self, client: Client, addresses: Addresses, known: Known, shelf: Shelf, *, dry: bool
    ) -> None:
        self.client = client
        self.addresses = addresses
        self.known = known
        self.shelf = shelf
        self.dry = dry
        self._new_releases: set[str] = set()
        self._met = set(known.reports)
        self.found = Fetched()

    def run(self, tell: Callable[[str], None]) -> Fetched:
        """Asks the pages of all authorities, then the collection of releases.

        A page that has changed is a problem, and the others are asked all the same; where a
        place wants no more requests the run ends there, and the next one goes on.
        """
        if not self.dry:
            self.shelf.begin()
        try:
            urns = self._authorities()
            minutes = max(1, round(len(urns) * self.client.pace.pause / 60))
            tell(f"asking the pages of {len(urns)} authorities, some {minutes} minutes")
            for urn in urns:
                self._or_problem(lambda urn=urn: self._authority(urn, tell))  # type: ignore[misc]
            self._or_problem(lambda: self._releases(tell))
        except RefusedError as error:
            self.found.problems.append(f"{error}; the next run goes on from here")
        else:
            if not self.dry:
                self.shelf.end()
        return self.found

    def _or_problem(self, step: Callable[[], None]) -> None:
        try:
            step()
        except RefusedError:
            raise
        except SourceError as error:
            self.found.problems.append(str(error))

    def _authorities(self) -> list[str]:
        """The numbers of the authorities that the search lists, and those that it should."""
        found: list[str] = []
        for page in range(_MOST_PAGES):
            address = self.addresses.fill("search", start=page * _ROWS, rows=_ROWS)
            listed = self._page(address, lambda one: pages.providers(one, self.addresses))
            new = [urn for urn in listed if urn not in found]
            found += new
            if len(listed) < _ROWS or not new:
                break
        first = self.addresses.fill("search", start=0, rows=_ROWS)
        expected = self.known.authorities
        if not found:
            provider = self.addresses.shown("provider")
            raise SourceError(
                f"{first}: has no link like {provider}, {len(expected)} expected: the page has"
                " changed; nothing was fetched"
            )
        missing = [f"{name} ({urn})" for urn, name in expected.items() if urn not in found]
        unknown = [urn for urn in found if urn not in expected]
        if missing or unknown:
            parts = [f"{len(found)} authorities listed, {len(expected)} expected"]
            parts += [f"missing: {_few(missing)}"] if missing else []
            parts += [f"not known here: {_few(unknown)}"] if unknown else []
            self.found.problems.append(f"{first}: {'; '.join(parts)}")
        return [*expected, *unknown]

    def _page(self, address: str, read: Callable[[Answer], T]) -> T:
        """What a page offers, asked only if it may have changed since."""
        tags, content, fresh = self.shelf.page(address)
        if fresh and not self.dry:
            return content  # type: ignore[no-any-return]
        answer = self.client.get(address, tags)
        if answer.is_unchanged:
            new, tags = content, answer.tags
        else:
            new, tags = read(answer), answer.tags
        if not self.dry:
            self.shelf.keep_page(address, tags, new)
        return new  # type: ignore[no-any-return]

    def _authority(self, urn: str, tell: Callable[[str], None]) -> None:
        address = self.addresses.fill("provider", urn=urn)
        offered, problems = self._page(address, lambda one: pages.reports(one, self.addresses))
        self.found.problems += problems
        for each in offered:
            one = pages.Offered(*each)
            if one.address in self._met:  # in the graph, or on another authority's page too
                continue
            self._met.add(one.address)
            if not self.shelf.has(one.address):
                self._or_problem(lambda one=one: self._report(urn, one, tell))  # type: ignore[misc]

    def _report(self, urn: str, one: pages.Offered, tell: Callable[[str], None]) -> None:
        name = self.known.authorities.get(urn, urn)
        day = one.published or "no day"
        line = f"{name}: {one.title}, {day}: {one.address}"
        self.found.new.append(line)
        if self.dry:
            tell(f"would fetch {line}")
            return
        tell(f"fetching {line}")
        answer = self.client.get(one.address, is_file=True)
        parts = self.addresses.parts("report", one.address) or {}
        content, fault = answer.content, no_pdf(answer)
        entry = Entry(
            file=f"{urn}/{parts['number']}.pdf",
            authority=name,
            ofsted_urn=urn,
            title_on_web=one.title,
            published_on_web=one.published,
            bytes="" if fault else str(len(content)),
            sha256="" if fault else hashlib.sha256(content).hexdigest(),
            address=one.address,
            not_read=fault,
            asked_on=datetime.date.today().isoformat(),
        )
        if not fault or fault == _WEB_PAGE:
            self.shelf.keep(entry, b"" if fault else content)
        if fault:
            raise SourceError(f"{one.address}: {fault} ({name}: {one.title})")

    def _releases(self, tell: Callable[[str], None]) -> None:
        """The newest edition's spreadsheets, and the earlier ones that they are joined with."""
        address = self.addresses.fill("collection")
        listed = self._page(address, lambda one: pages.editions(one, self.addresses))
        needed = set(self.known.releases)
        for number, each_edition in enumerate(listed):
            edition = pages.Edition(*each_edition)
            offered, problems = self._page(
                edition.address, lambda one: pages.releases(one, self.addresses)
            )
            self.found.problems += problems
            if number == 0 and not offered:
                raise SourceError(
                    f"{edition.address}: has no spreadsheet (ODS) attached: it has changed"
                )
            names = []
            for each in offered:
                one = pages.Offered(*each)
                name = (self.addresses.parts("release", one.address) or {})["file"]
                names.append(name)
                is_new = number == 0 and name not in self.known.releases
                self._new_releases |= {name} if is_new else set()
                is_joined = bool(self._new_releases) and name in needed
                if (is_new or is_joined) and not is_whole(self.shelf.releases / name):
                    self._or_problem(
                        lambda name=name, one=one: self._release(name, one, tell)  # type: ignore[misc]
                    )
                needed.discard(name)
            if number == 0 and edition.title == self.addresses.titles["edition"][0]:
                self.found.spreadsheets[edition.address] = names
            if not needed or not self._new_releases:
                break

    def _release(self, name: str, one: pages.Offered, tell: Callable[[str], None]) -> None:
        held = self.known.releases.get(name)
        self.found.new.append(f"{one.title}: {one.address}")
        if self.dry:
            tell(f"would fetch {one.title}: {one.address}")
            return
        tell(f"fetching {one.title}: {one.address}")
        answer = self.client.get(one.address, is_file=True)
        if not answer.content.startswith(b"PK"):
            raise SourceError(f"{one.address}: is no spreadsheet (ODS)")
        if not is_whole(io.BytesIO(answer.content)):
            raise SourceError(f"{one.address}: answers with a spreadsheet that is cut short")
        if held and hashlib.sha256(answer.content).hexdigest() != held:
            raise SourceError(f"{one.address}: is another file than the {name} in the graph")
        self.shelf.keep_release(name, answer.content)


def is_whole(file: Path | io.BytesIO) -> bool:
    """Whether a spreadsheet is there to its end, where the list of its parts stands."""
    try:
        with zipfile.ZipFile(file) as archive:
            return "content.xml" in archive.namelist()
    except (OSError, zipfile.BadZipFile, ValueError, NotImplementedError):
        return False


def no_pdf(answer: Answer) -> str:
    """Why an answer is no whole PDF, or an empty string."""
    head, tail = answer.content[:1024], answer.content[-_AFTER_END:]
    if b"%PDF-" not in head:
        is_page = answer.kind == "text/html" or re.search(rb"<!doctype html|<html", head, re.I)
        return _WEB_PAGE if is_page else "answers with no PDF"
    return "" if b"%%EOF" in tail else "answers with a PDF that is cut short"


def _few(names: list[str]) -> str:
    more = f" and {len(names) - 5} more" if len(names) > 5 else ""
    return ", ".join(names[:5]) + more

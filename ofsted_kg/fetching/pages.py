"""What stands on Ofsted's pages and in GOV.UK's records; every assumption on their shape."""

import datetime
import json
import re
import warnings
from typing import Any, NamedTuple

from bs4 import BeautifulSoup

from ofsted_kg.errors import SourceError
from ofsted_kg.fetching.addresses import Addresses
from ofsted_kg.fetching.client import Answer, joined, shown

_HTML = ("text/html", "application/xhtml+xml")
_LINK, _HIDDEN = "publication-link", "nonvisual"
_TITLE = re.compile(r"(?P<title>.+?)(?:,\s*pdf)?\s+[-–]\s+(?P<day>[^-–]+)", re.IGNORECASE)
ODS = "application/vnd.oasis.opendocument.spreadsheet"


class Offered(NamedTuple):
    """A file that a page links to: its address and its title there, day of publication apart."""

    address: str
    title: str
    published: str


class Page(NamedTuple):
    """What a page offers, and in one line each what of it was not as expected."""

    offered: list[Offered]
    problems: list[str]


class Edition(NamedTuple):
    """An edition of the statistics: its address, and by which title of the table it was known."""

    address: str
    title: str


def providers(answer: Answer, addresses: Addresses) -> list[str]:
    """The numbers (URN) of the authorities that a page of the search lists."""
    found = []
    for link in _soup(answer).find_all("a", href=True):
        address = joined(answer.address, str(link["href"]))
        parts = addresses.parts("provider", address)
        if parts:
            found.append(parts["urn"])
    return list(dict.fromkeys(found))


def reports(answer: Answer, addresses: Addresses) -> Page:
    """The reports that the page of an authority links to; SourceError where there is none."""
    offered: dict[str, Offered] = {}
    problems: list[str] = []
    links = _soup(answer).find_all("a", class_=_LINK)
    if not links:
        raise SourceError(f"{answer.address}: has no link of class {_LINK}: the page has changed")
    for link in links:
        address = joined(answer.address, str(link.get("href") or ""))
        hidden = link.find("span", class_=_HIDDEN)
        words = shown((hidden or link).get_text(" "))
        if addresses.parts("report", address) is None:
            expected = addresses.shown("report")
            problems.append(f"{answer.address}: {words!r} is at {shown(address)}, not {expected}")
            continue
        match = _TITLE.fullmatch(words)
        day = _day(match["day"]) if match else None
        if day is None:
            problems.append(
                f"{answer.address}: {words!r} has no day, expected like 'Inspection, pdf - 27"
                " October 2023'"
            )
        title = match["title"] if match and day else words
        offered.setdefault(address, Offered(address, title, day.isoformat() if day else ""))
    return Page(list(offered.values()), problems)


def editions(answer: Answer, addresses: Addresses) -> list[Edition]:
    """The editions in a collection that have a title of the table, newest first.

    Raises SourceError where there is none.
    """
    found = []
    for one in _json(answer, "links", "documents"):
        if not isinstance(one, dict):
            continue
        path, title = str(one.get("base_path", "")).lstrip("/"), str(one.get("title", ""))
        address = addresses.fill("edition", path=path)
        known = next((t for t in addresses.titles["edition"] if t in _plain(title)), None)
        if known and addresses.parts("edition", address):
            found.append((str(one.get("public_updated_at", "")), Edition(address, known)))
    if not found:
        expected = " or ".join(map(repr, addresses.titles["edition"]))
        raise SourceError(
            f"{answer.address}: lists no edition whose title has {expected}: it has changed"
        )
    return [edition for _, edition in sorted(found, reverse=True)]


def releases(answer: Answer, addresses: Addresses) -> Page:
    """The spreadsheets (ODS) that are attached to an edition."""
    attachments = _json(answer, "details", "attachments", optional=True)
    found, problems = [], []
    for one in attachments:
        if not isinstance(one, dict) or one.get("content_type") != ODS:
            continue
        address, title = str(one.get("url", "")), shown(str(one.get("title", "")))
        if addresses.parts("release", address):
            found.append(Offered(address, title, ""))
        else:
            expected = addresses.shown("release")
            problems.append(f"{answer.address}: {title!r} is at {shown(address)}, not {expected}")
    return Page(found, problems)


def _soup(answer: Answer) -> BeautifulSoup:
    if answer.kind not in _HTML:
        raise SourceError(f"{answer.address}: answers {shown(answer.kind)!r}, expected a web page")
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")  # a page that looks like no page lacks its links
        return BeautifulSoup(answer.content.decode("utf-8", "replace"), "html.parser")


def _json(answer: Answer, *names: str, optional: bool = False) -> list[Any]:
    if answer.kind != "application/json":
        raise SourceError(f"{answer.address}: answers {shown(answer.kind)!r}, expected JSON")
    try:
        found: Any = json.loads(answer.content)
        for name in names:
            found = found[name]
    except (ValueError, KeyError, TypeError, RecursionError):
        found = [] if optional else None
    if not isinstance(found, list):
        raise SourceError(f"{answer.address}: has no list {'.'.join(names)}: it has changed")
    return found


def _plain(title: str) -> str:
    return title.replace("\u2019", "'").casefold()


def _day(written: str) -> datetime.date | None:
    """A day like 27 October 2023, not in the future."""
    try:
        found = datetime.datetime.strptime(written.strip(), "%d %B %Y").date()
    except ValueError:
        return None
    return found if found <= datetime.date.today() else None

"""What covers print in every family: name of the authority, dates, lead inspector."""

from __future__ import annotations

import re
from collections.abc import Iterable
from typing import TypeVar

from ofsted_kg.reports.layout.dates import MONTH, read_date, read_windows
from ofsted_kg.reports.report import Cover, Found, Window
from ofsted_kg.texts.lines import Line, PdfText

T = TypeVar("T")

RANK = re.compile(
    r",?\s*\b(?:(?:Senior )?(?:His|Her) Majesty[’']s (?:Senior )?Inspectors?|(?:Senior )?HMI"
    r"|Ofsted Inspector)\b.*",
    re.IGNORECASE | re.DOTALL,
)
INSPECTOR = re.compile(r"(?:Lead|Reporting) inspectors?\b\s*:?\s*(?P<name>.*)", re.IGNORECASE)
NAME = re.compile(r"[^\W\d_][^\d:]{2,60}$")
# The dates may run over a line, but then the next line goes on with one.
DATES = re.compile(
    r"Inspection\s+dates?\s*:?\s*"
    rf"(?P<dates>.*(?:\n\s*(?:[-–—─]|(?:to|and|{MONTH})\b|\d).*)*)",
    re.IGNORECASE,
)
PUBLISHED = re.compile(r"(?:Report\s+)?Published\s*:\s*(?P<date>.{6,30})", re.IGNORECASE)


def clean_name(text: str) -> str | None:
    """An authority's name on one line, without emphasis, article or footnote mark."""
    name = re.sub(r"\s+", " ", text.replace("*", "")).strip(" .,:")
    name = re.sub(r"^the (?=[A-Z])", "", name)
    name = re.sub(r"(?<=[a-z])\d{1,2}$", "", name)
    return name or None


def read_cover(
    document: PdfText,
    end: int,
    authority: str | None,
    inspectors: tuple[Found[str], ...],
) -> tuple[Cover, list[str]]:
    """The cover that the text before `end` is, and what could not be established of its dates."""
    windows, problems = _windows(document, end)
    printed = PUBLISHED.search(document.text, 0, end)
    day = read_date(printed["date"]) if printed else None
    published = _found(document, day, printed) if printed and day else None
    return Cover(authority, windows, published, inspectors), problems


def _windows(document: PdfText, end: int) -> tuple[Found[tuple[Window, ...]] | None, list[str]]:
    match = DATES.search(document.text, 0, end)
    if match is None:
        return None, ["inspection dates: none printed on the first page"]
    printed = re.sub(r"\s+", " ", match["dates"]).strip()
    windows = read_windows(printed)
    found = _found(document, windows, match)
    if not windows:
        return found, [f"inspection dates: {printed[:60]!r} cannot be read for certain"]
    if len(windows) == 1 and windows[0][0] == windows[0][1]:
        return found, ["inspection dates: a single day is printed"]
    return found, []


def _found(document: PdfText, value: T, match: re.Match[str]) -> Found[T]:
    return Found.at(document, value, match.start(), match.start() + len(match[0].rstrip()))


def read_title_page(
    document: PdfText, end: int, title: re.Match[str] | None
) -> tuple[Cover, list[str]]:
    """A cover with the authority between title and dates, and what was not found."""
    rest = document.text[title.end() : end] if title else ""
    authority = clean_name(re.split(r"Inspection\s+dates?", rest, maxsplit=1)[0])
    inspectors = read_inspectors(document, document.lines)
    cover, problems = read_cover(document, end, authority, inspectors)
    missing = [] if authority else ["authority: no name found under the title"]
    missing += [] if inspectors else ["lead inspector: none found"]
    return cover, problems + missing


def read_inspectors(document: PdfText, lines: Iterable[Line]) -> tuple[Found[str], ...]:
    """The lead or reporting inspectors without their rank; nobody where none is named.

    The place of the one named beside the label takes in the label.
    """
    lines = list(lines)
    for at, line in enumerate(lines):
        match = INSPECTOR.match(line.text)
        if match is None:
            continue
        printed = match["name"]
        several = re.match(r"Lead inspectors\b", line.text, re.IGNORECASE) is not None
        end = line.end
        if at + 1 < len(lines) and (several or not printed.strip()):
            printed = f"{printed} {lines[at + 1].text}"
            end = lines[at + 1].end
        names = _names(printed) if several else [RANK.sub("", printed).strip(" .,")]
        if names and all(NAME.match(name) for name in names):
            clean = [re.sub(r"\s+", " ", name) for name in names]
            return tuple(_named(document, name, line, end) for name in clean)
    return ()


def _named(document: PdfText, name: str, line: Line, end: int) -> Found[str]:
    words = r"\s+".join(re.escape(word) for word in name.split())
    match = re.compile(words).search(document.text, line.start, end)
    if match is None:  # a hyphen or space mended by the reader
        return Found.at(document, name, line.start, end)
    is_beside = "\n" not in document.text[line.start : match.start()].strip()
    return Found.at(document, name, line.start if is_beside else match.start(), match.end())


def _names(printed: str) -> list[str]:
    """The names in "A B, rank, and C D, rank"."""
    parts = re.split(r",\s*|\s+and\s+|;", printed)
    names = (RANK.sub("", re.sub(r"^and\s+", "", part)).strip(" .,") for part in parts)
    return [name for name in names if name and " " in name]

"""What covers print in every family: name of the authority, dates, lead inspector."""

from __future__ import annotations

import re
from collections.abc import Iterable
from datetime import date

from ofsted_kg.reports.layout.dates import MONTH, Window, read_date, read_windows
from ofsted_kg.texts.lines import Line

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


def read_inspection_dates(cover: str) -> tuple[tuple[Window, ...], list[str]]:
    """The periods of fieldwork a cover prints, and what could not be established."""
    match = DATES.search(cover)
    if match is None:
        return (), ["inspection dates: none printed on the first page"]
    printed = re.sub(r"\s+", " ", match["dates"]).strip()
    windows = read_windows(printed)
    if not windows:
        return (), [f"inspection dates: {printed[:60]!r} cannot be read for certain"]
    if len(windows) == 1 and windows[0][0] == windows[0][1]:
        return windows, ["inspection dates: a single day is printed"]
    return windows, []


def read_title_page(
    cover: str, title: re.Match[str] | None, lines: Iterable[Line]
) -> tuple[str | None, str | None, list[str]]:
    """The authority between title and dates, the reporting inspector, and what was not found."""
    rest = cover[title.end() :] if title else ""
    authority = clean_name(re.split(r"Inspection\s+dates?", rest, maxsplit=1)[0])
    inspector = read_inspector(lines)
    problems = [] if authority else ["authority: no name found under the title"]
    problems += [] if inspector else ["lead inspector: none found"]
    return authority, inspector, problems


def read_published(cover: str) -> date | None:
    """The publication date, only where the cover prints one."""
    match = PUBLISHED.search(cover)
    return read_date(match["date"]) if match else None


def read_inspector(lines: Iterable[Line]) -> str | None:
    """The lead or reporting inspector without rank; two are joined by "and"."""
    lines = list(lines)
    for at, line in enumerate(lines):
        match = INSPECTOR.match(line.text)
        if match is None:
            continue
        printed = match["name"]
        several = re.match(r"Lead inspectors\b", line.text, re.IGNORECASE) is not None
        if at + 1 < len(lines) and (several or not printed.strip()):
            printed = f"{printed} {lines[at + 1].text}"
        names = _names(printed) if several else [RANK.sub("", printed).strip(" .,")]
        if names and all(NAME.match(name) for name in names):
            return " and ".join(re.sub(r"\s+", " ", name) for name in names)
    return None


def _names(printed: str) -> list[str]:
    """The names in "A B, rank, and C D, rank"."""
    parts = re.split(r",\s*|\s+and\s+|;", printed)
    names = (RANK.sub("", re.sub(r"^and\s+", "", part)).strip(" .,") for part in parts)
    return [name for name in names if name and " " in name]

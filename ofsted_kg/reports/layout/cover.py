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
    r",?\s*\(?\b(?:(?:Senior )?(?:His|Her) Majesty[’']s(?:\s+(?:Senior )?Inspectors?)?"
    r"|(?:Senior )?HMI|(?:Ofsted|Regulatory|Social Care) Inspector)\b\)?",
    re.IGNORECASE,
)
# The label begins a line with a capital: "the lead inspector attended" is a sentence.
INSPECTOR = re.compile(
    r"(?P<label>(?:Lead|Reporting|LEAD|REPORTING) (?i:inspectors?))\b"
    r"(?:(?:\s+[a-z]+){0,3}\s*:|\s)?\s*(?P<name>.*)"
)
PARTICLES = "al|bin|da|de|del|den|der|di|du|el|la|le|ter|van|von"
WORD = r"(?:[a-z]{1,2}[’'])?[^\W\d_a-z](?:[^\W\d_]|[.’'‐-])*"
NAME = re.compile(rf"{WORD}(?:\s+(?:(?:{PARTICLES})\b|{WORD}))+$")
LONGEST_NAME = 60
AND_NAME = re.compile(r"\s*,?\s*(?:and\b|&)", re.IGNORECASE)
NEXT_NAME = re.compile(rf"{AND_NAME.pattern}|\s*[,;/]", re.IGNORECASE)
BETWEEN_NAMES = re.compile(r",\s*(?:and\s+)?|\s+and\s+|\s+&\s+|;|/", re.IGNORECASE)
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
        printed, end = match["name"], line.end
        several = match["label"].lower().endswith("s")
        if at + 1 < len(lines) and (several or not printed.strip() or _goes_on(printed)):
            printed = f"{printed} {lines[at + 1].text}"
            end = lines[at + 1].end
        if names := _names(printed, NEXT_NAME if several else AND_NAME):
            return tuple(_named(document, name, line, end) for name in names)
    return ()


def _goes_on(printed: str) -> bool:
    """Whether another name is to follow on the next line."""
    return re.search(r"(?:\band|&)\s*$", printed) is not None


def _named(document: PdfText, name: str, line: Line, end: int) -> Found[str]:
    words = r"\s+".join(re.escape(word) for word in name.split())
    match = re.compile(words).search(document.text, line.start, end)
    if match is None:  # a hyphen or space mended by the reader
        return Found.at(document, name, line.start, end)
    is_beside = "\n" not in document.text[line.start : match.start()].strip()
    return Found.at(document, name, line.start if is_beside else match.start(), match.end())


def _names(printed: str, joins: re.Pattern[str]) -> list[str]:
    """The names in "A B, rank, and C D, rank"; none where the first is no name.

    What follows a rank is another's name only where it is joined to the first.
    """
    first, *rest = RANK.split(printed)
    parts = [*BETWEEN_NAMES.split(first)]
    for part in rest:
        if joined := joins.match(part):
            parts += BETWEEN_NAMES.split(part[joined.end() :])
    names = [" ".join(part.strip(" .,()").split()) for part in parts]
    named = [name for name in names if NAME.match(name) and len(name) <= LONGEST_NAME]
    return named if named[:1] == names[:1] else []

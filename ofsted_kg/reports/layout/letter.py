"""What makes a letter of a report: date, addressees, salutation, next steps, signatures."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from ofsted_kg.reports.layout.columns import split_line
from ofsted_kg.reports.layout.dates import MONTH, read_date
from ofsted_kg.reports.layout.furniture import PAGE_NUMBER
from ofsted_kg.reports.layout.inspectorates import inspectorate_of
from ofsted_kg.reports.layout.prose import Prose
from ofsted_kg.reports.partnership import Inspectorate, NextSteps, Signatory
from ofsted_kg.reports.spans import Found
from ofsted_kg.texts.lines import Line, PdfText

DATE_LINE = re.compile(rf"\d{{1,2}}(?:st|nd|rd|th)?\s+(?:{MONTH})\s+\d{{4}}$", re.IGNORECASE)
SALUTATION = re.compile(r"Dear\b")

PRINCIPAL = re.compile(r"determined that (?P<who>[^.]+?) (?:is|are|should be) the principal")
PREPARES = re.compile(
    r"(?:^|[.] )(?P<who>[^.]+?) should (?:prepare|produce|coordinate the preparation of|write)"
    r" (?:the|a) (?:multi-agency )?written statement"
)
INVOLVING = re.compile(r"\binvolving (?P<who>[^.]+)\.")
SENDS = re.compile(r"(?:^|[.]\d? )(?P<who>[^.]+?) should (?:send|submit) (?:the|a|this) ")
DUE = re.compile(
    rf"@\S+ by (?P<who>(?:\w+day,? )?\d{{1,2}}(?:st|nd|rd|th)? (?:{MONTH}) \d{{2,4}})",
    re.IGNORECASE,
)
SHORT_YEAR = re.compile(r"(?<= )(\d{2})$")
LISTED = re.compile(r",? and (?:the )?|, (?:specifically |including )?(?:the )?")
APART = 35.0
COLUMN = 150.0


@dataclass(frozen=True, slots=True)
class LetterHead:
    """The lines of a letter's first page from its date to its salutation."""

    dated: Found[date]
    addressees: list[Line]
    salutation: Found[str]
    end: int


def read_head(document: PdfText) -> LetterHead | None:
    """The head of a letter; None where the first page is not one."""
    lines = [line for line in document.lines if line.page == 1 and not PAGE_NUMBER.match(line.text)]
    first = next((at for at, line in enumerate(lines) if DATE_LINE.match(line.text)), None)
    if first is None:
        return None
    dear = next((at for at, line in enumerate(lines) if SALUTATION.match(line.text)), 0)
    day = read_date(lines[first].text)
    if dear <= first or day is None:
        return None
    greeting = lines[dear]
    return LetterHead(
        dated=Found.at(document, day, lines[first].start, lines[first].end),
        addressees=lines[first + 1 : dear],
        salutation=Found.at(document, greeting.text, greeting.start, greeting.end),
        end=greeting.end,
    )


def read_next_steps(paragraphs: list[Prose]) -> tuple[NextSteps, list[str]]:
    """Who is to answer, with whom and until when; and what of that is not said."""
    principal = _who(paragraphs, PRINCIPAL)
    prepared_by = _who(paragraphs, PREPARES) or principal
    sent_by = _who(paragraphs, SENDS)
    involving = _who(paragraphs, INVOLVING)
    due = _who(paragraphs, DUE)
    day, printed = None, None
    if due:
        place = due
        printed = place.value
        value = read_date(SHORT_YEAR.sub(r"20\1", printed))
        day = Found(value, place.start, place.end, place.page) if value else None
    problems = [
        f"next steps: {what} not found"
        for what, found in (
            ("who prepares the written statement", prepared_by),
            ("who sends the written statement", sent_by),
            ("the day it is due", day),
        )
        if found is None
    ]
    bodies = _listed(involving.value) if involving else ()
    return NextSteps(principal, prepared_by, bodies, sent_by, day, printed), problems


def _who(paragraphs: list[Prose], pattern: re.Pattern[str]) -> Found[str] | None:
    """What a pattern finds in the first paragraph that it fits."""
    for prose in paragraphs:
        match = pattern.search(prose.text)
        # "… is the principal authority and should prepare …" is told by the first pattern.
        if match and "principal authority" not in match["who"]:
            return prose.found(match, "who")
    return None


def _listed(words: str) -> tuple[str, ...]:
    """The bodies that a phrase names; one that points to the addressees is not divided."""
    if re.search(r"\baddressed\b", words):
        return (words,)
    parts = LISTED.split(re.sub(r"^the ", "", words))
    return tuple(part.strip() for part in parts if part.strip())


def read_signatories(
    document: PdfText, lines: list[Line], known: Iterable[Inspectorate]
) -> list[Signatory]:
    """Those who sign, on the lines under the close of a letter.

    They stand one under the other, or in two columns under the names of inspectorates,
    which are bold where names and posts are not.
    """
    known = tuple(known)
    if not lines:
        return []
    left = min(line.x for line in lines)
    right = next((line.x for line in lines if line.x > left + COLUMN), None)
    gaps = [x for line in lines for _, x in line.gaps if x > left + COLUMN]
    edge = right if right is not None else gaps[0] if gaps else None
    edges = [left] if edge is None else [left, min([edge, *gaps])]
    columns: list[list[Line]] = [[] for _ in edges]
    for line in lines:
        for column, part in split_line(document, line, edges):
            columns[column].append(part)
    groups = [group for column in columns for group in _signatures(column)]
    found = [_signatory(document, group, known) for group in groups]
    order = ("ofsted", "cqc", "hmic", "hmicfrs", "hmi-probation", None)
    return sorted(found, key=lambda one: order.index(one.inspectorate))


def _signatures(lines: list[Line]) -> list[list[Line]]:
    """The lines of each signature of a column, with the heading above it where it has one."""
    lines = sorted(lines, key=lambda line: (line.page, -line.y))
    headed = any(line.bold for line in lines) and not all(line.bold for line in lines)
    groups: list[list[Line]] = []
    for line in lines:
        before = groups[-1][-1] if groups else None
        opens = before is None
        if before is not None and headed:
            opens = line.bold and not before.bold
        elif before is not None:
            opens = line.page != before.page or before.foot - line.y > APART
        if opens:
            groups.append([line])
        else:
            groups[-1].append(line)
    return groups


def _posts(lines: list[str]) -> str:
    """The lines of a post in one; a second post begins as the first does."""
    words = ""
    for line in lines:
        again = words and words.split()[:2] == line.split()[:2]
        words += f"; {line}" if again else f" {line}"
    return words.strip()


def _signatory(document: PdfText, group: list[Line], known: tuple[Inspectorate, ...]) -> Signatory:
    headed = group[0].bold and not group[-1].bold
    heading = [line for line in group if headed and line.bold]
    name, *post = [line for line in group if line not in heading] or group
    words = _posts([line.text for line in post])
    where = " ".join(line.text for line in heading) or words
    return Signatory(
        name=name.text.strip(" ,"),
        post=words,
        inspectorate=inspectorate_of(where, known) or inspectorate_of(words, known),
        page=name.page if document.is_paged else None,
        start=name.start,
        end=group[-1].end,
    )

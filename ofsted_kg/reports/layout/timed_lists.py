"""Lists of recommendations under timescales, and the record of findings at a report's end.

Both are common to the inspections of 2009 to 2013.
"""

from __future__ import annotations

import re
from collections.abc import Iterable

from ofsted_kg.reports.layout.blocks import Kind, PrintedBlock
from ofsted_kg.reports.layout.grades import PrintedArea
from ofsted_kg.reports.layout.lists import read_items
from ofsted_kg.reports.layout.paragraphs import heading_text
from ofsted_kg.reports.report import ReportRecommendation
from ofsted_kg.texts.lines import PdfText

RECORD = re.compile(r"Record\s+of\s+main\s+findings", re.IGNORECASE)
LIST_HEAD = re.compile(r"Areas? for improvement\s*:?$", re.IGNORECASE)
TIMESCALE = re.compile(
    r"(?P<words>Immediately|Within (?:\w+|\d+) (?:days?|weeks?|months?|years?))\s*:?$",
    re.IGNORECASE,
)


def record_start(document: PdfText) -> int | None:
    """Where the closing table begins: behind its last heading; None where there is none."""
    heads = list(RECORD.finditer(document.text))
    return heads[-1].end() if heads else None


def first_row(document: PdfText, areas: Iterable[PrintedArea], start: int) -> int:
    """Where the first line behind an offset begins that is a row on one of some areas."""
    label = re.compile("|".join(f"(?:{area.label})" for area in areas), re.IGNORECASE)
    rows = (line.start for line in document.lines if line.start >= start)
    return next((at for at in rows if label.match(document.text, at)), start)


def read_timed_lists(
    blocks: list[PrintedBlock],
    section: str,
    *,
    paged: bool,
    addressees: re.Pattern[str] | None = None,
) -> tuple[list[ReportRecommendation], list[str]]:
    """Items under "Areas for improvement", each with its timescale, and what no item holds."""
    found: list[ReportRecommendation] = []
    problems: list[str] = []
    head = next((i for i, block in enumerate(blocks) if _is_list_head(block)), None)
    if head is None:
        return found, problems
    timescale: str | None = None
    items: list[PrintedBlock] = []
    for block in blocks[head + 1 :]:
        timed = TIMESCALE.match(block.text)
        ends = block.kind is Kind.HEADING or timed
        if ends and items:
            found += read_items(
                items, section, paged=paged, timescale=timescale, addressees=addressees
            )
            items = []
        if timed:
            timescale = heading_text(block)
        elif block.kind is Kind.HEADING:
            break
        elif block.kind in (Kind.BULLET, Kind.DASH):
            items.append(block)
        elif items or timescale:  # before them stands what announces the list
            problems.append(
                f"recommendations: words without a mark among the items of {section!r}"
                + (f" on page {block.page}" if paged else "")
            )
    else:
        found += read_items(items, section, paged=paged, timescale=timescale, addressees=addressees)
    return found, problems


def _is_list_head(block: PrintedBlock) -> bool:
    return block.kind in (Kind.HEADING, Kind.PLAIN) and LIST_HEAD.match(block.text) is not None

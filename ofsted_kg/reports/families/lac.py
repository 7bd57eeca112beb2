"""Inspections of services for looked after children, 2013."""

from __future__ import annotations

import re

from ofsted_kg.reports.family import Family
from ofsted_kg.reports.layout.blocks import read_blocks
from ofsted_kg.reports.layout.checks import against_headings
from ofsted_kg.reports.layout.cover import read_title_page
from ofsted_kg.reports.layout.grades import PrintedArea, area
from ofsted_kg.reports.layout.paragraphs import Headings, gaps, read_paragraphs
from ofsted_kg.reports.layout.table import read_grades
from ofsted_kg.reports.layout.timed_lists import (
    TIMESCALE,
    first_row,
    read_timed_lists,
    record_start,
)
from ofsted_kg.reports.report import Report, ReportJudgement
from ofsted_kg.texts.lines import PdfText

OUTCOMES = "Outcomes for looked after children and young people"
CAPACITY = PrintedArea(
    "Capacity to improve",
    "capacity",
    r"Capacity\s+(?:to\s+improve|for\s+improvement)",
    (("capacity",),),
)
AREAS = (
    area("Overall effectiveness", "overall", "Overall effectiveness"),
    CAPACITY,
    area(OUTCOMES, "outcomes", OUTCOMES),
    area("Quality of provision", "quality", "Quality of provision"),
    area("Leadership and management", "leadership", "Leadership and management"),
)
TITLE = re.compile(r"Inspection\s+of\s+looked\s+after\s+children\s+services", re.IGNORECASE)
HEADINGS = Headings.of(AREAS, TIMESCALE)
SECTION = "Areas for improvement"

NAME = "lac"


def matches(document: PdfText) -> bool:
    """Whether the cover has the title of these inspections."""
    return TITLE.search(document.page_text(1)) is not None


def read(document: PdfText) -> Report:
    """Read a looked-after inspection of 2013."""
    title = TITLE.search(document.page_text(1))
    cover, warnings = read_title_page(document, document.page_end(1), title)
    blocks = read_blocks(document)
    judgements, problems = _judgements(document)
    warnings += problems
    recommendations, problems = read_timed_lists(blocks, SECTION, paged=document.is_paged)
    warnings += problems
    warnings += [] if recommendations else [f"recommendations: no item under {SECTION!r}"]
    paragraphs = read_paragraphs(
        blocks, HEADINGS, paged=document.is_paged, recommendations=recommendations
    )
    judgements, problems = against_headings(blocks, HEADINGS, judgements)
    warnings += gaps(paragraphs) + problems
    return Report.of(
        document,
        family=NAME,
        framework="LAC 2013",
        framework_key="lac-2013",
        cover=cover,
        judgements=judgements,
        recommendations=recommendations,
        paragraphs=paragraphs,
        warnings=warnings,
    )


def _judgements(document: PdfText) -> tuple[tuple[ReportJudgement, ...], list[str]]:
    """The table that closes the report, behind its last heading "Record of main findings"."""
    start = record_start(document)
    if start is None:
        return (), ["judgements: no record of main findings"]
    found, problems = read_grades(document, AREAS, first_row(document, AREAS, start))
    missing = {one.key for one in AREAS} - {row.area_key for row in found}
    return found, [*problems, *(f"judgements: no grade found for {key}" for key in sorted(missing))]


def titles(report: Report) -> tuple[str, str]:
    """The title of its documents and what a citation calls one."""
    return "Inspection of looked after children services", "looked after inspection report"


def service_of(section: str) -> str:
    """The type of service that a list of recommendations is about."""
    return "looked-after-children"


FAMILY = Family(
    name=NAME,
    called="looked-after 2013",
    matches=matches,
    read=read,
    titles=titles,
    service_of=service_of,
    reads_text=False,
)

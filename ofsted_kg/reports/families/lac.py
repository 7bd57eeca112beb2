"""Inspections of services for looked after children, 2013."""

from __future__ import annotations

import re

from ofsted_kg.reports.layout.blocks import Block, Kind, read_blocks
from ofsted_kg.reports.layout.checks import heading_disagreements
from ofsted_kg.reports.layout.cover import read_title_page
from ofsted_kg.reports.layout.grades import Area, read_table, words
from ofsted_kg.reports.layout.lists import read_items
from ofsted_kg.reports.layout.paragraphs import Headings, gaps, heading_text, read_paragraphs
from ofsted_kg.reports.report import Report, ReportJudgement, ReportRecommendation
from ofsted_kg.texts.lines import PdfText

OUTCOMES = "Outcomes for looked after children and young people"
AREAS = (
    Area("Overall effectiveness", "overall", words("Overall effectiveness")),
    Area("Capacity to improve", "capacity", r"Capacity\s+(?:to\s+improve|for\s+improvement)"),
    Area(OUTCOMES, "outcomes", words(OUTCOMES)),
    Area("Quality of provision", "quality", words("Quality of provision")),
    Area("Leadership and management", "leadership", words("Leadership and management")),
)
TITLE = re.compile(r"Inspection\s+of\s+looked\s+after\s+children\s+services", re.IGNORECASE)
RECORD = re.compile(r"Record\s+of\s+main\s+findings", re.IGNORECASE)
LIST_HEAD = re.compile(r"Areas? for improvement\s*:?$", re.IGNORECASE)
TIMESCALE = re.compile(
    r"(?P<words>Immediately|Within (?:\w+|\d+) (?:days?|weeks?|months?|years?))\s*:?$",
    re.IGNORECASE,
)
HEADINGS = Headings.of(AREAS, TIMESCALE)
SECTION = "Areas for improvement"

NAME = "lac"
KIND = "full-inspection"
PRINTS_FORM = True


def matches(document: PdfText) -> bool:
    """Whether the cover has the title of these inspections."""
    return TITLE.search(document.page_text(1)) is not None


def read(document: PdfText) -> Report:
    """Read a looked-after inspection of 2013."""
    title = TITLE.search(document.page_text(1))
    cover, warnings = read_title_page(document, document.page_end(1), title)
    blocks = read_blocks(document)
    judgements, problems = read_record(document, AREAS)
    warnings += problems
    recommendations = read_timed_lists(blocks, SECTION, paged=document.is_paged)
    warnings += [] if recommendations else [f"recommendations: no item under {SECTION!r}"]
    paragraphs = read_paragraphs(blocks, HEADINGS, paged=document.is_paged)
    warnings += gaps(paragraphs) + heading_disagreements(blocks, HEADINGS, judgements)
    return Report.of(
        document,
        family=NAME,
        framework="LAC 2013",
        framework_key="lac-2013",
        is_reinspection=False,
        cover=cover,
        judgements=judgements,
        recommendations=tuple(recommendations),
        paragraphs=tuple(paragraphs),
        warnings=tuple(warnings),
    )


def read_record(
    document: PdfText, areas: tuple[Area, ...]
) -> tuple[tuple[ReportJudgement, ...], list[str]]:
    """The table that closes the report, behind its last heading "Record of main findings"."""
    heads = list(RECORD.finditer(document.text))
    if not heads:
        return (), ["judgements: no record of main findings"]
    found = read_table(document, areas, heads[-1].end(), len(document.text))
    missing = {area.key for area in areas} - {row.area_key for row in found}
    return found, [f"judgements: no grade found for {key}" for key in sorted(missing)]


def read_timed_lists(
    blocks: list[Block],
    section: str,
    *,
    paged: bool,
    addressees: re.Pattern[str] | None = None,
) -> list[ReportRecommendation]:
    """Items under "Areas for improvement", each with the timescale it stands under."""
    found: list[ReportRecommendation] = []
    head = next((i for i, block in enumerate(blocks) if _is_list_head(block)), None)
    if head is None:
        return found
    timescale: str | None = None
    items: list[Block] = []
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
    else:
        found += read_items(items, section, paged=paged, timescale=timescale, addressees=addressees)
    return found


def _is_list_head(block: Block) -> bool:
    return block.kind in (Kind.HEADING, Kind.PLAIN) and LIST_HEAD.match(block.text) is not None


def titles(report: Report) -> tuple[str, str]:
    """The title of its documents and what a citation calls one."""
    return "Inspection of looked after children services", "looked after inspection report"


def service_of(section: str) -> str:
    """The type of service that a list of recommendations is about."""
    return "looked-after-children"

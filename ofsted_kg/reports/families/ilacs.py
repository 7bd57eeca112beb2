"""Inspections of local authority children's services (ILACS), from January 2018."""

from __future__ import annotations

import re
from datetime import date

from ofsted_kg.reports.family import Family
from ofsted_kg.reports.layout.blocks import Kind, PrintedBlock, read_blocks
from ofsted_kg.reports.layout.checks import against_headings, unsaid
from ofsted_kg.reports.layout.cover import clean_name, read_cover, read_inspectors
from ofsted_kg.reports.layout.grades import PrintedArea, words
from ofsted_kg.reports.layout.lists import lost_lines, read_items
from ofsted_kg.reports.layout.paragraphs import Headings, gaps, heading_text, read_paragraphs
from ofsted_kg.reports.layout.table import read_grades
from ofsted_kg.reports.report import Report, ReportJudgement, ReportRecommendation
from ofsted_kg.texts.lines import PdfText

EXPERIENCES = "The experiences and progress of"
LEADERS = "The impact of leaders on social work practice with children and families"
HELP = f"{EXPERIENCES} children who need help and protection"
CARE = f"{EXPERIENCES} children in care"
CARE_AND_LEAVERS = f"{CARE} and care leavers"
LEAVERS = f"{EXPERIENCES} care leavers"
OVERALL = "Overall effectiveness"
AREAS = (
    PrintedArea(
        LEADERS, "leaders", words(LEADERS), (("leaders", "leadership"), ("impact", "practice"))
    ),
    PrintedArea(HELP, "help-and-protection", words(HELP), (("protection",),)),
    PrintedArea(
        CARE_AND_LEAVERS,
        "in-care-and-care-leavers",
        words(CARE_AND_LEAVERS),
        (("leavers",), ("in", "looked")),
    ),
    PrintedArea(
        CARE,
        "in-care",
        words(CARE) + r"(?!\s+and\s+care)",
        (("care", "looked"), ("in", "looked")),
        ("leavers", "protection"),
    ),
    PrintedArea(LEAVERS, "care-leavers", words(LEAVERS), (("leavers",),), ("in", "looked")),
    PrintedArea(OVERALL, "overall", words(OVERALL), (("overall",),)),
)

HEADINGS = Headings.of(AREAS)

SERVICES = r"children[’']s\s+(?:social\s+care\s+)?services"
TITLE = re.compile(
    rf"Inspection\s+of\s+(?:(?P<name>(?!children[’']s|local\s+authority).{{2,120}}?)\s+)?"
    rf"(?:local\s+authority\s+)?{SERVICES}",
    re.DOTALL | re.IGNORECASE,
)
# A trust or company may stand in the title, without a word for its services.
OTHER_TITLE = re.compile(
    r"\bInspection\s+of\s+(?P<name>[^.:]{3,90}?)\s+Inspection\s+dates?\b", re.IGNORECASE
)
# The two columns as the table usually heads them, or lines of their own that mean the same.
AREA_HEAD = r"(?:Judgements?(?:\s+areas?)?|Areas?(?:\s+judged)?)"
TABLE_HEAD = re.compile(
    rf"Judgements?\s+Grade|^[ \t]*(?:{AREA_HEAD}\s+(?:Grades?|Outcomes?|Judgements?)"
    rf"|(?:Grades?|Outcomes?)\s+{AREA_HEAD})[ \t]*$",
    re.IGNORECASE | re.MULTILINE,
)
IMPROVE = re.compile(r"What needs to improve\s*[?:.]?\s*\d?$", re.IGNORECASE)
SHORT_SPAN_DAYS = 5
SECTION = "What needs to improve"

NAME = "ilacs"


def matches(document: PdfText) -> bool:
    """Whether the first page has an ILACS title and a table of grades, one for an area."""
    cover = document.page_text(1)
    head = TABLE_HEAD.search(cover)
    if head is None:
        return False
    known = any(re.search(area.label, cover[head.end() :], re.IGNORECASE) for area in AREAS)
    if TITLE.search(cover):
        return known or head[0].casefold().startswith("judgement")
    return known and OTHER_TITLE.search(cover) is not None


def read(document: PdfText) -> Report:
    """Read an ILACS report."""
    authority = _authority(document)
    inspectors = read_inspectors(document, (line for line in document.lines if line.page == 1))
    cover, warnings = read_cover(document, document.page_end(1), authority, inspectors)
    windows = cover.windows.value if cover.windows else ()
    blocks = read_blocks(document)
    judgements, problems = _judgements(document)
    warnings += problems
    recommendations, problems = _recommendations(blocks, paged=document.is_paged)
    warnings += problems
    table_end = max((found.end for found in judgements), default=0)
    paragraphs = read_paragraphs(
        [block for block in blocks if block.page > 1 or block.start > table_end],
        HEADINGS,
        paged=document.is_paged,
        recommendations=recommendations,
    )
    judgements, problems = against_headings(blocks, HEADINGS, judgements)
    warnings += gaps(paragraphs) + problems + unsaid(judgements, paragraphs)
    warnings += [] if authority else ["authority: no name found in the title"]
    warnings += [] if inspectors else ["lead inspector: none found on the first page"]
    return Report.of(
        document,
        family=NAME,
        framework=_framework(windows),
        framework_key=NAME,
        cover=cover,
        judgements=judgements,
        recommendations=recommendations,
        paragraphs=paragraphs,
        warnings=warnings,
    )


def _framework(windows: tuple[tuple[date, date], ...]) -> str:
    """Reports never say whether they are short or standard: one week is, or two are."""
    if not windows:
        return "ILACS"
    days = max((last - first).days for first, last in windows)
    return "ILACS short" if days <= SHORT_SPAN_DAYS else "ILACS standard"


def _authority(document: PdfText) -> str | None:
    cover = document.page_text(1)
    title = TITLE.search(cover) or OTHER_TITLE.search(cover)
    if title is None:
        return None
    if title["name"]:
        return clean_name(title["name"])
    before = cover[: title.start()]
    return clean_name(" ".join(line for line in before.split("\n") if not line.strip().isdigit()))


def _judgements(document: PdfText) -> tuple[tuple[ReportJudgement, ...], list[str]]:
    """The rows of the table on the first page, in the order printed, and what is wrong with it."""
    head = TABLE_HEAD.search(document.text, 0, document.page_end(1))
    if head is None:
        return (), ["judgements: the first page has no table of grades"]
    return read_grades(document, AREAS, head.end())


def _recommendations(
    blocks: list[PrintedBlock], *, paged: bool
) -> tuple[list[ReportRecommendation], list[str]]:
    head = next((i for i, block in enumerate(blocks) if _is_list_head(block)), None)
    if head is None:
        return [], [f"recommendations: the report has no heading {SECTION!r}"]
    end = head + 1
    while end < len(blocks) and not _ends_list(blocks[end], has_type=bool(blocks[end].size)):
        end += 1
    items = read_items(blocks[head + 1 : end], SECTION, paged=paged)
    if not items:
        return [], [f"recommendations: no item under {SECTION!r}, only running text or nothing"]
    return items, lost_lines(blocks[head + 1 : end], SECTION)


def _is_list_head(block: PrintedBlock) -> bool:
    return block.kind in (Kind.HEADING, Kind.PLAIN) and IMPROVE.match(block.text) is not None


def _ends_list(block: PrintedBlock, *, has_type: bool) -> bool:
    """Where no type tells headings, a short line may be an item that lost its mark."""
    if block.kind is Kind.HEADING and not has_type:
        return HEADINGS.area(block.text) is not None
    return block.kind is Kind.NUMBERED or (
        block.kind is Kind.HEADING and not IMPROVE.match(heading_text(block))
    )


def titles(report: Report) -> tuple[str, str]:
    """The title of its documents and what a citation calls one."""
    return "Inspection of local authority children's services", "inspection report"


def service_of(section: str) -> str:
    """The type of service that a list of recommendations is about."""
    return "childrens-services"


FAMILY = Family(
    name=NAME,
    called="ILACS",
    matches=matches,
    read=read,
    titles=titles,
    service_of=service_of,
    prints_form=False,
)

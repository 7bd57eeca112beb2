"""A made-up family of reports, all of it in this module: visits to harbours, graded by bells."""

from __future__ import annotations

import re

from ofsted_kg.reports.family import Family
from ofsted_kg.reports.layout.blocks import read_blocks
from ofsted_kg.reports.layout.cover import read_title_page
from ofsted_kg.reports.layout.grades import PrintedArea as Area
from ofsted_kg.reports.layout.grades import judgement
from ofsted_kg.reports.layout.lists import ITEM_KINDS, read_items
from ofsted_kg.reports.report import Report
from ofsted_kg.texts.lines import PdfText

TITLE = re.compile(r"Visit\s+to\s+the\s+harbours\s+of\s+children’s\s+services")
BELLS = re.compile(r"The harbours are (?P<grade>good|inadequate)\.", re.IGNORECASE)
HARBOURS = Area("Harbours", "harbours", "Harbours")
SECTION = "Urgent repairs"


def matches(document: PdfText) -> bool:
    """Whether the first page has the title of these visits."""
    return TITLE.search(document.page_text(1)) is not None


def read(document: PdfText) -> Report:
    """Read a visit to harbours."""
    title = TITLE.search(document.page_text(1))
    cover, warnings = read_title_page(document, document.page_end(1), title)
    found = BELLS.search(document.text)
    blocks = read_blocks(document)
    head = next((at for at, block in enumerate(blocks) if block.text == SECTION), len(blocks))
    items = [block for block in blocks[head:] if block.kind in ITEM_KINDS]
    return Report.of(
        document,
        family="harbour-visit",
        framework="Harbour visit",
        framework_key="harbour-visit-2030",
        cover=cover,
        judgements=[judgement(document, HARBOURS, found)] if found else [],
        recommendations=read_items(items, SECTION, paged=True, timescale="Within three months"),
        warnings=warnings,
    )


def titles(report: Report) -> tuple[str, str]:
    """The title of its documents and what a citation calls one."""
    return "Visit to harbours", "harbour visit letter"


def service_of(section: str) -> str:
    """The type of service that a list of recommendations is about."""
    return "fostering" if section == SECTION else "childrens-services"


FAMILY = Family(
    name="harbour-visit",
    called="harbour visit",
    matches=matches,
    read=read,
    titles=titles,
    service_of=service_of,
    kind="focused-visit",
)

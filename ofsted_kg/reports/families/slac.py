"""Inspections of safeguarding and looked after children services, 2009 to 2012."""

from __future__ import annotations

import re
from dataclasses import replace
from itertools import pairwise

from ofsted_kg.reports.family import Family
from ofsted_kg.reports.layout.blocks import Kind, PrintedBlock, read_blocks
from ofsted_kg.reports.layout.checks import against_headings
from ofsted_kg.reports.layout.cover import read_title_page
from ofsted_kg.reports.layout.grades import area, words
from ofsted_kg.reports.layout.paragraphs import Headings, gaps, read_paragraphs
from ofsted_kg.reports.layout.table import read_grades
from ofsted_kg.reports.layout.timed_lists import (
    RECORD,
    TIMESCALE,
    first_row,
    read_timed_lists,
    record_start,
)
from ofsted_kg.reports.report import (
    Report,
    ReportJudgement,
    ReportParagraph,
    ReportRecommendation,
)
from ofsted_kg.texts.lines import PdfText

SAFEGUARDING = "Safeguarding services"
LOOKED_AFTER = "Services for looked after children"
PARTS = ((SAFEGUARDING, "safeguarding"), (LOOKED_AFTER, "looked-after"))
COMMON = (
    ("Overall effectiveness", "overall"),
    ("Capacity for improvement", "capacity"),
    ("Quality of provision", "quality"),
    ("Ambition and prioritisation", "ambition"),
    ("Leadership and management", "leadership"),
    ("Performance management and quality assurance", "performance"),
    ("Equality and diversity", "equality"),
)
ROWS = {
    "safeguarding": (
        *COMMON,
        ("Children and young people are safe and feel safe", "safe"),
        (
            "The contribution of health agencies to keeping children and young people safe",
            "health",
        ),
        ("Partnership working", "partnership"),
    ),
    "looked-after": (
        *COMMON,
        ("Being healthy", "health"),
        ("Staying safe", "safe"),
        ("Enjoying and achieving", "achieving"),
        ("Making a positive contribution, including user engagement", "contribution"),
        ("Economic well-being", "economic"),
    ),
}
AREAS = {
    part: tuple(area(f"{part}: {name}", f"{slug}-{key}", name) for name, key in ROWS[slug])
    for part, slug in PARTS
}
TITLE = re.compile(
    r"Inspection\s+of\s+safeguarding\s+and\s+looked\s+after\s+children\s+services",
    re.IGNORECASE,
)
COVER_CHARACTERS = 1500
# "NHS Wexcombe to ensure that …": a name before the verb, where others begin with the verb.
ADDRESSEE = re.compile(
    r"(?!(?:Ensure|Improve|Review|Develop|Continue|Implement|Establish|Work|Complete)\b)"
    r"(?P<body>(?:The |the )?[A-Z][\w’'&.-]*(?: (?:[A-Z][\w’'&.-]*|of|and|for|the|in|with))*)"
    r" to (?:ensure|work|develop|review|improve|establish|implement|agree|complete)\b"
)
LIST = "Areas for improvement"
HEADINGS = {part: Headings.of(AREAS.get(part, ()), TIMESCALE) for part in ("", *AREAS)}

NAME = "slac"


def matches(document: PdfText) -> bool:
    """Whether the report begins with the title of these inspections."""
    return TITLE.search(document.text, 0, COVER_CHARACTERS) is not None


def read(document: PdfText) -> Report:
    """Read a safeguarding and looked after inspection."""
    title = TITLE.search(document.text, 0, COVER_CHARACTERS)
    cover, warnings = read_title_page(document, COVER_CHARACTERS, title)
    blocks = _split_glued_grades(read_blocks(document))
    judgements, problems = _judgements(document)
    warnings += problems
    recommendations, problems = _recommendations(blocks, paged=document.is_paged)
    warnings += problems
    warnings += [] if recommendations else [f"recommendations: no item under {LIST!r}"]
    paragraphs = _paragraphs(blocks, recommendations, paged=document.is_paged)
    warnings += gaps(paragraphs)
    for part, part_blocks in _part_blocks(blocks)[1:]:
        judgements, problems = against_headings(part_blocks, HEADINGS[part], judgements)
        warnings += problems
    return Report.of(
        document,
        family=NAME,
        framework="SLAC",
        framework_key="slac-2009",
        cover=cover,
        judgements=judgements,
        recommendations=recommendations,
        paragraphs=paragraphs,
        warnings=warnings,
    )


def _split_glued_grades(blocks: list[PrintedBlock]) -> list[PrintedBlock]:
    """Give a heading back the end it had before its grade was set on the same line."""
    split = []
    for block in blocks:
        if block.kind is Kind.HEADING and (glued := re.search(r"\s*\**Grade \d", block.text)):
            line = block.lines[0]
            text = line.text[: glued.start()]
            if text:
                shorter = line._replace(text=text, end=line.start + len(text))
                block = PrintedBlock(Kind.HEADING, [shorter])
        split.append(block)
    return split


def _part_blocks(blocks: list[PrintedBlock]) -> list[tuple[str, list[PrintedBlock]]]:
    """The body's blocks by part, each part from its heading's last turn before graded text."""
    record = [at for at, block in enumerate(blocks) if RECORD.match(block.text)]
    blocks = blocks[: record[-1]] if record else blocks
    starts = []
    for name, _ in PARTS:
        heads = [
            at
            for at, block in enumerate(blocks)
            if block.kind is Kind.HEADING and block.text == name and _before_text(blocks, at)
        ]
        if heads:
            starts.append((heads[0], name))
    starts.append((len(blocks), ""))
    front = [("", blocks[: starts[0][0]])]
    return front + [(name, blocks[at:after]) for (at, name), (after, _) in pairwise(starts)]


def _before_text(blocks: list[PrintedBlock], at: int) -> bool:
    """Whether numbered text follows soon: in the contents and the record it does not."""
    return any(block.kind is Kind.NUMBERED for block in blocks[at : at + 6])


def _judgements(document: PdfText) -> tuple[tuple[ReportJudgement, ...], list[str]]:
    start = record_start(document)
    if start is None:
        return (), ["judgements: no record of main findings"]
    turn = re.compile(words(LOOKED_AFTER)).search(document.text, start)
    middle = turn.start() if turn else len(document.text)
    stretches = {"safeguarding": (start, middle), "looked-after": (middle, len(document.text))}
    found: list[ReportJudgement] = []
    problems = []
    for part, slug in PARTS:
        begin, end = stretches[slug]
        row = first_row(document, AREAS[part], begin)
        rows, unclear = read_grades(document, AREAS[part], row, end)
        problems += unclear
        missing = {one.key for one in AREAS[part]} - {row.area_key for row in rows}
        problems += [f"judgements: no grade found for {key}" for key in sorted(missing)]
        found += rows
    return tuple(found), problems


def _recommendations(
    blocks: list[PrintedBlock], *, paged: bool
) -> tuple[list[ReportRecommendation], list[str]]:
    lists = [
        read_timed_lists(part_blocks, f"{part}: {LIST}", paged=paged, addressees=ADDRESSEE)
        for part, part_blocks in _part_blocks(blocks)
        if part
    ]
    items = [item for found, _ in lists for item in found]
    return items, [problem for _, problems in lists for problem in problems]


def _paragraphs(
    blocks: list[PrintedBlock], recommendations: list[ReportRecommendation], *, paged: bool
) -> list[ReportParagraph]:
    found = []
    for part, part_blocks in _part_blocks(blocks):
        for paragraph in read_paragraphs(
            part_blocks, HEADINGS[part], paged=paged, recommendations=recommendations
        ):
            section = f"{part}: {paragraph.section}" if part else paragraph.section
            found.append(replace(paragraph, section=section))
    return found


def titles(report: Report) -> tuple[str, str]:
    """The title of its documents and what a citation calls one."""
    return "Inspection of safeguarding and looked after children services", "inspection report"


def service_of(section: str) -> str:
    """The type of service that a list of recommendations is about."""
    return "looked-after-children" if "looked after" in section.casefold() else "safeguarding"


FAMILY = Family(
    name=NAME,
    called="safeguarding 2009 to 2012",
    matches=matches,
    read=read,
    titles=titles,
    service_of=service_of,
)

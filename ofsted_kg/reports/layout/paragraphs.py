"""The numbered paragraphs of a report and the headings they stand under."""

from __future__ import annotations

import re
from dataclasses import dataclass

from ofsted_kg.reports.layout.blocks import Kind, PrintedBlock
from ofsted_kg.reports.layout.grades import PrintedArea, is_grade
from ofsted_kg.reports.report import ReportParagraph

TRAILING_MARK = re.compile(r"\s*[:?]$")
NEVER = re.compile(r"(?!)")


@dataclass(frozen=True, slots=True)
class Headings:
    """How a family's headings divide its text.

    `areas` are the slugs of graded areas and the headings that open them; under a
    heading that `keeps` matches the area goes on ("Summary"); one that `ignored`
    matches opens no section at all (a timescale).
    """

    areas: tuple[tuple[str, re.Pattern[str]], ...]
    keeps: re.Pattern[str] = NEVER
    ignored: re.Pattern[str] = NEVER

    @classmethod
    def of(cls, areas: tuple[PrintedArea, ...], ignored: re.Pattern[str] = NEVER) -> Headings:
        """Headings that begin with the labels of graded areas."""
        patterns = tuple((area.key, re.compile(area.label, re.IGNORECASE)) for area in areas)
        return cls(patterns, ignored=ignored)

    def area(self, text: str) -> str | None:
        """The slug of the area a heading opens, or None."""
        return next((key for key, pattern in self.areas if pattern.match(text)), None)


def heading_text(block: PrintedBlock) -> str:
    """A heading without the colon or question mark that ends it."""
    return TRAILING_MARK.sub("", block.text)


def read_paragraphs(
    blocks: list[PrintedBlock], headings: Headings, *, paged: bool
) -> list[ReportParagraph]:
    """Every numbered paragraph with its section (the nearest heading) and area.

    A paragraph takes in the items and loose lines under it up to the next
    paragraph or heading.
    """
    return _ParagraphReader(headings, paged).read(blocks)


class _ParagraphReader:
    def __init__(self, headings: Headings, paged: bool) -> None:
        self.headings = headings
        self.paged = paged
        self.found: list[ReportParagraph] = []
        self.section: str | None = None
        self.area: str | None = None
        self.open: list[PrintedBlock] = []

    def read(self, blocks: list[PrintedBlock]) -> list[ReportParagraph]:
        keeps = self.headings.keeps
        for before, block in zip([None, *blocks], blocks, strict=False):
            if block.kind is Kind.NUMBERED:
                self._close()
                self.open = [block]
            elif block.kind is Kind.HEADING:
                self._close()
                self._turn(heading_text(block))
            elif before and before.kind is Kind.HEADING and keeps.match(before.text):
                self.area = self.headings.area(block.text) or self.area
            elif self.open and _belongs(block, self.open[0]):
                self.open.append(block)
        self._close()
        return self.found

    def _turn(self, text: str) -> None:
        if is_grade(text) or self.headings.ignored.match(text):
            return
        self.section = text
        if not self.headings.keeps.match(text):
            self.area = self.headings.area(text)

    def _close(self) -> None:
        head = self.open[0] if self.open else None
        if head is not None and head.number is not None:
            self.found.append(
                ReportParagraph(
                    number=head.number,
                    page=head.page if self.paged else None,
                    section=self.section,
                    area_key=self.area,
                    text=" ".join(block.text for block in self.open),
                    start=head.start,
                    end=self.open[-1].end,
                )
            )
        self.open = []


def _belongs(block: PrintedBlock, paragraph: PrintedBlock) -> bool:
    if block.kind in (Kind.BULLET, Kind.DASH):
        return True
    return block.x > paragraph.x or not block.lines[0].size


def gaps(paragraphs: list[ReportParagraph]) -> list[str]:
    """One line for every break in the run of paragraph numbers, or for none at all."""
    if not paragraphs:
        return ["paragraphs: none of them is numbered"]
    problems = []
    expected = 1
    for paragraph in paragraphs:
        if paragraph.number not in (expected, 1):
            problems.append(
                f"paragraphs: number {expected} expected, {paragraph.number} found"
                + (f" on page {paragraph.page}" if paragraph.page else "")
            )
        expected = paragraph.number + 1
    return problems

"""The paragraphs of a report, numbered or not, and the headings they stand under."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from ofsted_kg.reports.layout.blocks import SENTENCE_END, SHIFT, Kind, PrintedBlock
from ofsted_kg.reports.layout.furniture import IMPRINT, SMALL
from ofsted_kg.reports.layout.grades import LAST_GRADE, PrintedArea, is_grade
from ofsted_kg.reports.layout.rows import area_of
from ofsted_kg.reports.layout.table import ROW_START
from ofsted_kg.reports.report import ReportParagraph, ReportRecommendation

TRAILING_MARK = re.compile(r"\s*[:?]$")
NEVER = re.compile(r"(?!)")
# What follows a sentence: "(Recommendation)", "(paragraphs 18, 28)".
REFERENCE = re.compile(r"\s*\([^()]*\)\.?$")
# A sentence about an area that begins with its name is not that area's heading for its length.
VERB = re.compile(r"\b(?:is|are|has|have|had|was|were|that|to|because)\b", re.IGNORECASE)
SAYS = re.compile(r"\b(?:is|are|has|have|had|was|were|does|do)\b")
UNFINISHED = re.compile(r"[:;,]$")
STOP = re.compile(r"[.!?][’”'\")\]]*\d{0,2}$")
FEW_WORDS = 4
LONG = 120


@dataclass(frozen=True, slots=True)
class Headings:
    """How a family's headings divide its text.

    `areas` are the slugs of graded areas and the headings that open them, `printed` the
    areas as their table labels them; under a heading that `keeps` matches the area goes on
    ("Summary"); one that `ignored` matches opens no section at all (a timescale).
    """

    areas: tuple[tuple[str, re.Pattern[str]], ...]
    keeps: re.Pattern[str] = NEVER
    ignored: re.Pattern[str] = NEVER
    printed: tuple[PrintedArea, ...] = ()

    @classmethod
    def of(cls, areas: tuple[PrintedArea, ...], ignored: re.Pattern[str] = NEVER) -> Headings:
        """Headings that begin with the labels of graded areas."""
        patterns = tuple((area.key, re.compile(area.label, re.IGNORECASE)) for area in areas)
        return cls(patterns, ignored=ignored, printed=areas)

    def area(self, text: str) -> str | None:
        """The slug of the area a heading opens, or None.

        It has the area's usual words, or begins as a row of the table does or ends in a grade
        and means one area as such a row would: without "The", or in the singular.
        """
        usual = next((key for key, pattern in self.areas if pattern.match(text)), None)
        if usual:
            return usual
        graded = LAST_GRADE.search(text)
        if not graded and not ROW_START.match(text):
            return None
        meant = area_of(text[: graded.start()] if graded else text, self.printed)
        return meant.key if meant else None

    def area_of_opening(self, text: str) -> str | None:
        """The slug of the area that the text under a heading names first, or None."""
        for key, pattern in self.areas:
            if (match := pattern.match(text)) and not VERB.search(match[0]):
                return key
        return None


def heading_text(block: PrintedBlock) -> str:
    """A heading without the colon or question mark that ends it."""
    return TRAILING_MARK.sub("", block.text)


def read_paragraphs(
    blocks: Sequence[PrintedBlock],
    headings: Headings,
    *,
    paged: bool,
    recommendations: Iterable[ReportRecommendation] = (),
) -> list[ReportParagraph]:
    """Every paragraph with its section (the nearest heading) and area.

    A numbered paragraph takes in the items and loose lines under it up to the next
    paragraph or heading, one without a number the items that its colon announces. Items
    that nothing announces are paragraphs each. What was read as one of the
    `recommendations` is no paragraph besides, unless it has a paragraph's number.
    """
    taken = [(one.start, one.end) for one in recommendations]
    return _ParagraphReader(headings, paged, taken).read(blocks)


class _ParagraphReader:
    def __init__(self, headings: Headings, paged: bool, taken: list[tuple[int, int]]) -> None:
        self.headings = headings
        self.paged = paged
        self.taken = dict(taken)
        self.taken_until = 0
        self.least = 0.0
        self.found: list[ReportParagraph] = []
        self.section: str | None = None
        self.area: str | None = None
        self.open: list[PrintedBlock] = []

    def read(self, blocks: Sequence[PrintedBlock]) -> list[ReportParagraph]:
        keeps = self.headings.keeps
        self.least = SMALL * _usual_size(blocks)
        for before, block in zip([None, *blocks], blocks, strict=False):
            if block.kind is Kind.HEADING:
                self._close()
                self._turn(heading_text(block))
                continue
            if before and before.kind is Kind.HEADING and keeps.match(before.text):
                self.area = self.headings.area_of_opening(block.text) or self.area
            if block.kind is Kind.NUMBERED or self._opens_unnumbered(block):
                self._close()
                self.open = [block]
            elif self.open and not self._is_taken(block) and _belongs(block, self.open):
                self.open.append(block)
        self._close()
        return self.found

    def _opens_unnumbered(self, block: PrintedBlock) -> bool:
        """Whether a block is a paragraph without a number, or an item that nothing announces."""
        if self._is_taken(block) or (self.open and _belongs(block, self.open)):
            return False
        if block.kind is not Kind.PLAIN:
            return True
        is_print = block.size < self.least or IMPRINT.match(block.text)
        return not is_print and is_prose(block)

    def _is_taken(self, block: PrintedBlock) -> bool:
        """Whether a block is an item of a recommendation, or nested in one."""
        if block.start in self.taken:
            self.taken_until = self.taken[block.start]
        return block.kind is not Kind.NUMBERED and block.start < self.taken_until

    def _turn(self, text: str) -> None:
        if is_grade(text) or self.headings.ignored.match(text):
            return
        self.section = text
        if not self.headings.keeps.match(text):
            self.area = self.headings.area(text)

    def _close(self) -> None:
        if self.open:
            head = self.open[0]
            self.found.append(
                ReportParagraph(
                    number=head.number,
                    page=head.page if self.paged else None,
                    section=self.section,
                    area_key=self.area,
                    text=" ".join(block.text for block in self.open),
                    start=head.start,
                    end=self.open[-1].end,
                    pieces=tuple(piece for block in self.open for piece in block.pieces),
                )
            )
        self.open = []


def _usual_size(blocks: Sequence[PrintedBlock]) -> float:
    """The type size in points that most lines of some blocks are set in.

    A block's last line tells it: a first one may begin with a number in another type.
    """
    sizes: Counter[float] = Counter()
    for block in blocks:
        sizes[round(block.lines[-1].size, 1)] += len(block.lines)
    return sizes.most_common(1)[0][0] if sizes else 0.0


def is_prose(block: PrintedBlock) -> bool:
    """Whether a plain block is a paragraph: a sentence to its end, or one that announces items.

    A last sentence may lack its stop.
    """
    text = block.text
    if text.count(" ") < FEW_WORDS:
        return False
    ends = SENTENCE_END.search(text) or SENTENCE_END.search(REFERENCE.sub("", text))
    return bool(ends or (len(text) > LONG and SAYS.search(text)))


def _belongs(block: PrintedBlock, paragraph: Sequence[PrintedBlock]) -> bool:
    """Whether a block that is no heading goes on with the paragraph that is open."""
    head, last = paragraph[0], paragraph[-1]
    is_item = block.kind in (Kind.BULLET, Kind.DASH)
    # A first line may begin with a mark in a larger type.
    if not is_item and max(line.size for line in block.lines) < SMALL * head.lines[-1].size:
        return False
    end = last.lines[-1].text
    if UNFINISHED.search(end) or (not STOP.search(end) and block.text[:1].islower()):
        return True
    if is_item:
        announced = head.lines[-1].text.endswith(":")
        return head.kind is Kind.NUMBERED or block.kind is Kind.DASH or announced
    if head.kind is not Kind.NUMBERED:
        return block.x > head.x + SHIFT and not STOP.search(end)
    return (block.x > head.x or not block.lines[0].size) and not _is_untyped_heading(block)


def _is_untyped_heading(block: PrintedBlock) -> bool:
    """A line of its own that is no sentence, nor the end of one, has the sense of a heading."""
    text = block.lines[0].text
    return len(block.lines) == 1 and text[:1].isupper() and not SENTENCE_END.search(text)


def gaps(paragraphs: list[ReportParagraph]) -> list[str]:
    """One line for every break in the run of paragraph numbers, or for none at all.

    They may begin anew under a heading that has had none.
    """
    numbered = [(one.number, one) for one in paragraphs if one.number is not None]
    if not numbered:
        return ["paragraphs: none of them is numbered"]
    problems = []
    expected = 1
    seen: set[str | None] = set()
    for number, one in numbered:
        anew = number == 1 and one.section not in seen
        if number != expected and not anew:
            problems.append(
                f"paragraphs: number {expected} expected, {number} found"
                + (f" on page {one.page}" if one.page else "")
            )
        expected = number + 1
        seen.add(one.section)
    return problems

"""Parts of a report whose paragraphs bear no numbers: headings, and what stands under them."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, field, replace
from statistics import median_low

from ofsted_kg.reports.layout.blocks import Kind, PrintedBlock
from ofsted_kg.reports.layout.furniture import SMALL
from ofsted_kg.reports.layout.prose import pieces_of
from ofsted_kg.reports.partnership import Point, Section
from ofsted_kg.reports.report import ReportParagraph
from ofsted_kg.texts.lines import Line, PdfText

OPENING = "opening"
LISTS = ("strengths", "shortcomings", "improvement", "priority")
# Lists that have no headings inside them of the type of their own heading.
UNDIVIDED = ("strengths", "shortcomings", "priority")
UNKNOWN = "unknown"
SAME_TYPE = 0.5
NAMED = (*LISTS, "findings", "box", "next-steps")
FIGURES = re.compile(r"[\d\s]+").fullmatch
KindOf = Callable[[str], str | None]


@dataclass(slots=True)
class Part:
    """A heading with the blocks under it.

    `kind` is what the family calls the heading, that of the part around it for one of
    `level` 2. `list_heading` is the heading of the list it belongs to.
    """

    kind: str
    level: int = 1
    head: PrintedBlock | None = None
    list_heading: str = ""
    blocks: list[PrintedBlock] = field(default_factory=list)

    @property
    def heading(self) -> str:
        """The words of its heading."""
        return self.head.text if self.head else ""

    @property
    def subsection(self) -> str | None:
        """Its heading where that stands inside a list."""
        return self.heading if self.level > 1 else None

    @property
    def lines(self) -> list[Line]:
        """All lines under the heading."""
        return [line for block in self.blocks for line in block.lines]


def read_parts(blocks: Iterable[PrintedBlock], kind_of: KindOf, last: str) -> list[Part]:
    """Divide blocks by their headings.

    `kind_of` knows the headings of a family. Another heading stands inside the part before
    it, unless that is a list that has none: it ends there, and what follows is unknown. One
    that is printed a second time, at the head of a table or on a new page, opens nothing.
    After the part of kind `last` all headings are part of it.
    """
    parts = [Part(OPENING)]
    for block in _with_headings(_without_figures(list(blocks)), kind_of):
        current = parts[-1]
        if block.kind is not Kind.HEADING or current.kind == last:
            current.blocks.append(block)
            continue
        kind = kind_of(block.text)
        again = kind == current.kind and kind in LISTS
        if again and _plain(block.text) == _plain(current.list_heading):
            continue
        if kind is None and _ends_list(parts, block):
            parts.append(Part(UNKNOWN, 1, block, block.text))
        elif kind is None or (again and not current.blocks):
            parts.append(Part(current.kind, 2, block, current.list_heading))
        else:
            parts.append(Part(kind, 1, block, block.text))
    return [part for part in parts if part.head or part.blocks]


def _ends_list(parts: list[Part], heading: PrintedBlock) -> bool:
    """Whether an unknown heading, in type no smaller than that of a list, stands behind it."""
    top = next(part for part in reversed(parts) if part.level == 1)
    if top.kind not in UNDIVIDED or top.head is None or not top.blocks:
        return False
    return heading.size > top.head.size - SAME_TYPE


def unknown_headings(parts: Iterable[Part]) -> list[str]:
    """A line for each heading whose points are in no list."""
    return [
        f"sections: what stands under {part.heading[:60]!r} on page {part.head.page} is in no list"
        for part in parts
        if part.kind == UNKNOWN and part.level == 1 and part.head
    ]


def _without_figures(blocks: list[PrintedBlock]) -> Iterator[PrintedBlock]:
    """Blocks without small figures alone on a line: the end of a page's foot, such as "2023 6"."""
    sizes = [line.size for block in blocks for line in block.lines]
    least = SMALL * median_low(sizes) if sizes else 0.0
    for block in blocks:
        lines = [line for line in block.lines if line.size >= least or FIGURES(line.text) is None]
        if lines:
            yield block if len(lines) == len(block.lines) else replace(block, lines=lines)


def _plain(heading: str) -> str:
    """A heading without its other column, its case and its punctuation."""
    words = re.sub(r"^responsible bod(?:y|ies)", "", heading.casefold().strip())
    return re.sub(r"\W+", " ", words).strip()


def _with_headings(blocks: Iterable[PrintedBlock], kind_of: KindOf) -> Iterator[PrintedBlock]:
    """Blocks with known headings set free that stand close under a paragraph, or light."""
    for block in blocks:
        if block.kind is Kind.PLAIN and len(block.lines) == 1 and kind_of(block.text):
            yield replace(block, kind=Kind.HEADING)
            continue
        start = 0
        for at, line in enumerate(block.lines):
            if at and line.bold and block.kind is not Kind.HEADING and kind_of(line.text):
                yield replace(block, lines=block.lines[start:at])
                yield PrintedBlock(Kind.HEADING, [line], marks=block.marks)
                start = at + 1
        if start == 0:
            yield block
        elif block.lines[start:]:
            yield PrintedBlock(Kind.PLAIN, block.lines[start:], marks=block.marks)


def sections_of(document: PdfText, parts: Iterable[Part]) -> list[Section]:
    """The headings as the record has them."""
    return [
        Section(
            heading=part.heading,
            kind=part.kind if part.kind in NAMED else "other",
            level=part.level,
            page=part.head.page if document.is_paged else None,
            start=part.head.start,
            end=part.head.end,
        )
        for part in parts
        if part.head and (part.level == 1 or part.kind in NAMED)
    ]


class ParagraphKeys:
    """Gives paragraphs without numbers their keys, in the order in which they are told."""

    def __init__(self, document: PdfText) -> None:
        self.document = document
        self.paragraphs: list[ReportParagraph] = []

    def add(self, blocks: list[PrintedBlock], section: str, subsection: str | None = None) -> Point:
        """The paragraph that blocks make up together, as a point of what it stands under."""
        lines = [line for block in blocks for line in block.lines]
        pieces = pieces_of(self.document, lines)
        paragraph = ReportParagraph(
            number=None,
            page=lines[0].page if self.document.is_paged else None,
            section=section or None,
            area_key=None,
            text=" ".join(block.text for block in blocks),
            start=pieces[0][0],
            end=pieces[-1][1],
            pieces=pieces,
        )
        self.paragraphs.append(paragraph)
        key = f"u{len(self.paragraphs)}"
        place = (paragraph.page, paragraph.start, paragraph.end, pieces)
        return Point(key, section, subsection, *place)

"""The tables of area SEND reports: priority actions row by row, improvements cell by cell."""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from dataclasses import dataclass, field
from itertools import pairwise

from ofsted_kg.reports.layout.blocks import (
    BARE_BULLET,
    BULLET,
    DASH,
    NUMBER,
    SENTENCE_END,
    USUAL_LEADING,
    join_lines,
)
from ofsted_kg.reports.layout.bodies import split_bodies
from ofsted_kg.reports.layout.columns import Row, column_edges, read_rows
from ofsted_kg.reports.layout.outline import Part
from ofsted_kg.reports.layout.prose import Prose, pieces_of
from ofsted_kg.reports.report import ReportRecommendation, ReportSubItem
from ofsted_kg.reports.spans import Found
from ofsted_kg.texts.lines import Line, PdfText

INDENT = 6.0
ASKS = re.compile(r"\b(?:should|must|needs? to|ha(?:s|ve) to|are to|will)\b")
GOES_ON = re.compile(r"(?:They|This|These|Those|It|Its|Their|Such|In particular|However|Also)\b")
# Rules between cells add little to the distance of lines, but more than rounding does.
WIDER = 0.3


@dataclass(slots=True)
class _Item:
    """Lines of an item; `nested` are those of its points, each with its mark's length."""

    lines: list[Line]
    nested: list[list[Line]] = field(default_factory=list)
    number: int | None = None
    lead: int = 0

    @property
    def all_lines(self) -> list[Line]:
        return sorted(
            [*self.lines, *(line for point in self.nested for line in point)],
            key=lambda line: line.start,
        )


class PartnershipTables:
    """Reads the tables of a report; `members` are the bodies that its details name."""

    def __init__(self, document: PdfText, members: list[str]) -> None:
        self.document = document
        self.members = members
        self.recommendations: list[ReportRecommendation] = []
        self.warnings: list[str] = []

    def read_part(self, part: Part) -> None:
        """Read the table under a heading."""
        lines = [line for line in part.lines if not BARE_BULLET.match(line.text)]
        if not lines:
            self.warnings.append(f"{part.heading}: no item")
            return
        if part.kind == "priority":
            self._priorities(part, lines)
        else:
            self._improvements(part, lines)

    def _priorities(self, part: Part, lines: list[Line]) -> None:
        edges = column_edges(part.head.lines[-1] if part.head else None, lines)
        if len(edges) < 2:
            self.warnings.append(f"{part.heading}: no column of responsible bodies")
            self._improvements(part, lines, is_priority=True)
            return
        for row in read_rows(self.document, lines, edges):
            if not row.right:
                self.warnings.append(f"{part.heading}: a row without an action")
                continue
            bodies = self._bodies(row)
            if not bodies:
                page = row.right[0].page
                self.warnings.append(f"{part.heading}: no responsible body, page {page}")
            item = _nest(row.right)
            self._add(part, item, is_priority=True, responsible=bodies)

    def _bodies(self, row: Row) -> tuple[Found[str], ...]:
        if not row.left:
            return ()
        prose = Prose(self.document, row.left)
        found = []
        start = 0
        for name in split_bodies(prose.text, self.members):
            at = prose.text.index(name, start)
            found.append(Found.at(self.document, name, *prose.span(at, at + len(name))))
            start = at + len(name)
        return tuple(found)

    def _improvements(self, part: Part, lines: list[Line], *, is_priority: bool = False) -> None:
        margins = _Margins(lines)
        groups: list[list[Line]] = []
        for at, line in enumerate(lines):
            if at == 0 or margins.opens(lines[at - 1], lines[at:]):
                groups.append([line])
            else:
                groups[-1].append(line)
        self.warnings += [
            f"{part.list_heading}: what begins page {page} may be an item of its own"
            for page in margins.doubtful
        ]
        for group in groups:
            self._add(part, _nest(group), is_priority=is_priority, responsible=())

    def _add(
        self,
        part: Part,
        item: _Item,
        *,
        is_priority: bool,
        responsible: tuple[Found[str], ...],
    ) -> None:
        lines = item.all_lines
        texts = [line.text for line in item.lines]
        texts[0] = texts[0][item.lead :]
        text = join_lines(texts)
        points = [self._point(point) for point in item.nested]
        page = lines[0].page if self.document.is_paged else None
        pieces = pieces_of(self.document, lines)
        if not SENTENCE_END.search(points[-1].text if points else text):
            self.warnings.append(
                f"{part.list_heading}: an item on page {page} ends without a full stop"
            )
        self.recommendations.append(
            ReportRecommendation(
                text=text,
                page=page,
                number=item.number,
                section=part.list_heading,
                timescale=None,
                addressed_to=None,
                sub_items=tuple(points),
                start=pieces[0][0],
                end=pieces[-1][1],
                subsection=part.subsection,
                is_priority=is_priority,
                responsible=responsible,
                pieces=pieces,
            )
        )

    def _point(self, lines: list[Line]) -> ReportSubItem:
        mark = _mark(lines[0])
        texts = [line.text for line in lines]
        texts[0] = texts[0][mark.end() :] if mark else texts[0]
        page = lines[0].page if self.document.is_paged else None
        return ReportSubItem(join_lines(texts), page, lines[0].start, lines[-1].end)


def _mark(line: Line) -> re.Match[str] | None:
    return BULLET.match(line.text) or DASH.match(line.text)


class _Margins:
    """Tells where a cell begins: it has no mark, but stands at the margin, a little lower.

    Lines may be set more widely on one page than on another, so that each has its own
    usual distance, taken between lines that surely belong together.
    """

    def __init__(self, lines: list[Line]) -> None:
        self.left = min(line.x for line in lines)
        self.doubtful: list[int] = []
        gaps: dict[int, Counter[float]] = defaultdict(Counter)
        for before, line in pairwise(lines):
            together = not SENTENCE_END.search(before.text) and _mark(line) is None
            if together and before.page == line.page and abs(before.x - line.x) <= INDENT:
                gaps[line.page][round(before.foot - line.y, 1)] += 1
        self.leading = {page: found.most_common(1)[0][0] for page, found in gaps.items()}
        self.usual = max(self.leading.values(), default=USUAL_LEADING * lines[0].size)

    def opens(self, before: Line, lines: list[Line]) -> bool:
        """Whether the first of some lines begins an item, `before` being the line above."""
        line = lines[0]
        if _mark(line) or line.x > self.left + INDENT or line.text[:1].islower():
            return False
        if NUMBER.match(line.text):
            return True
        behind_point = before.x > self.left + INDENT or _mark(before) is not None
        if not behind_point and not SENTENCE_END.search(before.text):
            return False
        if before.page == line.page:
            leading = self.leading.get(line.page, self.usual)
            return before.foot - line.y > leading + WIDER
        return behind_point or self._asks(lines)

    def _asks(self, lines: list[Line]) -> bool:
        """Whether the sentence that begins a page asks for something, as items do.

        A cell may end with its page, or go on over it with another sentence.
        """
        text = join_lines([line.text for line in lines])
        sentence = re.split(r"(?<=[.!?])\s", text, maxsplit=1)[0]
        if GOES_ON.match(sentence):
            return False
        if ASKS.search(sentence):
            return True
        self.doubtful.append(lines[0].page)
        return False


def _nest(lines: list[Line]) -> _Item:
    """The lines of a cell as an item and its points."""
    left = min(line.x for line in lines)
    item = _Item([])
    number = NUMBER.match(lines[0].text)
    if number:
        item.number, item.lead = int(number[1]), number.end()
    for line in lines:
        if _mark(line) and item.lines:
            item.nested.append([line])
        elif item.nested and (line.x > left + INDENT or line.x > item.nested[-1][0].x):
            item.nested[-1].append(line)
        else:
            item.lines.append(line)
    return item

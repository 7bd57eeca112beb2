"""The lists of reports on a partnership: strengths, shortcomings, improvements, priorities."""

from __future__ import annotations

import re
from dataclasses import replace

from ofsted_kg.reports.layout.blocks import Kind, PrintedBlock
from ofsted_kg.reports.layout.outline import LISTS, OPENING, ParagraphKeys, Part
from ofsted_kg.reports.layout.points import Group, read_points
from ofsted_kg.reports.layout.prose import Prose, pieces_of
from ofsted_kg.reports.partnership import Point
from ofsted_kg.reports.report import ReportRecommendation, ReportSubItem
from ofsted_kg.reports.spans import Found
from ofsted_kg.texts.lines import PdfText

CLOSE = re.compile(r"Yours (?:sincerely|faithfully)", re.IGNORECASE)
MUST_ACT = re.compile(
    r"^(?:urgent action is (?:required|needed) by (?P<by>.+?) to\b"
    r"|(?P<who>.+?),? (?:urgently )?(?:should|must|needs? to|has to|have to|is required to"
    r"|are required to) )",
    re.IGNORECASE,
)
LEADERS_OF = re.compile(r"(?:senior )?(?:leaders|managers) (?:of|at|in|from) ", re.IGNORECASE)
ARTICLE = re.compile(r"the (?=\S)", re.IGNORECASE)
LONGEST_NAME = 100


class PartnershipLists:
    """Reads list after list of a report and gives every paragraph its key on the way."""

    def __init__(self, document: PdfText, keys: ParagraphKeys) -> None:
        self.document = document
        self.keys = keys
        self.recommendations: list[ReportRecommendation] = []
        self.strengths: list[Point] = []
        self.shortcomings: list[Point] = []
        self.nil_statements: list[Point] = []
        self.warnings: list[str] = []

    def read_part(self, part: Part, parts: list[Part]) -> None:
        """Read a part; a list with parts inside it is read whole at its first."""
        if part.kind not in LISTS:
            self._prose(part)
        elif part.level == 1:
            at = next(i for i, one in enumerate(parts) if one is part)
            end = at + 1
            while end < len(parts) and parts[end].kind == part.kind and parts[end].level > 1:
                end += 1
            self._list(parts[at:end])

    def _prose(self, part: Part) -> None:
        section = "" if part.kind == OPENING else part.heading
        for block in part.blocks:
            if CLOSE.match(block.text):
                return  # signatures are no paragraphs
            if block.kind is not Kind.HEADING:
                self.keys.add([block], section)

    def _list(self, parts: list[Part]) -> None:
        points = read_points(parts)
        heading, kind = parts[0].heading, parts[0].kind
        found: list[tuple[int, list[PrintedBlock], Group | None]] = [
            (group.head.start, group.blocks, group) for group in points.groups
        ]
        others = [*points.nil, *points.introductions, *points.loose]
        found += [(block.start, [block], None) for block in others]
        shared: Found[str] | None = None
        for _, blocks, group in sorted(found, key=lambda one: one[0]):
            if group is not None:
                self._take(kind, heading, group, shared)
                continue
            point = self.keys.add(blocks, heading)
            if blocks[0] in points.nil:
                self.nil_statements.append(point)
            elif blocks[0] in points.introductions:
                shared = self._acting(blocks) or shared
        self.warnings += [
            f"{heading}: a paragraph without a bullet on page {block.page} is taken for no item"
            for block in points.loose
        ]
        if not points.groups and not points.nil:
            self.warnings.append(f"{heading}: no item, and no word that there is none")

    def _take(self, kind: str, heading: str, group: Group, shared: Found[str] | None) -> None:
        subsection = group.part.subsection if group.part else None
        if kind == "strengths":
            self.strengths.append(self.keys.add(group.blocks, heading, subsection))
        elif kind == "shortcomings":
            self.shortcomings.append(self.keys.add(group.blocks, heading, subsection))
        elif kind == "improvement":
            self.recommendations.append(self._recommendation(heading, group))
        else:
            acting = shared or self._acting(group.blocks[:1])
            item = self._recommendation(heading, group, (acting,) if acting else ())
            self.recommendations.append(replace(item, is_priority=True))
            if acting is None:
                self.warnings.append(f"{heading}: no body named that is to act, page {item.page}")

    def _recommendation(
        self, heading: str, group: Group, responsible: tuple[Found[str], ...] = ()
    ) -> ReportRecommendation:
        lines = [line for block in group.blocks for line in block.lines]
        pieces = pieces_of(self.document, lines)
        return ReportRecommendation(
            text=group.text,
            page=group.head.page if self.document.is_paged else None,
            number=group.head.number,
            section=heading,
            timescale=None,
            addressed_to=None,
            sub_items=tuple(self._sub_item(block) for block in group.nested),
            start=pieces[0][0],
            end=pieces[-1][1],
            subsection=group.part.subsection if group.part else None,
            responsible=responsible,
            pieces=pieces,
        )

    def _sub_item(self, block: PrintedBlock) -> ReportSubItem:
        page = block.page if self.document.is_paged else None
        return ReportSubItem(block.text, page, block.start, block.end)

    def _acting(self, blocks: list[PrintedBlock]) -> Found[str] | None:
        """The body that a priority action or the sentence before several names to act."""
        prose = Prose(self.document, [line for block in blocks for line in block.lines])
        lead = blocks[0].lead
        text = prose.text[lead:]
        match = MUST_ACT.match(text)
        if match is None:
            return None
        group = "by" if match["by"] else "who"
        start, end = match.span(group)
        for prefix in (LEADERS_OF, ARTICLE):
            if found := prefix.match(text, start, end):
                start = found.end()
        name = text[start:end]
        if len(name) > LONGEST_NAME or re.search(r"[.;]", name):
            return None
        return Found.at(self.document, name, *prose.span(lead + start, lead + end))

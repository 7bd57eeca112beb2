"""Lists of recommendations: items, their nested items and their sub-headings."""

from __future__ import annotations

import re

from ofsted_kg.reports.layout.blocks import Kind, PrintedBlock
from ofsted_kg.reports.report import ReportRecommendation, ReportSubItem

ITEM_KINDS = (Kind.NUMBERED, Kind.BULLET, Kind.DASH)
NOTHING_TO_DO = re.compile(
    r"(?:there (?:are|were) no\b|no (?:areas|priority|recommendations)\b|none\b"
    r"|(?:the inspection|inspectors) (?:did not (?:find|identify)|(?:found|identified) no)\b)",
    re.IGNORECASE,
)
INDENT = 6.0


def read_items(
    blocks: list[PrintedBlock],
    section: str,
    *,
    paged: bool,
    timescale: str | None = None,
    addressees: re.Pattern[str] | None = None,
) -> list[ReportRecommendation]:
    """The recommendations among the blocks under one heading.

    The first item's kind and place are those of the top level; what stands deeper
    belongs to the item before it. Plain lines are sub-headings or introductions.
    `addressees` is a pattern with a group `body` for items that name who must act.
    """
    groups: list[list[PrintedBlock]] = []
    top: PrintedBlock | None = None
    for block in blocks:
        if block.kind not in ITEM_KINDS or NOTHING_TO_DO.match(block.text):
            continue
        top = top or block
        if not groups or _is_top(block, top):
            groups.append([block])
        else:
            groups[-1].append(block)
    return [
        _recommendation(_rejoined(group), section, timescale, addressees, paged=paged)
        for group in groups
    ]


def _is_top(block: PrintedBlock, top: PrintedBlock) -> bool:
    """Numbers may be set flush right, so that the longer ones begin further left."""
    indent = 2 * INDENT if block.kind is Kind.NUMBERED else INDENT
    return block.kind is top.kind and block.x <= top.x + indent


def _rejoined(group: list[PrintedBlock]) -> list[PrintedBlock]:
    """Undo a bullet set by mistake before a line in the middle of a sentence."""
    head, *rest = group
    if not rest or rest[0].kind is not head.kind:
        return group
    broken = not re.search(r"[.:;,]$", head.text) and rest[0].text[:1].islower()
    if len(rest) == 1 and broken:
        stray = rest[0].lines[0]
        tail = stray._replace(text=stray.text[rest[0].lead :])
        lines = [*head.lines, tail, *rest[0].lines[1:]]
        return [PrintedBlock(head.kind, lines, head.number, head.lead, head.hang, head.marks)]
    return group


def _recommendation(
    group: list[PrintedBlock],
    section: str,
    timescale: str | None,
    addressees: re.Pattern[str] | None,
    *,
    paged: bool,
) -> ReportRecommendation:
    head, *nested = group
    addressed = addressees.match(head.text) if addressees else None
    return ReportRecommendation(
        text=head.text,
        page=head.page if paged else None,
        number=head.number,
        section=section,
        timescale=timescale,
        addressed_to=addressed["body"] if addressed else None,
        sub_items=tuple(
            ReportSubItem(item.text, item.page if paged else None, item.start, item.end)
            for item in nested
        ),
        start=head.start,
        end=group[-1].end,
        pieces=tuple(piece for block in group for piece in block.pieces),
    )

"""Lists of recommendations: items, their nested items and their sub-headings."""

from __future__ import annotations

import re
from collections.abc import Iterable

from ofsted_kg.reports.layout.blocks import DASHES, Kind, PrintedBlock, inner_marks
from ofsted_kg.reports.report import ReportRecommendation, ReportSubItem

ITEM_KINDS = (Kind.NUMBERED, Kind.BULLET, Kind.DASH)
NOTHING_TO_DO = re.compile(
    r"(?:there (?:are|were) no\b|no (?:areas|priority|recommendations)\b|none\b"
    r"|not applicable\b|n/a\b|nil\b"
    r"|(?:the inspection|inspectors) (?:did not (?:find|identify)|(?:found|identified) no)\b)",
    re.IGNORECASE,
)
INDENT = 6.0
# Marks of nested items that are letters, numbers or signs of the text's own type.
LETTERED = re.compile(r"(?:\(?(?:[ivx]{1,5}|[a-h]|\d{1,2})\)|[o*]|\u0336)\s+(?=\S)")
LONGEST_HEADING = 18  # words
ANNOUNCES = re.compile(r":$")
# A theme set as an item of its own ends in no stop, and in no word that leads on.
LEADS_ON = re.compile(
    r"[.:;,–—-]$|\b(?:including|and|or|of|to|by|that|where|for|with)$", re.IGNORECASE
)


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
    return [
        _recommendation(_rejoined(group), section, timescale, addressees, paged=paged)
        for group in _groups(blocks)
    ]


def lost_lines(blocks: list[PrintedBlock], section: str) -> list[str]:
    """One line for each sentence among the items of a list that no item holds.

    In a text no place or type tells a heading from an item that lost its mark: all is told
    but what announces the items.
    """
    first = next((at for at, block in enumerate(blocks) if block.kind in ITEM_KINDS), len(blocks))
    if any(
        not block.lines[0].size and not ANNOUNCES.search(block.text) for block in blocks[:first]
    ):
        return [f"recommendations: words without a mark before the items of {section!r}"]
    return [
        f"recommendations: words without a mark among the items of {section!r}"
        + (f" on page {block.page}" if block.lines[0].size else "")
        for before, block in zip(blocks[first:], blocks[first + 1 :], strict=False)
        if block.kind in (Kind.PLAIN, Kind.HEADING)
        and not LETTERED.match(block.text)
        and not NOTHING_TO_DO.match(block.text)
        and not (block.lines[0].size and _is_heading(block, before))
    ]


def crowded(recommendations: Iterable[ReportRecommendation], text: str) -> list[str]:
    """One line for each item with a mark or number inside it, which may begin another.

    `text` is that of the document, which has the item's own mark.
    """
    told = []
    for item in recommendations:
        parts = [(item.start, item.text), *((one.start, one.text) for one in item.sub_items)]
        if any(_may_be_several(text[start], item.number, words) for start, words in parts):
            told.append(
                f"recommendations: a mark or number inside an item of {item.section!r}"
                + (f" on page {item.page}" if item.page else "")
                + ": it may be more than one"
            )
    return told


def _may_be_several(mark: str, number: int | None, words: str) -> bool:
    lead = f"{number}. " if number and mark.isdigit() else f"{mark} "
    dashed = mark in DASHES and f" {mark} " in words
    return dashed or bool(inner_marks(lead + words))


def _is_heading(block: PrintedBlock, before: PrintedBlock) -> bool:
    """Whether a plain line among items is a heading over those that follow."""
    short = len(block.text.split()) <= LONGEST_HEADING and block.text[:1].isupper()
    return short and LEADS_ON.search(block.text) is None and block.x <= before.x + INDENT


def _groups(blocks: list[PrintedBlock]) -> list[list[PrintedBlock]]:
    """Each top-level item with its nested ones; themes set as items give way to theirs."""
    groups: list[list[PrintedBlock]] = []
    top: PrintedBlock | None = None
    for printed in blocks:
        block = _lettered(printed, top) or printed
        if block.kind not in ITEM_KINDS or NOTHING_TO_DO.match(block.text):
            continue
        top = top or block
        if not groups or _is_top(block, top):
            groups.append([block])
        else:
            groups[-1].append(block)
    return [
        part
        for group in groups
        for part in ([[nested] for nested in group[1:]] if _is_theme(group) else [group])
    ]


def _lettered(block: PrintedBlock, top: PrintedBlock | None) -> PrintedBlock | None:
    """A line with a mark of its own under an item, as the nested item that it is."""
    match = LETTERED.match(block.text) if block.kind is Kind.PLAIN else None
    if top is None or match is None or (block.x and block.x <= top.x + INDENT):
        return None
    return PrintedBlock(Kind.DASH, block.lines, None, match.end(), block.hang, block.marks)


def _is_theme(group: list[PrintedBlock]) -> bool:
    """Whether the head of a group is no recommendation but a heading over several."""
    head, *nested = group
    short = len(head.text.split()) <= LONGEST_HEADING and LEADS_ON.search(head.text) is None
    return short and len(nested) > 1 and all(item.text[:1].isupper() for item in nested)


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

"""Lists whose points are whole paragraphs, with or without bullets."""

from __future__ import annotations

from dataclasses import dataclass, field

from ofsted_kg.reports.layout.blocks import SENTENCE_END, SHIFT, Kind, PrintedBlock
from ofsted_kg.reports.layout.lists import INDENT, NOTHING_TO_DO
from ofsted_kg.reports.layout.outline import Part

MARKED = (Kind.BULLET, Kind.DASH, Kind.NUMBERED)


@dataclass(slots=True)
class Group:
    """A point with its nested points and the paragraphs that go on with it."""

    head: PrintedBlock
    nested: list[PrintedBlock] = field(default_factory=list)
    more: list[PrintedBlock] = field(default_factory=list)
    part: Part | None = None

    @property
    def blocks(self) -> list[PrintedBlock]:
        """All of it, in the order printed."""
        return sorted([self.head, *self.nested, *self.more], key=lambda block: block.start)

    @property
    def text(self) -> str:
        """Its words without its nested points."""
        return " ".join(block.text for block in (self.head, *self.more))


@dataclass(slots=True)
class Points:
    """What stands under a heading: points, sentences that say there are none, and the rest.

    `introductions` are paragraphs before the first point; `loose` those behind one that
    stand at its margin without a bullet and so may be points or not.
    """

    groups: list[Group] = field(default_factory=list)
    nil: list[PrintedBlock] = field(default_factory=list)
    introductions: list[PrintedBlock] = field(default_factory=list)
    loose: list[PrintedBlock] = field(default_factory=list)


def read_points(parts: list[Part]) -> Points:
    """The points of the parts that make up one list.

    Where none of its paragraphs has a bullet each of them is a point.
    """
    found = Points()
    blocks = [block for part in parts for block in part.blocks]
    bulleted = any(block.kind in MARKED for block in blocks if not _is_nil(block))
    for part in parts:
        top: PrintedBlock | None = None
        current: Group | None = None
        for block in part.blocks:
            if _is_nil(block):
                found.nil.append(block)
            elif block.kind in MARKED:
                top = top or block
                if current is None or _is_top(block, top):
                    current = Group(block, part=part)
                    found.groups.append(current)
                else:
                    current.nested.append(block)
            elif not bulleted:
                found.groups.append(Group(block, part=part))
            elif current is None:
                found.introductions.append(block)
            elif _goes_on(block, current):
                current.more.append(block)
            else:
                found.loose.append(block)
    return found


def _is_nil(block: PrintedBlock) -> bool:
    """Whether a block says that there is nothing to list, and no more than that."""
    return NOTHING_TO_DO.match(block.text) is not None and len(block.text) < 160


def _is_top(block: PrintedBlock, top: PrintedBlock) -> bool:
    if block.kind is not top.kind:
        return block.kind is Kind.BULLET and block.x <= top.x
    if block.hang is not None and top.hang is not None and abs(block.hang - top.hang) <= SHIFT:
        return True  # its words stand where those of the top level do
    return block.x <= top.x + INDENT


def _goes_on(block: PrintedBlock, group: Group) -> bool:
    """Whether a paragraph without a bullet is indented under the point before it, or ends it."""
    before = group.blocks[-1]
    indented = block.x > group.head.x + INDENT
    return indented or not SENTENCE_END.search(before.text) or block.text[:1].islower()

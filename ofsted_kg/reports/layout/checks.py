"""Cross-checks of a report's table against its headings and what stands under them."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import replace
from itertools import zip_longest

from ofsted_kg.reports.layout.blocks import Kind, PrintedBlock
from ofsted_kg.reports.layout.grades import LAST_GRADE, normal_grade
from ofsted_kg.reports.layout.paragraphs import Headings
from ofsted_kg.reports.report import ReportJudgement, ReportParagraph

OVERALL = "overall"  # the area that no part of a report is about


def against_headings(
    blocks: list[PrintedBlock], headings: Headings, judgements: Iterable[ReportJudgement]
) -> tuple[tuple[ReportJudgement, ...], list[str]]:
    """The judgements, doubtful where a heading gives an area another grade, with a line for each.

    The grade ends the heading, or stands alone under it. The table's own lines are none.
    """
    judgements = tuple(judgements)
    table = [(one.start, one.end) for one in judgements]
    graded = {found.area_key: found.grade for found in judgements}
    problems: dict[str, list[str]] = defaultdict(list)
    for block, after in zip_longest(blocks, blocks[1:]):
        if block.kind is not Kind.HEADING or _is_of_table(block, table):
            continue
        area = headings.area(block.text)
        found = LAST_GRADE.search(block.text)
        if found is None and after is not None and len(after.text) < 40:
            found = LAST_GRADE.search(after.text)
        if area not in graded or found is None:
            continue
        printed = normal_grade(found["grade"])
        if _short(printed) != _short(graded[area]):
            problems[area].append(
                f"judgements: {area} is {graded[area]!r} in the table but {printed!r} in "
                f"a heading on page {block.page}"
            )
    checked = tuple(
        replace(one, is_doubtful=True) if one.area_key in problems else one for one in judgements
    )
    return checked, [line for lines in problems.values() for line in lines]


def unsaid(
    judgements: Iterable[ReportJudgement], paragraphs: Iterable[ReportParagraph]
) -> list[str]:
    """A line for each area that is graded and of which the report then says nothing.

    Pages are missing, or a heading is not known for one.
    """
    spoken = {OVERALL, *(one.area_key for one in paragraphs)}
    graded = (one.area_key for one in judgements)
    return [
        f"paragraphs: none found on {key}, which is graded" for key in graded if key not in spoken
    ]


def _is_of_table(block: PrintedBlock, rows: Sequence[tuple[int, int]]) -> bool:
    """Whether a block begins within a row of the table, be its columns one after the other."""
    return any(start <= block.start < end for start, end in rows)


def _short(grade: str) -> str:
    return grade.removesuffix(" to be good")

"""Cross-checks of a report's table against the grades its headings repeat."""

from __future__ import annotations

from collections.abc import Iterable
from itertools import zip_longest

from ofsted_kg.reports.layout.blocks import Kind, PrintedBlock
from ofsted_kg.reports.layout.grades import LAST_GRADE, normal_grade
from ofsted_kg.reports.layout.paragraphs import Headings
from ofsted_kg.reports.report import ReportJudgement


def heading_disagreements(
    blocks: list[PrintedBlock], headings: Headings, judgements: Iterable[ReportJudgement]
) -> list[str]:
    """One line for each heading with a grade other than the table's for its area.

    The grade ends the heading, or stands alone under it.
    """
    graded = {found.area_key: found.grade for found in judgements}
    problems = []
    for block, after in zip_longest(blocks, blocks[1:]):
        if block.kind is not Kind.HEADING:
            continue
        area = headings.area(block.text)
        found = LAST_GRADE.search(block.text)
        if found is None and after is not None and len(after.text) < 40:
            found = LAST_GRADE.search(after.text)
        if area not in graded or found is None:
            continue
        printed = normal_grade(found["grade"])
        if _short(printed) != _short(graded[area]):
            problems.append(
                f"judgements: {area} is {graded[area]!r} in the table but {printed!r} in "
                f"a heading on page {block.page}"
            )
    return problems


def _short(grade: str) -> str:
    return grade.removesuffix(" to be good")

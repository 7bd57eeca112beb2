"""Grades as reports print them, in tables, headings and sentences."""

from __future__ import annotations

import re
from dataclasses import dataclass

from ofsted_kg.reports.report import ReportJudgement
from ofsted_kg.texts.lines import PdfText

GRADE = (
    r"(?:not\s+judged|outstanding|good|adequate|inadequate"
    r"|requires?\s+improvement(?:\s+to\s+be\s+good)?)(?![\w-])"
)
LAST_GRADE = re.compile(rf"(?<![\w-])(?P<grade>{GRADE})\)?\.?$", re.IGNORECASE)
ROW_NUMBER = re.compile(r"(?<!\S)\d(?:\.\d)?\.?(?!\S)")
LONGEST_GRADE = 60
GRADE_ALONE = re.compile(rf"(?:Grade\s+\d\s*)?\(?{GRADE}\)?(?:\s+Grade\s+\d)?\.?$", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class PrintedArea:
    """An area as a framework grades it: our name, its slug, and its printed label.

    `telling` are the words by which a misprinted or shortened label still means the area:
    one of each group must stand in it, none of `foreign` may.
    """

    name: str
    key: str
    label: str
    telling: tuple[tuple[str, ...], ...] = ()
    foreign: tuple[str, ...] = ()

    def means(self, words: set[str]) -> bool:
        """Whether a label of these words, in small letters, means this area."""
        told = bool(self.telling) and all(words.intersection(group) for group in self.telling)
        return told and not words.intersection(self.foreign)


def normal_grade(printed: str) -> str:
    """A grade's words in lower case, with "require" as "requires"."""
    words = re.sub(r"\s+", " ", printed).strip().lower()
    return re.sub(r"^require ", "requires ", words)


def is_grade(text: str) -> bool:
    """Whether a text is a grade and nothing else, as "Grade 2 (Good)"."""
    return GRADE_ALONE.match(text.strip()) is not None


def words(label: str) -> str:
    """A label as a pattern: its words however they are broken over lines."""
    return r"\s+".join(re.escape(word) for word in label.split())


def find_grade(
    document: PdfText, area: PrintedArea, start: int, end: int, between: str = r":?\s+"
) -> ReportJudgement | None:
    """The grade that follows an area's label within a stretch of the text."""
    pattern = re.compile(rf"{area.label}{between}(?P<grade>{GRADE})", re.IGNORECASE)
    match = pattern.search(document.text, start, end)
    return judgement(document, area, match) if match else None


def judgement(
    document: PdfText, area: PrintedArea, match: re.Match[str], offset: int = 0
) -> ReportJudgement:
    """A judgement from a match with a group `grade`, its place that of the match.

    `offset` is where the text that was searched begins in the document's.
    """
    start, end = match.start() + offset, match.end() + offset
    printed = re.sub(r"\s+", " ", match["grade"])
    return ReportJudgement(
        area=area.name,
        area_key=area.key,
        grade=normal_grade(printed),
        grade_as_printed=printed,
        page=document.page_of(start) if document.is_paged else None,
        start=start,
        end=end,
    )


def read_table(
    document: PdfText, areas: tuple[PrintedArea, ...], start: int, end: int
) -> tuple[ReportJudgement, ...]:
    """The graded areas of a table in the order printed.

    A row's grade follows its label; where a label and its grade are cut into each
    other, rows are paired in order, but only if there are as many grades as labels.
    """
    found = [find_grade(document, area, start, end, r"\s*:?\s+") for area in areas]
    read = [row for row in found if row is not None]
    labels = []
    for area in areas:
        if match := re.compile(area.label, re.IGNORECASE).search(document.text, start, end):
            labels.append((match.start(), match.end(), area))
    if len(read) < len(labels):
        labels.sort(key=lambda label: label[0])
        read = _pair_in_order(document, labels, end) or read
    return tuple(sorted(read, key=lambda row: row.start))


def _pair_in_order(
    document: PdfText, labels: list[tuple[int, int, PrintedArea]], end: int
) -> list[ReportJudgement]:
    """Take the labels out of the text and read the grades that are left."""
    start, last = labels[0][0], min(end, labels[-1][1] + LONGEST_GRADE)
    rest = list(document.text[start:last])
    for first, after, _ in labels:
        rest[first - start : after - start] = " " * (after - first)
    left = ROW_NUMBER.sub(lambda number: " " * len(number[0]), "".join(rest))
    grades = list(re.finditer(rf"(?P<grade>{GRADE})", left, re.IGNORECASE))[: len(labels)]
    if len(grades) != len(labels):
        return []
    return [
        judgement(document, area, grade, offset=start)
        for (_, _, area), grade in zip(labels, grades, strict=True)
    ]

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
NOT_JUDGED = "not judged"  # what stands for a grade on every scale
LAST_GRADE = re.compile(rf"(?<![\w-])(?P<grade>{GRADE})\)?\.?$", re.IGNORECASE)
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


def area(name: str, key: str, label: str) -> PrintedArea:
    """An area whose rows bear all the longer words of its label."""
    telling = tuple((word,) for word in dict.fromkeys(re.findall(r"[a-z]{4,}", label.casefold())))
    return PrintedArea(name, key, words(label), telling)


def judgement(document: PdfText, area: PrintedArea, match: re.Match[str]) -> ReportJudgement:
    """A judgement from a match with a group `grade`, its place that of the match."""
    return graded_as(document, area, match["grade"], match.start(), match.end())


def graded_as(
    document: PdfText, area: PrintedArea, grade: str, start: int, end: int
) -> ReportJudgement:
    """A judgement from a grade as printed and its place."""
    printed = re.sub(r"\s+", " ", grade)
    return ReportJudgement(
        area=area.name,
        area_key=area.key,
        grade=normal_grade(printed),
        grade_as_printed=printed,
        page=document.page_of(start) if document.is_paged else None,
        start=start,
        end=end,
    )

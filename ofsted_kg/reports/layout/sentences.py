"""The overall judgement of inspections that give it in a sentence above their table."""

from __future__ import annotations

import re

from ofsted_kg.reports.layout.grades import PrintedArea, graded_as
from ofsted_kg.reports.report import ReportJudgement
from ofsted_kg.texts.lines import PdfText

START = re.compile(
    r"^[ \t]*(?:The\s+overall\s+judge?ment|Children[’']s\s+services?)\b",
    re.IGNORECASE | re.MULTILINE,
)
# The whole sentence on one line, and its note mark; nothing may stand between verb and grade.
SENTENCE = re.compile(
    r"(?:(?!(?-i:There|This|These) )[^.])*?"
    r"(?P<grade>(?:(?<=\bis )|(?<=\bare ))(?:outstanding|good|adequate|inadequate)"
    r"|requires? improvement(?: to be good)?)\.?\d{0,2}",
    re.IGNORECASE,
)
MOST_LINES = 4


def sentence_judgement(
    document: PdfText, area: PrintedArea, begin: int, end: int
) -> ReportJudgement | None:
    """The judgement of the first sentence on it in a stretch that ends with its grade and a line.

    A grade that goes on in the next line is read to its end.
    """
    for start in START.finditer(document.text, begin, end):
        lines = [line for line in document.lines if start.start() < line.end <= end]
        found = None
        for last in lines[:MOST_LINES]:
            words = " ".join(document.text[start.start() : last.end].split())
            if match := SENTENCE.fullmatch(words):
                found = match["grade"], last.end
        if found:
            first = start.end() - len(start[0].lstrip())
            return graded_as(document, area, found[0], first, found[1])
    return None

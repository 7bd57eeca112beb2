"""The sentences of your own copies of the reports, with what is known of each beside its words."""

import csv
from collections.abc import Iterator, Sequence
from itertools import groupby
from pathlib import Path
from typing import NamedTuple, TypeAlias

from ofsted_kg.errors import OfstedKgError
from ofsted_kg.judging.wording import features
from ofsted_kg.reports.findings import in_order
from ofsted_kg.reports.reading import read_report
from ofsted_kg.texts.pieces import words_of
from ofsted_kg.texts.sentences import sentences

LABELS = Path(__file__).parents[1] / "data" / "evaluation" / "finding-polarity.csv"

Labels: TypeAlias = dict[tuple[str, str], dict[str, str]]


class Sentence(NamedTuple):
    """A sentence of a report with what it is judged by; `area` and `grade` of its section.

    `section` and `paragraph` are the numbers of both in the report, as it is read.
    """

    report: str
    pieces: str
    text: str
    before: str
    heading: str
    area: str | None
    grade: str | None
    section: int = 0
    paragraph: int = 0

    def features(self) -> list[str]:
        """As the judge sees its wording."""
        return features(self.text, self.before, self.heading)

    @property
    def place(self) -> tuple[str, str]:
        """What a label is found by."""
        return self.report, self.pieces


def of_report(path: Path) -> list[Sentence]:
    """All sentences of the paragraphs of a report, in order; none where it cannot be read."""
    try:
        report = read_report(path)
    except OfstedKgError:
        return []
    grades = {one.area_key: one.grade for one in report.judgements}
    found = []
    paragraphs = enumerate(in_order(report))
    for section, (heading, group) in enumerate(groupby(paragraphs, lambda one: one[1].section)):
        for number, paragraph in group:
            grade = grades.get(paragraph.area_key or "")
            grade = grade and grade.removesuffix(" to be good")
            before = ""
            for pieces in sentences(report.text, paragraph.pieces):
                text = " ".join(words_of(pieces, report.text).split())
                place = " ".join(f"{start}-{end}" for start, end in pieces)
                beside = (before, heading or "", paragraph.area_key, grade, section, number)
                found.append(Sentence(report.digest, place, text, *beside))
                before = text
    return found


def by_section(some: Sequence[Sentence]) -> Iterator[list[list[Sentence]]]:
    """The paragraphs of each section, from sentences in the order of their reports."""
    for _, section in groupby(some, lambda one: (one.report, one.section)):
        yield [list(paragraph) for _, paragraph in groupby(section, lambda one: one.paragraph)]


def is_held_out(report: str) -> bool:
    """About a third of the reports, by the digest of the file."""
    return int(report[:8], 16) % 3 == 0


def read_labels() -> Labels:
    """The rows of the labels by report and place."""
    with LABELS.open(encoding="utf-8", newline="") as rows:
        return {(row["report_sha256"], row["pieces"]): row for row in csv.DictReader(rows)}

"""A grade is what one row's cell says, in a word of its framework's own scale."""

from __future__ import annotations

from dataclasses import replace

import pytest

from ofsted_kg.reports.families.ilacs import AREAS as ILACS
from ofsted_kg.reports.families.sif import AREAS as SIF
from ofsted_kg.reports.layout.table import read_grades
from ofsted_kg.reports.reading import read_document
from ofsted_kg.texts.lines import PdfText, RawLine, build_text, plain_text
from tests.reports.test_front_pages import CASES, PAPERS
from tests.reports.test_table import FIVE, SINGLE

HEAD = "Judgement Grade"
SPOILT = (
    "Requires improvment to be good",
    "Requires improvement, to be good",
    "Requires improvement to be",
    "Requires improvement to",
    "Requires",
    "to be good",
    "Very good",
    "RI to be good",
    "",
)
ABOVE = ("Requires improvement", "Requires improvement to be good", "Good")
FAMILIES = {"ilacs": (ILACS, FIVE), "sif": (SIF, SINGLE)}
Rows = list[tuple[str, tuple[str, ...], str]]


def broken(grade: str, width: int) -> list[str]:
    """The lines of a grade in a cell of some characters."""
    lines: list[str] = []
    for word in grade.split():
        if lines and len(lines[-1]) + len(word) < width:
            lines[-1] += f" {word}"
        else:
            lines.append(word)
    return lines


def page(rows: Rows, width: int, pause: float) -> PdfText:
    """A table whose cells stand in the middle of their rows, with so much white between rows."""
    raw: list[RawLine] = [(HEAD, 76, 640, 640, 12.0, True, (), ())]
    y = 600.0
    for _, label, grade in rows:
        cell = broken(grade, width)
        most = max(len(label), len(cell), 1)
        for words, x in ((label, 76), (cell, 340)):
            for at, text in enumerate(words):
                height = y - 14.5 * ((most - len(words)) / 2 + at)
                raw.append((text, x, height, height, 12.0, False, (), ()))
        y -= 14.5 * most + pause
    return build_text("made.pdf", [(842.0, raw)], "0" * 64, "here")


def texts(rows: Rows) -> list[PdfText]:
    """The same table as text: a thing a line, in columns, and in one line."""
    labels = [" ".join(label) for _, label, _ in rows]
    grades = [grade for *_, grade in rows]
    pairs = [words for pair in zip(labels, grades, strict=True) for words in pair]
    forms = ["\n".join(pairs), "\n".join(labels + grades), " ".join(pairs)]
    return [plain_text("a.txt", f"{HEAD}\n{form}\nThe quay is wet.", "0" * 64) for form in forms]


@pytest.mark.parametrize("family", FAMILIES)
def test_no_part_of_a_grade_is_taken_from_another_row(family: str) -> None:
    areas, labels = FAMILIES[family]
    count = 0
    for at, spoilt in enumerate(labels):
        for above in ABOVE:
            grades = ["Good" if one > at else above for one in range(len(labels))]
            truth = {key: grade.lower() for key, grade in zip(labels, grades, strict=True)}
            for grade in SPOILT:
                grades[at] = grade
                rows = [
                    (key, label, printed)
                    for (key, label), printed in zip(labels.items(), grades, strict=True)
                ]
                pages = [page(rows, width, pause) for width in (10, 21, 40) for pause in (3, 13)]
                for document in [*pages, *texts(rows)]:
                    start = document.text.index(HEAD) + len(HEAD)
                    found, _ = read_grades(document, areas, start)
                    stated = {one.area_key: one.grade for one in found if not one.is_doubtful}
                    assert spoilt not in stated, (above, grade, document.text)
                    assert stated.items() <= truth.items(), (above, grade, document.text)
                    count += 1
    assert count > 1000


# For each layout a word that is a grade, and none of its framework's scale.
STRANGE = {
    "ilacs five": "Adequate",
    "ilacs four": "Adequate",
    "ilacs 2026": "Adequate",
    "sif": "Adequate",
    "lac": "Requires improvement to be good",
}


@pytest.mark.parametrize("layout", STRANGE)
def test_a_grade_of_another_scale_is_doubtful_and_told(layout: str) -> None:
    front = next(front for of, front in CASES if of == layout)
    word = STRANGE[layout]
    for at, row in enumerate(front.rows):
        rows = (*front.rows[:at], replace(row, grade=word), *front.rows[at + 1 :])
        report = read_document(PAPERS[layout](replace(front, rows=rows)))
        doubtful = {one.area_key: one.grade for one in report.judgements if one.is_doubtful}
        assert doubtful == {row.key: word.lower()}
        told = [line for line in report.warnings if "is no grade of the scale of" in line]
        assert len(told) == 1
        assert repr(word) in told[0]


def test_a_board_reviewed_with_a_grade_of_another_scale() -> None:
    cover = [
        "Wexcombe Safeguarding Children Board",
        "Review of the effectiveness of the Local Safeguarding Children Board",
        "Inspection date: 4 March 2015 to 26 March 2015",
        "The effectiveness of the Local Safeguarding Children Board is adequate.",
    ]
    raw: list[RawLine] = [
        (words, 70, 700.0 - 20 * at, 700.0 - 20 * at, 12.0, False, (), ())
        for at, words in enumerate(cover)
    ]
    report = read_document(build_text("made.pdf", [(842.0, raw)], "0" * 64, "here"))
    assert [(one.grade, one.is_doubtful) for one in report.judgements] == [("adequate", True)]
    told = "judgements: 'adequate', printed for lscb, is no grade of the scale of lscb-2013"
    assert told in report.warnings

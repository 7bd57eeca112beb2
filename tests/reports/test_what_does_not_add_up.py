"""Rows, columns, sections and numbers that do not add up: told, and no fact."""

from __future__ import annotations

from pathlib import Path

import pytest

from ofsted_kg.errors import SourceError
from ofsted_kg.reports.layout.paragraphs import gaps
from ofsted_kg.reports.reading import read_report
from ofsted_kg.reports.report import Report, ReportParagraph
from tests.reports.papers import CARE, HELP, LEADERS, LEAVERS, LONG, OVERALL, Paper, ilacs_cover

GRADES = {LEADERS: "Good", HELP: "Inadequate", CARE: "Outstanding", LEAVERS: "Good"}
PLACE = {HELP: "help-and-protection", CARE: "in-care", LEAVERS: "care-leavers", LEADERS: "leaders"}
DAYS = "Inspection dates: 11 to 22 May 2026"
LEAD = "Lead inspector: Ada Quill, His Majesty’s Inspector"


def stated(report: Report) -> dict[str, str]:
    """The grades that a graph would state."""
    return {one.area_key: one.grade for one in report.judgements if not one.is_doubtful}


@pytest.mark.parametrize(
    ("area", "renamed"),
    [
        (CARE, "The experiences and progress of children not in care"),
        (CARE, "The experiences and progress of children in kinship care"),
        (HELP, "The experiences and progress of disabled children who need help and protection"),
        (HELP, "The experiences and progress of children on plans who need help and protection"),
        (LEADERS, "The impact of leaders on education practice with children and families"),
        (LEAVERS, "The experiences and progress of school leavers"),
        (LEAVERS, "The experiences and progress of care leavers (2022)"),
    ],
)
def test_a_row_of_something_else_is_no_area_s(tmp_path: Path, area: str, renamed: str) -> None:
    paper = Paper()
    grades = {renamed if label == area else label: grade for label, grade in GRADES.items()}
    ilacs_cover(paper, grades, DAYS, LEAD)
    report = read_report(paper.save(tmp_path / "a.pdf"))
    assert set(stated(report)) == set(PLACE.values()) - {PLACE[area]}
    assert any(PLACE[area] in line for line in report.warnings)


@pytest.mark.parametrize("last", ["Overall effectiveness (2022)", OVERALL])
def test_an_area_that_its_day_s_version_does_not_know_is_no_fact(tmp_path: Path, last: str) -> None:
    paper = Paper()
    ilacs_cover(paper, {**GRADES, last: "Inadequate"}, DAYS, LEAD)
    report = read_report(paper.save(tmp_path / "a.pdf"))
    assert report.framework_key == "ilacs-2026"
    assert "overall" not in stated(report)
    assert set(stated(report)) == set(PLACE.values())
    assert any("overall" in line for line in report.warnings)


LABELS = (LEADERS, HELP, CARE, LEAVERS, OVERALL)
COLUMN = ("Good", "Requires improvement to be good", "Outstanding", "Good", "Inadequate")


def column_by_column(labels: tuple[str, ...]) -> str:
    return "\n".join(
        [
            "Inspection of Camden local authority children’s services",
            "Inspection dates: 4 to 15 November 2024",
            LEAD,
            "Judgement",
            "Grade",
            *labels,
            *COLUMN,
            "The boats come in when they are called.",
            "What needs to improve?",
            "◼ The quality of piers.",
            f"{HELP}",
            "1. The tides are noted by all who pass.",
        ]
    )


def test_a_table_of_columns_is_read_where_it_adds_up(tmp_path: Path) -> None:
    path = tmp_path / "whole.txt"
    path.write_text(column_by_column(LABELS), encoding="utf-8")
    found = [one.grade for one in read_report(path).judgements]
    assert found == [grade.lower() for grade in COLUMN]


def test_the_labels_of_a_table_of_columns_are_no_headings(tmp_path: Path) -> None:
    path = tmp_path / "whole.txt"
    path.write_text(column_by_column(LABELS), encoding="utf-8")
    report = read_report(path)
    assert len(stated(report)) == len(LABELS)
    assert not any(line.startswith("judgements:") for line in report.warnings)


@pytest.mark.parametrize("lost", range(5))
@pytest.mark.parametrize(
    "instead", [(), ("Children with disabilities",), ("The experiences of piers",)]
)
def test_a_label_lost_from_a_column_loses_its_grades(
    tmp_path: Path, lost: int, instead: tuple[str, ...]
) -> None:
    path = tmp_path / "spoilt.txt"
    labels = (*LABELS[:lost], *instead, *LABELS[lost + 1 :])
    path.write_text(column_by_column(labels), encoding="utf-8")
    report = read_report(path)
    keys = [PLACE.get(label, "overall") for label in LABELS]
    right = dict(zip(keys, (grade.lower() for grade in COLUMN), strict=True))
    assert stated(report).items() <= right.items()
    assert keys[lost] not in stated(report)
    assert any(line.startswith("judgements:") for line in report.warnings)


def test_a_graded_area_of_which_nothing_is_said_is_told(tmp_path: Path) -> None:
    paper = Paper(footer=lambda page: [str(page)])
    ilacs_cover(paper, GRADES, DAYS, LEAD)
    paper.heading("What needs to improve?")
    paper.bullet("The pier must be mended.")
    for number, area in enumerate((HELP, CARE, LEAVERS), 1):
        paper.heading(f"{area}: {GRADES[area].lower()}")
        paper.numbered(number, LONG)
    report = read_report(paper.save(tmp_path / "a.pdf"))
    assert report.warnings == ("paragraphs: none found on leaders, which is graded",)


def numbered(*found: tuple[str, int]) -> list[ReportParagraph]:
    return [
        ReportParagraph(number, page, section, None, "", 0, 0)
        for page, (section, number) in enumerate(found, 1)
    ]


def test_numbers_that_begin_anew_are_told_but_under_a_new_heading() -> None:
    anew = numbered(("A", 1), ("A", 2), ("B", 1), ("B", 2))
    assert gaps(anew) == []
    twice = numbered(("A", 1), ("A", 2), ("A", 1), ("A", 2), ("A", 3))
    assert gaps(twice) == ["paragraphs: number 3 expected, 1 found on page 3"]


def headed(path: Path, head: tuple[str, str], grades: dict[str, str]) -> Path:
    """A cover whose table has another head than the usual."""
    paper = Paper()
    paper.headline("Inspection of the Wexcombe Borough local authority children’s services")
    paper.plain(DAYS, bold=True)
    paper.plain(LEAD, bold=True)
    paper.row(*head)
    for label, grade in grades.items():
        paper.row(label, grade)
    paper.ln(4)
    paper.para(LONG)
    return paper.save(path)


@pytest.mark.parametrize(
    "head",
    [("Judgement area", "Grade"), ("Area", "Outcome"), ("Grade", "Judgement"), ("Area", "Grade")],
)
def test_a_table_under_another_head_is_read_by_its_rows(
    tmp_path: Path, head: tuple[str, str]
) -> None:
    report = read_report(headed(tmp_path / "a.pdf", head, GRADES))
    assert stated(report) == {PLACE[area]: grade.lower() for area, grade in GRADES.items()}


@pytest.mark.parametrize(
    ("head", "grades"),
    [(("Topic", "Mark"), GRADES), (("Area", "Outcome"), {"Piers": "Good", "Tides": "Good"})],
)
def test_without_head_or_rows_it_is_said_what_was_looked_for(
    tmp_path: Path, head: tuple[str, str], grades: dict[str, str]
) -> None:
    path = headed(tmp_path / "a.pdf", head, grades)
    with pytest.raises(SourceError, match='a table headed "Judgement" and "Grade"'):
        read_report(path)

"""A page with two tables of grades: an earlier inspection's may stand there, and none is sure."""

from __future__ import annotations

from pathlib import Path

import pytest

from ofsted_kg.reports.reading import read_report
from tests.reports.papers import CARE, HELP, LEADERS, LEAVERS, LONG, OVERALL, Paper

NOW = {LEADERS: "Good", HELP: "Good", CARE: "Outstanding", LEAVERS: "Good", OVERALL: "Good"}
THEN = {**NOW, OVERALL: "Inadequate"}
TWO = "may hold two tables"


def _front(path: Path, *tables: tuple[str, dict[str, str]]) -> Path:
    paper = Paper()
    paper.headline("Inspection of the Wexcombe Borough local authority children’s services")
    paper.plain("Inspection dates: 9 to 20 February 2026", bold=True)
    paper.plain("Lead inspector: Ada Byron, His Majesty’s Inspector", bold=True)
    paper.row("Judgement", "Grade")
    for title, grades in tables:
        if title:
            paper.plain(title)
        for label, grade in grades.items():
            paper.row(label, grade)
    paper.ln(4)
    paper.para(LONG)
    paper.add_page()
    for label, _ in NOW.items():
        paper.heading(label)
        paper.para(LONG)
    return paper.save(path)


@pytest.mark.parametrize("is_first", [True, False])
def test_no_grade_of_two_tables_is_sure(tmp_path: Path, is_first: bool) -> None:
    tables = [
        ("", THEN if is_first else NOW),
        ("The last inspection", NOW if is_first else THEN),
    ]
    report = read_report(_front(tmp_path / "a.pdf", *tables))
    assert any(TWO in line or "rows of" in line for line in report.warnings)
    assert not any(one.grade == "inadequate" and not one.is_doubtful for one in report.judgements)
    assert not [
        one for one in report.judgements if one.area_key == "overall" and not one.is_doubtful
    ]


def test_one_table_is_sure(tmp_path: Path) -> None:
    report = read_report(_front(tmp_path / "a.pdf", ("", NOW)))
    assert not any(TWO in line for line in report.warnings)
    assert [one.grade for one in report.judgements] == [grade.lower() for grade in NOW.values()]
    assert not any(one.is_doubtful for one in report.judgements)

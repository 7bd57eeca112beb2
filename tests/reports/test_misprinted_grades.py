"""A misprinted grade gives no grade, however its cell breaks it over lines; the rest stands."""

from pathlib import Path

import pytest

from ofsted_kg.reports.reading import read_report
from tests.reports.papers import CARE, HELP, LEADERS, LEAVERS, LONG, OVERALL, Paper

RIGHT = {
    LEADERS: "Good",
    HELP: "Requires improvement to be good",
    CARE: "Outstanding",
    LEAVERS: "Inadequate",
    OVERALL: "Requires improvement to be good",
}
KEYS = {
    LEADERS: "leaders",
    HELP: "help-and-protection",
    CARE: "in-care",
    LEAVERS: "care-leavers",
    OVERALL: "overall",
}
MISPRINTS = (
    "Requires improvment to be good",
    "Requires improvement to good",
    "Requires improvement be good",
    "Requiresimprovement to be good",
    "Reqires improvement to be good",
    "Requires improvement, to be good",
    "Requires improvement to be; good",
    "Requires improvement to be a good",
    "Requires improvement to be outstanding",
    "Needs improvement to be good",
    "RI to be good",
    "Good (previously inadequate)",
    "Inadequate, requires improvement",
    "Not yet good",
    "Less than good",
    "Very good",
    "Good with outstanding features",
)
# Widths of the column of grades: from a word a line to all on one.
WIDTHS = (30, 38, 55, 90)


def page(folder: Path, spoilt: str, grade: str, width: int) -> Path:
    paper = Paper()
    paper.headline("Inspection of the Camden Borough local authority children’s services")
    paper.plain("Inspection dates: 8 to 19 May 2023", bold=True)
    paper.plain("Lead inspector: Ada Quill, His Majesty’s Inspector", bold=True)
    paper.row("Judgement", "Grade", 100, width)
    for area, right in RIGHT.items():
        paper.row(area, grade if area == spoilt else right, 100, width)
    paper.ln(4)
    paper.para(LONG)
    paper.add_page()
    paper.heading("What needs to improve?")
    paper.bullet("The pier must be mended.")
    path = folder / "front.pdf"
    paper.save(path)
    return path


@pytest.mark.parametrize("width", WIDTHS)
@pytest.mark.parametrize("grade", MISPRINTS)
@pytest.mark.parametrize("area", [HELP, OVERALL])
def test_a_misprint_is_told_and_gives_no_grade(
    tmp_path: Path, area: str, grade: str, width: int
) -> None:
    report = read_report(page(tmp_path, area, grade, width))
    sure = {one.area_key: one.grade for one in report.judgements if not one.is_doubtful}
    assert KEYS[area] not in sure
    others = {KEYS[one]: right.lower() for one, right in RIGHT.items() if one != area}
    assert sure.items() <= others.items()
    assert any(line.startswith("judgements: ") for line in report.warnings)


@pytest.mark.parametrize("width", WIDTHS)
def test_a_right_page_gives_all(tmp_path: Path, width: int) -> None:
    report = read_report(page(tmp_path, OVERALL, RIGHT[OVERALL], width))
    found = {one.area_key: one.grade for one in report.judgements}
    assert found == {KEYS[area]: right.lower() for area, right in RIGHT.items()}

"""ILACS layouts and their traps, in reports made here."""

from __future__ import annotations

from pathlib import Path

import pytest

from ofsted_kg.reports.reading import read_report
from tests.reports.papers import (
    CARE,
    CARE_AND_LEAVERS,
    HANG,
    HELP,
    LEADERS,
    LEAVERS,
    LONG,
    OVERALL,
    Paper,
    ilacs_cover,
    told,
)

FOUR = {LEADERS: "Good", HELP: "Requires improvement to be good", CARE_AND_LEAVERS: "Outstanding"}
FIVE = {LEADERS: "Good", HELP: "Inadequate", CARE: "Outstanding", LEAVERS: "Good"}
DATES = "Inspection dates: 8 to 19 May 2023"
LEAD = "Lead inspector: Zoë Quill-Marsh, His Majesty’s Inspector"


def two_line_footer(page: int) -> list[str]:
    if page == 1:
        return []
    return [
        "Inspection of the Wexcombe Borough local authority children’s services",
        f"8 to 19 May 2023      {page}",
    ]


def test_five_rows_with_footer_that_cuts_list_and_paragraph(tmp_path: Path) -> None:
    paper = Paper(footer=two_line_footer)
    ilacs_cover(paper, {**FIVE, OVERALL: "Requires improvement to be good"}, DATES, LEAD)
    paper.add_page()
    for _ in range(10):
        paper.para(LONG)
    paper.heading("What needs to improve?")
    for _ in range(6):
        paper.bullet(
            "The speed of replies to letters from the lighthouse keepers and their crews, "
            "and how often tides are noted."
        )
    paper.heading(f"{HELP}: inadequate")
    for number in range(1, 12):
        paper.numbered(number, LONG * 2)
    report = read_report(paper.save(tmp_path / "a.pdf"))

    assert report.authority == "Wexcombe Borough"
    assert report.framework == "ILACS standard"
    assert report.framework_key == "ilacs-2023"
    assert report.lead_inspector == "Zoë Quill-Marsh"
    assert str(report.inspection_start) == "2023-05-08"
    assert str(report.inspection_end) == "2023-05-19"
    assert report.published is None
    assert [(found.area_key, found.grade, found.page) for found in report.judgements] == [
        ("leaders", "good", 1),
        ("help-and-protection", "inadequate", 1),
        ("in-care", "outstanding", 1),
        ("care-leavers", "good", 1),
        ("overall", "requires improvement to be good", 1),
    ]
    pages = [item.page for item in report.recommendations]
    assert len(pages) == 6
    assert pages[0] == 2
    assert pages[-1] == 3
    assert all(item.text.endswith("tides are noted.") for item in report.recommendations)
    assert [paragraph.number for paragraph in report.paragraphs] == list(range(1, 12))
    assert {paragraph.area_key for paragraph in report.paragraphs} == {"help-and-protection"}
    crossing = [p for p in report.paragraphs if "\f" in report.text[p.start : p.end]]
    assert crossing
    assert all(report.text[: p.end].endswith("story twice.") for p in report.paragraphs)
    assert {paragraph.text for paragraph in report.paragraphs} == {(LONG * 2).strip()}
    assert told(report) == []


def test_four_rows_with_title_under_the_name_and_page_numbers(tmp_path: Path) -> None:
    paper = Paper(footer=lambda page: [str(page)])
    paper.headline("Wexcombe Council")
    paper.plain("Inspection of children’s social care services", 16, bold=True)
    paper.plain("Inspection dates: 29 October 2018 to 2 November 2018")
    paper.plain("Lead inspector: Ida Fernleigh")
    paper.plain("                Her Majesty’s Inspector")
    paper.row("Judgement", "Grade")
    for label, grade in FOUR.items():
        paper.row(label, grade, grade_width=35)
    paper.row(OVERALL, "Requires improvement")
    paper.heading("What needs to improve:")
    paper.bullet("the folding of maps, particularly those of the")
    paper.bullet("tea")
    paper.heading(f"{LEADERS} is good.")
    paper.numbered(1, LONG)
    report = read_report(paper.save(tmp_path / "b.pdf"))

    assert report.authority == "Wexcombe Council"
    assert report.framework == "ILACS short"
    assert report.framework_key == "ilacs-2018"
    assert report.lead_inspector == "Ida Fernleigh"
    assert [(found.area_key, found.grade) for found in report.judgements] == [
        ("leaders", "good"),
        ("help-and-protection", "requires improvement to be good"),
        ("in-care-and-care-leavers", "outstanding"),
        ("overall", "requires improvement"),
    ]
    assert [item.text for item in report.recommendations] == [
        "the folding of maps, particularly those of the",
        "tea",
    ]


def test_no_overall_judgement_from_april_2026(tmp_path: Path) -> None:
    paper = Paper()
    ilacs_cover(paper, FIVE, "Inspection dates: 11 to 15 May 2026", LEAD)
    report = read_report(paper.save(tmp_path / "c.pdf"))
    assert report.framework_key == "ilacs-2026"
    assert len(report.judgements) == 4
    assert not [line for line in report.warnings if line.startswith("judgements")]


def test_missing_overall_before_april_2026_is_named(tmp_path: Path) -> None:
    paper = Paper()
    ilacs_cover(paper, FIVE, DATES, LEAD)
    report = read_report(paper.save(tmp_path / "d.pdf"))
    assert report.framework_key == "ilacs-2023"
    assert "judgements: no grade found for overall" in report.warnings


def test_nested_items_belong_to_their_parent(tmp_path: Path) -> None:
    paper = Paper()
    ilacs_cover(paper, {**FOUR, OVERALL: "Good"}, DATES, LEAD)
    paper.heading("What needs to improve?")
    paper.bullet("Maps, including:")
    paper.item(
        "–", "their colours, which have faded since the ferry stopped running from the quay", HANG
    )
    paper.item("–", "their folding.", HANG)
    paper.bullet("Tea – its strength and its sugar.")
    report = read_report(paper.save(tmp_path / "e.pdf"))
    maps, tea = report.recommendations
    assert maps.text == "Maps, including:"
    assert [item.text for item in maps.sub_items][1] == "their folding."
    assert len(maps.sub_items) == 2
    assert report.text[maps.start : maps.end].endswith("their folding.")
    assert tea.text == "Tea – its strength and its sugar."
    assert tea.sub_items == ()


def test_footnote_mark_on_the_heading_and_small_print(tmp_path: Path) -> None:
    paper = Paper()
    ilacs_cover(paper, {**FOUR, OVERALL: "Good"}, DATES, LEAD)
    paper.add_page()
    paper.set_font("Helvetica", "B", 14)
    paper.write(6, "What needs to improve?")
    paper.mark(1)
    paper.ln(10)
    paper.bullet("The strength of the tea (Outcome 3).")
    paper.footnote(1, "Numbers in brackets point to a list that nobody has written.")
    report = read_report(paper.save(tmp_path / "f.pdf"))
    assert [item.text for item in report.recommendations] == [
        "The strength of the tea (Outcome 3)."
    ]


def test_prose_instead_of_items_is_named_and_not_made_an_item(tmp_path: Path) -> None:
    paper = Paper()
    ilacs_cover(paper, {**FOUR, OVERALL: "Outstanding"}, DATES, LEAD)
    paper.heading("What needs to improve?")
    paper.para("Very little: the harbour master keeps a list and works down it.")
    paper.heading(f"{LEADERS}: good")
    paper.numbered(1, LONG)
    report = read_report(paper.save(tmp_path / "g.pdf"))
    assert report.recommendations == ()
    assert any("no item under" in line for line in report.warnings)


def test_heading_that_disagrees_with_the_table_is_named(tmp_path: Path) -> None:
    paper = Paper()
    ilacs_cover(paper, {**FOUR, OVERALL: "Good"}, DATES, LEAD)
    paper.heading(f"{LEADERS}: inadequate")
    paper.numbered(1, LONG)
    report = read_report(paper.save(tmp_path / "h.pdf"))
    assert [line for line in report.warnings if "in a heading on page 1" in line]


def test_gap_in_the_paragraph_numbers_is_named(tmp_path: Path) -> None:
    paper = Paper()
    ilacs_cover(paper, {**FOUR, OVERALL: "Good"}, DATES, LEAD)
    paper.heading(f"{LEADERS}: good")
    paper.add_page()
    paper.numbered(1, LONG)
    paper.numbered(3, LONG)
    report = read_report(paper.save(tmp_path / "i.pdf"))
    assert "paragraphs: number 2 expected, 3 found on page 2" in report.warnings


@pytest.mark.parametrize(
    ("printed", "windows"),
    [
        (
            "Inspection dates: 8 July 2019 to 12 July 2019 and 7 August 2019 to 8 August 2019",
            [["2019-07-08", "2019-07-12"], ["2019-08-07", "2019-08-08"]],
        ),
        ("Inspection date: 11 – 22 July 2022", [["2022-07-11", "2022-07-22"]]),
    ],
)
def test_windows_of_fieldwork(tmp_path: Path, printed: str, windows: list[list[str]]) -> None:
    paper = Paper()
    ilacs_cover(paper, {**FOUR, OVERALL: "Good"}, printed, LEAD)
    record = read_report(paper.save(tmp_path / "j.pdf")).to_record()
    assert record["inspection_windows"] == windows
    assert record["inspection_start"] == windows[0][0]
    assert record["inspection_end"] == windows[-1][1]


def test_two_lead_inspectors(tmp_path: Path) -> None:
    paper = Paper()
    paper.headline("Inspection of Wexcombe children’s services")
    paper.plain(DATES)
    paper.plain("Lead inspectors: Ida Fernleigh, Her Majesty’s Inspector, and Bo Tarn,")
    paper.plain("Her Majesty’s Inspector")
    paper.row("Judgement", "Grade")
    for label, grade in {**FOUR, OVERALL: "Good"}.items():
        paper.row(label, grade)
    report = read_report(paper.save(tmp_path / "k.pdf"))
    assert report.authority == "Wexcombe"
    assert report.lead_inspector == "Ida Fernleigh and Bo Tarn"


@pytest.mark.parametrize(
    "title", ["Inspection of Wexcombe Children’s Trust", "Inspection of Harbours for Children Ltd"]
)
def test_a_trust_in_the_title(tmp_path: Path, title: str) -> None:
    paper = Paper()
    paper.headline(title)
    paper.plain(DATES, bold=True)
    paper.plain(LEAD, bold=True)
    paper.row("Judgement", "Grade")
    for label, grade in {**FOUR, OVERALL: "Good"}.items():
        paper.row(label, grade)
    report = read_report(paper.save(tmp_path / "trust.pdf"))
    assert report.authority == title.removeprefix("Inspection of ")
    assert len(report.judgements) == 4
    assert report.is_reinspection is False


def test_an_area_that_the_version_of_its_day_lacks_is_doubtful(tmp_path: Path) -> None:
    """In 2019 children in care and care leavers had one grade; here the row is cut short."""
    paper = Paper()
    grades = {LEADERS: "Good", HELP: "Good", CARE: "Good", OVERALL: "Good"}
    ilacs_cover(paper, grades, "Inspection dates: 6 to 17 May 2019", LEAD)
    report = read_report(paper.save(tmp_path / "short.pdf"))
    assert report.framework_key == "ilacs-2018"
    assert [one.area_key for one in report.judgements if one.is_doubtful] == ["in-care"]
    assert {
        "judgements: ilacs-2018 has no area in-care",
        "judgements: no grade found for in-care-and-care-leavers",
    } <= set(report.warnings)


def test_a_table_of_another_version_than_that_of_its_day_is_told(tmp_path: Path) -> None:
    paper = Paper()
    grades = {LEADERS: "Good", HELP: "Good", CARE: "Good", LEAVERS: "Good", OVERALL: "Good"}
    ilacs_cover(paper, grades, "Inspection dates: 6 to 17 May 2019", LEAD)
    report = read_report(paper.save(tmp_path / "other.pdf"))
    assert report.framework_key == "ilacs-2018"
    doubtful = {one.area_key for one in report.judgements if one.is_doubtful}
    assert doubtful == {"in-care", "care-leavers"}
    assert (
        "judgements: the areas are those of ilacs-2023, which was not in force on 2019-05-06"
        in report.warnings
    )

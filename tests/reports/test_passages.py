"""Passages of made-up reports: across pages, beside furniture, without a number."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest

from ofsted_kg.reports.passages import ReportPassages
from ofsted_kg.reports.reading import read_report
from ofsted_kg.reports.report import Report, ReportParagraph
from ofsted_kg.texts.pieces import words_of
from tests.reports.papers import (
    CARE,
    HELP,
    LEADERS,
    LEAVERS,
    LONG,
    OVERALL,
    Paper,
    ilacs_cover,
    told,
)

TITLE = "Inspection of the Wexcombe Borough local authority children’s services"
DATES = "3 to 14 March 2025"
GRADES = dict.fromkeys((LEADERS, HELP, CARE, LEAVERS, OVERALL), "Good")
IMPRINT = (
    "The Office for Standards in Education, Children’s Services and Skills (Ofsted) has other "
    "words here, which are made up.",
    "If you would like a copy of this document in another form, ask the lighthouse.",
    "© Crown copyright 2025",
)


def paper(footer: Callable[[int], list[str]]) -> Paper:
    made = Paper(footer=footer)
    ilacs_cover(made, GRADES, f"Inspection dates: {DATES}", "Lead inspector: Ida Fernleigh")
    made.add_page()
    made.heading("What needs to improve?")
    made.bullet("The reading of tide charts.")
    return made


def words(report: Report, one: ReportParagraph) -> str:
    return " ".join(words_of(one.pieces, report.text).split())


@pytest.mark.parametrize(
    "footer",
    [
        lambda page: [str(page)],
        lambda page: [TITLE, f"{DATES}      {page}"],
        lambda page: [TITLE, str(page), DATES],
        lambda page: [str(page), TITLE, DATES],
        lambda page: [TITLE, DATES] + ([str(page)] if page > 1 else []),
        lambda page: [f"{TITLE} {page}"],
    ],
)
def test_a_paragraph_over_pages_is_its_words_alone(
    tmp_path: Path, footer: Callable[[int], list[str]]
) -> None:
    made = paper(footer)
    made.heading(f"{HELP}: good")
    for number in range(1, 15):
        made.numbered(number, LONG * 3)
    report = read_report(made.save(tmp_path / "a.pdf"))
    assert told(report) == []
    assert {one.section for one in report.paragraphs} == {f"{HELP}: good"}
    assert [words(report, one) for one in report.paragraphs] == [
        f"{number}. {LONG * 3}".strip() for number in range(1, 15)
    ]
    crossing = [one for one in report.paragraphs if "\f" in report.text[one.start : one.end]]
    assert crossing
    assert all(len(one.pieces) == 2 for one in crossing)
    assert all(len(one.pieces) == 1 for one in report.paragraphs if one not in crossing)


@pytest.mark.parametrize("size", [10, 12])
def test_the_imprint_is_no_part_of_the_last_paragraph(tmp_path: Path, size: float) -> None:
    made = paper(lambda page: [str(page)])
    made.heading(f"{HELP}: good")
    made.numbered(1, LONG)
    made.set_left_margin(made.l_margin + 15)
    for one in IMPRINT:
        made.set_font("Helvetica", "", size)
        made.multi_cell(120, 5, one, align="L", new_x="LMARGIN", new_y="NEXT")
    report = read_report(made.save(tmp_path / "a.pdf"))
    assert words(report, report.paragraphs[-1]) == f"1. {LONG}".strip()
    assert not any("lighthouse" in one.text for one in report.unnumbered)


def test_the_opening_summary_is_read_from_its_first_page_to_its_last(tmp_path: Path) -> None:
    made = Paper(footer=lambda page: [TITLE, DATES if page == 1 else f"{DATES}     {page}"])
    ilacs_cover(made, GRADES, f"Inspection dates: {DATES}", "Lead inspector: Ida Fernleigh")
    for _ in range(3):
        made.para(LONG * 5)
    made.heading("What needs to improve?")
    made.bullet("The reading of tide charts.")
    made.heading(f"{HELP}: good")
    made.numbered(1, LONG)
    report = read_report(made.save(tmp_path / "a.pdf"))
    assert [words(report, one) for one in report.unnumbered] == [
        LONG.strip(),
        *[(LONG * 5).strip()] * 3,
    ]
    assert report.unnumbered[0].page == 1
    assert max(len(one.pieces) for one in report.unnumbered) == 2
    assert [one.number for one in report.paragraphs] == [1]
    places = ReportPassages(report, "a").unnumbered
    assert [place.key for place in places] == ["u1", "u2", "u3", "u4"]
    assert places[0].locator == "unnumbered paragraph 1, page 1"


@pytest.mark.parametrize(
    ("heading", "area"),
    [
        ("Experiences and progress of children who need help and protection: good", HELP),
        ("The experience and progress of children in care is good", CARE),
        ("Impact of leaders on practice with children and families: good", LEADERS),
        ("The experiences of care leavers: good", LEAVERS),
        ("The experiences and progress of care leavers", LEAVERS),
    ],
)
def test_a_heading_opens_the_area_that_it_means(tmp_path: Path, heading: str, area: str) -> None:
    made = paper(lambda page: [str(page)])
    made.heading(heading)
    made.numbered(1, LONG)
    report = read_report(made.save(tmp_path / "a.pdf"))
    keys = {one.area: one.area_key for one in report.judgements}
    assert [one.area_key for one in report.paragraphs] == [keys[area]]


def test_a_heading_that_means_no_area_opens_none(tmp_path: Path) -> None:
    made = paper(lambda page: [str(page)])
    made.heading(f"{HELP}: good")
    made.numbered(1, LONG)
    made.heading("Children in care and their boats")
    made.numbered(2, LONG)
    report = read_report(made.save(tmp_path / "a.pdf"))
    assert [one.area_key for one in report.paragraphs] == ["help-and-protection", None]


def test_a_number_without_its_stop_or_close_to_its_word(tmp_path: Path) -> None:
    made = paper(lambda page: [str(page)])
    made.heading(f"{HELP}: good")
    made.item("1.", LONG)
    made.item("2", LONG)
    made.para(f"3.{LONG}")
    made.item("4.", f"{LONG} The youngest rower was\n17 And he rowed all the same.")
    report = read_report(made.save(tmp_path / "a.pdf"))
    assert [one.number for one in report.paragraphs] == [1, 2, 3, 4]


def test_items_under_a_colon_belong_to_their_paragraph(tmp_path: Path) -> None:
    made = paper(lambda page: [str(page)])
    made.heading("About the harbour")
    made.para("In the last year there have been:")
    made.bullet("two storms;")
    made.bullet("one flood.")
    made.heading(f"{HELP}: good")
    made.numbered(1, LONG)
    report = read_report(made.save(tmp_path / "a.pdf"))
    ends = [words(report, one).split()[-1] for one in report.unnumbered]
    assert ends == ["twice.", "flood."]
    assert report.unnumbered[1].section == "About the harbour"

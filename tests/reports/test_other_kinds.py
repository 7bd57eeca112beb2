"""Documents that no family reads are named, each with what is missing; and several in one file."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest

from ofsted_kg.errors import SourceError
from ofsted_kg.reports.reading import other_kinds, read_document, read_report
from ofsted_kg.texts.lines import plain_text
from tests.reports.joint_papers import area_report, closing, ending, letter
from tests.reports.papers import (
    CARE,
    HELP,
    LEADERS,
    LEAVERS,
    LONG,
    OVERALL,
    Paper,
    ilacs_cover,
)

GRADES = {LEADERS: "Good", HELP: "Good", CARE: "Good", LEAVERS: "Good", OVERALL: "Good"}

# Titles and subjects as such documents print them.
TITLES = [
    ("Joint local area SEND inspection in Wexcombe", "inspection of 2016 to 2021"),
    ("Wexcombe local area: a Written Statement of Action is required", "of 2016 to 2021"),
    ("Focused visit to Wexcombe Council children’s services", "a focused visit"),
    ("COVID-19 assurance visit to Wexcombe", "a focused visit"),
    ("Monitoring visit of Wexcombe children’s services", "a monitoring visit"),
    ("Monitoring visit to Wexcombe City Council children’s services", "a monitoring visit"),
    (
        "Inspection of local authority arrangements for the protection of children",
        "a child protection inspection of 2012 to 2013",
    ),
    (
        "Annual unannounced inspection of contact, referral and assessment arrangements within "
        "Wexcombe children’s services",
        "an unannounced inspection of contact, referral and assessment arrangements",
    ),
    ("Joint area review: Wexcombe Children’s Services Authority Area", "a joint area review"),
    (
        "Annual performance assessment of services for children and young people in Wexcombe 2008",
        "an annual performance assessment",
    ),
    (
        "Core Case Inspection of youth offending work in Wex",
        "an inspection of youth offending",
    ),
    ("An inspection of youth justice services in Wexcombe", "an inspection of youth offending"),
    ("SC000001 Inspection of children home", "a children's home"),
    ("Cafcass national inspection", "an inspection of Cafcass"),
    ("Inspection of private fostering arrangements: Wexcombe", "of private fostering"),
    (
        "Inspection report for LA Fostering Agency: Wexcombe",
        "a fostering service",
    ),
    ("Inspection report for local authority adoption agency", "an adoption service"),
    ("Inspection report for children’s home", "a children's home"),
    ("Wexcombe Council\nFostering", "a fostering service"),
    ("Inspection of Wexcombe Children’s Trust fostering", "a fostering service"),
    ("Wexcombe Council\nAdoption", "an adoption service"),
    ("Private fostering", "of private fostering"),
    ("Supported accommodation inspection: Saltney Homes", "of supported accommodation"),
    (
        "Joint inspection of child protection arrangements in Wexcombe",
        "a joint inspection of child protection arrangements",
    ),
    ("JICPA: Wexcombe", "a joint inspection of child protection arrangements"),
    (
        "Area SEND monitoring inspection of Wexcombe Local Area Partnership",
        "(SEND) monitoring inspection",
    ),
    ("Area SEND visit to Wexcombe", "an area special educational needs (SEND) inspection"),
    (
        "Monitoring of children’s services in Wexcombe\nThe third quarterly visit since the "
        "local authority was judged to be inadequate",
        "a monitoring visit",
    ),
    ("Harbour House, children's home: full inspection", "a children's home"),
    ("Residential special school inspection report", "a residential special school"),
    ("Further education and skills inspection report", "further education and skills"),
    ("Inspection of Little Boats Day Nursery", "a childcare inspection"),
    ("Inspection of Wexcombe Primary School", "a school's inspection"),
    ("Press release: Wexcombe children’s services improve", "a news page, not a report"),
    ("Wexcombe council judged outstanding by Ofsted for its schools", "a news page, not a report"),
]


@pytest.mark.parametrize(("title", "kind"), TITLES)
def test_a_document_of_another_kind_is_named(title: str, kind: str) -> None:
    words = f"{title}\nInspection dates: 4 to 5 May 2012\nThe school bus stops at the academy.\n"
    with pytest.raises(SourceError) as caught:
        read_document(plain_text("a.txt", words, "0" * 64))
    line = str(caught.value)
    assert "\n" not in line
    assert kind in line
    assert "; to read one, " in line


def test_each_kind_has_a_title_here_or_a_family_of_its_own() -> None:
    named = {
        kind.name for kind in other_kinds() if any(kind.title.search(title) for title, _ in TITLES)
    }
    rest = {kind.name for kind in other_kinds()} - named
    assert rest <= {"a joint targeted area inspection"}


def test_a_letter_that_names_an_inspection_is_not_taken_for_its_report() -> None:
    words = (
        "Monitoring visit of Wexcombe children’s services\nThis is the first visit since the "
        "inspection of services for children in need of help and protection.\n"
    )
    with pytest.raises(SourceError, match="a monitoring visit"):
        read_document(plain_text("a.txt", words, "0" * 64))


def test_reports_in_one_file_are_refused_with_their_first_pages(tmp_path: Path) -> None:
    paper = Paper()
    for number, dates in enumerate(("4 to 15 May 2023", "5 to 16 June 2023"), start=1):
        ilacs_cover(paper, GRADES, f"Inspection dates: {dates}", "Lead inspector: Ida Fernleigh")
        paper.add_page()
        paper.para(LONG)
        if number == 1:
            paper.add_page()
    with pytest.raises(SourceError, match=r"holds 2 reports, which begin on pages 1, 3: save"):
        read_report(paper.save(tmp_path / "a.pdf"))


def _letter_page(paper: Paper, greeting: str = "Dear local partnership") -> None:
    """The first page of another document, a letter, which prints no label before its days."""
    paper.add_page()
    paper.plain("9 May 2019")
    paper.plain(greeting)
    paper.heading("Focused visit to Saltney children’s services", size=12)
    paper.para(LONG)


def _whole_letter() -> Paper:
    paper = letter()
    paper.heading("Key strengths")
    paper.bullet("Nets are whole.")
    paper.heading("Areas for improvement")
    paper.bullet("Lamps go out too early.")
    return closing(paper)


def _whole_area_report() -> Paper:
    paper = area_report()
    paper.heading("Areas for improvement")
    paper.bullet("Leaders should mend ropes.")
    return ending(paper)


def _whole_ilacs() -> Paper:
    paper = Paper()
    dates = "Inspection dates: 4 to 15 May 2023"
    ilacs_cover(paper, GRADES, dates, "Lead inspector: Ida Fernleigh")
    return paper


@pytest.mark.parametrize("first", [_whole_letter, _whole_area_report, _whole_ilacs])
@pytest.mark.parametrize("greeting", ["Dear local partnership", "Dear Ada Quill"])
def test_a_letter_behind_a_report_is_refused(
    first: Callable[[], Paper], greeting: str, tmp_path: Path
) -> None:
    paper = first()
    page = paper.page_no() + 1
    _letter_page(paper, greeting)
    with pytest.raises(SourceError, match=rf"holds 2 reports, which begin on pages 1, {page}: "):
        read_report(paper.save(tmp_path / "a.pdf"))


def test_a_report_behind_a_single_inspection_is_no_review_of_its_board(tmp_path: Path) -> None:
    paper = Paper()
    paper.headline("Inspection of services for children in need of help and protection, Wexcombe")
    paper.plain("Inspection dates: 4 to 15 May 2015")
    paper.para(LONG)
    paper.add_page()
    ilacs_cover(paper, GRADES, "Inspection dates: 5 to 16 June 2023", "Lead inspector: Ida Fern")
    with pytest.raises(SourceError, match=r"holds 2 reports, which begin on pages 1, 2: "):
        read_report(paper.save(tmp_path / "a.pdf"))


def test_a_report_of_another_kind_behind_a_report_is_refused(tmp_path: Path) -> None:
    paper = _whole_ilacs()
    paper.add_page()
    paper.headline("Joint area review: Saltney Children’s Services Authority Area")
    paper.para(LONG)
    with pytest.raises(SourceError, match=r"holds 2 reports, which begin on pages 1, 2: "):
        read_report(paper.save(tmp_path / "a.pdf"))


def test_a_list_in_large_type_and_a_greeting_in_a_sentence_begin_no_report(tmp_path: Path) -> None:
    paper = _whole_ilacs()
    paper.add_page()
    paper.set_font("Helvetica", "", 17)
    paper.multi_cell(160, 8, "• The council runs two children’s homes.")
    paper.para(LONG)
    paper.para(
        "Dear as the harbour is to all who row there, nobody had counted its boats for a year, "
        "nor had anybody asked the wardens where they were."
    )
    paper.para(LONG * 6)
    assert len(read_report(paper.save(tmp_path / "a.pdf")).judgements) == 5


def test_a_letter_behind_a_text_is_refused(tmp_path: Path) -> None:
    path = tmp_path / "a.txt"
    letter_text = f"9 May 2019\nDear Ada Quill\nFocused visit\n{LONG}\n"
    path.write_text(f"{BODY}\n{letter_text}", encoding="utf-8")
    with pytest.raises(SourceError, match="holds 2 reports, which begin at characters"):
        read_report(path)


def test_dates_that_are_told_again_do_not_begin_another_report(tmp_path: Path) -> None:
    paper = Paper()
    dates = "Inspection dates: 4 to 15 May 2023"
    ilacs_cover(paper, GRADES, dates, "Lead inspector: Ida Fernleigh")
    paper.add_page()
    paper.plain(dates)
    paper.para(LONG)
    assert len(read_report(paper.save(tmp_path / "a.pdf")).judgements) == 5


def test_reports_in_one_text_are_refused(tmp_path: Path) -> None:
    one = (
        f"Inspection of Wexcombe children’s services\nInspection dates: 4 to 15 May 2023\n{LONG}\n"
    )
    path = tmp_path / "a.txt"
    path.write_text(f"{one}Judgement Grade\n{one}", encoding="utf-8")
    with pytest.raises(SourceError, match="holds 2 reports, which begin at characters"):
        read_report(path)


BODY = "\n".join(
    [
        "Inspection of Wexcombe children’s services",
        "Inspection dates: 4 to 15 May 2023",
        "Judgement Grade",
        *(f"{number}. {LONG}" for number in range(1, 13)),
    ]
)


def broken(text: str, width: int) -> str:
    """A text with its lines broken at a width, as pdftotext gives it."""
    lines: list[str] = []
    for paragraph in text.split("\n"):
        line = ""
        for word in paragraph.split():
            if line and len(line) + len(word) >= width:
                lines.append(line)
                line = word
            else:
                line = f"{line} {word}".strip()
        lines.append(line)
    return "\n".join(lines)


@pytest.mark.parametrize("width", [40, 70, 100, 130])
def test_text_broken_as_on_the_page_is_refused(tmp_path: Path, width: int) -> None:
    path = tmp_path / "a.txt"
    path.write_text(broken(BODY, width), encoding="utf-8")
    with pytest.raises(SourceError, match="lines are broken as on the page"):
        read_report(path)


def test_text_that_runs_on_in_one_line_is_refused(tmp_path: Path) -> None:
    path = tmp_path / "a.txt"
    path.write_text(" ".join(BODY.split()), encoding="utf-8")
    with pytest.raises(SourceError, match="run on in one line"):
        read_report(path)

"""Letters on joint targeted area inspections, made up: what they say and what they leave out."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest

from ofsted_kg.errors import SourceError
from ofsted_kg.reports.partnership import Partnership
from ofsted_kg.reports.reading import read_report
from ofsted_kg.reports.report import Report
from tests.reports.joint_papers import LEADERS, PEOPLE, closing, letter
from tests.reports.papers import LONG, Paper


def read(paper: Paper, folder: Path) -> tuple[Report, Partnership]:
    report = read_report(paper.save(folder / "letter.pdf"))
    assert report.family == "jtai"
    assert report.partnership is not None
    return report, report.partnership


@pytest.fixture
def whole() -> Paper:
    paper = letter()
    paper.heading("Key strengths")
    paper.bullet("Nets are whole.")
    paper.bullet("Children know the harbour master.")
    paper.heading("Case study: highly effective practice")
    paper.bullet("Boxed points are neither strengths nor items.")
    paper.heading("Areas for priority action")
    paper.bullet("There are no areas for priority action")
    paper.heading("Areas for improvement")
    paper.bullet("Lamps go out too early.")
    paper.heading("Leadership", size=12)
    paper.bullet("Bells are rung late.")
    paper.heading("Case study: area for improvement")
    paper.para("The words of the heading open no second list.")
    return closing(paper)


def test_a_letter_has_its_lists_apart_from_boxes_and_nil_sentences(
    whole: Paper, tmp_path: Path
) -> None:
    report, found = read(whole, tmp_path)
    assert [(one.text, one.section, one.subsection) for one in report.recommendations] == [
        ("Lamps go out too early.", "Areas for improvement", None),
        ("Bells are rung late.", "Areas for improvement", "Leadership"),
    ]
    assert len(found.strengths) == 2
    assert [one.section for one in found.nil_statements] == ["Areas for priority action"]
    assert [one.heading for one in found.boxes] == [
        "Case study: highly effective practice",
        "Case study: area for improvement",
    ]
    assert report.judgements == ()
    assert report.warnings == ()


def test_keys_of_points_are_those_of_paragraphs(whole: Paper, tmp_path: Path) -> None:
    report, found = read(whole, tmp_path)
    for point in (*found.strengths, *found.nil_statements):
        paragraph = report.unnumbered[int(point.key[1:]) - 1]
        assert (paragraph.start, paragraph.end) == (point.start, point.end)
        assert paragraph.section == point.section


def test_people_dates_and_next_steps(whole: Paper, tmp_path: Path) -> None:
    report, found = read(whole, tmp_path)
    assert report.authority == "Wexcombe"
    assert report.published == date(2019, 5, 9)
    assert report.windows == ((date(2019, 3, 4), date(2019, 3, 8)),)
    assert [(one.name, one.post, one.body) for one in found.addressees] == [
        ("Ada Quill", "Director of Children’s Services", "Wexcombe Borough Council"),
        ("Dr Bo Marsh OBE", "Chief Nurse", "NHS Wexcombe and Saltney CCG"),
        ("Cy Reed", "Chief Constable", "Saltney Police"),
        (
            "Di Fenn-Hale",
            "Head of Saltney and Wexcombe Local Delivery Unit and the Marshes",
            "National Probation Service",
        ),
    ]
    assert found.theme is not None
    assert found.theme.key == "domestic-abuse"
    assert [one.key for one in found.inspectorates] == [
        "ofsted",
        "cqc",
        "hmicfrs",
        "hmi-probation",
    ]
    steps = found.next_steps
    assert steps is not None
    assert steps.prepared_by is not None
    assert steps.prepared_by.value == "The harbour council"
    assert steps.involving == ("CCG", "Saltney Police", "youth club")
    assert steps.sent_by is not None
    assert steps.sent_by.value == "Ada Quill"
    assert steps.due is not None
    assert steps.due.value == date(2019, 9, 20)
    assert [(one.name, one.inspectorate) for one in found.signatories] == [
        ("Ed Lark", "ofsted"),
        ("Flo Teal", "cqc"),
        ("Gil Wren", "hmicfrs"),
        ("Hy Crane", "hmi-probation"),
    ]


@pytest.mark.parametrize(
    ("day", "days", "expected"),
    [
        ("29 June 2016", "Between 16 May and 20 May", (date(2016, 5, 16), date(2016, 5, 20))),
        ("9 January 2018", "Between 4 and 8 December", (date(2017, 12, 4), date(2017, 12, 8))),
        (
            "9 March 2018",
            "Between 29 January and 2 February 2018",
            (date(2018, 1, 29), date(2018, 2, 2)),
        ),
    ],
)
def test_days_without_a_year_are_those_before_the_letter(
    day: str, days: str, expected: tuple[date, date], tmp_path: Path
) -> None:
    report, _ = read(closing(letter(day=day, days=days)), tmp_path)
    assert report.windows == (expected,)


MAIN = (date(2019, 3, 4), date(2019, 3, 8))
ONE = (date(2019, 3, 14), date(2019, 3, 14))
TWO = (date(2019, 3, 14), date(2019, 3, 15))


@pytest.mark.parametrize(
    ("days", "expected"),
    [
        ("Between 4 and 8 March 2019 and on 14 March 2019", (MAIN, ONE)),
        ("Between 4 and 8 March 2019, and on 14 March 2019", (MAIN, ONE)),
        ("Between 4 and 8 March and between 14 and 15 March 2019", (MAIN, TWO)),
        ("Between 4 and 8 March and 14 to 15 March 2019", (MAIN, TWO)),
        ("From 4 to 8 March 2019 and on 14 March 2019", (MAIN, ONE)),
        ("Between 4 March 2019 and 8 March 2019 and again from 14 to 15 March 2019", (MAIN, TWO)),
        ("Between Monday 4th and Friday 8th March 2019", (MAIN,)),
        ("On 14 March 2019", (ONE,)),
    ],
)
def test_every_period_of_days_is_read(
    days: str, expected: tuple[tuple[date, date], ...], tmp_path: Path
) -> None:
    report, _ = read(closing(letter(days=days)), tmp_path)
    assert report.windows == expected
    assert not any(line.startswith("inspection dates") for line in report.warnings)


def test_days_that_no_period_holds_are_told(tmp_path: Path) -> None:
    days = "From 4 to 8 March 2019, with further talks in the harbour on 14 March 2019"
    report, _ = read(closing(letter(days=days)), tmp_path)
    assert "inspection dates: other days are printed behind them" in report.warnings


def test_what_is_missing_is_said(tmp_path: Path) -> None:
    paper = letter(days="In spring", people=("Ada Quill",))
    paper.heading("Key strengths")
    paper.heading("Areas for improvement")
    report, _ = read(closing(paper, due="soon"), tmp_path)
    assert report.windows == ()
    assert set(report.warnings) >= {
        "inspection dates: none found in the opening",
        "Key strengths: no item, and no word that there is none",
        "Areas for improvement: no item, and no word that there is none",
        "next steps: the day it is due not found",
    }


def test_a_letter_without_lists_says_so(tmp_path: Path) -> None:
    report, _ = read(letter(), tmp_path)
    assert "sections: none of kind 'improvement'" in report.warnings
    assert "sections: none of kind 'next-steps'" in report.warnings
    assert report.recommendations == ()


def test_nested_points_and_the_body_that_must_act(tmp_path: Path) -> None:
    paper = letter()
    paper.heading("Areas for priority action")
    paper.bullet("Leaders of the harbour board need to take urgent action. This includes:")
    paper.item("-", "painting the pier", indent=10)
    paper.item("-", "counting the boats.", indent=10)
    paper.bullet("Saltney Police must patrol the quay.")
    paper.bullet("This matters to everybody.")
    paper.heading("Areas for improvement")
    paper.bullet("Lamps go out too early.")
    report, _ = read(closing(paper), tmp_path)
    first, second, third, last = report.recommendations
    assert [one.text for one in first.sub_items] == ["painting the pier", "counting the boats."]
    assert [one.value for one in first.responsible] == ["harbour board"]
    assert [one.value for one in second.responsible] == ["Saltney Police"]
    assert third.responsible == ()
    assert [one.is_priority for one in report.recommendations] == [True, True, True, False]
    assert last.responsible == ()
    assert report.warnings == (
        "sections: none of kind 'strengths'",
        "Areas for priority action: no body named that is to act, page 1",
    )


def test_a_sentence_before_the_list_names_who_must_act(tmp_path: Path) -> None:
    paper = letter()
    paper.heading("Area for priority action")
    paper.para("Urgent action is required by the Saltney NHS Trust to mend the boats:")
    paper.bullet("The hull of each boat.")
    paper.bullet("The mast of each boat.")
    paper.heading("Areas for improvement")
    paper.bullet("Lamps go out too early.")
    report, _ = read(closing(paper), tmp_path)
    assert [[one.value for one in item.responsible] for item in report.recommendations] == [
        ["Saltney NHS Trust"],
        ["Saltney NHS Trust"],
        [],
    ]


def test_lists_without_bullets_have_an_item_for_each_paragraph(tmp_path: Path) -> None:
    paper = letter()
    paper.heading("Key strengths")
    for _ in range(3):
        paper.para(LONG)
    paper.heading("Areas for improvement")
    for _ in range(2):
        paper.para(LONG)
    report, found = read(closing(paper), tmp_path)
    assert len(found.strengths) == 3
    assert len(report.recommendations) == 2


def test_a_paragraph_among_bullets_is_told(tmp_path: Path) -> None:
    paper = letter()
    paper.heading("Areas for improvement")
    paper.bullet("Lamps go out too early.")
    paper.para("This paragraph stands at the margin.")
    paper.bullet("Bells are rung late.")
    report, _ = read(closing(paper), tmp_path)
    assert [one.text for one in report.recommendations] == [
        "Lamps go out too early.",
        "Bells are rung late.",
    ]
    assert report.warnings == (
        "sections: none of kind 'strengths'",
        "Areas for improvement: a paragraph without a bullet on page 1 is taken for no item",
    )


def test_an_item_over_a_page_leaves_out_the_foot(tmp_path: Path) -> None:
    paper = letter()
    paper.heading("Areas for improvement")
    for _ in range(12):
        paper.bullet(f"{LEADERS}. {LONG}")
    report, _ = read(closing(paper), tmp_path)
    assert len(report.recommendations) == 12
    crossing = [one for one in report.recommendations if len(one.pieces) > 1]
    assert crossing
    expected = " ".join(f"{LEADERS}. {LONG}".split())
    assert {one.text for one in report.recommendations} == {expected}


def test_later_letters_have_headline_findings_and_signatures_one_under_the_other(
    tmp_path: Path,
) -> None:
    paper = letter(
        title="Joint targeted area inspection of Wexcombe",
        people=("Ada Quill, Director of Children’s Services, Wexcombe Borough Council",),
    )
    paper.para(
        "This letter is about the multi-agency response to serious youth violence in Wexcombe."
    )
    paper.heading("Headline findings", size=12)
    paper.para("All is well.")
    paper.heading("What needs to improve?", size=12)
    paper.bullet("The length of ropes.")
    paper.heading("Next steps", size=12)
    paper.para(
        "We have determined that Wexcombe Council is the principal authority and should prepare "
        "a written statement of proposed action. This should be a multi-agency response "
        "involving the individuals and agencies that this report is addressed to."
    )
    paper.para("The WSCP should send the written statement of action to a@b.org by 4 July 2019.")
    paper.para("Yours sincerely")
    for name, post in (
        ("Ed Lark", "National Director, Ofsted"),
        ("Flo Teal", "Chief Inspector of Hospitals"),
        ("Gil Wren CBE", "His Majesty’s Inspector of Constabulary"),
        ("Hy Crane", "Chief Inspector of Probation"),
    ):
        paper.ln(16)
        paper.set_font("Helvetica", "B", 12)
        for words in (name, post):
            paper.cell(100, 5, words, new_x="LMARGIN", new_y="NEXT")
    report, found = read(paper, tmp_path)
    assert found.layout == "headline-findings"
    assert found.theme is not None
    assert (found.theme.key, found.theme.as_printed) == (
        "serious-youth-violence",
        "serious youth violence",
    )
    steps = found.next_steps
    assert steps is not None
    assert steps.principal is not None
    assert steps.principal.value == "Wexcombe Council"
    assert steps.involving == ("the individuals and agencies that this report is addressed to",)
    assert [(one.name, one.post, one.inspectorate) for one in found.signatories] == [
        ("Ed Lark", "National Director, Ofsted", "ofsted"),
        ("Flo Teal", "Chief Inspector of Hospitals", "cqc"),
        ("Gil Wren CBE", "His Majesty’s Inspector of Constabulary", "hmicfrs"),
        ("Hy Crane", "Chief Inspector of Probation", "hmi-probation"),
    ]
    assert report.warnings == ()


def test_the_text_of_a_letter_is_refused_with_the_reason(tmp_path: Path) -> None:
    text = tmp_path / "letter.txt"
    lines = ["9 May 2019", *PEOPLE, "Dear local partnership"]
    title = "Joint targeted area inspection of Wexcombe"
    text.write_text("\n".join([*lines, title]), encoding="utf-8")
    with pytest.raises(SourceError, match="read the PDF"):
        read_report(text)


def test_a_sentence_among_those_who_sign_is_no_name(tmp_path: Path) -> None:
    paper = letter()
    paper.heading("Key strengths")
    paper.bullet("Nets are whole.")
    paper.heading("Areas for improvement")
    paper.bullet("Lamps go out too early.")
    paper.heading("Next steps")
    paper.para("The harbour council should prepare a written statement of proposed action.")
    paper.para("Yours sincerely")
    for name, post in (
        ("Ed Lark", "National Director, Ofsted"),
        ("Dr Flo O’Teal BSc MB ChB MSc DCH FRCA", "Deputy, Care Quality Commission"),
        ("The boats of the harbour will be counted once more before the spring", "Harbour office"),
    ):
        paper.plain(name)
        paper.plain(post)
        paper.ln(6)
    report, found = read(paper, tmp_path)
    assert [one.name for one in found.signatories] == [
        "Ed Lark",
        "Dr Flo O’Teal BSc MB ChB MSc DCH FRCA",
    ]
    assert "signatories: 13 words on page 1 are no name: they are left out" in report.warnings

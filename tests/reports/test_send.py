"""Area SEND reports, made up: tables told apart by places, outcomes, members and team."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest

from ofsted_kg.errors import SourceError
from ofsted_kg.reports.partnership import Partnership
from ofsted_kg.reports.reading import read_report
from ofsted_kg.reports.report import Report
from tests.reports.joint_papers import (
    LEADERS,
    area_report,
    cell,
    ending,
    point,
    table_head,
    table_row,
)
from tests.reports.papers import LONG, Paper


def read(paper: Paper, folder: Path) -> tuple[Report, Partnership]:
    report = read_report(paper.save(folder / "report.pdf"))
    assert report.family == "send"
    assert report.partnership is not None
    return report, report.partnership


def with_items(paper: Paper) -> Paper:
    paper.heading("Areas for improvement")
    paper.plain("Areas for improvement", bold=True)
    cell(paper, f"{LEADERS}, and say so.")
    cell(paper, "Leaders should count the oars.")
    return paper


def urgent() -> Paper:
    return area_report(
        outcome="There are widespread and/or systemic failings leading to significant concerns "
        "about the experiences of children.",
        following="A monitoring inspection will be carried out within approximately 18 months. "
        "The next full reinspection will be within approximately three years.",
        plan="As a result of this inspection, HMCI requires the local area partnership to prepare "
        "and submit a priority action plan (area SEND).",
    )


def test_a_report_with_all_its_parts(tmp_path: Path) -> None:
    report, found = read(ending(with_items(area_report())), tmp_path)
    assert report.authority == "Wexcombe"
    assert report.published is None
    assert report.windows == ((date(2024, 5, 6), date(2024, 5, 10)),)
    assert report.lead_inspector == "Cy Reed"
    assert found.outcome is not None
    assert found.outcome.key == "inconsistent"
    assert [(one.kind, one.months) for one in found.next_inspections] == [("full-inspection", 36)]
    assert [one.key for one in found.plans] == ["strategic-plan"]
    assert found.previous is not None
    assert found.previous.value == ((date(2019, 3, 4), date(2019, 3, 8)),)
    assert found.windows_elsewhere is None
    assert (len(found.strengths), len(found.shortcomings)) == (2, 1)
    assert [one.text for one in report.recommendations] == [
        f"{LEADERS}, and say so.",
        "Leaders should count the oars.",
    ]
    assert [(one.kind, one.name, one.lead, one.post, one.website) for one in found.members] == [
        (
            "local-authority",
            "Wexcombe Council",
            "Ada Quill",
            "Director of Children’s Services",
            "www.wexcombe.gov.uk",
        ),
        (
            "integrated-care-board",
            "NHS Saltney and Marsh Integrated Care Board",
            "Bo Marsh",
            "Chief Executive Officer",
            "www.saltney.icb.nhs.uk",
        ),
    ]
    assert [one.value for one in found.responsible] == [
        "Wexcombe Council",
        "NHS Saltney and Marsh Integrated Care Board (ICB)",
    ]
    assert [(one.name, one.inspectorate, one.is_lead) for one in found.team] == [
        ("Cy Reed", "ofsted", True),
        ("Ed Lark", "ofsted", False),
        ("Di Fenn", "cqc", True),
        ("Flo Teal", "cqc", False),
    ]
    assert report.judgements == ()
    assert report.warnings == ()


def test_rows_of_priority_actions_have_the_bodies_of_their_left_cells(tmp_path: Path) -> None:
    paper = urgent()
    paper.heading("Areas for priority action")
    table_head(paper)
    table_row(
        paper,
        ("Wexcombe Council and", "NHS Saltney and Marsh", "ICB"),
        ("Leaders should mend the pier", "before the storms."),
    )
    table_row(
        paper, ("Wexcombe Council",), ("The council should", "paint the boats", "and the oars.")
    )
    report, _ = read(ending(with_items(paper)), tmp_path)
    assert [
        (one.text, one.is_priority, [body.value for body in one.responsible])
        for one in report.recommendations
    ] == [
        (
            "Leaders should mend the pier before the storms.",
            True,
            ["Wexcombe Council", "NHS Saltney and Marsh ICB"],
        ),
        ("The council should paint the boats and the oars.", True, ["Wexcombe Council"]),
        (f"{LEADERS}, and say so.", False, []),
        ("Leaders should count the oars.", False, []),
    ]
    assert report.warnings == ()


def test_a_row_cut_by_the_page_goes_on_under_a_repeated_head(tmp_path: Path) -> None:
    paper = urgent()
    paper.heading("Areas for priority action")
    table_head(paper)
    table_row(paper, ("Wexcombe",), ("The council should", "paint the boats"))
    paper.add_page()
    table_head(paper)
    table_row(paper, ("Council",), ("and the oars.",))
    table_row(paper, ("NHS Saltney ICB",), ("The board should", "dry the sails."))
    report, _ = read(ending(with_items(paper)), tmp_path)
    first, second, *_ = report.recommendations
    assert first.text == "The council should paint the boats and the oars."
    assert [one.value for one in first.responsible] == ["Wexcombe Council"]
    assert len(first.pieces) == 2
    assert (first.page, second.page) == (2, 3)
    assert [one.value for one in second.responsible] == ["NHS Saltney ICB"]
    assert report.warnings == ()


def test_cells_are_told_apart_by_a_little_more_space_alone(tmp_path: Path) -> None:
    paper = area_report()
    paper.heading("Areas for improvement")
    cell(paper, f"{LEADERS}. {LONG}", after=0.4)
    cell(paper, f"{LEADERS}. {LONG}", after=0.4)
    cell(paper, "Leaders should count the oars.", after=0.4)
    report, _ = read(ending(paper), tmp_path)
    whole = " ".join(f"{LEADERS}. {LONG}".split())
    assert [one.text for one in report.recommendations] == [
        whole,
        whole,
        "Leaders should count the oars.",
    ]


def test_nested_points_belong_to_the_cell_they_stand_in(tmp_path: Path) -> None:
    paper = area_report()
    paper.heading("Areas for improvement")
    cell(paper, "Leaders should look after:")
    point(paper, "the boats; and")
    point(paper, "the oars")
    cell(paper, "Leaders should count the ropes.")
    report, _ = read(ending(paper), tmp_path)
    first, second = report.recommendations
    assert [one.text for one in first.sub_items] == ["the boats; and", "the oars"]
    assert second.text == "Leaders should count the ropes."
    assert report.warnings == ("Areas for improvement: an item on page 2 ends without a full stop",)


def test_an_item_cut_by_the_page_leaves_out_the_foot(tmp_path: Path) -> None:
    paper = area_report()
    paper.heading("Areas for improvement")
    for _ in range(9):
        cell(paper, f"{LEADERS}. {LONG}")
    report, _ = read(ending(paper), tmp_path)
    whole = " ".join(f"{LEADERS}. {LONG}".split())
    assert [one.text for one in report.recommendations] == [whole] * 9
    assert [one for one in report.recommendations if len(one.pieces) > 1]


def test_numbers_in_cells_are_no_part_of_the_words(tmp_path: Path) -> None:
    paper = area_report()
    paper.heading("Areas for improvement")
    for number in range(1, 4):
        cell(paper, f"{number}. Leaders should count the oars.")
    report, _ = read(ending(paper), tmp_path)
    assert [(one.number, one.text) for one in report.recommendations] == [
        (number, "Leaders should count the oars.") for number in range(1, 4)
    ]


def test_items_with_bullets_are_items(tmp_path: Path) -> None:
    paper = area_report()
    paper.heading("Areas for improvement")
    paper.bullet("Leaders should count the oars.")
    paper.bullet("Leaders should dry the sails.")
    report, _ = read(ending(paper), tmp_path)
    assert [one.text for one in report.recommendations] == [
        "Leaders should count the oars.",
        "Leaders should dry the sails.",
    ]


def test_an_empty_table_is_told(tmp_path: Path) -> None:
    paper = area_report()
    paper.heading("Areas for improvement")
    report, _ = read(ending(paper), tmp_path)
    assert report.recommendations == ()
    assert "Areas for improvement: no item" in report.warnings


def test_days_in_the_foot_that_differ_are_kept_beside(tmp_path: Path) -> None:
    report, found = read(ending(with_items(area_report(foot_days="8 to 10 May 2024"))), tmp_path)
    assert report.windows == ((date(2024, 5, 6), date(2024, 5, 10)),)
    assert found.windows_elsewhere is not None
    assert found.windows_elsewhere.value == ((date(2024, 5, 8), date(2024, 5, 10)),)


@pytest.mark.parametrize(
    ("printed", "expected"),
    [
        ("3 June 2019", ((date(2019, 6, 3), date(2019, 6, 3)),)),
        ("Not previously inspected", None),
    ],
)
def test_the_inspection_before(
    printed: str, expected: tuple[tuple[date, date], ...] | None, tmp_path: Path
) -> None:
    report, found = read(ending(with_items(area_report(previous=printed))), tmp_path)
    assert found.previous_as_printed == printed
    assert (found.previous.value if found.previous else None) == expected
    assert report.warnings == ()


def test_an_outcome_that_is_not_known_or_does_not_fit_is_told(tmp_path: Path) -> None:
    report, found = read(ending(with_items(area_report(outcome="The tide is high."))), tmp_path)
    assert found.outcome is None
    assert "outcome: 0 of the known ones found" in report.warnings
    report, _ = read(ending(with_items(urgent())), tmp_path)
    assert "priority actions: they do not go with the outcome" in report.warnings


def test_the_text_of_a_report_is_refused_with_the_reason(tmp_path: Path) -> None:
    text = tmp_path / "report.txt"
    text.write_text(
        "Area SEND inspection of Wexcombe Local Area Partnership\nInspection outcome\n", "utf-8"
    )
    with pytest.raises(SourceError, match="read the PDF"):
        read_report(text)


def test_a_sentence_in_the_team_is_no_name(tmp_path: Path) -> None:
    paper = ending(with_items(area_report()))
    paper.ln(4)
    paper.para("Harbour Boats of all kinds will be counted once more before spring comes")
    report, found = read(paper, tmp_path)
    assert [one.name for one in found.team] == ["Cy Reed", "Ed Lark", "Di Fenn", "Flo Teal"]
    assert report.warnings == ("team: 13 words on page 3 are no name: they are left out",)

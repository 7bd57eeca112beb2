"""Headings of made-up joint letters: known by what they mean, or told."""

from __future__ import annotations

from pathlib import Path

import pytest

from ofsted_kg.reports.partnership import Partnership
from ofsted_kg.reports.reading import read_report
from ofsted_kg.reports.report import Report
from tests.reports.joint_papers import closing, letter
from tests.reports.papers import Paper


def read(paper: Paper, folder: Path) -> tuple[Report, Partnership]:
    report = read_report(paper.save(folder / "letter.pdf"))
    assert report.partnership is not None
    return report, report.partnership


@pytest.mark.parametrize(
    ("strong", "weak"),
    [
        ("Key areas of strength", "Areas for improvement:"),
        ("Strengths:", "Areas for development"),
        ("Areas of strength", "Key areas for further development:"),
        ("What is working well", "What needs to improve?"),
        ("What works well", "What the partnership needs to improve"),
        ("Multi-agency strengths", "Areas that need to improve"),
    ],
)
def test_headings_are_known_by_what_they_mean(strong: str, weak: str, tmp_path: Path) -> None:
    paper = letter()
    paper.heading(strong)
    paper.bullet("Nets are whole.")
    paper.bullet("Children know the harbour master.")
    paper.heading(weak)
    paper.bullet("Lamps go out too early.")
    report, found = read(closing(paper), tmp_path)
    assert len(found.strengths) == 2
    assert [(one.text, one.section) for one in report.recommendations] == [
        ("Lamps go out too early.", weak)
    ]
    assert report.warnings == ()


def test_an_unknown_heading_ends_the_strengths_and_is_told(tmp_path: Path) -> None:
    paper = letter()
    paper.heading("Key strengths")
    paper.bullet("Nets are whole.")
    paper.heading("Harbour work", size=12)
    paper.bullet("Boats are dry.")
    paper.heading("Matters that await the tide")
    paper.bullet("Ropes are short.")
    paper.heading("Areas for improvement")
    paper.bullet("Lamps go out too early.")
    report, found = read(closing(paper), tmp_path)
    assert [one.subsection for one in found.strengths] == [None, "Harbour work"]
    assert len(report.recommendations) == 1
    assert report.warnings == (
        "sections: what stands under 'Matters that await the tide' on page 1 is in no list",
    )


def test_strengths_that_no_heading_opens_are_missed(tmp_path: Path) -> None:
    paper = letter()
    paper.heading("Matters that please the harbour master")
    paper.bullet("Nets are whole.")
    paper.heading("Areas for improvement")
    paper.bullet("Lamps go out too early.")
    report, found = read(closing(paper), tmp_path)
    assert found.strengths == ()
    assert report.warnings == ("sections: none of kind 'strengths'",)


def test_headline_findings_need_no_strengths(tmp_path: Path) -> None:
    paper = letter()
    paper.heading("Headline findings")
    paper.para("The harbour is calm.")
    paper.heading("What needs to improve?")
    paper.bullet("Lamps go out too early.")
    report, _ = read(closing(paper), tmp_path)
    assert report.warnings == ()


@pytest.mark.parametrize("words", ["Not applicable", "N/A", "Nil", "None"])
def test_a_bullet_may_say_that_there_is_none(words: str, tmp_path: Path) -> None:
    paper = letter()
    paper.heading("Key strengths")
    paper.bullet("Nets are whole.")
    paper.heading("Areas for priority action")
    paper.bullet(words)
    paper.heading("Areas for improvement")
    paper.bullet("Lamps go out too early.")
    report, found = read(closing(paper), tmp_path)
    assert [one.section for one in found.nil_statements] == ["Areas for priority action"]
    assert [one.text for one in report.recommendations] == ["Lamps go out too early."]
    assert report.warnings == ()

"""Addressees of made-up letters: nothing that a line names is lost or doubled in silence."""

from __future__ import annotations

from pathlib import Path

import pytest

from ofsted_kg.reports.partnership import Addressee
from ofsted_kg.reports.reading import read_report
from tests.reports.joint_papers import closing, letter
from tests.reports.papers import Paper


def written_to(paper: Paper, folder: Path) -> tuple[tuple[Addressee, ...], list[str]]:
    paper.heading("Key strengths")
    paper.bullet("Nets are whole.")
    paper.heading("Areas for improvement")
    paper.bullet("Lamps go out too early.")
    report = read_report(closing(paper).save(folder / "letter.pdf"))
    assert report.partnership is not None
    told = [line for line in report.warnings if line.startswith("addressees")]
    return report.partnership.addressees, told


@pytest.mark.parametrize(
    ("line", "post", "body"),
    [
        (
            "Ada Quill, Head of Youth Offending Service, Wexcombe-on-Sea Borough Council",
            "Head of Youth Offending Service",
            "Wexcombe-on-Sea Borough Council",
        ),
        (
            "Ada Quill, Youth Offending Service Manager, Saltney County Council",
            "Youth Offending Service Manager",
            "Saltney County Council",
        ),
        (
            "Ada Quill, Manager, Youth Offending Team Manager, Saltney Council",
            "Manager, Youth Offending Team Manager",
            "Saltney Council",
        ),
        (
            "Ada Quill, Deputy Place Lead, Saltney Health and Care Commissioning",
            "Deputy Place Lead",
            "Saltney Health and Care Commissioning",
        ),
        (
            "Ada Quill, Deputy Mayor, Saltney Police and Crime Commissioner",
            "Deputy Mayor",
            "Saltney Police and Crime Commissioner",
        ),
        (
            "Ada Quill, Police, Fire and Crime Commissioner",
            "Police, Fire and Crime Commissioner",
            "Police, Fire and Crime Commissioner",
        ),
        (
            "Ada Quill, Wex, Mere and the Isles of Salt Police and Crime Commissioner",
            "Wex, Mere and the Isles of Salt Police and Crime Commissioner",
            "Wex, Mere and the Isles of Salt Police and Crime Commissioner",
        ),
        (
            "Ada Quill, Director of Health and Care Commissioning",
            "Director of Health and Care Commissioning",
            None,
        ),
    ],
)
def test_post_and_body_share_a_line_out(
    line: str, post: str, body: str | None, tmp_path: Path
) -> None:
    found, told = written_to(letter(people=[line, "Bo Marsh, Chief Nurse, NHS Wex CCG"]), tmp_path)
    assert (found[0].name, found[0].post, found[0].body) == ("Ada Quill", post, body)
    assert told == []


@pytest.mark.parametrize(
    ("line", "told_of"),
    [
        ("Ada Quill, Executive Director, Early Years and Boats", "whose post has a comma"),
        ("Ada Quill, Chair of Wex LSCB, Mere and Saltney Trust, Marsh Council", "Trust"),
    ],
)
def test_what_is_neither_post_nor_body_is_told(line: str, told_of: str, tmp_path: Path) -> None:
    _, told = written_to(letter(people=[line, "Bo Marsh, Chief Nurse, NHS Wex CCG"]), tmp_path)
    assert len(told) == 1
    assert told_of in told[0]
    assert "Ada Quill" in told[0]


def test_words_set_twice_on_top_of_each_other_are_read_once(tmp_path: Path) -> None:
    people = [
        "Ada Quill, Assistant Director, Chair of the Harbour",
        "Boats and Lamps Night Board. Boats and Lamps Night Board",
    ]
    found, told = written_to(letter(people=people), tmp_path)
    assert [one.body for one in found] == ["Harbour Boats and Lamps Night Board"]
    assert found[0].as_printed.endswith("Chair of the Harbour Boats and Lamps Night Board")
    assert told == []


def test_a_line_set_twice_at_its_height_is_one_addressee(tmp_path: Path) -> None:
    line = "Ada Quill, Chair, Saltney Safeguarding Children Board"
    paper = letter(people=[line])
    paper.set_font("Helvetica", "", 12)
    top = paper.get_y()
    paper.set_y(28 + 6 + 2 + 6 + 0.8)
    paper.cell(160, 5.1, line, new_x="LMARGIN", new_y="NEXT")
    paper.set_y(top)
    found, told = written_to(paper, tmp_path)
    assert [(one.name, one.body) for one in found] == [
        ("Ada Quill", "Saltney Safeguarding Children Board")
    ]
    assert told == []

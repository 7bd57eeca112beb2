"""The inspection report of 2012 and the rating letter of 2009, read as text.

What is expected was counted and written down by hand from the documents.
"""

from __future__ import annotations

from pathlib import Path

import pytest

from ofsted_kg.errors import SourceError
from ofsted_kg.reports.reading import read_report
from ofsted_kg.reports.report import Report

PARTS = ("Safeguarding services", "Services for looked after children")
TIMESCALES = [
    (PARTS[0], "Immediately", 2),
    (PARTS[0], "Within three months", 4),
    (PARTS[0], "Within six months", 2),
    (PARTS[1], "Within three months", 4),
    (PARTS[1], "Within six months", 4),
]
GRADES = {
    "safeguarding-overall": "good",
    "safeguarding-capacity": "good",
    "safeguarding-safe": "good",
    "safeguarding-quality": "adequate",
    "safeguarding-health": "good",
    "safeguarding-ambition": "good",
    "safeguarding-leadership": "good",
    "safeguarding-performance": "adequate",
    "safeguarding-partnership": "good",
    "safeguarding-equality": "good",
    "looked-after-overall": "good",
    "looked-after-capacity": "good",
    "looked-after-health": "good",
    "looked-after-safe": "good",
    "looked-after-achieving": "good",
    "looked-after-contribution": "good",
    "looked-after-economic": "good",
    "looked-after-quality": "good",
    "looked-after-ambition": "good",
    "looked-after-leadership": "good",
    "looked-after-performance": "good",
    "looked-after-equality": "good",
}
# First paragraph under each graded heading, from the document.
OPENINGS = {
    16: "safeguarding-overall",
    21: "safeguarding-capacity",
    24: "safeguarding-safe",
    33: "safeguarding-quality",
    43: "safeguarding-health",
    62: "safeguarding-ambition",
    67: "safeguarding-leadership",
    70: "safeguarding-performance",
    73: "safeguarding-partnership",
    78: "looked-after-overall",
    83: "looked-after-capacity",
    86: "looked-after-health",
    94: "looked-after-safe",
    100: "looked-after-achieving",
    105: "looked-after-contribution",
    109: "looked-after-economic",
    113: "looked-after-quality",
    120: "looked-after-ambition",
    123: "looked-after-leadership",
    128: "looked-after-performance",
}


def _only(folder: Path, prefix: str) -> Path:
    (path,) = folder.glob(f"{prefix}_*.txt")
    return path


@pytest.fixture(scope="module")
def inspection(documents: Path) -> Report:
    return read_report(_only(documents, "003"))


def test_the_inspection_report_states_who_when_and_by_whom(inspection: Report) -> None:
    record = inspection.to_record()
    assert record["authority"] == "London Borough of Camden"
    assert record["framework_key"] == "slac-2009"
    assert record["inspection_start"] == "2012-02-20"
    assert record["inspection_end"] == "2012-03-02"
    assert record["published"] == "2012-04-10"
    assert record["lead_inspector"] == "Paul d’Inverno"
    assert record["warnings"] == []


def test_the_inspection_report_gives_each_area_its_grade(inspection: Report) -> None:
    assert [(found.area_key, found.grade) for found in inspection.judgements] == list(
        GRADES.items()
    )


def test_the_inspection_report_recommends_by_part_and_timescale(inspection: Report) -> None:
    found = [(item.section, item.timescale) for item in inspection.recommendations]
    assert found == [
        (f"{part}: Areas for improvement", timescale)
        for part, timescale, count in TIMESCALES
        for _ in range(count)
    ]
    addressed = [
        (at, item.addressed_to)
        for at, item in enumerate(inspection.recommendations, start=1)
        if item.addressed_to
    ]
    assert addressed == [(6, "NHS North Central London"), (12, "NHS North Central London")]


def test_paragraphs_of_the_inspection_report_stand_under_their_areas(inspection: Report) -> None:
    assert [paragraph.number for paragraph in inspection.paragraphs] == list(range(1, 131))
    opened: dict[str, int | None] = {}
    for paragraph in inspection.paragraphs:
        if paragraph.area_key:
            opened.setdefault(paragraph.area_key, paragraph.number)
    assert {number: area for area, number in opened.items()} == OPENINGS


def test_offsets_are_those_of_the_file(inspection: Report, documents: Path) -> None:
    text = _only(documents, "003").read_text(encoding="utf-8")
    for paragraph in inspection.paragraphs:
        assert text[paragraph.start :].startswith(f"{paragraph.number}. ")
    # Broken off at the foot of a page, paragraph 7 goes on in a line of its own.
    seventh = inspection.paragraphs[6]
    assert "\n" in text[seventh.start : seventh.end]
    assert seventh.end < inspection.paragraphs[7].start


def test_the_rating_letter_has_one_judgement_and_no_recommendation(documents: Path) -> None:
    report = read_report(_only(documents, "002"))
    assert report.framework_key == "annual-rating-2009"
    assert report.authority == "London Borough of Camden"
    assert str(report.published) == "2009-12-09"
    (rating,) = report.judgements
    assert rating.grade == "performs excellently"
    assert rating.grade_as_printed == "Performs excellently (4)"
    assert report.recommendations == ()
    assert report.warnings == ()


@pytest.mark.parametrize("prefix", ["000", "001", "004"])
def test_other_documents_are_refused(documents: Path, prefix: str) -> None:
    with pytest.raises(SourceError, match="not a report of a kind that can be read"):
        read_report(_only(documents, prefix))

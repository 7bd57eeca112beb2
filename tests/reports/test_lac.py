"""The looked-after inspections of 2013 and their relatives before, made here."""

from __future__ import annotations

from pathlib import Path

import pytest

from ofsted_kg.reports.reading import read_report
from tests.reports.papers import HANG, LONG, Paper

OUTCOMES = "Outcomes for looked after children and young people"


def lac_paper() -> Paper:
    def header(page: int) -> str:
        return "" if page < 3 else f"Wexcombe Council Looking after things      {page - 2}"

    paper = Paper(header=header)
    paper.headline("Inspection of looked after children services")
    paper.heading("Wexcombe Metropolitan Borough Council", 18, bold=False)
    paper.plain("Inspection dates: 15-19 July 2013", 10, bold=True)
    paper.plain("Reporting inspector Ida Fernleigh HMI", 10, bold=True)
    paper.plain("Age group: All", 10)
    paper.plain("Published: 23 August 2013", 10)
    paper.add_page()
    paper.heading("Contents", 18)
    paper.plain("Record of main findings 4", 12)
    paper.add_page()
    paper.heading("Overall effectiveness", 18)
    paper.heading("Grade 3 (Adequate)")
    for number in range(1, 15):
        paper.numbered(number, LONG)
    paper.heading("Areas for improvement", 14)
    paper.numbered(15, "In order to keep the boats afloat, Wexcombe should do what follows.")
    paper.heading("Immediately:", 12)
    paper.bullet("Count the boats", HANG)
    paper.bullet("Write down which of them are", HANG)
    paper.bullet("afloat at high water", 2 * HANG)
    paper.heading("Within three months:", 12)
    paper.bullet("Paint the lighthouse", HANG)
    paper.heading(OUTCOMES, 18)
    paper.heading("Grade 2 (good)")
    paper.numbered(16, LONG)
    paper.add_page()
    paper.heading("Record of main findings", 18)
    paper.heading("Services for looked after children")
    paper.row("Overall effectiveness", "Adequate")
    paper.row("Capacity to improve", "Good Grade 2")
    paper.row(OUTCOMES, "Good", label_width=60)
    paper.row("Quality of provision", "Inadequate")
    paper.row("Leadership and management", "Outstanding")
    return paper


def test_looked_after_inspection(tmp_path: Path) -> None:
    report = read_report(lac_paper().save(tmp_path / "a.pdf"))
    assert report.framework == "LAC 2013"
    assert report.framework_key == "lac-2013"
    assert report.authority == "Wexcombe Metropolitan Borough Council"
    assert str(report.inspection_start) == "2013-07-15"
    assert str(report.inspection_end) == "2013-07-19"
    assert str(report.published) == "2013-08-23"
    assert report.lead_inspector == "Ida Fernleigh"
    last = report.pages
    assert [(found.area_key, found.grade, found.page) for found in report.judgements] == [
        ("overall", "adequate", last),
        ("capacity", "good", last),
        ("outcomes", "good", last),
        ("quality", "inadequate", last),
        ("leadership", "outstanding", last),
    ]
    assert [(item.timescale, item.text) for item in report.recommendations] == [
        ("Immediately", "Count the boats"),
        ("Immediately", "Write down which of them are afloat at high water"),
        ("Within three months", "Paint the lighthouse"),
    ]
    assert {item.section for item in report.recommendations} == {"Areas for improvement"}
    assert [paragraph.number for paragraph in report.paragraphs] == list(range(1, 17))
    assert report.paragraphs[14].section == "Areas for improvement"
    assert report.paragraphs[15].area_key == "outcomes"
    assert not any("Looking after things" in item.text for item in report.recommendations)
    assert report.warnings == ()


SLAC = """\
Inspection of safeguarding and looked after children services **Borough of Wexcombe**

Inspection dates: 20 February – 2 March 2012

Reporting inspector Bo Tarn HMI

Published: 10 April 2012

Safeguarding services	6
Services for looked after children	23

About this inspection

1. It was windy.

Safeguarding services

Overall effectiveness

Grade 2 (Good)

2. The boats are counted.
and so are the oars.

Areas for improvement

3. Wexcombe should do what follows.

Immediately:

- count the anchors.
- NHS Wexcombe to ensure that the nurses can row.

Services for looked after children

Overall effectiveness**Grade 3 (Adequate)**

4. The oars are painted.

Areas for improvement

5. Wexcombe should do this, too.

Within six months:

- buy paint.

Staying safe

Grade 2 (Good)

6. Nobody fell in.

Record of main findings:

Safeguarding services
Overall effectiveness	Good
Services for looked after children
Overall effectiveness	Adequate
Staying safe	Good
"""


def test_safeguarding_and_looked_after_inspection_as_text(tmp_path: Path) -> None:
    path = tmp_path / "slac.txt"
    path.write_text(SLAC, encoding="utf-8")
    report = read_report(path)
    assert report.framework_key == "slac-2009"
    assert report.authority == "Borough of Wexcombe"
    assert report.lead_inspector == "Bo Tarn"
    assert str(report.published) == "2012-04-10"
    assert report.pages is None
    assert [(found.area_key, found.grade) for found in report.judgements] == [
        ("safeguarding-overall", "good"),
        ("looked-after-overall", "adequate"),
        ("looked-after-safe", "good"),
    ]
    assert "judgements: no grade found for safeguarding-capacity" in report.warnings
    assert [
        (item.section, item.timescale, item.addressed_to, item.page)
        for item in report.recommendations
    ] == [
        ("Safeguarding services: Areas for improvement", "Immediately", None, None),
        ("Safeguarding services: Areas for improvement", "Immediately", "NHS Wexcombe", None),
        (
            "Services for looked after children: Areas for improvement",
            "Within six months",
            None,
            None,
        ),
    ]
    assert [(p.number, p.area_key) for p in report.paragraphs] == [
        (1, None),
        (2, "safeguarding-overall"),
        (3, None),
        (4, "looked-after-overall"),
        (5, None),
        (6, "looked-after-safe"),
    ]
    second = report.paragraphs[1]
    assert SLAC[second.start : second.end].endswith("so are the oars.")


def test_rating_letter_as_text(tmp_path: Path) -> None:
    path = tmp_path / "letter.txt"
    path.write_text(
        "9 December 2009\n\nDear Ms Tarn\n\nChildren's services annual rating\n\n"
        "4\tPerforms excellently\tbetter than most\n\n"
        "Children's services rating\tPerforms well (3)\n\n"
        "Children's services in the Borough of Wexcombe perform well.\n",
        encoding="utf-8",
    )
    report = read_report(path)
    assert report.framework_key == "annual-rating-2009"
    assert report.authority == "Borough of Wexcombe"
    assert str(report.published) == "2009-12-09"
    assert [(found.grade, found.grade_as_printed) for found in report.judgements] == [
        ("performs well", "Performs well (3)")
    ]
    assert report.recommendations == ()


@pytest.mark.parametrize(
    ("spoilt", "count", "is_told"),
    [
        ("- Count the anchors. - Feed the nurses.", 3, False),
        ("• count the anchors. • feed the nurses.", 3, False),
        ("- count the anchors. - feed the nurses.", 2, True),
        ("count the anchors.\n- feed the nurses.", 2, True),
        ("- count the anchors.\nfeed the nurses.", 2, True),
        ("- count the anchors.\n4. Feed the nurses.", 2, True),
    ],
)
def test_items_on_one_line_or_without_a_mark(
    tmp_path: Path, spoilt: str, count: int, is_told: bool
) -> None:
    listed = "- count the anchors.\n- NHS Wexcombe to ensure that the nurses can row."
    assert listed in SLAC
    path = tmp_path / "slac.txt"
    path.write_text(SLAC.replace(listed, spoilt), encoding="utf-8")
    report = read_report(path)
    assert len(report.recommendations) == count
    told = [line for line in report.warnings if line.startswith("recommendations")]
    assert bool(told) == is_told

"""Single inspections, re-inspections and board reviews, in reports made here."""

from __future__ import annotations

from pathlib import Path

from ofsted_kg.reports.reading import read_report
from ofsted_kg.reports.report import Report
from tests.reports.papers import HANG, LONG, Paper, told

TITLE = (
    "Inspection of services for children in need of help and protection, "
    "children looked after and care leavers"
)
REVIEW = "Review of the effectiveness of the Local Safeguarding Children Board"
ROWS = (
    ("1. Children who need help and protection", "Requires improvement"),
    ("2. Children looked after and achieving permanence", "Good"),
    ("2.1 Adoption performance", "Not Judged"),
    ("2.2 Experiences and progress of care leavers", "Outstanding"),
    ("3. Leadership, management and governance", "Inadequate"),
)
KEYS = (
    "help-and-protection",
    "looked-after-and-permanence",
    "adoption",
    "care-leavers",
    "leadership",
)


def cover(
    paper: Paper,
    *,
    name: str = "Wexcombeshire County Council",
    title: str = TITLE,
    review: bool = True,
    dates: str = "Inspection date: 14 April – 8 May 2015",
    published: str | None = "Report published: 22 June 2015",
    overall: str = "Children’s services in Wexcombeshire require improvement to be good",
) -> None:
    paper.headline(name)
    paper.heading(title)
    if review:
        paper.heading("and")
        paper.heading(REVIEW)
    paper.heading(dates)
    if published:
        paper.heading(published)
    paper.heading(overall)
    paper.para("The ferry is late more often than it is early, and nobody has said why.")
    for label, grade in ROWS:
        paper.row(label, grade, label_width=85)


def body(paper: Paper, recommendations: str = "Recommendations") -> None:
    """Contents, list, findings, board with its own list, and the team at the end."""
    paper.add_page()
    paper.heading("Contents", 26, bold=False)
    paper.plain("Recommendations 3", 14)
    paper.plain("The Local Safeguarding Children Board 5", 14)
    paper.add_page()
    paper.heading(recommendations)
    paper.numbered(1, "Count the boats (paragraph 12).")
    paper.numbered(2, "Write down the tides, in particular:")
    paper.bullet("the high ones", HANG)
    paper.bullet("the low ones.", HANG)
    paper.numbered(3, "Paint the lighthouse.")
    paper.heading("Summary for children and young people")
    paper.bullet("Grown-ups in Wexcombeshire listen, mostly.")
    paper.add_page()
    paper.heading("The experiences and progress of children who need help and protection")
    paper.heading("Requires improvement", 12)
    paper.heading("Summary")
    paper.para(LONG)
    paper.heading("Inspection findings")
    for number in range(4, 9):
        paper.numbered(number, LONG)
    paper.add_page()
    paper.heading("The Local Safeguarding Children Board (LSCB)", 16)
    paper.heading("The Local Safeguarding Children Board is good")
    paper.heading("Recommendations")
    paper.numbered(9, "Meet before the tide turns.")
    paper.heading("Inspection findings – the Local Safeguarding Children Board")
    paper.numbered(10, LONG)
    paper.heading("The inspection team")
    paper.plain("Lead inspector:       Ida Fernleigh HMI")
    paper.plain("Deputy lead inspector: Bo Tarn HMI")


def grades(report: Report) -> list[tuple[str, str, int | None]]:
    return [(found.area_key, found.grade, found.page) for found in report.judgements]


def test_single_inspection_with_board(tmp_path: Path) -> None:
    paper = Paper(footer=lambda page: [str(page)])
    cover(paper)
    body(paper)
    report = read_report(paper.save(tmp_path / "a.pdf"))
    assert report.framework == "SIF"
    assert report.framework_key == "sif-2013"
    assert not report.is_reinspection
    assert report.authority == "Wexcombeshire County Council"
    assert str(report.inspection_start) == "2015-04-14"
    assert str(report.inspection_end) == "2015-05-08"
    assert str(report.published) == "2015-06-22"
    assert report.lead_inspector == "Ida Fernleigh"
    assert grades(report) == [
        ("overall", "requires improvement to be good", 1),
        ("help-and-protection", "requires improvement", 1),
        ("looked-after-and-permanence", "good", 1),
        ("adoption", "not judged", 1),
        ("care-leavers", "outstanding", 1),
        ("leadership", "inadequate", 1),
        ("lscb", "good", 5),
    ]
    assert [
        (item.section, item.number, item.page, len(item.sub_items))
        for item in report.recommendations
    ] == [
        ("Recommendations", 1, 3, 0),
        ("Recommendations", 2, 3, 2),
        ("Recommendations", 3, 3, 0),
        ("LSCB: Recommendations", 9, 5, 0),
    ]
    assert [paragraph.number for paragraph in report.paragraphs] == list(range(1, 11))
    assert [paragraph.area_key for paragraph in report.paragraphs[3:8]] == [
        "help-and-protection"
    ] * 5
    assert report.paragraphs[9].area_key == "lscb"
    assert report.paragraphs[9].section == (
        "Inspection findings – the Local Safeguarding Children Board"
    )
    assert told(report) == []


def test_early_layout_with_priority_actions_and_running_numbers(tmp_path: Path) -> None:
    paper = Paper(footer=lambda page: [str(page)])
    cover(paper, published=None, overall="The overall judgement is good")
    paper.add_page()
    paper.heading("The local authority is good because")
    for number in range(1, 4):
        paper.numbered(number, LONG)
    paper.heading("What does the local authority need to improve?")
    paper.heading("Priority and immediate action", 12)
    paper.para("There are no areas for priority and immediate action.")
    paper.heading("Areas for improvement", 12)
    paper.para("The quality of the boats")
    paper.numbered(4, "Caulk the hulls.")
    paper.para("The quality of the maps")
    paper.numbered(5, "Unfold them.")
    paper.heading("The local authority’s strengths", 12)
    paper.numbered(6, LONG)
    paper.heading("The inspection team", 12)
    paper.plain("Lead inspector: Bo Tarn")
    paper.add_page()
    paper.heading("The effectiveness of the LSCB requires improvement")
    paper.heading("What does the LSCB need to improve?")
    paper.heading("Priority and immediate action", 12)
    paper.numbered(7, "Meet.")
    paper.heading("Areas for improvement:", 12)
    paper.numbered(8, "Meet again.")
    paper.heading("Key strengths and weaknesses of the WSCB", 12)
    paper.numbered(9, LONG)
    report = read_report(paper.save(tmp_path / "b.pdf"))
    assert grades(report)[0] == ("overall", "good", 1)
    assert grades(report)[-1] == ("lscb", "requires improvement", 3)
    assert report.published is None
    assert "published: no date printed on the first page" in report.warnings
    assert [(item.section, item.number) for item in report.recommendations] == [
        ("Areas for improvement", 4),
        ("Areas for improvement", 5),
        ("LSCB: Priority and immediate action", 7),
        ("LSCB: Areas for improvement", 8),
    ]


def test_board_judged_on_the_first_page_as_well(tmp_path: Path) -> None:
    paper = Paper()
    cover(paper)
    paper.heading("The effectiveness of the Local Safeguarding Children Board (LSCB) is good")
    body(paper)
    report = read_report(paper.save(tmp_path / "c.pdf"))
    assert grades(report)[-1] == ("lscb", "good", 1)


def test_reinspection_lists_earlier_grades_that_do_not_count(tmp_path: Path) -> None:
    for spelling in ("Re-inspection", "Reinspection"):
        paper = Paper(footer=lambda page: [str(page)])
        cover(paper, title=TITLE.replace("Inspection", spelling), review=False)
        paper.add_page()
        paper.heading("Other Ofsted inspections")
        paper.bullet("Overall effectiveness: inadequate")
        paper.bullet("Children who need help and protection: inadequate")
        paper.heading("Recommendations")
        paper.numbered(1, "Count the boats.")
        paper.heading("Leadership, management and governance")
        paper.heading("Inadequate")
        paper.numbered(2, LONG)
        paper.plain("Lead inspector: Bo Tarn")
        report = read_report(paper.save(tmp_path / f"{spelling}.pdf"))
        assert report.framework == "SIF re-inspection"
        assert report.framework_key == "sif-2013"
        assert report.is_reinspection
        assert [key for key, *_ in grades(report)] == ["overall", *KEYS]
        assert len(report.recommendations) == 1
        assert told(report) == []


def test_name_that_ends_in_re_is_no_reinspection(tmp_path: Path) -> None:
    paper = Paper()
    cover(paper, name="Wexcombeshire")
    report = read_report(paper.save(tmp_path / "d.pdf"))
    assert report.authority == "Wexcombeshire"
    assert not report.is_reinspection


def test_table_that_runs_on_to_the_second_page(tmp_path: Path) -> None:
    paper = Paper()
    paper.headline("Wexcombe")
    paper.heading(TITLE)
    paper.heading("Inspection date: 12/09/2016 to 06/10/2016")
    paper.heading("Report published: 25/11/2016")
    paper.heading("Children’s services in Wexcombe are inadequate")
    for label, grade in ROWS[:3]:
        paper.row(label, grade)
    paper.add_page()
    for label, grade in ROWS[3:]:
        paper.row(label, grade)
    paper.heading("Recommendations")
    paper.numbered(1, "Count the boats.")
    report = read_report(paper.save(tmp_path / "e.pdf"))
    assert [(key, page) for key, _, page in grades(report)] == [
        ("overall", 1),
        ("help-and-protection", 1),
        ("looked-after-and-permanence", 1),
        ("adoption", 1),
        ("care-leavers", 2),
        ("leadership", 2),
    ]
    assert str(report.inspection_start) == "2016-09-12"
    assert str(report.published) == "2016-11-25"
    assert [paragraph.number for paragraph in report.paragraphs] == [1]


def test_grade_cut_in_two_by_its_label(tmp_path: Path) -> None:
    paper = Paper()
    paper.headline("Wexcombe")
    paper.heading(TITLE)
    paper.heading("Inspection date: 4 to 29 May 2014")
    paper.heading("The overall judgement is requires improvement")
    for label, grade in ROWS[:3]:
        paper.row(label, grade)
    paper.plain("Requires")
    paper.plain("2.2 Experiences and progress of care leavers")
    paper.plain("improvement")
    paper.row(*ROWS[4])
    report = read_report(paper.save(tmp_path / "f.pdf"))
    assert [grade for _, grade, _ in grades(report)] == [
        "requires improvement",
        "requires improvement",
        "good",
        "not judged",
        "requires improvement",
        "inadequate",
    ]


def test_missing_row_is_named_not_guessed(tmp_path: Path) -> None:
    paper = Paper()
    paper.headline("Wexcombe")
    paper.heading(TITLE)
    paper.heading("Inspection date: soon")
    paper.heading("Children’s services in Wexcombe are good")
    for label, grade in ROWS[:4]:
        paper.row(label, grade)
    report = read_report(paper.save(tmp_path / "g.pdf"))
    assert "leadership" not in [key for key, *_ in grades(report)]
    assert "judgements: no grade found for leadership" in report.warnings
    assert report.windows == ()
    assert any(line.startswith("inspection dates:") for line in report.warnings)
    assert "lead inspector: none found" in report.warnings


def test_heading_drawn_after_the_rest_of_its_page(tmp_path: Path) -> None:
    paper = Paper()
    cover(paper)
    paper.add_page()
    paper.heading("Recommendations")
    paper.numbered(1, "Count the boats.")
    paper.heading("The Local Safeguarding Children Board is good", 16)
    paper.add_page()
    top = paper.get_y()
    paper.set_y(top + 20)
    paper.numbered(2, "Meet.")
    paper.heading("Inspection findings")
    paper.numbered(3, LONG)
    paper.set_y(top)
    paper.heading("Recommendations")
    report = read_report(paper.save(tmp_path / "h.pdf"))
    assert [(item.section, item.number) for item in report.recommendations] == [
        ("Recommendations", 1),
        ("LSCB: Recommendations", 2),
    ]


def test_review_of_a_board_alone(tmp_path: Path) -> None:
    paper = Paper()
    paper.headline("Wexcombe Safeguarding Children Board")
    paper.heading("Inspection of the effectiveness of the local safeguarding children board")
    paper.heading("Inspection date: 18 November – 10 December 2014")
    paper.heading("Report published: 10 February 2015")
    paper.heading("The Local Safeguarding Children Board requires improvement")
    paper.add_page()
    paper.heading("What does the LSCB need to improve?")
    paper.heading("Areas for improvement", 12)
    paper.bullet("Meet before the tide turns.")
    paper.heading("Summary for children and young people")
    paper.bullet("Grown-ups in Wexcombe meet, mostly.")
    report = read_report(paper.save(tmp_path / "i.pdf"))
    assert report.framework_key == "lscb-2013"
    assert report.authority == "Wexcombe"
    assert grades(report) == [("lscb", "requires improvement", 1)]
    assert [(item.section, item.number) for item in report.recommendations] == [
        ("Areas for improvement", None)
    ]


def test_flush_right_numbers_and_text_without_hanging_indent(tmp_path: Path) -> None:
    paper = Paper()
    cover(paper)
    paper.add_page()
    paper.heading("Recommendations")
    for number in range(8, 12):
        paper.item(f"{number}.", LONG, indent=0 if number > 9 else 3)
    paper.heading("Inspection findings")
    for number in range(12, 15):
        paper.para(f"{number}. {LONG}")
    report = read_report(paper.save(tmp_path / "j.pdf"))
    assert [item.number for item in report.recommendations] == [8, 9, 10, 11]
    assert [item.sub_items for item in report.recommendations] == [()] * 4
    assert [paragraph.number for paragraph in report.paragraphs] == list(range(8, 15))
    assert {paragraph.text for paragraph in report.paragraphs} == {LONG.strip()}


def test_figure_at_the_head_of_a_line_opens_no_paragraph(tmp_path: Path) -> None:
    paper = Paper()
    cover(paper)
    paper.add_page()
    paper.heading("Inspection findings")
    paper.numbered(1, f"{LONG} The youngest of the crew had turned\n17. He rowed all the same.")
    paper.numbered(2, "307 gulls were counted on the roof of the harbour office.")
    report = read_report(paper.save(tmp_path / "k.pdf"))
    assert [paragraph.number for paragraph in report.paragraphs] == [1, 2]
    assert report.paragraphs[0].text.endswith("had turned 17. He rowed all the same.")


def test_a_re_inspection_that_only_the_summary_tells(tmp_path: Path) -> None:
    for words, again in (
        ("This is a re-inspection of the harbour. The last one was in 2012.", True),
        ("This was a re-inspection of the harbour.", True),
        ("Since the re-inspection of the quay in 2012 the lamps are lit.", False),
    ):
        paper = Paper()
        cover(paper, review=False)
        paper.add_page()
        paper.heading("Executive summary")
        paper.para(words)
        report = read_report(paper.save(tmp_path / "again.pdf"))
        assert report.is_reinspection is again, words
        assert report.framework == ("SIF re-inspection" if again else "SIF")


def test_the_heading_of_a_list_close_under_a_sentence_opens_it(tmp_path: Path) -> None:
    paper = Paper()
    cover(paper)
    paper.add_page()
    paper.heading("What does the local authority need to improve?")
    paper.heading("Priority and immediate action", 12)
    paper.set_font("Helvetica", "", 12)
    for line in ("There are no priority actions.", "Areas for improvement"):
        paper.cell(160, 5.1, line, new_x="LMARGIN", new_y="NEXT")
    paper.ln(4)
    paper.numbered(1, "Count the boats.")
    report = read_report(paper.save(tmp_path / "close.pdf"))
    assert [(item.section, item.text) for item in report.recommendations] == [
        ("Areas for improvement", "Count the boats.")
    ]

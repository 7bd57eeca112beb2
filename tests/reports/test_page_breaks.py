"""Words lost at the end or the head of a page are told by the sentence that stands there."""

from __future__ import annotations

from pathlib import Path

import pypdfium2
import pypdfium2.raw as pdfium_c
import pytest

from ofsted_kg.reports.reading import read_report
from tests.reports.papers import HELP, LEADERS, LEFT, LONG, Paper, differing, ilacs_cover

LUTON = "reports/80520-luton/2026-03-10.pdf"
SWINDON = "reports/80568-swindon/2014-05-23.pdf"
NORFOLK = "reports/80418-norfolk/2015-10-20.pdf"
CORNWALL = "reports-joint/jtai/9e752f03.pdf"
SEND = "reports-joint/send/d1ddd311.pdf"
UNNUMBERED = "reports-joint/jtai/ea3b52ac.pdf"
# Its page 31 is printed empty but for its number.
SUNDERLAND = "reports/80566-sunderland/2018-07-25.pdf"

WITHIN = "the first ends within a sentence that the second does not go on with"
BEGUN = "the second begins within a sentence that the first does not begin"
ABOVE = "the first ends far above its foot, and its text goes on"


def told(path: Path) -> list[str]:
    return [line for line in read_report(path).warnings if line.startswith("pages:")]


def wiped(source: Path, target: Path, page: int, low: int, high: int) -> list[str]:
    """What is told of a report whose page lost the words between two heights, in points."""
    if not source.is_file():
        pytest.skip(f"{source.name} is not here")
    document = pypdfium2.PdfDocument(source)
    sheet = document[page - 1]
    for words in list(sheet.get_objects(filter=[pdfium_c.FPDF_PAGEOBJ_TEXT])):
        if low < words.get_bounds()[1] < high:
            sheet.remove_obj(words)
    sheet.gen_content()
    document.save(target)
    return told(target)


# Between 60 and 800 points stands all that is no head, foot or number of these pages.
@pytest.mark.parametrize(
    ("file", "page", "low", "high", "expected"),
    [
        (SWINDON, 20, 60, 800, "page 20 has only its head and foot"),
        (NORFOLK, 12, 60, 800, "page 12 has only its head and foot"),
        (SEND, 5, 60, 800, "page 5 has only its head and foot"),
        (LUTON, 7, 60, 800, f"between pages 6 and 7: {WITHIN}"),
        (LUTON, 7, 60, 420, f"between pages 7 and 8: {ABOVE}"),
        (SWINDON, 20, 60, 420, f"between pages 20 and 21: {ABOVE}"),
        (NORFOLK, 12, 60, 420, f"between pages 12 and 13: {ABOVE}"),
        (CORNWALL, 8, 60, 420, f"between pages 8 and 9: {ABOVE}"),
        (UNNUMBERED, 6, 60, 420, f"between pages 6 and 7: {WITHIN}"),
        (LUTON, 7, 420, 790, "the upper part of page 7 is empty"),
        (SWINDON, 20, 420, 790, "the upper part of page 20 is empty"),
        (NORFOLK, 12, 420, 790, "the upper part of page 12 is empty"),
        (CORNWALL, 8, 420, 790, f"between pages 7 and 8: {BEGUN}"),
        (SEND, 5, 420, 790, f"between pages 4 and 5: {BEGUN}"),
    ],
)
def test_words_taken_from_a_page_of_a_report_are_told(
    shared: Path, tmp_path: Path, file: str, page: int, low: int, high: int, expected: str
) -> None:
    found = wiped(shared / file, tmp_path / "a.pdf", page, low, high)
    assert any(expected in line for line in found), found


@pytest.mark.parametrize("file", [LUTON, SWINDON, NORFOLK, CORNWALL, SEND, SUNDERLAND])
def test_nothing_is_told_of_a_whole_report(shared: Path, file: str) -> None:
    path = shared / file
    if not path.is_file():
        pytest.skip(f"{path.name} is not here")
    assert told(path) == []


@pytest.mark.parametrize(
    ("kept", "expected"),
    [
        ([1, 2, *range(4, 16)], f"between pages 2 and 3: {BEGUN}"),
        ([*range(1, 5), 6, 5, *range(7, 16)], "words may be lost between pages"),
    ],
    ids=["one gone", "two exchanged"],
)
def test_pages_without_numbers_that_do_not_follow_are_told(
    shared: Path, tmp_path: Path, kept: list[int], expected: str
) -> None:
    path = shared / UNNUMBERED
    if not path.is_file():
        pytest.skip(f"{path.name} is not here")
    whole, part = pypdfium2.PdfDocument(path), pypdfium2.PdfDocument.new()
    part.import_pages(whole, [page - 1 for page in kept])
    part.save(tmp_path / "a.pdf")
    found = told(tmp_path / "a.pdf")
    assert any(expected in line for line in found), found


def a_paper() -> Paper:
    """A report of one page, whose pages have numbers."""
    paper = Paper(footer=lambda page: [f"11 to 22 May 2026 {page}"])
    ilacs_cover(paper, {HELP: "Good", LEADERS: "Good"}, "Inspection dates: 11 to 22 May 2026", "")
    return paper


def ends(paper: Paper, last: str, size: float = 12, bold: bool = False) -> None:
    """A second page, filled, that ends with a line of these words."""
    paper.add_page()
    for number in range(1, 9):
        paper.numbered(number, LONG)
    paper.set_xy(LEFT + 10, 260)
    paper.set_font("Helvetica", "B" if bold else "", size)
    paper.cell(100, 5, last)


OPEN = "They wait with the wardens of the"
STOPPED = "They wait with the wardens on the pier."
FULL = "The ferry leaves when nobody waits and comes back when anybody does leave"


@pytest.mark.parametrize(
    ("last", "first", "sign"),
    [
        (OPEN, "ferry, which is late.", None),
        (OPEN, "Harbour Board, which is late.", None),
        (OPEN, "2015 regatta, which is late.", None),
        (OPEN, "The ferry is late.", WITHIN),
        ("They wait with the wardens,", "However, the ferry is late.", WITHIN),
        (STOPPED, "ferry, which is late.", BEGUN),
        ("Who waits with the wardens?’", "ferry, which is late.", BEGUN),
        (STOPPED, "The ferry is late.", None),
        ("They wait with wardens, pilots, etc.", "who are late.", None),
        ("They wait; the ferry is late;", "nobody says why.", None),
        ("They wait as told. (Recommendation)", "The ferry is late.", None),
        ("◦ live beside the quay", "The ferry is late.", None),
        (FULL, "The ferry is late.", WITHIN),
    ],
)
def test_a_page_begins_as_the_one_before_it_ends(
    tmp_path: Path, last: str, first: str, sign: str | None
) -> None:
    paper = a_paper()
    ends(paper, last.replace("◦", "-"))
    paper.add_page()
    paper.para(f"{first} {LONG}")
    found = told(paper.save(tmp_path / "a.pdf"))
    assert found == ([f"pages: words may be lost between pages 2 and 3: {sign}"] if sign else [])


@pytest.mark.parametrize("last", [OPEN, FULL, STOPPED])
@pytest.mark.parametrize("begins", ["number", "heading", "item"])
def test_a_part_a_number_or_an_item_follows_no_open_sentence(
    tmp_path: Path, last: str, begins: str
) -> None:
    paper = a_paper()
    ends(paper, last)
    paper.add_page()
    if begins == "number":
        paper.numbered(9, LONG)
    elif begins == "heading":
        paper.heading("Boats and piers")
        paper.para(LONG)
    else:
        paper.bullet(LONG)
    found = told(paper.save(tmp_path / "a.pdf"))
    # An item may follow one that has no stop, however long its line is.
    is_told = last == OPEN or (last == FULL and begins != "item")
    expected = f"pages: words may be lost between pages 2 and 3: {WITHIN}"
    assert found == ([expected] if is_told else [])


def test_no_sentence_goes_on_from_a_heading(tmp_path: Path) -> None:
    paper = a_paper()
    ends(paper, "Boats and piers", 14, bold=True)
    paper.add_page()
    paper.para(f"ferry, which is late. {LONG}")
    found = told(paper.save(tmp_path / "a.pdf"))
    assert found == [f"pages: words may be lost between pages 2 and 3: {BEGUN}"]


@pytest.mark.parametrize(("pages", "empty", "is_told"), [(4, 3, True), (12, 11, False)])
def test_a_page_of_a_number_alone(tmp_path: Path, pages: int, empty: int, is_told: bool) -> None:
    """One near the end may have been left empty before a part that begins on a page of its own."""
    paper = a_paper()
    for page in range(2, pages + 1):
        paper.add_page()
        if page == empty:
            continue
        if page == empty + 1:
            paper.heading("About this inspection", 18, bold=False)
        paper.para(differing(page))
    found = told(paper.save(tmp_path / "a.pdf"))
    expected = f"pages: page {empty} has only its head and foot: its text may be lost"
    assert found == ([expected] if is_told else [])


@pytest.mark.parametrize(("paragraphs", "is_told"), [(2, True), (6, False), (9, False)])
def test_numbered_text_that_goes_on_fills_most_of_a_page(
    tmp_path: Path, paragraphs: int, is_told: bool
) -> None:
    paper = a_paper()
    number = 0
    for count in (9, paragraphs, 9, 9):
        paper.add_page()
        for _ in range(count):
            number += 1
            paper.numbered(number, differing(number))
    found = told(paper.save(tmp_path / "a.pdf"))
    assert found == (
        [f"pages: words may be lost between pages 3 and 4: {ABOVE}"] if is_told else []
    )

"""Pages that are missing, empty, doubled or exchanged in a report are told, wherever they stand."""

from __future__ import annotations

from collections.abc import Iterable
from pathlib import Path

import pypdfium2
import pytest

from ofsted_kg.reports.reading import read_report
from tests.reports.papers import HELP, LEADERS, LONG, Paper, differing, ilacs_cover

LUTON = "reports/80520-luton/2026-03-10.pdf"  # 13 pages
SWINDON = "reports/80568-swindon/2014-05-23.pdf"  # 36 pages
NORFOLK = "reports/80418-norfolk/2013-08-16.pdf"  # 23 pages, the last with the grades
NORFOLK_2015 = "reports/80418-norfolk/2015-10-20.pdf"  # left and right pages differ
CORNWALL = "reports-joint/jtai/9e752f03.pdf"  # 16 pages
SHORT = "reports-joint/send/d1ddd311.pdf"  # 9 pages, the first two without a number
JTAI = "reports-joint/jtai/30eaf78f.pdf"  # 7 pages
UNNUMBERED = "reports-joint/jtai/ea3b52ac.pdf"  # no number on any page

# Pages of a text file and a note on each.
FIGURES = [(2, 1), (3, 3), (4, 2), (5, 5), (6, 3), (7, 7)]


def with_pages(source: Path, target: Path, pages: Iterable[int]) -> list[str]:
    """What is told of the pages of a report of which only these, counted from 1, are kept.

    In the place of 0 stands an empty page.
    """
    if not source.is_file():
        pytest.skip(f"{source.name} is not here")
    whole = pypdfium2.PdfDocument(source)
    part = pypdfium2.PdfDocument.new()
    for place, page in enumerate(pages):
        if page:
            part.import_pages(whole, [page - 1], place)
        else:
            part.new_page(595, 842, place)
    part.save(target)
    return [line for line in read_report(target).warnings if line.startswith("pages:")]


@pytest.mark.parametrize(
    ("file", "kept", "expected"),
    [
        (LUTON, range(1, 11), "cut short"),
        (LUTON, range(1, 13), "cut short"),
        (SWINDON, range(1, 9), "cut short"),
        (SWINDON, range(1, 9), "ends with page 8"),
        (NORFOLK, range(1, 23), "names a page 21 and ends with page 20"),
        (CORNWALL, range(1, 15), "cut short"),
        (LUTON, [1, *range(3, 14)], "number 3 is printed on page 2"),
        (LUTON, [*range(1, 6), *range(7, 14)], "number 6 expected, 7 printed on page 6"),
        (LUTON, [*range(1, 12), 13], "number 12 expected, 13 printed on page 12"),
        (LUTON, [1, 3, 2, *range(4, 14)], "number 4 expected, 2 printed on page 3"),
        (SWINDON, [*range(1, 20), *range(21, 37)], "number 20 expected, 21 printed on page 20"),
        (NORFOLK_2015, [*range(1, 10), *range(11, 47)], "number 10 expected, 11 printed"),
        (CORNWALL, [*range(1, 12), *range(13, 17)], "number 12 expected, 13 printed on page 12"),
        (CORNWALL, [*range(1, 13), 15, 16], "number 13 expected, 15 printed on page 13"),
        (CORNWALL, [*range(1, 8), 0, *range(9, 17)], "page 8 is empty"),
        (SWINDON, [*range(1, 35), 0, 36], "page 35 is empty"),
        (SHORT, [*range(1, 7), 0, 8, 9], "page 7 is empty"),
        (SHORT, [*range(1, 7), 8, 7, 9], "number 7 expected, 8 printed on page 7"),
        (SHORT, [1, 2, 2, *range(3, 10)], "page 3 repeats page 2"),
        (JTAI, [1, 3, 6, 7], "number 3 is printed on page 2"),
        (UNNUMBERED, [*range(1, 14), 13, 14, 15], "page 14 repeats page 13"),
        (UNNUMBERED, [*range(1, 12), 13, 14, 15], "no numbers are printed"),
    ],
)
def test_pages_taken_from_a_report_are_told(
    shared: Path, tmp_path: Path, file: str, kept: Iterable[int], expected: str
) -> None:
    told = with_pages(shared / file, tmp_path / "a.pdf", kept)
    assert any(expected in line for line in told), told


# Of so few pages two numbers make a count, and what is not counted is told.
UNCOUNTED = "pages: too few numbers are printed on them: none missing would be seen"
SHORT_CASES = [
    (SWINDON, [1, 2, 3], []),
    (SWINDON, [1, 2], []),
    (SWINDON, [1, 3], ["pages: number 2 expected, 3 printed on page 2"]),
    (SWINDON, [1, 2, 5], ["pages: number 3 expected, 5 printed on page 3"]),
    (
        SWINDON,
        [1, 3, 2],
        [
            "pages: number 2 expected, 3 printed on page 2",
            "pages: number 4 expected, 2 printed on page 3",
        ],
    ),
    (LUTON, [1, 2, 3], []),
    (LUTON, [1, 2, 4], ["pages: number 3 expected, 4 printed on page 3"]),
    (
        LUTON,
        [1, 3, 2],
        [
            "pages: number 3 is printed on page 2",
            "pages: number 4 expected, 2 printed on page 3",
        ],
    ),
    (LUTON, [1, 2], [UNCOUNTED]),  # its first page has no number
    (NORFOLK_2015, [1, 2, 3], []),
    (UNNUMBERED, [1, 2, 3], [UNCOUNTED]),
]


@pytest.mark.parametrize(("file", "kept", "expected"), SHORT_CASES)
def test_numbers_of_two_or_three_pages(
    shared: Path, tmp_path: Path, file: str, kept: list[int], expected: list[str]
) -> None:
    told = with_pages(shared / file, tmp_path / "a.pdf", kept)
    counted = [line for line in told if "number" in line]
    assert counted == expected


@pytest.mark.parametrize("file", [LUTON, SWINDON, NORFOLK, NORFOLK_2015, CORNWALL])
def test_a_whole_report_lacks_none(shared: Path, tmp_path: Path, file: str) -> None:
    path = shared / file
    if not path.is_file():
        pytest.skip(f"{path.name} is not here")
    pages = len(pypdfium2.PdfDocument(path))
    assert with_pages(path, tmp_path / "a.pdf", range(1, pages + 1)) == []


# The second part of one report counts its own pages from 1.
@pytest.mark.parametrize(
    ("numbers", "expected"),
    [
        ([1, 2, 3, 4, 5, 6], []),
        ([1, 2, 3, 1, 2, 3], []),
        ([1, 2, 3, 5, 6, 7], ["pages: number 4 expected, 5 printed on page 4"]),
    ],
)
def test_numbers_at_the_foot(tmp_path: Path, numbers: list[int], expected: list[str]) -> None:
    paper = Paper(footer=lambda page: ["The harbour", f"11 to 22 May 2026 {numbers[page - 1]}"])
    ilacs_cover(paper, {HELP: "Good", LEADERS: "Good"}, "Inspection dates: 11 to 22 May 2026", "")
    for number in range(1, len(numbers)):
        paper.add_page()
        paper.numbered(number, differing(number))
    warnings = read_report(paper.save(tmp_path / "a.pdf")).warnings
    assert [line for line in warnings if line.startswith("pages:")] == expected


def test_totals_that_are_not_reached(tmp_path: Path) -> None:
    paper = Paper(footer=lambda page: [f"{page} of 9"])
    ilacs_cover(paper, {HELP: "Good", LEADERS: "Good"}, "Inspection dates: 11 to 22 May 2026", "")
    for number in range(1, 4):
        paper.add_page()
        paper.numbered(number, LONG)
    warnings = read_report(paper.save(tmp_path / "a.pdf")).warnings
    assert "pages: the report names a page 9 and ends with page 4" in warnings


def test_in_a_text_file_figures_are_no_numbers_of_pages(tmp_path: Path) -> None:
    pages = [["Inspection of Camden local authority children’s services", "Judgement", "Grade"]]
    pages += [[f"{LONG}{page}", str(note), "Small print.", str(page)] for page, note in FIGURES]
    path = tmp_path / "a.txt"
    path.write_text("\f".join("\n".join(page) for page in pages), encoding="utf-8")
    told = [line for line in read_report(path).warnings if line.startswith("pages:")]
    assert told == ["pages: neither imprint nor signatures end the report: it may be cut short"]

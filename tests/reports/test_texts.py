"""Reports as text files: two items on a line, lost marks, odd ends of lines, headings."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest

from ofsted_kg.reports.layout.blocks import Kind, inner_marks, read_blocks
from ofsted_kg.reports.layout.lists import crowded
from ofsted_kg.reports.reading import read_document, read_report, read_source
from ofsted_kg.reports.report import Report, ReportRecommendation
from ofsted_kg.texts.lines import PdfText, plain_text
from tests.reports.papers import CARE, HELP, LEADERS, LEAVERS, LONG, OVERALL

ITEMS = (
    "The speed of replies to letters from the lighthouse.",
    "How the lamps – at night, mostly – are lit.",
    "The count of oars.",
    "Help for the wardens of the quay.",
    "The colour of boats.",
)
MARKS = ("• ", "▪ ", "■ ", "◼ ", "● ", "\uf0b7 ", "\uf0a7 ", "- ", "– ", "— ", "− ")


def report_text(items: list[str]) -> str:
    """A report a thing a line, with the grade behind the heading of each part."""
    parts = [
        f"{area}: {grade}\n{number}. {LONG}"
        for number, (area, grade) in enumerate(
            {
                HELP: "requires improvement to be good",
                CARE: "outstanding",
                LEAVERS: "good",
                LEADERS: "requires improvement to be good",
            }.items(),
            start=1,
        )
    ]
    lines = [
        "Inspection of Wexcombe local authority children’s services",
        "Inspection dates: 8 to 19 May 2023",
        "Lead inspector: Ida Fernleigh, His Majesty’s Inspector",
        "Judgement Grade",
        f"{LEADERS} Requires improvement to be good",
        f"{HELP} Requires improvement to be good",
        f"{CARE} Outstanding",
        f"{LEAVERS} Good",
        f"{OVERALL} Good",
        LONG,
        "What needs to improve?",
        *items,
        *parts,
        "© Crown copyright 2023",
    ]
    return "\n".join(lines) + "\n"


def read(folder: Path, data: bytes) -> Report:
    path = folder / "a.txt"
    path.write_bytes(data)
    return read_report(path)


def read_items(folder: Path, items: list[str]) -> Report:
    return read(folder, report_text(items).encode())


def told(report: Report) -> list[str]:
    return [line for line in report.warnings if line.startswith("recommendations")]


def test_a_report_a_thing_a_line_is_read_whole(tmp_path: Path) -> None:
    report = read_items(tmp_path, [f"• {item}" for item in ITEMS])
    assert report.warnings == ()
    assert [item.text for item in report.recommendations] == list(ITEMS)
    assert {one.area_key for one in report.paragraphs} == {
        "leaders",
        "help-and-protection",
        "in-care",
        "care-leavers",
    }


@pytest.mark.parametrize("mark", MARKS)
@pytest.mark.parametrize("together", [2, 3, 5])
def test_items_on_one_line_are_each_read(tmp_path: Path, mark: str, together: int) -> None:
    marked = [mark + item for item in ITEMS]
    lines = [" ".join(marked[at : at + together]) for at in range(0, len(marked), together)]
    report = read_items(tmp_path, lines)
    assert [item.text for item in report.recommendations] == list(ITEMS)
    text = report.text
    assert [text[one.start : one.end] for one in report.recommendations] == marked
    assert not told(report) or mark == "– "  # the dashes of the second item's own sentence


def test_items_on_the_line_of_their_heading_are_read(tmp_path: Path) -> None:
    whole = report_text([f"• {item}" for item in ITEMS])
    joined = whole.replace("improve?\n•", "improve? •")
    report = read(tmp_path, joined.encode())
    assert [item.text for item in report.recommendations] == list(ITEMS)


@pytest.mark.parametrize(
    "spoil",
    [
        lambda items: [" ".join(f"- {item[0].lower()}{item[1:-1]}" for item in items)],
        lambda items: [f"{at}. {item}" for at, item in enumerate(items, 1)],
        lambda items: [f"1. {items[0]} 2. {items[1]}"],
        lambda items: [items[0], *(f"• {item}" for item in items[1:])],
        lambda items: [*(f"• {item}" for item in items[:2]), items[2][:-1], f"• {items[3]}"],
    ],
    ids=["small letters", "numbers", "two numbers", "first without a mark", "one without a mark"],
)
def test_items_that_cannot_be_told_are_told_of(
    tmp_path: Path, spoil: Callable[[tuple[str, ...]], list[str]]
) -> None:
    report = read_items(tmp_path, spoil(ITEMS))
    assert len(report.recommendations) < len(ITEMS)
    assert told(report)


@pytest.mark.parametrize("end", ["\r\n", "\r", "\v", "\x85", "\u2028", "\u2029"])
def test_all_ends_of_lines_are_alike(tmp_path: Path, end: str) -> None:
    words = report_text([f"• {item}" for item in ITEMS])
    usual = read(tmp_path, words.encode()).to_record()
    other = read(tmp_path, words.replace("\n", end).encode()).to_record()
    assert other.pop("digest") != usual.pop("digest")
    assert other == usual


def test_the_mark_before_a_text_is_no_part_of_it(tmp_path: Path) -> None:
    report = read(tmp_path, report_text(["• One."]).encode("utf-8-sig"))
    assert report.authority == "Wexcombe"
    assert report.text.startswith("Inspection")


@pytest.mark.parametrize(
    ("line", "parts"),
    [
        ("12. The lamps are lit. 13. The quay is wet.", ["The lamps are lit.", "The quay is wet."]),
        ("3. In part 4. The quay is named.", ["In part", "The quay is named."]),
        ("3. There were 4.5 oars, and 4. of them.", ["There were 4.5 oars, and 4. of them."]),
        ("- The lamps - all of them - are lit.", ["The lamps - all of them - are lit."]),
        ("The lamps – The Old Light – are lit.", ["The lamps – The Old Light – are lit."]),
        ("The quay: • wet • dark", ["The quay:", "wet", "dark"]),
    ],
)
def test_a_line_is_parted_where_further_items_begin(line: str, parts: list[str]) -> None:
    blocks = read_blocks(plain_text("a.txt", line, "0" * 64))
    assert [block.text for block in blocks] == parts
    assert [block.start for block in blocks] == sorted({0, *inner_marks(line)})
    if line.startswith("12"):
        assert [block.number for block in blocks] == [12, 13]
        assert {block.kind for block in blocks} == {Kind.NUMBERED}


@pytest.mark.parametrize(
    ("mark", "number", "words", "is_told"),
    [
        ("▪", None, "Count the oars. ▪ Buy oil.", True),
        ("•", None, "Count the oars ▪ buy oil", True),
        ("-", None, "Count the oars - buy oil", True),
        ("1", 1, "Count the oars. 2. Buy oil.", True),
        ("▪", None, "Count the oars – all of them – and buy oil.", False),
        ("1", 1, "Count the 2.5 oars in part 3.", False),
    ],
)
def test_a_mark_inside_an_item_of_any_family_is_told(
    mark: str, number: int | None, words: str, is_told: bool
) -> None:
    text = f"{mark} {words}"
    item = ReportRecommendation(words, 4, number, "Actions", None, None, (), 0, len(text))
    line = "recommendations: a mark or number inside an item of 'Actions' on page 4"
    assert crowded([item], text) == ([f"{line}: it may be more than one"] if is_told else [])


# Items under the heading, counted on the pages themselves.
REAL = {
    "reports/80479-knowsley/2021-12-03.pdf": 5,
    "reports/80564-stoke-on-trent/2019-03-18.pdf": 15,
}


def a_thing_a_line(document: PdfText) -> list[str]:
    """The text of a report with each heading, paragraph and item on a line of its own."""
    table = max(one.end for one in read_document(document).judgements)
    front = [line.text for line in document.lines if line.end <= table]
    leads = {Kind.BULLET: "▪ ", Kind.DASH: "– "}
    rest = [
        f"{block.number}. {block.text}"
        if block.kind is Kind.NUMBERED
        else leads.get(block.kind, "") + block.text
        for block in read_blocks(document)
        if block.start > table
    ]
    return [*front, *rest]


@pytest.mark.parametrize("file", REAL)
@pytest.mark.parametrize("together", [1, 2, 3, 15])
def test_real_reports_with_items_on_one_line(shared: Path, file: str, together: int) -> None:
    lines = a_thing_a_line(read_source(shared / file))
    head = next(at for at, line in enumerate(lines) if line.startswith("What needs to improve"))
    count = REAL[file]
    items = lines[head + 1 : head + 1 + count]
    assert all(item.startswith("▪ ") for item in items)
    joined = [" ".join(items[at : at + together]) for at in range(0, count, together)]
    changed = [*lines[: head + 1], *joined, *lines[head + 1 + count :]]
    report = read_document(plain_text("a.txt", "\n".join(changed), "0" * 64))
    assert len(report.recommendations) == count
    assert not told(report)
    assert not [line for line in report.warnings if line.startswith("paragraphs: none found on")]

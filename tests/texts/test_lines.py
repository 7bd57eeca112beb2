"""Text with positions: normal characters, mended words, pages and footnote marks."""

from __future__ import annotations

import hashlib
from pathlib import Path

from ofsted_kg.texts.lines import RawLine, build_text, plain_text
from ofsted_kg.texts.pdf import read_pdf
from tests.reports.papers import LONG, Paper


def raw(text: str, y: float = 700.0) -> RawLine:
    return (text, 72.0, y, y, 12.0, False, (), ())


def test_lines_and_pages_address_the_text(tmp_path: Path) -> None:
    paper = Paper()
    paper.heading("Tides")
    paper.para(LONG)
    paper.add_page()
    paper.para("Second page.")
    path = paper.save(tmp_path / "a.pdf")
    document = read_pdf(path)
    assert document.page_count == 2
    assert document.text.count("\f") == 1
    assert document.sha256 == hashlib.sha256(path.read_bytes()).hexdigest()
    assert document.text_sha256 == hashlib.sha256(document.text.encode()).hexdigest()
    for line in document.lines:
        assert document.text[line.start : line.end] == line.text
        assert document.page_of(line.start) == line.page
    assert document.page_text(2).strip().startswith("Second page.")
    assert document.extractor.startswith("pypdfium2 ")
    assert document.lines[0].bold
    assert round(document.lines[0].size) == 14
    assert not document.lines[1].bold
    heights = [line.y for line in document.lines if line.page == 1]
    assert heights == sorted(heights, reverse=True)


def test_the_same_file_reads_the_same(tmp_path: Path) -> None:
    paper = Paper()
    paper.para(LONG)
    path = paper.save(tmp_path / "a.pdf")
    assert read_pdf(path) == read_pdf(path)


def test_footnote_marks_are_told_from_figures(tmp_path: Path) -> None:
    paper = Paper()
    paper.set_font("Helvetica", "", 12)
    paper.write(5, "Rule B12 is kept by the Board")
    paper.mark(1)
    paper.write(5, " of Wexcombe.")
    document = read_pdf(paper.save(tmp_path / "a.pdf"))
    (mark,) = document.marks
    assert document.text[:mark].endswith("Board")
    assert document.text[mark] == "1"


def test_symbols_of_private_use_become_the_shapes_they_draw() -> None:
    lines = [raw("\uf06e tea"), raw("\uf0a7 maps"), raw("\uf02d oars"), raw("one\u202ftwo")]
    document = build_text("a", [(842.0, lines)], "", "")
    assert document.text == "◼ tea\n▪ maps\n− oars\none two"


def test_broken_words_close_only_where_that_makes_a_word() -> None:
    lines = [
        raw("The multi\ufffeagency crew keeps watch and is deter\ufffemined to row."),
        raw("They were determined, all of them, and rowed from six\ufffeto-nine."),
    ]
    document = build_text("a", [(842.0, lines)], "", "")
    assert "multi-agency crew" in document.text
    assert "is determined to row" in document.text
    assert "six-to-nine" in document.text
    assert "\ufffe" not in document.text


def test_word_hyphened_elsewhere_keeps_its_hyphen() -> None:
    lines = [raw("The co\ufffeop sells rope. The co-op is shut. The coop has hens.")]
    document = build_text("a", [(842.0, lines)], "", "")
    assert document.text.startswith("The co-op sells rope.")


def test_plain_text_keeps_its_offsets() -> None:
    text = "One\n\n 2. two\u202fwords \n\fThree"
    document = plain_text("a.txt", text, "")
    assert document.text == text
    assert [line.text for line in document.lines] == ["One", "2. two\u202fwords", "Three"]
    assert [document.text[line.start : line.end] for line in document.lines] == [
        line.text for line in document.lines
    ]
    assert document.page_of(document.lines[-1].start) == 2
    assert document.is_paged
    assert not plain_text("a.txt", "One\nTwo", "").is_paged

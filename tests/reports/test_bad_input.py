"""Files that cannot be used: one clear line each, and never a traceback."""

from __future__ import annotations

import os
import zlib
from pathlib import Path

import pytest
from fpdf import FPDF

from ofsted_kg.cli import main
from ofsted_kg.errors import SourceError
from ofsted_kg.reports.reading import read_report
from ofsted_kg.texts import files, pdf
from ofsted_kg.texts.pdf import read_pdf
from tests.conftest import unprivileged
from tests.reports.papers import LONG, Paper

CATALOG = b"<</Type/Catalog/Pages 2 0 R>>"
ONE_PAGE = b"<</Type/Pages/Kids[3 0 R]/Count 1>>"
PAGE = (
    b"<</Type/Page/Parent 2 0 R/MediaBox[0 0 595 842]/Contents 4 0 R"
    b"/Resources<</Font<</F1 5 0 R>>>>>>"
)
PICTURE = b"/Type/XObject/Subtype/Image/Width 10/Height 10/ColorSpace/DeviceRGB/BitsPerComponent 8"
FONT = b"<</Type/Font/Subtype/Type1/BaseFont/Helvetica>>"


def raw_pdf(objects: list[bytes]) -> bytes:
    """A PDF from its objects, numbered from 1."""
    out = b"%PDF-1.5\n"
    offsets = []
    for number, body in enumerate(objects, start=1):
        offsets.append(len(out))
        out += b"%d 0 obj\n%s\nendobj\n" % (number, body)
    table = b"".join(b"%010d 00000 n \n" % offset for offset in offsets)
    head = b"xref\n0 %d\n0000000000 65535 f \n" % (len(objects) + 1)
    end = b"trailer\n<</Size %d/Root 1 0 R>>\nstartxref\n%d\n%%%%EOF" % (
        len(objects) + 1,
        len(out),
    )
    return out + head + table + end


def stream(data: bytes, entries: bytes = b"") -> bytes:
    head = b"<</Length %d/Filter/FlateDecode%s>>stream\n" % (len(data), entries)
    return head + data + b"\nendstream"


def deflated(block: bytes, times: int) -> bytes:
    packer = zlib.compressobj(9)
    parts = [packer.compress(block) for _ in range(times)]
    return b"".join([*parts, packer.flush()])


def refusal(path: Path) -> str:
    """The one line with which a file is refused."""
    with pytest.raises(SourceError) as caught:
        read_report(path)
    line = str(caught.value)
    assert "\n" not in line
    assert path.name in line
    return line


def written(tmp_path: Path, name: str, data: bytes) -> Path:
    path = tmp_path / name
    path.write_bytes(data)
    return path


def a_report(tmp_path: Path) -> bytes:
    paper = Paper()
    paper.para(LONG)
    path: Path = paper.save(tmp_path / "whole.pdf")
    return path.read_bytes()


def test_web_page_named_pdf(tmp_path: Path) -> None:
    page = b"\r\n<!DOCTYPE html><html><body>Page not found</body></html>"
    assert "is a web page, not a PDF" in refusal(written(tmp_path, "a.pdf", page))


def test_web_page_of_another_name(tmp_path: Path) -> None:
    page = b"<html><body>Page not found</body></html>"
    assert "is a web page" in refusal(written(tmp_path, "a.txt", page))


def test_anything_else_named_pdf(tmp_path: Path) -> None:
    assert "is not a PDF" in refusal(written(tmp_path, "a.pdf", b"\x89PNG and so on"))
    assert "is not a PDF" in refusal(written(tmp_path, "b.bin", b"\x00\x01\xff\xfe"))


TEXT = "Inspection of Wexcombe’s services\nThe quay is wet, and the “Lamp” is lit – at last.\n"


@pytest.mark.parametrize(
    ("name", "data", "said"),
    [
        ("a.docx", b"PK\x03\x04 and so on", "is a packed file (a document of Word?), not a PDF"),
        ("a.pdf", b"PK\x03\x04 and so on", "is a packed file (a document of Word?), not a PDF"),
        ("a.doc", b"\xd0\xcf\x11\xe0 and so on", "is a document of an older Word, not a PDF"),
        ("a.rtf", b"{\\rtf1 The quay is wet.}", "is rich text, not a PDF"),
        ("a.txt", TEXT.encode("utf-16"), "is text in UTF-16, not in UTF-8"),
        ("a.txt", TEXT.encode("utf-16-be"), "is text in UTF-16, not in UTF-8"),
        ("a.txt", TEXT.encode("utf-16-le"), "is text in UTF-16, not in UTF-8"),
        ("a.txt", TEXT.encode("cp1252"), "is text in another encoding than UTF-8"),
        ("a.txt", b"quay\n" * 200_000, "has more text than a report can have"),
        ("a.txt", b"The quay is wet.\xe2\x80\xa8" * 110_000, "has more text than a report"),
        ("a.txt", b"The quay is wet. " * 130_000, "has more text than a report can have"),
    ],
)
def test_what_else_a_file_is(tmp_path: Path, name: str, data: bytes, said: str) -> None:
    assert said in refusal(written(tmp_path, name, data))


@pytest.mark.parametrize(
    "behind",
    [b"\n" * 3000, b"\0" * 60_000, b"\r\n<!-- sent by the harbour's gate -->\n" * 200],
    ids=["lines", "zeros", "words"],
)
def test_what_stands_behind_the_end_of_a_whole_file_is_no_part_of_it(
    tmp_path: Path, behind: bytes
) -> None:
    whole = a_report(tmp_path)
    found = read_pdf(written(tmp_path, "a.pdf", whole + behind))
    assert found.text == read_pdf(written(tmp_path, "b.pdf", whole)).text


@pytest.mark.parametrize(
    "behind",
    [
        b"\n9 0 obj\n<</Type/Catalog",  # saved again, and that is cut
        b"words\n" * 4000,
    ],
)
def test_a_file_with_more_behind_its_end_is_cut_short(tmp_path: Path, behind: bytes) -> None:
    assert "is cut short" in refusal(written(tmp_path, "a.pdf", a_report(tmp_path) + behind))


def test_the_first_end_of_a_file_shown_page_by_page_is_not_its_end(tmp_path: Path) -> None:
    first = b"%PDF-1.7\n1 0 obj\n<<>>\nendobj\nstartxref\r\n0\r\n%%EOF\r\n" + b"\x93" * 90
    assert "is cut short" in refusal(written(tmp_path, "a.pdf", first))


@pytest.mark.parametrize("data", [b"", b" \r\n\t"])
def test_an_empty_file_is_refused(tmp_path: Path, data: bytes) -> None:
    assert "is empty" in refusal(written(tmp_path, "a.pdf", data))


@pytest.mark.parametrize("share", [0.1, 0.5, 0.9, 0.99])
def test_file_cut_short(tmp_path: Path, share: float) -> None:
    whole = a_report(tmp_path)
    part = whole[: int(len(whole) * share)]
    assert "is cut short" in refusal(written(tmp_path, "a.pdf", part))


def test_a_damaged_file_is_refused(tmp_path: Path) -> None:
    data = b"%PDF-1.7\n" + b"\x93\x11" * 400 + b"\n%%EOF"
    assert "is damaged" in refusal(written(tmp_path, "a.pdf", data))


def test_an_encrypted_file_is_refused(tmp_path: Path) -> None:
    paper = Paper()
    paper.para(LONG)
    paper.set_encryption(owner_password="owner", user_password="secret")
    assert "is encrypted" in refusal(paper.save(tmp_path / "a.pdf"))


def test_a_file_that_only_its_owner_may_change_is_read(tmp_path: Path) -> None:
    paper = Paper()
    paper.para(LONG)
    paper.set_encryption(owner_password="owner", user_password="")
    assert "the harbour office" in read_pdf(paper.save(tmp_path / "a.pdf")).text


# How the whole page is drawn: a matrix of PDF before its words, and the page's own turn.
POSTURES = {
    "upright": ("1 0 0 1 0 0", 0, ""),
    "turned by the viewer": ("1 0 0 1 0 0", 90, ""),
    "upside down by the viewer": ("1 0 0 1 0 0", 180, ""),
    "turned": ("0 1 -1 0 595 0", 0, "is drawn turned"),
    "upside down": ("-1 0 0 -1 595 842", 0, "is drawn turned"),
    "mirrored": ("-1 0 0 1 595 0", 0, "is mirrored"),
    "mirrored from top to bottom": ("1 0 0 -1 0 842", 0, "is mirrored"),
}


@pytest.mark.parametrize(("matrix", "turn", "fault"), POSTURES.values(), ids=POSTURES.keys())
def test_a_page_that_stands_askew_is_named(
    tmp_path: Path, matrix: str, turn: int, fault: str
) -> None:
    words = f"{matrix} cm BT /F1 12 Tf 72 700 Td (Tide tables of the harbour) Tj ET".encode()
    page = PAGE.replace(b"/Contents", b"/Rotate %d/Contents" % turn)
    path = written(
        tmp_path, "a.pdf", raw_pdf([CATALOG, ONE_PAGE, page, stream(zlib.compress(words)), FONT])
    )
    if fault:
        assert f"page 1 {fault}" in refusal(path)
    else:
        (line,) = read_pdf(path).lines
        assert (line.text, line.x, line.y) == ("Tide tables of the harbour", 72, 700)


def test_a_page_that_is_a_picture_among_others_is_named(tmp_path: Path) -> None:
    picture = stream(zlib.compress(b"\x00" * 300), PICTURE)
    page = PAGE.replace(b"/Font", b"/XObject<</P 6 0 R>>/Font")
    kids = b"<</Type/Pages/Kids[3 0 R 7 0 R]/Count 2>>"
    drawn = stream(zlib.compress(b"595 0 0 842 0 0 cm /P Do"))
    words = stream(zlib.compress(b"BT /F1 12 Tf 72 700 Td (Tide) Tj ET"))
    second = page.replace(b"4 0 R", b"8 0 R")
    objects = [CATALOG, kids, page, words, FONT, picture, second, drawn]
    line = refusal(written(tmp_path, "a.pdf", raw_pdf(objects)))
    assert "page 2 is a picture without text" in line


def test_pictures_of_pages_only(tmp_path: Path) -> None:
    paper = FPDF()
    paper.add_page()
    paper.rect(20, 20, 100, 100, style="F")
    path = tmp_path / "a.pdf"
    paper.output(str(path))
    assert "has no text layer" in refusal(path)


def test_too_many_pages(tmp_path: Path) -> None:
    kids = b" ".join(b"%d 0 R" % number for number in range(5, 5005))
    page = PAGE.replace(b"5 0 R", b"3 0 R")
    pages = b"<</Type/Pages/Kids[%s]/Count 5000>>" % kids
    content = stream(zlib.compress(b"BT /F1 12 Tf 72 700 Td (Tide) Tj ET"))
    path = written(tmp_path, "a.pdf", raw_pdf([CATALOG, pages, FONT, content, *[page] * 5000]))
    assert "5,000 pages, more than the limit of 500" in refusal(path)


def test_file_too_large(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(files, "MAX_FILE_BYTES", 1000)
    assert "more than the limit" in refusal(written(tmp_path, "a.pdf", a_report(tmp_path)))


@pytest.mark.parametrize("between", [b"", b"\n", b"\0" * 600])
def test_two_files_joined(tmp_path: Path, between: bytes) -> None:
    one = a_report(tmp_path)
    assert "holds several PDFs" in refusal(written(tmp_path, "a.pdf", one + between + one))


def test_page_that_unpacks_without_end(tmp_path: Path) -> None:
    content = stream(deflated(b" " * 1_000_000, 1500))
    path = written(tmp_path, "a.pdf", raw_pdf([CATALOG, ONE_PAGE, PAGE, content, FONT]))
    assert path.stat().st_size < 2_000_000
    assert "of memory" in refusal(path)


def test_drawings_within_drawings(tmp_path: Path) -> None:
    page = PAGE.replace(b"/Font", b"/XObject<</X 6 0 R>>/Font")
    form = b"/Type/XObject/Subtype/Form/BBox[0 0 600 900]/Resources<<%s>>"
    objects = [CATALOG, ONE_PAGE, page, stream(zlib.compress(b"/X Do " * 10)), FONT]
    for number in range(7, 16):
        inner = form % (b"/XObject<</X %d 0 R>>" % number)
        objects.append(stream(zlib.compress(b"/X Do " * 10), inner))
    words = zlib.compress(b"BT /F1 12 Tf 72 700 Td (Tide) Tj ET")
    objects.append(stream(words, form % b"/Font<</F1 5 0 R>>"))
    line = refusal(written(tmp_path, "a.pdf", raw_pdf(objects)))
    assert "of memory" in line or "seconds" in line


def test_more_text_than_a_report_can_have(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(pdf, "MAX_PAGE_CHARACTERS", 50)
    line = refusal(written(tmp_path, "a.pdf", a_report(tmp_path)))
    assert "more text than a report can have" in line


def test_no_file_at_all(tmp_path: Path) -> None:
    assert "no such file" in refusal(tmp_path / "none.pdf")
    if hasattr(os, "mkfifo"):
        os.mkfifo(tmp_path / "pipe.pdf")
        assert "is not an ordinary file" in refusal(tmp_path / "pipe.pdf")
    folder = tmp_path / "folder.pdf"
    folder.mkdir()
    assert "is a folder" in refusal(folder)


@pytest.mark.skipif(os.name != "posix", reason="permissions of POSIX")
def test_a_file_that_may_not_be_read_is_refused(tmp_path: Path) -> None:
    path = written(tmp_path, "a.pdf", a_report(tmp_path))
    path.chmod(0)
    with unprivileged(path):
        assert "permission denied" in refusal(path)


def test_reading_refused_by_the_system(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def refuse(path: Path) -> bytes:
        raise PermissionError(13, "Permission denied", str(path))

    monkeypatch.setattr(Path, "read_bytes", refuse)
    path = tmp_path / "a.pdf"
    path.write_text("words", encoding="utf-8")
    assert "permission denied" in refusal(path)


@pytest.mark.parametrize(
    ("title", "kind"),
    [
        ("Inspection of Wexcombe Primary School", "a school's inspection"),
        ("Joint local area SEND inspection in Wexcombe", "SEND"),
        ("Focused visit to Wexcombe children’s services", "a focused visit"),
        ("Wexcombe Harbour Timetable", "known: ILACS"),
    ],
)
def test_report_of_another_kind(tmp_path: Path, title: str, kind: str) -> None:
    paper = Paper()
    paper.headline(title)
    paper.plain("Inspection dates: 4 to 5 May 2023")
    paper.para(LONG)
    line = refusal(paper.save(tmp_path / "a.pdf"))
    assert "is not a report of a kind that can be read" in line
    assert kind in line


def test_nothing_is_left_behind(tmp_path: Path) -> None:
    path = written(tmp_path, "a.pdf", a_report(tmp_path)[:500])
    before = sorted(tmp_path.iterdir())
    refusal(path)
    assert sorted(tmp_path.iterdir()) == before


def test_reading_leaves_this_process_as_it_was(tmp_path: Path) -> None:
    resource = pytest.importorskip("resource")
    before = resource.getrlimit(resource.RLIMIT_AS)
    path = written(tmp_path, "a.pdf", a_report(tmp_path))
    assert read_pdf(path).page_count == 1
    assert resource.getrlimit(resource.RLIMIT_AS) == before


def test_a_name_says_nothing_to_a_terminal(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    path = tmp_path / "a\x07b\x1b[31mred\u202egood.pdf"
    path.write_bytes(b"%PDF-1.7 and no more")
    assert main(["read", str(path)]) == 1
    [line] = capsys.readouterr().err.splitlines()
    assert line.isprintable()
    assert "a b [31mred good.pdf" in line

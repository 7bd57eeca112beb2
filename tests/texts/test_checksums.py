"""Packed parts of a PDF that do not unpack whole are told, whatever byte of them is changed."""

from __future__ import annotations

import base64
import zlib
from io import BytesIO
from pathlib import Path

import pytest
from pikepdf import Encryption, ObjectStreamMode, Pdf

from ofsted_kg.errors import SourceError
from ofsted_kg.texts import checksums
from ofsted_kg.texts.checksums import TooLargeError, damaged_part
from ofsted_kg.texts.pdf import pdf_text, read_pdf
from tests.reports.papers import LONG, Paper
from tests.reports.test_bad_input import CATALOG, FONT, ONE_PAGE, PAGE, PICTURE, raw_pdf, stream

WORDS = b"BT /F1 12 Tf 72 700 Td (Tide tables of the harbour) Tj ET"
PACKED = zlib.compress(WORDS)
REFUSAL = "is damaged: a part of it does not unpack"


def one_page(content: bytes) -> bytes:
    return raw_pdf([CATALOG, ONE_PAGE, PAGE, content, FONT])


def spelt(data: bytes, filters: bytes) -> bytes:
    head = b"<</Length %d/Filter[%s]>>stream\n" % (len(data), filters)
    return head + data + b"\nendstream"


def with_another(part: bytes) -> bytes:
    return raw_pdf([CATALOG, ONE_PAGE, PAGE, stream(PACKED), FONT, part])


WHOLE = one_page(stream(PACKED))
AT = WHOLE.index(PACKED)


def changed(data: bytes, at: int, by: int = 0x15) -> bytes:
    return data[:at] + bytes([data[at] ^ by]) + data[at + 1 :]


def test_whatever_byte_is_changed_the_part_is_told_or_holds_what_it_held() -> None:
    """A few bits of a packing say nothing of what it holds: how strongly it is packed, padding."""
    told = 0
    for place in range(len(PACKED)):
        for bit in range(8):
            data = changed(WHOLE, AT + place, 1 << bit)
            if damaged_part(data) is None:
                assert zlib.decompress(data[AT : AT + len(PACKED)]) == WORDS, (place, bit)
            else:
                told += 1
    assert told > 0.95 * 8 * len(PACKED)
    assert damaged_part(WHOLE) is None


@pytest.mark.parametrize(
    "data",
    [
        changed(WHOLE, AT),
        changed(WHOLE, AT + len(PACKED) // 2),
        changed(WHOLE, AT + len(PACKED) - 1),
        WHOLE.replace(PACKED, PACKED[:-5]),
        WHOLE.replace(PACKED, PACKED[:20] + PACKED[21:]),
        WHOLE.replace(b"/FlateDecode", b"/FlateDecnde"),
        WHOLE.replace(b"/Filter", b"/Fister"),
        WHOLE.replace(b"endstream", b"endstreem"),
        WHOLE.replace(b"/Length ", b"/Lemgth "),
        WHOLE.replace(b"4 0 obj", b"4 0 orj"),
        one_page(spelt(base64.a85encode(changed(PACKED, 30)) + b"~>", b"/ASCII85Decode/Fl")),
        one_page(spelt(changed(PACKED, 30).hex().encode() + b">", b"/AHx /FlateDecode")),
        one_page(spelt(b"z1 none of 85 \x80~>", b"/A85 /Fl")),
    ],
    ids=[
        *("first byte", "a byte", "last byte", "cut", "a byte lost", "filter misnamed"),
        *("filter lost", "end lost", "length lost", "number lost"),
        *("in 85 characters", "in hexadecimal", "misspelt"),
    ],
)
def test_a_file_with_a_damaged_part_is_refused(data: bytes) -> None:
    with pytest.raises(SourceError, match=f"^a.pdf: {REFUSAL}"):
        pdf_text("a.pdf", data)


@pytest.mark.parametrize(
    "data",
    [
        WHOLE,
        one_page(b"<</Length %d>>stream\n%s\nendstream" % (len(WORDS), WORDS)),
        one_page(spelt(base64.a85encode(PACKED) + b"~>", b"/ASCII85Decode/FlateDecode")),
        one_page(spelt(PACKED.hex().encode() + b">", b"/ASCIIHexDecode/FlateDecode")),
        one_page(spelt(zlib.compress(PACKED), b"/FlateDecode /FlateDecode")),
        one_page(b"<</Length 7777/Filter/FlateDecode>>stream\r\n" + PACKED + b"\r\nendstream"),
        one_page(stream(PACKED).replace(b"/FlateDecode", b"/Fl#61teDecode")),
        with_another(b"<</Length 0/Filter/FlateDecode>>stream\n\nendstream"),
        with_another(b"<</Length 0/Filter 7 0 R>>stream\n" + PACKED + b"\nendstream"),
        with_another(b"<</Length 0/Type/EmbeddedFile>>stream\n" + PACKED + b"\nendstream"),
        with_another(b"<</Length 0/Type/Metadata>>stream\n" + PACKED + b"\nendstream"),
        with_another(spelt(b"414>", b"/ASCIIHexDecode")),
    ],
    ids=[
        *("packed", "not packed", "in 85 characters", "in hexadecimal", "twice", "false length"),
        *("a letter as a code", "empty", "named elsewhere", "a file within", "notes on the file"),
        "an odd digit",
    ],
)
def test_whole_parts_are_read_however_they_are_kept(data: bytes) -> None:
    assert pdf_text("a.pdf", data).text == "Tide tables of the harbour"


def test_a_picture_that_does_not_unpack_loses_no_words() -> None:
    picture = stream(changed(zlib.compress(b"\x00" * 300), 8), PICTURE)
    data = raw_pdf([CATALOG, ONE_PAGE, PAGE, stream(PACKED), FONT, picture])
    assert pdf_text("a.pdf", data).text == "Tide tables of the harbour"


def test_a_damaged_part_of_a_file_that_only_its_owner_may_change_is_told(tmp_path: Path) -> None:
    paper = Paper()
    paper.para(LONG)
    paper.set_encryption(owner_password="owner", user_password="")
    path = paper.save(tmp_path / "a.pdf")
    data = path.read_bytes()
    assert read_pdf(path).text
    with pytest.raises(SourceError, match=REFUSAL):
        pdf_text("a.pdf", changed(data, data.index(b"stream\n") + 40))


OBJECTS = ObjectStreamMode.generate


@pytest.mark.parametrize(
    "encryption",
    [
        Encryption(owner="own", user="", R=6),
        Encryption(owner="own", user="", R=4),
        Encryption(owner="own", user="", R=3, aes=False, metadata=False),
    ],
    ids=["AES-256", "AES-128", "RC4"],
)
def test_a_file_that_only_its_owner_may_change_is_read_as_any(
    shared: Path, encryption: Encryption
) -> None:
    """Its table of cross-references is a stream, which is never encrypted."""
    path = shared / "reports" / "80520-luton" / "2026-03-10.pdf"
    kept = BytesIO()
    with Pdf.open(path) as report:
        report.save(kept, encryption=encryption, object_stream_mode=OBJECTS)
    data = kept.getvalue()
    assert b"/XRef" in data
    assert pdf_text("a.pdf", data).text == read_pdf(path).text


def test_what_unpacks_without_end_is_given_up_at_the_bound(monkeypatch: pytest.MonkeyPatch) -> None:
    much = one_page(stream(zlib.compress(b" " * 400_000)))
    assert damaged_part(much) is None
    monkeypatch.setattr(checksums, "MAX_UNPACKED_BYTES", 300_000)
    with pytest.raises(TooLargeError):
        damaged_part(much)


def test_the_bound_is_that_of_all_parts_together(monkeypatch: pytest.MonkeyPatch) -> None:
    parts = [stream(zlib.compress(b" " * 90_000)) for _ in range(4)]
    monkeypatch.setattr(checksums, "MAX_UNPACKED_BYTES", 300_000)
    assert damaged_part(raw_pdf(parts[:3])) is None
    with pytest.raises(TooLargeError):
        damaged_part(raw_pdf(parts))


# Pages, fonts, the maps of their characters, and lists of objects.
@pytest.mark.parametrize(
    "file",
    [
        "reports/80520-luton/2026-03-10.pdf",
        "reports/80568-swindon/2014-05-23.pdf",
        "reports-joint/jtai/30eaf78f.pdf",
    ],
)
def test_a_byte_changed_in_any_part_of_a_report_is_told(shared: Path, file: str) -> None:
    path = shared / file
    if not path.is_file():
        pytest.skip(f"{path.name} is not here")
    data = path.read_bytes()
    assert damaged_part(data) is None
    parts = [part for part in checksums._parts(data, checksums.WORDLESS) if part.filters]
    assert len(parts) > 10
    for part in parts:
        middle = (part.start + part.end) // 2
        assert damaged_part(changed(data, middle)) == part.start

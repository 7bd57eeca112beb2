"""The bytes of a source file: whether they can be had, of what kind they are, whether whole."""

from __future__ import annotations

import re
from pathlib import Path

from ofsted_kg.errors import SourceError

MAX_FILE_BYTES = 50 * 1024 * 1024
END_MARK = b"%%EOF"
TAIL_BYTES = 16 * 1024  # that may stand behind the end
END_BYTES = 64  # of an end itself
FIRST_END = re.compile(rb"startxref\s+0\s+%%EOF$")
HEAD_BYTES = 1024
BEGIN_MARK = re.compile(rb"%PDF-\d")
# What is neither a PDF nor plain text, by what it begins with.
OTHER_KINDS = tuple(
    (kind, re.compile(begins, re.IGNORECASE))
    for kind, begins in (
        ("a web page, not a PDF: fetch the report it links to", rb"<!doctype html|<html"),
        ("a packed file (a document of Word?), not a PDF: save it as one", rb"\APK\x03\x04"),
        ("a document of an older Word, not a PDF: save it as one", rb"\A\xd0\xcf\x11\xe0"),
        ("rich text, not a PDF: save it as one", rb"\A\{\\rtf"),
    )
)


def read_bytes(path: Path) -> bytes:
    """The bytes of a file, or a SourceError that says why there are none."""
    try:
        status = path.stat()
        if path.is_dir():
            raise SourceError(f"{path}: is a folder: name a file in it")
        if not path.is_file():
            raise SourceError(f"{path}: is not an ordinary file")
        if status.st_size > MAX_FILE_BYTES:
            raise SourceError(
                f"{path.name}: {status.st_size:,} bytes, more than the limit of "
                f"{MAX_FILE_BYTES // 1024**2} MB"
            )
        data = path.read_bytes()
    except OSError as error:
        reason = (error.strerror or str(error)).lower()
        raise SourceError(f"{path}: cannot be read: {reason}") from error
    if not data.strip():
        raise SourceError(f"{path.name}: is empty: fetch it again")
    return data


def check_magic(name: str, data: bytes) -> None:
    """Refuse what is not a PDF by its first bytes, whatever it is called."""
    if b"%PDF-" in data[:HEAD_BYTES]:
        return
    kind = next((kind for kind, begins in OTHER_KINDS if begins.search(data, 0, HEAD_BYTES)), "")
    raise SourceError(f"{name}: is {kind or 'not a PDF (it does not begin with %PDF)'}")


def is_other_kind(data: bytes) -> bool:
    """Whether a file begins as a kind does that is known and is neither a PDF nor plain text."""
    return any(begins.search(data, 0, HEAD_BYTES) for _, begins in OTHER_KINDS)


def whole_pdf(name: str, data: bytes) -> bytes:
    """A PDF without what another program put behind its end.

    Raises SourceError where its end is missing, or a second PDF is joined to it: readers of
    PDF see the last one alone.
    """
    if _is_joined(data):
        raise SourceError(
            f"{name}: holds several PDFs, one behind the other: split it into its files"
        )
    # A file that was saved several times has an end for each: behind the last of them no object
    # may stand. One made to be shown page by page has a first end that points to nothing.
    end = data.rfind(END_MARK) + len(END_MARK)
    behind = data[end:].strip(b"\0\t\n\f\r ")
    is_last = len(behind) <= TAIL_BYTES and b" obj" not in behind
    is_end = end >= len(END_MARK) and FIRST_END.search(data[:end][-END_BYTES:]) is None
    if not (is_end and is_last):
        raise SourceError(f"{name}: is cut short (it does not end as a PDF must): fetch it again")
    return data[:end]


def _is_joined(data: bytes) -> bool:
    """Whether a PDF begins soon behind the end of one: objects stand before an attached one."""
    for begin in BEGIN_MARK.finditer(data, HEAD_BYTES):
        end = data.rfind(END_MARK, max(0, begin.start() - TAIL_BYTES), begin.start())
        if end >= 0 and b" obj" not in data[end : begin.start()]:
            return True
    return False

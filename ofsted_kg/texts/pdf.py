"""Reads a PDF to text with positions by PDFium, within limits no file can break.

The reading itself runs in a child process with a ceiling on memory and processor time: a
crafted file can make any PDF library use as much of both as there is, and PDFium
ends its process when memory runs out.
"""

from __future__ import annotations

import ctypes
import faulthandler
import gc
import io
import multiprocessing
import os
import re
import signal
from functools import partial
from importlib.metadata import version
from multiprocessing.connection import Connection
from pathlib import Path

import pypdfium2 as pdfium
import pypdfium2.raw as pdfium_c

from ofsted_kg.errors import SourceError
from ofsted_kg.texts.checksums import TooLargeError, damaged_part
from ofsted_kg.texts.files import check_magic, read_bytes, whole_pdf
from ofsted_kg.texts.lines import PdfText, RawLine, RawPage, build_text, sha256_of_bytes

MAX_PAGES = 500
MAX_PAGE_CHARACTERS = 100_000
MAX_CHARACTERS = 10_000_000
MAX_SECONDS = 60  # of a processor's time
_PATIENCE = 90  # seconds until a child that says nothing is given up
_TRIES = 2
MAX_MEMORY_BYTES = 300 * 1024 * 1024
BEYOND_MEMORY = (
    f"cannot be read within {MAX_MEMORY_BYTES // 1024**2} MB of memory: it is damaged, or made to "
    "unpack without end"
)

EXTRACTOR = f"pypdfium2 {version('pypdfium2')}"
LINE_END = "\r\n"
# Digits set close behind a word or a stop: a footnote mark, if they are set small.
MARK = re.compile(r"(?<=[^\W\d_]|[.,;:?!’)”%])\d{1,2}(?!\d)")
SMALL = 0.8
# A space is a third of the type size wide; cells of a table stand further apart.
GAP = 0.6
# A line with a gap is wider than this for each of its characters, in type sizes.
WIDE = 0.445
# What is narrower at the beginning of a line is the mark or number of an item.
MARK_WIDTH = 1.7
UNSCALED = 2.0
BOLD_WEIGHT = 600
FONT_NAME_BYTES = 128
Rect = tuple[ctypes.c_double, ctypes.c_double, ctypes.c_double, ctypes.c_double]
SAMPLES = 40  # characters of a page that tell how it stands
PICTURE = 0.5  # of a page


def read_pdf(path: str | Path) -> PdfText:
    """Read a PDF's text with positions.

    Raises SourceError, with one line that says what is wrong, for anything that
    is not a readable PDF with a text layer within the limits above.
    """
    path = Path(path)
    return pdf_text(path.name, read_bytes(path))


def pdf_text(name: str, data: bytes) -> PdfText:
    """The text of a PDF's bytes, as `read_pdf`."""
    check_magic(name, data)
    pages = _read_apart(name, whole_pdf(name, data))
    if not any(text.strip() for _, lines in pages for text, *_ in lines):
        raise SourceError(
            f"{name}: has no text layer (pictures of pages only): run it through "
            "character recognition first, or use Ofsted's own copy"
        )
    return build_text(name, pages, sha256_of_bytes(data), EXTRACTOR)


def _read_apart(name: str, data: bytes) -> list[RawPage]:
    """Read in a child process that cannot use more than its share."""
    if "fork" not in multiprocessing.get_all_start_methods():
        return _checked(_read_document(name, data))
    for _ in range(_TRIES):
        answer = _read_by_child(name, data)
        if answer is not None:
            return _checked(answer)
    raise SourceError(f"{name}: cannot be read: its reader does not answer; try it once more")


def _read_by_child(name: str, data: bytes) -> list[RawPage] | str | None:
    """What a child makes of a document; None where it gives no answer and does nothing.

    So may one that was forked while another thread held a lock of a native library.
    """
    context = multiprocessing.get_context("fork")
    receiver, sender = context.Pipe(duplex=False)
    child = context.Process(target=_child, args=(sender, name, data))
    child.start()
    sender.close()
    try:
        return receiver.recv() if receiver.poll(_PATIENCE) else None
    except EOFError:
        child.join()
        if child.exitcode == -signal.SIGXCPU:
            return f"{name}: cannot be read within {MAX_SECONDS} seconds"
        return f"{name}: {BEYOND_MEMORY}"
    finally:
        receiver.close()
        if child.is_alive():
            child.kill()
        child.join()
        child.close()


def _checked(answer: list[RawPage] | str) -> list[RawPage]:
    if isinstance(answer, str):
        raise SourceError(answer)
    return answer


def _child(sender: Connection, name: str, data: bytes) -> None:
    # What is thrown away here may wait for threads that the parent has and a fork has not.
    gc.disable()
    _limit()
    _silence()
    try:
        answer = _read_document(name, data)
    except MemoryError:
        os._exit(1)
    sender.send(answer)
    sender.close()
    os._exit(0)


def _silence() -> None:
    """A library that gives up writes to standard error; the parent says it in one line."""
    faulthandler.disable()
    os.dup2(os.open(os.devnull, os.O_WRONLY), 2)


def _limit() -> None:
    import resource

    used = 0
    statm = Path("/proc/self/statm")
    if statm.exists():
        used = int(statm.read_text().split()[0]) * resource.getpagesize()
    ceiling = used + MAX_MEMORY_BYTES
    _, hard = resource.getrlimit(resource.RLIMIT_AS)
    if hard != resource.RLIM_INFINITY:
        ceiling = min(ceiling, hard)
    resource.setrlimit(resource.RLIMIT_AS, (ceiling, hard))
    resource.setrlimit(resource.RLIMIT_CPU, (MAX_SECONDS, MAX_SECONDS + 5))
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))


def _read_document(name: str, data: bytes) -> list[RawPage] | str:
    """The pages of a document, or the line that says why it cannot be read."""
    try:
        document = pdfium.PdfDocument(data)
    except pdfium.PdfiumError as error:
        if error.err_code == pdfium_c.FPDF_ERR_PASSWORD:
            return f"{name}: is encrypted: save a copy without a password"
        return f"{name}: is damaged or cut short, and cannot be opened as a PDF: fetch it again"
    try:
        count = len(document)
        if count > MAX_PAGES:
            return f"{name}: {count:,} pages, more than the limit of {MAX_PAGES}"
        if count == 0:
            return f"{name}: has no pages: fetch it again"
        if fault := _unpacking(document, data):
            return f"{name}: {fault}"
        return _read_pages(name, document)
    except pdfium.PdfiumError:
        return f"{name}: is damaged or cut short, and cannot be read as a PDF: fetch it again"
    finally:
        document.close()


def _unpacking(document: pdfium.PdfDocument, data: bytes) -> str:
    """Why the parts of a file do not unpack, of which PDFium would leave the words out."""
    was_encrypted = pdfium_c.FPDF_GetSecurityHandlerRevision(document.raw) >= 0
    if was_encrypted:  # read as it shows
        plain = io.BytesIO()
        document.save(plain, flags=pdfium_c.FPDF_REMOVE_SECURITY)
        data = plain.getvalue()
    try:
        damaged = damaged_part(data, was_encrypted=was_encrypted)
    except TooLargeError:
        return BEYOND_MEMORY
    if damaged is None:
        return ""
    return "is damaged: a part of it does not unpack, so that words may be lost: fetch it again"


def _read_pages(name: str, document: pdfium.PdfDocument) -> list[RawPage] | str:
    pages = []
    total = 0
    for index in range(len(document)):
        page = document[index]
        if page.get_rotation():  # a viewer's turn alone: the text itself stands upright
            page.set_rotation(0)
        text_page = page.get_textpage()
        characters = text_page.count_chars()
        total += characters
        if characters > MAX_PAGE_CHARACTERS or total > MAX_CHARACTERS:
            return f"{name}: has more text than a report can have (page {index + 1})"
        if fault := _fault(page, text_page, characters):
            return f"{name}: page {index + 1} {fault}"
        pages.append((page.get_height(), _read_lines(text_page)))
        text_page.close()
        page.close()
    return pages


def _fault(page: pdfium.PdfPage, text_page: pdfium.PdfTextPage, characters: int) -> str:
    """Why a page cannot be read though the file can: its words stand askew, or are a picture."""
    if not characters and _is_picture(page):
        return (
            "is a picture without text (scanned?): run the file through character recognition "
            "first, or use Ofsted's own copy"
        )
    matrix = pdfium_c.FS_MATRIX()
    turned = mirrored = seen = 0
    for index in range(0, characters, max(1, characters // SAMPLES)):
        if not pdfium_c.FPDFText_GetMatrix(text_page.raw, index, matrix):
            continue
        seen += 1
        mirrored += matrix.a * matrix.d - matrix.b * matrix.c < 0
        turned += matrix.a <= abs(matrix.b) or matrix.d <= 0
    if 2 * mirrored > seen:
        return "is mirrored: use Ofsted's own copy"
    return (
        "is drawn turned: turn it upright first, or use Ofsted's own copy"
        if 2 * turned > seen
        else ""
    )


def _is_picture(page: pdfium.PdfPage) -> bool:
    """Whether pictures cover most of a page."""
    width, height = page.get_size()
    area = 0.0
    for picture in page.get_objects(filter=[pdfium_c.FPDF_PAGEOBJ_IMAGE]):
        left, bottom, right, top = picture.get_bounds()
        area += (right - left) * (top - bottom)
    return bool(area > PICTURE * width * height)


def _read_lines(text_page: pdfium.PdfTextPage) -> list[RawLine]:
    """The lines of a page; the place and type of each are those of its end characters."""
    text = text_page.get_text_range()
    raw = text_page.raw
    is_exact = len(text) == text_page.count_chars()
    index_of = _exact if is_exact else partial(_looked_up, raw, text)
    text_of = _exact if is_exact else partial(_looked_back, raw, text)
    x, y, foot = ctypes.c_double(), ctypes.c_double(), ctypes.c_double()
    rect = (ctypes.c_double(), ctypes.c_double(), ctypes.c_double(), ctypes.c_double())
    lines: list[RawLine] = []
    position = 0
    for line in text.split(LINE_END):
        stripped = line.strip()
        if stripped:
            at = position + line.index(stripped[0])
            first, last = index_of(at), index_of(at + len(stripped) - 1)
            pdfium_c.FPDFText_GetCharOrigin(raw, first, x, y)
            left, height = x.value, y.value
            pdfium_c.FPDFText_GetCharOrigin(raw, last, x, foot)
            bold = _is_bold(raw, first) and _is_bold(raw, last)
            marks = tuple(
                match.start()
                for match in MARK.finditer(line)
                if _is_small(raw, index_of(position + match.start()))
            )
            size = _size(raw, first)
            # Prose fills less than this; a broken word has its end on the line below.
            is_wide = x.value - left > WIDE * size * len(stripped) or foot.value != height
            found = _gaps(raw, first, last, size, rect) if is_wide else []
            gaps = tuple(
                (place - position, start)
                for index, start in found
                if (place := text_of(index)) > at
            )
            lines.append((line, left, height, foot.value, size, bold, marks, gaps))
        else:
            lines.append((line, 0.0, 0.0, 0.0, 0.0, False, (), ()))
        position += len(line) + len(LINE_END)
    return lines


def _exact(index: int) -> int:
    return index


def _looked_up(raw: pdfium_c.FPDF_TEXTPAGE, text: str, index: int) -> int:
    """PDFium's number for a character where the text leaves some out or joins some."""
    units = len(text[:index].encode("utf-16-le", "surrogatepass")) // 2
    return max(0, int(pdfium_c.FPDFText_GetCharIndexFromTextIndex(raw, units)))


def _looked_back(raw: pdfium_c.FPDF_TEXTPAGE, text: str, index: int) -> int:
    """The place in the text of a character that has PDFium's number `index`."""
    units = max(0, int(pdfium_c.FPDFText_GetTextIndexFromCharIndex(raw, index)))
    return len(text.encode("utf-16-le", "surrogatepass")[: 2 * units]) // 2


def _gaps(
    raw: pdfium_c.FPDF_TEXTPAGE, first: int, last: int, size: float, rect: Rect
) -> list[tuple[int, float]]:
    """Characters of a line with a wide gap before them, and where on the page they begin.

    PDFium gives cells of a table that stand at one height as one line. It knows its
    stretches of one drawing each, which is quicker than asking for every character.
    """
    count = pdfium_c.FPDFText_CountRects(raw, first, last - first + 1)
    if count < 2:
        return []
    left, top, right, bottom = rect
    edge = None
    begun = 0.0
    found = []
    for at in range(count):
        pdfium_c.FPDFText_GetRect(raw, at, left, top, right, bottom)
        if edge is None:
            begun = left.value + MARK_WIDTH * size
        elif left.value - edge > GAP * size and edge > begun:
            middle = (top.value + bottom.value) / 2
            index = pdfium_c.FPDFText_GetCharIndexAtPos(raw, left.value + 1, middle, 2.0, size)
            if first < index <= last:
                found.append((int(index), left.value))
        edge = right.value
    return found


def _is_bold(raw: pdfium_c.FPDF_TEXTPAGE, index: int) -> bool:
    """Whether a character is bold: by its font's weight, or where it has none, its name."""
    weight = int(pdfium_c.FPDFText_GetFontWeight(raw, index))
    if weight > 0:
        return weight >= BOLD_WEIGHT
    name = ctypes.create_string_buffer(FONT_NAME_BYTES)
    flags = ctypes.c_int()
    pdfium_c.FPDFText_GetFontInfo(raw, index, name, FONT_NAME_BYTES, flags)
    return b"bold" in name.value.lower()


def _is_small(raw: pdfium_c.FPDF_TEXTPAGE, index: int) -> bool:
    return index > 0 and _size(raw, index) < SMALL * _size(raw, index - 1)


def _size(raw: pdfium_c.FPDF_TEXTPAGE, index: int) -> float:
    """The type size in points; some files draw in size 1 and enlarge that."""
    size = float(pdfium_c.FPDFText_GetFontSize(raw, index))
    if size > UNSCALED:
        return size
    matrix = pdfium_c.FS_MATRIX()
    pdfium_c.FPDFText_GetMatrix(raw, index, matrix)
    return size * abs(float(matrix.d) or 1.0)

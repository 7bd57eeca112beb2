"""The text of a document with the place of every line: what the readers work on.

Offsets count Unicode code points in `PdfText.text`; pages are joined by a form
feed and numbered from 1. Positions are PDF points (1/72 inch) from the lower
left corner of the page. A plain text file has the same shape without positions.
"""

from __future__ import annotations

import bisect
import hashlib
import re
from dataclasses import dataclass, replace
from typing import NamedTuple

PAGE_BREAK = "\f"
# What ends a line in text files, whatever program wrote them; a form feed ends a page besides.
LINE_END = re.compile("\r\n|[\r\v\x1c-\x1e\x85\u2028\u2029]")

# Symbol fonts put their bullets into the private use area; these are the shapes drawn.
SYMBOLS = str.maketrans(
    {
        "\uf06e": "◼",
        "\uf0a7": "▪",
        "\uf0b7": "•",
        "\uf02d": "−",
        "\uf0be": "―",
        "\u202f": " ",
        "\u00a0": " ",
    }
)
# PDFium's sign for a hyphen at the end of a line; it sets the next line behind it.
BREAK = "\ufffe"
BROKEN_WORD = re.compile(rf"([^\W\d_]+){BREAK}([^\W\d_]+)")


class Line(NamedTuple):
    """One line of a page as it is set.

    `x` and `y` are the origin of its first character and `foot` the height of its
    last one (lower than `y` where a word is broken over a line end: PDFium gives
    both lines as one); `size` is the type size. All in points, and 0 in plain text.
    `gaps` are the places in the text behind a wide gap in the line, where the next cell
    of a table may begin, each with its `x`.
    """

    text: str
    page: int
    start: int
    end: int
    x: float = 0.0
    y: float = 0.0
    foot: float = 0.0
    size: float = 0.0
    bold: bool = False
    gaps: tuple[tuple[int, float], ...] = ()


@dataclass(frozen=True, slots=True)
class PdfText:
    """The text rendition of one document.

    `marks` are the offsets of superscript footnote marks; `sha256` is that of the
    file's bytes, `text_sha256` that of the rendition in UTF-8.
    """

    name: str
    text: str
    page_starts: tuple[int, ...]
    page_heights: tuple[float, ...]
    lines: tuple[Line, ...]
    marks: frozenset[int]
    sha256: str
    text_sha256: str
    extractor: str

    def __hash__(self) -> int:
        # Its lines are many, and its words tell it.
        return hash((self.name, self.text_sha256))

    @property
    def page_count(self) -> int:
        """Pages in the document (1 where a text file has none)."""
        return len(self.page_starts)

    @property
    def has_positions(self) -> bool:
        """Whether lines have their place on the page: in a PDF, not in a text file."""
        return any(self.page_heights)

    @property
    def is_paged(self) -> bool:
        """Whether pages mean anything: a text file without form feeds has none."""
        return self.has_positions or self.page_count > 1

    def page_of(self, offset: int) -> int:
        """The page, counted from 1, on which an offset of the text lies."""
        return bisect.bisect_right(self.page_starts, offset)

    def page_text(self, page: int) -> str:
        """The text of a page counted from 1, without its page break."""
        return self.text[self.page_starts[page - 1] : self.page_end(page)]

    def since(self, page: int) -> PdfText:
        """What begins with a page counted from 1, as a document without marks."""
        first = self.page_starts[page - 1]
        lines = (line for line in self.lines if line.page >= page)
        return replace(
            self,
            text=self.text[first:],
            page_starts=tuple(start - first for start in self.page_starts[page - 1 :]),
            page_heights=self.page_heights[page - 1 :],
            lines=tuple(
                line._replace(
                    page=line.page - page + 1, start=line.start - first, end=line.end - first
                )
                for line in lines
            ),
            marks=frozenset(),
        )

    def page_end(self, page: int) -> int:
        """The offset at which a page counted from 1 ends, before its page break."""
        return self.page_starts[page] - 1 if page < self.page_count else len(self.text)


# A line as the extractor gives it: text, x, y, foot, size, bold, the positions in the text
# of footnote marks, and those behind wide gaps, with their x. A page: its height in points
# (0 in plain text) and its lines.
RawGaps = tuple[tuple[int, float], ...]
RawLine = tuple[str, float, float, float, float, bool, tuple[int, ...], RawGaps]
RawPage = tuple[float, list[RawLine]]


def sha256_of_bytes(data: bytes) -> str:
    """SHA-256 of some bytes in hexadecimal."""
    return hashlib.sha256(data).hexdigest()


def build_text(name: str, pages: list[RawPage], sha256: str, extractor: str) -> PdfText:
    """Lay raw pages end to end as one normalised text with addressed lines."""
    mend = _WordMender(pages) if any(height for height, _ in pages) else _as_it_is
    parts: list[str] = []
    lines: list[Line] = []
    marks: set[int] = set()
    page_starts: list[int] = []
    offset = 0
    for number, (_, raw_lines) in enumerate(pages, start=1):
        page_starts.append(offset)
        page_parts = []
        for raw, x, y, foot, size, bold, raw_marks, raw_gaps in raw_lines:
            text = mend(raw)
            stripped = text.strip()
            if stripped:
                start = offset + text.index(stripped[0])
                end = start + len(stripped)
                gaps = tuple((offset + len(mend(raw[:at])), left) for at, left in raw_gaps)
                lines.append(Line(stripped, number, start, end, x, y, foot, size, bold, gaps))
                marks.update(offset + len(mend(raw[:mark])) for mark in raw_marks)
            page_parts.append(text)
            offset += len(text) + 1
        parts.append("\n".join(page_parts))
    text = PAGE_BREAK.join(parts)
    return PdfText(
        name=name,
        text=text,
        page_starts=tuple(page_starts),
        page_heights=tuple(height for height, _ in pages),
        lines=tuple(lines),
        marks=frozenset(marks),
        sha256=sha256,
        text_sha256=sha256_of_bytes(text.encode("utf-8")),
        extractor=extractor,
    )


class _WordMender:
    """Normalises a line's characters and the words broken over a line end.

    A break is closed up only where the document has the joined word elsewhere and
    never the hyphened one; otherwise the hyphen is the word's own and stays.
    """

    def __init__(self, pages: list[RawPage]) -> None:
        self._pages = pages
        self._everything: str | None = None

    def __call__(self, text: str) -> str:
        if text.isascii():
            return text
        text = text.translate(SYMBOLS)
        if BREAK not in text:
            return text
        return BROKEN_WORD.sub(self._mend, text).replace(BREAK, "-")

    def _mend(self, match: re.Match[str]) -> str:
        first, second = match.groups()
        closes = self._has(first + second) and not self._has(f"{first}-{second}")
        return first + second if closes else f"{first}-{second}"

    def _has(self, word: str) -> bool:
        """Whether the document has a word, unbroken, anywhere."""
        if self._everything is None:
            lines = (text for _, lines in self._pages for text, *_ in lines)
            self._everything = "\n".join(lines).casefold()
        word = word.casefold()
        if word not in self._everything:
            return False
        whole = re.compile(rf"(?<![\w{BREAK}-]){re.escape(word)}(?![\w{BREAK}-])")
        return whole.search(self._everything) is not None


def _as_it_is(text: str) -> str:
    return text


def plain_text(name: str, text: str, sha256: str) -> PdfText:
    """A text file as lines without positions; form feeds, where it has any, are pages."""
    normal = LINE_END.sub("\n", text)
    pages: list[RawPage] = [
        (0.0, [(line, 0.0, 0.0, 0.0, 0.0, False, (), ()) for line in page.split("\n")])
        for page in normal.split(PAGE_BREAK)
    ]
    return build_text(name, pages, sha256, "plain text")

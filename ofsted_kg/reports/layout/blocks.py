"""Gathers lines into headings, numbered paragraphs, list items and plain paragraphs."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from enum import Enum
from itertools import pairwise, zip_longest

from ofsted_kg.reports.layout.furniture import LARGE, body_lines, body_size
from ofsted_kg.reports.layout.grades import LAST_GRADE
from ofsted_kg.reports.layout.table import ROW_START
from ofsted_kg.texts.lines import Line, PdfText
from ofsted_kg.texts.pieces import Piece

# Any character of private use counts: it is a bullet of some symbol font.
MARKS = "◼■▪●•◦○▫□❖➢➤►‣\ue000-\uf8ff"
BULLET = re.compile(rf"[{MARKS}]\s*(?=\S)")
DASHES = "−–—―─\u0335\u0336-"
# A minus or a stroke needs no space behind it, as what may join words does.
DASH = re.compile(rf"(?:[−\u0335\u0336]|[{DASHES}]\s)\s*(?=\S)")
BARE_BULLET = re.compile(rf"[{MARKS}{DASHES}]$")
BARE_MARK = re.compile(rf"(?:[{MARKS}{DASHES}]|\d{{1,3}}\.)$")
NUMBER = re.compile(r"(\d{1,3})\.(?:\s+(?=\S)|(?=[^\d\s]))")
# A number whose full stop is missing: only where it is the next in its column.
UNDOTTED = re.compile(r"(\d{1,3})\s*(?=[^\W\d_a-z])")
SENTENCE_END = re.compile(r"[.!?:;]['’”)\]]*\d{0,2}$")
# A footnote mark and small letters, or a stop: never a cell of a table.
REST_OF_LINE = re.compile(r"\d{0,2}\s*[^\W\d_A-Z]|[,;:.)]")
COORDINATED = re.compile(r"(?:and|or|to)\b")

# Characters of a heading in a text file, and of one behind which the grade of a part stands.
SHORT = 80
SHORT_WITH_GRADE = 130
LOOSE = 1.35
TIGHT = 1.15
PAUSE = 1.25
USUAL_LEADING = 1.2
WIDEST_LEADING = 1.5
SHIFT = 5.0


class Kind(Enum):
    """What a block of text is."""

    HEADING = "heading"
    NUMBERED = "numbered"
    BULLET = "bullet"
    DASH = "dash"
    PLAIN = "plain"


@dataclass(slots=True)
class PrintedBlock:
    """Lines that belong together; `lead` is the length of its mark or number."""

    kind: Kind
    lines: list[Line]
    number: int | None = None
    lead: int = 0
    hang: float | None = None
    marks: frozenset[int] = field(default=frozenset(), repr=False)

    @property
    def page(self) -> int:
        """The page on which it begins."""
        return self.lines[0].page

    @property
    def start(self) -> int:
        """Offset of its first character, mark or number included."""
        return self.lines[0].start

    @property
    def end(self) -> int:
        """Offset after its last character."""
        return self.lines[-1].end

    @property
    def pieces(self) -> Iterator[Piece]:
        """Where each of its lines stands."""
        return ((line.start, line.end) for line in self.lines)

    @property
    def x(self) -> float:
        """Left edge of its first line in points."""
        return self.lines[0].x

    @property
    def size(self) -> float:
        """Type size of its first line in points."""
        return self.lines[0].size

    @property
    def text(self) -> str:
        """Its words on one line, without mark, number and footnote marks."""
        marks = [mark for mark in self.marks if self.start <= mark < self.end]
        parts = [_unmarked(line, marks) if marks else line.text for line in self.lines]
        parts[0] = parts[0][self.lead :]
        return join_lines(parts)


def join_lines(parts: list[str]) -> str:
    """Set lines one after the other; a hyphen at a line's end stays the word's own."""
    if len(parts) == 1:
        return " ".join(parts[0].split())
    text = ""
    for part in (" ".join(part.split()) for part in parts):
        broken = text.endswith("-") and text[-2:-1].isalnum() and not COORDINATED.match(part)
        text += part if broken or not text else f" {part}"
    return text


def _unmarked(line: Line, marks: list[int]) -> str:
    text = line.text
    for mark in sorted(marks, reverse=True):
        if line.start <= mark < line.end:
            at = mark - line.start
            text = text[:at] + re.sub(r"^\d{1,2}", "", text[at:])
    return text


def read_blocks(document: PdfText) -> list[PrintedBlock]:
    """The blocks of a document's body in reading order."""
    if document.has_positions:
        return _BlockBuilder(document).build()
    return [_plain_block(part) for line in document.lines for part in _parted(line)]


def _parted(line: Line) -> list[Line]:
    """A line of a text file, parted where marks or numbers inside it begin further items."""
    cuts = sorted({0, *inner_marks(line.text), len(line.text)})
    parts = []
    for first, after in pairwise(cuts):
        words = line.text[first:after].strip()
        start = line.start + line.text.index(words, first)
        parts.append(line._replace(text=words, start=start, end=start + len(words)))
    return parts


def inner_marks(text: str) -> list[int]:
    """Where marks or numbers stand inside a line as they stand before an item.

    A dash inside a sentence is none: it must be that of the line's own item, before a capital.
    A number must be the next.
    """
    found = [match.start() for match in BULLET.finditer(text) if match.start()]
    if DASH.match(text):
        own = re.compile(rf"(?<=\s){re.escape(text[0])}\s+(?=[^\W\d_a-z])")
        found += [match.start() for match in own.finditer(text)]
    if number := NUMBER.match(text):
        expected, at = int(number[1]) + 1, number.end()
        while match := re.compile(rf"(?<=\s){expected}\.\s+(?=[A-Z‘“(])").search(text, at):
            found.append(match.start())
            expected, at = expected + 1, match.end()
    return found


def _plain_block(line: Line) -> PrintedBlock:
    """In a text file every paragraph stands on one line."""
    if match := NUMBER.match(line.text):
        return PrintedBlock(Kind.NUMBERED, [line], int(match[1]), match.end())
    if match := BULLET.match(line.text) or DASH.match(line.text):
        return PrintedBlock(Kind.BULLET, [line], None, match.end())
    is_short = len(line.text) < SHORT and not re.search(r"[.;]$", line.text)
    is_heading = is_short or _is_graded_heading(line.text)
    return PrintedBlock(Kind.HEADING if is_heading else Kind.PLAIN, [line])


def _is_graded_heading(text: str) -> bool:
    """Whether a line of a text file begins as a row of the table does and ends in a grade."""
    is_row = ROW_START.match(text) and LAST_GRADE.search(text)
    return len(text) < SHORT_WITH_GRADE and bool(is_row) and text[-1:].isalpha()


class _BlockBuilder:
    """Decides line by line, from place and type, where a block ends and begins."""

    def __init__(self, document: PdfText) -> None:
        self.size = body_size(document)
        self.lines = body_lines(document, self.size)
        self.marks = document.marks
        self.leading = _leading(self.lines, self.size)
        self.blocks: list[PrintedBlock] = []
        self.numbered: PrintedBlock | None = None

    def build(self) -> list[PrintedBlock]:
        previous: Line | None = None
        mark: Line | None = None
        for line, after in zip_longest(self.lines, self.lines[1:]):
            if BARE_MARK.match(line.text) and _beside(line, after):
                mark = line
                continue
            if BARE_BULLET.match(line.text):
                continue
            block = _set_apart(mark, line) if mark else self._starts(line, previous)
            mark = None
            if block is None:
                current = self.blocks[-1]
                if current.hang is None:
                    current.hang = line.x
                current.lines.append(line)
            else:
                block.marks = self.marks
                self.blocks.append(block)
                self.numbered = block if block.kind is Kind.NUMBERED else self.numbered
            previous = line
        return self.blocks

    def _starts(self, line: Line, previous: Line | None) -> PrintedBlock | None:
        """A new block where the line begins one, None where it continues the last."""
        current = self.blocks[-1] if self.blocks else None
        if previous and _on_same_line(line, previous):
            return None
        digits = line.text[:1].isdigit()
        match = (NUMBER.match(line.text) or self._next_number(line)) if digits else None
        if match and self._may_number(line, previous):
            return PrintedBlock(Kind.NUMBERED, [line], int(match[1]), match.end())
        if match := BULLET.match(line.text):
            return PrintedBlock(Kind.BULLET, [line], None, match.end())
        if (match := DASH.match(line.text)) and self._may_dash(line, previous):
            return PrintedBlock(Kind.DASH, [line], None, match.end())
        if current is None or previous is None:
            return PrintedBlock(self._kind(line), [line])
        if self._is_heading(line):
            same = current.kind is Kind.HEADING and self._follows(line, previous)
            if same and abs(line.size - previous.size) < 0.5 and line.bold == previous.bold:
                return None
            turned = line.page != previous.page and not self._is_heading(previous)
            after_stop = _stands_alone(line, previous)
            breaks = turned or after_stop or not self._continues(line, previous, current)
            if current.kind is Kind.HEADING or breaks:
                return PrintedBlock(Kind.HEADING, [line])
            return None
        if current.kind is Kind.HEADING or not self._continues(line, previous, current):
            return PrintedBlock(Kind.PLAIN, [line])
        return None

    def _kind(self, line: Line) -> Kind:
        return Kind.HEADING if self._is_heading(line) else Kind.PLAIN

    def _is_heading(self, line: Line) -> bool:
        return line.bold or line.size > LARGE * self.size

    def _follows(self, line: Line, previous: Line) -> bool:
        """Whether a line stands at ordinary distance under the one before."""
        if line.page != previous.page:
            return False
        larger = max(line.size / self.size, 1.0) if self.size else 1.0
        return -1 < previous.foot - line.y <= LOOSE * self.leading * larger

    def _continues(self, line: Line, previous: Line, current: PrintedBlock) -> bool:
        listed = current.kind in (Kind.NUMBERED, Kind.BULLET, Kind.DASH)
        if listed and not self._hangs(line, current):
            return current.hang is None and self._runs_on(line, previous, current)
        if line.page == previous.page:
            pauses = previous.foot - line.y > PAUSE * self.leading
            ended = not listed and pauses and SENTENCE_END.search(previous.text)
            return not ended and self._follows(line, previous)
        if listed:
            return True
        return not SENTENCE_END.search(previous.text) or line.text[:1].islower()

    def _hangs(self, line: Line, current: PrintedBlock) -> bool:
        if current.hang is None:
            return line.x > current.x + SHIFT
        return abs(line.x - current.hang) <= SHIFT

    def _runs_on(self, line: Line, previous: Line, current: PrintedBlock) -> bool:
        """Whether an item without a hanging indent goes on in a second line."""
        tight = line.page == previous.page and previous.foot - line.y <= TIGHT * self.leading
        return tight and self._follows(line, previous) and abs(line.x - current.x) <= SHIFT

    def _may_number(self, line: Line, previous: Line | None) -> bool:
        """A number that opens a paragraph stands out to the left of running text."""
        current = self.blocks[-1] if self.blocks else None
        if current is None or previous is None:
            return True
        if current.kind in (Kind.NUMBERED, Kind.BULLET, Kind.DASH):
            edge = current.x + 2 * SHIFT if current.hang is None else current.hang
            if abs(edge - current.x) <= SHIFT:
                return not self._follows(line, previous)
            return line.x < edge - SHIFT
        return current.kind is Kind.HEADING or not self._follows(line, previous)

    def _next_number(self, line: Line) -> re.Match[str] | None:
        """The number after that of the last numbered paragraph, printed at its place."""
        last = self.numbered
        match = UNDOTTED.match(line.text) if last and abs(line.x - last.x) < SHIFT else None
        follows = match and last and last.number and int(match[1]) == last.number + 1
        return match if follows else None

    def _may_dash(self, line: Line, previous: Line | None) -> bool:
        """A dash opens an item after a pause, not in the middle of a sentence."""
        current = self.blocks[-1] if self.blocks else None
        if current is None or previous is None or current.kind is Kind.DASH:
            return True
        return bool(SENTENCE_END.search(previous.text)) or not self._follows(line, previous)


def _beside(mark: Line, line: Line | None) -> bool:
    return line is not None and mark.page == line.page and abs(mark.y - line.y) <= SHIFT


def _on_same_line(line: Line, previous: Line) -> bool:
    """Whether what the file draws apart, as behind a raised mark, is set on the line before."""
    if line.x <= previous.x or line.page != previous.page:
        return False
    level = abs(previous.y - line.y) <= SHIFT or abs(previous.foot - line.y) <= SHIFT
    return level and REST_OF_LINE.match(line.text) is not None


def _stands_alone(line: Line, previous: Line) -> bool:
    """Whether a line in a heading's type begins after a sentence and is none itself."""
    ended = SENTENCE_END.search(previous.text)
    return bool(ended and line.text[:1].isupper() and not SENTENCE_END.search(line.text))


def _set_apart(mark: Line, line: Line) -> PrintedBlock:
    """An item whose mark or number the file draws as a line of its own beside it."""
    number = int(mark.text[:-1]) if mark.text[:-1] else None
    kind = Kind.DASH if mark.text in DASHES else Kind.BULLET
    if number is not None:
        kind = Kind.NUMBERED
    return PrintedBlock(kind, [mark, line], number, len(mark.text), hang=line.x)


def _leading(lines: Sequence[Line], size: float) -> float:
    """The commonest distance in points between lines that may be of one paragraph."""
    gaps = Counter(
        round(above.foot - below.y)
        for above, below in pairwise(lines)
        if above.page == below.page and size <= above.foot - below.y <= WIDEST_LEADING * size
    )
    return float(gaps.most_common(1)[0][0]) if gaps else USUAL_LEADING * size

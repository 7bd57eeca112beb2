"""A source document's text, cut into the units that passages point at.

A *block* is a numbered paragraph with its list, or any other line (heading, grade,
table row, address line). A *sentence* is a sentence, list item or table row of a
block. Keys name units so that a person can read them in a diff:

    72          paragraph 72            b14         the 14th unnumbered block
    72.4        its fourth sentence     72.4.1-9    words 1 to 9 of that sentence

Offsets count Unicode code points of the text as read (UTF-8, LF line ends, NFC).
"""

import hashlib
import re
import unicodedata
from dataclasses import dataclass, field
from functools import cached_property
from itertools import pairwise
from pathlib import Path

from ofsted_kg.errors import SourceError

_NUMBERED = re.compile(r"(\d+)\.\s+(?=\S)")
_GRADE_LINE = re.compile(r"\**Grade \d \(\w+\)\**")
_LIST_ITEM = re.compile(r"\s*[-*•]\s+")
_LIST_LABEL = re.compile(r"[A-Z][\w ]*:$")
_SENTENCE_END = re.compile(r"(?<=[.?!])[”’'\"]*\s+(?=[“‘'\"]?[A-Z0-9])")
_KEY = re.compile(r"(?P<block>b?\d+)(?:\.(?P<sentence>\d+))?(?:\.(?P<first>\d+)-(?P<last>\d+))?$")
_MAX_HEADING = 100


@dataclass(frozen=True)
class Span:
    """Start (inclusive) and end (exclusive) in the text."""

    start: int
    end: int


@dataclass(frozen=True)
class Block:
    """A paragraph or other unit; `kind` is the name of a passage role."""

    key: str
    span: Span
    kind: str
    sentences: tuple[Span, ...]


@dataclass
class _Draft:
    number: int | None
    kind: str
    lines: list[Span] = field(default_factory=list)


@dataclass(frozen=True)
class TextDocument:
    """The text of a document with its digest and its units."""

    text: str
    sha256: str

    @cached_property
    def blocks(self) -> tuple[Block, ...]:
        """Paragraphs and other units in the order of the text."""
        return tuple(_blocks(self.text))

    @cached_property
    def _by_key(self) -> dict[str, Block]:
        return {block.key: block for block in self.blocks}

    def span(self, key: str) -> Span:
        """The span that a passage key names; SourceError if the document has no such unit."""
        match = _KEY.match(key)
        block = self._by_key.get(match["block"]) if match else None
        if match is None or block is None:
            raise SourceError(f"passage {key}: the document has no such block")
        if match["sentence"] is None:
            return block.span
        number = int(match["sentence"])
        if not 1 <= number <= len(block.sentences):
            raise SourceError(f"passage {key}: the block has {len(block.sentences)} sentences")
        sentence = block.sentences[number - 1]
        if match["first"] is None:
            return sentence
        words = list(re.finditer(r"\S+", self.text[sentence.start : sentence.end]))
        first, last = int(match["first"]), int(match["last"])
        if not 1 <= first <= last <= len(words):
            raise SourceError(f"passage {key}: the sentence has {len(words)} words")
        return Span(
            sentence.start + words[first - 1].start(), sentence.start + words[last - 1].end()
        )

    def words(self, key: str) -> str:
        """The exact words of a passage."""
        span = self.span(key)
        return self.text[span.start : span.end]


def read_text(path: Path) -> TextDocument:
    """Reads a UTF-8 text document; SourceError where it cannot serve as a rendition."""
    try:
        data = path.read_bytes()
        text = data.decode("utf-8")
    except OSError as error:
        raise SourceError(f"{path}: cannot be read ({error.strerror})") from None
    except UnicodeDecodeError as error:
        raise SourceError(f"{path}: not UTF-8 text (byte {error.start})") from None
    if "\r" in text or not unicodedata.is_normalized("NFC", text):
        raise SourceError(f"{path}: wants LF line ends and NFC, or positions would not agree")
    return TextDocument(text, hashlib.sha256(data).hexdigest())


def sha256_of_text(text: str) -> str:
    """SHA-256 in hexadecimal of the UTF-8 bytes of a text."""
    return hashlib.sha256(text.encode("utf-8")).hexdigest()


def _lines(text: str) -> list[Span]:
    """Non-empty lines without surrounding white space; a glued grade becomes its own line."""
    lines = []
    for match in re.finditer(r"[^\n]+", text):
        start, end = match.span()
        grade = _GRADE_LINE.search(match[0])
        cuts = [start, start + grade.start(), end] if grade and grade.start() else [start, end]
        for left, right in pairwise(cuts):
            part = text[left:right]
            if part.strip():
                lines.append(Span(left + len(part) - len(part.lstrip()), left + len(part.rstrip())))
    return lines


def _blocks(text: str) -> list[Block]:
    drafts: list[_Draft] = []
    number = 0
    numbered = any(_NUMBERED.match(text[s.start : s.end]) for s in _lines(text))
    for line in _lines(text):
        words = text[line.start : line.end]
        match = _NUMBERED.match(words)
        if match and int(match[1]) == number + 1:
            number += 1
            drafts.append(_Draft(number, "text", [line]))
        elif drafts and drafts[-1].number and not _stands_alone(words):
            drafts[-1].lines.append(line)
        else:
            kind = _kind(words, before_text=numbered and number == 0)
            drafts.append(
                _Draft(None, "furniture" if numbered and kind == "text" else kind, [line])
            )
    return _named(text, drafts)


def _stands_alone(words: str) -> bool:
    """Whether a line after a numbered paragraph begins something new."""
    if _GRADE_LINE.fullmatch(words):
        return True
    if "\t" in words or _LIST_ITEM.match(words) or words.endswith((".", ",", ";")):
        return False
    if _LIST_LABEL.match(words):
        return words.startswith("Record of")
    return len(words) < _MAX_HEADING and words[0].isupper()


def _kind(words: str, *, before_text: bool) -> str:
    if _GRADE_LINE.fullmatch(words):
        return "grade-line"
    if _LIST_ITEM.match(words):
        return "list-item"
    if "\t" in words:
        return "contents" if before_text and words[-1].isdigit() else "table-row"
    sentence = words.endswith((".", ",", "”", ";")) or len(words) >= _MAX_HEADING
    introduction = words.endswith(":") and words.count(" ") > 4
    return "text" if sentence or introduction else "heading"


def _named(text: str, drafts: list[_Draft]) -> list[Block]:
    blocks = []
    unnumbered = 0
    for draft in drafts:
        if draft.number is None:
            unnumbered += 1
        key = str(draft.number) if draft.number is not None else f"b{unnumbered}"
        span = Span(draft.lines[0].start, draft.lines[-1].end)
        blocks.append(Block(key, span, draft.kind, tuple(_sentences(text, draft))))
    return blocks


def _sentences(text: str, draft: _Draft) -> list[Span]:
    """Sentences, list items and table rows; a sentence may run on over a line end."""
    runs: list[Span] = []
    for line in draft.lines:
        words = text[line.start : line.end]
        item = _LIST_ITEM.match(words) or ("\t" in words) or _LIST_LABEL.match(words)
        if runs and not item:
            runs[-1] = Span(runs[-1].start, line.end)
        else:
            runs.append(line)
    sentences = []
    for run in runs:
        start = run.start
        for pattern in (_NUMBERED, _LIST_ITEM):
            if marker := pattern.match(text, start, run.end):
                start = marker.end()
                break
        ends = () if "\t" in text[start : run.end] else _SENTENCE_END.finditer(text, start, run.end)
        for match in ends:
            sentences.append(Span(start, start + len(text[start : match.end()].rstrip())))
            start = match.end()
        sentences.append(Span(start, run.end))
    return sentences

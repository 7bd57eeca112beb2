"""Where the sentences of a passage begin and end.

Written for the prose of official reports: what a general splitter gets wrong in them are
abbreviations, footnote marks behind the stop, numbers of paragraphs and bulleted items, each
of which is a sentence of its own here.
"""

import re
from bisect import bisect_right
from collections.abc import Iterable, Iterator

from ofsted_kg.texts.pieces import BETWEEN, Piece

# A stop, what may close behind it, a footnote mark, white space and what can open a sentence.
_STOP = re.compile(r"(?P<word>\S*?[.?!])[”’'\"\)\]]*\d{0,2}\s+(?=[“‘'\"\(\[]?[A-Z0-9])")
# Words whose stop ends no sentence.
ABBREVIATION = re.compile(
    r"(?:^|[^\w])(?:[A-Z]|Mr|Mrs|Ms|Miss|Dr|Prof|Rev|St|Cllr|No|Nos|Inc|Ltd|vs?|cf|approx|para|pp?"
    r"|e\.g|i\.e|etc)\.$"
)
# What stands before the first word of an item or of a numbered paragraph.
_BULLET = r"(?:[■•▪●◼\uf0a7\uf0b7−]|[–—-](?=\s)|o(?=[ \t]))"
_ITEM = re.compile(rf"(?<=\n)[ \t]*{_BULLET}")
_MARK = re.compile(rf"[ \t]*(?:{_BULLET}|\d{{1,3}}\.)\s*")
# The mark alone, before whatever it is; a minus sign is none.
_ITEM_MARK = re.compile(rf"\s*(?:{_BULLET}|\*(?=\s))(?!\d)\s*")
# A printed reference behind a sentence is part of it.
_REFERENCE = re.compile(r"\((?:Recommendation|Paragraph|Page)s?\b[^()]*\)", re.IGNORECASE)


def sentences(text: str, pieces: Iterable[Piece]) -> Iterator[tuple[Piece, ...]]:
    """The sentences of a passage, each as the stretches of the text that its words fill."""
    pieces = tuple(pieces)
    words = BETWEEN.join(text[start:end] for start, end in pieces)
    starts = [0]
    for start, end in pieces[:-1]:
        starts.append(starts[-1] + end - start + len(BETWEEN))
    for first, last in _stretches(words):
        yield tuple(_placed(first, last, pieces, starts))


def without_mark(words: str) -> str:
    """The words of an item of a list without the bullet that they may have before them."""
    mark = _ITEM_MARK.match(words)
    return words[mark.end() :] if mark else words


def _stretches(words: str) -> Iterator[Piece]:
    """Start and end of each sentence in the words of a passage."""
    edges = {match.start() for match in _ITEM.finditer(words)}
    edges |= {
        stop.end()
        for stop in _STOP.finditer(words)
        if not (ABBREVIATION.search(stop["word"]) or _REFERENCE.match(words, stop.end()))
    }
    edges -= {0, len(words)}
    ordered = sorted(edges)
    for first, last in zip([0, *ordered], [*ordered, len(words)], strict=True):
        if mark := _MARK.match(words, first, last):
            first = mark.end()
        last = first + len(words[first:last].rstrip())
        first = last - len(words[first:last].lstrip())
        if first < last:
            yield first, last


def _placed(first: int, last: int, pieces: tuple[Piece, ...], starts: list[int]) -> Iterator[Piece]:
    """The stretches of the text under a stretch of a passage's words."""
    at = bisect_right(starts, first) - 1
    while at < len(pieces) and starts[at] < last:
        start, end = pieces[at]
        begin = start + max(first - starts[at], 0)
        finish = min(end, start + last - starts[at])
        if begin < finish:
            yield begin, finish
        at += 1

"""The stretches of a text that a passage is made of, where it is not of one.

A paragraph that crosses a page has the foot of one page and the head of the next in
between. Its words are its pieces joined by a line feed, and its digest is that of them.
"""

from collections.abc import Iterable

# Start (inclusive) and end (exclusive) in the text, as code points.
Piece = tuple[int, int]
BETWEEN = "\n"


def joined(pieces: Iterable[Piece], text: str) -> tuple[Piece, ...]:
    """The same pieces in the order of the text, made one where only white space parts them."""
    found: list[Piece] = []
    for start, end in sorted(pieces):
        if found and not text[found[-1][1] : start].strip():
            start = found.pop()[0]
        found.append((start, end))
    return tuple(found)


def left_out(pieces: Iterable[Piece]) -> list[Piece]:
    """What lies between the pieces of a passage."""
    starts, ends = zip(*pieces, strict=True)
    return list(zip(ends, starts[1:], strict=False))


def around(start: int, end: int, gaps: Iterable[Piece]) -> tuple[Piece, ...]:
    """The pieces of a passage from its whole stretch and what it leaves out of that."""
    edges = [start, *(edge for gap in sorted(gaps) for edge in gap), end]
    return tuple(zip(edges[::2], edges[1::2], strict=True))


def words_of(pieces: Iterable[Piece], text: str) -> str:
    """The words of a passage."""
    return BETWEEN.join(text[start:end] for start, end in pieces)


def within(pieces: Iterable[Piece], start: int, end: int) -> tuple[Piece, ...]:
    """What of some pieces lies between two places in the text."""
    cut = ((max(first, start), min(last, end)) for first, last in pieces)
    return tuple((first, last) for first, last in cut if first < last)

"""Answers with the exact words behind their rows, from the reader's own copies."""

from collections.abc import Iterable, Iterator, Sequence
from itertools import groupby
from pathlib import Path
from typing import NamedTuple

import pyoxigraph as ox

from ofsted_kg.asking.answers import Answer, Term
from ofsted_kg.asking.copies import Copies
from ofsted_kg.asking.passages import Passage, origins, passages_of
from ofsted_kg.errors import OfstedKgError, SourceError
from ofsted_kg.store import Store
from ofsted_kg.texts.sentences import without_mark

_AT_ONCE = 1_000  # statements asked for in one query
_FEW = 5  # documents or places to name
_BETWEEN = " | "  # the words of several passages

_ABSENT = "the document is in no folder given"
_UNREADABLE = "the copy cannot be read"
_OTHER = "the text of the copy has not the digest on record"
_NONE_AT_ALL = "no row rests on a text of a document"
_NO_TEXT = "the row rests on no text of a document"


class _Found(NamedTuple):
    """The words of a statement, or why there are none and what that is so of."""

    words: str | None
    why: str = ""
    what: str = ""


def with_words(answer: Answer, folders: Sequence[Path]) -> Answer:
    """The answer with a column of words for each kind of statement that its rows rest on.

    Line ends are spaces in them, and the bullet before an item is left out. A cell is empty
    where no copy at hand has just the words that were encoded, and the notes say of how many
    rows that is so, and why. Raises OfstedKgError for a folder that is not there, and for an
    answer whose rows rest on no passage.
    """
    behind = answer.behind
    if behind is None:
        raise OfstedKgError("the rows of this answer rest on no passage whose words could be added")
    if not folders:
        raise OfstedKgError("name a folder with your copies of the documents")
    copies = Copies(folders, origins(behind.store))
    wanted = {node for column in behind.statements.values() for node in column if node is not None}
    found = _found(behind.store, sorted(wanted, key=str), copies)
    notes = list(answer.notes)
    rows = [list(row) for row in answer.terms]
    for name, column in behind.statements.items():
        cells = [node and found.get(node, _Found(None, _NO_TEXT)) for node in column]
        for row, cell in zip(rows, cells, strict=True):
            row.append(ox.Literal(cell.words) if cell and cell.words else None)
        notes += _notes(name, [cell for cell in cells if cell])
    if answer.terms and not wanted:
        notes.append(f"{', '.join(behind.statements)}: {_NONE_AT_ALL}")
    if len(notes) > len(answer.notes):
        notes += [f"not read: {fault}" for fault in copies.unreadable[:_FEW]]
    return answer._replace(
        columns=(*answer.columns, *behind.statements),
        terms=tuple(map(tuple, rows)),
        notes=tuple(notes),
        behind=None,
    )


def _found(store: Store, statements: Sequence[Term], copies: Copies) -> dict[Term, _Found]:
    """The words of each statement that rests on a text, each document read once."""
    passages = [
        passage
        for first in range(0, len(statements), _AT_ONCE)
        for passage in passages_of(store, statements[first : first + _AT_ONCE])
    ]
    parts: dict[str, list[_Found]] = {}
    passages.sort(key=lambda passage: passage.sha256)
    for sha256, group in groupby(passages, key=lambda passage: passage.sha256):
        try:
            text, why = copies.text(sha256), _ABSENT
        except SourceError as error:
            text, why = None, f"{_UNREADABLE} ({error})"
        for passage in group:
            part = _words(passage, text) if text is not None else _Found(None, why, passage.title)
            parts.setdefault(passage.statement, []).append(part)
    return {ox.NamedNode(statement): _joined(several) for statement, several in parts.items()}


def _words(passage: Passage, text: str) -> _Found:
    words = passage.checked(text)
    if not words:
        return _Found(None, _OTHER, passage.source)
    return _Found(" ".join(without_mark(words).split()))


def _joined(parts: Sequence[_Found]) -> _Found:
    """The words of all passages of a statement, or of none: a part alone could mislead."""
    for part in parts:
        if part.words is None:
            return part
    return _Found(_BETWEEN.join(part.words or "" for part in parts))


def _notes(column: str, cells: Sequence[_Found]) -> Iterator[str]:
    """A line for each reason why cells are empty."""
    missing: dict[str, list[str]] = {}
    for cell in cells:
        if cell.words is None:
            missing.setdefault(cell.why, []).append(cell.what)
    for why, of in missing.items():
        yield f"{column}: {len(of)} of {len(cells)} rows have none: {why}{_named(of)}"


def _named(things: Iterable[str]) -> str:
    named = list(dict.fromkeys(filter(None, things)))
    if not named:
        return ""
    return f": {'; '.join(named[:_FEW])}{'; …' if len(named) > _FEW else ''}"

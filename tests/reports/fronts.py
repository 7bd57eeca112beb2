"""Made-up pages with tables of grades, whole and spoilt, in the layouts of all families.

Each page is told with what is true of it: the grades that stand there, and what is lost. That
is written from what was done to the page and not from any reading of it.
"""

from __future__ import annotations

import itertools
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

from ofsted_kg.texts.lines import PdfText, RawLine, build_text

GRADES = ("Good", "Requires improvement to be good", "Outstanding", "Good", "Inadequate")
HEIGHT = 842.0

Label = tuple[str, ...]


@dataclass(frozen=True)
class Row:
    """A row as printed: the area it is about, the lines of its label, its grade."""

    key: str
    label: Label
    grade: str


@dataclass(frozen=True)
class Front:
    """A page to be set: the table's rows, and what is known of it.

    `truth` are the grades that the inspection gave, `lost` whether the page fails to show one
    of them, or shows what cannot be true.
    """

    name: str
    rows: tuple[Row, ...]
    truth: dict[str, str]
    lost: bool = False
    before: Sequence[str] = ()
    after: Sequence[str] = ()
    turn: int = 99
    lift: float = 0.0


def whole(name: str, labels: dict[str, Label], grades: Sequence[str]) -> Front:
    """A page on which nothing is wrong."""
    rows = [
        Row(key, label, grade) for (key, label), grade in zip(labels.items(), grades, strict=True)
    ]
    return Front(name, tuple(rows), {row.key: row.grade.lower() for row in rows})


def spoilt(front: Front, prose: Sequence[str]) -> Iterator[Front]:
    """The page with one or two things done to it, each named."""
    yield front
    for number, (before, after) in enumerate(itertools.product(((), prose), repeat=2)):
        yield replace(front, name=f"{front.name}, prose {number}", before=before, after=after)
    yield replace(front, name=f"{front.name}, grades low", lift=-7.25)
    yield replace(front, name=f"{front.name}, grades high", lift=10.0)
    for turn in range(1, len(front.rows)):
        yield replace(front, name=f"{front.name}, over the page at {turn}", turn=turn, after=prose)
    for first, second in itertools.combinations(range(len(front.rows)), 2):
        turned = list(front.rows)
        turned[first], turned[second] = turned[second], turned[first]
        named = f"{front.name}, {first} and {second} exchanged"
        yield replace(front, name=named, rows=tuple(turned), after=prose)
    for at, row in enumerate(front.rows):
        for what, changed in _changes(row):
            rows = (*front.rows[:at], *changed, *front.rows[at + 1 :])
            yield replace(
                front, name=f"{front.name}, {row.key}: {what}", rows=rows, lost=True, after=prose
            )
            if changed != () and at + 1 < len(front.rows):
                below = replace(rows[at + len(changed)], grade="")
                spoilt_rows = (*rows[: at + len(changed)], below, *rows[at + len(changed) + 1 :])
                named = f"{front.name}, {row.key}: {what}, and no grade below"
                yield replace(front, name=named, rows=spoilt_rows, lost=True, before=prose)


def _changes(row: Row) -> Iterator[tuple[str, tuple[Row, ...]]]:
    """What may go wrong with a row, so that its grade can no longer be told for certain."""
    yield "lost", ()
    yield "no grade", (replace(row, grade=""),)
    yield "no label", (replace(row, label=()),)
    yield "strange label", (replace(row, key="?", label=("Quality of the harbour",)),)
    yield "strange grade", (replace(row, grade="Splendid"),)
    yield "misprinted grade", (replace(row, grade=row.grade[:3] + row.grade[4:]),)
    other = "Outstanding" if row.grade != "Outstanding" else "Good"
    yield "printed twice", (row, replace(row, grade=other))
    yield "two grades", (replace(row, grade=f"{row.grade} {other}"),)


def laid_out(
    front: Front,
    head: Sequence[tuple[str, float]],
    cover: Sequence[str],
    front_pages: Sequence[Sequence[str]] = (),
) -> PdfText:
    """The page as a PDF gives it: cover lines and prose, the table's head, its rows, prose.

    `head` are the lines above the table with their distance to the next; `front_pages` the
    lines of the pages before that of the table.
    """
    pages: list[list[RawLine]] = [[]]
    y = 760.0

    def put(text: str, x: float, at: float, size: float = 12.0, bold: bool = False) -> None:
        pages[-1].append((text, x, at, at, size, bold, (), ()))

    for words in (*cover, *front.before):
        put(words, 70, y)
        y -= 14.5
    y -= 14
    for words, distance in head:
        put(words, 76, y, bold=True)
        y -= distance
    for position, row in enumerate(front.rows):
        if position == front.turn:
            pages.append([])
            y = 740.0
        single = len(row.label) == 1 and row.grade and not front.lift
        if single:
            put(f"{row.label[0]} {row.grade}", 76, y)
        for index, words in enumerate(row.label if not single else ()):
            put(words, 76, y - 14.5 * index)
        if row.grade and not single:
            low = front.lift if len(row.label) > 1 else 0.0
            put(row.grade, 340, y + low)
        y -= 14.5 * max(1, len(row.label)) + 13
    y -= 16
    for words in front.after:
        put(words, 70, y)
        y -= 14.5
    before: list[list[RawLine]] = [
        [
            (words, 70.0, 760 - 27.0 * at, 760 - 27.0 * at, 12.0, False, (), ())
            for at, words in numbered
        ]
        for numbered in (list(enumerate(page)) for page in front_pages)
    ]
    raw = [(HEIGHT, lines) for lines in [*before, *pages]]
    return build_text("made.pdf", raw, "0" * 64, "here")

"""Grades come from the table alone: made-up front pages, spoilt in every way, give no wrong grade.

A row that is lost, doubled or cannot be told is a problem, whatever prose about grades stands
around the table.
"""

from __future__ import annotations

import itertools
from collections.abc import Iterator, Sequence

import pytest

from ofsted_kg.reports.families.ilacs import AREAS as ILACS
from ofsted_kg.reports.families.sif import AREAS as SIF
from ofsted_kg.reports.layout.grades import PrintedArea
from ofsted_kg.reports.layout.rows import area_of, foreign_words
from ofsted_kg.reports.layout.table import read_grades
from ofsted_kg.texts.lines import PdfText, RawLine, build_text, plain_text

FIVE = {
    "leaders": ("The impact of leaders on social work", "practice with children and families"),
    "help-and-protection": (
        "The experiences and progress of",
        "children who need help and protection",
    ),
    "in-care": ("The experiences and progress of", "children in care"),
    "care-leavers": ("The experiences and progress of care", "leavers"),
    "overall": ("Overall effectiveness",),
}
FIVE_GRADES = {
    "leaders": "Good",
    "help-and-protection": "Requires improvement to be good",
    "in-care": "Outstanding",
    "care-leavers": "Good",
    "overall": "Inadequate",
}
SINGLE = {
    "help-and-protection": ("1. Children who need help and protection",),
    "looked-after-and-permanence": ("2. Children looked after and achieving", "permanence"),
    "adoption": ("2.1 Adoption performance",),
    "care-leavers": ("2.2 Experiences and progress of care leavers",),
    "leadership": ("3. Leadership, management and governance",),
}
SINGLE_GRADES = {
    "help-and-protection": "Requires improvement",
    "looked-after-and-permanence": "Good",
    "adoption": "Inadequate",
    "care-leavers": "Outstanding",
    "leadership": "Good",
}
FAMILIES = {"ilacs": (ILACS, FIVE, FIVE_GRADES), "sif": (SIF, SINGLE, SINGLE_GRADES)}
PROSE = (
    (),
    (
        "Services for children have improved since the last inspection in 2022, when overall",
        "effectiveness was inadequate. The experiences and progress of children in care are now",
        "good, and the impact of leaders on social work practice was judged outstanding.",
    ),
    (
        "The overall effectiveness of services required improvement to be good in 2019, and the",
        "experiences and progress of care leavers were inadequate then. Leadership, management",
        "and governance were good, adoption performance requires improvement.",
    ),
)
# Another way to name an area, which still means it.
OTHER_NAMES = {
    "care-leavers": ("The experiences and progress of", "children care leavers"),
    "leaders": ("The impact of leaders on practice with", "children and families"),
    "help-and-protection": ("Experiences of children who need", "help and protection"),
    "in-care": ("The experience and progress of children", "in care"),
}

Rows = list[tuple[str, Sequence[str], str]]


def page(
    rows: Rows, prose: Sequence[str], *, before: Sequence[str] = (), turn: int = 99
) -> tuple[PdfText, int]:
    """A front page with a table of two columns; from row `turn` on it stands on the next page."""
    pages: list[list[RawLine]] = [[], []]
    number, y = 0, 700.0

    def put(text: str, x: float, at: float) -> None:
        pages[number].append((text, x, at, at, 12.0, False, (), ()))

    for words in before:
        put(words, 70, y)
        y -= 14.5
    y -= 20
    put("Judgement Grade", 76, y)
    y -= 33
    for position, (_, label, grade) in enumerate(rows):
        if position == turn:
            number, y = 1, 740.0
        for index, words in enumerate(label):
            last = index == len(label) - 1
            put(f"{words} {grade}" if last and len(label) == 1 and grade else words, 76, y)
            if index == 0 and len(label) > 1 and grade:
                put(grade, 330, y)
            y -= 14.5
        y -= 13
    y -= 20
    for words in prose:
        put(words, 70, y)
        y -= 14.5
    raw = [(842.0, list(lines)) for lines in pages if lines]
    text = build_text("made.pdf", raw, "0" * 64, "made here")
    return text, text.text.index("Judgement Grade") + len("Judgement Grade")


def misprinted(words: str) -> Iterator[str]:
    """Words with two letters exchanged or one left out, in each of the longer words."""
    parts = words.split()
    for at, word in enumerate(parts):
        if len(word) < 7 or not word.isalpha():
            continue
        swapped = word[:3] + word[4] + word[3] + word[5:]
        for other in (swapped, word[:4] + word[5:]):
            yield " ".join([*parts[:at], other, *parts[at + 1 :]])


def spoilt(
    labels: dict[str, tuple[str, ...]], grades: dict[str, str]
) -> Iterator[tuple[str, Rows]]:
    """Tables with one thing wrong each, under the name of what is wrong with which row."""
    whole: Rows = [(key, label, grades[key]) for key, label in labels.items()]
    yield "whole", whole
    for at, (key, label, grade) in enumerate(whole):
        others = whole[:at], whole[at + 1 :]
        yield f"drop {key}", [*others[0], *others[1]]
        yield f"blank {key}", [*others[0], (key, label, ""), *others[1]]
        yield f"strange {key}", [*others[0], ("?", ("Quality of the harbour",), grade), *others[1]]
        yield f"double {key}", [*others[0], whole[at], (key, label, "Inadequate"), *others[1]]
        for line, words in enumerate(label):
            for misprint in misprinted(words):
                printed = (*label[:line], misprint, *label[line + 1 :])
                yield f"misprint {key}", [*others[0], (key, printed, grade), *others[1]]
        if labels is FIVE and key in OTHER_NAMES:
            yield f"rename {key}", [*others[0], (key, OTHER_NAMES[key], grade), *others[1]]


def cases() -> Iterator[tuple[str, str, Rows, Sequence[str], int]]:
    for family, (_, labels, grades) in FAMILIES.items():
        for name, rows in spoilt(labels, grades):
            for prose in PROSE:
                yield family, name, rows, prose, 99
            yield family, f"{name}, over the page", rows, PROSE[1], 3


def judged(
    areas: tuple[PrintedArea, ...], text: PdfText, start: int
) -> tuple[dict[str, str], bool]:
    found, problems = read_grades(text, areas, start)
    return {one.area_key: one.grade for one in found}, bool(problems)


def test_no_spoilt_page_gives_a_wrong_grade_and_no_loss_is_silent() -> None:
    """Where rows are lost without a trace the areas that the version requires tell it."""
    count = 0
    for family, name, rows, prose, turn in cases():
        areas, labels, grades = FAMILIES[family]
        text, start = page(rows, prose, before=PROSE[2] if turn == 99 else (), turn=turn)
        found, told = judged(areas, text, start)
        truth = {key: grade.lower() for key, grade in grades.items()}
        right = {key: grade for key, grade in found.items() if truth.get(key) == grade}
        assert found == right, (family, name)
        printed = {key for key, _, grade in rows if grade and key in labels}
        lost = printed - found.keys() or any(not grade or key == "?" for key, _, grade in rows)
        assert told or not lost, (family, name)
        if name.split()[0] in ("whole", "rename", "drop") and turn == 99:
            assert found.keys() == printed, (family, name)
        count += 1
    assert count > 300


def test_most_misprints_still_mean_their_area() -> None:
    read = total = 0
    for family, name, rows, prose, turn in cases():
        if name.startswith("misprint") and turn == 99:
            areas, _, grades = FAMILIES[family]
            text, start = page(rows, prose)
            found, _ = judged(areas, text, start)
            read += len(found) == len(grades)
            total += 1
    assert total > 100
    assert read / total > 0.9


TEXT = """Judgement Grade
The impact of leaders on social work practice with children and families
Good
The experiences and progress of children who need help and protection
Requires improvement to be good
The experiences and progress of children in care
Outstanding
The experiences and progress of care leavers
Good
Overall effectiveness
Inadequate
Services have improved since the last inspection, when they were good overall.
"""
LABELS_THEN_GRADES = "\n".join(
    ["Judgement Grade", *TEXT.splitlines()[1:11:2], *TEXT.splitlines()[2:11:2], "Prose."]
)


@pytest.mark.parametrize(
    "words",
    [TEXT, " ".join(TEXT.split()), LABELS_THEN_GRADES],
    ids=["lines", "one line", "columns"],
)
def test_plain_text_gives_the_grades_of_the_table(words: str) -> None:
    text = plain_text("a.txt", words, "0" * 64)
    found, told = judged(ILACS, text, len("Judgement Grade"))
    assert found == {key: grade.lower() for key, grade in FIVE_GRADES.items()}
    assert not told


def test_plain_text_whose_rows_cannot_be_told_apart_gives_none_and_says_so() -> None:
    lines = TEXT.splitlines()
    for first, second in itertools.combinations(range(2, 11, 2), 2):
        mixed = [line for at, line in enumerate(lines) if at != first]
        mixed.insert(second + 1, lines[first])
        text = plain_text("a.txt", "\n".join(mixed), "0" * 64)
        found, told = judged(ILACS, text, len("Judgement Grade"))
        truth = {key: grade.lower() for key, grade in FIVE_GRADES.items()}
        assert all(truth[key] == grade for key, grade in found.items()) or told
        assert told or found == truth


@pytest.mark.parametrize(
    ("label", "meant"),
    [
        ("The imact of leaders on social work practice with children and families", "leaders"),
        ("The imapct of leaders on socal work practice with children and families", "leaders"),
        ("The experiences and progress of children in cares", None),
        # Leaders or leavers: it is neither.
        ("The impact of leaers on social work practice with children and families", None),
        ("The impact of ledaers on social work practice with children and families", None),
    ],
)
def test_short_words_misprinted(label: str, meant: str | None) -> None:
    area = area_of(label, ILACS)
    is_clear = area is not None and not foreign_words(label, ILACS)
    assert (area.key if area and is_clear else None) == meant


def test_a_misprint_of_looked_after() -> None:
    for label in ("Children looked atfer and achieving permanence", "Children looked aftr"):
        area = area_of(label, SIF)
        assert area is not None
        assert area.key == "looked-after-and-permanence"
        assert not foreign_words(label, SIF)

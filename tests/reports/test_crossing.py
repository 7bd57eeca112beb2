"""Passages that cross a page, as a careful reader found them in `pdftotext`'s rendition.

Of each: the file's digest, the page it starts on, its number (None: it has none), how many
letters and figures it has without what stands between the pages, and the digest of these in
small letters. Signs and spaces are left aside: two extractors differ in them, and in nothing
else. The reader took out by hand running heads, feet, page numbers and footnotes.
"""

from __future__ import annotations

import re
from hashlib import sha256
from pathlib import Path

import pytest

from ofsted_kg.reports.passages import Place, ReportPassages
from ofsted_kg.texts.pieces import words_of
from tests.conftest import read_once

pytestmark = pytest.mark.national

CROSSING: list[tuple[str, int, int | None, int, str]] = [
    ("82988e7a", 4, 14, 469, "b9e5c5a1494bf186"),
    ("df029bcf", 9, 49, 591, "12653e975f87b74a"),
    ("038825ca", 2, 5, 427, "9e7b4e678125617f"),
    ("2c6c1486", 2, 5, 427, "f1fdc668a79adfbb"),
    ("605f577a", 5, 26, 315, "fa6418cbbdf13a10"),
    ("967b96f0", 1, None, 539, "8467aed5f7bc6dbb"),
    ("5930d9d0", 1, None, 420, "767665179af2a9fa"),
    ("3a60b27c", 5, 23, 1025, "d9047f07c97fd530"),
    ("6fdf74b8", 5, 15, 289, "c4fe713d60ea0556"),
    ("a3b3349c", 4, 5, 240, "9c35037964f6f0f6"),
    ("a3b3349c", 29, None, 390, "c51b24195dfc3b9a"),
    ("c500d585", 5, 25, 207, "3c9a9fe99346f556"),
    ("7a86b8a1", 2, None, 672, "a6f246beb101903a"),
    ("59a3aef8", 11, 24, 594, "96d649011af26e09"),
    ("4eae3c0d", 4, None, 697, "4184f174228e4b4b"),
    ("8254f5fb", 8, None, 274, "691705c72fa65f32"),
    ("de93da07", 7, 14, 885, "91efc475adccb985"),
    ("80292dea", 12, 33, 490, "435bf1376e091e4d"),
    ("f2c5335e", 10, 27, 587, "eb47a7e82674aebf"),
]
NUMBER_OR_MARK = re.compile(r"\d{1,3}\.?\s*|[^\w‘“]+\s*")


@pytest.fixture(scope="module")
def files(shared: Path) -> dict[str, Path]:
    """The reports by the first eight digits of their digests."""
    paths = (shared / "reports").rglob("*.pdf")
    return {sha256(path.read_bytes()).hexdigest()[:8]: path for path in paths}


@pytest.mark.parametrize(("key", "page", "number", "count", "digest"), CROSSING)
def test_a_passage_that_crosses_a_page_is_its_own_words(
    files: dict[str, Path], key: str, page: int, number: int | None, count: int, digest: str
) -> None:
    report = read_once(files[key])
    passages = ReportPassages(report, "a")
    places = [*passages.paragraphs, *passages.unnumbered, *passages.recommendations]
    crossing = [
        place
        for place in dict.fromkeys(places)
        if place.page == page and "\f" in report.text[place.start : place.end]
    ]
    (found,) = [
        place for place in crossing if place.label == ("" if number is None else str(number))
    ]
    assert len(found.pieces) > 1
    assert _letters(found, report.text) == (count, digest)


def _letters(place: Place, text: str) -> tuple[int, str]:
    words = words_of(place.pieces, text)
    letters = re.sub(r"[\W_]+", "", NUMBER_OR_MARK.sub("", words, count=1).lower())
    return len(letters), sha256(letters.encode()).hexdigest()[:16]


def test_families_and_layouts_are_among_them(files: dict[str, Path]) -> None:
    assert {read_once(files[key]).family for key, *_ in CROSSING} == {"ilacs", "sif", "lac"}

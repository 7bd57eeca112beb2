"""Every passage of every report at hand, cut again from its PDF's text.

What is furniture, where a sentence ends and what a heading looks like is told here from the
lines as they are set, without the readers' own rules for it.
"""

from __future__ import annotations

import bisect
import os
import re
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator
from concurrent.futures import ProcessPoolExecutor
from dataclasses import dataclass, field
from itertools import islice, pairwise
from pathlib import Path

import pytest

from ofsted_kg.errors import SourceError
from ofsted_kg.reports.families import families
from ofsted_kg.reports.passages import Place, ReportPassages
from ofsted_kg.reports.reading import read_source
from ofsted_kg.texts.lines import Line, PdfText

pytestmark = pytest.mark.national

OUTERMOST = 4
IMPRINT = re.compile(r"© ?Crown copyright|Open Government Licence|Piccadilly Gate|Textphone")
# A stop, behind it quotation marks, a footnote's mark and a reference in brackets.
STOP = re.compile(r"[.!?][’”'\"`‘)\]]*\d{0,2}(\s*\([^()]*\)\.?)*$")
MARK = re.compile(r"[^\w\s‘’“”'\"(&£]")
NUMBER = re.compile(r"\d{1,3}\.?\s*\S")


@dataclass
class Findings:
    """What is wrong with the passages of a report, and how often what is allowed occurs."""

    faults: list[str] = field(default_factory=list)
    counts: Counter[str] = field(default_factory=Counter)


class Page:
    """The lines of a document's pages, told apart from what stands there for the page's sake."""

    def __init__(self, document: PdfText) -> None:
        self.document = document
        self.starts = [line.start for line in document.lines]
        sizes: Counter[float] = Counter()
        for line in document.lines:
            sizes[round(line.size, 1)] += len(line.text)
        self.size = sizes.most_common(1)[0][0]
        self.furniture = set(self._furniture())
        body = [line for line in document.lines if line.start not in self.furniture]
        body.sort(key=lambda line: (line.page, -line.y, line.x))
        self.after = {line.start: follows for line, follows in pairwise(body)}

    def _furniture(self) -> Iterator[int]:
        """Lines that stand at the head or foot of many pages but for their digits; page numbers."""
        pages = defaultdict(list)
        for line in self.document.lines:
            pages[line.page].append(line)
        alike: dict[str, set[int]] = defaultdict(set)
        offsets: Counter[int] = Counter()
        outer = []
        for number, lines in pages.items():
            ordered = sorted(lines, key=lambda line: line.y)
            for line in {*ordered[:OUTERMOST], *ordered[-OUTERMOST:]}:
                outer.append(line)
                alike[_without_digits(line)].add(number)
                if re.fullmatch(r"\d{1,3}", line.text):
                    offsets[int(line.text) - number] += 1
        often = max(3, 0.3 * len(pages))
        repeated = {words for words, on in alike.items() if words and len(on) >= often}
        for line in outer:
            is_number = re.fullmatch(r"\d{1,3}", line.text) is not None
            counts_pages = is_number and offsets[int(line.text) - line.page] >= 3
            if counts_pages or _without_digits(line) in repeated:
                yield line.start
        for line in self.document.lines:
            if IMPRINT.search(line.text):
                yield line.start

    def is_small(self, line: Line) -> bool:
        """Whether a line is small print; a raised mark or an item's may begin any line."""
        opens_small = line.text[:1].isdigit() or MARK.match(line.text)
        return line.size < 0.85 * self.size and not opens_small

    def begins_anew(self, line: Line) -> bool:
        """Whether what is printed below a line does not go on with its sentence."""
        after = self.after.get(line.start)
        if after is None:
            return True
        marked = NUMBER.match(after.text) or MARK.match(after.text)
        if marked or after.bold or abs(after.size - line.size) > 0.5:
            return True
        if after.page != line.page:
            return after.text[:1].isupper()
        paused = line.foot - after.y > 1.3 * self.size
        return paused or (after.x != line.x and after.text[:1].isupper())


def _without_digits(line: Line) -> str:
    return re.sub(r"\d+", "", line.text).strip()


def _examined(path: Path) -> Findings:
    found = Findings()
    try:
        document = read_source(path)
    except SourceError:
        found.counts["files that are no report"] += 1
        return found
    family = next(one for one in families() if one.matches(document))
    report = family.read(document)
    page = Page(document)
    passages = ReportPassages(report, "a")
    texts = dict.fromkeys([*passages.paragraphs, *passages.unnumbered, *passages.recommendations])
    for place in texts:
        for fault in _faults(place, page, found.counts):
            found.faults.append(f"{document.sha256[:8]} page {place.page} {place.key}: {fault}")
    for one in report.judgements:
        grade = Place(one.area_key, ((one.start, one.end),), one.page, "grade-line", "")
        for fault in _cut_or_furnished(grade, page):
            found.faults.append(f"{document.sha256[:8]} grade of {one.area_key}: {fault}")
    found.counts["reports"] += 1
    found.counts["lines without a passage"] += len(list(_lost(page, texts)))
    return found


def _faults(place: Place, page: Page, counts: Counter[str]) -> Iterator[str]:
    text = page.document.text
    counts["passages"] += 1
    counts["passages of several pieces"] += len(place.pieces) > 1
    yield from _cut_or_furnished(place, page)
    first = text[place.start : place.pieces[0][1]]
    if place.label and place.key[:1] not in "ru":
        if not re.match(rf"{place.label}\.?\s*\S", first):
            yield "does not begin with its number"
    elif first[:1].islower():
        yield "begins in small letters without an item's mark"
    last = _lines(place, page)[-1]
    if STOP.search(text[place.pieces[-1][0] : place.end]):
        return
    if page.begins_anew(last):
        counts["ends where the page goes on anew, without a stop"] += 1
    else:
        yield f"does not end where a sentence does: {text[place.end - 30 : place.end]!r}"


def _cut_or_furnished(place: Place, page: Page) -> Iterator[str]:
    text = page.document.text
    for start, end in place.pieces:
        if text[start - 1 : start + 1].isalnum() and start:
            yield "begins inside a word"
        if text[end - 1 : end + 1].isalnum() and end < len(text):
            yield "ends inside a word"
        if text[start:end] != text[start:end].strip():
            yield "begins or ends in white space"
    for line in _lines(place, page):
        if line.start in page.furniture:
            yield f"holds furniture: {line.text[:40]!r}"
        elif page.is_small(line):
            yield f"holds small print: {line.text[:40]!r}"


def _lines(place: Place, page: Page) -> list[Line]:
    """The lines of which a passage holds any character."""
    found = []
    for start, end in place.pieces:
        at = max(0, bisect.bisect_right(page.starts, start) - 1)
        for line in islice(page.document.lines, at, None):
            if line.start >= end:
                break
            found += [line] if start < line.end else []
    return found


def _lost(page: Page, places: Iterable[Place]) -> Iterator[Line]:
    """Full lines of running text, the next of which goes on in small letters, in no passage."""
    kept = {line.start for place in places for line in _lines(place, page)}
    imprinted = {line.page for line in page.document.lines if IMPRINT.search(line.text)}
    for line in page.document.lines:
        plain = not line.bold and abs(line.size - page.size) < 0.6 and len(line.text) > 60
        after = page.after.get(line.start)
        runs_on = after is not None and after.text[:1].islower()
        if plain and runs_on and line.page not in imprinted and line.start not in kept:
            yield line


@pytest.fixture(scope="module")
def findings(shared: Path) -> list[Findings]:
    paths = sorted((shared / "reports").rglob("*.pdf"))
    if not paths:
        pytest.skip("the reports are not at hand")
    with ProcessPoolExecutor(os.cpu_count()) as pool:
        return list(pool.map(_examined, paths, chunksize=8))


@pytest.fixture(scope="module")
def counts(findings: list[Findings]) -> Counter[str]:
    return sum((found.counts for found in findings), Counter())


def test_every_passage_is_whole_words_without_furniture_to_a_sentences_end(
    findings: list[Findings],
) -> None:
    assert [fault for found in findings for fault in found.faults] == []


def test_what_ends_without_a_stop_is_printed_so(counts: Counter[str]) -> None:
    """Items of lists that have none, and sentences that lack theirs: each was looked at."""
    assert counts["ends where the page goes on anew, without a stop"] <= 230


def test_hardly_a_line_of_running_text_is_in_no_passage(counts: Counter[str]) -> None:
    """What is left are names of inspectors, rows of tables and a sentence that is a grade."""
    assert counts["lines without a passage"] <= 12


def test_all_reports_were_examined(counts: Counter[str]) -> None:
    assert (counts["reports"], counts["files that are no report"]) == (474, 1)
    assert counts["passages"] > 51_000
    assert counts["passages of several pieces"] > 3_800

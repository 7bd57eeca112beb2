"""Signs that pages of a document are missing, empty, doubled or in another order.

A page's number is known by what counts up with the pages, in a line that stands at the same
height and has the same words on each of them.
"""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from itertools import pairwise

from ofsted_kg.reports.layout.furniture import (
    DIGITS,
    LICENCE,
    SAME_HEIGHT,
    outer_lines,
)
from ofsted_kg.texts.lines import Line, PdfText

FEWEST = 3  # pages that make a count of them, in a document that has more
PAIR = 2  # that make one in a shorter document
MOSTLY = 0.6  # of the steps of a count are those of the pages
SKIPPED = 4  # pages at most for each one left, where many are gone
UNCOUNTED = 3  # pages at most before the count begins
HIGHEST = 999  # no page has a higher number, but years are
TOTAL = re.compile(r"\b(?P<number>\d{1,3})\s+of\s+(?P<last>\d{1,3})$", re.IGNORECASE)
LATEST_CONTENTS = 4  # the last page on which a list of contents begins
CONTENTS = re.compile(r"(?:table\s+of\s+)?contents$", re.IGNORECASE)
ENTRY = re.compile(r"\D+?(\d{1,3})$")


def missing_pages(document: PdfText) -> list[str]:
    """A line for each break in the run of page numbers, and for each sign of pages beyond the last.

    Text without pages tells none of it.
    """
    if not document.is_paged:
        return []
    pages: dict[int, list[Line]] = defaultdict(list)
    for line in document.lines:
        pages[line.page].append(line)
    outer = [line for lines in pages.values() for line in outer_lines(lines)]
    # In a text file no height tells the number of a page from that of a footnote.
    if not document.has_positions:
        return _beyond_the_last(document, outer, {})
    is_short = document.page_count <= FEWEST
    printed = _printed_numbers(outer, is_short=is_short)
    # Where left and right pages differ, one of three has a number that counts with no other.
    problems = [*_without_text(document, {} if is_short else printed), *_repeated(document)]
    if not printed and document.page_count > 1:
        many = "too few numbers" if is_short else "no numbers"
        problems.append(f"pages: {many} are printed on them: none missing would be seen")
    if printed:
        first = min(printed)
        if printed[first] > first or 1 < printed[first] < first:
            problems.append(f"pages: number {printed[first]} is printed on page {first}")
    for (page, number), (after, found) in pairwise(sorted(printed.items())):
        expected = number + after - page
        if found not in (expected, 1):  # a part of the report may count its own pages
            problems.append(f"pages: number {expected} expected, {found} printed on page {after}")
    return problems + _beyond_the_last(document, outer, printed)


def _without_text(document: PdfText, printed: dict[int, int]) -> list[str]:
    """A line for each page with no words, and for each within the count that bears no number.

    A page whose text is damaged mostly loses its foot with it.
    """
    problems = []
    for page in range(1, document.page_count + 1):
        if not document.page_text(page).strip():
            problems.append(f"pages: page {page} is empty: its text may be lost")
        elif printed and min(printed) < page < max(printed) and page not in printed:
            problems.append(
                f"pages: page {page} bears no number as others do: part of its text may be lost"
            )
    return problems


def _repeated(document: PdfText) -> list[str]:
    """A line for each page with just the words and numbers of one before it."""
    seen: dict[str, int] = {}
    problems = []
    for page in range(1, document.page_count + 1):
        words = " ".join(document.page_text(page).split())
        if words and seen.setdefault(words, page) != page:
            problems.append(f"pages: page {page} repeats page {seen[words]}")
    return problems


def _beyond_the_last(document: PdfText, outer: list[Line], printed: dict[int, int]) -> list[str]:
    """A line where the contents or a total name a later page than there is."""
    last = document.page_count
    if printed:
        last += max(printed.values()) - max(printed)
    named = max([*_named_in_contents(document), *_named_as_total(outer, printed)], default=0)
    if named <= last:
        return []
    return [f"pages: the report names a page {named} and ends with page {last}"]


def lacks_close(document: PdfText) -> bool:
    """Whether nowhere in a document stands who may use it, which ends all that Ofsted prints."""
    return LICENCE.search(document.text) is None


def _printed_numbers(outer: list[Line], *, is_short: bool) -> dict[int, int]:
    """The number printed on each page, where one is, among the lines at heads and feet.

    `is_short` where a document has no more pages than make a count elsewhere.
    """
    # The numbers that stand at one place of lines with the same words, by page.
    alike: dict[tuple[str, int], list[tuple[float, int, int]]] = defaultdict(list)
    for line in outer:
        for place, digits in enumerate(DIGITS.findall(line.text)):
            if (number := int(digits)) <= HIGHEST:
                words = DIGITS.sub("", line.text)
                alike[words, place].append((line.y, line.page, number))
    counts = [count for same in alike.values() for count in _by_height(same)]
    found: dict[int, int] = {}
    counts_pages = _counts_few_pages if is_short else _counts_pages
    for count in sorted(filter(counts_pages, counts), key=len):
        found |= count
    return found


def _by_height(same: list[tuple[float, int, int]]) -> list[dict[int, int]]:
    """Numbers by their page, for each height on it: left and right pages may differ in it."""
    counts: list[dict[int, int]] = []
    last = float("inf")
    for y, page, number in sorted(same, reverse=True):
        if last - y > SAME_HEIGHT:
            counts.append({})
        counts[-1][page] = number
        last = y
    return [dict(sorted(count.items())) for count in counts]


def _counts_pages(count: dict[int, int]) -> bool:
    """Whether numbers are those of their pages, even where pages are gone or have changed places.

    Most go up with the pages, or most are as far from their page, or all go up with some left
    out, as they do where half of a report is missing.
    """
    if len(count) < FEWEST:
        return False
    steps = _steps(count)
    if sum(up == on for up, on in steps) >= MOSTLY * len(steps):
        return True
    [(_, alike)] = Counter(number - page for page, number in count.items()).most_common(1)
    if alike >= max(FEWEST, len(count) / 2):
        return True
    begins = min(count.values()) <= min(count) + UNCOUNTED
    return begins and all(on <= up <= SKIPPED * on for up, on in steps)


def _counts_few_pages(count: dict[int, int]) -> bool:
    """Whether two or three numbers are those of their pages: they go up, or have changed places.

    The marks of footnotes go up too, but stay behind the pages.
    """
    if len(count) < PAIR:
        return False
    if set(count) == set(count.values()):
        return True
    goes_up = all(on <= up <= SKIPPED * on for up, on in _steps(count))
    return goes_up and all(number >= page for page, number in count.items())


def _steps(count: dict[int, int]) -> list[tuple[int, int]]:
    """How far each number is from the one before, and its page from that one's."""
    return [
        (after[1] - one[1], after[0] - one[0]) for one, after in pairwise(sorted(count.items()))
    ]


def _named_in_contents(document: PdfText) -> list[int]:
    """The numbers of pages that a list of contents names."""
    early = [line for line in document.lines if line.page <= LATEST_CONTENTS]
    head = next((line for line in early if CONTENTS.match(line.text)), None)
    if head is None:
        return []
    under = (line for line in early if line.page == head.page and line.start > head.start)
    return [int(entry[1]) for line in under if (entry := ENTRY.match(line.text))]


def _named_as_total(outer: list[Line], printed: dict[int, int]) -> list[int]:
    """The totals of pages that the lines with their numbers name."""
    return [
        int(total["last"])
        for line in outer
        if (total := TOTAL.search(line.text)) and printed.get(line.page) == int(total["number"])
    ]

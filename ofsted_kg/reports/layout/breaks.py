"""Signs that words are lost where one page of a report ends and the next begins.

A page that keeps its printed number may still lose its words, and where no numbers are printed
a whole page may go. What tells it is the sentence that stands at the break: where one page ends
within a sentence the next must go on with it, and only there may it begin within one. Half of the
breaks are such. Besides, text that goes on fills its page. What is told here is so at no break of
the reports at hand.
"""

from __future__ import annotations

import re
from collections import defaultdict

from ofsted_kg.reports.layout.blocks import BULLET, DASH, NUMBER, SHIFT
from ofsted_kg.reports.layout.furniture import LARGE, LICENCE, SMALL, body_lines, body_size
from ofsted_kg.texts.lines import Line, PdfText
from ofsted_kg.texts.sentences import ABBREVIATION

SAME_SIZE = 0.6
STOP = re.compile(r"[.!?]['’”\")\]]*\d{0,2}['’”\")\]]*$")
# A stop, or what else may end a part of a sentence or stand behind it.
PAUSE = re.compile(r"[.!?:;)\]'’”\"]\d{0,2}$")
# Words behind which no sentence, item or heading ends.
OPEN = re.compile(
    r"(?:,|\b(?:a|an|the|and|or|of|to|in|at|for|from|with|by|that|which|who|their|its|is|are|was|were|be"
    r"|been|has|have|had|this|these|into|between|because|including)|\w-)$"
)
# Words with which sentences begin and no name does.
OPENING = re.compile(
    r"(?:The|This|These|There|They|Their|However|Although|While|Where|When|Some|Most|Many|Few|All"
    r"|As|For|Since|Those|Such|Not|Too|Overall|Inspectors|Consequently|Therefore)\b"
)
LETTER_MARK = re.compile(r"o\s")  # a letter set as the mark of an item
SMALL_WORD = re.compile(r"(?:^|[\s-])[a-z][\w’'-]*$")
# A line of prose that is no last one is about as long as others, in characters.
FULL = 0.93
USUALLY = 0.75  # of lines, or of pages, reach no further than a full one
# What may stay empty, in type sizes, above and below the text of a page: a few lines that are
# kept together, or a whole paragraph before a numbered one or an item.
HEAD = 12
FOOT = 12
LONG_FOOT = 30
BACK = 0.9  # of a report's pages stand before the notes on it; one may be left empty there


def lost_words(document: PdfText) -> list[str]:
    """A line for each page without words of the report, and each break across which none go on."""
    return _Breaks(document).problems()


class _Breaks:
    """The lines of a document's body by page, and what is usual among them."""

    def __init__(self, document: PdfText) -> None:
        self.document = document
        self.size = body_size(document)
        self.pages: dict[int, list[Line]] = defaultdict(list)
        body = body_lines(document, self.size)
        for line in body:
            self.pages[line.page].append(line)
        # What stands above or below the body on a page.
        self.beside: dict[int, list[Line]] = defaultdict(list)
        starts = {line.start for line in body}
        for line in document.lines:
            if line.start not in starts:
                self.beside[line.page].append(line)
        self.top = _usual([max(line.y for line in lines) for lines in self.pages.values()])
        self.bottom = -_usual([-min(line.foot for line in lines) for lines in self.pages.values()])

    def problems(self) -> list[str]:
        problems = []
        for page in range(1, self.document.page_count + 1):
            above, below = self.pages.get(page), self.pages.get(page + 1)
            # A footnote that is left alone may be taken for more.
            if not above or all(line.size < SMALL * self.size for line in above):
                problems += self._wordless(page)
                continue
            if page > 1 and self._is_headless(page, above):
                problems.append(f"pages: the upper part of page {page} is empty: words may be lost")
            if below and (sign := self._sign(above[-1], below[0])):
                between = f"words may be lost between pages {page} and {page + 1}"
                problems.append(f"pages: {between}: {sign}")
        return problems

    def _wordless(self, page: int) -> list[str]:
        """A line for a page of which only head and foot are left, but for the imprint's.

        One near the end may have been left empty before another part, or behind the last.
        """
        words = self.document.page_text(page)
        if not words.strip() or LICENCE.search(words):
            return []
        above, below = self.pages.get(page - 1), self.pages.get(page + 1)
        if above and page > BACK * self.document.page_count:
            goes_on = OPEN.search(above[-1].text)
            begins = page == self.document.page_count or (
                below and below[0].size > LARGE * self.size
            )
            if begins and not goes_on:
                return []
        return [f"pages: page {page} has only its head and foot: its text may be lost"]

    def _is_headless(self, page: int, lines: list[Line]) -> bool:
        """Whether a page begins far below its head, but for the imprint, which may stand low."""
        highest = max(line.y for line in lines)
        over = [line.foot for line in self.beside[page] if line.y > highest]
        if min([self.top, *over]) - highest <= HEAD * self.size:
            return False
        return LICENCE.search(self.document.page_text(page)) is None

    def _empty_below(self, last: Line) -> float:
        """How much of a page stays empty under its last line."""
        under = [line.y for line in self.beside[last.page] if line.y < last.foot]
        return last.foot - max([self.bottom, *under])

    def _sign(self, last: Line, first: Line) -> str:
        """Why a page's first line cannot follow the last one before it; empty where it may."""
        if self._goes_on(first):
            ended = STOP.search(last.text) and not ABBREVIATION.search(last.text)
            if ended or self._is_heading(last):
                return "the second begins within a sentence that the first does not begin"
            room = FOOT
        elif last.page > 1 and (NUMBER.match(first.text) or _is_item(first)):
            room = LONG_FOOT
        else:
            room = 0
        if self._breaks_off(last, first):
            return "the first ends within a sentence that the second does not go on with"
        if room and self._empty_below(last) > room * self.size:
            return "the first ends far above its foot, and its text goes on"
        return ""

    def _goes_on(self, first: Line) -> bool:
        """Whether a page begins within a sentence: with a small letter that is no item's mark."""
        small = first.text[:1].islower() and not LETTER_MARK.match(first.text)
        return small and self._is_text(first)

    def _breaks_off(self, last: Line, first: Line) -> bool:
        """Whether a page ends within a sentence and the next begins with something else."""
        if not self._is_text(last) or PAUSE.search(last.text):
            return False
        is_open = OPEN.search(last.text) is not None
        is_anew = self._begins_anew(last, first) or (is_open and _is_item(first))
        return is_anew and (is_open or self._is_full(last))

    def _is_text(self, line: Line) -> bool:
        return not line.bold and abs(line.size - self.size) < SAME_SIZE

    def _is_heading(self, line: Line) -> bool:
        return line.bold or line.size > LARGE * self.size

    def _is_full(self, line: Line) -> bool:
        """Whether a line, none with a broken word, is as long as others, and ends in no name."""
        if line.y != line.foot or not SMALL_WORD.search(line.text):
            return False
        texts = (one for lines in self.pages.values() for one in lines if self._is_text(one))
        lengths = sorted(len(one.text) for one in texts)
        return len(line.text) >= FULL * lengths[int(USUALLY * len(lengths))]

    def _begins_anew(self, last: Line, first: Line) -> bool:
        """Whether a line begins a part, a sentence, or a numbered paragraph further left."""
        is_numbered = NUMBER.match(first.text) and first.x < last.x - SHIFT
        return bool(is_numbered or self._is_heading(first) or OPENING.match(first.text))


def _usual(heights: list[float]) -> float:
    """What most of some heights do not exceed."""
    return sorted(heights)[int(USUALLY * len(heights))] if heights else 0.0


def _is_item(line: Line) -> bool:
    return bool(BULLET.match(line.text) or DASH.match(line.text))

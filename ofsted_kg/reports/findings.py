"""What each sentence of a report says of the service, as a machine judges it."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from itertools import groupby
from typing import TYPE_CHECKING, Any

from ofsted_kg.judging.polarity import Polarity, judge
from ofsted_kg.rdf.files import root
from ofsted_kg.reports.themes import ThemeTagger
from ofsted_kg.texts.lines import PAGE_BREAK
from ofsted_kg.texts.pieces import Piece, words_of
from ofsted_kg.texts.sentences import sentences

if TYPE_CHECKING:
    from ofsted_kg.reports.report import Report, ReportParagraph

# How a finding was made, to be named wherever one is shown.
METHOD = "weights of wording and of the sentences around, polarity.tsv and surroundings.tsv"


@dataclass(frozen=True, slots=True)
class ReportFinding:
    """One sentence of a paragraph, with what it says and how sure the machine is of it.

    `polarity` is one of `ofsted_kg.judging.polarity.POLARITIES`; `context` is no finding but
    what stands around findings. `confidence` runs from 0 to 1. `section` and `area_key` are those
    of its paragraph, whose `number` is `paragraph`; `page` is that on which the sentence
    starts. `pieces` are the stretches of the text that its words fill.
    """

    text: str
    polarity: str
    confidence: float
    themes: tuple[str, ...]
    section: str | None
    area_key: str | None
    paragraph: int | None
    page: int | None
    pieces: tuple[Piece, ...]

    def to_record(self) -> dict[str, Any]:
        """The finding as a JSON object."""
        return {
            "text": self.text,
            "polarity": self.polarity,
            "confidence": self.confidence,
            "themes": list(self.themes),
            "section": self.section,
            "area_key": self.area_key,
            "paragraph": self.paragraph,
            "page": self.page,
            "start": self.pieces[0][0],
            "end": self.pieces[-1][1],
            "pieces": [list(piece) for piece in self.pieces],
            "method": METHOD,
        }


def findings(report: Report) -> list[ReportFinding]:
    """A finding for each sentence of the paragraphs, in the order of the text.

    A recommendation that is a paragraph too is among them, as a rule as context: it asks for
    something. The graph of a report's findings leaves it out.
    """
    return [finding for _, found in by_paragraph(report) for finding in found]


def judged(sentence: str, before: str = "", section: str = "") -> Polarity:
    """What a sentence says, read with the sentence before it and the heading of its section."""
    return judge().polarity(sentence, before, section)


def in_order(report: Report) -> list[ReportParagraph]:
    """All paragraphs, with and without a number, in the order of the text."""
    return sorted((*report.paragraphs, *report.unnumbered), key=lambda one: one.start)


def by_paragraph(report: Report) -> Iterator[tuple[ReportParagraph, list[ReportFinding]]]:
    """The findings of each paragraph, in the order of the text.

    Sentences of paragraphs that follow each other under one heading are judged together.
    """
    for heading, group in groupby(in_order(report), lambda one: one.section):
        section = list(group)
        places = [list(sentences(report.text, one.pieces)) for one in section]
        words = [[_plain(pieces, report.text) for pieces in found] for found in places]
        polarities = judge().section(words, heading or "")
        for paragraph, *found in zip(section, places, words, polarities, strict=True):
            told = zip(*found, strict=True)
            yield paragraph, [_finding(paragraph, report.text, *one) for one in told]


def _plain(pieces: tuple[Piece, ...], text: str) -> str:
    return " ".join(words_of(pieces, text).split())


def _finding(
    paragraph: ReportParagraph, text: str, pieces: tuple[Piece, ...], words: str, told: Polarity
) -> ReportFinding:
    start = paragraph.pieces[0][0]
    return ReportFinding(
        text=words,
        polarity=told.polarity,
        confidence=told.confidence,
        themes=_tagger().themes(words),
        section=paragraph.section,
        area_key=paragraph.area_key,
        paragraph=paragraph.number,
        page=paragraph.page and paragraph.page + text.count(PAGE_BREAK, start, pieces[0][0]),
        pieces=pieces,
    )


@cache
def _tagger() -> ThemeTagger:
    return ThemeTagger.read(root() / "ontology")

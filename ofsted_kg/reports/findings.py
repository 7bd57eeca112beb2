"""What each sentence of a report says of the service, as a machine judges it."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
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
METHOD = "weights of wording, polarity.tsv"


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
    paragraphs = sorted((*report.paragraphs, *report.unnumbered), key=lambda one: one.start)
    return [finding for one in paragraphs for finding in of_paragraph(one, report.text)]


def judged(sentence: str, before: str = "", section: str = "") -> Polarity:
    """What a sentence says, read with the sentence before it and the heading of its section."""
    return judge().polarity(sentence, before, section)


def of_paragraph(paragraph: ReportParagraph, text: str) -> Iterator[ReportFinding]:
    """A finding for each sentence of a paragraph of a text."""
    before = ""
    start = paragraph.pieces[0][0]
    for pieces in sentences(text, paragraph.pieces):
        words = " ".join(words_of(pieces, text).split())
        polarity, confidence = judged(words, before, paragraph.section or "")
        yield ReportFinding(
            text=words,
            polarity=polarity,
            confidence=confidence,
            themes=_tagger().themes(words),
            section=paragraph.section,
            area_key=paragraph.area_key,
            paragraph=paragraph.number,
            page=paragraph.page and paragraph.page + text.count(PAGE_BREAK, start, pieces[0][0]),
            pieces=pieces,
        )
        before = words


@cache
def _tagger() -> ThemeTagger:
    return ThemeTagger.read(root() / "ontology")

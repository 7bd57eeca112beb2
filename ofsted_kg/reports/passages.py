"""The passages of a report: where each of its statements stands, with position and digest."""

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field

from pyoxigraph import NamedNode, Triple

from ofsted_kg.rdf.terms import iri, literal, number, term, text
from ofsted_kg.reports.layout.cover import DATES, PUBLISHED
from ofsted_kg.reports.report import Report, ReportParagraph, ReportRecommendation
from ofsted_kg.texts.passages import digest

PAGE_BREAK = "\f"
# How far into the text the facts of a cover may stand.
COVER_CHARACTERS = 5000
_A = term("rdf:type")


@dataclass(frozen=True, slots=True)
class Place:
    """A stretch of a report's text: key, offsets, page, role and words to cite it by."""

    key: str
    start: int
    end: int
    page: int | None
    role: str
    locator: str
    label: str = ""


@dataclass
class ReportPassages:
    """The passages of one report; `all_places` come in the order of the document."""

    report: Report
    slug: str
    paragraphs: list[Place] = field(init=False)
    recommendations: list[Place] = field(init=False)

    def __post_init__(self) -> None:
        items = {one.start: one for one in self.report.recommendations}
        keys = _unique([str(one.number) for one in self.report.paragraphs])
        self.paragraphs = [
            self._paragraph(key, one, one.start in items and items[one.start].end == one.end)
            for key, one in zip(keys, self.report.paragraphs, strict=True)
        ]
        same = {(place.start, place.end): place for place in self.paragraphs}
        counted = positions(self.report.recommendations)
        self.recommendations = [
            same.get((one.start, one.end)) or self._item(f"r{sequence}", one, position)
            for sequence, (one, position) in enumerate(
                zip(self.report.recommendations, counted, strict=True), start=1
            )
        ]

    def iri(self, place: Place) -> NamedNode:
        """The IRI of a passage."""
        return iri("passage", self.slug, place.key)

    def dates(self) -> Place:
        """Where the days of inspection are printed; the first page where that is not found."""
        printed = self._printed(DATES, "dates", "inspection dates", COVER_CHARACTERS)
        return printed or self._first_page()

    def published(self) -> Place | None:
        """Where the day of publication is printed."""
        return self._printed(PUBLISHED, "published", "date of publication", COVER_CHARACTERS)

    def inspector(self, name: str, key: str) -> Place:
        """Where the lead inspector is named; the first page where that is not found."""
        words = r"\s+".join(re.escape(word) for word in name.split())
        labelled = re.compile(rf"(?:lead|reporting)\s+inspectors?\b[^\n]*?\s*{words}", re.I)
        alone = re.compile(words)
        return (
            self._printed(labelled, key, "lead inspector")
            or self._printed(alone, key, "lead inspector")
            or self._first_page()
        )

    def judgement(self, key: str, area: str, start: int, end: int, page: int | None) -> Place:
        """Where a grade stands."""
        locator = self._located(f"judgement “{area}”", page)
        return Place(f"grade-{key}", start, end, page, "grade-line", locator)

    def describe(self, place: Place, facts: Iterable[Triple], with_text: bool) -> Iterator[Triple]:
        """A passage with what is said of it and its position; its words where asked for."""
        node = self.iri(place)
        selector = NamedNode(node.value + "/position")
        words = self.report.text[place.start : place.end]
        yield Triple(node, _A, term("okg:Passage"))
        yield Triple(node, _A, term("oa:SpecificResource"))
        yield Triple(node, term("oa:hasSource"), iri("text", self.slug))
        yield Triple(node, term("oa:hasSelector"), selector)
        if place.label:
            yield Triple(node, term("okg:paragraphLabel"), literal(place.label))
        if place.page:
            yield Triple(node, term("okg:page"), number(place.page))
        yield Triple(node, term("okg:locator"), literal(place.locator))
        yield Triple(node, term("okg:hasPassageRole"), iri("passage-role", place.role))
        yield Triple(node, term("okg:spanSha256"), literal(digest(words)))
        yield from facts
        if with_text:
            yield Triple(node, term("skos:note"), text(words))
        yield Triple(selector, _A, term("oa:TextPositionSelector"))
        yield Triple(selector, term("oa:start"), number(place.start))
        yield Triple(selector, term("oa:end"), number(place.end))

    def _paragraph(self, key: str, one: ReportParagraph, is_item: bool) -> Place:
        locator = self._located(f"paragraph {one.number}", one.page)
        role = "recommendation" if is_item else "text"
        return Place(key, one.start, one.end, one.page, role, locator, str(one.number))

    def _item(self, key: str, one: ReportRecommendation, position: int) -> Place:
        named = f"recommendation {one.number}" if one.number else f"{one.section}, item {position}"
        locator = self._located(named, one.page)
        label = str(one.number) if one.number else ""
        return Place(key, one.start, one.end, one.page, "recommendation", locator, label)

    def _printed(
        self, pattern: re.Pattern[str], key: str, named: str, before: int | None = None
    ) -> Place | None:
        match = pattern.search(self.report.text, 0, before or len(self.report.text))
        if match is None:
            return None
        start, end = match.start(), match.start() + len(match[0].rstrip())
        page = self._page_of(start)
        return Place(key, start, end, page, "heading", self._located(named, page))

    def _first_page(self) -> Place:
        page = self._page_of(0)
        body = self.report.text.partition(PAGE_BREAK)[0].rstrip()
        start = len(body) - len(body.lstrip())
        return Place("cover", start, len(body), page, "heading", self._located("cover", page))

    def _page_of(self, offset: int) -> int | None:
        if self.report.pages is None:
            return None
        return self.report.text.count(PAGE_BREAK, 0, offset) + 1

    @staticmethod
    def _located(named: str, page: int | None) -> str:
        return f"{named}, page {page}" if page else named


def positions(items: tuple[ReportRecommendation, ...]) -> list[int]:
    """The place of each recommendation in its own list, counted from 1."""
    counts: dict[str, int] = {}
    found = []
    for one in items:
        counts[one.section] = counts.get(one.section, 0) + 1
        found.append(counts[one.section])
    return found


def _unique(labels: list[str]) -> list[str]:
    """Labels made unique: a number that a second part of a report prints again gets `-2`."""
    seen: dict[str, int] = {}
    keys = []
    for label in labels:
        seen[label] = seen.get(label, 0) + 1
        keys.append(label if seen[label] == 1 else f"{label}-{seen[label]}")
    return keys

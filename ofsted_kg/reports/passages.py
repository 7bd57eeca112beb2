"""The passages of a report: where each of its statements stands, with position and digest."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from typing import Any

from pyoxigraph import NamedNode, Triple

from ofsted_kg.rdf.terms import iri, literal, number, term, text
from ofsted_kg.reports.report import Found, Report, ReportParagraph, ReportRecommendation
from ofsted_kg.texts.passages import sha256_of_text
from ofsted_kg.texts.pieces import Piece, left_out, words_of

_A = term("rdf:type")


@dataclass(frozen=True, slots=True)
class Place:
    """A passage of a report's text: key, pieces, page, role and words to cite it by."""

    key: str
    pieces: tuple[Piece, ...]
    page: int | None
    role: str
    locator: str
    label: str = ""

    @property
    def start(self) -> int:
        """The offset of its first character."""
        return self.pieces[0][0]

    @property
    def end(self) -> int:
        """The offset behind its last character."""
        return self.pieces[-1][1]


@dataclass
class ReportPassages:
    """The passages of one report; `all_places` come in the order of the document."""

    report: Report
    slug: str
    paragraphs: list[Place] = field(init=False)
    unnumbered: list[Place] = field(init=False)
    recommendations: list[Place] = field(init=False)

    def __post_init__(self) -> None:
        items = {(one.start, one.end) for one in self.report.recommendations}
        keys = _unique([str(one.number) for one in self.report.paragraphs])
        self.paragraphs = [
            self._paragraph(key, one, (one.start, one.end) in items)
            for key, one in zip(keys, self.report.paragraphs, strict=True)
        ]
        self.unnumbered = [
            self._unnumbered(count, one)
            for count, one in enumerate(self.report.unnumbered, start=1)
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
        """Where the days of inspection are printed; the first page where they are not."""
        windows = self.report.cover.windows
        if windows is None:
            return self._first_page()
        return self._heading("dates", "inspection dates", windows)

    def published(self) -> Place | None:
        """Where the day of publication is printed."""
        found = self.report.cover.published
        return self._heading("published", "date of publication", found) if found else None

    def inspector(self, found: Found[str], key: str) -> Place:
        """Where a lead inspector is named."""
        return self._heading(key, "lead inspector", found)

    def named(self, key: str, words: str, found: Found[Any]) -> Place:
        """Where something else is printed, cited by these words."""
        return self._heading(key, words, found)

    def words(self, place: Place) -> str:
        """The words of a passage."""
        return words_of(place.pieces, self.report.text)

    def judgement(self, key: str, area: str, start: int, end: int, page: int | None) -> Place:
        """Where a grade stands."""
        locator = self._located(f"judgement “{area}”", page)
        return Place(f"grade-{key}", ((start, end),), page, "grade-line", locator)

    def describe(self, place: Place, facts: Iterable[Triple], with_text: bool) -> Iterator[Triple]:
        """A passage with what is said of it and its position; its words where asked for."""
        node = self.iri(place)
        selector = NamedNode(node.value + "/position")
        words = words_of(place.pieces, self.report.text)
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
        yield Triple(node, term("okg:spanSha256"), literal(sha256_of_text(words)))
        yield from facts
        if with_text:
            yield Triple(node, term("skos:note"), text(words))
        yield from _position(selector, (place.start, place.end))
        for count, gap in enumerate(left_out(place.pieces), start=1):
            gap_node = NamedNode(f"{node.value}/left-out-{count}")
            yield Triple(node, term("okg:leavesOut"), gap_node)
            yield from _position(gap_node, gap)

    def _paragraph(self, key: str, one: ReportParagraph, is_item: bool) -> Place:
        locator = self._located(f"paragraph {one.number}", one.page)
        role = "recommendation" if is_item else "text"
        return Place(key, one.pieces, one.page, role, locator, str(one.number))

    def _unnumbered(self, count: int, one: ReportParagraph) -> Place:
        """One without a number, which is cited by its place among them."""
        locator = self._located(f"unnumbered paragraph {count}", one.page)
        return Place(f"u{count}", one.pieces, one.page, "text", locator)

    def _item(self, key: str, one: ReportRecommendation, position: int) -> Place:
        named = f"recommendation {one.number}" if one.number else f"{one.section}, item {position}"
        locator = self._located(named, one.page)
        label = str(one.number) if one.number else ""
        return Place(key, one.pieces, one.page, "recommendation", locator, label)

    def _heading(self, key: str, named: str, found: Found[Any]) -> Place:
        locator = self._located(named, found.page)
        return Place(key, ((found.start, found.end),), found.page, "heading", locator)

    def _first_page(self) -> Place:
        page = None if self.report.pages is None else 1
        pieces = (self.report.first_page,)
        return Place("cover", pieces, page, "heading", self._located("cover", page))

    @staticmethod
    def _located(named: str, page: int | None) -> str:
        return f"{named}, page {page}" if page else named


def _position(node: NamedNode, stretch: Piece) -> Iterator[Triple]:
    yield Triple(node, _A, term("oa:TextPositionSelector"))
    yield Triple(node, term("oa:start"), number(stretch[0]))
    yield Triple(node, term("oa:end"), number(stretch[1]))


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

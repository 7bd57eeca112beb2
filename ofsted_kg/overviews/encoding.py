"""An overview as triples: addresses, days that no official source gives, and claims.

A grade is claimed once, by the first overview that has it; where another has the same,
its cell repeats the claim, as the tools share their origin and their misreadings.
"""

import datetime
from collections.abc import Iterator
from dataclasses import dataclass, field

from pyoxigraph import NamedNode, Triple

from ofsted_kg.identity.frameworks import Area
from ofsted_kg.identity.names import plain
from ofsted_kg.overviews.columns import (
    ADDRESS,
    BROKEN,
    END,
    FORMS,
    GRADES,
    KIND,
    NO_JUDGEMENT,
    NO_VALUE,
    NOTHING_READ,
    PUBLISHED,
    STANDS_FOR_WIDER,
    START,
    Judged,
)
from ofsted_kg.overviews.matching import Matched
from ofsted_kg.overviews.official import Official
from ofsted_kg.overviews.tables import Cell, Overview, Row
from ofsted_kg.rdf.terms import date, graph_iri, iri, last, literal, number, term, text

MIT = NamedNode("https://opensource.org/licenses/MIT")
_A = term("rdf:type")
ATTESTED = {
    START: iri("attested", "fieldwork-start"),
    END: iri("attested", "fieldwork-end"),
    PUBLISHED: iri("attested", "publication-date"),
    KIND: iri("attested", "inspection-form"),
}


@dataclass
class Told:
    """What overviews encoded before have said already: the IRI of each claim by its content."""

    claims: dict[tuple[NamedNode, str, str], NamedNode] = field(default_factory=dict)
    addresses: set[str] = field(default_factory=set)


class OverviewEncoder:
    """Encodes one overview; `claims` and `repeated` count what its cells state."""

    def __init__(self, overview: Overview, official: Official, told: Told) -> None:
        self.overview = overview
        self.official = official
        self.told = told
        self.claims = 0
        self.repeated = 0

    def triples(self, matches: list[Matched]) -> list[Triple]:
        """The graph of the overview, with the reports that it lists."""
        return [*self._head(), *(triple for one in matches for triple in self.triples_of(one))]

    def triples_of(self, one: Matched) -> list[Triple]:
        """What the overview says of one report that it lists."""
        rows = [row for row in one.listed.rows if row.overview is self.overview]
        return [triple for row in rows for triple in self._row(row, one)]

    def _head(self) -> Iterator[Triple]:
        made, document = self.overview, iri("document", self.overview.slug)
        rendition, graph = iri("text", made.slug), graph_iri(f"overviews/{made.slug}")
        named = f"{made.kind.title} by ofsted-ilacs-scrape-tool of {made.kind.maker}"
        title = text(f"{named}, {_day(made.day)}")
        short = text(f"{made.kind.title} {made.day}")
        maker = iri("agent", made.kind.maker.lower())
        yield Triple(document, _A, term("okg:SourceDocument"))
        yield Triple(document, _A, term("okg:SecondarySource"))
        yield Triple(document, term("dcterms:title"), title)
        yield Triple(document, term("bibo:shortTitle"), short)
        yield Triple(document, term("dcterms:publisher"), maker)
        yield Triple(document, term("dcterms:issued"), date(made.day))
        yield Triple(document, term("okg:fileSha256"), literal(made.sha256))
        yield Triple(document, term("dcterms:identifier"), literal(made.file))
        yield Triple(document, term("dcterms:license"), MIT)
        yield Triple(document, term("foaf:page"), NamedNode(made.kind.page))
        yield Triple(maker, _A, term("foaf:Agent"))
        yield Triple(maker, term("foaf:name"), literal(made.kind.maker))
        yield Triple(rendition, _A, term("okg:TextRendition"))
        yield Triple(rendition, term("bibo:shortTitle"), short)
        yield Triple(rendition, term("okg:isRenditionOf"), document)
        yield Triple(rendition, term("dcterms:format"), literal("text/csv; charset=utf-8"))
        yield Triple(rendition, term("okg:textSha256"), literal(made.text_sha256))
        length = number(len(made.text), "nonNegativeInteger")
        yield Triple(rendition, term("okg:characterCount"), length)
        yield Triple(graph, _A, term("prov:Bundle"))
        yield Triple(graph, term("dcterms:title"), title)
        yield Triple(graph, term("prov:wasDerivedFrom"), document)
        yield Triple(graph, term("dcterms:license"), MIT)

    def _row(self, row: Row, one: Matched) -> Iterator[Triple]:
        if one.listed.address not in self.told.addresses:
            self.told.addresses.add(one.listed.address)
            yield from self._report(row, one)
        graded = iri("assessment", one.assessments[0].authority, *_key(one))
        for heading, judged in GRADES.items():
            yield from self._claim(row, one, graded, heading, judged)

    def _report(self, row: Row, one: Matched) -> Iterator[Triple]:
        """What an overview is the first to say of a report and its inspections."""
        address = NamedNode(row.text(ADDRESS))
        for known in one.assessments:
            node = iri("assessment", known.authority, known.framework, known.date)
            if not one.is_official:
                yield from self._inspection(node, row, one)
            elif row.text(PUBLISHED) and row.day(PUBLISHED) not in known.published:
                if not known.published:
                    yield Triple(node, term("okg:publishedOn"), date(row.text(PUBLISHED)))
                yield Triple(node, term("okg:isRepeatedIn"), self._place(row, PUBLISHED))
                yield from self._passage(row, PUBLISHED)
            yield Triple(node, term("foaf:page"), address)
            for document in self.official.reports(node):
                yield Triple(document, term("foaf:page"), address)

    def _inspection(self, node: NamedNode, row: Row, one: Matched) -> Iterator[Triple]:
        """An inspection of which no official source tells."""
        authority = one.listed.authority.key
        yield Triple(node, _A, term("okg:Assessment"))
        yield Triple(node, _A, term("okg:Inspection"))
        yield Triple(node, term("okg:isConductedUnder"), iri("framework", one.framework.key))
        for inspectorate in one.framework.inspectorates:
            yield Triple(node, term("okg:isConductedBy"), inspectorate)
        yield Triple(node, term("okg:inspectsAuthority"), iri("authority", authority))
        services = [slug for area in one.framework.areas.values() for slug in area.services]
        for slug in dict.fromkeys(services):
            yield Triple(node, term("okg:inspectsService"), iri("service", authority, slug))
        yield Triple(node, term("dcterms:type"), iri("assessment-kind", FORMS[row.text(KIND)]))
        yield Triple(node, term("okg:fieldworkStart"), date(row.text(START)))
        if row.text(END):
            yield Triple(node, term("okg:fieldworkEnd"), date(row.text(END)))
        if row.text(PUBLISHED):
            yield Triple(node, term("okg:publishedOn"), date(row.text(PUBLISHED)))
        given = [heading for heading in (START, END, PUBLISHED, KIND) if row.text(heading)]
        for heading in given:
            predicate = "okg:isStatedIn" if heading == START else "okg:isRepeatedIn"
            yield Triple(node, term(predicate), self._place(row, heading))
        for heading in given:
            yield from self._passage(row, heading)

    def _claim(
        self, row: Row, one: Matched, graded: NamedNode, heading: str, judged: Judged
    ) -> Iterator[Triple]:
        word = plain(row.text(heading))
        area = _area(one, heading, judged)
        says_none = word in NO_JUDGEMENT or (word == NO_VALUE and area is None)
        grade = None if says_none else _grade(row, one, heading)
        if not says_none and grade is None:
            return
        place = self._place(row, heading)
        content = (graded, heading, "" if says_none else word)
        known = self.told.claims.get(content)
        yield from self._passage(row, heading)
        if grade:
            yield Triple(place, term("okg:statesGrade"), grade)
        if known:
            self.repeated += 1
            yield Triple(known, term("okg:isRepeatedIn"), place)
            return
        self.claims += 1
        cell = row.cells[heading]
        node = iri("claim", self.overview.slug, f"{cell.column}{cell.row}")
        self.told.claims[content] = node
        yield Triple(node, _A, term("okg:SecondaryClaim"))
        authority = one.listed.authority.key
        yield Triple(node, term("okg:concernsAuthority"), iri("authority", authority))
        wider = one.framework.areas.get(judged.within) if area is None else None
        for slug in wider.services if wider else ():
            yield Triple(node, term("okg:concernsService"), iri("service", authority, slug))
        yield Triple(node, term("okg:claimsAbout"), graded)
        if area:
            yield Triple(node, term("okg:claimsArea"), area.iri)
        if grade:
            yield Triple(node, term("okg:claimsGrade"), grade)
        yield Triple(node, term("okg:asWritten"), literal(cell.text))
        words = _in_words(one, judged, area, word if grade else "")
        yield Triple(node, term("dcterms:description"), text(words))
        yield Triple(node, term("okg:isStatedIn"), place)

    def _place(self, row: Row, heading: str) -> NamedNode:
        cell = row.cells[heading]
        return iri("passage", self.overview.slug, f"{cell.column}{cell.row}")

    def _passage(self, row: Row, heading: str) -> Iterator[Triple]:
        node, cell = self._place(row, heading), row.cells[heading]
        yield Triple(node, _A, term("okg:Passage"))
        yield Triple(node, _A, term("oa:SpecificResource"))
        yield Triple(node, term("oa:hasSource"), iri("text", self.overview.slug))
        yield Triple(node, term("okg:hasPassageRole"), iri("passage-role", "cell"))
        place = f"row {cell.row}, column {cell.column}"
        yield Triple(node, term("okg:locator"), literal(place))
        yield Triple(node, term("okg:sheet"), literal(self.overview.slug))
        yield Triple(node, term("okg:row"), number(cell.row, "positiveInteger"))
        yield Triple(node, term("okg:column"), literal(cell.column))
        yield _content(node, heading, cell)
        if heading in ATTESTED:
            yield Triple(node, term("okg:attests"), ATTESTED[heading])


def _content(node: NamedNode, heading: str, cell: Cell) -> Triple:
    """A cell with a day gives the day, any other its words."""
    if heading in (START, END, PUBLISHED):
        return Triple(node, term("dcterms:date"), date(cell.text))
    return Triple(node, term("okg:asWritten"), literal(cell.text))


def _key(one: Matched) -> tuple[str, str]:
    return one.assessments[0].framework, one.assessments[0].date


def _area(one: Matched, heading: str, judged: Judged) -> Area | None:
    """The area that a column means in a framework, None where it has no such area."""
    areas = one.framework.areas
    wider = areas.get(judged.within) if heading == STANDS_FOR_WIDER else None
    return areas.get(judged.area) or wider


def _grade(row: Row, one: Matched, heading: str) -> NamedNode | None:
    """The grade that a cell means, None for a cell that says nothing; SourceError for the rest."""
    word = plain(row.text(heading))
    if word in NOTHING_READ or word == NO_VALUE:
        return None
    grade = one.framework.grades.get(word) or one.framework.grades.get(word.removeprefix(BROKEN))
    if grade is None:
        raise row.error(heading, f"{row.text(heading)!r} is no grade of {one.framework.key}")
    return grade


def _in_words(one: Matched, judged: Judged, area: Area | None, word: str) -> str:
    """The claim in the project's own words; `word` is empty where it says there is no grade."""
    what = judged.words
    if area and last(area.iri) == judged.within:
        what += " and care leavers"
    elif area is None and judged.within:
        what += " alone"
    listed = one.listed
    when = f"of {_day(listed.start)}" if listed.start else "whose first day is not given"
    if not word:
        return f"That no grade was given for {what} in the inspection {when}."
    return f"That the grade for {what} was {word} in the inspection {when}."


def _day(day: datetime.date) -> str:
    return f"{day.day} {day:%B %Y}"

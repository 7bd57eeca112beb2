"""Assessments of releases as triples: one named graph for what each release says.

A fact that a newer release states otherwise stays out of the older release's
graph; its cell is kept as a passage with what it says, so that the difference
can be listed.
"""

import datetime
import re
from collections.abc import Iterator
from typing import NamedTuple
from urllib.parse import quote

from pyoxigraph import Literal, NamedNode, Triple

from ofsted_kg.identity.authorities import Authority
from ofsted_kg.identity.frameworks import Area, Framework, Frameworks
from ofsted_kg.rdf.terms import date, graph_iri, iri, last, literal, number, term, text
from ofsted_kg.releases.joining import Assessment, area_of_column
from ofsted_kg.releases.layout import FIELDWORK, KIND, PUBLISHED, THEME
from ofsted_kg.releases.rows import Observation, Release
from ofsted_kg.releases.sheets import Cell, Workbook

OGL = NamedNode("http://www.nationalarchives.gov.uk/doc/open-government-licence/version/3/")
READ_ME = NamedNode(
    "https://assets.publishing.service.gov.uk/media/5a7e4e62ed915d74e622570a/"
    "05_1409_CSC_excluding_children_s_homes_read_me.txt"
)
_COLLECTION = re.compile(r"https://www\.gov\.uk/government/collections/[\w-]+")
_A = term("rdf:type")
_ATTESTED = {
    PUBLISHED: iri("attested", "publication-date"),
    FIELDWORK: iri("attested", "fieldwork-start"),
    KIND: iri("attested", "inspection-form"),
    THEME: iri("attested", "visit-theme"),
}


class _GradeCell(NamedTuple):
    """A cell on an area, the grade it states (None where not judged), whether in another word."""

    cell: Cell
    grade: NamedNode | None
    is_rewritten: bool


def _collection(book: Workbook) -> str | None:
    """The page of the collection on GOV.UK where the release stands, which its notes print."""
    cells = (value for rows in book.sheets.values() for row in rows for value in row)
    found = (_COLLECTION.search(value) for value in cells if isinstance(value, str))
    return next((one[0] for one in found if one), None)


class ReleaseEncoder:
    """Encodes one release; `judgements` gathers what it states, each with its framework."""

    def __init__(self, release: Release, frameworks: Frameworks) -> None:
        self.release = release
        self.frameworks = frameworks
        self.document = iri("document", release.slug)
        self.recode = iri("provenance", release.slug, "recode")
        self.judgements: dict[NamedNode, str] = {}

    def triples(self, assessments: list[Assessment]) -> list[Triple]:
        """The graph of the release, with the assessments that it speaks of."""
        body = [triple for one in assessments for triple in self._assessment(one)]
        is_recoded = any(triple.object == self.recode for triple in body)
        return [*self._head(assessments if is_recoded else []), *body]

    def _head(self, recoded: list[Assessment]) -> Iterator[Triple]:
        year, publisher = self.release.as_at.year, self.release.publisher
        document, graph = self.document, graph_iri(f"releases/{self.release.slug}")
        yield Triple(document, _A, term("okg:SourceDocument"))
        yield Triple(document, _A, term("okg:DataRelease"))
        as_at = f"{self.release.as_at.day} {self.release.as_at:%B %Y}"
        title = f"{publisher.name}'s local authority inspection outcomes as at {as_at}"
        yield Triple(document, term("dcterms:title"), text(title))
        yield Triple(document, term("bibo:shortTitle"), text(f"{publisher.name} outcomes {year}"))
        yield Triple(document, term("dcterms:publisher"), iri("organisation", publisher.key))
        yield Triple(document, term("dcterms:issued"), date(self.release.issued))
        yield Triple(document, term("okg:asAt"), date(self.release.as_at))
        yield Triple(document, term("okg:fileSha256"), literal(self.release.book.sha256))
        yield Triple(document, term("dcterms:identifier"), literal(self.release.book.file))
        yield Triple(document, term("dcterms:license"), OGL)
        page = _collection(self.release.book)
        if page:
            yield Triple(document, term("foaf:page"), NamedNode(page))
        yield Triple(graph, _A, term("prov:Bundle"))
        yield Triple(graph, term("dcterms:title"), text(title))
        yield Triple(graph, term("prov:wasDerivedFrom"), document)
        yield Triple(graph, term("dcterms:license"), OGL)
        rights = f"Contains data of {publisher.name}, Crown copyright {self.release.issued.year},"
        rights += " under the Open Government Licence v3.0."
        yield Triple(graph, term("dcterms:rights"), text(rights))
        if recoded:
            yield from self._recode(graph, recoded)

    def _recode(self, graph: NamedNode, assessments: list[Assessment]) -> Iterator[Triple]:
        """Says once per release that it rewrites the third grade of older frameworks."""
        words = (
            "The release writes requires improvement to be good for the third grade of"
            " frameworks that had no such grade. Each judgement here has the third grade of its"
            " own framework, adequate, and its passage keeps the release's word."
        )
        yield Triple(self.document, term("dcterms:provenance"), self.recode)
        yield Triple(graph, term("dcterms:provenance"), self.recode)
        yield Triple(self.recode, _A, term("dcterms:ProvenanceStatement"))
        yield Triple(self.recode, term("dcterms:description"), text(words))
        yield Triple(self.recode, term("dcterms:source"), READ_ME)
        stated = {one.framework for one in assessments}
        for framework in self.frameworks.values():
            if framework.key in stated and "adequate" in framework.grades:
                yield Triple(self.recode, term("dcterms:references"), framework.grades["adequate"])

    def _assessment(self, one: Assessment) -> Iterator[Triple]:
        mine = [found for found in one.observations if found.release == self.release.slug]
        if not mine:
            return
        node = iri("assessment", one.key)
        framework = self.frameworks[one.framework]
        areas = self._areas(mine, framework)
        yield Triple(node, _A, term("okg:Assessment"))
        yield Triple(node, _A, term("okg:Inspection"))
        yield Triple(node, term("okg:isConductedUnder"), iri("framework", one.framework))
        for inspectorate in framework.inspectorates:
            yield Triple(node, term("okg:isConductedBy"), inspectorate)
        yield Triple(node, term("okg:inspectsAuthority"), iri("authority", one.authority))
        for area, _ in areas:
            for service in self._services(mine[0].authority, area):
                yield Triple(node, term("okg:inspectsService"), service)
        yield from self._facts(node, one, mine)
        yield from self._dates_and_passages(node, one, mine)
        for area, cells in areas:
            yield from self._judgement(node, one, framework, area, cells)

    def _facts(self, node: NamedNode, one: Assessment, mine: list[Observation]) -> Iterator[Triple]:
        if one.kind and any(found.kind == one.kind for found in mine):
            yield Triple(node, term("dcterms:type"), iri("assessment-kind", one.kind))
        if one.fieldwork and any(found.fieldwork == one.fieldwork for found in mine):
            yield Triple(node, term("okg:fieldworkStart"), date(one.fieldwork))
        printed = [found.published for found in mine if PUBLISHED in found.cells]
        if one.published and one.published in printed:
            yield Triple(node, term("okg:publishedOn"), date(one.published))
        if one.follows_up:
            yield Triple(node, term("okg:followsUp"), iri("assessment", one.follows_up))
        for theme in dict.fromkeys(
            found.cells[THEME].text for found in mine if THEME in found.cells
        ):
            yield Triple(node, term("okg:themeAsWritten"), text(theme))

    def _dates_and_passages(
        self, node: NamedNode, one: Assessment, mine: list[Observation]
    ) -> Iterator[Triple]:
        """The cells that say when, how and on what: the first date cell is the one to cite."""
        cells = [
            (role, found.cells[role])
            for found in mine
            for role in (FIELDWORK, PUBLISHED, KIND, THEME)
            if role in found.cells
        ]
        for position, (_, cell) in enumerate(cells):
            predicate = "okg:isRepeatedIn" if position else "okg:isStatedIn"
            yield Triple(node, term(predicate), self._passage_iri(cell))
        for role, cell in cells:
            yield from self._passage(cell)
            yield Triple(self._passage_iri(cell), term("okg:attests"), _ATTESTED[role])

    def _areas(
        self, mine: list[Observation], framework: Framework
    ) -> list[tuple[Area, list[_GradeCell]]]:
        """Areas that this release grades (or expressly leaves out), with their cells."""
        cells: dict[str, list[_GradeCell]] = {}
        for found in mine:
            for role, cell in found.grades.items():
                slug = area_of_column(role, framework)
                grade = framework.grades.get(found.words[role])
                cells.setdefault(slug, []).append(_GradeCell(cell, grade, role in found.rewritten))
        return [(framework.areas[slug], cells[slug]) for slug in framework.areas if slug in cells]

    def _judgement(
        self,
        assessment: NamedNode,
        one: Assessment,
        framework: Framework,
        area: Area,
        cells: list[_GradeCell],
    ) -> Iterator[Triple]:
        for found in cells:
            if found.grade is None:
                passage = self._passage_iri(found.cell)
                yield Triple(assessment, term("okg:leavesUnjudged"), area.iri)
                yield Triple(assessment, term("okg:isRepeatedIn"), passage)
                yield from self._passage(found.cell)
                yield Triple(passage, term("okg:statesUnjudged"), area.iri)
        graded = [found for found in cells if found.grade]
        if not graded:
            return
        node = iri("assessment", one.key, "judgement", last(area.iri))
        accepted = self._accepted(one, framework, last(area.iri))
        self.judgements[node] = one.framework
        yield Triple(node, _A, term("okg:Judgement"))
        yield Triple(node, _A, term("okg:Finding"))
        yield Triple(node, term("okg:isReachedIn"), assessment)
        yield Triple(node, term("okg:judgesArea"), area.iri)
        if any(found.grade == accepted for found in graded):
            yield Triple(node, term("okg:hasGrade"), accepted)
        for authority in self._concerned(one):
            yield Triple(node, term("okg:concernsAuthority"), authority)
        for service in self._services(one.observations[0].authority, area):
            yield Triple(node, term("okg:concernsService"), service)
        for position, found in enumerate(graded):
            predicate = "okg:isRepeatedIn" if position else "okg:isStatedIn"
            yield Triple(node, term(predicate), self._passage_iri(found.cell))
        for found in graded:
            yield from self._passage(found.cell)
            passage = self._passage_iri(found.cell)
            if found.grade:
                yield Triple(passage, term("okg:statesGrade"), found.grade)
            if found.is_rewritten:
                yield Triple(passage, term("dcterms:provenance"), self.recode)

    @staticmethod
    def _accepted(one: Assessment, framework: Framework, slug: str) -> NamedNode:
        """The grade of the newest release that gives one."""
        return next(
            framework.grades[word]
            for found in one.observations
            for role, word in found.words.items()
            if word and area_of_column(role, framework) == slug
        )

    def _concerned(self, one: Assessment) -> list[NamedNode]:
        """The authority inspected, and its successor where this release lists the grade there."""
        keys = [one.authority] + [
            found.listed.key
            for found in one.observations
            if found.release == self.release.slug and found.listed_by_code
        ]
        return [iri("authority", key) for key in dict.fromkeys(keys)]

    @staticmethod
    def _services(authority: Authority, area: Area) -> list[NamedNode]:
        return [iri("service", authority.key, slug) for slug in area.services]

    def _passage_iri(self, cell: Cell) -> NamedNode:
        sheet = quote(cell.sheet, safe="")
        return iri("passage", self.release.slug, sheet, f"{cell.column}{cell.row}")

    def _passage(self, cell: Cell) -> Iterator[Triple]:
        node = self._passage_iri(cell)
        place = f"sheet {cell.sheet}, row {cell.row}, column {cell.column}"
        yield Triple(node, _A, term("okg:Passage"))
        yield Triple(node, _A, term("oa:SpecificResource"))
        yield Triple(node, term("oa:hasSource"), self.document)
        yield Triple(node, term("okg:hasPassageRole"), iri("passage-role", "cell"))
        yield Triple(node, term("okg:locator"), literal(place))
        yield Triple(node, term("okg:sheet"), literal(cell.sheet))
        yield Triple(node, term("okg:row"), number(cell.row, "positiveInteger"))
        yield Triple(node, term("okg:column"), literal(cell.column))
        yield _content(node, cell)


def _content(node: NamedNode, cell: Cell) -> Triple:
    """A date cell gives its day, any other cell its words."""
    if isinstance(cell.value, datetime.date):
        return Triple(node, term("dcterms:date"), date(cell.value))
    words: Literal = literal(cell.text)
    return Triple(node, term("okg:asWritten"), words)

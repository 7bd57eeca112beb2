"""Assessments of releases as triples: one named graph for what each release says.

A fact that a newer release states otherwise stays out of the older release's
graph; its cell is kept as a passage with what it says, so that the difference
can be listed.
"""

import datetime
from collections.abc import Iterator
from urllib.parse import quote

from pyoxigraph import Literal, NamedNode, Triple

from ofsted_kg.identity.authorities import Authority
from ofsted_kg.identity.frameworks import Area, Framework, plain_word
from ofsted_kg.rdf.terms import date, graph_iri, iri, literal, number, term, text
from ofsted_kg.releases.joining import Assessment
from ofsted_kg.releases.layouts import FIELDWORK, KIND, PUBLISHED, THEME
from ofsted_kg.releases.rows import (
    RECODED,
    UNJUDGED,
    Observation,
    Release,
    recoded,
)
from ofsted_kg.releases.sheets import Cell

OGL = NamedNode("http://www.nationalarchives.gov.uk/doc/open-government-licence/version/3/")
READ_ME = NamedNode(
    "https://assets.publishing.service.gov.uk/media/5a7e4e62ed915d74e622570a/"
    "05_1409_CSC_excluding_children_s_homes_read_me.txt"
)
_A = term("rdf:type")
_ATTESTED = {
    PUBLISHED: iri("attested", "publication-date"),
    FIELDWORK: iri("attested", "fieldwork-start"),
    KIND: iri("attested", "inspection-form"),
    THEME: iri("attested", "visit-theme"),
}


class ReleaseEncoder:
    """Encodes one release; `judgements` gathers what it states, each with its framework."""

    def __init__(self, release: Release, frameworks: dict[str, Framework]) -> None:
        self.release = release
        self.frameworks = frameworks
        self.document = iri("document", release.slug)
        self.recode = iri("provenance", release.slug, "recode")
        self.judgements: dict[NamedNode, str] = {}

    def triples(self, assessments: list[Assessment]) -> list[Triple]:
        """The graph of the release, with the assessments that it speaks of."""
        body = [triple for one in assessments for triple in self._assessment(one)]
        is_recoded = any(triple.object == self.recode for triple in body)
        return [*self._head(is_recoded), *body]

    def _head(self, is_recoded: bool) -> Iterator[Triple]:
        year = self.release.as_at.year
        document, graph = self.document, graph_iri(f"releases/{self.release.slug}")
        yield Triple(document, _A, term("okg:SourceDocument"))
        yield Triple(document, _A, term("okg:DataRelease"))
        title = f"Ofsted's local authority inspection outcomes as at 31 March {year}"
        yield Triple(document, term("dcterms:title"), text(title))
        yield Triple(document, term("bibo:shortTitle"), text(f"Ofsted outcomes {year}"))
        yield Triple(document, term("dcterms:publisher"), iri("organisation", "ofsted"))
        yield Triple(document, term("dcterms:issued"), date(self.release.issued))
        yield Triple(document, term("okg:asAt"), date(self.release.as_at))
        yield Triple(document, term("okg:fileSha256"), literal(self.release.book.sha256))
        yield Triple(document, term("dcterms:identifier"), literal(self.release.book.file))
        yield Triple(document, term("dcterms:license"), OGL)
        yield Triple(graph, _A, term("prov:Bundle"))
        yield Triple(graph, term("dcterms:title"), text(title))
        yield Triple(graph, term("prov:wasDerivedFrom"), document)
        yield Triple(graph, term("dcterms:license"), OGL)
        rights = f"Contains data of Ofsted, Crown copyright {self.release.issued.year}, under the"
        rights += " Open Government Licence v3.0."
        yield Triple(graph, term("dcterms:rights"), text(rights))
        if is_recoded:
            yield from self._recode(graph)

    def _recode(self, graph: NamedNode) -> Iterator[Triple]:
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
        for key in RECODED:
            grade = self.frameworks[key].grades["adequate"]
            yield Triple(self.recode, term("dcterms:references"), grade)

    def _assessment(self, one: Assessment) -> Iterator[Triple]:
        mine = [found for found in one.observations if found.release == self.release.slug]
        if not mine:
            return
        node = iri("assessment", one.key)
        framework = self.frameworks[one.framework]
        areas = self._areas(one, mine, framework)
        yield Triple(node, _A, term("okg:Assessment"))
        yield Triple(node, _A, term("okg:Inspection"))
        yield Triple(node, term("okg:isConductedUnder"), iri("framework", one.framework))
        yield Triple(node, term("okg:isConductedBy"), iri("organisation", "ofsted"))
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
        if one.published and any(found.published == one.published for found in mine):
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
        self, one: Assessment, mine: list[Observation], framework: Framework
    ) -> list[tuple[Area, list[Cell]]]:
        """Areas that this release grades (or expressly leaves out), with their cells."""
        cells: dict[str, list[Cell]] = {}
        for found in mine:
            for role, cell in found.grades.items():
                slug = "in-care-and-care-leavers" if role == "in-care" else role
                cells.setdefault(role if role in framework.areas else slug, []).append(cell)
        return [(framework.areas[slug], cells[slug]) for slug in framework.areas if slug in cells]

    def _judgement(
        self,
        assessment: NamedNode,
        one: Assessment,
        framework: Framework,
        area: Area,
        cells: list[Cell],
    ) -> Iterator[Triple]:
        slug = area.iri.value.rsplit("/", 1)[1]
        graded = [cell for cell in cells if plain_word(cell.text) not in UNJUDGED]
        for cell in cells:
            if cell not in graded:
                yield Triple(assessment, term("okg:leavesUnjudged"), area.iri)
                yield Triple(assessment, term("okg:isRepeatedIn"), self._passage_iri(cell))
                yield from self._passage(cell)
                yield Triple(self._passage_iri(cell), term("okg:statesUnjudged"), area.iri)
        if not graded:
            return
        node = iri("assessment", one.key, "judgement", slug)
        accepted = self._accepted(one, framework, slug)
        self.judgements[node] = one.framework
        yield Triple(node, _A, term("okg:Judgement"))
        yield Triple(node, _A, term("okg:Finding"))
        yield Triple(node, term("okg:isReachedIn"), assessment)
        yield Triple(node, term("okg:judgesArea"), area.iri)
        if any(self._grade(framework, cell) == accepted for cell in graded):
            yield Triple(node, term("okg:hasGrade"), accepted)
        for authority in self._concerned(one):
            yield Triple(node, term("okg:concernsAuthority"), authority)
        for service in self._services(one.observations[0].authority, area):
            yield Triple(node, term("okg:concernsService"), service)
        for position, cell in enumerate(graded):
            predicate = "okg:isRepeatedIn" if position else "okg:isStatedIn"
            yield Triple(node, term(predicate), self._passage_iri(cell))
        for cell in graded:
            yield from self._passage(cell)
            passage = self._passage_iri(cell)
            yield Triple(passage, term("okg:statesGrade"), self._grade(framework, cell))
            if recoded(plain_word(cell.text), framework.grades):
                yield Triple(passage, term("dcterms:provenance"), self.recode)

    def _accepted(self, one: Assessment, framework: Framework, slug: str) -> NamedNode:
        role = "in-care" if slug == "in-care-and-care-leavers" else slug
        word = next(
            found.words[role]
            for found in one.observations
            if role in found.words and found.words[role] not in UNJUDGED
        )
        return framework.grades[recoded(word, framework.grades) or word]

    @staticmethod
    def _grade(framework: Framework, cell: Cell) -> NamedNode:
        word = plain_word(cell.text)
        return framework.grades[recoded(word, framework.grades) or word]

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

"""A report as read, as triples: the shapes and names of the hand-encoded documents.

Facts, positions and digests only; the words of the report go in where the reader
of an own copy asks for them.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from pyoxigraph import Literal, NamedNode, Triple

from ofsted_kg.errors import SourceError
from ofsted_kg.identity.assessments import Identity, KnownAssessment
from ofsted_kg.identity.expectations import SCHEME
from ofsted_kg.identity.frameworks import Area, Framework
from ofsted_kg.identity.names import fold, person_slug, plain
from ofsted_kg.rdf.files import root
from ofsted_kg.rdf.terms import date, iri, last, literal, number, term, text
from ofsted_kg.reports.context import ReportContext, identify
from ofsted_kg.reports.document import document_triples, report_turtle
from ofsted_kg.reports.families import family_of
from ofsted_kg.reports.family import BodyBeside
from ofsted_kg.reports.layout.grades import NOT_JUDGED
from ofsted_kg.reports.partnership_encoding import PartnershipEncoder
from ofsted_kg.reports.passages import Place, ReportPassages, positions
from ofsted_kg.reports.reading import read_report
from ofsted_kg.reports.report import Report, ReportJudgement, ReportRecommendation

_A = term("rdf:type")


@dataclass(frozen=True)
class _Assessment:
    """The node of one of the assessments that a report is on."""

    node: NamedNode
    framework: Framework
    known: KnownAssessment | None

    def area(self, key: str) -> Area:
        """An area by its slug; SourceError where the framework has no such area."""
        if key not in self.framework.areas:
            raise SourceError(f"{key!r} is no judgement area of {self.framework.key}")
        return self.framework.areas[key]

    def grade(self, words: str) -> NamedNode:
        """A grade by its words; SourceError where the framework's scale has no such grade."""
        if plain(words) not in self.framework.grades:
            raise SourceError(f"{words!r} is no grade of the scale of {self.framework.key}")
        return self.framework.grades[plain(words)]

    def judgement(self, area: Area) -> NamedNode:
        """The node of the judgement on an area."""
        return NamedNode(f"{self.node.value}/judgement/{last(area.iri)}")


@dataclass(frozen=True)
class _Second:
    """A body that reports judge beside the authority; `assessment` where this one does."""

    beside: BodyBeside
    assessment: _Assessment | None
    body: NamedNode
    is_known: bool

    def has_list(self, section: str) -> bool:
        """Whether the recommendations of a section are for it."""
        return section.startswith(self.beside.lists)


class ReportEncoder:
    """Encodes one report whose assessment is known."""

    def __init__(
        self, report: Report, context: ReportContext, identity: Identity, with_text: bool
    ) -> None:
        self.report = report
        self.context = context
        self.identity = identity
        self.with_text = with_text
        self.slug = identity.slug
        self.family = family_of(report)
        self.judgements = [one for one in report.judgements if not one.is_doubtful]
        self.authority = iri("authority", identity.authority.key)
        self.passages = ReportPassages(report, self.slug)
        self.places: dict[str, tuple[Place, list[Triple]]] = {}
        self.main = self._assessment(identity.framework, identity.known)
        self.second = self._second(self.family.beside)
        self.partnership = self._partnership()

    def triples(self) -> list[Triple]:
        """All of the graph: document, assessments, judgements, recommendations, passages."""
        body = [
            *self._assessments(),
            *self._inspectors(),
            *(t for one in self.judgements for t in self._judged(one)),
            *self._recommendations(),
            *(self.partnership.triples(with_text=self.with_text) if self.partnership else ()),
        ]
        for place in (*self.passages.paragraphs, *self.passages.unnumbered):
            self._cite(place)
        nodes = [self.main.node]
        if self.second and self.second.assessment:
            nodes.append(self.second.assessment.node)
        inspectorates = self._inspectorates(self.main)
        listed = self.context.listed.get(self.report.digest)
        address = listed.address if listed else ""
        document = document_triples(self.report, self.identity, inspectorates, nodes, address)
        return [*document, *body, *self._passages()]

    def area_iris(self) -> dict[str, NamedNode]:
        """The areas that paragraphs may stand under, by the keys that the report gives them."""
        areas = {key: area.iri for key, area in self.main.framework.areas.items()}
        if self.second and self.second.assessment:
            areas[self.second.beside.area_key] = self.second.assessment.area("overall").iri
        return areas

    def differences(self) -> list[str]:
        """What the releases give otherwise than the report, one line each."""
        found = []
        kind, known = self._kind(), self.main.known
        if kind and known and known.kind not in ("", kind):
            found.append(f"the report is of a {kind}, in the releases of a {known.kind}")
        for one in self.judgements:
            assessment, area = self._judged_area(one)
            released = self.context.grades.get(assessment.judgement(area).value)
            is_graded = plain(one.grade) != NOT_JUDGED
            if is_graded and released and released != assessment.grade(one.grade).value:
                found.append(
                    f"{one.area} is {one.grade}, in the releases {last(NamedNode(released))}"
                )
        return found + self._told_otherwise()

    def _told_otherwise(self) -> list[str]:
        """How the day that is said of the file differs from the one that stands."""
        report, listed = self.report, self.context.listed.get(self.report.digest)
        if listed is None or listed.published is None:
            return []
        known = self.main.known.published if self.main.known else ()
        said = f"said to be published on {listed.published}"
        if report.published and report.published != listed.published:
            return [f"{said}, printed is {report.published}, which stands"]
        if report.published is None and self.context.told_day(report) is None:
            return [f"{said}, before its fieldwork ended on {report.inspection_end}: not taken"]
        if report.published is None and known and listed.published not in known:
            return [f"{said}, in the releases {known[-1]}, which stands"]
        return []

    def _partnership(self) -> PartnershipEncoder | None:
        """What a report on a partnership adds."""
        found = self.report.partnership
        if found is None:
            return None
        kind = self.family.service_of("")
        node, passages = self.main.node, self.passages
        return PartnershipEncoder(
            found, self.context, self.identity, node, kind, passages, self._cite
        )

    def _inspectorates(self, one: _Assessment) -> tuple[NamedNode, ...]:
        """Those that the report itself names, else those that apply the framework."""
        named = self.partnership.inspectorates if self.partnership else ()
        return named or one.framework.inspectorates

    def _second(self, beside: BodyBeside | None) -> _Second | None:
        """The body judged beside the authority by a family that knows of one."""
        if beside is None:
            return None
        authority, framework = self.identity.authority, beside.framework_key
        known = self._organisation(beside.known_as.format(authority.name))
        made = iri("organisation", f"{beside.body_type}-{authority.key.lower()}")
        assessment = None
        if any(one.area_key == beside.area_key for one in self.judgements):
            released = self.context.released(authority.key, framework, self.identity.date)
            assessment = self._assessment(framework, released)
        return _Second(beside, assessment, known or made, known is not None)

    def _assessment(self, framework: str, known: KnownAssessment | None) -> _Assessment:
        node = iri("assessment", self.identity.authority.key, framework, self.identity.date)
        return _Assessment(node, self.context.frameworks[framework], known)

    def _assessments(self) -> Iterator[Triple]:
        yield from self._described(self.main, self._kind())
        if self.second and self.second.assessment:
            if not self._is_of_the_body_alone():
                yield from self._described(self.second.assessment, self.second.beside.kind)
            if not self.second.is_known:
                yield from self._unknown_body(self.second)

    def _unknown_body(self, second: _Second) -> Iterator[Triple]:
        """The body judged beside the authority, where the reference data has no node for it."""
        name = second.beside.described_as.format(self.identity.authority.name)
        kind = iri("organisation-type", second.beside.body_type)
        yield Triple(second.body, _A, term("org:FormalOrganization"))
        yield Triple(second.body, _A, term("org:Organization"))
        yield Triple(second.body, term("skos:prefLabel"), text(name))
        yield Triple(second.body, term("dcterms:type"), kind)

    def _kind(self) -> str:
        """The kind the report shows; whether it is a standard or short form none prints."""
        if self.report.is_reinspection:
            return "re-inspection"
        if self._is_of_the_body_alone() and self.family.beside:
            return self.family.beside.kind
        return self.family.kind if self.family.prints_form or not self.main.known else ""

    def _is_of_the_body_alone(self) -> bool:
        """Whether the body was judged in a report of its own, not beside the authority."""
        beside = self.family.beside
        return beside is not None and beside.framework_key == self.identity.framework

    def _described(self, one: _Assessment, kind: str) -> Iterator[Triple]:
        """What the report itself says of an assessment, where no release says otherwise."""
        report, known = self.report, one.known
        has_fieldwork = bool(report.windows)
        yield Triple(one.node, _A, term("okg:Assessment"))
        if has_fieldwork:
            yield Triple(one.node, _A, term("okg:Inspection"))
        label = (
            f"{self.identity.authority.name}: {self._framework_name(one)}, {self.identity.date[:4]}"
        )
        yield Triple(one.node, term("skos:prefLabel"), text(label))
        yield Triple(one.node, term("okg:isConductedUnder"), iri("framework", one.framework.key))
        for inspectorate in self._inspectorates(one):
            yield Triple(one.node, term("okg:isConductedBy"), inspectorate)
        yield Triple(one.node, term("okg:inspectsAuthority"), self.authority)
        for service in dict.fromkeys(
            service for area in one.framework.areas.values() for service in self._services(area)
        ):
            yield Triple(one.node, term("okg:inspectsService"), service)
        if kind and (known is None or known.kind in ("", kind)):
            yield Triple(one.node, term("dcterms:type"), iri("assessment-kind", kind))
        yield from self._dated(one)

    def _dated(self, one: _Assessment) -> Iterator[Triple]:
        report, known = self.report, one.known
        place = self.passages.dates()
        start, end = report.inspection_start, report.inspection_end
        if start and end:
            self._cite(
                place,
                (term("okg:attests"), iri("attested", "fieldwork-start")),
                (term("dcterms:date"), date(start)),
            )
            if known is None or not known.starts or start in known.starts:
                yield Triple(one.node, term("okg:fieldworkStart"), date(start))
            yield Triple(one.node, term("okg:fieldworkEnd"), date(end))
        else:
            self._cite(place)
        printed = self.passages.published() if report.published else None
        is_agreed = known is None or not known.published or report.published in known.published
        if report.published and is_agreed:
            yield Triple(one.node, term("okg:publishedOn"), date(report.published))
        told = self.context.told_day(report)
        if told and not (known and known.published):
            basis = self.context.listed[report.digest].basis
            yield Triple(one.node, term("okg:publishedOn"), date(told))
            basis_node = iri("publication-basis", basis)
            yield Triple(one.node, term("okg:takesPublicationFrom"), basis_node)
        yield Triple(one.node, term("okg:isStatedIn"), self.passages.iri(place))
        if printed and report.published:
            self._cite(
                printed,
                (term("okg:attests"), iri("attested", "publication-date")),
                (term("dcterms:date"), date(report.published)),
            )
            yield Triple(one.node, term("okg:isRepeatedIn"), self.passages.iri(printed))

    def _framework_name(self, one: _Assessment) -> str:
        if self.report.is_reinspection and one is self.main:
            return "re-inspection"
        return one.framework.called

    def _inspectors(self) -> Iterator[Triple]:
        for position, found in enumerate(self.report.cover.inspectors, start=1):
            name = found.value
            key = "lead-inspector" if position == 1 else f"lead-inspector-{position}"
            place = self.passages.inspector(found, key)
            self._cite(place)
            person = iri("person", person_slug(name))
            node = iri("participation", self.slug, key)
            yield Triple(node, _A, term("okg:Participation"))
            yield Triple(node, term("okg:hasParticipant"), person)
            yield Triple(node, term("okg:hasRole"), iri("role", "lead-inspector"))
            yield Triple(node, term("okg:concernsAuthority"), self.authority)
            yield Triple(node, term("okg:asWritten"), literal(name))
            yield Triple(node, term("okg:isStatedIn"), self.passages.iri(place))
            yield Triple(person, _A, term("foaf:Person"))
            yield Triple(person, term("foaf:name"), literal(name))
            yield Triple(person, term("skos:prefLabel"), text(name))

    def _judged_area(self, one: ReportJudgement) -> tuple[_Assessment, Area]:
        second = self.second
        if second and second.assessment and one.area_key == second.beside.area_key:
            return second.assessment, second.assessment.area("overall")
        return self.main, self.main.area(one.area_key)

    def _judged(self, one: ReportJudgement) -> Iterator[Triple]:
        assessment, area = self._judged_area(one)
        place = self.passages.judgement(one.area_key, one.area, one.start, one.end, one.page)
        passage = self.passages.iri(place)
        written = (term("okg:asWritten"), literal(one.grade_as_printed))
        if plain(one.grade) == NOT_JUDGED:
            self._cite(place, written, (term("okg:statesUnjudged"), area.iri))
            yield Triple(assessment.node, term("okg:leavesUnjudged"), area.iri)
            yield Triple(assessment.node, term("okg:isRepeatedIn"), passage)
            return
        grade = assessment.grade(one.grade)
        self._cite(place, written, (term("okg:statesGrade"), grade))
        node = assessment.judgement(area)
        yield Triple(node, _A, term("okg:Judgement"))
        yield Triple(node, _A, term("okg:Finding"))
        yield Triple(node, term("okg:isReachedIn"), assessment.node)
        yield Triple(node, term("okg:judgesArea"), area.iri)
        if self.context.grades.get(node.value, grade.value) == grade.value:
            yield Triple(node, term("okg:hasGrade"), grade)
        yield Triple(node, term("okg:concernsAuthority"), self.authority)
        for service in self._services(area):
            yield Triple(node, term("okg:concernsService"), service)
        yield Triple(node, term("okg:isStatedIn"), passage)

    def _recommendations(self) -> Iterator[Triple]:
        items = self.report.recommendations
        for sequence, (one, position, place) in enumerate(
            zip(items, positions(items), self.passages.recommendations, strict=True), start=1
        ):
            self._cite(place)
            yield from self._recommendation(one, sequence, position, self.passages.iri(place))

    def _recommendation(
        self, one: ReportRecommendation, sequence: int, position: int, passage: NamedNode
    ) -> Iterator[Triple]:
        second = self.second if self.second and self.second.has_list(one.section) else None
        assessment = (second and second.assessment) or self.main
        node = NamedNode(f"{assessment.node.value}/recommendation/{sequence}")
        words = " ".join([one.text, *(item.text for item in one.sub_items)])
        yield Triple(node, _A, term("okg:Recommendation"))
        yield Triple(node, term("okg:isReachedIn"), assessment.node)
        yield Triple(node, term("okg:concernsAuthority"), self.authority)
        yield Triple(node, term("okg:concernsService"), self._service_of(one))
        yield Triple(node, term("okg:numberInList"), number(position))
        yield Triple(node, term("okg:sequence"), number(sequence))
        timescale = self._timescale(one)
        if timescale:
            slug, written = timescale
            yield Triple(node, term("okg:hasTimescale"), iri("timescale", slug))
            yield Triple(node, term("okg:asWritten"), literal(written))
        if self.partnership:
            yield Triple(node, term("dcterms:type"), self.partnership.kind_of(one))
        for addressee in self._addressees(one, second):
            yield Triple(node, term("okg:isAddressedTo"), addressee)
        for key in one.citations:
            yield Triple(node, term("okg:citesExpectation"), iri(SCHEME, key))
        for theme in self.context.themes.themes(words):
            yield Triple(node, term("okg:hasTheme"), iri("theme", theme))
        if self.with_text:
            yield Triple(node, term("dcterms:description"), text(words))
        yield Triple(node, term("okg:isStatedIn"), passage)

    def _addressees(self, one: ReportRecommendation, second: _Second | None) -> list[NamedNode]:
        """The bodies asked to act; none where one is named that the reference data lacks."""
        if self.partnership:
            return self.partnership.addressees(one)
        if one.addressed_to:
            named = self._organisation(one.addressed_to)
            return [named] if named else []
        if second:
            return [second.body] if second.assessment else []
        return [self.authority]

    def _organisation(self, name: str) -> NamedNode | None:
        found = self.context.organisations.get(fold(name))
        return NamedNode(found) if found else None

    def _service_of(self, one: ReportRecommendation) -> NamedNode:
        """The service that a list of recommendations is about."""
        kind = self.family.service_of(one.section)
        return iri("service", self.identity.authority.key, kind)

    def _timescale(self, one: ReportRecommendation) -> tuple[str, str] | None:
        """The timescale a recommendation stands under, with its printed words."""
        printed = (one.timescale or "").strip(" :")
        if person_slug(printed) in self.context.timescales:
            return person_slug(printed), printed
        heading = one.section.partition(": ")[2] or one.section
        urgent = self.family.priority_lists
        return ("priority-action", heading) if urgent and urgent.search(heading) else None

    def _services(self, area: Area) -> list[NamedNode]:
        return [iri("service", self.identity.authority.key, slug) for slug in area.services]

    def _cite(self, place: Place, *facts: tuple[NamedNode, NamedNode | Literal]) -> None:
        """Have a passage described once, with what is said of it."""
        _, known = self.places.setdefault(place.key, (place, []))
        node = self.passages.iri(place)
        known += [Triple(node, predicate, value) for predicate, value in facts]

    def _passages(self) -> Iterator[Triple]:
        for place, facts in sorted(self.places.values(), key=lambda one: one[0].start):
            yield from self.passages.describe(place, dict.fromkeys(facts), self.with_text)


def report_as_turtle(path: Path, *, with_text: bool = False) -> tuple[bytes, tuple[str, ...]]:
    """One report's graph by the project's data, and what report and releases leave open.

    `with_text` adds the report's words. Raises SourceError with the file's name where it
    cannot be read, or where authority or assessment is not certain.
    """
    report = read_report(path)
    context = ReportContext.read(root() / "data", root() / "ontology")
    try:
        identity = identify(report, context)
    except SourceError as error:
        raise SourceError(f"{path.name}: {error}") from None
    encoder = ReportEncoder(report, context, identity, with_text)
    content = report_turtle(encoder.triples(), identity, "Read by `ofsted-kg read`.")
    return content, (*report.warnings, *identity.differences, *encoder.differences())

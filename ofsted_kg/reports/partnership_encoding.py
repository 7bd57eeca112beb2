"""What reports on partnerships add to a graph: bodies, outcome, listed findings, plans, theme.

A body is the one of the reference data only where that has its name exactly, or where a
council is called so; any other is a node of the report's own, one for each name.
"""

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, field, replace
from typing import Protocol

from pyoxigraph import Literal, NamedNode, Triple

from ofsted_kg.identity.assessments import Identity
from ofsted_kg.identity.names import fold, person_slug
from ofsted_kg.rdf.terms import date, iri, literal, number, term, text
from ofsted_kg.reports.context import ReportContext
from ofsted_kg.reports.partnership import Member, NextSteps, Partnership, Point
from ofsted_kg.reports.passages import Place, ReportPassages
from ofsted_kg.reports.report import ReportRecommendation
from ofsted_kg.reports.spans import Found

_A = term("rdf:type")
_UNNAMED = "local partnership"
_BOARD = "integrated-care-board"
_PRINCIPAL = "principal-authority"
Cite = Callable[..., None]


class _Spot(Protocol):
    """Whatever stands somewhere in a report."""

    @property
    def start(self) -> int: ...
    @property
    def end(self) -> int: ...
    @property
    def page(self) -> int | None: ...


@dataclass
class Bodies:
    """The bodies that a report names; `own` are its own nodes, by the slugs of their names."""

    context: ReportContext
    identity: Identity
    own: dict[str, tuple[NamedNode, str]] = field(default_factory=dict)

    def node(self, name: str) -> NamedNode:
        """The body of a name: of the reference data, an authority, or the report's own."""
        if known := self.context.organisations.get(fold(name)):
            return NamedNode(known)
        try:
            day = self.identity.day
            authority = self.context.authorities.printed(name, day)
        except LookupError:
            return self.made(name)
        return iri("authority", authority.key)

    def made(self, name: str) -> NamedNode:
        """The report's own node for a name."""
        slug = person_slug(name) or f"body-{len(self.own) + 1}"
        made = iri("organisation", self.identity.slug, slug), " ".join(name.split())
        return self.own.setdefault(slug, made)[0]

    def described(self, kinds: dict[NamedNode, str]) -> Iterator[Triple]:
        """What is said of the report's own nodes; `kinds` are the types of those whose is known."""
        for node, name in self.own.values():
            yield Triple(node, _A, term("org:Organization"))
            yield Triple(node, term("skos:prefLabel"), text(name))
            if kind := kinds.get(node):
                yield Triple(node, term("dcterms:type"), iri("organisation-type", kind))


class PartnershipEncoder:
    """Encodes what a partnership's report adds to the graph of `assessment`.

    `cite` has a passage described, as the encoder of the whole report does it.
    """

    def __init__(
        self,
        found: Partnership,
        context: ReportContext,
        identity: Identity,
        assessment: NamedNode,
        service_type: str,
        passages: ReportPassages,
        cite: Cite,
    ) -> None:
        self.found = found
        self.context = context
        self.identity = identity
        self.assessment = assessment
        self.service_type = service_type
        self.passages = passages
        self.cite = cite
        self.authority = iri("authority", identity.authority.key)
        self.service = iri("service", identity.authority.key, service_type)
        self.bodies = Bodies(context, identity)
        self.body = self.bodies.made(self._name())
        self.kinds = {self.body: "team-or-partnership"}

    @property
    def inspectorates(self) -> tuple[NamedNode, ...]:
        """Those that the report names, without those that the reference data lacks."""
        known = self.context.inspectorates
        found = [known.get(fold(one.key)) for one in self.found.inspectorates]
        return tuple(dict.fromkeys(NamedNode(one) for one in found if one))

    def addressees(self, one: ReportRecommendation) -> list[NamedNode]:
        """The bodies that are to act: those named for it, else the partnership as a whole."""
        named = [self.bodies.node(body.value) for body in one.responsible]
        return list(dict.fromkeys(named)) or [self.body]

    @staticmethod
    def kind_of(one: ReportRecommendation) -> NamedNode:
        """Whether action comes first or something is to become better."""
        kind = "priority-action" if one.is_priority else "area-for-improvement"
        return iri("recommendation-kind", kind)

    def triples(self, with_text: bool) -> Iterator[Triple]:
        """All that stands beside the recommendations; to be called after them, for the bodies."""
        yield Triple(self.assessment, term("okg:inspectsPartnership"), self.body)
        yield Triple(self.assessment, term("okg:inspectsService"), self.service)
        yield from self._theme()
        yield from self._outcome()
        yield from self._previous()
        yield from self._members()
        yield from self._people()
        yield from self._plans()
        yield from self._listed(with_text)
        yield from self._service()
        yield from self.bodies.described(self.kinds)

    def _name(self) -> str:
        """What the partnership is called: in the salutation, or by the area of the title."""
        found, authority = self.found, self.identity.authority
        if found.salutation:
            name = found.salutation.value.removeprefix("Dear").strip(" ,:")
            if name and fold(name) != _UNNAMED:
                return name
            return f"Local partnership of {authority.name}"
        return f"{found.area or authority.name} Local Area Partnership"

    def _service(self) -> Iterator[Triple]:
        label = self.context.service_types.get(self.service_type, self.service_type)
        yield Triple(self.service, _A, term("okg:ChildrensService"))
        named = text(f"{self.identity.authority.name}: {label}")
        yield Triple(self.service, term("rdfs:label"), named)
        yield Triple(self.service, term("okg:isProvidedBy"), self.authority)
        kind = iri("service-type", self.service_type)
        yield Triple(self.service, term("dcterms:type"), kind)

    def _cited(
        self, key: str, words: str, spot: _Spot, *facts: tuple[NamedNode, NamedNode | Literal]
    ) -> NamedNode:
        place = self.passages.named(key, words, Found("", spot.start, spot.end, spot.page))
        self.cite(place, *facts)
        return self.passages.iri(place)

    def _theme(self) -> Iterator[Triple]:
        theme = self.found.theme
        if theme is None:
            return
        attested = term("okg:attests"), iri("attested", "visit-theme")
        passage = self._cited("theme", "theme", theme, attested)
        yield Triple(self.assessment, term("okg:themeAsWritten"), text(theme.as_printed))
        if theme.key:
            subject = iri("inspection-theme", theme.key)
            yield Triple(self.assessment, term("okg:examinesTheme"), subject)
        yield Triple(self.assessment, term("okg:isRepeatedIn"), passage)

    def _outcome(self) -> Iterator[Triple]:
        outcome = self.found.outcome
        if outcome is None:
            return
        node = NamedNode(f"{self.assessment.value}/outcome")
        value = iri("outcome", self.identity.framework, outcome.key)
        yield Triple(node, _A, term("okg:OutcomeFinding"))
        yield Triple(node, _A, term("okg:Finding"))
        yield Triple(node, term("okg:hasOutcome"), value)
        yield from self._about(node)
        yield Triple(node, term("okg:isStatedIn"), self._cited("outcome", "outcome", outcome))

    def _about(self, node: NamedNode) -> Iterator[Triple]:
        """What a statement was reached in, and whom and what it is about."""
        yield Triple(node, term("okg:isReachedIn"), self.assessment)
        yield Triple(node, term("okg:concernsAuthority"), self.authority)
        yield Triple(node, term("okg:concernsService"), self.service)

    def _previous(self) -> Iterator[Triple]:
        """The inspection before this one, where the report gives just one window."""
        previous = self.found.previous
        if previous is None or len(previous.value) != 1:
            return
        [(start, _)] = previous.value
        family = self.context.frameworks[self.identity.framework].family
        framework = self.context.frameworks.version(family, (), start)
        try:
            inspected = self.context.authorities.inspected(self.identity.authority, start)
        except LookupError:
            return
        node = iri("assessment", inspected.key, framework.key, start.isoformat())
        yield Triple(node, _A, term("okg:Assessment"))
        yield Triple(node, _A, term("okg:Inspection"))
        label = f"{inspected.name}: {framework.called}, {start.year}"
        yield Triple(node, term("skos:prefLabel"), text(label))
        yield Triple(node, term("okg:isConductedUnder"), iri("framework", framework.key))
        for inspectorate in framework.inspectorates:
            yield Triple(node, term("okg:isConductedBy"), inspectorate)
        yield Triple(node, term("okg:inspectsAuthority"), iri("authority", inspected.key))
        yield Triple(node, term("dcterms:type"), iri("assessment-kind", "area-inspection"))
        yield Triple(node, term("okg:fieldworkStart"), date(start))
        passage = self._cited("previous", "date of previous inspection", previous)
        yield Triple(node, term("okg:isStatedIn"), passage)

    def _members(self) -> Iterator[Triple]:
        members: list[tuple[str, _Spot]] = [(one.name, one) for one in self.found.members]
        members += [(body, one) for one in self.found.addressees for body in one.bodies]
        known: set[NamedNode] = set()
        for name, spot in members:
            body = self.bodies.node(name)
            if body in known:
                continue
            known.add(body)
            if isinstance(spot, Member) and spot.kind == _BOARD:
                self.kinds[body] = _BOARD
            yield from self._part(f"member-{len(known)}", "member", body, name, spot)
        principal = self.found.next_steps and self.found.next_steps.principal
        if principal:
            yield from self._principal(principal)

    def _principal(self, found: Found[str]) -> Iterator[Triple]:
        """The principal authority; a letter may name a person whom it is addressed to."""
        names = {fold(one.name) for one in self.found.addressees}
        is_person = fold(found.value) in names
        person = iri("person", person_slug(found.value))
        body = person if is_person else self.bodies.node(found.value)
        yield from self._part(_PRINCIPAL, _PRINCIPAL, body, found.value, found)

    def _people(self) -> Iterator[Triple]:
        named: list[tuple[str, str, _Spot]] = []
        named += [("addressee", one.name, one) for one in self.found.addressees]
        named += [("signatory", one.name, one) for one in self.found.signatories]
        # Those who led for Ofsted are told of as lead inspectors of any report.
        led = [one for one in self.found.team if one.is_lead and one.inspectorate != "ofsted"]
        named += [("lead-inspector", one.name, one) for one in led]
        counts: dict[str, int] = {}
        for role, name, spot in named:
            counts[role] = counts.get(role, 0) + 1
            prefix = "partner-" if role == "lead-inspector" else ""
            person = iri("person", person_slug(name) or f"{self.identity.slug}-{role}")
            key = f"{prefix}{role}-{counts[role]}"
            yield from self._part(key, role, person, name, spot)
            yield Triple(person, _A, term("foaf:Person"))
            yield Triple(person, term("foaf:name"), literal(name))
            yield Triple(person, term("skos:prefLabel"), text(name))

    def _part(
        self, key: str, role: str, body: NamedNode, name: str, spot: _Spot
    ) -> Iterator[Triple]:
        node = iri("participation", self.identity.slug, key)
        yield Triple(node, _A, term("okg:Participation"))
        yield Triple(node, term("okg:hasParticipant"), body)
        yield Triple(node, term("okg:hasRole"), iri("role", role))
        yield Triple(node, term("okg:concernsAuthority"), self.authority)
        yield Triple(node, term("okg:concernsOrganisation"), self.body)
        yield Triple(node, term("okg:asWritten"), literal(name))
        passage = self._cited(key, role.replace("-", " "), spot)
        yield Triple(node, term("okg:isStatedIn"), passage)

    def _plans(self) -> Iterator[Triple]:
        for one in self.found.plans:
            yield from self._plan(one.key, self.body, one)
        steps = self.found.next_steps
        spot = steps and (steps.due or steps.prepared_by)
        if steps and spot:
            yield from self._written_statement(steps, spot)

    def _written_statement(self, steps: NextSteps, spot: _Spot) -> Iterator[Triple]:
        by = steps.prepared_by
        body = self.bodies.node(by.value) if by else self.body
        yield from self._plan("written-statement", body, spot)
        if steps.due:
            node = NamedNode(f"{self.assessment.value}/plan/written-statement")
            yield Triple(node, term("okg:printedDueBy"), date(steps.due.value))

    def _plan(self, kind: str, body: NamedNode, spot: _Spot) -> Iterator[Triple]:
        node = NamedNode(f"{self.assessment.value}/plan/{kind}")
        yield Triple(node, _A, term("okg:RequiredPlan"))
        yield Triple(node, term("dcterms:type"), iri("plan-kind", kind))
        yield from self._about(node)
        yield Triple(node, term("okg:isAddressedTo"), body)
        passage = self._cited(f"plan-{kind}", kind.replace("-", " "), spot)
        yield Triple(node, term("okg:isStatedIn"), passage)

    def _listed(self, with_text: bool) -> Iterator[Triple]:
        points = [(one, "strength") for one in self.found.strengths]
        points += [(one, "weakness") for one in self.found.shortcomings]
        by_key = {place.key: place for place in self.passages.unnumbered}
        ordered = sorted(points, key=lambda pair: pair[0].start)
        for count, (one, polarity) in enumerate(ordered, start=1):
            place = by_key.get(one.key) or self._point(one, count)
            node = NamedNode(f"{self.assessment.value}/finding/{count}")
            words = self.passages.words(place)
            self.cite(place)
            yield Triple(node, _A, term("okg:ListedFinding"))
            yield Triple(node, _A, term("okg:Finding"))
            yield from self._about(node)
            yield Triple(node, term("okg:hasPolarity"), iri("polarity", polarity))
            yield Triple(node, term("okg:sequence"), number(one.start + 1))
            yield from self._themes(node, words)
            if with_text:
                yield Triple(node, term("dcterms:description"), text(words))
            yield Triple(node, term("okg:isStatedIn"), self.passages.iri(place))

    def _themes(self, node: NamedNode, words: str) -> Iterable[Triple]:
        for theme in self.context.themes.themes(words):
            yield Triple(node, term("okg:hasTheme"), iri("theme", theme))

    def _point(self, one: Point, count: int) -> Place:
        """The place of a point that is no paragraph of its own."""
        spot = Found("", one.start, one.end, one.page)
        place = self.passages.named(f"point-{count}", one.section, spot)
        return replace(place, role="list-item")

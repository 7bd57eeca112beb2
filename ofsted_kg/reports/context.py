"""What the encoding of a report needs from the project's data, and the assessment it is on."""

import datetime
from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field, replace
from pathlib import Path

from pyoxigraph import NamedNode

from ofsted_kg.errors import SourceError
from ofsted_kg.identity.assessments import (
    VISITS,
    Identity,
    KnownAssessment,
    by_fieldwork,
    by_publication,
)
from ofsted_kg.identity.authorities import Authorities
from ofsted_kg.identity.frameworks import Frameworks
from ofsted_kg.identity.names import fold
from ofsted_kg.judging.readings import Readings, settled_readings
from ofsted_kg.rdf.facts import Facts
from ofsted_kg.rdf.terms import iri, last, term
from ofsted_kg.reports.catalogue import Listed
from ofsted_kg.reports.report import Report
from ofsted_kg.reports.themes import ThemeTagger

_NAMES = (term("skos:prefLabel"), term("skos:altLabel"), term("dcterms:title"))
_RELEASED = (
    term("okg:isConductedUnder"),
    term("okg:inspectsAuthority"),
    term("okg:publishedOn"),
    term("okg:fieldworkStart"),
    term("dcterms:type"),
    term("okg:hasGrade"),
)


@dataclass(frozen=True, slots=True)
class ReportContext:
    """Plain values from the project's data.

    `known` are the released assessments by authority, `grades` the accepted grades of
    released judgements by the judgement's IRI, `organisations` bodies and `inspectorates`
    those that inspect by folded name, `timescales` the slugs of those with a length,
    `service_types` the names of types of service by slug, `readings` what readers
    settled of sentences, `listed` what is said of files beside them, by their digests.
    """

    authorities: Authorities
    known: dict[str, tuple[KnownAssessment, ...]]
    grades: dict[str, str]
    organisations: dict[str, str]
    inspectorates: dict[str, str]
    frameworks: Frameworks
    themes: ThemeTagger
    timescales: frozenset[str]
    service_types: dict[str, str]
    readings: Readings
    listed: Mapping[str, Listed] = field(default_factory=dict)

    @classmethod
    def read(cls, data: Path, ontology: Path) -> "ReportContext":
        """From a data folder and an ontology folder; SourceError for a broken file."""
        known, grades = _read_releases(data / "releases")
        bodies = data / "reference" / "organisations.ttl"
        by_hand = [path for path in (data / "reference" / "bodies.ttl",) if path.exists()]
        return cls(
            authorities=Authorities.read(data / "reference"),
            known=known,
            grades=grades,
            organisations=_named(Facts.of(bodies), term("org:Organization")),
            inspectorates=_named(Facts.of(bodies, *by_hand), term("okg:Inspectorate")),
            frameworks=Frameworks.read(ontology),
            themes=ThemeTagger.read(ontology),
            timescales=_read_timescales(ontology / "concepts.ttl"),
            service_types=_read_service_types(ontology / "concepts.ttl"),
            readings=settled_readings(data / "evaluation" / "finding-polarity.csv"),
        )

    def released(self, authority: str, framework: str, date: str) -> KnownAssessment | None:
        """The released assessment with a key, if there is one."""
        wanted = (framework, date)
        known = self.known.get(authority, ())
        return next((one for one in known if (one.framework, one.date) == wanted), None)

    def key(self, digest: str) -> str:
        """What tells a file with all that is said of it from any other."""
        return f"{digest} {self.listed[digest].key}" if digest in self.listed else digest

    def told_day(self, report: Report) -> datetime.date | None:
        """The day of publication that is said of a report that prints none.

        None where its fieldwork had not ended on that day: then it is of another report.
        """
        listed = self.listed.get(report.digest)
        if report.published or listed is None or listed.published is None:
            return None
        ended = report.inspection_end
        return None if ended and listed.published < ended else listed.published


def identify(report: Report, context: ReportContext) -> Identity:
    """The assessment a report is on; SourceError with one line where that is not certain."""
    if report.authority is None:
        raise SourceError("no name of an authority is printed on its first page")
    try:
        authority = context.authorities.printed(report.authority, report.inspection_start)
    except LookupError as error:
        raise SourceError(str(error)) from None
    framework = context.frameworks.get(report.framework_key)
    if framework is None:
        raise SourceError(f"its framework {report.framework_key} is not one that is described")
    known = context.known.get(authority.key, ())
    if framework.is_keyed_by_fieldwork:
        versions = {one.key for one in context.frameworks.versions(framework.family)}
        inspections = [one for one in known if one.framework in versions and one.kind not in VISITS]
        return by_fieldwork(authority, framework.key, report.inspection_start, inspections)
    released = [one for one in known if one.framework == framework.key]
    told = context.told_day(report)
    found = by_publication(
        authority, framework.key, report.published or told, report.inspection_end, released
    )
    # What is not printed cannot be printed otherwise; the encoder says where it differs.
    return replace(found, differences=()) if told else found


def _named(facts: Facts, kind: NamedNode) -> dict[str, str]:
    """Bodies of a class by each of their folded names."""
    bodies = facts.subjects(term("rdf:type"), kind)
    return {fold(name): one.value for one in bodies for name in facts.texts(one, *_NAMES)}


def _read_timescales(path: Path) -> frozenset[str]:
    return frozenset(map(last, Facts.of(path).subjects(term("okg:timescaleMonths"))))


def _read_service_types(path: Path) -> dict[str, str]:
    facts = Facts.of(path)
    types = facts.subjects(term("skos:inScheme"), iri("service-type"))
    return {last(one): facts.text(one, term("skos:prefLabel")) for one in types}


def _read_releases(
    folder: Path,
) -> tuple[dict[str, tuple[KnownAssessment, ...]], dict[str, str]]:
    facts = Facts()
    for path in sorted(folder.glob("*.ttl")):
        facts.load(path, f"releases/{path.stem}", _RELEASED)
    known: dict[str, list[KnownAssessment]] = defaultdict(list)
    for node in facts.subjects(term("okg:isConductedUnder")):
        authority, framework, date = node.value.removeprefix(iri("assessment", "").value).split("/")
        kind = facts.node(node, term("dcterms:type"))
        one = KnownAssessment(
            authority=authority,
            framework=framework,
            date=date,
            kind=last(kind) if kind else "",
            starts=_days(facts.texts(node, term("okg:fieldworkStart"))),
            published=_days(facts.texts(node, term("okg:publishedOn"))),
        )
        known[authority].append(one)
    grades = {
        node.value: grade.value
        for node in facts.subjects(term("okg:hasGrade"))
        for grade in facts.nodes(node, term("okg:hasGrade"))
    }
    return {authority: tuple(ones) for authority, ones in known.items()}, grades


def _days(written: Iterable[str]) -> tuple[datetime.date, ...]:
    return tuple(datetime.date.fromisoformat(day) for day in dict.fromkeys(written))

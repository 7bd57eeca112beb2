"""Which authority and assessment a report is about, so that its judgements meet the releases'.

Before 2018 the day of publication keys an assessment, later the first day of
fieldwork. Where a release knows the assessment its key stands, even where the
report prints a date some days apart.
"""

import datetime
import re
from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path

from ofsted_kg.errors import SourceError
from ofsted_kg.identity.frameworks import Framework, read_frameworks
from ofsted_kg.rdf.facts import Facts
from ofsted_kg.rdf.terms import iri, term
from ofsted_kg.reports.report import Report
from ofsted_kg.reports.themes import ThemeTagger

# How far dates of one inspection may lie apart, in days.
FIELDWORK_SLACK = 14
PUBLICATION_SLACK = 31
LONGEST_WAIT_FOR_REPORT = 183

BOARD = "lscb-2013"
VISITS = frozenset({"focused-visit", "monitoring-visit"})
_NAMES = (term("skos:prefLabel"), term("skos:altLabel"), term("dcterms:title"))
_BEFORE_NAME = re.compile(
    r"^(?:the )?(?:(?:(?:london|royal|metropolitan) )?borough|city|county|council) of (?:the )?"
)
_AFTER_NAME = re.compile(
    r"(?: (?:london|royal|metropolitan|county|city|borough|district|unitary|authority|council"
    r"|corporation))+$"
)
_RELEASED = (
    term("okg:isConductedUnder"),
    term("okg:inspectsAuthority"),
    term("okg:publishedOn"),
    term("okg:fieldworkStart"),
    term("dcterms:type"),
    term("okg:hasGrade"),
)


@dataclass(frozen=True, slots=True)
class AuthorityName:
    """An authority: its key, its usual and official names, its first and last day."""

    key: str
    name: str
    title: str
    since: str
    until: str

    def exists_on(self, day: datetime.date | None) -> bool:
        """Whether it had its duties on a day; True where no day is known."""
        if day is None:
            return True
        written = day.isoformat()
        return self.since <= written and (not self.until or written <= self.until)


@dataclass(frozen=True, slots=True)
class KnownAssessment:
    """An assessment as the releases give it; dates in the order of the files."""

    authority: str
    framework: str
    date: str
    kind: str
    starts: tuple[datetime.date, ...]
    published: tuple[datetime.date, ...]


@dataclass(frozen=True, slots=True)
class ReportContext:
    """What the encoding of a report needs from the project's data: plain values only.

    `grades` are the accepted grades of released judgements by the judgement's IRI;
    `authorities` and `organisations` go by folded name.
    """

    authorities: dict[str, tuple[AuthorityName, ...]]
    known: dict[str, tuple[KnownAssessment, ...]]
    grades: dict[str, str]
    organisations: dict[str, str]
    frameworks: dict[str, Framework]
    framework_names: dict[str, str]
    themes: ThemeTagger

    @classmethod
    def read(cls, data: Path, ontology: Path) -> "ReportContext":
        """From a data folder and an ontology folder; SourceError for a broken file."""
        known, grades = _read_releases(data / "releases")
        names = Facts.of(ontology / "frameworks.ttl")
        frameworks = read_frameworks(ontology)
        return cls(
            authorities=_read_authorities(data / "reference" / "authorities.ttl"),
            known=known,
            grades=grades,
            organisations=_read_organisations(data / "reference" / "organisations.ttl"),
            frameworks=frameworks,
            framework_names={
                key: names.text(iri("framework", key), term("skos:prefLabel")) for key in frameworks
            },
            themes=ThemeTagger.read(ontology),
        )


@dataclass(frozen=True, slots=True)
class ReportIdentity:
    """Authority, framework and key date of the assessment that a report is on.

    `known` is the assessment in the releases, `board` that of the review of the
    safeguarding board; None where no release has it. `differences` says in one
    line each how the releases give a date otherwise.
    """

    authority: AuthorityName
    framework: str
    date: str
    known: KnownAssessment | None = None
    board: KnownAssessment | None = None
    differences: tuple[str, ...] = ()

    @property
    def slug(self) -> str:
        """The name of the document in IRIs."""
        return f"{self.authority.key.lower()}-{self.framework}-{self.date}"

    @property
    def published(self) -> datetime.date | None:
        """The day of publication in the newest release."""
        return self.known.published[-1] if self.known and self.known.published else None


def identify(report: Report, context: ReportContext) -> ReportIdentity:
    """Resolve a report; SourceError with one line where that is not certain."""
    authority = find_authority(report.authority, report.inspection_start, context)
    if report.framework_key not in context.frameworks:
        raise SourceError(f"its framework {report.framework_key} is not one that is described")
    known = context.known.get(authority.key, ())
    if report.framework_key.startswith("ilacs"):
        return _by_fieldwork(report, authority, known)
    return _by_publication(report, authority, known)


def find_authority(
    printed: str | None, day: datetime.date | None, context: ReportContext
) -> AuthorityName:
    """The authority of a printed name on a day; SourceError unless there is just one.

    Names are compared whole first, then without the words for the form of a
    council, so that every form in which reports print a name leads to it.
    """
    if printed is None:
        raise SourceError("no name of an authority is printed on its first page")
    for key in (fold_name(printed), bare_name(printed)):
        found = [one for one in context.authorities.get(key, ()) if one.exists_on(day)]
        if len(found) == 1:
            return found[0]
        if found:
            names = ", ".join(one.title for one in found)
            raise SourceError(f"{printed!r} names more than one authority: {names}")
    raise SourceError(
        f"{printed!r} is no authority of data/reference/authorities.ttl: add the name to its table"
    )


def fold_name(name: str) -> str:
    """A name without differences of case, hyphen, apostrophe and ampersand."""
    plain = name.casefold().replace("&", " and ").replace("-", " ")
    return " ".join(re.sub(r"[^\w\s]", "", plain).split())


def bare_name(name: str) -> str:
    """A folded name without the words for the form of a council, marked as such."""
    return "~" + _AFTER_NAME.sub("", _BEFORE_NAME.sub("", fold_name(name)))


def _by_fieldwork(
    report: Report, authority: AuthorityName, known: Iterable[KnownAssessment]
) -> ReportIdentity:
    start = report.inspection_start
    if start is None:
        raise SourceError("no first day of inspection is printed, so it has no key")
    inspections = [
        one for one in known if one.framework.startswith("ilacs") and one.kind not in VISITS
    ]
    found = [one for one in inspections if start in one.starts] or [
        one
        for one in inspections
        if any(abs((day - start).days) <= FIELDWORK_SLACK for day in one.starts)
    ]
    if len(found) > 1:
        raise SourceError(f"more than one released inspection of {authority.name} fits {start}")
    if not found:
        return ReportIdentity(authority, report.framework_key, start.isoformat())
    match = found[0]
    if match.framework != report.framework_key:
        raise SourceError(
            f"its judgements are those of {report.framework_key}, but the release has the"
            f" inspection of {match.date} under {match.framework}"
        )
    differences = [
        f"first day of fieldwork {start}, in the releases {day}"
        for day in match.starts
        if day != start
    ]
    return ReportIdentity(
        authority, match.framework, match.date, match, differences=tuple(differences)
    )


def _by_publication(
    report: Report, authority: AuthorityName, known: Iterable[KnownAssessment]
) -> ReportIdentity:
    known = tuple(known)
    framework = report.framework_key
    match = _published_near(report, [one for one in known if one.framework == framework])
    if match is None and report.published is None:
        raise SourceError(
            f"no publication date is printed, and no release has a {framework} inspection of"
            f" {authority.name} that follows its fieldwork"
        )
    date = match.date if match else str(report.published)
    board = next((one for one in known if one.framework == BOARD and one.date == date), None)
    differences = [
        f"printed publication date {report.published}, in the releases {day}"
        for day in (match.published if match else ())
        if report.published and day != report.published
    ]
    return ReportIdentity(authority, framework, date, match, board, tuple(differences))


def _published_near(report: Report, known: list[KnownAssessment]) -> KnownAssessment | None:
    """The released assessment of a report's printed date, or the one after its fieldwork."""
    days = [(one, day) for one in known for day in one.published]
    if report.published:
        distances = [(abs((day - report.published).days), one) for one, day in days]
        near = [(distance, one) for distance, one in distances if distance <= PUBLICATION_SLACK]
    elif report.inspection_end:
        waits = [((day - report.inspection_end).days, one) for one, day in days]
        near = [(wait, one) for wait, one in waits if 0 < wait <= LONGEST_WAIT_FOR_REPORT]
    else:
        return None
    if not near:
        return None
    shortest = min(distance for distance, _ in near)
    best = {one for distance, one in near if distance == shortest}
    if len(best) > 1 or (not report.published and len({one for _, one in near}) > 1):
        raise SourceError("more than one released inspection fits its dates")
    return best.pop()


def _read_authorities(path: Path) -> dict[str, tuple[AuthorityName, ...]]:
    facts = Facts.of(path)
    found: dict[str, dict[AuthorityName, None]] = defaultdict(dict)
    for node in facts.subjects(term("rdf:type"), term("okg:LocalAuthority")):
        one = AuthorityName(
            key=_last(node.value),
            name=facts.text(node, term("skos:prefLabel")),
            title=facts.text(node, term("dcterms:title")),
            since=facts.text(node, term("okg:existsFrom")),
            until=facts.text(node, term("okg:existsUntil")),
        )
        for name in facts.texts(node, *_NAMES):
            found[fold_name(name)][one] = None
            found[bare_name(name)][one] = None
    return {name: tuple(ones) for name, ones in found.items()}


def _read_organisations(path: Path) -> dict[str, str]:
    """Bodies by each of their folded names."""
    facts = Facts.of(path)
    bodies = facts.subjects(term("rdf:type"), term("org:Organization"))
    return {fold_name(name): one.value for one in bodies for name in facts.texts(one, *_NAMES)}


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
            kind=_last(kind.value) if kind else "",
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


def _last(value: str) -> str:
    return value.rsplit("/", 1)[1]

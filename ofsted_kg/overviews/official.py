"""What the inspectorate's own documents and releases hold, as far as overviews must know it."""

import datetime
from collections import defaultdict
from collections.abc import Collection, Iterable
from pathlib import Path

from pyoxigraph import NamedNode

from ofsted_kg.identity.assessments import KnownAssessment
from ofsted_kg.rdf.facts import Facts
from ofsted_kg.rdf.terms import iri, last, term

_FOLDERS = ("releases", "reports", "documents")
_READ = (
    term("rdf:type"),
    term("okg:isConductedUnder"),
    term("okg:publishedOn"),
    term("okg:fieldworkStart"),
    term("okg:reportsOn"),
    term("dcterms:type"),
)
_VISIT = "-visit"
_ASSESSMENTS = iri("assessment", "").value


class Official:
    """Inspections by authority, visits apart, and the documents that report on them."""

    def __init__(self, facts: Facts) -> None:
        self._facts = facts
        self._known: dict[str, list[KnownAssessment]] = defaultdict(list)
        for node in facts.subjects(term("okg:isConductedUnder")):
            one = _assessment(facts, node)
            if not one.kind.endswith(_VISIT):
                self._known[one.authority].append(one)

    @classmethod
    def read(cls, data: Path) -> "Official":
        """From releases, reports and documents in a data folder; SourceError for a broken file."""
        facts = Facts()
        for folder in _FOLDERS:
            for path in sorted((data / folder).rglob("*.ttl")):
                facts.load(path, only=_READ)
        return cls(facts)

    def without(self, taken: Collection[NamedNode], unless: datetime.date | None) -> "Official":
        """The same without some assessments, but for those published on a day."""
        rest = Official(Facts())
        rest._facts = self._facts
        for authority, known in self._known.items():
            rest._known[authority] = [
                one for one in known if _node(one) not in taken or unless in one.published
            ]
        return rest

    def of(self, authority: str) -> list[KnownAssessment]:
        """The inspections of an authority, by its key."""
        return self._known.get(authority, [])

    def reports(self, assessment: NamedNode) -> list[NamedNode]:
        """The documents that report on an assessment."""
        return list(self._facts.subjects(term("okg:reportsOn"), assessment))


def _node(one: KnownAssessment) -> NamedNode:
    return iri("assessment", one.authority, one.framework, one.date)


def _assessment(facts: Facts, node: NamedNode) -> KnownAssessment:
    authority, framework, date = node.value.removeprefix(_ASSESSMENTS).split("/")
    kind = facts.node(node, term("dcterms:type"))
    return KnownAssessment(
        authority=authority,
        framework=framework,
        date=date,
        kind=last(kind) if kind else "",
        starts=_days(facts.texts(node, term("okg:fieldworkStart"))),
        published=_days(facts.texts(node, term("okg:publishedOn"))),
    )


def _days(written: Iterable[str]) -> tuple[datetime.date, ...]:
    whole = (day for day in dict.fromkeys(written) if len(day) == len("2018-01-01"))
    return tuple(datetime.date.fromisoformat(day) for day in whole)

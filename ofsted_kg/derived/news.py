"""What an assessment brings: how its grades follow the ones before, and its themes.

Read from the graphs after the rules have run: a change of grade is the one of the succession
on record, never a comparison made here.
"""

import datetime
from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path

from pyoxigraph import NamedNode

from ofsted_kg.derived.inputs import accepted_date
from ofsted_kg.rdf.facts import Facts
from ofsted_kg.rdf.terms import iri, last, term

_NEXT = iri("succession-kind", "next")
_READ = (
    term("skos:prefLabel"),
    term("skos:member"),
    term("skos:broadMatch"),
    term("okg:hasGrade"),
    term("okg:judgesArea"),
    term("okg:isReachedIn"),
    term("okg:publishedOn"),
    term("okg:fieldworkStart"),
    term("okg:takesPublicationFrom"),
    term("okg:inspectsAuthority"),
    term("okg:reportsOn"),
    term("okg:leavesUnjudged"),
    term("okg:hasTheme"),
    term("okg:concernsAuthority"),
    term("okg:concerns"),
    term("okg:claimsAbout"),
    term("okg:claimsGrade"),
    term("okg:fromJudgement"),
    term("okg:toJudgement"),
    term("okg:hasChange"),
    term("okg:hasComparability"),
    term("dcterms:type"),
    term("rdf:type"),
)
# What became of a grade, in words for a reader.
SAME = "the same"
_WORDS = {"better": "up", "worse": "down", "same": SAME, "reworded": f"{SAME}, reworded"}
NOT_COMPARABLE = "not comparable"
FIRST = "first grade"
_NO_LATER_DAY = "9999-12-31"


@dataclass(frozen=True)
class AreaNews:
    """An area with its grade, what became of it since the one before, and whether it stands.

    `before_area` is the area of the one before, which may be wider or of an older framework.
    """

    area: str
    grade: str
    change: str
    before: str
    before_published: str
    before_area: str
    is_latest: bool


@dataclass(frozen=True)
class News:
    """What a report brings to an authority.

    `published` is empty where no day is known. `newer_claimed` is the day of a newer
    inspection that only claims tell of, or empty.
    """

    authority: str
    published: str
    basis: str
    started: str
    areas: tuple[AreaNews, ...]
    new_themes: tuple[str, ...]
    recurring_themes: tuple[str, ...]
    newer_claimed: str


def read_news(home: Path, report: str) -> News:
    """What the report of a name, such as `bst/ilacs-2023-2023-01-16`, brings to the graph."""
    return _News(home, report).news()


class _News:
    def __init__(self, home: Path, report: str) -> None:
        data = home / "data"
        self.facts = Facts()
        own = data / "reports" / f"{report}.ttl"
        self.facts.load(own, "own", _READ)
        others = [*data.glob("reports/*/*.ttl"), *data.glob("documents/*/*.ttl")]
        near = [path for path in others if path.parent == own.parent or "documents" in path.parts]
        ontology = sorted((home / "ontology").glob("*.ttl"))
        for path in [*sorted(near), *ontology, *self._background(data)]:
            if path != own:
                self.facts.load(path, "other", _READ)
        for folder in ("releases", "overviews", "derived"):
            for path in sorted((data / folder).glob("*.ttl")):
                if path.stem != "dataset":
                    self.facts.load(path, f"{folder}/{path.stem}", _READ)
        self._load_predecessors(data, own.parent.name)
        self.assessments = [
            node
            for node in self.facts.subjects(term("rdf:type"), term("okg:Assessment"))
            if any(graph == "own" for _, graph in self.facts.statements(node, term("rdf:type")))
        ]

    @staticmethod
    def _background(data: Path) -> tuple[Path, ...]:
        """Names of authorities, and which areas judge one subject."""
        return data / "reference" / "authorities.ttl", data / "opinions" / "area-lines.ttl"

    def _load_predecessors(self, data: Path, folder: str) -> None:
        """Reports on other authorities whose judgements come before or after those of this one."""
        wanted = set()
        for name in ("okg:fromJudgement", "okg:toJudgement"):
            for succession in self.facts.subjects(term(name)):
                key = succession.value.removeprefix(iri("succession", "").value).split("/")[0]
                judgement = self.facts.node(succession, term(name))
                if judgement and key.lower() == folder:
                    place = judgement.value.removeprefix(iri("assessment", "").value)
                    wanted.add(place.split("/")[0].lower())
        for other in sorted(wanted - {folder}):
            for path in sorted((data / "reports" / other).glob("*.ttl")):
                self.facts.load(path, "other", _READ)

    def news(self) -> News:
        facts = self.facts
        main = max(self.assessments, key=lambda one: len(list(self._judgements([one]))))
        authority = facts.node(main, term("okg:inspectsAuthority"))
        published = accepted_date(facts, main, term("okg:publishedOn"))
        basis = facts.node(main, term("okg:takesPublicationFrom"))
        new, recurring = self._themes()
        return News(
            authority=self._label(authority),
            published=published,
            basis=last(basis) if basis else "",
            started=facts.text(main, term("okg:fieldworkStart")),
            areas=tuple(self._area(one) for one in self._judgements(self.assessments)),
            new_themes=new,
            recurring_themes=recurring,
            newer_claimed=self._newer_claimed(authority, self._day(main)),
        )

    def _judgements(self, assessments: Iterable[NamedNode]) -> list[NamedNode]:
        in_one = term("okg:isReachedIn")
        reached = [one for node in assessments for one in self.facts.subjects(in_one, node)]
        return [one for one in reached if self.facts.node(one, term("okg:hasGrade"))]

    def _area(self, judgement: NamedNode) -> AreaNews:
        facts = self.facts
        own = facts.nodes(judgement, term("okg:concernsAuthority"))
        before = self._succession(term("okg:toJudgement"), judgement, own)
        after = self._succession(term("okg:fromJudgement"), judgement, own)
        change, earlier = FIRST, None
        if before:
            kind = facts.node(before, term("okg:hasChange"))
            change = _WORDS.get(last(kind) if kind else "", NOT_COMPARABLE)
            comparability = facts.node(before, term("okg:hasComparability"))
            if comparability and last(comparability) in ("not-equivalent", "unknown"):
                change = NOT_COMPARABLE
            earlier = facts.node(before, term("okg:fromJudgement"))
        day = self._judged_on(judgement)
        if wider := self._judged_within(judgement, self._judged_on(earlier), day, own):
            change, earlier = NOT_COMPARABLE, wider
        return AreaNews(
            area=self._label(facts.node(judgement, term("okg:judgesArea"))),
            grade=self._label(facts.node(judgement, term("okg:hasGrade"))),
            change=change,
            before=self._label(facts.node(earlier, term("okg:hasGrade"))) if earlier else "",
            before_published=self._judged_on(earlier),
            before_area=self._label(facts.node(earlier, term("okg:judgesArea"))) if earlier else "",
            is_latest=after is None and not self._judged_within(judgement, day, _NO_LATER_DAY, own),
        )

    def _succession(
        self, end: NamedNode, judgement: NamedNode, authorities: list[NamedNode]
    ) -> NamedNode | None:
        """The succession that links a judgement directly with another of its own authority."""
        for one in self.facts.subjects(end, judgement):
            whose = self.facts.node(one, term("okg:concernsAuthority"))
            if _NEXT in self.facts.nodes(one, term("dcterms:type")) and whose in authorities:
                return one
        return None

    def _judged_within(
        self, judgement: NamedNode, since: str, until: str, authorities: list[NamedNode]
    ) -> NamedNode | None:
        """The newest judgement between two days on a wider area that takes in this one's.

        It is the newest word on the subject then; no change is counted between the two, and
        none may be told that leaves it out.
        """
        facts = self.facts
        area = facts.node(judgement, term("okg:judgesArea"))
        lines = [facts.nodes(one, term("skos:member")) for one in self._lines(area)]
        members = {member for line in lines for member in line} | ({area} if area else set())
        wider = {w for one in members for w in facts.nodes(one, term("skos:broadMatch"))} - members
        found = [
            (self._judged_on(one), one.value, one)
            for broad in wider
            for one in facts.subjects(term("okg:judgesArea"), broad)
            if facts.node(one, term("okg:hasGrade"))
            and set(authorities) & set(facts.nodes(one, term("okg:concernsAuthority")))
            and since < self._judged_on(one) < until
        ]
        return max(found)[2] if found else None

    def _lines(self, area: NamedNode | None) -> list[NamedNode]:
        return list(self.facts.subjects(term("skos:member"), area)) if area else []

    def _judged_on(self, judgement: NamedNode | None) -> str:
        reached = self.facts.node(judgement, term("okg:isReachedIn")) if judgement else None
        return self._day(reached) if reached else ""

    def _themes(self) -> tuple[tuple[str, ...], tuple[str, ...]]:
        """Themes that no assessment raised before, and those that one did."""
        now: set[NamedNode] = set()
        then: set[NamedNode] = set()
        day = min((self._day(one) for one in self.assessments), default="")
        own = {one for node in self.assessments for one in self._about(node)}
        for item in self.facts.subjects(term("okg:hasTheme")):
            assessment = self.facts.node(item, term("okg:isReachedIn"))
            themes = self.facts.nodes(item, term("okg:hasTheme"))
            if assessment in self.assessments:
                now.update(themes)
            elif (
                assessment
                and self._day(assessment) < day
                and own & set(self._about(assessment))
                and term("okg:Recommendation") in self.facts.nodes(item, term("rdf:type"))
            ):
                then.update(themes)
        return self._labels(now - then), self._labels(now & then)

    def _about(self, assessment: NamedNode) -> list[NamedNode]:
        return self.facts.nodes(assessment, term("okg:inspectsAuthority"))

    def _newer_claimed(self, authority: NamedNode | None, day: str) -> str:
        official = {
            node
            for judgement in self.facts.subjects(term("okg:hasGrade"))
            for node in self.facts.nodes(judgement, term("okg:isReachedIn"))
        }
        days = [
            self._day(node)
            for claim in self.facts.subjects(term("okg:claimsGrade"))
            for node in self.facts.nodes(claim, term("okg:claimsAbout"))
            if node not in official and authority in self._about(node)
        ]
        return max((one for one in days if one > day), default="")

    def _day(self, assessment: NamedNode) -> str:
        days = (term("okg:publishedOn"), term("okg:fieldworkStart"))
        return next(filter(None, (accepted_date(self.facts, assessment, one) for one in days)), "")

    def _labels(self, nodes: Iterable[NamedNode]) -> tuple[str, ...]:
        return tuple(sorted(map(self._label, nodes)))

    def _label(self, node: NamedNode | None) -> str:
        return (self.facts.text(node, term("skos:prefLabel")) or last(node)) if node else ""


def day_in_words(written: str) -> str:
    """A day for a reader; what is no whole day stays as it is."""
    try:
        day = datetime.date.fromisoformat(written)
    except ValueError:
        return written
    return f"{day.day} {day:%B %Y}"

"""Which authority a source means: by code, by name and day, or by the name a report prints.

Sources name authorities in short and changing forms, and a county and the council that
replaced it often share one name, so that a name alone says nothing without a day.
"""

import datetime
from collections import defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path

from pyoxigraph import NamedNode

from ofsted_kg.identity.names import bare, fold
from ofsted_kg.rdf.facts import Facts
from ofsted_kg.rdf.terms import last, term

_NAMES = (term("skos:prefLabel"), term("skos:altLabel"), term("dcterms:title"))


@dataclass(frozen=True)
class Authority:
    """An authority: its key, usual and official names, all names folded, codes, first and last day.

    `names` are whole names, `bare_names` those without the words for the form of a council.
    An unknown first or last day is None and excludes nothing.
    """

    key: str
    name: str
    title: str
    names: frozenset[str]
    bare_names: frozenset[str]
    codes: frozenset[str]
    start: datetime.date | None = None
    end: datetime.date | None = None
    predecessors: tuple[str, ...] = ()

    def is_called(self, name: str) -> bool:
        """Whether it bears a name, whole or without the words for its form."""
        return fold(name) in self.names or bare(name) in self.bare_names

    def exists_on(self, day: datetime.date | None) -> bool:
        """Whether it had its duties on a day; True where no day is known."""
        if day is None:
            return True
        return not (self.start and day < self.start) and not (self.end and day > self.end)


class Authorities:
    """All authorities; the look-ups raise LookupError with words for a caller's message."""

    def __init__(self, authorities: Iterable[Authority]) -> None:
        self.by_key = {one.key: one for one in authorities}
        self._codes: dict[str, list[Authority]] = defaultdict(list)
        self._names: dict[str, list[Authority]] = defaultdict(list)
        self._bare: dict[str, list[Authority]] = defaultdict(list)
        for one in self.by_key.values():
            for code in one.codes:
                self._codes[code].append(one)
            for name in one.names:
                self._names[name].append(one)
            for name in one.bare_names:
                self._bare[name].append(one)

    @classmethod
    def read(cls, reference: Path) -> "Authorities":
        """From the folder `data/reference`; SourceError for a broken file."""
        files = [reference / f"{name}.ttl" for name in ("authorities", "names", "successions")]
        facts = Facts.of(*(file for file in files if file.exists()))
        nodes = list(facts.subjects(term("rdf:type"), term("okg:LocalAuthority")))
        return cls(_authority(facts, node) for node in nodes)

    def by_code(self, code: str) -> Authority:
        """The authority of a GSS code, present or past."""
        found = self._codes.get(code, [])
        if len(found) != 1:
            raise LookupError(f"{code!r} is the code of no authority known here")
        return found[0]

    def by_name(self, name: str, day: datetime.date, *, existing: bool = True) -> Authority:
        """The authority that bore a name on a day, or (`existing=False`) did no longer."""
        known = list(self._bearers(name))
        if not known:
            raise LookupError(f"{name!r} is the name of no authority known here")
        for bearers in known:
            found = [one for one in bearers if one.exists_on(day) is existing]
            if len(found) == 1:
                return found[0]
        manner = "existed" if existing else "had ended"
        raise LookupError(f"{len(found)} authorities of the name {name!r} {manner} on {day}")

    def printed(self, name: str, day: datetime.date | None) -> Authority:
        """The authority whose name a report prints in any form, on the day of its inspection."""
        for bearers in self._bearers(name):
            found = [one for one in bearers if one.exists_on(day)]
            if len(found) == 1:
                return found[0]
            if found:
                titles = ", ".join(one.title for one in found)
                raise LookupError(f"{name!r} names more than one authority: {titles}")
        raise LookupError(
            f"{name!r} is no authority of data/reference/authorities.ttl: add the name to its table"
        )

    def inspected(self, listed: Authority, day: datetime.date) -> Authority:
        """The authority inspected on a day, where a source lists it under one before or after it.

        Releases list inspections of an abolished authority under its successor; overviews
        go on listing those of a successor under the code of the authority before it.
        """
        if listed.exists_on(day):
            return listed
        before = [self.by_key[key] for key in listed.predecessors]
        after = [one for one in self.by_key.values() if listed.key in one.predecessors]
        found = [one for one in (*before, *after) if one.exists_on(day)]
        if len(found) != 1:
            raise LookupError(f"{listed.name} did not exist on {day}")
        return found[0]

    def _bearers(self, name: str) -> Iterator[list[Authority]]:
        """Who bears a whole name, then who bears it without the words for the form."""
        for names, key in ((self._names, fold(name)), (self._bare, bare(name))):
            if names.get(key):
                yield names[key]


def _authority(facts: Facts, node: NamedNode) -> Authority:
    names = facts.texts(node, *_NAMES)
    events = facts.subjects(term("org:resultingOrganization"), node)
    return Authority(
        key=last(node),
        name=facts.text(node, term("skos:prefLabel")),
        title=facts.text(node, term("dcterms:title")),
        names=frozenset(map(fold, names)),
        bare_names=frozenset(map(bare, names)),
        codes=frozenset(last(area) for area in facts.nodes(node, term("okg:governs"))),
        start=_day(facts.text(node, term("okg:existsFrom"))),
        end=_day(facts.text(node, term("okg:existsUntil"))),
        predecessors=tuple(
            last(before)
            for event in events
            for before in facts.nodes(event, term("org:originalOrganization"))
        ),
    )


def _day(written: str) -> datetime.date | None:
    return datetime.date.fromisoformat(written) if written else None

"""Which authority a source means: by code, by name and day, or by the name a report prints.

Sources name authorities in short and changing forms, and a county and the council that
replaced it often share one name, so that a name alone says nothing without a day.
"""

import datetime
from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path

from pyoxigraph import NamedNode

from ofsted_kg.identity.spellings import Spellings
from ofsted_kg.rdf.facts import Facts
from ofsted_kg.rdf.terms import last, term

_FILES = ("authorities", "names", "spellings", "successions")


@dataclass(frozen=True)
class Authority:
    """An authority: its key, usual and official names, codes, first and last day.

    An unknown first or last day is None and excludes nothing.
    """

    key: str
    name: str
    title: str
    codes: frozenset[str]
    start: datetime.date | None = None
    end: datetime.date | None = None
    predecessors: tuple[str, ...] = ()

    def exists_on(self, day: datetime.date | None) -> bool:
        """Whether it had its duties on a day; True where no day is known."""
        if day is None:
            return True
        return not (self.start and day < self.start) and not (self.end and day > self.end)


class Authorities:
    """All authorities; the look-ups raise LookupError with words for a caller's message."""

    def __init__(self, authorities: Iterable[Authority], spellings: Spellings) -> None:
        self.by_key = {one.key: one for one in authorities}
        self._spellings = spellings
        self._codes: dict[str, list[Authority]] = defaultdict(list)
        for one in self.by_key.values():
            for code in one.codes:
                self._codes[code].append(one)

    @classmethod
    def read(cls, reference: Path) -> "Authorities":
        """From the folder `data/reference`; SourceError for a broken file."""
        files = [reference / f"{name}.ttl" for name in _FILES]
        facts = Facts.of(*(file for file in files if file.exists()))
        nodes = list(facts.subjects(term("rdf:type"), term("okg:LocalAuthority")))
        return cls((_authority(facts, node) for node in nodes), Spellings(facts))

    def by_code(self, code: str) -> Authority:
        """The authority of a GSS code, present or past."""
        found = self._codes.get(code, [])
        if len(found) != 1:
            raise LookupError(f"{code!r} is the code of no authority known here")
        return found[0]

    def by_name(self, name: str, day: datetime.date, *, existing: bool = True) -> Authority:
        """The authority that bore a name on a day, or (`existing=False`) did no longer."""
        known = self._bearers(name)
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

    def is_called(self, authority: Authority, name: str) -> bool:
        """Whether an authority bears a name, as it stands or without words for its kind."""
        return any(authority in bearers for bearers in self._bearers(name))

    def _bearers(self, name: str) -> list[list[Authority]]:
        """Who bears a name as it stands, then who bears it without words for the kind."""
        return [
            [self.by_key[last(node)] for node in found] for found in self._spellings.stages(name)
        ]


def _authority(facts: Facts, node: NamedNode) -> Authority:
    events = facts.subjects(term("org:resultingOrganization"), node)
    return Authority(
        key=last(node),
        name=facts.text(node, term("skos:prefLabel")),
        title=facts.text(node, term("dcterms:title")),
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

"""Which authority a row of a release means: by code, or by name and day.

Ofsted's releases name authorities in short and changing forms, and a county
and the council that replaced it often share one name, so that a name alone
says nothing without the day it was used.
"""

import csv
import datetime
import re
from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path

from pyoxigraph import NamedNode

from ofsted_kg.errors import SourceError
from ofsted_kg.rdf.facts import Facts
from ofsted_kg.rdf.terms import term

_PREFIXES = re.compile(
    r"^(?:london borough of|royal borough of|borough of|city of|council of the) ", re.IGNORECASE
)
_LAST_WORD = re.compile(r" (?:council|borough|city|county|district|metropolitan)$", re.IGNORECASE)


def plain_name(name: str) -> str:
    """A name without differences of case, punctuation, hyphens and ampersands."""
    words = name.casefold().replace("&", " and ").replace("-", " ")
    return " ".join(re.sub(r"[^\w\s]", "", words).split())


def short_forms(official_name: str) -> set[str]:
    """The forms left when words such as `Borough`, `County`, `Council` are dropped in turn."""
    forms = {official_name}
    name = _PREFIXES.sub("", official_name)
    forms.add(name)
    while (shorter := _LAST_WORD.sub("", name)) != name:
        name = shorter
        forms.add(name)
    return forms


@dataclass(frozen=True)
class Authority:
    """An authority as far as a release needs it; `start` and `end` are its first and last day."""

    key: str
    name: str
    names: frozenset[str]
    codes: frozenset[str]
    start: datetime.date | None = None
    end: datetime.date | None = None
    predecessors: tuple[str, ...] = ()

    def is_called(self, name: str) -> bool:
        """Whether the authority bears a name in one of its known forms."""
        return plain_name(name) in self.names

    def exists_on(self, day: datetime.date) -> bool:
        """Whether the authority existed on a day; an unknown first or last day excludes nothing."""
        return not (self.start and day < self.start) and not (self.end and day > self.end)


def make_authority(
    key: str,
    name: str,
    official_name: str,
    codes: Iterable[str],
    start: str,
    end: str,
    predecessors: Iterable[str],
    other_names: Iterable[str] = (),
) -> Authority:
    """An authority from the words of a table; dates are `2019-04-01`, a year, or empty."""
    names = {name, *other_names} | short_forms(official_name)
    return Authority(
        key=key,
        name=name,
        names=frozenset(plain_name(one) for one in names),
        codes=frozenset(codes),
        start=_first_day(start),
        end=datetime.date.fromisoformat(end) if end else None,
        predecessors=tuple(predecessors),
    )


def _first_day(written: str) -> datetime.date | None:
    if not written:
        return None
    return datetime.date.fromisoformat(written if len(written) == 10 else f"{written}-01-01")


class Authorities:
    """All authorities, found by GSS code or by name and day.

    `by_code`, `by_name` and `inspected` raise LookupError with words that a
    caller can put after the place of the cell.
    """

    def __init__(self, authorities: Iterable[Authority]) -> None:
        self.by_key = {one.key: one for one in authorities}
        self._codes: dict[str, list[Authority]] = defaultdict(list)
        self._names: dict[str, list[Authority]] = defaultdict(list)
        for one in self.by_key.values():
            for code in one.codes:
                self._codes[code].append(one)
            for name in one.names:
                self._names[name].append(one)

    @classmethod
    def from_csv(cls, path: Path) -> "Authorities":
        """Read the table `authorities.csv`; SourceError where a column is missing."""
        try:
            with path.open(encoding="utf-8", newline="") as stream:
                return cls(_from_row(row) for row in csv.DictReader(stream))
        except OSError as error:
            raise SourceError(f"{path.name}: cannot be read ({error.strerror})") from error
        except KeyError as error:
            raise SourceError(f"{path.name}: column {error} is missing") from error

    @classmethod
    def from_reference(cls, reference: Path) -> "Authorities":
        """Read the project's own folder `data/reference`."""
        facts = Facts.of(reference / "authorities.ttl", reference / "successions.ttl")
        nodes = facts.subjects(term("rdf:type"), term("okg:LocalAuthority"))
        return cls(_from_facts(facts, node) for node in nodes)

    def by_code(self, code: str) -> Authority:
        """The authority of a GSS code, present or past."""
        found = self._codes.get(code, [])
        if len(found) != 1:
            raise LookupError(f"{code!r} is the code of no authority known here")
        return found[0]

    def by_name(self, name: str, day: datetime.date, *, existing: bool = True) -> Authority:
        """The authority that bore a name on a day, or (`existing=False`) did no longer."""
        known = self._names.get(plain_name(name), [])
        if not known:
            raise LookupError(f"{name!r} is the name of no authority known here")
        found = [one for one in known if one.exists_on(day) is existing]
        if len(found) != 1:
            manner = "existed" if existing else "had ended"
            raise LookupError(f"{len(found)} authorities of the name {name!r} {manner} on {day}")
        return found[0]

    def inspected(self, listed: Authority, day: datetime.date) -> Authority:
        """The authority inspected on a day, where a release lists it under its successor."""
        if listed.exists_on(day):
            return listed
        before = [self.by_key[key] for key in listed.predecessors]
        found = [one for one in before if one.exists_on(day)]
        if len(found) != 1:
            raise LookupError(f"{listed.name} did not exist on {day}")
        return found[0]


def _from_row(row: dict[str, str]) -> Authority:
    return make_authority(
        key=row["register_code"],
        name=row["nice_name"],
        official_name=row["official_name"],
        codes=re.findall(r"\bE\d{8}\b", row["gss_all"]),
        start=row["start_date"],
        end=row["end_date"],
        predecessors=[key for key in row["predecessors"].split(";") if key],
    )


def _from_facts(facts: Facts, node: NamedNode) -> Authority:
    events = facts.subjects(term("org:resultingOrganization"), node)
    return make_authority(
        key=_local(node),
        name=facts.text(node, term("skos:prefLabel")),
        official_name=facts.text(node, term("dcterms:title")),
        codes=[_local(area) for area in facts.nodes(node, term("okg:governs"))],
        start=facts.text(node, term("okg:existsFrom")),
        end=facts.text(node, term("okg:existsUntil")),
        predecessors=[
            _local(before)
            for event in events
            for before in facts.nodes(event, term("org:originalOrganization"))
        ],
        other_names=facts.texts(node, term("skos:altLabel")),
    )


def _local(node: NamedNode) -> str:
    return node.value.rsplit("/", 1)[1]

"""The faults of the tables beside this file: small changes to a world that breaks no shape.

A table `NAME.yaml` holds the faults of the shapes in `ontology/shapes/NAME.ttl`. In each,
`drop` takes away a statement, all values of a property or all that is said of a node, `set`
gives a property other values than it had, and `add` says something more; terms are written as
in Turtle, with the prefixes of `world.ttl`. `Violation`, `Warning` or `Info` then name what
must be reported: shape, node and, where the shape has one, path. The first is the shape that
the fault is made for. `Conforms` stands where a near miss must not be reported, and says why.
"""

from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path
from typing import Any

import yaml
from pyoxigraph import NamedNode, RdfFormat, Triple, parse

from ofsted_kg.rdf.terms import PREFIXES
from ofsted_kg.validation import SEVERITIES, ValidationResult

TABLES = sorted(Path(__file__).parent.glob("*.yaml"))
WORLD = Path(__file__).parent / "world.ttl"
SHAPES = "https://w3id.org/ofsted-kg/shapes#"
EXAMPLE = "https://example.org/"

# Severity, shape, focus node and path of a result.
Answer = tuple[str, str, str, str | None]

_reader = parse(path=str(WORLD), format=RdfFormat.TURTLE)
GOOD = frozenset(quad.triple for quad in _reader)
_NODES = frozenset(triple.subject for triple in GOOD)
_PREFIXES = {**PREFIXES, **_reader.prefixes}
_HEAD = "".join(f"@prefix {prefix}: <{space}> .\n" for prefix, space in _PREFIXES.items())


@dataclass(frozen=True)
class Fault:
    """One entry of a table."""

    name: str
    change: Mapping[str, list[str]]
    answers: frozenset[Answer]

    @cached_property
    def world(self) -> frozenset[Triple]:
        """All that holds in the world with this fault."""
        kept = set(GOOD)
        for words in self.change["drop"]:
            kept -= _matching(words, kept)
        new = {triple for words in self.change["set"] for triple in _turtle(words)}
        changed = {(triple.subject, triple.predicate) for triple in new}
        kept = {triple for triple in kept if (triple.subject, triple.predicate) not in changed}
        return frozenset(kept | new | {t for words in self.change["add"] for t in _turtle(words)})

    def whole(self, number: int) -> Iterator[Triple]:
        """The world with this fault, under names of its own: nothing outside meets it."""
        return (_moved(triple, lambda term: _numbered(term, number)) for triple in self.world)

    def faulty_part(self, number: int) -> Iterator[Triple]:
        """Only what is said of the nodes that the fault touches, under names of their own.

        It stands in the good world and is small enough for a slow engine; but parts of several
        faults in one world may meet, and more be reported of each than of its whole world.
        """
        changed = self.world ^ GOOD
        touched = {triple.subject for triple in changed}
        touched |= {NamedNode(focus) for _, _, focus, _ in self.answers}
        if not self.answers:
            touched |= {triple.object for triple in changed if triple.object in _NODES}
        for triple in self.world:
            if triple.subject in touched or triple.object in touched:
                yield _moved(triple, lambda t: _numbered(t, number) if t in touched else t)


def faults(table: Path | None = None) -> list[Fault]:
    """The entries of a table, or of all of them, in their order."""
    return [fault for path in ([table] if table else TABLES) for fault in _table(path)]


def answers_by_number(results: Iterable[ValidationResult]) -> dict[int, set[Answer]]:
    """The results on the faults' own nodes by number, under the names of the tables."""
    found = defaultdict(set)
    for result in results:
        number, _, local = result.focus.removeprefix(EXAMPLE).partition("/")
        if number.isdigit():
            answer = (result.severity, result.source_shape, EXAMPLE + local, result.path)
            found[int(number)].add(answer)
    return found


def _moved(triple: Triple, name: Callable[[Any], Any]) -> Triple:
    return Triple(name(triple.subject), triple.predicate, name(triple.object))


def _numbered(term: Any, number: int) -> Any:
    if isinstance(term, NamedNode) and term.value.startswith(EXAMPLE):
        return NamedNode(term.value.replace(EXAMPLE, f"{EXAMPLE}{number}/", 1))
    return term


def _table(path: Path) -> Iterator[Fault]:
    for entry in yaml.safe_load(path.read_text(encoding="utf-8")):
        unknown = entry.keys() - {"drop", "set", "add", "Conforms", *SEVERITIES}
        assert not unknown, f"{path.name}: {entry} has {unknown}"
        awaited = [
            (severity, words.split())
            for severity in entry
            if severity in SEVERITIES
            for words in _listed(entry[severity])
        ]
        assert bool(awaited) != ("Conforms" in entry), f"{path.name}: {entry}"
        yield Fault(
            name=awaited[0][1][0] if awaited else entry["Conforms"],
            change={key: _listed(entry.get(key, [])) for key in ("drop", "set", "add")},
            answers=frozenset(
                (severity, SHAPES + shape, _iri(node), _iri(path[0]) if path else None)
                for severity, (shape, node, *path) in awaited
            ),
        )


def _listed(value: str | list[str]) -> list[str]:
    return [value] if isinstance(value, str) else value


def _iri(name: str) -> str:
    (triple,) = _turtle(f"{name} a ex:thing")
    assert isinstance(triple.subject, NamedNode)
    return triple.subject.value


def _matching(words: str, triples: set[Triple]) -> set[Triple]:
    """What a line of `drop` names: `node`, `node property` or `node property value`."""
    node, *rest = words.split(maxsplit=2)
    given = (node, *rest, *("a", "ex:any")[len(rest) :])
    (wanted,) = _turtle(" ".join(given))
    found = {
        triple
        for triple in triples
        if triple.subject == wanted.subject
        and (not rest or triple.predicate == wanted.predicate)
        and (len(rest) < 2 or triple.object == wanted.object)
    }
    assert found, f"nothing to drop: {words}"
    return found


def _turtle(words: str) -> list[Triple]:
    content = f"{_HEAD}{words} .".encode()
    return [quad.triple for quad in parse(input=content, format=RdfFormat.TURTLE)]

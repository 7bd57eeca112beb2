"""The parts of the children's social care national framework, by number and by name."""

from __future__ import annotations

import re
from collections.abc import Iterable
from pathlib import Path

from ofsted_kg.identity.names import fold
from ofsted_kg.rdf.facts import Facts
from ofsted_kg.rdf.terms import iri, term

NUMBERS = ("one", "two", "three", "four", "five", "six", "seven", "eight", "nine")
SCHEME = "national-framework"


class Expectations:
    """What words name: outcomes, enablers and principles by their keys, as `outcome-3`."""

    def __init__(self, names: dict[str, str]) -> None:
        """`names` are the folded names of the parts, each with its part's key."""
        self._names = names
        kinds = dict.fromkeys(key.rpartition("-")[0] for key in names.values())
        self._kind = re.compile(rf"\b({'|'.join(kinds)})s?\b")

    @classmethod
    def read(cls, ontology: Path) -> Expectations:
        """From national-framework.ttl of a folder; none where it has no such file."""
        path = ontology / f"{SCHEME}.ttl"
        facts = Facts.of(*([path] if path.is_file() else []))
        return cls(
            {
                fold(name): facts.text(node, term("skos:notation"))
                for node in facts.subjects(term("skos:inScheme"), iri(SCHEME))
                for name in facts.texts(node, term("skos:altLabel"))
            }
        )

    def named(self, words: str) -> tuple[str, ...]:
        """The keys of the parts that words name, in their order; empty unless all are known."""
        if not self._names:
            return ()
        folded = fold(words)
        known = set(self._names.values())
        by_name = [key for name, key in self._names.items() if name in folded]
        by_number = list(self._numbered(folded))
        if any(key not in known for key in by_number):
            return ()
        if by_name and by_number and set(by_name) != set(by_number):
            return ()
        return tuple(dict.fromkeys(by_number or by_name))

    def _numbered(self, folded: str) -> Iterable[str]:
        """Each kind of part with the numbers that follow it: "outcomes 1 and three"."""
        kinds = list(self._kind.finditer(folded))
        for at, kind in enumerate(kinds):
            end = kinds[at + 1].start() if at + 1 < len(kinds) else len(folded)
            for word in folded[kind.end() : end].split():
                if word in NUMBERS:
                    yield f"{kind[1]}-{NUMBERS.index(word) + 1}"
                elif word.isdigit():
                    yield f"{kind[1]}-{word}"
                elif word != "and":
                    break

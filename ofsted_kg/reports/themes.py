"""Finds the themes that a text speaks of, by the wordings of the thesaurus alone.

Every label of a theme below the twelve groups is a phrase to look for: whole
words, without regard to case, hyphens, apostrophes or plural endings. An ellipsis
stands for a few words of any kind: “attendance … at their reviews”. Where two
phrases overlap the longer counts.
"""

import re
from collections import defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import TypeAlias

from pyoxigraph import NamedNode

from ofsted_kg.identity.names import singular
from ofsted_kg.rdf.facts import Facts
from ofsted_kg.rdf.terms import iri, term

_WORD = re.compile(r"[^\W_]+")
_APOSTROPHES = re.compile("['’‘`]")
Words: TypeAlias = tuple[str, ...]
_LABELS = (term("skos:prefLabel"), term("skos:altLabel"), term("skos:hiddenLabel"))
_GAP = "…"
_WIDEST_GAP = 6  # words


@dataclass(frozen=True, slots=True)
class ThemeMatch:
    """A phrase found: the theme's slug and the words it covers, counted from 0, end exclusive."""

    theme: str
    start: int
    end: int

    def yields_to(self, other: "ThemeMatch") -> bool:
        """Whether another match overlaps this one and is longer."""
        overlaps = self.start < other.end and other.start < self.end
        return overlaps and other.end - other.start > self.end - self.start


class ThemeTagger:
    """All phrases by their folded words."""

    def __init__(self, phrases: Iterable[tuple[str, str]]) -> None:
        """From pairs of a phrase and the slug of its theme."""
        self._phrases: dict[Words, str] = {}
        self._gapped: dict[Words, list[tuple[Words, str]]] = defaultdict(list)
        for phrase, theme in phrases:
            before, _, behind = phrase.partition(_GAP)
            if behind:
                self._gapped[tuple(fold_words(before))].append((tuple(fold_words(behind)), theme))
            else:
                self._phrases[tuple(fold_words(before))] = theme
        self._longest = max(map(len, self._phrases.keys() | self._gapped.keys()), default=0)

    @classmethod
    def read(cls, ontology: Path) -> "ThemeTagger":
        """From `themes*.ttl` of an ontology folder; SourceError for a broken file."""
        facts = Facts.of(*sorted(ontology.glob("themes*.ttl")))
        return cls(_phrases(facts))

    def themes(self, text: str) -> tuple[str, ...]:
        """The slugs of the themes a text speaks of, each once, in alphabetical order."""
        return tuple(sorted({match.theme for match in self.matches(text)}))

    def matches(self, text: str) -> list[ThemeMatch]:
        """The phrases found in a text, in its order; none overlaps a longer one."""
        words = fold_words(text)
        found = [match for start in range(len(words)) for match in self._from(words, start)]
        found.sort(key=lambda match: (match.start - match.end, match.start))
        kept: list[ThemeMatch] = []
        for match in found:
            if not any(match.yields_to(longer) for longer in kept):
                kept.append(match)
        return sorted(kept, key=lambda match: match.start)

    def _from(self, words: list[str], start: int) -> Iterator[ThemeMatch]:
        for end in range(start + 1, min(start + self._longest, len(words)) + 1):
            phrase = tuple(words[start:end])
            if theme := self._phrases.get(phrase):
                yield ThemeMatch(theme, start, end)
            for behind, gapped in self._gapped.get(phrase, ()):
                for at in range(end + 1, end + _WIDEST_GAP + 1):
                    if tuple(words[at : at + len(behind)]) == behind:
                        yield ThemeMatch(gapped, start, at + len(behind))


def fold_words(text: str) -> list[str]:
    """The words of a text as they are compared: small letters, singular, hyphens open."""
    return [singular(word) for word in _WORD.findall(_APOSTROPHES.sub("", text).casefold())]


def _phrases(facts: Facts) -> Iterator[tuple[str, str]]:
    prefix = iri("theme", "").value
    top = set(facts.subjects(term("skos:topConceptOf")))
    for concept in facts.subjects(term("skos:prefLabel")):
        if concept in top or not _is_theme(concept, prefix):
            continue
        for label in facts.texts(concept, *_LABELS):
            yield label, concept.value.removeprefix(prefix)


def _is_theme(concept: NamedNode, prefix: str) -> bool:
    return concept.value.startswith(prefix)

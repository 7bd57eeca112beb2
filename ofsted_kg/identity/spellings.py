"""Which authorities a spelling of a name means, whatever words for a kind of council it has.

Folded, without status words, and only where the authority is of every kind those claim.
Never by nearness of letters: what is like a name is suggested, not answered. The words are
data, in `data/reference/spellings.ttl`.
"""

from collections import defaultdict
from collections.abc import Iterator
from functools import cached_property
from typing import TypeAlias

from pyoxigraph import NamedNode

from ofsted_kg.identity.initials import initials
from ofsted_kg.identity.names import fold
from ofsted_kg.rdf.facts import Facts
from ofsted_kg.rdf.terms import iri, last, term

_SHOWN = (term("skos:prefLabel"), term("skos:altLabel"), term("dcterms:title"))
_HIDDEN = term("skos:hiddenLabel")
_LABELS = (_SHOWN[0], _HIDDEN)
SCHEMES = tuple(iri(name) for name in ("council-kind", "name-word", "name-of-another"))
# What the look-up is made of: all statements with these properties about authorities and the
# concepts of these schemes.
READS = (
    *_SHOWN,
    _HIDDEN,
    *map(term, ("rdf:type", "dcterms:type", "okg:existsUntil")),
    *map(term, ("skos:inScheme", "skos:related", "rdfs:seeAlso", "skos:scopeNote")),
)

Words: TypeAlias = tuple[str, ...]
Claims: TypeAlias = frozenset[frozenset[NamedNode]]
_JOINING = ("of", "and")
_ALIKE, _WITHIN, _MOST = 0.75, 0.9, 5
# Letters that are short for so many are answered with all; for more, one has to be named.
_ANSWERED = 2
# Words for a kind that stand before a name end so, and the others after it.
_BEFORE = ("borough", "city", "county")
_ABBREVIATED = 3  # letters at most of a word for a kind that is itself short for one
_LONGEST = 24  # words; no name with all its words for a kind has more


class Spellings:
    """The authorities by every spelling of their names."""

    def __init__(self, facts: Facts) -> None:
        """From all that `READS` names; a graph without the words knows whole names only."""
        kinds, short, others = (list(facts.subjects(term("skos:inScheme"), s)) for s in SCHEMES)
        self._short = {
            fold(word): tuple(fold(facts.text(node, _SHOWN[0])).split())
            for node in short
            for word in facts.texts(node, _HIDDEN)
        }
        self._phrases = self._status_words(facts, kinds)
        self._others: dict[Words, list[NamedNode]] = {
            _key(self._words(label)): facts.nodes(node, term("rdfs:seeAlso"))
            for node in others
            for label in facts.texts(node, *_LABELS)
        }
        self._said_of_others = {
            _key(self._words(label)): facts.text(node, term("skos:scopeNote"))
            for node in others
            for label in facts.texts(node, *_LABELS)
        }
        self._other_names = [
            _own_words(label) for node in others for label in facts.texts(node, *_LABELS)
        ]
        self._kinds: dict[NamedNode, set[NamedNode]] = {}
        self._bearers: dict[Words, set[NamedNode]] = defaultdict(set)
        self._shown: dict[NamedNode, list[Words]] = {}
        self._ended: set[NamedNode] = set(facts.subjects(term("okg:existsUntil")))
        for authority in facts.subjects(term("rdf:type"), term("okg:LocalAuthority")):
            self._add(facts, authority, kinds)
        self._add_first_parts(facts)
        self._codes = {last(one) for one in self._kinds}  # of the register, which end the IRIs

    def look(self, name: str) -> list[NamedNode]:
        """All that bear a name, or its initials; none for a name that is no authority's here."""
        if found := next(self.stages(name), []):
            return found
        if fold(name).upper() in self._codes:
            return []
        shortened = self.shortened(name)
        return shortened if len(shortened) <= _ANSWERED else []

    def shortened(self, letters: str) -> list[NamedNode]:
        """All whose names are shortened to some letters, existing ones first, else by name."""
        words = _own_words(letters)
        if len(words) > _LONGEST or _key(self._words(letters)) in self._others:
            return []
        for peeled in self._peeled(words):
            found = {
                one
                for left, claims in peeled
                for one in self._initials.get(_key(left), ())
                if self._is_all(one, claims)
            }
            if found:
                return sorted(found, key=lambda one: (one in self._ended, str(one)))
        return []

    def stages(self, name: str) -> Iterator[list[NamedNode]]:
        """All that bear a name as it stands, then with one phrase taken off, and so on."""
        words = self._words(name)
        if len(words) > _LONGEST:
            return
        turned = [[(self._turned(words), frozenset[frozenset[NamedNode]]())]]
        for peeled in (*turned, *self._peeled(words)):
            if any(_key(left) in self._others for left, _ in peeled):
                return
            found = {
                one
                for left, claims in peeled
                for one in self._bearers.get(_key(left), ())
                if self._is_all(one, claims)
            }
            if found:
                yield sorted(found, key=str)

    def said_of(self, name: str) -> str:
        """What a name is that looks like an authority's and is not, else nothing."""
        words = self._words(name)[:_LONGEST]
        lefts = (_key(left) for peeled in self._peeled(words) for left, _ in peeled)
        return next(filter(None, (self._said_of_others.get(left) for left in lefts)), "")

    def longer(self, name: str) -> list[NamedNode]:
        """All with a shown name that begins with all these words and goes on: `Kingston`."""
        words = _own_words(name)
        return [
            one
            for one, names in self._shown.items()
            if any(len(shown) > len(words) and shown[: len(words)] == words for shown in names)
            and words not in names
        ]

    def nearest(self, name: str) -> list[NamedNode]:
        """Those whose names are most like a name that means none, the likeliest first.

        Where it is the name of another body, those that the data suggest for it; where it is
        short for many, all of these. Of two that are equally like it, one that exists comes
        before one that does not.
        """
        from difflib import SequenceMatcher

        if shortened := self.shortened(name):
            return shortened
        words = self._words(name)[:_LONGEST]
        lefts = [_key(left) for peeled in self._peeled(words) for left, _ in peeled]
        known = {one for left in lefts for one in self._others.get(left, ())}
        wanted = min(lefts, key=len, default=())
        scores: dict[NamedNode, float] = defaultdict(float)
        matcher = SequenceMatcher(b=" ".join(wanted))
        for known_words, bearers in self._bearers.items():
            matcher.set_seq1(" ".join(known_words))
            score = matcher.ratio()
            if _holds(known_words, wanted) or _holds(wanted, known_words):
                score = max(score, _WITHIN)
            for one in bearers:
                scores[one] = max(scores[one], score)
        like = [one for one in scores if (one in known if known else scores[one] >= _ALIKE)]
        like.sort(key=lambda one: (-scores[one], one in self._ended, str(one)))
        return like[:_MOST]

    def _status_words(self, facts: Facts, kinds: list[NamedNode]) -> dict[Words, set[NamedNode]]:
        """Each phrase with the kinds of which it claims one."""
        found: dict[Words, set[NamedNode]] = defaultdict(set)
        for kind in kinds:
            for phrase in facts.texts(kind, *_LABELS):
                found[self._words(phrase)].add(kind)
        return found

    def _add(self, facts: Facts, authority: NamedNode, kinds: list[NamedNode]) -> None:
        """Kinds by its type and by its names, then its names with and without their words."""
        shown = [self._words(name) for name in facts.texts(authority, *_SHOWN)]
        hidden = [self._words(name) for name in facts.texts(authority, _HIDDEN)]
        types = facts.nodes(authority, term("dcterms:type"))
        own = {kind for kind in kinds if set(facts.nodes(kind, term("skos:related"))) & set(types)}
        peeled = [list(self._peeled(name)) for name in (*shown, *hidden)]
        for stages in peeled:
            own |= {kind for stage in stages for _, claims in stage for c in claims for kind in c}
        self._kinds[authority] = own
        self._shown[authority] = [_own_words(name) for name in facts.texts(authority, *_SHOWN)]
        keys = {
            _key(left) for stages in peeled[: len(shown)] for stage in stages for left, _ in stage
        }
        for key in (keys | set(map(_key, hidden))) - self._others.keys():
            self._bearers[key].add(authority)

    def _add_first_parts(self, facts: Facts) -> None:
        """“Redcar” for “Redcar and Cleveland”, where nothing else is called so."""
        parts: dict[Words, set[NamedNode]] = defaultdict(set)
        for authority in self._kinds:
            for name in facts.texts(authority, _SHOWN[0]):
                words = self._words(name)
                if words.count("and") == 1:
                    parts[words[: words.index("and")]].add(authority)
        for part, bearers in parts.items():
            if len(bearers) == 1 and part not in self._bearers and part not in self._others:
                self._bearers[part] = bearers

    @cached_property
    def _initials(self) -> dict[Words, set[NamedNode]]:
        """Who is shortened to which letters.

        Letters are those of some name; they are shared with all that they fit by whatever
        words for their kind, so that `DMBC` is Doncaster too, whatever its title has now.
        """
        printed: set[Words] = set()
        found: dict[Words, set[NamedNode]] = defaultdict(set)
        for authority in self._kinds:
            for words in self._shown[authority]:
                printed |= set(initials(words))
                for name in (words, *self._called(authority, words)):
                    for letters in initials(name):
                        found[letters].add(authority)
        taken = self._phrases.keys() | self._others.keys()
        taken |= {letters for other in self._other_names for letters in initials(other)}
        return {letters: found[letters] for letters in printed - taken}

    def _called(self, authority: NamedNode, words: Words) -> Iterator[Words]:
        """A name with each of the words for its kinds in place of its own."""
        *_, stage = self._peeled(words)
        bases = {left for left, _ in stage if left[0] not in _JOINING}
        for phrase, kinds in self._phrases.items():
            is_whole = all(len(word) > _ABBREVIATED for word in phrase)
            if is_whole and kinds & self._kinds[authority]:
                for base in bases:
                    yield phrase + base if phrase[-1] in _BEFORE else base + phrase

    def _is_all(self, authority: NamedNode, claims: Claims) -> bool:
        return all(self._kinds[authority] & claim for claim in claims)

    def _words(self, name: str) -> Words:
        words = (word for word in fold(name).split() if word != "the")
        return tuple(whole for word in words for whole in self._short.get(word, (word,)))

    def _turned(self, words: Words) -> Words:
        """“London, City of” as “City of London”."""
        for start in range(1, len(words) - 1):
            if words[-1] == "of" and words[start:-1] in self._phrases:
                return words[start:] + words[:start]
        return words

    def _peeled(self, words: Words) -> Iterator[list[tuple[Words, Claims]]]:
        """What is left with no phrase taken off, with one, with two …, and what those claim."""
        stage: dict[tuple[Words, Claims], None] = {(words, frozenset()): None}
        while stage:
            yield list(stage)
            stage = {
                (left, claims | {frozenset(self._phrases[phrase])}): None
                for words, claims in stage
                for left, phrase in self._cuts(words)
            }

    def _cuts(self, words: Words) -> Iterator[tuple[Words, Words]]:
        """Each way of taking one phrase off the front or the back, with its “of” or “and”."""
        for at in range(1, len(words)):
            front, back = words[:at], words[at:]
            for left, phrase in ((back, front), (front, back)):
                if phrase[-1] in _JOINING:
                    phrase = phrase[:-1]
                if phrase in self._phrases:
                    yield left, phrase


def _own_words(name: str) -> Words:
    """The words of a name with all their own letters: “upon” stays what it is."""
    return tuple(word for word in fold(name).split() if word != "the")


def _key(words: Words) -> Words:
    return tuple(word for word in words if word != "and")


def _holds(words: Words, part: Words) -> bool:
    """Whether some words stand together within others."""
    return any(words[at : at + len(part)] == part for at in range(len(words))) if part else False

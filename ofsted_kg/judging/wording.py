"""What a sentence is judged by: its words, their order, what is negated and what is contrasted.

Each feature is a short text that a person can read in the table of weights: `timely`,
`not timely`, `^some children` (at its start), `~improv` (the word's stem), `!effect` (behind a
negation), `<good` and `>delay` (before and behind a “but”), `@delay` (in the sentence before)
and `#leader` (in the heading it stands under).
"""

import re
from collections.abc import Iterator, Sequence
from itertools import pairwise

_TOKEN = re.compile(r"[a-z]+(?:'[a-z]+)?|[0-9]+%?|[;:,.]")
_MARKS = frozenset(",;:.")
_NEGATIONS = frozenset(
    [
        "not",
        "no",
        "never",
        "neither",
        "nor",
        "without",
        "lack",
        "lacks",
        "lacking",
        "insufficient",
        "insufficiently",
        "few",
        "little",
        "hardly",
        "rarely",
    ]
)
_NEGATED = 5  # words that a negation reaches, within its clause
_CONTRAST = re.compile(r"\b(?:but|however|although|though|while|whilst|despite|yet)\b")
_ENDINGS = ("ingly", "edly", "ing", "ed", "ies", "es", "s", "ly")
_SHORTEST_STEM = 4
_BEFORE = 30  # last words of the sentence before
# A heading may end in the grade of its section, which says nothing of one sentence.
_GRADES = frozenset(
    ["outstanding", "good", "requires", "require", "improvement", "adequate", "inadequate"]
)


def features(sentence: str, before: str = "", heading: str = "") -> list[str]:
    """The features of a sentence, with the one before it and the heading it stands under."""
    small = lowered(sentence)
    words = _words(small)
    stems = [_stem(word) for word in words]
    return [
        *words,
        *_pairs(words),
        *("^" + " ".join(words[:count]) for count in (1, 2, 3)),
        *("~" + stem for stem in stems),
        *("~" + pair for pair in _pairs(stems)),
        *_negated(small),
        *_contrasted(small),
        *("@" + _stem(word) for word in _words(lowered(before))[-_BEFORE:]),
        *("#" + _stem(word) for word in _words(lowered(heading)) if word not in _GRADES),
    ]


def lowered(text: str) -> str:
    """In small letters, with one kind of apostrophe."""
    return text.lower().replace("’", "'")


def _words(small: str) -> list[str]:
    return [_word(token) for token in _TOKEN.findall(small) if token not in _MARKS]


def _word(token: str) -> str:
    """Figures count as one word, shares as another: how many it were says nothing."""
    if token[0].isdigit():
        return "0%" if token.endswith("%") else "0"
    return token


def _stem(word: str) -> str:
    for ending in _ENDINGS:
        if word.endswith(ending) and len(word) - len(ending) >= _SHORTEST_STEM:
            return word[: -len(ending)]
    return word


def _pairs(words: Sequence[str]) -> list[str]:
    return [" ".join(pair) for pair in pairwise(words)]


def _negated(small: str) -> Iterator[str]:
    reach = 0
    for token in _TOKEN.findall(small):
        if token in _NEGATIONS:
            reach = _NEGATED
        elif token in _MARKS:
            reach = 0
        elif reach:
            yield "!" + _stem(_word(token))
            reach -= 1


def _contrasted(small: str) -> Iterator[str]:
    parts = _CONTRAST.split(small)
    if len(parts) > 1:
        yield "<>"
        yield from ("<" + _stem(word) for word in _words(parts[0]))
        yield from (">" + _stem(word) for word in _words(parts[-1]))

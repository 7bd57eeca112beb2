"""Whether a sentence praises, criticises, does both or neither, or gives no judgement.

Two linear models, whose weights are tables that a person can read and `tools/train_polarity.py`
makes: in `polarity.tsv` each feature of the wording has a weight for each polarity, in
`surroundings.tsv` what the wording of a sentence and of those around it in its section came
to. How well they do, and on what, is told in `docs/polarity.md`.
"""

import math
from collections import Counter
from collections.abc import Mapping, Sequence
from functools import cache
from itertools import pairwise
from pathlib import Path
from typing import NamedTuple

from ofsted_kg.judging.surroundings import surroundings
from ofsted_kg.judging.wording import features

POLARITIES = ("strength", "weakness", "mixed", "neutral", "context")
CONSTANT = "(constant)"
WEIGHTS = Path(__file__).with_name("polarity.tsv")
AROUND = Path(__file__).with_name("surroundings.tsv")

# Numbers of each feature: in the table of wording its rarity, then a weight for each polarity.
Table = Mapping[str, tuple[float, ...]]


class Polarity(NamedTuple):
    """What a sentence says: one of `POLARITIES`, and how sure that is, from 0 to 1.

    Of sentences with a confidence of 0.9 about nine in ten are judged as a careful reader would.
    """

    polarity: str
    confidence: float


class Judge:
    """Judges sentences by tables of weights."""

    def __init__(self, weights: Table, around: Table) -> None:
        """From the weights of the wording, and those of what the sentences around it say."""
        self._weights = weights
        self._constant = weights[CONSTANT][1:]
        self._around = around

    @classmethod
    def read(cls, weights: Path, around: Path) -> "Judge":
        """From two tables: a line a feature, with its numbers."""
        return cls(_read(weights), _read(around))

    def polarity(self, sentence: str, before: str = "", heading: str = "") -> Polarity:
        """What a sentence says, read with the sentence before it and the heading above."""
        return _likeliest(self.scores(sentence, before, heading))

    def section(
        self, paragraphs: Sequence[Sequence[str]], heading: str = ""
    ) -> list[list[Polarity]]:
        """What each sentence of each paragraph of a section says, read among the others.

        First by their wording, then by what that says of the sentences around each.
        """
        shares = [
            shares_of(self.scores(sentence, before, heading))
            for paragraph in paragraphs
            for before, sentence in pairwise(("", *paragraph))
        ]
        flat = [sentence for paragraph in paragraphs for sentence in paragraph]
        found = iter(surroundings(flat, shares, POLARITIES))
        return [
            [_likeliest(self._among(next(found))) for _ in paragraph] for paragraph in paragraphs
        ]

    def _among(self, numbers: Mapping[str, float]) -> list[float]:
        scores = list(self._around[CONSTANT])
        for name, value in numbers.items():
            for at, weight in enumerate(self._around.get(name, ())):
                scores[at] += weight * value
        return scores

    def scores(self, sentence: str, before: str = "", heading: str = "") -> list[float]:
        """The logarithm of each polarity's share, but for what all have in common.

        A rare feature counts for more, one that is repeated for less.
        """
        found = Counter(features(sentence, before, heading))
        known = {
            feature: (1 + math.log(count)) * self._weights[feature][0]
            for feature, count in found.items()
            if feature in self._weights
        }
        length = math.sqrt(sum(value * value for value in known.values())) or 1.0
        scores = list(self._constant)
        for feature, value in known.items():
            for at, weight in enumerate(self._weights[feature][1:]):
                scores[at] += weight * value / length
        return scores


def _read(path: Path) -> Table:
    table: dict[str, tuple[float, ...]] = {}
    for line in path.read_text(encoding="utf-8").splitlines():
        if not line.startswith("//"):
            feature, *numbers = line.split("\t")
            table[feature] = tuple(map(float, numbers))
    return table


def _likeliest(scores: Sequence[float]) -> Polarity:
    shares = shares_of(scores)
    best = max(range(len(POLARITIES)), key=shares.__getitem__)
    return Polarity(POLARITIES[best], round(shares[best], 2))


def shares_of(scores: Sequence[float]) -> list[float]:
    """The share of each polarity, from the logarithms."""
    highest = max(scores)
    powers = [math.exp(score - highest) for score in scores]
    return [power / sum(powers) for power in powers]


@cache
def judge() -> Judge:
    """The judge by the weights of this package; read once."""
    return Judge.read(WEIGHTS, AROUND)

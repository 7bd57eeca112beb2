"""Whether a sentence praises, criticises, does both or neither, or gives no judgement.

A linear model: each feature of the wording has a weight for each polarity in
`polarity.tsv`, a table that a person can read and `tools/train_polarity.py` makes. How well
it does, and on what, is told in `docs/polarity.md`.
"""

import math
from collections import Counter
from collections.abc import Mapping, Sequence
from functools import cache
from pathlib import Path
from typing import NamedTuple

from ofsted_kg.judging.wording import features

POLARITIES = ("strength", "weakness", "mixed", "neutral", "context")
CONSTANT = "(constant)"
WEIGHTS = Path(__file__).with_name("polarity.tsv")


class Polarity(NamedTuple):
    """What a sentence says: one of `POLARITIES`, and how sure that is, from 0 to 1.

    Of sentences with a confidence of 0.9 about nine in ten are judged as a careful reader would.
    """

    polarity: str
    confidence: float


class Judge:
    """Judges sentences by a table of weights."""

    def __init__(self, weights: Mapping[str, tuple[float, ...]]) -> None:
        """From the numbers of each feature: its rarity, then its weights for `POLARITIES`."""
        self._weights = weights
        self._constant = weights[CONSTANT][1:]

    @classmethod
    def read(cls, path: Path) -> "Judge":
        """From a table: a line a feature, with its rarity and a weight for each polarity."""
        weights: dict[str, tuple[float, ...]] = {}
        for line in path.read_text(encoding="utf-8").splitlines():
            if not line.startswith("//"):
                feature, *numbers = line.split("\t")
                weights[feature] = tuple(map(float, numbers))
        return cls(weights)

    def polarity(self, sentence: str, before: str = "", heading: str = "") -> Polarity:
        """What a sentence says, read with the sentence before it and the heading above."""
        shares = _shares(self.scores(sentence, before, heading))
        best = max(range(len(POLARITIES)), key=shares.__getitem__)
        return Polarity(POLARITIES[best], round(shares[best], 2))

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


def _shares(scores: Sequence[float]) -> list[float]:
    highest = max(scores)
    powers = [math.exp(score - highest) for score in scores]
    return [power / sum(powers) for power in powers]


@cache
def judge() -> Judge:
    """The judge by the weights of this package; read once."""
    return Judge.read(WEIGHTS)

"""What surrounds a sentence in its section, as numbers beside its own scores.

Inspectors praise and criticise in stretches, and a sentence that begins with “this” or with
“however” says how it stands to the one before. From the polarities that the wording alone gives
to the sentences of a section (their shares, in the order of the text) each sentence gets:
`own weakness` (what its own wording says, as a logarithm), `near before weakness` and `wide
behind weakness` (the shares of those around it, the nearer the heavier), `begins however`, and
`before, begins however: weakness` (the share of the sentence before one that so begins). Each
has a weight for each polarity in `surroundings.tsv`. No grade is among them.
"""

import math
import re
from collections.abc import Iterator, Mapping, Sequence
from itertools import pairwise

from ofsted_kg.judging.wording import lowered

Shares = Sequence[float]

# After so many sentences what stands around counts half.
_REACHES = {"near": 1, "wide": 4}
_DAMPING = 0.5  # so that where few sentences stand around they count for less
_LEAST = 1e-4  # a share's, before its logarithm is taken
_BEGINNINGS = {
    "this": re.compile(r"(?:this|these|as a result|consequently|therefore)\b"),
    "however": re.compile(r"(?:however|but|yet|nevertheless|in contrast|conversely)\b"),
    "although": re.compile(r"(?:although|though|while|whilst|despite)\b"),
    "they": re.compile(
        r"(?:they|it|their|its|such|in addition|additionally|also|furthermore|similarly"
        r"|for example|he|she|those|them|when|where)\b"
    ),
}


def surroundings(
    sentences: Sequence[str], shares: Sequence[Shares], names: Sequence[str]
) -> list[dict[str, float]]:
    """For each sentence of a section its numbers, by what they are; those of 0 are left out.

    `names` are the polarities that the shares are of.
    """
    found = [dict(_own(own, names)) for own in shares]
    for reach, half in _REACHES.items():
        for at, around in enumerate(_faded(shares, half)):
            found[at] |= _named(f"{reach} before", around, names)
        for at, around in enumerate(reversed(_faded(shares[::-1], half))):
            found[at] |= _named(f"{reach} behind", around, names)
    beginnings = [_beginning(sentence) for sentence in sentences]
    for at, beginning in enumerate(beginnings):
        if beginning:
            found[at][f"begins {beginning}"] = 1.0
    for at, (_, beginning) in enumerate(pairwise(beginnings)):
        if beginning:
            found[at][f"next begins {beginning}"] = 1.0
            found[at] |= _named(f"behind, begins {beginning}:", shares[at + 1], names)
            found[at + 1] |= _named(f"before, begins {beginning}:", shares[at], names)
    return found


def _own(shares: Shares, names: Sequence[str]) -> Iterator[tuple[str, float]]:
    powers = [math.log(share + _LEAST) for share in shares]
    middle = sum(powers) / len(powers)
    yield from ((f"own {name}", power - middle) for name, power in zip(names, powers, strict=True))


def _faded(shares: Sequence[Shares], half: int) -> list[list[float]]:
    """For each sentence the mean shares of those before it; after `half` sentences they halve."""
    fading = 0.5 ** (1 / half)
    sums, weight = [0.0] * (len(shares[0]) if shares else 0), 0.0
    means = []
    for own in shares:
        means.append([each / (weight + _DAMPING) for each in sums])
        sums = [(each + one) * fading for each, one in zip(sums, own, strict=True)]
        weight = (weight + 1) * fading
    return means


def _named(what: str, shares: Shares, names: Sequence[str]) -> Mapping[str, float]:
    return {f"{what} {name}": share for name, share in zip(names, shares, strict=True) if share}


def _beginning(sentence: str) -> str | None:
    start = lowered(sentence)
    return next((name for name, form in _BEGINNINGS.items() if form.match(start)), None)

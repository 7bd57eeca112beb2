"""The letters that a name is shortened to, by rule: CWAC, LBTH, H&F."""

from collections.abc import Iterator, Sequence

# Words of which people leave out the letter as often as they write it.
_SMALL = frozenset({"and", "of", "on", "the", "upon", "with"})
_FEWEST = 3  # two letters are as often a region's, a county's or a post town's


def initials(words: Sequence[str]) -> Iterator[tuple[str, ...]]:
    """Each way of writing a name, as folded words, by its initials.

    All its letters, those without the small words, without all of these but “and”; and where
    it has an “and” the letters of either side of it: `("h", "f")`.
    """
    kept = (frozenset[str](), _SMALL, _SMALL - {"and"})
    written = {"".join(word[0] for word in words if word not in left_out) for left_out in kept}
    yield from ((letters,) for letters in written if len(letters) >= _FEWEST)
    if "and" in words:
        at = list(words).index("and")
        sides = words[:at], words[at + 1 :]
        letters = tuple("".join(w[0] for w in side if w not in _SMALL) for side in sides)
        if all(letters):
            yield letters

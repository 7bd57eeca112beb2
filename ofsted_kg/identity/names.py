"""Every way in which names and words are compared: the one place that folds them."""

import re
import unicodedata

_APOSTROPHES = re.compile("['’‘`]")
_HISSING_PLURALS = ("sses", "xes", "ches", "shes")


def fold(name: str) -> str:
    """A name without differences of case, accents, punctuation and apostrophes, “and” for “&”."""
    joined = name.casefold().replace("&", " and ").replace("+", " and ")
    folded = _APOSTROPHES.sub("", joined)
    if not folded.isascii():
        parts = unicodedata.normalize("NFKD", folded)
        folded = "".join(c for c in parts if unicodedata.category(c) not in {"Mn", "Cf"})
    return " ".join(re.sub(r"[\W_]+", " ", folded).split())


def singular(word: str) -> str:
    """A folded word without the ending of its plural: `agencies` becomes `agency`."""
    if word.endswith("ies") and len(word) > 4:
        return word[:-3] + "y"
    if word.endswith(_HISSING_PLURALS):
        return word[:-2]
    return word[:-1] if word.endswith("s") and not word.endswith("ss") else word


def plain(words: str) -> str:
    """Words of a heading, a grade or a cell without differences of case and spacing."""
    return " ".join(words.split()).casefold()


def slug(words: str) -> str:
    """Words as the last segment of an IRI: small letters and digits with hyphens."""
    return re.sub(r"[^a-z0-9]+", "-", words.lower()).strip("-")


def person_slug(name: str) -> str:
    """The name of a person or program in an IRI: `Paul d’Inverno` becomes `paul-d-inverno`."""
    spaced = re.sub("['’]", "-", name)
    plain_letters = unicodedata.normalize("NFKD", spaced).encode("ascii", "ignore").decode()
    return re.sub(r"[^a-z0-9.]+", "-", plain_letters.casefold()).strip("-.")

"""Every way in which names and words are compared: the one place that folds them."""

import re
import unicodedata

_APOSTROPHES = re.compile("['’‘`]")
_BEFORE_NAME = re.compile(
    r"^(?:the )?(?:(?:(?:london|royal|metropolitan) )?borough|city|county|council) of (?:the )?"
)
_AFTER_NAME = re.compile(
    r"(?: (?:london|royal|metropolitan|county|city|borough|district|unitary|authority|council"
    r"|corporation))+$"
)


def fold(name: str) -> str:
    """A name without differences of case, punctuation and apostrophes, “and” for “&”."""
    folded = _APOSTROPHES.sub("", name.casefold().replace("&", " and "))
    return " ".join(re.sub(r"[^\w]+", " ", folded).split())


def bare(name: str) -> str:
    """A folded name of an authority without the words for its form as a council.

    `London Borough of Barnet Council` and `Barnet` are both `barnet`.
    """
    return _AFTER_NAME.sub("", _BEFORE_NAME.sub("", fold(name)))


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

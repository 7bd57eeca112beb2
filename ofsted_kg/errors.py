"""Errors a person can act on."""


class OfstedKgError(Exception):
    """Something the user can mend; the text is one line that says what to do.

    `exit_status` is what the command line returns: 2 for wrong use, 1 where
    the input is well formed but the answer is "no" (invalid, not found).
    """

    exit_status = 2


class NotFoundError(OfstedKgError):
    """Nothing answers to the name, code or IRI that was given."""

    exit_status = 1


class SourceError(OfstedKgError):
    """A document, report or sheet from outside cannot be used as it is."""

    exit_status = 1


def one_line(words: object) -> str:
    """Words of whatever origin on one line, without what a terminal would obey."""
    text = str(words).encode("utf-8", "replace").decode()
    return " ".join("".join(c if c.isprintable() else " " for c in text).split())

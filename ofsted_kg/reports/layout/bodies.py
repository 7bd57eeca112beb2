"""Names of several bodies in one phrase, told apart by how such names end."""

from __future__ import annotations

import re
from collections.abc import Iterable

ENDS = (
    r"(?:Councils?|Authority|Boards?|Trusts?|ICBs?|CCGs?|ICS|System|Service|Services|leaders"
    r"|providers|Partnership|Group|Company|\((?:[A-Z& ]{2,12})\))"
)
# A body has ended where one of these words stands before the comma or "and".
ENDED = re.compile(rf"\b(?:{ENDS})$|\)$|\b(?:London|Royal) Borough of [\w’ ]+$", re.IGNORECASE)
BETWEEN = re.compile(r",? and (?=\S)|, (?=\S)|; ?(?=\S)")
BEGINS = re.compile(r"(?:the )?NHS |the [A-Z]")


def split_bodies(words: str, known: Iterable[str] = ()) -> list[str]:
    """The bodies that a phrase names, as printed.

    `known` are names of bodies that the report has elsewhere: what stands between them is
    divided whatever the names end in.
    """
    words = re.sub(r"\s+", " ", words).strip(" .;,")
    starts = [0]
    names = {_bare(name) for name in known if name}
    for match in BETWEEN.finditer(words):
        before = words[starts[-1] : match.start()]
        after = words[match.end() :]
        stands_alone = ENDED.search(before) or _bare(before) in names
        named = BEGINS.match(after) and len(before.split()) > 1 and "," not in match[0]
        if stands_alone or ";" in match[0] or named:
            starts.append(match.end())
    ends = [*starts[1:], len(words) + 1]
    parts = [words[a:b] for a, b in zip(starts, ends, strict=True)]
    return [re.sub(r"(?:,? and|[,;])?\s*$", "", part).strip() for part in parts]


def _bare(name: str) -> str:
    return re.sub(r"^the ", "", name.casefold().strip(" .,"))

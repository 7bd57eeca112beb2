"""Until when an answer is true: the newest publication and the newest release behind it."""

from collections import Counter, defaultdict
from collections.abc import Collection
from typing import NamedTuple

import pyoxigraph as ox

from ofsted_kg.store import PARAMETERS_MARK, Bindings, Store, select

_PREFIXES = """
PREFIX okg: <https://w3id.org/ofsted-kg/def#>
PREFIX skos: <http://www.w3.org/2004/02/skos/core#>
"""
# `_on`, where it is given, is the day after which nothing counts.
_RELEASED = f"""{_PREFIXES}
SELECT (MAX(?state) AS ?released)
WHERE {{
  {PARAMETERS_MARK}
  ?release a okg:DataRelease ; okg:asAt ?state .
  FILTER(!BOUND(?_on) || ?state <= ?_on)
}}
"""
_PUBLISHED = f"""{_PREFIXES}
SELECT ?assessment ?day
WHERE {{
  {PARAMETERS_MARK}
  ?assessment okg:publishedOn ?day .
  FILTER(!BOUND(?_on) || ?day <= ?_on)
}}
ORDER BY DESC(?day)
"""
_GRADED = f"""{_PREFIXES}
SELECT DISTINCT ?assessment ?known
WHERE {{{{
  {{{{
    VALUES ?assessment {{{{ {{0}} }}}}
    ?official okg:isReachedIn ?assessment ; okg:hasGrade ?grade .
    BIND("official" AS ?known)
  }}}}
  UNION
  {{{{
    VALUES ?assessment {{{{ {{0}} }}}}
    ?claim okg:claimsAbout ?assessment ; okg:claimsGrade ?given .
    BIND("claimed" AS ?known)
  }}}}
}}}}
"""
# One question for each kind of source: a union of both would be read as a whole.
_OFFICIAL = f"""{_PREFIXES}
SELECT DISTINCT ?authority ?day ?report
WHERE {{{{
  VALUES ?authority {{{{ {{}} }}}}
  ?_authority skos:prefLabel ?authority .
  {PARAMETERS_MARK}
  ?judgement okg:concernsAuthority ?_authority ; okg:hasGrade ?grade ; okg:isReachedIn ?assessment .
  ?assessment okg:publishedOn ?day .
  FILTER(!BOUND(?_on) || ?day <= ?_on)
  OPTIONAL {{{{ ?report a okg:InspectionReport ; okg:reportsOn ?assessment }}}}
}}}}
"""
_CLAIMED = f"""{_PREFIXES}
SELECT DISTINCT ?authority ?day
WHERE {{{{
  VALUES ?authority {{{{ {{}} }}}}
  ?_authority skos:prefLabel ?authority .
  {PARAMETERS_MARK}
  ?claim okg:concernsAuthority ?_authority ; okg:claimsGrade ?grade ; okg:claimsAbout ?assessment .
  ?assessment okg:publishedOn ?day .
  FILTER(!BOUND(?_on) || ?day <= ?_on)
}}}}
"""
# Newest inspections looked at in one go for grades: as a rule the first few have some.
_AT_ONCE = 40
REPORT, RELEASE, CLAIM = "report", "release", "claim only"


class AsAt(NamedTuple):
    """What an answer covers.

    `published` is the newest day of publication of official grades that the graph holds, or
    held on the day asked about; `claimed` that of grades which only others tell of, where it is
    newer. The later of both is the day until which anything is known, from which questions count
    back. `released` is the day whose state the newest data release shows, of those until the day
    asked about; all are `2025-03-31` or None where there is none. Where the answer is about
    authorities, `newest_from` counts them by where their newest inspection is known from:
    its report, a release, or a claim only.
    """

    published: str | None
    claimed: str | None
    released: str | None
    newest_from: dict[str, int]

    def to_text(self) -> str:
        """One line for a reader."""
        if self.published is None:
            return "no grades with a day of publication"
        parts = [f"grades published until {self.published}"]
        if self.claimed:
            parts[0] += f", claimed ones until {self.claimed}"
        if self.released:
            parts.append(f"the newest data release shows {self.released}")
        if self.newest_from:
            total = sum(self.newest_from.values())
            counts = ", ".join(f"{n} from a {kind}" for kind, n in self.newest_from.items())
            parts.append(
                f"the newest inspections of {total} authorities are known {counts}"
                if total > 1
                else f"the newest inspection is known from a {next(iter(self.newest_from))}"
            )
        return "; ".join(parts)

    def to_record(self) -> dict[str, object]:
        """The same for JSON."""
        return {
            "published": self.published,
            "claimed": self.claimed,
            "released": self.released,
            "newest_from": self.newest_from,
        }


def as_at(store: Store, authorities: Collection[str] = (), on: Bindings | None = None) -> AsAt:
    """What an answer covers that names these authorities; other names are passed over.

    `on` binds `_on` to the day that a question looks back from, if any.
    """
    published, claimed = _newest(store, on)
    row = next(iter(select(store, _RELEASED, on)), None)
    released = _text(row["released"]) if row else None
    counted = _newest_from(store, authorities, on) if authorities else {}
    return AsAt(published, claimed, released, counted)


def _newest(store: Store, on: Bindings | None) -> tuple[str | None, str | None]:
    """The newest day of official grades, and that of claimed ones where it is newer."""
    days = [(row["assessment"], row["day"].value) for row in select(store, _PUBLISHED, on)]
    claimed = None
    for start in range(0, len(days), _AT_ONCE):
        some = days[start : start + _AT_ONCE]
        nodes = " ".join(str(assessment) for assessment, _ in some)
        known = defaultdict(set)
        for row in select(store, _GRADED.format(nodes)):
            known[row["known"].value].add(row["assessment"])
        official = next((day for node, day in some if node in known["official"]), None)
        claimed = claimed or next((day for node, day in some if node in known["claimed"]), None)
        if official:
            return official, claimed if claimed and claimed > official else None
    return None, claimed


def _newest_from(store: Store, authorities: Collection[str], on: Bindings | None) -> dict[str, int]:
    newest: dict[str, tuple[str, int]] = {}
    kinds = (CLAIM, RELEASE, REPORT)
    labels = " ".join(str(ox.Literal(name, language="en")) for name in sorted(authorities))
    for official, text in ((True, _OFFICIAL), (False, _CLAIMED)):
        for row in select(store, text.format(labels), on):
            name, day = row["authority"].value, row["day"].value
            kind = 0 if not official else 2 if row["report"] else 1
            newest[name] = max(newest.get(name, ("", 0)), (day, kind))
    found = Counter(kinds[newest[name][1]] for name in authorities if name in newest)
    return {kind: found[kind] for kind in reversed(kinds) if found[kind]}


def _text(term: object) -> str | None:
    return term.value if isinstance(term, ox.Literal) else None

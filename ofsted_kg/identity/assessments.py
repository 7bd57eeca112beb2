"""Which assessment the dates of a source mean, and what keys it.

A framework says whether the day of publication or the first day of fieldwork tells its
assessments of one authority apart. Sources print dates that differ: the tolerances below
hold for all of them, releases and reports alike.
"""

import datetime
from collections.abc import Iterable
from dataclasses import dataclass

from ofsted_kg.errors import SourceError
from ofsted_kg.identity.authorities import Authority

# How far two dates of one inspection may lie apart, in days. The widest seen between sources
# are one day for fieldwork (Cumbria 2022) and 61 for publication (Nottingham 2022). Two
# inspections of one authority under one framework were never published less than 186 days
# apart (Calderdale 2013), so that a date within the tolerance of both cannot be.
FIELDWORK_SLACK = 14
PUBLICATION_SLACK = 92
LONGEST_WAIT_FOR_REPORT = 183

# Kinds that are no inspection of their own: they give no grades and share a framework with one.
VISITS = frozenset({"focused-visit", "monitoring-visit"})

Day = datetime.date


@dataclass(frozen=True, slots=True)
class KnownAssessment:
    """An assessment as the releases give it; dates in the order of the files."""

    authority: str
    framework: str
    date: str
    kind: str
    starts: tuple[Day, ...]
    published: tuple[Day, ...]


@dataclass(frozen=True, slots=True)
class Identity:
    """Authority, framework and key date of the assessment that a report is on.

    `known` is the assessment in the releases, None where no release has it.
    `differences` says in one line each how the releases give a date otherwise.
    """

    authority: Authority
    framework: str
    date: str
    known: KnownAssessment | None = None
    differences: tuple[str, ...] = ()

    @property
    def slug(self) -> str:
        """The name of the document in IRIs."""
        return f"{self.authority.key.lower()}-{self.framework}-{self.date}"

    @property
    def published(self) -> Day | None:
        """The day of publication in the newest release."""
        return self.known.published[-1] if self.known and self.known.published else None


def are_close(
    start: Day | None, published: Day | None, other_start: Day | None, other_published: Day | None
) -> bool:
    """Whether the dates of two sources can be those of one inspection: first days if both
    give one, else days of publication, else publication some while after the fieldwork."""
    if start and other_start:
        return abs((start - other_start).days) <= FIELDWORK_SLACK
    if published and other_published:
        return abs((published - other_published).days) <= PUBLICATION_SLACK
    begun, ended = start or other_start, published or other_published
    if begun is None or ended is None:
        return False
    return 0 <= (ended - begun).days <= LONGEST_WAIT_FOR_REPORT


def by_fieldwork(
    authority: Authority, framework: str, start: Day | None, known: Iterable[KnownAssessment]
) -> Identity:
    """The assessment of a first day of fieldwork, among the released inspections of an authority.

    `known` are those of the framework's family. Raises SourceError where it is not certain.
    """
    if start is None:
        raise SourceError("no first day of inspection is printed, so it has no key")
    inspections = list(known)
    found = [one for one in inspections if start in one.starts] or [
        one
        for one in inspections
        if any(abs((day - start).days) <= FIELDWORK_SLACK for day in one.starts)
    ]
    if len(found) > 1:
        raise SourceError(f"more than one released inspection of {authority.name} fits {start}")
    if not found:
        return Identity(authority, framework, start.isoformat())
    match = found[0]
    if match.framework != framework:
        raise SourceError(
            f"its judgements are those of {framework}, but the release has the"
            f" inspection of {match.date} under {match.framework}"
        )
    differences = [
        f"first day of fieldwork {start}, in the releases {day}"
        for day in match.starts
        if day != start
    ]
    return Identity(authority, match.framework, match.date, match, tuple(differences))


def by_publication(
    authority: Authority,
    framework: str,
    published: Day | None,
    ended: Day | None,
    known: Iterable[KnownAssessment],
) -> Identity:
    """The assessment of a printed day of publication, or the one after a last day of fieldwork.

    `known` are the released ones of the framework. Raises SourceError where it is not certain.
    """
    match = _published_near(published, ended, list(known))
    if match is None and published is None:
        raise SourceError(
            f"no publication date is printed, and no release has a {framework} inspection of"
            f" {authority.name} that follows its fieldwork"
        )
    date = match.date if match else str(published)
    differences = [
        f"printed publication date {published}, in the releases {day}"
        for day in (match.published if match else ())
        if published and day != published
    ]
    return Identity(authority, framework, date, match, tuple(differences))


def _published_near(
    published: Day | None, ended: Day | None, known: list[KnownAssessment]
) -> KnownAssessment | None:
    # The key of such a framework is a day of publication, which a release may leave to a report.
    days = [(one, day) for one in known for day in one.published or (Day.fromisoformat(one.date),)]
    if published:
        distances = [(abs((day - published).days), one) for one, day in days]
        near = [(distance, one) for distance, one in distances if distance <= PUBLICATION_SLACK]
    elif ended:
        waits = [((day - ended).days, one) for one, day in days]
        near = [(wait, one) for wait, one in waits if 0 <= wait <= LONGEST_WAIT_FOR_REPORT]
    else:
        return None
    if not near:
        return None
    shortest = min(distance for distance, _ in near)
    best = {one for distance, one in near if distance == shortest}
    if len(best) > 1 or (not published and len({one for _, one in near}) > 1):
        raise SourceError("more than one released inspection fits its dates")
    return best.pop()

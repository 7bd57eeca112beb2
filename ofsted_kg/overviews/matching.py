"""Which inspections a report is on that overviews list.

The address tells reports apart in all overviews, so that the rows on one address are read
together: a day that one of them lacks stands in another.
"""

import datetime
from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from ofsted_kg.errors import SourceError
from ofsted_kg.identity.assessments import KnownAssessment, by_fieldwork, by_publication
from ofsted_kg.identity.authorities import Authorities, Authority
from ofsted_kg.identity.frameworks import Framework, Frameworks
from ofsted_kg.overviews.columns import ADDRESS, CODE, END, FORMS, KIND, PUBLISHED, START
from ofsted_kg.overviews.official import Official
from ofsted_kg.overviews.tables import Overview, Row

ILACS = "ilacs"


@dataclass(frozen=True)
class Listed:
    """A report that overviews list: its address, its rows, and the dates they give."""

    address: str
    rows: tuple[Row, ...]
    authority: Authority
    start: datetime.date | None
    end: datetime.date | None
    published: datetime.date | None

    @property
    def first(self) -> Row:
        """The row to cite and to name in an error."""
        return self.rows[0]


@dataclass(frozen=True)
class Matched:
    """A listed report and the inspections that it is on, the one graded there first.

    `is_official` says whether the inspectorate's own sources have them.
    """

    listed: Listed
    assessments: tuple[KnownAssessment, ...]
    framework: Framework
    is_official: bool


@dataclass(frozen=True)
class Unmatched:
    """A listed report that is on no inspection known here, with the reason."""

    listed: Listed
    reason: str


def listed_reports(overviews: Iterable[Overview], authorities: Authorities) -> Iterator[Listed]:
    """Every report of the overviews once; SourceError for a row that cannot be used."""
    by_address: dict[str, list[Row]] = {}
    for overview in overviews:
        for row in overview.rows:
            by_address.setdefault(row.text(ADDRESS), []).append(row)
    for address, rows in by_address.items():
        start, end, published = (_day(rows, heading) for heading in (START, END, PUBLISHED))
        day = start or published
        if day is None:
            raise rows[0].error(START, "neither a first day of inspection nor one of publication")
        authority = _authority(rows[0], authorities, day)
        yield Listed(address, tuple(rows), authority, start, end, published)


def _day(rows: list[Row], heading: str) -> datetime.date | None:
    return next((day for row in rows if (day := row.day(heading))), None)


def _authority(row: Row, authorities: Authorities, day: datetime.date) -> Authority:
    known = authorities.by_key.get(row.text(CODE))
    if known is None:
        raise row.error(CODE, f"{row.text(CODE)!r} is the code of no authority known here")
    try:
        return authorities.inspected(known, day)
    except LookupError as error:
        raise row.error(CODE, str(error)) from None


def match(
    reports: Iterable[Listed], official: Official, frameworks: Frameworks
) -> list[Matched | Unmatched]:
    """The inspections that each report is on, in the order of the reports.

    Those published on its day, else those near its dates that no other report is on. One
    that no official source has is new if its first day of fieldwork is given. SourceError
    where dates fit more than one.
    """
    listed = list(reports)
    same_day = [_of_its_day(one, official, frameworks) for one in listed]
    taken = {one for found in same_day if found for one in found.assessments}
    return [
        found
        or _near(
            one, [free for free in official.of(one.authority.key) if free not in taken], frameworks
        )
        for one, found in zip(listed, same_day, strict=True)
    ]


def _of_its_day(listed: Listed, official: Official, frameworks: Frameworks) -> Matched | None:
    known = official.of(listed.authority.key)
    return _matched(listed, [one for one in known if listed.published in one.published], frameworks)


def _near(
    listed: Listed, known: list[KnownAssessment], frameworks: Frameworks
) -> Matched | Unmatched:
    try:
        if _is_ilacs(listed):
            return _by_fieldwork(listed, known, frameworks)
        return _by_publication(listed, known, frameworks)
    except SourceError as error:
        raise listed.first.error(ADDRESS, str(error)) from None


def _matched(
    listed: Listed, found: list[KnownAssessment], frameworks: Frameworks
) -> Matched | None:
    """Two inspections of one report are the authority's and its safeguarding board's."""
    if not found:
        return None
    found.sort(key=lambda one: -len(frameworks[one.framework].areas))
    return Matched(listed, tuple(found), frameworks[found[0].framework], True)


def _is_ilacs(listed: Listed) -> bool:
    """Whether its dates were read, as the tools do for no other framework."""
    return bool(listed.start) or any(row.text(KIND) for row in listed.rows)


def _by_fieldwork(
    listed: Listed, known: list[KnownAssessment], frameworks: Frameworks
) -> Matched | Unmatched:
    # Grades say nothing of the version here: the tools give some that were never made.
    version = frameworks.version(ILACS, (), listed.start)
    versions = {one.key for one in frameworks.versions(ILACS)}
    inspections = [one for one in known if one.framework in versions]
    if listed.start is None:
        return Unmatched(listed, "no first day of inspection, and no inspection of its publication")
    near = [one.framework for one in inspections if listed.start in one.starts]
    framework = frameworks[near[0]] if near else version
    identity = by_fieldwork(listed.authority, framework.key, listed.start, inspections)
    if identity.known:
        return Matched(listed, (identity.known,), frameworks[identity.framework], True)
    if listed.first.text(KIND) not in FORMS:
        return Unmatched(listed, f"{listed.first.text(KIND)!r} is no form of inspection known here")
    new = KnownAssessment(listed.authority.key, framework.key, identity.date, "", (), ())
    return Matched(listed, (new,), framework, False)


def _by_publication(
    listed: Listed, known: list[KnownAssessment], frameworks: Frameworks
) -> Matched | Unmatched:
    keys = dict.fromkeys(one.framework for one in known)
    found = []
    for key in keys:
        if frameworks[key].is_keyed_by_fieldwork:
            continue
        released = [one for one in known if one.framework == key]
        identity = by_publication(listed.authority, key, listed.published, None, released)
        if identity.known:
            found.append(identity.known)
    reason = "no official source at hand has an inspection of its publication"
    return _matched(listed, found, frameworks) or Unmatched(listed, reason)

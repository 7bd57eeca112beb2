"""Which observations of all releases speak of one assessment, and under which key.

Before 2018 releases give one date, the publication, and it keys the
assessment. Later inspections are keyed by the first day of fieldwork, which
some sheets leave out: such a row joins the inspection of the same authority
that another sheet gives with the same publication date. Rows whose dates
differ by some days or weeks join it too (releases correct one another); the
differences stay in the passages and are listed as discrepancies.
"""

import datetime
from collections import defaultdict
from collections.abc import Collection, Iterable
from dataclasses import dataclass, field

from ofsted_kg.identity.assessments import VISITS, are_close
from ofsted_kg.identity.frameworks import Framework, Frameworks
from ofsted_kg.releases.layout import THEME
from ofsted_kg.releases.rows import Observation, Release, SkippedRow

_IN_CARE, _TOGETHER = "in-care", "in-care-and-care-leavers"


@dataclass
class Assessment:
    """All observations of one assessment, the ones that stand first: newest release first.

    `framework` and `date` make its key; `date` begins with `published-`
    no source here gives the first day of fieldwork.
    """

    framework: str
    date: str
    observations: list[Observation] = field(default_factory=list)
    follows_up: str = ""

    @property
    def authority(self) -> str:
        """The key of the authority inspected."""
        return self.observations[0].authority.key

    @property
    def key(self) -> str:
        """What follows `id/assessment/` in its IRI."""
        return f"{self.authority}/{self.framework}/{self.date}"

    @property
    def kind(self) -> str:
        """The kind that stands, or an empty string where no sheet gives one."""
        return next((one.kind for one in self.observations if one.kind), "")

    @property
    def fieldwork(self) -> datetime.date | None:
        """The first day of fieldwork that stands."""
        return next((one.fieldwork for one in self.observations if one.fieldwork), None)

    @property
    def published(self) -> datetime.date | None:
        """The day of publication that stands."""
        return next((one.published for one in self.observations if one.published), None)

    @property
    def graded(self) -> set[str]:
        """The areas or columns for which some sheet gives a grade."""
        return {role for one in self.observations for role, word in one.words.items() if word}


def join_assessments(releases: Iterable[Release], frameworks: Frameworks) -> list[Assessment]:
    """The assessments of all releases; SourceError where two would share a key."""
    newest_first = sorted(releases, key=lambda one: one.as_at, reverse=True)
    observations = [one for release in newest_first for one in release.observations]
    order = {id(one): number for number, one in enumerate(observations)}
    files = {one.slug: one for one in newest_first}

    keyed_by_fieldwork = {one.family for one in frameworks.values() if one.is_keyed_by_fieldwork}
    inspections = [
        one
        for one in observations
        if one.framework in keyed_by_fieldwork and one.kind not in VISITS
    ]
    clustered = set(map(id, inspections))
    # Newest release first; in it, rows that say more before rows that join them.
    inspections.sort(key=lambda one: (-files[one.release].as_at.toordinal(), _missing_dates(one)))
    clusters = [
        cluster
        for cluster in _cluster_inspections(inspections)
        if not _leave_to_history(cluster, observations, files)
    ]
    by_date: dict[tuple[str, ...], list[Observation]] = defaultdict(list)
    for one in observations:
        if id(one) not in clustered:
            day = one.fieldwork or one.published
            by_date[one.authority.key, one.framework, str(day), _visit(one)].append(one)

    joined = [_assessment(cluster, order, frameworks) for cluster in [*by_date.values(), *clusters]]
    joined.sort(key=lambda one: order[id(one.observations[0])])
    _check_keys(joined, files)
    _link_re_inspections(joined)
    return joined


def _leave_to_history(
    cluster: list[Observation], observations: list[Observation], files: dict[str, Release]
) -> bool:
    """Whether rows that give a first day alone repeat an inspection under an older framework.

    A sheet of last inspections fills the columns of the newest framework with them. They are
    told by a report on the authority that came out when one on them would have.
    """
    if any(one.published or one.kind for one in cluster):
        return False
    first = cluster[0]
    older = next(
        (
            one
            for one in observations
            if one.framework != first.framework
            and one.authority == first.authority
            and one.kind not in VISITS
            and are_close(first.fieldwork, None, one.fieldwork, one.published)
        ),
        None,
    )
    if older is None:
        return False
    for one in cluster:
        release, cell = files[one.release], one.first_cell
        reason = (
            f"inspected on {one.fieldwork} under {older.framework}, published on "
            f"{older.published}; its grades stand in the history"
        )
        release.skipped.append(SkippedRow(release.book.file, cell.sheet, cell.row, reason))
        release.rows_taken[cell.sheet] -= 1
        release.observations.remove(one)
    return True


def _link_re_inspections(joined: list[Assessment]) -> None:
    first: dict[tuple[str, str, int, str], str] = {}
    for one in joined:
        for found in one.observations:
            if not found.follows_up:
                first[_row_key(found, found.framework)] = one.key
    for one in joined:
        for found in one.observations:
            one.follows_up = one.follows_up or first.get(_row_key(found, found.follows_up), "")


def _row_key(one: Observation, framework: str) -> tuple[str, str, int, str]:
    cell = one.first_cell
    return one.release, cell.sheet, cell.row, framework


def _visit(one: Observation) -> str:
    return one.kind if one.kind in VISITS else ""


def _missing_dates(one: Observation) -> int:
    return 0 if one.fieldwork and one.published else 1 if one.fieldwork else 2


def _cluster_inspections(observations: list[Observation]) -> list[list[Observation]]:
    clusters: dict[str, list[list[Observation]]] = defaultdict(list)
    for one in observations:
        known = clusters[one.authority.key]
        same = [cluster for cluster in known if any(_same_date(one, other) for other in cluster)]
        like = same or [cluster for cluster in known if _alike(one, cluster)]
        if len(like) == 1:
            like[0].append(one)
        else:
            known.append([one])
    return [cluster for known in clusters.values() for cluster in known]


def _same_date(one: Observation, other: Observation) -> bool:
    if one.fieldwork and one.fieldwork == other.fieldwork:
        return True
    return one.published is not None and one.published == other.published


def _alike(one: Observation, cluster: list[Observation]) -> bool:
    """Each pair of dates is close enough to be the same inspection's, whatever its grades.

    Releases correct one another's grades too; two ILACS inspections of one authority were
    never less than 910 days apart (Luton 2020 and 2022).
    """
    return all(_close(one, other) for other in cluster)


def _close(one: Observation, other: Observation) -> bool:
    return are_close(one.fieldwork, one.published, other.fieldwork, other.published)


def _assessment(
    cluster: list[Observation], order: dict[int, int], frameworks: Frameworks
) -> Assessment:
    cluster = sorted(cluster, key=lambda one: order[id(one)])
    first = cluster[0]
    found = Assessment("", "", cluster)
    framework = frameworks.version(
        first.framework,
        area_slugs(found.graded),
        found.fieldwork or found.published,
    )
    found.framework = framework.key
    if not framework.is_keyed_by_fieldwork:
        found.date = str(first.published)
    else:
        found.date = str(found.fieldwork) if found.fieldwork else f"published-{found.published}"
    return found


def area_slugs(roles: Collection[str]) -> set[str]:
    """The areas that graded columns of one row stand for.

    A column on children in care speaks of care leavers too unless one beside it does.
    """
    together = "care-leavers" not in roles
    return {_TOGETHER if together and role == _IN_CARE else role for role in roles}


def area_of_column(role: str, framework: Framework) -> str:
    """The area of a framework for which a column stands."""
    return _TOGETHER if role == _IN_CARE and role not in framework.areas else role


def _check_keys(joined: list[Assessment], releases: dict[str, Release]) -> None:
    seen: dict[str, Assessment] = {}
    for one in joined:
        cell = one.observations[0].first_cell
        book = releases[one.observations[0].release].book
        if one.key in seen:
            other = seen[one.key].observations[0].first_cell
            raise book.cell_error(
                cell, f"another assessment of {one.key} stands in {other.column}{other.row}"
            )
        seen[one.key] = one
        words = {word for found in one.observations for word in found.words.values()}
        if THEME in one.observations[0].cells and any(words):
            raise book.cell_error(cell, "a visit with a theme has grades")
        if not words and one.kind not in VISITS:
            raise book.cell_error(cell, "an inspection without grades is no visit")

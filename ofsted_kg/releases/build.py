"""Import of Ofsted's releases of local-authority inspection outcomes.

All releases are read and joined before anything is written, so that bad input
leaves the data folder as it was.
"""

from collections.abc import Iterable
from dataclasses import dataclass, field
from pathlib import Path

from ofsted_kg.errors import SourceError
from ofsted_kg.identity.authorities import Authorities
from ofsted_kg.identity.frameworks import Frameworks
from ofsted_kg.rdf.turtle import encode_turtle
from ofsted_kg.rdf.writing import write_bytes
from ofsted_kg.releases.encoding import ReleaseEncoder
from ofsted_kg.releases.joining import Assessment, join_assessments
from ofsted_kg.releases.rows import Release, SkippedRow, read_release
from ofsted_kg.releases.sheets import read_workbook


@dataclass(frozen=True)
class SheetCount:
    """Rows of a sheet that were taken and what they state; a grade cell counts each time."""

    file: str
    sheet: str
    rows: int
    grade_cells: int
    unjudged_cells: int
    assessments: int
    authorities: int


@dataclass(frozen=True)
class FrameworkCount:
    """What all releases together state of a framework, each judgement counted once."""

    framework: str
    assessments: int
    judgements: int
    authorities: int


@dataclass
class ReleasesSummary:
    """What an import took, row by row accountable, and what it did not take and why."""

    sheets: list[SheetCount] = field(default_factory=list)
    frameworks: list[FrameworkCount] = field(default_factory=list)
    skipped: list[SkippedRow] = field(default_factory=list)
    keyed_by_publication: list[str] = field(default_factory=list)
    files_written: list[str] = field(default_factory=list)

    def lines(self) -> list[str]:
        """The counts in words, one a line."""
        found = [
            f"{one.file}, {one.sheet}: {one.rows} rows, {one.assessments} assessments,"
            f" {one.grade_cells} grades, {one.unjudged_cells} not judged,"
            f" {one.authorities} authorities"
            for one in self.sheets
        ]
        found += [
            f"{one.framework}: {one.assessments} assessments, {one.judgements} judgements,"
            f" {one.authorities} authorities"
            for one in self.frameworks
        ]
        found += [
            f"{one.file}, {one.sheet}{f', row {one.row}' if one.row else ''}:"
            f" not taken, {one.reason}"
            for one in self.skipped
        ]
        found += [f"{key}: keyed by its publication" for key in self.keyed_by_publication]
        return found


def import_releases(
    sources: Path | Iterable[Path],
    data: Path,
    authorities: Authorities,
    ontology: Path | None = None,
) -> ReleasesSummary:
    """Read releases (a folder with ODS files, or files) and write `data/releases/*.ttl`.

    `ontology` is the folder with frameworks and scales, beside `data` unless
    given. Raises SourceError naming file, sheet and cell for anything that
    cannot be used; then nothing is written.
    """
    paths = sorted(sources.glob("*.ods")) if isinstance(sources, Path) else list(sources)
    if not paths:
        raise SourceError(f"{sources}: holds no ODS file; give the folder with the releases")
    frameworks = Frameworks.read(ontology or data.parent / "ontology")
    releases = [read_release(read_workbook(path), authorities, frameworks) for path in paths]
    _check_slugs(releases)
    assessments = join_assessments(releases, frameworks)

    summary = _summarise(releases, assessments)
    judgements: dict[str, set[str]] = {}
    encoded = []
    for release in releases:
        encoder = ReleaseEncoder(release, frameworks)
        path = data / "releases" / f"{release.slug}.ttl"
        comment = f"Generated from {release.book.file} by the import of releases."
        encoded.append((path, encode_turtle(encoder.triples(assessments), comment)))
        for node, framework in encoder.judgements.items():
            judgements.setdefault(framework, set()).add(node.value)
    summary.frameworks = _count_frameworks(assessments, judgements)
    for path, content in encoded:
        write_bytes(path, content)
        summary.files_written.append(str(path))
    return summary


def _check_slugs(releases: list[Release]) -> None:
    files: dict[str, str] = {}
    for one in releases:
        if one.slug in files:
            raise SourceError(
                f"{one.book.file} and {files[one.slug]} are both the release as at"
                f" {one.as_at}; leave one out"
            )
        files[one.slug] = one.book.file


def _summarise(releases: list[Release], assessments: list[Assessment]) -> ReleasesSummary:
    summary = ReleasesSummary(
        skipped=[one for release in releases for one in release.skipped],
        keyed_by_publication=[one.key for one in assessments if "published-" in one.date],
    )
    for release in releases:
        for sheet, rows in release.rows_taken.items():
            found = [one for one in release.observations if one.first_cell.sheet == sheet]
            words = [word for one in found for word in one.words.values()]
            summary.sheets.append(
                SheetCount(
                    file=release.book.file,
                    sheet=sheet,
                    rows=rows,
                    grade_cells=sum(bool(word) for word in words),
                    unjudged_cells=sum(not word for word in words),
                    assessments=len(found),
                    authorities=len({one.authority.key for one in found}),
                )
            )
    return summary


def _count_frameworks(
    assessments: list[Assessment], judgements: dict[str, set[str]]
) -> list[FrameworkCount]:
    keys = sorted({one.framework for one in assessments})
    return [
        FrameworkCount(
            framework=key,
            assessments=sum(one.framework == key for one in assessments),
            judgements=len(judgements.get(key, ())),
            authorities=len({one.authority for one in assessments if one.framework == key}),
        )
        for key in keys
    ]

"""Rebuilds what is generated, in the order in which one part needs another."""

from collections.abc import Iterator, Sequence
from pathlib import Path

from ofsted_kg.rdf.files import root


def build(
    *,
    reference: Path | None = None,
    releases: Path | None = None,
    reports: Path | Sequence[Path] | None = None,
    documents: Path | None = None,
    overviews: Path | None = None,
    jobs: int | None = None,
) -> Iterator[str]:
    """Rebuilds the parts whose sources are named, then all that follows from the data.

    `reference` is a folder of reference tables, `releases` one of Ofsted's releases (ODS),
    `reports` one or several of inspection reports (PDF), `documents` one of the encoded documents
    (text), `overviews` one of other people's overviews of inspections (CSV), which are
    compared with all the others. Yields a line for each part and each file that changed.
    Raises SourceError for a source that cannot be used; the part it belongs to is then left
    as it was.
    """
    home = root()
    data = home / "data"
    before = _stamps(home)
    if reference:
        from ofsted_kg.reference.build import import_reference

        yield f"reference: {len(import_reference(reference, data))} files"
    if releases:
        from ofsted_kg.identity.authorities import Authorities
        from ofsted_kg.releases.build import import_releases

        known = Authorities.read(data / "reference")
        yield from import_releases(releases, data, known).lines()
    if reports:
        from ofsted_kg.reports.build import build_reports

        yield from build_reports(reports, data, jobs).lines()
    if documents:
        from ofsted_kg.documents.build import build_passages

        build_passages(data, documents)
        yield "passages: every paragraph and sentence of the encoded documents"
    if overviews:
        from ofsted_kg.identity.authorities import Authorities
        from ofsted_kg.overviews.build import import_overviews

        known = Authorities.read(data / "reference")
        yield from import_overviews(overviews, data, known).lines()
    yield from consequences(home)
    after = _stamps(home)
    changed = sorted(name for name in after.keys() | before.keys() if _differs(before, after, name))
    yield from (f"changed: {name}" for name in changed)
    yield f"{len(changed)} of {len(after)} files changed"


def consequences(home: Path) -> Iterator[str]:
    """Rebuilds what follows from the data by rule, with a line on each part that says more."""
    from ofsted_kg.derived.build import derive
    from ofsted_kg.overviews.settling import settle_overviews
    from ofsted_kg.publishing.dataset import build_description
    from ofsted_kg.publishing.jsonld import build_context

    if settled := settle_overviews(home / "data"):
        yield f"overviews: {settled} inspections that only they had are now official"
    derived = derive(home)
    yield (
        f"derived: {derived.due_dates} due dates, {derived.followed} judgements with one before "
        f"them, {derived.discrepancies} discrepancies, {derived.reviews} reviews of claims"
    )
    build_context(home)
    build_description(home)


def _stamps(home: Path) -> dict[str, tuple[int, int]]:
    parts = [home / name for name in ("data", "ontology", "queries")]
    files = [path for part in parts for path in sorted(part.rglob("*")) if path.is_file()]
    return {
        path.relative_to(home).as_posix(): (path.stat().st_size, path.stat().st_mtime_ns)
        for path in files
    }


def _differs(
    before: dict[str, tuple[int, int]], after: dict[str, tuple[int, int]], name: str
) -> bool:
    return before.get(name) != after.get(name)

"""Import of overviews: all are read and matched before anything is written."""

from collections.abc import Iterable
from dataclasses import dataclass, field
from pathlib import Path

from ofsted_kg.errors import SourceError
from ofsted_kg.identity.authorities import Authorities
from ofsted_kg.identity.frameworks import Frameworks
from ofsted_kg.overviews.encoding import OverviewEncoder, Told
from ofsted_kg.overviews.matching import Matched, Unmatched, listed_reports, match
from ofsted_kg.overviews.official import Official
from ofsted_kg.overviews.tables import read_overview
from ofsted_kg.rdf.turtle import encode_turtle
from ofsted_kg.rdf.writing import write_bytes


@dataclass(frozen=True)
class OverviewCount:
    """What an overview holds: rows, claims it is the first to make, claims it repeats."""

    file: str
    rows: int
    claims: int
    repeated: int


@dataclass
class OverviewsSummary:
    """What an import took: reports listed, how many only overviews have, what was left and why."""

    overviews: list[OverviewCount] = field(default_factory=list)
    reports: int = 0
    only_claimed: int = 0
    unmatched: list[Unmatched] = field(default_factory=list)

    def lines(self) -> list[str]:
        """The counts in words, one a line."""
        found = [
            f"{one.file}: {one.rows} rows, {one.claims} claims, {one.repeated} repeated"
            for one in self.overviews
        ]
        found.append(
            f"overviews: {self.reports} reports, of {self.only_claimed} of which no official"
            " source is at hand"
        )
        for one in self.unmatched:
            row = one.listed.first
            place = f"{row.overview.file}, row {next(iter(row.cells.values())).row}"
            found.append(f"{place}: not taken, {one.reason}")
        return found


def import_overviews(
    sources: Path | Iterable[Path],
    data: Path,
    authorities: Authorities,
    ontology: Path | None = None,
) -> OverviewsSummary:
    """Read overviews (a folder with CSV files, or files) and write `data/overviews/*.ttl`.

    `data` holds what official sources say, which must be built before. `ontology` is the
    folder with frameworks and scales, beside `data` unless given. Raises SourceError naming
    file, row and column for anything that cannot be used; then nothing is written.
    """
    paths = sorted(sources.glob("*.csv")) if isinstance(sources, Path) else list(sources)
    if not paths:
        raise SourceError(f"{sources}: holds no CSV file; give the folder with the overviews")
    frameworks = Frameworks.read(ontology or data.parent / "ontology")
    overviews = [read_overview(path) for path in paths]
    official = Official.read(data)
    found = match(listed_reports(overviews, authorities), official, frameworks)
    matched = [one for one in found if isinstance(one, Matched)]
    summary = OverviewsSummary(
        reports=len(found),
        only_claimed=sum(not one.is_official for one in matched),
        unmatched=[one for one in found if isinstance(one, Unmatched)],
    )
    encoded = []
    told = Told()
    for overview in overviews:
        encoder = OverviewEncoder(overview, official, told)
        comment = f"Generated from {overview.file} by the import of overviews."
        content = encode_turtle(encoder.triples(matched), comment)
        encoded.append((data / "overviews" / f"{overview.slug}.ttl", content))
        summary.overviews.append(
            OverviewCount(overview.file, len(overview.rows), encoder.claims, encoder.repeated)
        )
    for path, content in encoded:
        write_bytes(path, content)
    return summary

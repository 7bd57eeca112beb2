"""The graph brought up to date from Ofsted's own pages and releases: fetch, then build."""

from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from ofsted_kg.errors import OfstedKgError, SourceError
from ofsted_kg.rdf.files import cache_folder, root
from ofsted_kg.rdf.staging import staged

if TYPE_CHECKING:
    from ofsted_kg.fetching.client import Pace
    from ofsted_kg.fetching.shelf import Shelf

ADDRESSES = "data/reference/online.csv"


@dataclass(frozen=True)
class Update:
    """What an update found and changed, a line each.

    `new` are the files that were fetched, or would be; `not_read` those that no reader could
    read; `problems` what was not as expected, so that the graph may lack something.
    """

    new: tuple[str, ...]
    not_read: tuple[str, ...]
    changed: tuple[str, ...]
    problems: tuple[str, ...]


def default_folder() -> Path:
    """Where files are fetched to unless another folder is named."""
    return cache_folder() / "fetched"


def update(
    folder: Path | str | None = None,
    *,
    dry_run: bool = False,
    tell: Callable[[str], None] = lambda line: None,
    pace: "Pace | None" = None,
    addresses: Path | None = None,
) -> Update:
    """Fetch what is new into a folder, and build it into the graph.

    `dry_run` asks the pages, tells what would be fetched and writes nothing. `tell` is given
    a line for each step; `pace` slows or hastens the requests; `addresses` is a table like
    the project's own. What was fetched stays where a run is broken off, and the next one
    goes on from there; the graph changes as a whole or not at all. Raises SourceError where
    the first page is not what it was, OfstedKgError where the graph cannot be written.
    """
    from ofsted_kg.fetching.addresses import Addresses
    from ofsted_kg.fetching.client import Client
    from ofsted_kg.fetching.fetch import Run
    from ofsted_kg.fetching.known import Known
    from ofsted_kg.fetching.shelf import Shelf
    from ofsted_kg.releases.at_hand import at_hand

    home, place = root(), Path(folder) if folder else default_folder()
    if place.exists() and not place.is_dir():
        raise OfstedKgError(f"{place}: is no folder")
    table = Addresses.read(addresses or home / ADDRESSES)
    shelf, known = Shelf(place), Known.read(home / "data")
    with Client(table, pace) as client:
        found = Run(client, table, known, shelf, dry=dry_run).run(tell)
    releases = at_hand(shelf.releases, home / "data", known.releases, found.spreadsheets)
    for line in releases.passed_over:
        tell(line)
    if dry_run:
        return Update(tuple(found.new), (), (), (*found.problems, *releases.problems))
    for path in releases.broken:
        shelf.set_release_aside(path)
    not_read, changed, more = _build(shelf, home, releases.to_build, tell)
    problems = (*found.problems, *releases.problems, *more)
    return Update(tuple(found.new), not_read, changed, problems)


def _build(
    shelf: "Shelf", home: Path, releases: list[Path], tell: Callable[[str], None]
) -> tuple[tuple[str, ...], tuple[str, ...], tuple[str, ...]]:
    """What could not be read, the files that changed, and what else went wrong."""
    from ofsted_kg.building import consequences
    from ofsted_kg.identity.authorities import Authorities
    from ofsted_kg.releases.build import import_releases
    from ofsted_kg.reports.build import build_reports
    from ofsted_kg.reports.memory import reading_digest

    if not any(shelf.entries) and not releases:
        return (), (), ()  # nothing was ever fetched
    reader = reading_digest(home / "data", home / "ontology")
    if shelf.state["reader"] != reader:  # what no reader could read, the present one may
        shelf.take_up()
        shelf.state["built"] = False
    if shelf.state["built"] and not releases:
        return (), (), ()
    not_read: list[str] = []
    problems: list[str] = []
    reasons: dict[str, str] = {}
    with staged(home) as staging:
        data = staging.folder / "data"
        if releases:
            tell("reading the releases")
            try:
                import_releases(releases, data, Authorities.read(data / "reference"))
            except SourceError as error:  # each can be read, but not together
                problems.append(f"no release was built: {error}")
        if any(shelf.reports.glob("*/*.pdf")):
            tell("reading the reports")
            summary = build_reports(shelf.reports, data)
            reasons = {file: line.removeprefix(f"{file}: ") for file, line in summary.failed}
            for note in summary.notes:
                tell(f"note: {': '.join(note)}")
        for line in consequences(staging.folder):
            tell(line)
    for one in shelf.set_aside(reasons):
        title = f"{one.authority}: {one.title_on_web}, {one.published_on_web or 'no day'}"
        not_read.append(f"not read: {title}: {one.not_read}")
    shelf.state["reader"] = reading_digest(home / "data", home / "ontology")
    shelf.state["built"] = True
    shelf.save()
    return tuple(not_read), tuple(staging.changed), tuple(problems)

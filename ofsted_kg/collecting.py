"""The reports on an authority, fetched from their official addresses into a folder of one's own.

So that `ask … --words FOLDER` finds the sentences behind its rows. A file is kept only if it is
the very one that was read into the graph, by its digest, and nothing in the folder is replaced.
"""

import contextlib
import hashlib
import shlex
import tempfile
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING

from ofsted_kg.asking.copies import Copies
from ofsted_kg.asking.parameters import bindings
from ofsted_kg.asking.questions import load_question
from ofsted_kg.asking.reports import Report, reports_on
from ofsted_kg.errors import NotFoundError, OfstedKgError, SourceError, one_line
from ofsted_kg.identity.names import fold, slug
from ofsted_kg.rdf.files import root
from ofsted_kg.rdf.writing import write_new
from ofsted_kg.store import Store

if TYPE_CHECKING:
    from ofsted_kg.fetching.addresses import Addresses
    from ofsted_kg.fetching.client import Client, Pace

# In the folder where one works, as other programs fetch: there it is seen, and kept. The cache
# is no place for it, since caches are emptied without a thought.
DEFAULT_FOLDER = Path("ofsted-reports")
ADDRESSES = "data/reference/online.csv"
_LONGEST_NAME = 100


@dataclass
class Collected:
    """What became of the reports asked for, a line each.

    `new` are those that were fetched, or would be; `held` those that were there; `without` those
    that have no address, or no digest to check a file by; `problems` what went wrong, by which
    `missed` reports that can be fetched were not. `notes` say whom a name was taken for.
    """

    folder: Path
    authorities: tuple[str, ...]
    new: list[str] = field(default_factory=list)
    held: list[str] = field(default_factory=list)
    without: list[str] = field(default_factory=list)
    problems: list[str] = field(default_factory=list)
    notes: list[str] = field(default_factory=list)
    missed: int = 0

    def lines(self, *, dry_run: bool = False) -> list[str]:
        """How many became what, and what can be asked now."""
        verb = "would be fetched" if dry_run else "fetched"
        counts = f"{len(self.new)} {verb}, {len(self.held)} held"
        more = f", {len(self.without)} cannot be fetched" if self.without else ""
        more += f", {self.missed} missed" if self.missed else ""
        found = [f"{one_line(self.folder)}: {counts}{more}"]
        named = [word for name in self.authorities for word in ("--authority", name)]
        ask = shlex.join(["ofsted-kg", "ask", "findings", *named, "--words", str(self.folder)])
        if self.new and not dry_run and ask.isprintable():
            found.append(f"now: {ask}")
        return found


def collect(
    store: Store,
    authorities: Sequence[str],
    folder: Path | str | None = None,
    *,
    dry_run: bool = False,
    tell: Callable[[str], None] = lambda line: None,
    pace: "Pace | None" = None,
    addresses: Path | None = None,
) -> Collected:
    """Fetch the reports on some authorities, by any of their names, into a folder.

    The folder is `ofsted-reports` where one works, unless another is named. What it holds is not
    fetched again, whatever it is called there. `dry_run` asks nobody and writes nothing; `tell`
    is given a line for each report. Raises NotFoundError where the graph has no report on them,
    OfstedKgError for a name that is not known and a folder that cannot be written.
    """
    from ofsted_kg.fetching.addresses import Addresses
    from ofsted_kg.fetching.client import Client

    done = Collected(Path(folder) if folder else DEFAULT_FOLDER, tuple(authorities))
    if done.folder.exists() and not done.folder.is_dir():
        raise OfstedKgError(f"{done.folder}: is no folder")
    table = Addresses.read(addresses or root() / ADDRESSES)
    reports = _reports(store, authorities, done)
    wanted = _Sorting(table, done, tell, dry_run=dry_run).wanted(reports)
    if wanted and not dry_run:
        _require_writable(done.folder)
        before = len(done.held)
        with Client(table, pace) as client:
            _fetch_all(client, wanted, done, tell)
        done.missed = len(wanted) - len(done.new) - (len(done.held) - before)
    return done


def _reports(store: Store, authorities: Sequence[str], done: Collected) -> list[Report]:
    """The reports on all of some authorities, each once; a name that has none is a problem."""
    if not authorities:
        raise OfstedKgError("name an authority whose reports are wanted")
    asked = load_question("inspections")  # any question that takes an authority
    found: dict[str, Report] = {}
    for name in authorities:
        meant = bindings(asked, {"authority": [name]}, store, done.notes)["_authority"]
        reports = reports_on(store, meant)
        found.update((one.key, one) for one in reports if one.key not in found)
        if not reports:
            done.problems.append(
                f"{name}: the graph has no report on this authority; ask inspections lists what"
                " is known of it"
            )
    if not found:
        raise NotFoundError("; ".join(done.problems))
    return list(found.values())


class _Sorting:
    """Tells which reports are held, which can be fetched, and which cannot and why."""

    def __init__(
        self,
        addresses: "Addresses",
        done: Collected,
        tell: Callable[[str], None],
        *,
        dry_run: bool,
    ) -> None:
        self._addresses = addresses
        self._copies = Copies([done.folder], {}) if done.folder.is_dir() else None
        self._done = done
        self._tell = tell
        self._dry_run = dry_run

    def wanted(self, reports: Sequence[Report]) -> list[Report]:
        """Those of the reports that are to be fetched."""
        found = []
        for one in reports:
            if copy := self._held(one):
                self._done.held.append(_line(one))
                self._tell(f"held: {_line(one)}: {one_line(copy)}")
            elif why := self._hindrance(one):
                self._done.without.append(f"{_line(one)}: {why}")
                self._tell(f"not fetched: {_line(one)}: {why}")
            else:
                found.append(one)
                if self._dry_run:
                    self._done.new.append(_line(one))
                    self._tell(f"would fetch {_line(one)}")
        return found

    def _held(self, one: Report) -> Path | None:
        found = (self._copies.file(each) for each in sorted(one.digests)) if self._copies else ()
        return next(filter(None, found), None)

    def _hindrance(self, one: Report) -> str:
        """Why a report cannot be fetched, with what to do instead; empty where it can."""
        if not one.address:
            return f"no address on record; look on {self._page(one)}"
        if not one.digests:
            return "not read into the graph, so that nothing rests on it; update brings it in"
        if not one.files:
            return "no digest of its file on record, by which to check one"
        if self._addresses.parts("report", one.address) is None:
            return f"not at a place of reports, {self._addresses.shown('report')}"
        return ""

    def _page(self, one: Report) -> str:
        """Where the reports on its authority are listed."""
        of_theirs = (page for page in one.pages if self._addresses.parts("provider", page))
        search = self._addresses.fill("search", start=0, rows=100).partition("?")[0]
        return next(of_theirs, search)


def _fetch_all(
    client: "Client", reports: Sequence[Report], done: Collected, tell: Callable[[str], None]
) -> None:
    """Fetches one after the other; where a place wants no more requests it ends there."""
    from ofsted_kg.fetching.client import RefusedError

    kept: set[str] = set()
    for number, one in enumerate(reports, start=1):
        if one.files & kept:  # the file of a report before it
            done.held.append(_line(one))
            continue
        tell(f"fetching {number} of {len(reports)}: {_line(one)}")
        try:
            _keep(_fetched(client, one), one, done.folder)
        except RefusedError as error:
            left = len(reports) - number
            done.problems.append(f"{error}; {left} more were not asked for, run it again")
            return
        except SourceError as error:
            done.problems.append(f"{error} ({one_line(one.title)})")
        else:
            done.new.append(_line(one))
            kept |= one.files


def _fetched(client: "Client", one: Report) -> bytes:
    """The file of a report; SourceError where what comes is not the one that was read."""
    from ofsted_kg.fetching.fetch import no_pdf

    answer = client.get(one.address, is_file=True)
    digest = hashlib.sha256(answer.content).hexdigest()
    if digest not in one.files:
        fault = no_pdf(answer) or (
            f"answers with another file than was read into the graph (SHA-256 {digest[:12]}…, not"
            f" {min(one.files)[:12]}…); if it is a newer issue of the report, add takes it in"
        )
        raise SourceError(f"{one.address}: {fault}: not kept")
    return answer.content


def _keep(content: bytes, one: Report, folder: Path) -> None:
    """Writes a report under a name made of what the graph calls it, never of its address."""
    name = slug(fold(f"{one.day} {one.title}"))[:_LONGEST_NAME].strip("-") or "report"
    place = folder / (slug(fold(one.authority))[:_LONGEST_NAME].strip("-") or "authority")
    digest = hashlib.sha256(content).hexdigest()
    try:
        place.mkdir(parents=True, exist_ok=True)
        for path in (place / f"{name}.pdf", place / f"{name}-{digest[:12]}.pdf"):
            with contextlib.suppress(FileExistsError):  # another file, or it would be held
                write_new(path, content)
                return
    except OSError as error:
        raise _unwritable(place, error) from None
    raise SourceError(
        f"{one.address}: {one_line(path)} is there and is another file: left as it is"
    )


def _require_writable(folder: Path) -> None:
    """Nothing is fetched for a folder that takes no file."""
    try:
        folder.mkdir(parents=True, exist_ok=True)
        with tempfile.TemporaryFile(dir=folder):
            pass
    except OSError as error:
        raise _unwritable(folder, error) from None


def _unwritable(folder: Path, error: OSError) -> OfstedKgError:
    reason = (error.strerror or str(error)).lower()
    return OfstedKgError(f"{folder}: cannot be written: {reason}")


def _line(one: Report) -> str:
    day = one.day if one.is_published else f"inspected {one.day or 'on no day on record'}"
    return one_line(f"{one.title}, {day}" + (f": {one.address}" if one.address else ""))

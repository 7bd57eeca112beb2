"""Spreadsheets in a folder, told apart: releases to build, other workbooks, what cannot be read."""

from collections.abc import Collection, Mapping
from dataclasses import dataclass, field
from pathlib import Path

from ofsted_kg.errors import SourceError
from ofsted_kg.identity.authorities import Authorities
from ofsted_kg.identity.frameworks import Frameworks
from ofsted_kg.releases.rows import lists_inspections, read_release
from ofsted_kg.releases.sheets import read_workbook

_REMEDY = (
    "a newer version of ofsted-kg may know it; else describe its sheets by a file in"
    " ofsted_kg/releases/layouts, and run again"
)


@dataclass
class AtHand:
    """What stands in a folder beyond the releases of the graph.

    `to_build` are all that the graph should be built from, where one of them is new; `broken`
    are no spreadsheets; `passed_over` says of other workbooks that they are none of ours, and
    `problems` what the graph lacks and what to do about it, a line each.
    """

    to_build: list[Path] = field(default_factory=list)
    broken: list[Path] = field(default_factory=list)
    passed_over: list[str] = field(default_factory=list)
    problems: list[str] = field(default_factory=list)


def at_hand(
    folder: Path, data: Path, held: Collection[str], editions: Mapping[str, Collection[str]]
) -> AtHand:
    """Look at a folder of spreadsheets; `held` are the names of those in the graph.

    `editions` are names of spreadsheets by the address of the edition that they come from,
    of which one at least must be a release. Releases are joined: a row of one may be the same
    inspection as a row of another, so that a new one cannot be built without those before it.
    """
    found = AtHand()
    paths = {path.name: path for path in sorted(folder.glob("*.ods"))}
    if paths.keys() <= set(held):
        return found  # nothing is new
    authorities = Authorities.read(data / "reference")
    frameworks = Frameworks.read(data.parent / "ontology")
    releases = set(held)  # known to be one, though it may not be readable
    readable = {}
    for name, path in paths.items():
        try:
            book = read_workbook(path)
        except SourceError as error:
            found.broken.append(path)
            found.problems.append(
                f"{str(error).removesuffix('; fetch it again')}; the next run fetches it again"
            )
            releases.add(name)
            continue
        if not lists_inspections(book):
            found.passed_over.append(
                f"passed over: {name}: has no sheet of inspections of local authorities"
            )
            continue
        releases.add(name)
        try:
            read_release(book, authorities, frameworks)
            readable[name] = path
        except SourceError as error:
            found.problems.append(f"not built: {error}; {_REMEDY}")
    for address, names in editions.items():
        if names and set(names) <= paths.keys() and not releases & set(names):
            found.problems.append(
                f"{address}: no sheet of {', '.join(names)} has headings of inspections of local"
                f" authorities that are known here; {_REMEDY}"
            )
    new = sorted(readable.keys() - set(held))
    lacking = sorted(set(held) - readable.keys())
    if new and lacking:
        found.problems.append(
            f"{', '.join(new)}: joined with {', '.join(lacking)}, which the pages no longer"
            f" offer: put your copies into {folder} and run again"
        )
    elif new:
        found.to_build = list(readable.values())
    return found

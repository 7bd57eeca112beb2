"""A home about one authority, built from its reports and what overviews list of it."""

import csv
import shutil
from pathlib import Path

from ofsted_kg.building import consequences
from ofsted_kg.identity.authorities import Authorities
from ofsted_kg.overviews.build import import_overviews
from ofsted_kg.reports.build import build_reports
from tests.conftest import ROOT

FOLDER = "80557-south-tyneside"
NEWEST = f"{FOLDER}/2026-08-04.pdf"


def south_tyneside(shared: Path, found: Path) -> Path:
    """All reports on South Tyneside, with a catalogue, and what overviews list of it."""
    shutil.copytree(shared / "reports" / FOLDER, found / "reports" / FOLDER)
    _rows(shared / "reports/catalogue.csv", found / "reports/catalogue.csv", "ofsted_urn", "80557")
    (found / "overviews").mkdir()
    for path in (shared / "reference/overviews").glob("*.csv"):
        _rows(path, found / "overviews" / path.name, "register_code", "STY")
    return found


def content(home: Path) -> dict[str, bytes]:
    """Every file of data and ontology."""
    found = [path for part in ("data", "ontology") for path in (home / part).rglob("*")]
    return {p.relative_to(home).as_posix(): p.read_bytes() for p in found if p.is_file()}


def _rows(path: Path, to: Path, column: str, value: str) -> None:
    with path.open(encoding="utf-8-sig", newline="") as lines, to.open("w", newline="") as found:
        rows = csv.DictReader(lines)
        written = csv.DictWriter(found, rows.fieldnames or ())
        written.writeheader()
        written.writerows(row for row in rows if row[column] == value)


def built_home(folder: Path, sources: Path, without: str = "", *, catalogue: bool = True) -> Path:
    """A home built from the sources, or from all but one report."""
    for part in ("ontology", "queries", "data/reference", "data/opinions"):
        shutil.copytree(ROOT / part, folder / part)
    shutil.copytree(sources / "reports", folder / "sources")
    if without:
        (folder / "sources" / without).unlink()
    if not catalogue:
        (folder / "sources/catalogue.csv").unlink()
    data = folder / "data"
    build_reports(folder / "sources", data, 2, progress=False)
    import_overviews(sources / "overviews", data, Authorities.read(data / "reference"))
    list(consequences(folder))
    return folder

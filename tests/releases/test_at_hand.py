"""Spreadsheets are told apart by their sheets, and none that is a release is lost in silence."""

import shutil
from pathlib import Path

import pytest

from ofsted_kg.releases.at_hand import at_hand
from tests.conftest import ROOT
from tests.releases.test_sheets import Sheets, small_release, write_ods

EDITION = "https://www.example.org/edition"
PLACES: Sheets = {"Places": [["Local authority", "Places"], ["Camden", "9"]]}


def test_a_release_and_another_workbook(tmp_path: Path) -> None:
    """Whatever the files are called."""
    release = write_ods(tmp_path / "places.ods", small_release())
    write_ods(tmp_path / "outcomes.ods", PLACES)
    found = at_hand(tmp_path, ROOT / "data", (), {EDITION: ["outcomes.ods", "places.ods"]})
    assert found.to_build == [release]
    assert found.passed_over == [
        "passed over: outcomes.ods: has no sheet of inspections of local authorities"
    ]
    assert not found.problems and not found.broken


def test_a_release_with_a_changed_heading(tmp_path: Path) -> None:
    sheets = small_release()
    sheets["Inspections_as_at_31_March"][1][6] = "Overall grade"
    write_ods(tmp_path / "a.ods", sheets)
    found = at_hand(tmp_path, ROOT / "data", (), {EDITION: ["a.ods"]})
    (problem,) = found.problems
    assert "a.ods, sheet Inspections_as_at_31_March, cell G2" in problem
    assert "describe its sheets by a file in ofsted_kg/releases/layouts" in problem
    assert not found.to_build


def test_an_edition_of_which_no_heading_is_known(tmp_path: Path) -> None:
    sheets = small_release()
    for name, rows in sheets.items():
        if name != "Cover":
            rows[1] = [f"{heading} (new)" for heading in rows[1]]
    write_ods(tmp_path / "a.ods", sheets)
    (problem,) = at_hand(tmp_path, ROOT / "data", (), {EDITION: ["a.ods"]}).problems
    assert problem.startswith(f"{EDITION}: no sheet of a.ods has headings of inspections")
    assert "run again" in problem
    # A file that could not be fetched is told of by who fetches.
    assert not at_hand(tmp_path, ROOT / "data", (), {EDITION: ["a.ods", "b.ods"]}).problems


@pytest.mark.parametrize("content", [b"", b"PK", b"PK\x03\x04 and so on"])
def test_what_is_no_spreadsheet_is_broken(tmp_path: Path, content: bytes) -> None:
    (tmp_path / "a.ods").write_bytes(content)
    found = at_hand(tmp_path, ROOT / "data", (), {EDITION: ["a.ods"]})
    assert found.broken == [tmp_path / "a.ods"]
    (problem,) = found.problems
    assert problem.startswith("a.ods: is not a readable spreadsheet")
    assert problem.endswith("; the next run fetches it again")


def test_a_release_waits_for_those_it_is_joined_with(tmp_path: Path) -> None:
    release = write_ods(tmp_path / "2026.ods", small_release())
    (problem,) = at_hand(tmp_path, ROOT / "data", {"2025.ods"}, {}).problems
    assert problem.startswith("2026.ods: joined with 2025.ods, which")
    assert f"put your copies into {tmp_path} and run again" in problem
    before = shutil.copy(release, tmp_path / "2025.ods")
    assert at_hand(tmp_path, ROOT / "data", {"2025.ods"}, {}).to_build == [before, release]


def test_what_the_graph_has_is_not_read_again(tmp_path: Path) -> None:
    (tmp_path / "a.ods").write_bytes(b"spoiled, but held")
    assert not at_hand(tmp_path, ROOT / "data", {"a.ods"}, {EDITION: ["a.ods"]}).problems

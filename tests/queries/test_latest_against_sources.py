"""Every latest grade against what Ofsted's newest release and two overviews list, read apart.

Where a source says otherwise, `docs/differences.md` has a row that tells why.
"""

import csv
import datetime
import re
from collections.abc import Iterator
from pathlib import Path

import pytest
import python_calamine

from ofsted_kg import KnowledgeGraph

COLUMNS = {
    "Children's services as a whole": (6, "overall_effectiveness"),
    "Leadership": (7, "impact_of_leaders"),
    "Help and protection": (8, "help_and_protection"),
    "Looked after children": (9, "in_care"),
    "Care leavers": (10, "care_leavers"),
}
RELEASE = "LA_Inspection_Outcomes_as_at_31_March_2025.ods"
OVERVIEWS = ("ilacs-history-2026-08-21", "ilacs-overview-2026-06-29")
UNSAID = {
    "",
    "inspection pre dates judgement",
    "not reported post reform",
    "data unreadable",
    "nan",
}
# Codes of the overviews that stand for the county before the authority of today.
TODAY = {"SOM": "SMT", "NYK": "NYE"}
Row = dict[str, object]
Difference = tuple[str, str, str]


@pytest.fixture(scope="module")
def release(shared: Path) -> list[list[object]]:
    book = python_calamine.load_workbook(shared / "reference/ofsted" / RELEASE)
    sheet = book.get_sheet_by_name("Inspections_as_at_31_March").to_python()
    return [list(row) for row in sheet[3:]]


def _latest(kg: KnowledgeGraph, on: str | None = None) -> dict[tuple[str, str], Row]:
    given = {"on": on} if on else {}
    rows = kg.ask("latest-grades", area=list(COLUMNS), **given).rows
    return {(str(row["code"]), str(row["subject"])): dict(row) for row in rows}


def _word(grade: object) -> str:
    word = str(grade or "").strip().lower().replace("_", " ")
    return "requires improvement to be good" if word == "requires improvement" else word


def _codes_of_today(shared: Path) -> dict[str, str]:
    """The code of today for a register code and for every code that an authority ever had."""
    today = {}
    with (shared / "reference/authorities.csv").open(encoding="utf-8") as file:
        for row in csv.DictReader(file):
            for code in (row["register_code"], *re.findall(r"E\d{8}", row["gss_all"])):
                today[code] = row["gss_current"]
    return today


def _newest_listed(shared: Path, overview: str) -> Iterator[dict[str, str]]:
    newest: dict[str, dict[str, str]] = {}
    with (shared / f"reference/overviews/{overview}.csv").open(encoding="utf-8") as file:
        for row in csv.DictReader(file):
            code = TODAY.get(row["register_code"], row["register_code"])
            if row["published"] > newest.get(code, row)["published"] or code not in newest:
                newest[code] = {**row, "register_code": code}
    yield from newest.values()


def _explained(kg_home: Path) -> set[Difference]:
    text = (kg_home / "docs/differences.md").read_text(encoding="utf-8")
    table = text.split("## Latest grades", 1)[1].split("\n## ", 1)[0]
    cells = re.findall(r"^\| ([^|]+) \| ([^|]+) \| `([^|`]+)` \|", table, re.MULTILINE)
    return {(name.strip(), subject.strip(), source) for name, subject, source in cells}


def test_every_latest_grade_of_may_2025_is_that_of_the_release(
    kg: KnowledgeGraph, shared: Path, release: list[list[object]]
) -> None:
    published = [row[5] for row in release]
    assert len(release) == 153
    last = max(day for day in published if isinstance(day, datetime.date))
    ours, today = _latest(kg, last.isoformat()[:10]), _codes_of_today(shared)
    wrong = []
    for row in release:
        for subject, (column, _) in COLUMNS.items():
            row_of_ours = ours[today[str(row[1])], subject]
            # A blank for care leavers: judged together with children in care.
            wanted = row[column] or row[COLUMNS["Looked after children"][0]]
            day = str(row[5])[:10]
            if (_word(row_of_ours["grade"]), row_of_ours["published"]) != (_word(wanted), day):
                wrong.append((row[2], subject, wanted, day, row_of_ours))
            is_joint = not row[10] and subject in ("Looked after children", "Care leavers")
            assert bool(row_of_ours["judged_as"]) == is_joint
    assert wrong == []


def _differences(kg: KnowledgeGraph, shared: Path, overview: str) -> Iterator[Difference]:
    ours, today = _latest(kg, overview[-10:]), _codes_of_today(shared)
    for listed in _newest_listed(shared, overview):
        for subject, (_, column) in COLUMNS.items():
            row = ours[today[listed["register_code"]], subject]
            said = _word(listed[column])
            if said == "inspection pre dates judgement":
                said = _word(listed["in_care"]) if row["judged_as"] else said
            if listed["published"] == str(row["newer_published"]):
                held = _word(row["newer_claim"]).replace("none claimed", "")
            elif listed["published"] == str(row["published"]):
                held = _word(row["grade"]).replace("no longer given", "")
            else:
                held = f"of {row['published']}, not {listed['published']}"
            if held != ("" if said in UNSAID else said):
                yield str(row["authority"]), subject, overview


def test_every_difference_from_the_overviews_is_explained(kg: KnowledgeGraph, shared: Path) -> None:
    found = {one for overview in OVERVIEWS for one in _differences(kg, shared, overview)}
    assert found == _explained(Path(__file__).parents[2])

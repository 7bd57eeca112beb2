"""The reports that the project holds: complete, and compared with Ofsted's own releases."""

from __future__ import annotations

import csv
import re
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from pathlib import Path

import pytest

from ofsted_kg.errors import SourceError
from ofsted_kg.reports.reading import read_report
from ofsted_kg.reports.report import Report
from tests.conftest import read_once

# Words that one source writes in a name and another does not.
LOOSE = {
    "and",
    "borough",
    "city",
    "council",
    "county",
    "district",
    "metropolitan",
    "of",
    "royal",
    "the",
    "upon",
}
SIF_AREAS = {
    "Overall Judgement (OE)": "overall",
    "children who need help and protection": "help-and-protection",
    "children looked after and achieving permanence": "looked-after-and-permanence",
    "CLA Sub: Adoption Performance": "adoption",
    "CLA Sub: Experiences and progress of care leavers": "care-leavers",
    "leadership, management and governance": "leadership",
}
ILACS_AREAS = {
    "Overall effectiveness": "overall",
    "The impact of leaders on social work practice with children and families": "leaders",
    "The experiences and progress of children who need help and protection": "help-and-protection",
    "The experiences and progress of children in care": "in-care",
    "The experiences and progress of care leavers": "care-leavers",
}


@dataclass(frozen=True)
class Released:
    authority: str
    published: date
    started: date | None
    kind: str
    grades: dict[str, str]


# Numbers that page 11, 23 and 6 print twice, without words or not at all.
PRINTED_GAPS = (
    "80506-lambeth/2026-03-10.pdf",
    "80517-waltham-forest/2015-01-20.pdf",
    "80546-windsor-maidenhead/2020-02-24.pdf",
)
# Thirteen covers of February to May 2014 print no day of publication.
UNDATED = [
    "80432",
    "80449",
    "80456",
    "80460",
    "80467",
    "80468",
    "80472",
    "80473",
    "80501",
    "80503",
    "80551",
    "80553",
    "80561",
]
BOARD_ALONE = "80567-surrey/2015-08-03.pdf"
NEWEST_RELEASED = date(2025, 5, 14)  # the newest publication in the releases at hand


@dataclass(frozen=True)
class Read:
    name: str
    on_web: date
    report: Report


@pytest.fixture(scope="module")
def reports(shared: Path, national_reports: list[Path]) -> dict[str, Read]:
    folder = shared / "reports"
    catalogue = {row["file"]: row for row in _rows(folder / "catalogue.csv")}
    found = {}
    for path in (one for one in national_reports if one.is_relative_to(folder)):
        name = path.relative_to(folder).as_posix()
        on_web = date.fromisoformat(catalogue[name]["published_on_web"])
        found[name] = Read(catalogue[name]["authority"], on_web, read_once(path))
    return found


@pytest.fixture(scope="module")
def releases(shared: Path) -> list[Released]:
    folder = shared / "reference" / "ofsted"
    return [*_sif(folder), *_ilacs(folder)]


def _released(reports: dict[str, Read]) -> list[tuple[str, Read]]:
    """Those that the releases at hand can have."""
    return [
        (name, read)
        for name, read in reports.items()
        if read.on_web <= NEWEST_RELEASED and name != BOARD_ALONE
    ]


def _rows(path: Path) -> list[dict[str, str]]:
    with path.open(encoding="utf-8") as file:
        return list(csv.DictReader(file))


def _sif(folder: Path) -> Iterator[Released]:
    for row in _rows(folder / "ofsted_2023_LA_inspections_2009-2023.csv"):
        name = row["Local authority name"]
        for kind in ("First SIF", "SIF Re-inspection"):
            day = next(v for k, v in row.items() if k.endswith(f"{kind} publication date"))
            if not day:
                continue
            grades = {key: row[f"{kind} {label}"] for label, key in SIF_AREAS.items()}
            if kind == "First SIF":
                grades["lscb"] = row["LSCB Overall Effectiveness"]
            yield Released(name, date.fromisoformat(day), None, kind, grades)
        prefix = "TLAC Overall Effectiveness (OE)"
        day = row["Targeted Looked After Children (TLAC) inspection publication date"]
        if day:
            yield Released(name, date.fromisoformat(day), None, "TLAC", {"overall": row[prefix]})


def _ilacs(folder: Path) -> Iterator[Released]:
    names = {
        "ofsted_2025_ILACS_inspection_history.csv": ("Inspection date", "Inspection type"),
        "ofsted_2025_In-year_inspections.csv": (
            "Inspection/Visit date",
            "Inspection/Visit type",
        ),
    }
    for file, (started, kind) in names.items():
        for row in _rows(folder / file):
            if row["Overall effectiveness"]:
                yield Released(
                    row["Local authority name"],
                    date.fromisoformat(row["Publication date"]),
                    date.fromisoformat(row[started]),
                    row[kind],
                    {key: row[label] for label, key in ILACS_AREAS.items()},
                )


def _words(name: str) -> set[str]:
    return set(name.lower().replace("&", "and").replace(",", " ").replace("-", " ").split())


def _same_authority(catalogue: str, released: str) -> bool:
    if released == "City of London":
        return catalogue == "london corporation"
    ours, theirs = _words(catalogue) - LOOSE, _words(released) - LOOSE
    return ours == theirs


def _release_of(read: Read, releases: list[Released]) -> Released | None:
    near = [
        release
        for release in releases
        if abs((release.published - read.on_web).days) <= 15
        and _same_authority(read.name, release.authority)
    ]
    return near[0] if near else None


def _plain(grade: str | None) -> str:
    """A grade as comparable: the 2023 release has one word for two, and "-" for none."""
    grade = (grade or "").strip().lower().removesuffix(" to be good")
    return {"adequate": "requires improvement", "-": "not judged"}.get(grade, grade)


def test_a_web_page_under_the_name_of_a_report_is_refused(shared: Path) -> None:
    every = [(path, path.open("rb").read(400)) for path in (shared / "reports").rglob("*.pdf")]
    pages = [path for path, beginning in every if b"<html" in beginning.lower()]
    assert pages
    for path in pages:
        with pytest.raises(SourceError, match="is a web page, not a PDF"):
            read_report(path)


def test_each_family_has_as_many_reports_as_counted(reports: dict[str, Read]) -> None:
    counts = Counter(read.report.framework for read in reports.values())
    assert counts == {
        "ILACS standard": 183,
        "ILACS short": 119,
        "SIF": 150,
        "SIF re-inspection": 17,
        "LAC 2013": 4,
        "LSCB review": 1,
    }


def test_every_report_is_complete(reports: dict[str, Read]) -> None:
    for name, read in reports.items():
        report = read.report
        assert report.authority, name
        assert report.windows, name
        assert report.lead_inspector or name == "80576-warwickshire/2025-10-14.pdf"
        assert len(report.judgements) in (4, 5, 6, 7) or name == BOARD_ALONE
        assert all(found.page for found in report.judgements), name


def test_paragraph_numbers_run_without_gaps(reports: dict[str, Read]) -> None:
    unnumbered = []
    for name, read in reports.items():
        numbers = [paragraph.number or 0 for paragraph in read.report.paragraphs]
        if not numbers:
            unnumbered.append(name)
            continue
        runs = [n for n, before in zip(numbers, [0, *numbers], strict=False) if n != before + 1]
        assert all(number == 1 for number in runs) or name in PRINTED_GAPS, name
    assert len(unnumbered) == 4


def test_what_could_not_be_established_is_explained(reports: dict[str, Read]) -> None:
    warned = {
        (name[:5], line.partition(":")[0])
        for name, read in reports.items()
        for line in read.report.warnings
    }
    assert (
        warned
        == {
            ("80450", "inspection dates"),
            ("80511", "pages"),  # without numbers, as is the one of Slough of 2014
            ("80527", "recommendations"),
            ("80571", "recommendations"),
            ("80553", "pages"),
            ("80576", "lead inspector"),
            *((name[:5], "paragraphs") for name in PRINTED_GAPS),
            *((urn, "paragraphs") for urn in ("80460", "80473", "80501", "80553")),
            *((urn, "published") for urn in UNDATED),
        }
    )


def test_places_point_at_what_was_read(reports: dict[str, Read]) -> None:
    for name, read in reports.items():
        report = read.report
        for found in report.judgements:
            printed = " ".join(report.text[found.start : found.end].split()).lower()
            assert found.grade_as_printed.lower() in printed, name
        for item in report.recommendations:
            first = item.text.split()[0]
            assert first in report.text[item.start : item.start + 40], name
            assert report.text[: item.start].count("\f") + 1 == item.page, name
        for paragraph in report.paragraphs:
            printed = report.text[paragraph.start : paragraph.start + 5]
            assert re.match(rf"{paragraph.number}[. ]", printed), name


def test_grades_agree_with_the_releases(reports: dict[str, Read], releases: list[Released]) -> None:
    compared = 0
    for name, read in _released(reports):
        release = _release_of(read, releases)
        assert release, name
        found = {j.area_key: j.grade for j in read.report.judgements}
        for area, grade in release.grades.items():
            key = area if area in found else "in-care-and-care-leavers"
            if not grade or (area == "care-leavers" and key != area):
                continue
            if (name, area) == ("80567-surrey/2015-06-03.pdf", "lscb"):
                continue  # reviewed in a report of its own
            assert _plain(found.get(key)) == _plain(grade), (name, area)
            compared += 1
    assert compared > 2200


def test_dates_and_kinds_agree_with_the_releases(
    reports: dict[str, Read], releases: list[Released]
) -> None:
    other_dates = []
    for name, read in _released(reports):
        release = _release_of(read, releases)
        assert release, name
        report = read.report
        if release.started:
            assert report.inspection_start == release.started, name
            assert report.framework.split()[1] in release.kind.lower(), name
        if report.published and report.published != release.published:
            other_dates.append(name)
    # The cover of this one says 13 May 2015, the release and Ofsted's page 18 May.
    assert other_dates == ["80577-west-berkshire/2015-05-18.pdf"]

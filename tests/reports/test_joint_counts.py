"""All reports on partnerships at hand against what a careful reader counted in them."""

from __future__ import annotations

import csv
from collections import Counter
from pathlib import Path

import pytest

from ofsted_kg.reports.partnership import Partnership
from ofsted_kg.reports.report import Report
from tests.conftest import read_once

pytestmark = pytest.mark.national

UNCOUNTED = "pages: no numbers are printed on them: none missing would be seen"


def _read(shared: Path, kind: str) -> list[tuple[Report, Partnership, dict[str, str]]]:
    folder = shared / "reports-joint"
    if not folder.exists():
        pytest.skip("the reports on partnerships are not at hand")
    rows = csv.DictReader((folder / f"{kind}.csv").read_text("utf-8").splitlines())
    found = []
    for row in rows:
        report = read_once(folder / row["file"])
        assert report.family == kind, row["file"]
        assert report.partnership is not None
        found.append((report, report.partnership, row))
    return found


def test_letters(shared: Path) -> None:
    letters = _read(shared, "jtai")
    strengths: Counter[str] = Counter()
    items: Counter[str] = Counter()
    for report, found, _ in letters:
        strengths[found.layout] += len(found.strengths)
        items[found.layout] += sum(not one.is_priority for one in report.recommendations)
    # 593 with bullets, and 23 paragraphs of the one letter that has none.
    assert strengths == {"key-strengths": 593 + 23, "headline-findings": 104}
    assert items == {"key-strengths": 512, "headline-findings": 115}
    urgent = [one for report, _, _ in letters for one in report.recommendations if one.is_priority]
    assert len(urgent) == 10
    assert sum(len(found.nil_statements) for _, found, _ in letters) == 2
    themes = Counter(found.theme.key for _, found, _ in letters if found.theme)
    assert themes == {
        "child-sexual-exploitation-and-missing": 1,
        "domestic-abuse": 6,
        "neglect-of-older-children": 2,
        "child-exploitation": 3,
        "sexual-abuse-in-the-family": 6,
        "mental-health": 5,
        "initial-need-and-risk": 10,
        "criminal-exploitation": 1,
        "early-help": 2,
        "serious-youth-violence": 4,
    }
    keys = Counter(one.key for _, found, _ in letters for one in found.inspectorates)
    assert keys == {"ofsted": 40, "cqc": 40, "hmic": 6, "hmicfrs": 34, "hmi-probation": 28}
    assert sum(found.next_steps is not None and found.next_steps.due is not None
               for _, found, _ in letters) == 39  # fmt: skip
    for report, found, row in letters:
        size = (5, 12) if found.layout == "key-strengths" else (4, 7)
        assert size[0] <= len(found.addressees) <= size[1], row["file"]
        assert len(found.signatories) == len(found.inspectorates), row["file"]
        assert report.windows, row["file"]
        early = row["file"] in ("jtai/fbc63afb.pdf", "jtai/dbda53fe.pdf")
        assert report.published is not None
        assert (report.published.isoformat() == row["published_on_web"]) != early


def test_areas(shared: Path) -> None:
    areas = _read(shared, "send")
    assert sum(len(found.strengths) for _, found, _ in areas) == 337
    assert sum(len(found.shortcomings) for _, found, _ in areas) == 306
    items = Counter(one.is_priority for report, _, _ in areas for one in report.recommendations)
    assert items == {False: 123, True: 26}
    assert all(
        one.responsible
        for report, _, _ in areas
        for one in report.recommendations
        if one.is_priority
    )
    outcomes = Counter(found.outcome.key for _, found, _ in areas if found.outcome)
    assert outcomes == {"typically-positive": 11, "inconsistent": 17, "systemic-failings": 7}
    plans = Counter(plan.key for _, found, _ in areas for plan in found.plans)
    assert plans == {"strategic-plan": 28, "priority-action-plan": 7}
    differing = {row["file"][5:13] for _, found, row in areas if found.windows_elsewhere}
    assert differing == {"8d930b11", "352ebf1c", "75d36f94", "de400a2c"}
    third = {
        row["file"][5:13]
        for _, found, row in areas
        if any(one.kind == "other" for one in found.members)
    }
    assert third == {"cb209b7f", "d1ddd311"}
    for report, found, row in areas:
        assert report.windows, row["file"]
        assert report.published is None, row["file"]
        assert {one.inspectorate for one in found.team if one.is_lead} == {"ofsted", "cqc"}
        assert [one.key for one in found.inspectorates] == ["ofsted", "cqc"], row["file"]


def test_what_is_open_is_told_and_no_more(shared: Path) -> None:
    """In 68 of 75 nothing is: what stands here is what those reports themselves lack."""
    warnings = {
        row["file"]: report.warnings
        for kind in ("jtai", "send")
        for report, _, row in _read(shared, kind)
        if report.warnings
    }
    assert warnings == {
        "jtai/618875d0.pdf": (
            "next steps: who sends the written statement not found",
            "next steps: the day it is due not found",
        ),
        "jtai/ea3b52ac.pdf": (
            "Areas for priority action: no body named that is to act, page 7",
            UNCOUNTED,
        ),
        **dict.fromkeys(
            (f"jtai/{name}.pdf" for name in ("06104c80", "2575d477", "88dc6a76", "de91e005")),
            (UNCOUNTED,),
        ),
        "send/1e71da55.pdf": ("responsible: no sentence that says who is",),
    }

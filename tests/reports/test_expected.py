"""Ten real reports against what a careful reader wrote down from them."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

from tests.conftest import read_once

pytestmark = pytest.mark.national

DIGESTS = (
    "1e759bfb",
    "366c23cf",
    "4bd9f8a2",
    "77eaf26b",
    "7a86b8a1",
    "7f545e76",
    "80292dea",
    "86c3ce5d",
    "a3b3349c",
    "bf540303",
)
FACTS = (
    "authority",
    "framework",
    "inspection_start",
    "inspection_end",
    "published",
    "lead_inspector",
)


@pytest.fixture(params=DIGESTS)
def pair(request: pytest.FixtureRequest, shared: Path) -> tuple[dict[str, Any], Any]:
    folder = shared / "reports"
    expected = json.loads((folder / "expected" / f"{request.param}.json").read_text("utf-8"))
    return expected, read_once(folder / expected["file"]).to_record()


def test_facts_of_the_cover_are_as_written_down(
    pair: tuple[dict[str, Any], dict[str, Any]],
) -> None:
    expected, record = pair
    assert {name: record[name] for name in FACTS} == {name: expected[name] for name in FACTS}
    assert record["digest"] == expected["sha256"]
    assert record["pages"] == expected["pages"]


def test_judgements_and_their_pages_are_as_written_down(
    pair: tuple[dict[str, Any], dict[str, Any]],
) -> None:
    expected, record = pair
    names = ("area", "grade", "page")
    assert [[found[name] for name in names] for found in record["judgements"]] == [
        [wanted[name] for name in names] for wanted in expected["judgements"]
    ]


def test_recommendations_are_as_written_down(pair: tuple[dict[str, Any], dict[str, Any]]) -> None:
    expected, record = pair
    found = [
        (
            item["page"],
            item["number"],
            item["section"],
            item["timescale"],
            len(item["sub_items"]),
            " ".join(item["text"].split()[:8]),
        )
        for item in record["recommendations"]
    ]
    wanted = [
        (
            item["page"],
            item["number"],
            item["section"],
            item["timescale_or_null"],
            item["sub_items"],
            item["first_eight_words"],
        )
        for item in expected["recommendations"]
    ]
    assert found == wanted

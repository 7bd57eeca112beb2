"""Question `recommendation-themes`: counts that must add up, and one report counted by hand."""

from collections import Counter
from typing import Any

import pytest

from ofsted_kg.knowledge_graph import KnowledgeGraph

REGIONS = (
    "North East",
    "North West",
    "Yorkshire and The Humber",
    "East Midlands",
    "West Midlands",
    "East of England",
    "London",
    "South East",
    "South West",
)


def _counts(rows: list[dict[str, Any]]) -> Counter[str]:
    return Counter({str(row["theme"]): int(row["recommendations"]) for row in rows})


@pytest.fixture(scope="module")
def national(kg: KnowledgeGraph) -> list[dict[str, Any]]:
    return kg.ask("recommendation-themes").rows


# The only report of its framework here has sixteen recommendations, read by hand.
READ_2012 = {
    "management oversight": 1,
    "child protection plans": 1,
    "safeguarding in health services": 1,
    "performance information": 1,
    "early help assessment": 1,
    "personal education plans": 1,
    "staying put": 1,
    "care leavers' accommodation": 1,
    "placement sufficiency": 1,
    "designated and named health professionals": 1,
    "education of looked after children": 1,
    "updating of assessments": 2,
    "contacts and referrals": 3,
}


@pytest.mark.parametrize("theme", list(READ_2012))
def test_the_report_of_2012(kg: KnowledgeGraph, theme: str) -> None:
    rows = kg.ask("recommendation-themes", framework="slac-2009").rows
    [row] = [row for row in rows if row["theme"] == theme]
    assert row["recommendations"] == READ_2012[theme]
    assert row["authorities"] == 1
    assert row["share"] == pytest.approx(READ_2012[theme] / 16, abs=0.0006)


def test_agrees_with_the_list_of_recommendations(kg: KnowledgeGraph) -> None:
    for framework in ("slac-2009", "lac-2013"):
        counted: Counter[str] = Counter()
        items = kg.ask("recommendations", framework=framework).rows
        for item in items:
            counted.update(str(item["themes"]).split("; ") if item["themes"] else [])
        rows: list[dict[str, Any]] = kg.ask("recommendation-themes", framework=framework).rows
        assert counted
        assert _counts(rows) == counted
        for row in rows:
            assert row["share"] == pytest.approx(row["recommendations"] / len(items), abs=0.0006)


def test_most_asked_for_first(national: list[dict[str, Any]]) -> None:
    counts = [int(row["recommendations"]) for row in national]
    assert counts == sorted(counts, reverse=True)
    assert len(national) == len({row["theme"] for row in national})


def test_no_more_authorities_than_recommendations(national: list[dict[str, Any]]) -> None:
    own = [row for row in national if row["recommendations"]]
    assert all(1 <= row["authorities"] <= row["recommendations"] for row in own)
    assert all(0 < row["share"] < 1 for row in own)


def test_one_total_lies_under_all_shares(
    kg: KnowledgeGraph, national: list[dict[str, Any]]
) -> None:
    total = len(kg.ask("recommendations").rows)
    for row in national:
        assert row["share"] == pytest.approx(row["recommendations"] / total, abs=0.0006)


def test_regions_add_up_to_the_nation(kg: KnowledgeGraph, national: list[dict[str, Any]]) -> None:
    parts: Counter[str] = Counter()
    for region in REGIONS:
        parts += _counts(kg.ask("recommendation-themes", region=region).rows)
    assert parts == _counts(national)


def test_a_later_start_never_adds(kg: KnowledgeGraph, national: list[dict[str, Any]]) -> None:
    before = _counts(national)
    for since in ("2013-01-01", "2016-01-01", "2018-01-01", "2023-01-01"):
        after = _counts(kg.ask("recommendation-themes", since=since).rows)
        assert not after - before
        before = after
    assert kg.ask("recommendation-themes", since="2100-01-01").rows == []


def test_the_first_day_counts(kg: KnowledgeGraph) -> None:
    on = _counts(kg.ask("recommendation-themes", framework="slac-2009", since="2012-04-10").rows)
    assert on["management oversight"] == 1
    after = kg.ask("recommendation-themes", framework="slac-2009", since="2012-04-11").rows
    assert after == []


@pytest.mark.parametrize("group", ["care leavers", "workforce", "help and protection"])
def test_a_group_finds_what_its_members_find(
    kg: KnowledgeGraph, national: list[dict[str, Any]], group: str
) -> None:
    [row] = [row for row in national if row["theme"] == group]
    assert row["with_narrower"] == len(kg.ask("recommendations", theme=group).rows)
    assert row["with_narrower"] > row["recommendations"]


def test_the_group_of_two_recommendations_of_2012(kg: KnowledgeGraph) -> None:
    """Numbers 6 and 7 on looked after children: staying with carers, and accommodation."""
    rows = kg.ask("recommendation-themes", framework="slac-2009").rows
    [row] = [row for row in rows if row["theme"] == "care leavers"]
    assert (row["recommendations"], row["with_narrower"]) == (0, 2)


def test_a_theme_counts_its_own_first(national: list[dict[str, Any]]) -> None:
    assert all(0 <= row["recommendations"] <= row["with_narrower"] for row in national)

"""Question `what-distinguishes`: criticism in sections of one grade and of another."""

import math
import re
from collections import defaultdict
from typing import Any

import pytest

from ofsted_kg.knowledge_graph import KnowledgeGraph
from tests.conftest import ROOT

FRAMEWORK = "ilacs-2023"
GRADED = re.compile(r"<area/[\w-]+/([\w-]+)> ;\s+okg:hasGrade <scale/[\w-]+/([\w-]+)>")
FOUND = re.compile(
    r" a okg:MachineFinding ; okg:hasPolarity polarity:(\w+) .*?judgesArea area:([\w-]+)"
)


@pytest.fixture(scope="module")
def rows(kg: KnowledgeGraph) -> dict[str, dict[str, Any]]:
    return {str(r["theme"]): r for r in kg.ask("what-distinguishes", framework=FRAMEWORK).rows}


def _sections(*frameworks: str) -> dict[str, dict[tuple[str, str], set[str]]]:
    """The themes criticised in each section, by grade: counted in the lines of the files."""
    found: dict[str, dict[tuple[str, str], set[str]]] = defaultdict(lambda: defaultdict(set))
    for path in (ROOT / "data" / "findings").glob("*/*.ttl"):
        if not path.name.startswith(frameworks or FRAMEWORK):
            continue
        report = ROOT / "data" / "reports" / path.parent.name / path.name
        grades = dict(GRADED.findall(report.read_text(encoding="utf-8")))
        for line in path.read_text(encoding="utf-8").splitlines():
            if match := FOUND.search(line):
                polarity, area = match.groups()
                section = found[grades.get(area, "")][(path.stem + path.parent.name, area)]
                if polarity in ("weakness", "mixed"):
                    section.update(re.findall(r"hasTheme theme:([\w-]+)", line))
    return found


def test_counts_of_themes_without_narrower(rows: dict[str, dict[str, Any]]) -> None:
    sections = _sections()
    bad, good = sections["inadequate"], sections["good"]
    for theme, key in (
        ("management oversight", "management-oversight"),
        ("supervision", "supervision"),
        ("caseloads", "caseloads"),
        ("thresholds", "thresholds"),
        ("pathway plans", "pathway-plans"),
        ("drift and delay", "drift-and-delay"),
    ):
        row = rows[theme]
        assert (row["of"], row["against_of"]) == (len(bad), len(good))
        assert row["criticised_in"] == sum(key in themes for themes in bad.values())
        assert row["against_criticised_in"] == sum(key in themes for themes in good.values())


def test_a_group_counts_a_section_once(kg: KnowledgeGraph, rows: dict[str, dict[str, Any]]) -> None:
    members = kg.sparql(
        "PREFIX skos: <http://www.w3.org/2004/02/skos/core#> SELECT ?key WHERE {"
        " ?theme skos:broader*/skos:prefLabel 'workforce'@en"
        " BIND(REPLACE(STR(?theme), '.*/', '') AS ?key) }"
    ).rows
    keys = {str(row["key"]) for row in members}
    assert len(keys) > 3
    bad = _sections()["inadequate"]
    assert rows["workforce"]["criticised_in"] == sum(bool(keys & t) for t in bad.values())


def _wilson(count: int, of: int) -> tuple[float, float]:
    z, share = 1.959964, count / of
    middle = (share + z * z / (2 * of)) / (1 + z * z / of)
    half = z / (1 + z * z / of) * math.sqrt(share * (1 - share) / of + z * z / (4 * of * of))
    return middle - half, middle + half


def test_the_interval_of_a_textbook() -> None:
    """Newcombe's own example, 56 of 70 against 48 of 80: 0.0524 to 0.3339."""
    low, high = _newcombe(56, 70, 48, 80)
    assert (round(low, 4), round(high, 4)) == (0.0524, 0.3339)


def _newcombe(count: int, of: int, other: int, other_of: int) -> tuple[float, float]:
    (low1, high1), (low2, high2) = _wilson(count, of), _wilson(other, other_of)
    one, two = count / of, other / other_of
    below = math.hypot(one - low1, high2 - two)
    return one - two - below, one - two + math.hypot(high1 - one, two - low2)


def test_bounds_are_newcombes(rows: dict[str, dict[str, Any]]) -> None:
    """Roots that a query takes by steps are those of a library."""
    for row in rows.values():
        counts = [row[k] for k in ("criticised_in", "of", "against_criticised_in", "against_of")]
        low, high = _newcombe(*counts)
        share, against = counts[0] / counts[1], counts[2] / counts[3]
        told = [row[k] for k in ("share", "against_share", "difference", "low", "high")]
        exact = [share, against, share - against, low, high]
        assert told == pytest.approx(exact, abs=0.00006)


def test_what_distinguishes_most_comes_first(rows: dict[str, dict[str, Any]]) -> None:
    lows = [row["low"] for row in rows.values()]
    assert lows == sorted(lows, reverse=True)
    for row in rows.values():
        assert row["criticised_in"] + row["against_criticised_in"] >= 5
        assert row["low"] < row["difference"] < row["high"]


def test_grades_and_areas_can_be_chosen(kg: KnowledgeGraph, rows: dict[str, Any]) -> None:
    """Two frameworks add up, turned grades turn the sign, and two grades are taken together."""
    turned = kg.ask("what-distinguishes", framework=FRAMEWORK, grade="good", against="inadequate")
    for row in turned.rows:
        there = rows[str(row["theme"])]
        assert row["difference"] == pytest.approx(-there["difference"])
        assert (row["of"], row["against_of"]) == (there["against_of"], there["of"])
    sections = _sections(FRAMEWORK, "ilacs-2026")
    both = kg.ask(
        "what-distinguishes",
        framework=[FRAMEWORK, "ilacs-2026"],
        grade=["inadequate", "requires improvement to be good"],
        area=["help and protection", "leaders"],
        region=["London", "South East", "North West"],
    ).rows
    assert both
    assert len({str(row["theme"]) for row in both}) == len(both)
    limit = len(sections["inadequate"]) + len(sections["requires-improvement-to-be-good"])
    assert 0 < int(str(both[0]["of"])) < limit
    whole = kg.ask(
        "what-distinguishes",
        framework=[FRAMEWORK, "ilacs-2026"],
        grade=["inadequate", "requires improvement to be good"],
    ).rows
    assert {row["of"] for row in whole} == {limit}


def test_a_time_parts_the_sections(kg: KnowledgeGraph, rows: dict[str, Any]) -> None:
    total = next(iter(rows.values()))["against_of"]
    parts = [
        kg.ask("what-distinguishes", framework=FRAMEWORK, **given).rows[0]["against_of"]
        for given in ({"until": "2024-06-30"}, {"since": "2024-07-01"})
    ]
    assert sum(map(int, map(str, parts))) == total

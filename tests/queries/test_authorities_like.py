"""Question `authorities-like`: who is criticised for the same themes."""

import re
from collections import Counter
from typing import Any

import pytest

from ofsted_kg.knowledge_graph import KnowledgeGraph
from tests.conftest import ROOT

ENDED = re.compile(
    r"^authority:(\w+) a okg:LocalAuthority[^\n]*\n(?:    [^\n]*\n)*?    okg:existsUntil", re.M
)


def _criticised() -> dict[str, set[str]]:
    """Themes criticised in the newest report of each authority of today, from the lines."""
    reference = (ROOT / "data" / "reference" / "authorities.ttl").read_text(encoding="utf-8")
    ended = {key.casefold() for key in ENDED.findall(reference)}
    assert {"bkm", "cma"} <= ended
    assert "cmd" not in ended
    found = {}
    for folder in (ROOT / "data" / "findings").iterdir():
        if folder.name in ended:
            continue
        newest = max(folder.glob("*.ttl"), key=lambda path: path.stem[-10:])
        lines = newest.read_text(encoding="utf-8").splitlines()
        bad = [x for x in lines if re.search(r"polarity:(weakness|mixed) ", x)]
        found[folder.name] = {t for x in bad for t in re.findall(r"hasTheme theme:([\w-]+)", x)}
    return found


@pytest.fixture(scope="module")
def rows(kg: KnowledgeGraph) -> list[dict[str, Any]]:
    return kg.ask("authorities-like", authority="Camden").rows


def test_counts_and_weights_of_camden(rows: list[dict[str, Any]]) -> None:
    themes = _criticised()
    often = Counter(theme for some in themes.values() for theme in some)
    # A theme without criticism anywhere has no weight; bodies without any count all the same.
    weight = {theme: 1 - count / len(themes) for theme, count in often.items()}
    asked = themes.pop("cmd")
    expected = []
    for other in themes.values():
        both, either = asked & other, asked | other
        share = sum(weight[t] for t in both) / sum(weight[t] for t in either) if other else 0
        expected.append((share, len(both), len(other - asked)))
    expected.sort(reverse=True)
    assert len(rows) == 20
    told = [(row["similarity"], row["shared"], row["themes_of_its_own"]) for row in rows]
    assert [one[0] for one in told] == pytest.approx([e[0] for e in expected[:20]], abs=0.00006)
    assert sorted(t[1:] for t in told) == sorted(e[1:] for e in expected[:20])
    assert {row["of"] for row in rows} == {len(asked)}
    for row in rows:
        named = str(row["rarer_themes"] or "").split("; ")
        assert len([name for name in named if name]) <= row["shared"]


def test_rarer_themes_are_shared_and_the_rarest_come_first(
    kg: KnowledgeGraph, rows: list[dict[str, Any]]
) -> None:
    """Camden is criticised for common themes only, Leeds for some that few others are."""
    keys = {
        str(row["name"]): str(row["key"])
        for row in kg.sparql(
            "PREFIX skos: <http://www.w3.org/2004/02/skos/core#> SELECT ?name ?key WHERE {"
            " ?theme skos:inScheme <https://w3id.org/ofsted-kg/id/themes> ; skos:prefLabel ?name"
            " BIND(REPLACE(STR(?theme), '.*/', '') AS ?key) }"
        ).rows
    }
    themes = _criticised()
    often = Counter(theme for some in themes.values() for theme in some)
    leeds = kg.ask("authorities-like", authority="Leeds").rows
    for key, answer in (("cmd", rows), ("lds", leeds)):
        for row in answer:
            named = [keys[name] for name in str(row["rarer_themes"] or "").split("; ") if name]
            assert set(named) <= themes[key]
            counts = [often[theme] for theme in named]
            assert counts == sorted(counts)
            assert all(count * 3 < len(themes) for count in counts)
    assert any(row["rarer_themes"] for row in leeds)


def test_a_day_leaves_out_older_reports_but_not_the_one_asked_about(kg: KnowledgeGraph) -> None:
    """Camden's newest report is of April 2025."""
    late = kg.ask("authorities-like", authority="Camden", since="2025-06-01").rows
    assert late
    assert min(str(row["published"]) for row in late) >= "2025-06-01"
    assert {row["like_published"] for row in late} == {"2025-04-15"}
    assert "Camden" not in {row["authority"] for row in late}


def test_one_name_of_two_bodies_is_answered_for_each(kg: KnowledgeGraph) -> None:
    """Somerset was a county council until 2023; each has a report of its own."""
    answer = kg.ask("authorities-like", authority="Somerset")
    assert len(answer.rows) == 20
    pairs = [(row["authority"], row["like"]) for row in answer.rows]
    assert len(set(pairs)) == len(pairs)
    assert {row["like"] for row in answer.rows} == {"Somerset", "Somerset County Council"}
    assert "two bodies bear this name" in answer.notes[0]
    # An authority that has ended is asked about, and is nobody's like.
    assert "Somerset County Council" not in {row["authority"] for row in answer.rows}

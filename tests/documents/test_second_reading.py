"""The second, independent reading of 60 passages agrees with the first."""

import csv
from collections import Counter

import pytest

from ofsted_kg.knowledge_graph import KnowledgeGraph
from tests.conftest import ROOT

ROWS = list(csv.DictReader((ROOT / "data/evaluation/second-reading.csv").open(encoding="utf-8")))


def kappa(pairs: list[tuple[str, str]]) -> float:
    """Cohen's kappa of two readings of the same passages."""
    total = len(pairs)
    observed = sum(one == other for one, other in pairs) / total
    first, second = Counter(p[0] for p in pairs), Counter(p[1] for p in pairs)
    expected = sum(first[label] * second[label] for label in first) / total**2
    return (observed - expected) / (1 - expected)


def judged(row: dict[str, str]) -> bool:
    """Whether either reader took the passage for a finding."""
    return {row["polarity_first"], row["polarity_second"]} != {"context"}


def test_sixty_passages_are_kept() -> None:
    assert len({(row["document"], row["passage"]) for row in ROWS}) == 60


def test_both_readers_see_the_same_polarity() -> None:
    pairs = [(row["polarity_first"], row["polarity_second"]) for row in ROWS]
    assert kappa(pairs) >= 0.85


def test_both_readers_see_the_same_area() -> None:
    rows = [row for row in ROWS if judged(row)]
    same = sum(row["area_first"] == row["area_second"] for row in rows)
    assert same / len(rows) >= 0.95


def test_both_readers_see_the_same_themes() -> None:
    rows = [row for row in ROWS if judged(row)]
    both = [(set(r["themes_first"].split()), set(r["themes_second"].split())) for r in rows]
    hits = sum(len(first & second) for first, second in both)
    precision = hits / sum(len(first) for first, _ in both)
    recall = hits / sum(len(second) for _, second in both)
    assert 2 * precision * recall / (precision + recall) >= 0.8


@pytest.mark.parametrize("row", ROWS, ids=lambda row: row["passage"])
def test_the_graph_holds_what_was_resolved(row: dict[str, str], kg: KnowledgeGraph) -> None:
    if row["polarity_resolved"] == "context":
        kind = "context"
        themes = None
    else:
        kind = "finding"
        themes = set(row["themes_resolved"].split())
    node = f"https://w3id.org/ofsted-kg/id/{kind}/{row['document']}/{row['passage']}"
    answer = kg.sparql(f"SELECT ?p ?o WHERE {{ <{node}> ?p ?o }}").rows
    values = {str(r["o"]).rpartition("/")[2] for r in answer if "Theme" in str(r["p"])}
    polarity = [str(r["o"]).rpartition("/")[2] for r in answer if "Polarity" in str(r["p"])]
    assert answer
    if themes is not None:
        assert values == themes
        assert polarity == [row["polarity_resolved"]]

"""The labels of sentences: how far two readers agree, and that each is where it is said to be."""

import csv
import hashlib
from collections import Counter
from pathlib import Path

import pytest

from ofsted_kg.reports.reading import read_source
from ofsted_kg.texts.pieces import words_of
from tests.conftest import ROOT

LABELS = {"strength", "weakness", "mixed", "neutral", "context"}
EVERY = 12  # of the reports with labels, so many are opened


def labels() -> list[dict[str, str]]:
    path = ROOT / "data" / "evaluation" / "finding-polarity.csv"
    with path.open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


def kappa(pairs: list[tuple[str, str]]) -> float:
    """Cohen's kappa of two readings."""
    observed = sum(a == b for a, b in pairs) / len(pairs)
    first, second = Counter(a for a, _ in pairs), Counter(b for _, b in pairs)
    expected = sum(first[label] * second[label] for label in LABELS) / len(pairs) ** 2
    return (observed - expected) / (1 - expected)


def test_each_sentence_has_one_label_and_a_report_is_in_one_set() -> None:
    rows = labels()
    assert len({(row["report_sha256"], row["pieces"]) for row in rows}) == len(rows) == 7734
    assert {row["first"] for row in rows} == LABELS
    assert {row["second"] for row in rows} <= LABELS | {""}
    sets = {(row["report_sha256"], row["set"]) for row in rows}
    assert len(sets) == len({digest for digest, _ in sets})
    assert Counter(row["set"] for row in rows) == {"development": 6778, "held-out": 956}


def test_what_is_held_out_was_drawn_at_random() -> None:
    assert {row["drawn"] for row in labels() if row["set"] == "held-out"} == {"at random"}


@pytest.mark.parametrize(
    ("drawn", "count", "alike", "agreed", "hesitated", "agreed_then"),
    [("at random", 288, 284, 0.97, 40, 0.86), ("doubtful", 320, 298, 0.91, 76, 0.64)],
)
def test_two_readers_agree_as_the_documentation_says(
    drawn: str, count: int, alike: int, agreed: float, hesitated: int, agreed_then: float
) -> None:
    twice = [row for row in labels() if row["second"] and row["drawn"] == drawn]
    pairs = [(row["first"], row["second"]) for row in twice]
    hard = [
        (row["first"], row["second"])
        for row in twice
        if row["first_hesitated"] or row["second_hesitated"]
    ]
    assert (len(pairs), sum(a == b for a, b in pairs)) == (count, alike)
    assert round(kappa(pairs), 2) == agreed
    assert (len(hard), round(kappa(hard), 2)) == (hesitated, agreed_then)


@pytest.mark.national
def test_sentences_stand_where_they_are_said_to(shared: Path) -> None:
    with (shared / "reports" / "catalogue.csv").open(encoding="utf-8", newline="") as file:
        files = {row["sha256"]: row["file"] for row in csv.DictReader(file)}
    rows = labels()
    for digest in sorted({row["report_sha256"] for row in rows})[::EVERY]:
        text = read_source(shared / "reports" / files[digest]).text
        for row in rows:
            if row["report_sha256"] != digest:
                continue
            stretches = (piece.split("-") for piece in row["pieces"].split())
            words = words_of([(int(start), int(end)) for start, end in stretches], text)
            plain = " ".join(words.split())
            assert hashlib.sha256(plain.encode()).hexdigest() == row["words_sha256"], row["pieces"]

"""Findings of a report: a sentence each, where it stands, and as good as the labels tell."""

import csv
from collections import Counter
from pathlib import Path

import pytest

from ofsted_kg.judging.polarity import POLARITIES
from ofsted_kg.reports.findings import findings
from ofsted_kg.reports.reading import read_report
from tests.conftest import read_once
from tests.reports.test_polarity_labels import kappa, labels

# On the 947 held-out sentences, as docs/polarity.md has them.
ACCURACY, KAPPA = 0.889, 0.797
CAMDEN = "80491-camden/2017-11-24.pdf"


def test_each_sentence_of_a_paragraph_is_one(shared: Path) -> None:
    """In the order of the text, with the words that stand there."""
    report = read_once(shared / "reports" / CAMDEN)
    found = findings(report)
    assert found == sorted(found, key=lambda one: one.pieces)
    for one in found:
        words = " ".join(report.text[start:end] for start, end in one.pieces)
        assert " ".join(words.split()) == one.text
        assert one.polarity in POLARITIES
        assert 0 < one.confidence <= 1


def test_a_paragraph_as_read_by_eye(shared: Path) -> None:
    """Paragraph 20 of Camden's report of 2017, page 12: praise, criticism, praise.

    The third sentence tells what is done where things go wrong, and a machine that goes by
    wording may take it for criticism: of it only the place is held.
    """
    report = read_once(shared / "reports" / CAMDEN)
    told = [one for one in findings(report) if one.paragraph == 20]
    assert [one.polarity for one in told[:2]] == ["strength", "weakness"]
    assert [one.text.split()[:2] for one in told] == [
        ["Children", "benefit"],
        ["However,", "the"],
        ["When", "plans"],
    ]
    assert {(one.page, one.area_key) for one in told} == {(12, "help-and-protection")}
    assert "management-oversight" in told[0].themes
    assert "child-protection-conferences" in told[1].themes


def test_a_sentence_stands_on_the_page_where_it_begins(shared: Path) -> None:
    """Paragraph 132 on Buckinghamshire, 2014: its second sentence runs over to page 24."""
    report = read_once(shared / "reports" / "80442-buckinghamshire" / "2014-08-08.pdf")
    told = [one for one in findings(report) if one.paragraph == 132]
    assert [(one.text.split()[0], one.page) for one in told] == [
        ("A", 23),
        ("Currently", 23),
        ("While", 24),
    ]


def test_the_record_has_them(shared: Path) -> None:
    report = read_once(shared / "reports" / CAMDEN)
    record = report.to_record()
    assert len(record["findings"]) == len(findings(report)) > 300
    first = record["findings"][0]
    assert first["method"]
    assert report.text[first["start"] : first["end"]].split()[0] == first["text"].split()[0]
    counted = Counter(one["polarity"] for one in record["findings"])
    assert counted["strength"] > counted["weakness"] > counted["mixed"]


@pytest.mark.national
def test_on_what_was_held_out_it_does_as_the_documentation_says(shared: Path) -> None:
    """Reads the reports whose labels no weight was learnt from; about a minute and a half."""
    with (shared / "reports" / "catalogue.csv").open(encoding="utf-8", newline="") as file:
        files = {row["sha256"]: row["file"] for row in csv.DictReader(file)}
    held_out: dict[str, dict[str, str]] = {}
    for row in labels():
        if row["set"] == "held-out":
            held_out.setdefault(row["report_sha256"], {})[row["pieces"]] = row["first"]
    pairs: list[tuple[str, str]] = []
    for digest, wanted in held_out.items():
        for one in findings(read_report(shared / "reports" / files[digest])):
            place = " ".join(f"{start}-{end}" for start, end in one.pieces)
            if place in wanted:
                pairs.append((wanted[place], one.polarity))
    # Nine sentences end elsewhere since a printed reference behind one is part of it.
    assert (len(pairs), sum(map(len, held_out.values()))) == (947, 956)
    assert sum(a == b for a, b in pairs) / len(pairs) == pytest.approx(ACCURACY, abs=0.002)
    assert kappa(pairs) == pytest.approx(KAPPA, abs=0.003)

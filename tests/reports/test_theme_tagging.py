"""Themes are found by the thesaurus's wordings, and well enough on what was labelled by hand."""

import csv
import hashlib
from collections.abc import Iterator
from pathlib import Path

import pytest

from ofsted_kg.rdf.facts import Facts
from ofsted_kg.rdf.terms import last, term
from ofsted_kg.reports.report import Report
from ofsted_kg.reports.themes import ThemeTagger, fold_words
from tests.conftest import ROOT, read_once

LABELS = ROOT / "data" / "evaluation" / "recommendation-themes.csv"
PRECISION, RECALL = 0.85, 0.80

Score = tuple[int, int, int]


@pytest.fixture(scope="module")
def tagger() -> ThemeTagger:
    return ThemeTagger.read(ROOT / "ontology")


@pytest.fixture
def small() -> ThemeTagger:
    return ThemeTagger(
        [
            ("tide charts", "charts"),
            ("charts of rocks", "rocks"),
            ("lamp", "lamps"),
            ("lamp oil stores", "stores"),
            ("out-of-hours", "night"),
            ("keepers' processes", "processes"),
            ("watch … at night", "watches"),
            ("watch", "clocks"),
        ]
    )


@pytest.mark.parametrize(
    ("text", "themes"),
    [
        ("TIDE CHARTS", ("charts",)),
        ("a tide chart", ("charts",)),
        ("tide-charts", ("charts",)),
        ("the tide’s charts", ("charts",)),
        ("tide chartsmanship", ()),
        ("lamplight", ()),
        ("Out of hours.", ("night",)),
        ("a keeper's process", ("processes",)),
        ("the lamp oil stores", ("stores",)),
        ("the lamp oil", ("lamps",)),
        ("a lamp, and the lamp oil store", ("lamps", "stores")),
        ("tide charts of rocks", ("rocks",)),
        ("the watch that is kept at night", ("watches",)),
        ("the watch at night", ("clocks",)),
        ("the watch and the lamp that they keep over there at night", ("clocks", "lamps")),
        ("", ()),
    ],
)
def test_phrases_match_whole_words_and_the_longer_counts(
    small: ThemeTagger, text: str, themes: tuple[str, ...]
) -> None:
    assert small.themes(text) == themes


def test_two_overlapping_phrases_of_one_length_both_count() -> None:
    tagger = ThemeTagger([("tide charts", "charts"), ("charts room", "rooms")])
    assert tagger.themes("the tide charts room") == ("charts", "rooms")


def test_matches_say_which_words_they_cover(small: ThemeTagger) -> None:
    (first, second) = small.matches("No lamp by the tide charts")
    assert (first.theme, first.start, first.end) == ("lamps", 1, 2)
    assert (second.theme, second.start, second.end) == ("charts", 4, 6)


def test_words_are_folded() -> None:
    assert fold_words("Agencies’ MASH boxes, CLASSES & class") == [
        *("agency", "mash", "box", "class", "class"),
    ]


@pytest.mark.parametrize(
    ("text", "themes"),
    [
        ("Voices of the children", ()),
        ("chronologies and pathway plans", ("chronologies", "pathway-plans")),
        ("leadership and management", ()),
        ("Child sexual exploitation", ("child-sexual-exploitation",)),
        ("child protection plans", ("child-protection-plans",)),
    ],
)
def test_the_thesaurus_is_used_without_its_groups(
    tagger: ThemeTagger, text: str, themes: tuple[str, ...]
) -> None:
    assert tagger.themes(text) == themes


def rows() -> list[dict[str, str]]:
    with LABELS.open(encoding="utf-8", newline="") as stream:
        return list(csv.DictReader(stream))


def test_the_hand_labels_are_complete_and_of_the_thesaurus() -> None:
    labels = rows()
    assert len(labels) == 100
    assert len({row["report_sha256"] for row in labels}) == 30
    assert [row["set"] for row in labels].count("held-out") == 50
    by_report = {(row["report_sha256"], row["set"]) for row in labels}
    assert len(by_report) == 30, "a report is in one set only"
    themes = Facts.of(*sorted((ROOT / "ontology").glob("themes*.ttl")))
    groups = set(themes.subjects(term("skos:topConceptOf")))
    known = {last(one) for one in themes.subjects(term("skos:inScheme")) if one not in groups}
    assert all(set(row["themes"].split()) <= known for row in labels)


@pytest.fixture(scope="module")
def reports(national_reports: list[Path]) -> dict[str, Report]:
    """The labelled reports by digest, from the copies at hand."""
    wanted = {row["report_sha256"] for row in rows()}
    found = {}
    for path in national_reports:
        digest = hashlib.sha256(path.read_bytes()).hexdigest()
        if digest in wanted:
            found[digest] = read_once(path)
    assert set(found) == wanted
    return found


def scored(tagger: ThemeTagger, reports: dict[str, Report]) -> Iterator[tuple[str, Score]]:
    """Of each labelled item its set and how many themes were right, wrong and missed."""
    for row in rows():
        report = reports[row["report_sha256"]]
        start, end = int(row["start"]), int(row["end"])
        words = report.text[start:end].encode()
        assert hashlib.sha256(words).hexdigest() == row["span_sha256"], "the text has moved"
        (item,) = [one for one in report.recommendations if (one.start, one.end) == (start, end)]
        text = " ".join([item.text, *(nested.text for nested in item.sub_items)])
        found, meant = set(tagger.themes(text)), set(row["themes"].split())
        yield row["set"], (len(found & meant), len(found - meant), len(meant - found))


@pytest.mark.parametrize("part", ["held-out", "all"])
def test_precision_and_recall_reach_the_aims(
    tagger: ThemeTagger, reports: dict[str, Report], part: str
) -> None:
    counts = [score for name, score in scored(tagger, reports) if part in (name, "all")]
    right, wrong, missed = (sum(column) for column in zip(*counts, strict=True))
    assert right / (right + wrong) >= PRECISION
    assert right / (right + missed) >= RECALL

"""The features of a sentence, written down from the sentence by hand."""

import pytest

from ofsted_kg.judging.wording import features


@pytest.mark.parametrize(
    ("sentence", "some"),
    [
        ("Visits are timely.", {"visits", "timely", "visits are", "~visit", "^visits are timely"}),
        ("Plans are not yet effective, and late.", {"!yet", "!effective"}),
        ("Help is good but, at times, late.", {"<>", "<good", ">late", ">time"}),
        ("12 of 40 children wait.", {"0 of", "of 0"}),
        ("Only 45% were seen.", {"0%", "only 0%"}),
        ("Children’s plans drift.", {"children's", "children's plans"}),
    ],
)
def test_what_is_among_the_features(sentence: str, some: set[str]) -> None:
    assert some <= set(features(sentence))


@pytest.mark.parametrize(
    ("sentence", "none"),
    [
        ("Plans are not yet effective, and late.", {"!late", "!and"}),
        ("Visits are timely.", {"<>", "@visit", "#visit"}),
    ],
)
def test_what_is_not_among_them(sentence: str, none: set[str]) -> None:
    assert not none & set(features(sentence))


def test_the_sentence_before_and_the_heading_are_told_apart() -> None:
    found = set(features("It works.", "Delays are common.", "Help for children: inadequate"))
    assert {"@delay", "@common", "#help", "#children"} <= found
    assert "#inadequate" not in found
    assert "common" not in found


@pytest.mark.parametrize("nothing", ["", "…", "12."])
def test_what_has_no_words_has_few_features(nothing: str) -> None:
    assert len(features(nothing)) < 10

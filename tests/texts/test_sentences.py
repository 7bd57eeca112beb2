"""Where sentences begin and end, in made-up prose of the forms that reports print."""

import pytest

from ofsted_kg.texts.pieces import words_of
from ofsted_kg.texts.sentences import sentences


def cut(text: str) -> list[str]:
    """The sentences of a text that is one passage, their line ends made spaces."""
    whole = ((0, len(text)),)
    return [" ".join(words_of(found, text).split()) for found in sentences(text, whole)]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Plans are late. Visits are not.", ["Plans are late.", "Visits are not."]),
        ("12. Plans are late. Visits \nare not.", ["Plans are late.", "Visits are not."]),
        ("Dr. Green and Mr. J. Brown met.", ["Dr. Green and Mr. J. Brown met."]),
        ("St. Helens has, e.g. in two teams, too few.", None),
        ("In 74.5% of cases, all was done.", None),
        ("Is it safe? It is.", ["Is it safe?", "It is."]),
        (
            "They said ‘we are heard.’ Others did not.",
            ["They said ‘we are heard.’", "Others did not."],
        ),
        ("Numbers fell.3 They rose again.", ["Numbers fell.3", "They rose again."]),
        ("Numbers fell (by a half). 41 remain.", ["Numbers fell (by a half).", "41 remain."]),
        ("It works well. ‘Signs’ is known.", ["It works well.", "‘Signs’ is known."]),
        (
            "Leaders have:\n■ seen the gaps\n■ closed two. One is left.",
            ["Leaders have:", "seen the gaps", "closed two.", "One is left."],
        ),
        ("A list:\n• one;\n• two.", ["A list:", "one;", "two."]),
        ("A plan – not yet signed – is there.", None),
        ("See the DfE. This is known.", ["See the DfE.", "This is known."]),
        (
            "Plans are late. (Recommendation 4) Visits are not.",
            ["Plans are late. (Recommendation 4) Visits are not."],
        ),
        ("Of these:\n− 12 live near\n− two do not.", ["Of these:", "12 live near", "two do not."]),
        ("Mid-year 2014. Then came 2015.", ["Mid-year 2014.", "Then came 2015."]),
    ],
)
def test_sentences_are_cut(text: str, expected: list[str] | None) -> None:
    assert cut(text) == (expected or [text])


def test_a_sentence_that_crosses_a_page_is_of_two_pieces() -> None:
    text = "1. First. Second goes \n12 \x0con here. Third."
    pieces = ((0, text.index("\n12")), (text.index("on here"), len(text)))
    found = list(sentences(text, pieces))
    assert [words_of(one, text) for one in found] == ["First.", "Second goes \non here.", "Third."]
    assert [len(one) for one in found] == [1, 2, 1]


def test_nothing_is_lost_but_marks_and_white_space() -> None:
    text = "4. One thing. Another!\n■ An item\n– a dash item\no a ring item\nThe last (really)."
    kept = "".join(cut(text)).replace(" ", "")
    assert kept == "Onething.Another!Anitemadashitemaringitem\nThelast(really).".replace("\n", "")


def test_a_passage_of_white_space_has_none() -> None:
    assert list(sentences(" \n ", ((0, 3),))) == []

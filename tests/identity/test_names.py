"""Names as they are compared: which differences count and which do not."""

import pytest

from ofsted_kg.identity.names import fold, person_slug, plain, slug


@pytest.mark.parametrize(
    ("name", "folded"),
    [
        ("Barking & Dagenham", "barking and dagenham"),
        ("Stoke-on-Trent", "stoke on trent"),
        ("St. Helens", "st helens"),
        ("King’s Lynn", "kings lynn"),
        ("Bristol, City of", "bristol city of"),
        ("  HULL ", "hull"),
        ("Caf\u00e9\u200b + Bar", "cafe and bar"),
        ("isle_of_wight", "isle of wight"),
    ],
)
def test_case_punctuation_and_ampersands_make_no_other_name(name: str, folded: str) -> None:
    assert fold(name) == folded


def test_words_of_a_cell_are_compared_without_case_and_spacing() -> None:
    assert plain(" Requires\n improvement ") == "requires improvement"


def test_last_segments_of_iris_hold_letters_digits_and_hyphens() -> None:
    assert slug("North East, Yorkshire and the Humber") == "north-east-yorkshire-and-the-humber"
    assert person_slug("Paul d’Inverno") == "paul-d-inverno"

"""Names as they are compared: which differences count and which do not."""

import pytest

from ofsted_kg.identity.names import bare, fold, person_slug, plain, slug


@pytest.mark.parametrize(
    ("name", "folded"),
    [
        ("Barking & Dagenham", "barking and dagenham"),
        ("Stoke-on-Trent", "stoke on trent"),
        ("St. Helens", "st helens"),
        ("King’s Lynn", "kings lynn"),
        ("Bristol, City of", "bristol city of"),
        ("  HULL ", "hull"),
    ],
)
def test_case_punctuation_and_ampersands_make_no_other_name(name: str, folded: str) -> None:
    assert fold(name) == folded


@pytest.mark.parametrize(
    ("name", "without"),
    [
        ("London Borough of Barnet Council", "barnet"),
        ("City of Bradford Metropolitan District Council", "bradford"),
        ("Council of the Isles of Scilly", "isles of scilly"),
        ("Bedford Borough Council", "bedford"),
        ("City of London Corporation", "london"),
        ("County Durham", "county durham"),
    ],
)
def test_words_for_the_form_of_a_council_can_be_left_out(name: str, without: str) -> None:
    assert bare(name) == without


def test_words_of_a_cell_are_compared_without_case_and_spacing() -> None:
    assert plain(" Requires\n improvement ") == "requires improvement"


def test_last_segments_of_iris_hold_letters_digits_and_hyphens() -> None:
    assert slug("North East, Yorkshire and the Humber") == "north-east-yorkshire-and-the-humber"
    assert person_slug("Paul d’Inverno") == "paul-d-inverno"

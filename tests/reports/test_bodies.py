"""Names of bodies in one phrase, and people on the lines of an address."""

import pytest

from ofsted_kg.reports.layout.bodies import split_bodies


@pytest.mark.parametrize(
    ("words", "expected"),
    [
        ("Wexcombe Council", ["Wexcombe Council"]),
        ("Wexcombe and Saltney Council", ["Wexcombe and Saltney Council"]),
        (
            "Wexcombe Council and Saltney, Marsh and Fen Integrated Care Board (ICB)",
            ["Wexcombe Council", "Saltney, Marsh and Fen Integrated Care Board (ICB)"],
        ),
        (
            "Wexcombe Council, NHS Saltney and Marsh ICB, school and college leaders.",
            ["Wexcombe Council", "NHS Saltney and Marsh ICB", "school and college leaders"],
        ),
        (
            "NHS Saltney ICB and Wexcombe Council",
            ["NHS Saltney ICB", "Wexcombe Council"],
        ),
        (
            "London Borough of Wexcombe and the Saltney Integrated Care Board",
            ["London Borough of Wexcombe", "the Saltney Integrated Care Board"],
        ),
        (
            "NHS Saltney ICB; NHS Marsh ICB",
            ["NHS Saltney ICB", "NHS Marsh ICB"],
        ),
        (
            "NHS Saltney, Marsh, and Fen West ICB",
            ["NHS Saltney, Marsh, and Fen West ICB"],
        ),
    ],
)
def test_bodies_are_parted_where_one_has_ended(words: str, expected: list[str]) -> None:
    assert split_bodies(words) == expected


def test_names_that_the_report_has_elsewhere_part_bodies() -> None:
    assert split_bodies("NHS Saltney and Wexcombe Council", ["NHS Saltney"]) == [
        "NHS Saltney",
        "Wexcombe Council",
    ]

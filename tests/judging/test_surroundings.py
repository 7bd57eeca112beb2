"""What surrounds a sentence, reckoned by hand from the shares of a few sentences."""

import math

import pytest

from ofsted_kg.judging.surroundings import surroundings

NAMES = ("good", "bad")
SHARES = [(1.0, 0.0), (0.0, 1.0), (0.5, 0.5)]
PLAIN = ["Visits are timely.", "Plans are late.", "Reviews vary."]


def test_what_stands_before_counts_half_with_each_sentence() -> None:
    """Near: of the third, the second weighs a half and the first a quarter, damped by a half."""
    found = surroundings(PLAIN, SHARES, NAMES)
    assert not [name for name in found[0] if "before" in name]
    assert found[1]["near before good"] == pytest.approx(0.5 / (0.5 + 0.5))
    assert found[2]["near before good"] == pytest.approx(0.25 / (0.75 + 0.5))
    assert found[2]["near before bad"] == pytest.approx(0.5 / (0.75 + 0.5))


def test_wide_is_half_after_four() -> None:
    found = surroundings(PLAIN, SHARES, NAMES)
    fading = 0.5**0.25
    weights = fading + fading**2
    assert found[0]["wide behind bad"] == pytest.approx(
        (fading + 0.5 * fading**2) / (weights + 0.5)
    )
    assert not [name for name in found[2] if "behind" in name]


def test_its_own_is_a_logarithm_around_the_middle() -> None:
    own = surroundings(PLAIN, SHARES, NAMES)[0]
    assert own["own good"] == pytest.approx(-own["own bad"])
    assert own["own good"] == pytest.approx(math.log(1.0001 / 0.0001) / 2)
    assert surroundings(PLAIN, SHARES, NAMES)[2]["own good"] == pytest.approx(0)


@pytest.mark.parametrize(
    ("start", "kind"),
    [
        ("This has improved.", "this"),
        ("As a result, children wait.", "this"),
        ("However, some wait.", "however"),
        ("While most are seen, some wait.", "although"),
        ("They know children well.", "they"),
        ("It’s timely.", "they"),
    ],
)
def test_how_a_sentence_begins_is_told_of_both(start: str, kind: str) -> None:
    first, second, _ = surroundings(["Plans are late.", start, "Reviews vary."], SHARES, NAMES)
    assert second[f"begins {kind}"] == first[f"next begins {kind}"] == 1
    assert second[f"before, begins {kind}: good"] == 1
    assert first[f"behind, begins {kind}: bad"] == 1


@pytest.mark.parametrize("start", ["Thistle House is small.", "Buttons are late.", "", "12."])
def test_other_beginnings_are_not_told(start: str) -> None:
    found = surroundings(["Plans are late.", start], SHARES[:2], NAMES)
    assert not [name for one in found for name in one if "begins" in name]


def test_of_nothing_there_is_nothing() -> None:
    assert surroundings([], [], NAMES) == []

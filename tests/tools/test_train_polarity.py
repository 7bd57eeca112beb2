"""The making of the weights, on made-up sentences: what is learnt is judged as it was labelled."""

from itertools import product
from pathlib import Path

import pytest

from ofsted_kg.judging.polarity import CONSTANT, POLARITIES, Judge

pytest.importorskip("sklearn")
from tools import train_polarity as made

THINGS = ["visits", "plans", "reviews", "reports", "audits", "meetings", "records", "checks"]
SAYINGS = {
    "strength": ["are timely and good", "are thorough and liked"],
    "weakness": ["are late and weak", "are poor and missed"],
    "mixed": ["are good but late", "are liked but weak"],
    "neutral": ["are being planned anew", "are to be changed soon"],
    "context": ["number 40 a year", "are held by the council"],
}
GRADE = {"strength": "outstanding", "weakness": "inadequate"}


def sentences() -> list[made.Labelled]:
    """Each saying of each thing, four times over, as if from reports that are not held out."""
    return [
        (
            made.Sentence(
                "1" * 64,
                f"{at}-9",
                f"The {thing} {saying}.",
                "",
                "Help",
                "help",
                GRADE.get(polarity, "good"),
            ),
            polarity,
        )
        for at, (thing, (polarity, sayings), _) in enumerate(
            product(THINGS, SAYINGS.items(), range(4))
        )
        for saying in sayings
    ]


def test_a_judge_learns_what_it_is_shown() -> None:
    labelled = sentences()
    table = made.weigh(
        labelled, [one for one, _ in labelled], made.Grades([s for s, _ in labelled])
    )
    assert all(len(numbers) == len(POLARITIES) + 1 for numbers in table.values())
    judge = Judge(table)
    for one, polarity in labelled:
        assert judge.polarity(one.text, heading="Help").polarity == polarity
    assert judge.polarity("The letters are late and weak.").polarity == "weakness"


def test_a_third_of_the_reports_is_held_out() -> None:
    held = [made.is_held_out(f"{number:08x}") for number in range(3000)]
    assert sum(held) == 1000


def test_the_table_is_read_as_it_was_written(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    path = tmp_path / "weights.tsv"
    monkeypatch.setattr(made, "WEIGHTS", path)
    made.write({CONSTANT: (1, 0, 0, 0, 0, 0), "late": (2, 0, 1.5, 0, 0, 0)})
    assert Judge.read(path).scores("late") == [0, 1.5, 0, 0, 0]

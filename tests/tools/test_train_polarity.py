"""The making of the weights, on made-up sentences: what is learnt is judged as it was labelled."""

from pathlib import Path

import pytest

from ofsted_kg.judging.polarity import CONSTANT, POLARITIES, Judge

pytest.importorskip("sklearn")
from tools import train_polarity as made
from tools.report_sentences import Sentence, by_section, is_held_out

THINGS = ["visits", "plans", "reviews", "reports", "audits", "meetings", "records", "checks"]
SAYINGS = {
    "strength": ["are timely and good", "are thorough and liked"],
    "weakness": ["are late and weak", "are poor and missed"],
    "mixed": ["are good but late", "are liked but weak"],
    "neutral": ["are being planned anew", "are to be changed soon"],
    "context": ["number 40 a year", "are held by the council"],
}
GRADE = {"strength": "outstanding", "weakness": "inadequate"}


def sentences() -> list[tuple[Sentence, str]]:
    """Each saying of each thing in four reports; a section has two things, a paragraph each."""
    return [
        (
            Sentence(
                "1" * 8 + f"{report:08x}",
                f"{number}-{at}-{place}",
                f"The {thing} {saying}.",
                "",
                "Help",
                "help",
                GRADE.get(polarity, "good"),
                number // 2,
                number,
            ),
            polarity,
        )
        for report in range(4)
        for number, thing in enumerate(THINGS)
        for at, (polarity, sayings) in enumerate(SAYINGS.items())
        for place, saying in enumerate(sayings)
    ]


def test_a_judge_learns_what_it_is_shown() -> None:
    labelled = sentences()
    labels = {one.place: {"first": polarity} for one, polarity in labelled if one.section}
    wording, around = made.Training([one for one, _ in labelled], labels).tables()
    assert all(len(numbers) == len(POLARITIES) + 1 for numbers in wording.values())
    assert all(len(numbers) == len(POLARITIES) for numbers in around.values())
    judge = Judge(wording, around)
    for one, polarity in labelled:
        assert judge.polarity(one.text, heading="Help").polarity == polarity
    assert judge.polarity("The letters are late and weak.").polarity == "weakness"
    for section in by_section([one for one, _ in labelled]):
        found = judge.section([[one.text for one in paragraph] for paragraph in section], "Help")
        said = [one.polarity for paragraph in found for one in paragraph]
        assert said == [polarity for polarity in SAYINGS for _ in range(2)] * 2


def test_sentences_are_taken_by_section_and_paragraph() -> None:
    sections = list(by_section([one for one, _ in sentences()]))
    assert [len(section) for section in sections] == [2] * 16
    assert {len(paragraph) for section in sections for paragraph in section} == {10}


def test_a_third_of_the_reports_is_held_out() -> None:
    held = [is_held_out(f"{number:08x}") for number in range(3000)]
    assert sum(held) == 1000


def test_the_tables_are_read_as_they_were_written(tmp_path: Path) -> None:
    path, around = tmp_path / "weights.tsv", tmp_path / "around.tsv"
    wording: made.Table = {
        CONSTANT: (1.0, 0.0, 0.0, 0.0, 0.0, 0.0),
        "late": (2.0, 0.0, 1.5, 0.0, 0.0, 0.0),
    }
    made.write(path, wording, ".2f", "feature, rarity")
    made.write(around, {CONSTANT: (0.0, 0.0, 0.125, 0.0, 5.0)}, ".3f", "what stands around")
    judge = Judge.read(path, around)
    assert judge.scores("late") == [0, 1.5, 0, 0, 0]
    assert judge.section([["late"]])[0][0] == ("context", 0.97)

"""The judge: its sum on a small table, and what the weights at hand say of plain sentences."""

import math
from pathlib import Path

import pytest

from ofsted_kg.judging.polarity import CONSTANT, POLARITIES, Judge, judge
from ofsted_kg.knowledge_graph import KnowledgeGraph

TABLE = {
    CONSTANT: (1.0, 0.0, 0.0, 0.0, 0.0, 0.0),
    "good": (1.0, 2.0, 0.0, 0.0, 0.0, 0.0),
    "late": (3.0, 0.0, 2.0, 0.0, 0.0, 0.0),
}

# The sentence before counts three times for its own polarity, a sentence's own wording once.
NAMES = [f"own {name}" for name in POLARITIES], [f"near before {name}" for name in POLARITIES]
AROUND = {CONSTANT: (0.0,) * 5} | {
    name: tuple(weight * (at == place) for place in range(5))
    for weight, names in zip((1.0, 3.0), NAMES, strict=True)
    for at, name in enumerate(names)
}

# Sentences made up for this test, each of a kind that no reader would hesitate at.
PLAIN = [
    ("Social workers visit children regularly and know them well.", "strength"),
    ("Leaders have made significant improvements since the last inspection.", "strength"),
    ("Care leavers benefit from highly effective support.", "strength"),
    ("Too many children wait too long for their needs to be assessed.", "weakness"),
    ("Management oversight is weak and does not prevent drift and delay.", "weakness"),
    ("Supervision is infrequent and poorly recorded.", "weakness"),
    ("Most assessments are thorough, but some are not timely enough.", "mixed"),
    ("The quality of plans is variable.", "mixed"),
    ("The council has 340 children in care.", "context"),
    ("The inspection was carried out by four inspectors.", "context"),
]


def test_the_sum_is_that_of_the_table() -> None:
    """Of 1 for good and 3 for late, the length is √10; weights are 2 each."""
    good, late = 2 / math.sqrt(10), 6 / math.sqrt(10)
    assert Judge(TABLE, AROUND).scores("good late") == pytest.approx([good, late, 0, 0, 0])
    found = Judge(TABLE, AROUND).polarity("good late")
    whole = math.exp(good) + math.exp(late) + 3
    assert found == ("weakness", round(math.exp(late) / whole, 2))


def test_a_sentence_of_no_known_word_has_the_constants() -> None:
    assert Judge(TABLE, AROUND).polarity("zzz").confidence == 0.2


def test_a_table_is_read_without_its_notes(tmp_path: Path) -> None:
    path, around = tmp_path / "weights.tsv", tmp_path / "around.tsv"
    lines = ["// a note", f"{CONSTANT}\t1\t0\t0\t0\t0\t0", "late\t3\t0\t2\t0\t0\t0"]
    path.write_text("\n".join(lines) + "\n", encoding="utf-8")
    around.write_text(f"// a note\n{CONSTANT}\t0\t0\t9\t0\t0\n", encoding="utf-8")
    judge = Judge.read(path, around)
    assert judge.polarity("late").polarity == "weakness"
    assert judge.section([["late"]])[0][0].polarity == "mixed"


def test_in_a_section_the_sentences_around_count() -> None:
    """A sentence of no known word is as the one before it; paragraphs are given back as they were.

    In the small table its wording gives each polarity alike.
    """
    judge = Judge(TABLE, AROUND)
    found = judge.section([["late", "zzz"], ["zzz", "good"], []])
    polarities = [[one.polarity for one in paragraph] for paragraph in found]
    assert polarities == [["weakness", "weakness"], ["weakness", "strength"], []]
    assert judge.polarity("zzz").confidence == 0.2 < found[0][1].confidence
    assert judge.section([]) == []


def test_a_sentence_alone_in_its_section_is_judged_as_plain_ones_are() -> None:
    for sentence, polarity in PLAIN[:6]:
        assert judge().section([[sentence]])[0][0].polarity == polarity


@pytest.mark.parametrize(("sentence", "polarity"), PLAIN)
def test_plain_sentences(sentence: str, polarity: str) -> None:
    found = judge().polarity(sentence)
    assert found.polarity == polarity
    assert 0.3 < found.confidence <= 1


@pytest.mark.parametrize("odd", ["", " ", "\x00", "𝔊𝔬𝔬𝔡", "good " * 5000, "but " * 3000])
def test_whatever_is_asked_has_an_answer(odd: str) -> None:
    found = judge().polarity(odd, odd, odd)
    assert found.polarity in POLARITIES
    assert 0 < found.confidence <= 1


def test_whatever_is_asked_of_a_section_has_an_answer() -> None:
    paragraphs = [["", "\x00"], [], ["good " * 5000, "𝔊𝔬𝔬𝔡"]]
    found = judge().section(paragraphs, "\n")
    assert [len(paragraph) for paragraph in found] == [2, 0, 2]
    assert all(0 < one.confidence <= 1 for paragraph in found for one in paragraph)


def test_the_door_judges_a_sentence() -> None:
    sentence, polarity = PLAIN[3]
    found = KnowledgeGraph().judge(sentence, section="Help and protection")
    assert (found.polarity, found.confidence > 0.5) == (polarity, True)

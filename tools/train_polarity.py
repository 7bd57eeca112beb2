"""Makes `ofsted_kg/judging/polarity.tsv` from hand labels and your own copies of the reports.

    python -m tools.train_polarity REPORTS

The labels of `data/evaluation/finding-polarity.csv` are few, and reports hold a hundred times
as many sentences; three steps let these help.

1. Grades: from sentences of graded sections a model learns which wording goes with good and with
   poor services. It never sees which section a sentence is of when it is asked, and
   wording that stands in few sentences is left out.
2. A teacher learns polarity from the labels, with the scores of step 1 for the sentence, its
   clauses and the sentence before as further features, and judges the unlabelled sentences.
3. The weights are those of a linear model of the wording alone (`judging/wording.py`), learnt
   from the labels and from what the teacher is sure of.

No sentence of a held-out report is used in any step. Needs scikit-learn; takes about ten minutes
and 3 GB.
"""

import argparse
import csv
import random
import re
import sys
from collections.abc import Sequence
from concurrent.futures import ProcessPoolExecutor
from pathlib import Path
from typing import Any, NamedTuple, TypeAlias

import numpy as np
from scipy.sparse import csr_matrix, hstack
from sklearn.feature_extraction.text import CountVectorizer, TfidfVectorizer
from sklearn.linear_model import LogisticRegression
from sklearn.metrics import accuracy_score, cohen_kappa_score, confusion_matrix, f1_score

from ofsted_kg.errors import OfstedKgError
from ofsted_kg.judging.polarity import CONSTANT, POLARITIES, Judge
from ofsted_kg.judging.wording import features
from ofsted_kg.reports.reading import read_report
from ofsted_kg.texts.pieces import words_of
from ofsted_kg.texts.sentences import sentences

ROOT = Path(__file__).parents[1]
LABELS = ROOT / "data" / "evaluation" / "finding-polarity.csv"
WEIGHTS = ROOT / "ofsted_kg" / "judging" / "polarity.tsv"
# Ranks of the grades' words; requires improvement is among the poor, and apart from the poorest.
RANKS = {"outstanding": 0, "good": 1, "requires improvement": 2, "inadequate": 3}
_CLAUSES = re.compile(r"\b(?:but|however|although|though|while|whilst|despite|yet)\b|[;,]")
_SHORTEST_CLAUSE = 3  # words
SHORTEST = 25  # characters of a sentence that is learnt from
RARE_GRADED, RARE = 15, 12  # fewest sentences that a feature must stand in
UNLABELLED = 120_000
LABEL_WEIGHT = 3.0  # of a label against one sentence that the teacher is wholly sure of
FITTED = 4  # one label in so many tells how sure the weights may be
SCALE = 0.5  # of the scores of step 1 beside features of length 1


class Sentence(NamedTuple):
    """A sentence of a report with what it is judged by; `area` and `grade` of its section."""

    report: str
    pieces: str
    text: str
    before: str
    heading: str
    area: str | None
    grade: str | None

    def features(self) -> list[str]:
        """As the judge sees it."""
        return features(self.text, self.before, self.heading)


def of_report(path: Path) -> list[Sentence]:
    """All sentences of the paragraphs of a report; none where it cannot be read."""
    try:
        report = read_report(path)
    except OfstedKgError:
        return []
    grades = {one.area_key: one.grade for one in report.judgements}
    found = []
    for paragraph in (*report.paragraphs, *report.unnumbered):
        before = ""
        for pieces in sentences(report.text, paragraph.pieces):
            text = " ".join(words_of(pieces, report.text).split())
            place = " ".join(f"{start}-{end}" for start, end in pieces)
            grade = grades.get(paragraph.area_key or "")
            grade = grade and grade.removesuffix(" to be good")
            heading = paragraph.section or ""
            found.append(
                Sentence(report.digest, place, text, before, heading, paragraph.area_key, grade)
            )
            before = text
    return found


Labelled: TypeAlias = tuple[Sentence, str]
Table: TypeAlias = dict[str, tuple[float, ...]]


def is_held_out(report: str) -> bool:
    """About a third of the reports, by the digest of the file."""
    return int(report[:8], 16) % 3 == 0


class Grades:
    """Step 1: two scores of a text, for poor against good and for poorest against good."""

    def __init__(self, graded: Sequence[Sentence]) -> None:
        """Learns from sentences of graded sections."""
        self._counts = CountVectorizer(
            analyzer=lambda text: features(text), min_df=RARE_GRADED, binary=True
        )
        counted = self._counts.fit_transform([one.text for one in graded])
        ranks = np.array([RANKS[one.grade or ""] for one in graded])
        clear = ranks != RANKS["requires improvement"]
        self._models = (
            _grade_model().fit(counted[clear], ranks[clear] == RANKS["inadequate"]),
            _grade_model().fit(counted, ranks >= RANKS["requires improvement"]),
        )

    def scores(self, some: Sequence[Sentence]) -> Any:
        """For each sentence: whole, best, worst, first and last clause, and the one before."""
        whole = self._of([one.text for one in some])
        has_before = np.array([[1.0 if one.before else 0.0] for one in some])
        before = self._of([one.before for one in some]) * has_before
        clauses = [_clauses(one.text) for one in some]
        flat = self._of([clause for parts in clauses for clause in parts])
        ends = np.cumsum([len(parts) for parts in clauses])
        spread = [
            np.r_[part.max(0), part.min(0), part[0], part[-1]] for part in np.split(flat, ends[:-1])
        ]
        return csr_matrix(np.c_[whole, np.array(spread), before] * SCALE)

    def _of(self, texts: Sequence[str]) -> Any:
        counted = self._counts.transform(texts)
        return np.c_[tuple(model.decision_function(counted) for model in self._models)]


def _grade_model() -> LogisticRegression:
    return LogisticRegression(C=0.02, max_iter=300, solver="liblinear")


def _clauses(text: str) -> list[str]:
    parts = [part for part in _CLAUSES.split(text.lower()) if len(part.split()) >= _SHORTEST_CLAUSE]
    return parts or [text.lower()]


def weigh(labelled: Sequence[Labelled], unlabelled: Sequence[Sentence], grades: Grades) -> Table:
    """Steps 2 and 3, with weights that are as sure of themselves as they may be."""
    apart, others = labelled[::FITTED], [one for at, one in enumerate(labelled) if at % FITTED]
    spread = _sureness(_pupil(others, unlabelled, grades), apart)
    table = _pupil(labelled, unlabelled, grades)
    return {
        feature: (rarity, *(weight * spread for weight in weights))
        for feature, (rarity, *weights) in table.items()
    }


def _pupil(labelled: Sequence[Labelled], unlabelled: Sequence[Sentence], grades: Grades) -> Table:
    """Rarity and weights of each feature, and the constants."""
    given, labels = [one for one, _ in labelled], np.array([label for _, label in labelled])
    wording = [one.features() for one in given]
    more = [one.features() for one in unlabelled]
    rare = TfidfVectorizer(analyzer=lambda found: found, sublinear_tf=True, min_df=2)
    teacher = LogisticRegression(C=10, max_iter=2000).fit(
        hstack([rare.fit_transform(wording), grades.scores(given)]).tocsr(), labels
    )
    asked = hstack([rare.transform(more), grades.scores(unlabelled)]).tocsr()
    shares = teacher.predict_proba(asked)
    common = TfidfVectorizer(analyzer=lambda found: found, sublinear_tf=True, min_df=RARE)
    pupil = LogisticRegression(C=10, max_iter=500).fit(
        common.fit_transform([*wording, *more]),
        np.r_[labels, teacher.classes_[shares.argmax(1)]],
        sample_weight=np.r_[np.full(len(labels), LABEL_WEIGHT), shares.max(1) ** 2],
    )
    order = [list(pupil.classes_).index(polarity) for polarity in POLARITIES]
    table = {CONSTANT: (1.0, *pupil.intercept_[order])}
    for feature, at in sorted(common.vocabulary_.items()):
        table[feature] = (common.idf_[at], *pupil.coef_[order, at])
    return table


def _sureness(table: Table, apart: Sequence[Labelled]) -> float:
    """By how much to multiply weights so that confidences are borne out by labels set apart."""
    judge = Judge(table)
    powers = np.array([judge.scores(one.text, one.before, one.heading) for one, _ in apart])
    right = [POLARITIES.index(label) for _, label in apart]

    def loss(spread: float) -> float:
        scaled = powers * spread
        return float((np.logaddexp.reduce(scaled, 1) - scaled[range(len(right)), right]).mean())

    return min((at / 20 for at in range(4, 41)), key=loss)


def read_labels() -> dict[tuple[str, str], dict[str, str]]:
    """The rows of the labels by report and place."""
    with LABELS.open(encoding="utf-8", newline="") as rows:
        return {(row["report_sha256"], row["pieces"]): row for row in csv.DictReader(rows)}


def told(judge: Judge, labelled: Sequence[Labelled], name: str) -> None:
    """Prints how a judge does on labelled sentences."""
    some, labels = zip(*labelled, strict=True)
    found = [judge.polarity(one.text, one.before, one.heading) for one in some]
    said = [one.polarity for one in found]
    print(
        f"{name}: {len(some)} sentences, accuracy {accuracy_score(labels, said):.3f},"
        f" kappa {cohen_kappa_score(labels, said):.3f},"
        f" F1 of weakness {f1_score(labels, said, labels=['weakness'], average=None)[0]:.3f}"
    )
    print(POLARITIES)
    print(confusion_matrix(labels, said, labels=list(POLARITIES)))
    for low in (0.0, 0.5, 0.6, 0.7, 0.8, 0.9):
        high = low + 0.1 if low else 0.5
        last = high > 0.95
        pairs = [
            (one, label)
            for one, label in zip(found, labels, strict=True)
            if low <= one.confidence < high or (last and one.confidence >= low)
        ]
        if pairs:
            right = sum(a.polarity == b for a, b in pairs) / len(pairs)
            print(f"confidence {low:.1f} to {high:.1f}: {len(pairs)}, right {right:.2f}")


def write(table: Table) -> None:
    """The weights as a table to read."""
    lines = [
        "// Made by tools/train_polarity.py; see docs/polarity.md.",
        "// feature, rarity, " + ", ".join(POLARITIES),
        *(
            "\t".join((feature, *(f"{number:.2f}" for number in numbers)))
            for feature, numbers in table.items()
        ),
    ]
    WEIGHTS.write_text("\n".join(lines) + "\n", encoding="utf-8")


def main(arguments: Sequence[str] | None = None) -> int:
    """Reads, learns, writes the weights, and tells how they do on what was held out."""
    parser = argparse.ArgumentParser(description=(__doc__ or "").splitlines()[0])
    parser.add_argument("reports", type=Path, help="folder with your copies of the reports")
    parser.add_argument("--curve", action="store_true", help="learn from parts of the labels too")
    given = parser.parse_args(arguments)
    with ProcessPoolExecutor() as pool:
        read = pool.map(of_report, sorted(given.reports.rglob("*.pdf")), chunksize=8)
        everything = [one for found in read for one in found]
    labels = read_labels()
    if missing := labels.keys() - {(one.report, one.pieces) for one in everything}:
        print(f"{len(missing)} labelled sentences are not in these reports", file=sys.stderr)
    learn(everything, labels, given.curve)
    return 0


def learn(
    everything: Sequence[Sentence], labels: dict[tuple[str, str], dict[str, str]], curve: bool
) -> None:
    """All three steps, from all sentences at hand and the rows of the labels."""
    development: list[Labelled] = []
    held_out: list[Labelled] = []
    for one in everything:
        if row := labels.get((one.report, one.pieces)):
            (held_out if row["set"] == "held-out" else development).append((one, row["first"]))
    free = [one for one in everything if not is_held_out(one.report) and len(one.text) >= SHORTEST]
    grades = Grades([one for one in free if one.grade in RANKS])
    shuffled = random.Random(1)  # noqa: S311
    unlabelled = [one for one in free if (one.report, one.pieces) not in labels]
    unlabelled = shuffled.sample(unlabelled, min(UNLABELLED, len(unlabelled)))
    shuffled.shuffle(development)
    total = len(development)
    for count in (*((total // 8, total // 4, total // 2) if curve else ()), total):
        table = weigh(development[:count], unlabelled, grades)
        told(Judge(table), held_out, f"learnt from {count}, held out")
    write(table)


if __name__ == "__main__":
    sys.exit(main())

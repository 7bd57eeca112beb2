"""Makes the tables of `ofsted_kg/judging` from hand labels and your own copies of the reports.

    python -m tools.train_polarity REPORTS

The labels of `data/evaluation/finding-polarity.csv` are few, and reports hold a hundred times
as many sentences; the first three steps let these help.

1. Grades: from sentences of graded sections a model learns which wording goes with good and with
   poor services. It never sees which section a sentence is of when it is asked, and
   wording that stands in few sentences is left out.
2. A teacher learns polarity from the labels, with the scores of step 1 for the sentence, its
   clauses and the sentence before as further features, and judges the unlabelled sentences.
3. The weights of `polarity.tsv` are those of a linear model of the wording alone
   (`judging/wording.py`), learnt from the labels and from what the teacher is sure of.
4. The weights of `surroundings.tsv` are those of a linear model of what step 3 says of a sentence
   and of those around it (`judging/surroundings.py`), learnt from the labels. For that every
   report is judged by weights that steps 1 to 3 learnt from other reports: else they would
   seem surer of sentences than they are of new ones.

No sentence of a held-out report is used in any step. Needs scikit-learn. Steps 1 to 3 took ten
minutes and 3 GB when there was no fourth; step 4 repeats them for each of four parts.
"""

import argparse
import random
import sys
from collections.abc import Sequence
from concurrent.futures import ProcessPoolExecutor
from pathlib import Path
from typing import Any, TypeAlias

import numpy as np
from scipy.sparse import hstack
from sklearn.feature_extraction import DictVectorizer
from sklearn.feature_extraction.text import TfidfTransformer
from sklearn.linear_model import LogisticRegression
from sklearn.metrics import accuracy_score, cohen_kappa_score, confusion_matrix, f1_score

from ofsted_kg.judging.polarity import AROUND, CONSTANT, POLARITIES, WEIGHTS, Judge, shares_of
from ofsted_kg.judging.surroundings import surroundings
from tools.counted_sentences import Counted
from tools.report_sentences import (
    Labels,
    Sentence,
    by_section,
    is_held_out,
    of_report,
    read_labels,
)

SHORTEST = 25  # characters of a sentence that is learnt from
RARE = 12  # fewest sentences that a feature must stand in
UNLABELLED = 120_000
LABEL_WEIGHT = 3.0  # of a label against one sentence that the teacher is wholly sure of
PARTS = 4  # of the reports, each judged by what the others teach
STRICTNESS = 0.1  # of step 4: the lower, the smaller the weights
LEAST_SPREAD = 0.2  # of a number in step 4, so that what is rare gets no great weight

Table: TypeAlias = dict[str, tuple[float, ...]]
Rows: TypeAlias = np.ndarray[Any, Any]


class Training:
    """Sentences to learn from, which of them have labels, and which may be judged for more."""

    def __init__(self, sentences: Sequence[Sentence], labels: Labels) -> None:
        """From all sentences at hand of reports that are not held out, in their order."""
        self.counted = Counted(sentences)
        self.sentences = sentences
        rows = [labels.get(one.place) for one in sentences]
        self.label = np.array([row["first"] if row else "" for row in rows])
        self.long = np.array([len(one.text) >= SHORTEST for one in sentences])
        self.part = np.array([int(one.report[8:16], 16) % PARTS for one in sentences])

    def tables(self) -> tuple[Table, Table]:
        """The weights of the wording, and those of what stands around."""
        everything = np.ones(len(self.sentences), dtype=bool)
        scores = np.zeros((len(self.sentences), len(POLARITIES)))
        for part in range(PARTS):
            table = self.wording(self.part != part)
            for at in np.flatnonzero(self.part == part):
                one = self.sentences[int(at)]
                scores[at] = Judge(table, {}).scores(one.text, one.before, one.heading)
        spread = _sureness(scores[self.label != ""], self.label[self.label != ""])
        table = {
            feature: (rarity, *(weight * spread for weight in weights))
            for feature, (rarity, *weights) in self.wording(everything).items()
        }
        return table, self.around(scores * spread)

    def wording(self, known: Rows) -> Table:
        """Steps 1 to 3 from the sentences that are `known`: weights of each feature."""
        labelled = np.flatnonzero(known & (self.label != ""))
        more = np.flatnonzero(known & self.long & (self.label == ""))
        if len(more) > UNLABELLED:
            more = np.array(random.Random(1).sample(list(more), UNLABELLED))  # noqa: S311
        grades = self.counted.grade_scores(known & self.long)
        labels = self.label[labelled]
        taught, _ = _often(self.counted.wording[labelled], 2)
        rare = TfidfTransformer(sublinear_tf=True).fit(self.counted.wording[labelled][:, taught])
        known_to_teacher = [
            hstack([rare.transform(self.counted.wording[rows][:, taught]), grades[rows]]).tocsr()
            for rows in (labelled, more)
        ]
        teacher = LogisticRegression(C=10, max_iter=2000).fit(known_to_teacher[0], labels)
        shares = teacher.predict_proba(known_to_teacher[1])
        both = self.counted.wording[np.r_[labelled, more]]
        common, names = _often(both, RARE, self.counted.names)
        rarity = TfidfTransformer(sublinear_tf=True).fit(both[:, common])
        pupil = LogisticRegression(C=10, max_iter=500).fit(
            rarity.transform(both[:, common]),
            np.r_[labels, teacher.classes_[shares.argmax(1)]],
            sample_weight=np.r_[np.full(len(labels), LABEL_WEIGHT), shares.max(1) ** 2],
        )
        return _table(pupil, names, rarity.idf_)

    def around(self, scores: Rows) -> Table:
        """Step 4, from the scores that other reports taught the wording of each sentence."""
        numbers = []
        at = 0
        for section in by_section(self.sentences):
            texts = [one.text for paragraph in section for one in paragraph]
            shares = [shares_of(scores[at + count]) for count in range(len(texts))]
            numbers += surroundings(texts, shares, POLARITIES)
            at += len(texts)
        labelled = np.flatnonzero(self.label != "")
        columns = DictVectorizer(sparse=False)
        given = columns.fit_transform([numbers[at] for at in labelled])
        # Numbers of one spread are held down alike; the table has weights of the plain ones.
        spreads = np.maximum(given.std(0), LEAST_SPREAD)
        model = LogisticRegression(C=STRICTNESS, max_iter=2000).fit(
            given / spreads, self.label[labelled]
        )
        model.coef_ = model.coef_ / spreads
        return _table(model, columns.get_feature_names_out())


def _often(counts: Any, fewest: int, names: Rows | None = None) -> tuple[Rows, Rows]:
    """The features that stand in enough sentences, as columns and by name."""
    columns = np.flatnonzero(np.asarray((counts > 0).sum(0)).ravel() >= fewest)
    return columns, columns if names is None else names[columns]


def _table(model: LogisticRegression, names: Sequence[str] | Rows, rarity: Any = None) -> Table:
    """The weights of a model by feature, behind its rarity where there is such a thing."""
    order = [list(model.classes_).index(polarity) for polarity in POLARITIES]
    first = () if rarity is None else (1.0,)
    table = {CONSTANT: (*first, *model.intercept_[order])}
    for at, feature in sorted(enumerate(names), key=lambda one: str(one[1])):
        first = () if rarity is None else (rarity[at],)
        table[str(feature)] = (*first, *model.coef_[order, at])
    return table


def _sureness(scores: Rows, labels: Rows) -> float:
    """By how much to multiply scores so that confidences are borne out by the labels."""
    right = [POLARITIES.index(label) for label in labels]

    def loss(spread: float) -> float:
        scaled = scores * spread
        return float((np.logaddexp.reduce(scaled, 1) - scaled[range(len(right)), right]).mean())

    return min((at / 20 for at in range(4, 41)), key=loss)


def told(judge: Judge, everything: Sequence[Sentence], labels: Labels) -> None:
    """Prints how a judge does on the held-out sentences, alone and among those around them."""
    pairs, alone = [], []
    held_out = [one for one in everything if is_held_out(one.report)]
    for section in by_section(held_out):
        texts = [[one.text for one in paragraph] for paragraph in section]
        found = judge.section(texts, section[0][0].heading)
        for paragraph, polarities in zip(section, found, strict=True):
            for one, polarity in zip(paragraph, polarities, strict=True):
                if row := labels.get(one.place):
                    pairs.append((row["first"], polarity))
                    alone.append(judge.polarity(one.text, one.before, one.heading).polarity)
    right = [label for label, _ in pairs]
    said = [found.polarity for _, found in pairs]
    _summary("held out, alone", right, alone)
    _summary("held out, among those around", right, said)
    print(POLARITIES)
    print(confusion_matrix(right, said, labels=list(POLARITIES)))
    for low in (0.0, 0.5, 0.6, 0.7, 0.8, 0.9):
        high = low + 0.1 if low else 0.5
        last = high > 0.95
        some = [
            label == found.polarity
            for label, found in pairs
            if low <= found.confidence < high or (last and found.confidence >= low)
        ]
        if some:
            share = sum(some) / len(some)
            print(f"confidence {low:.1f} to {high:.1f}: {len(some)}, right {share:.2f}")


def _summary(name: str, right: Sequence[str], said: Sequence[str]) -> None:
    weakness = f1_score(right, said, labels=["weakness"], average=None)[0]
    print(
        f"{name}: {len(right)} sentences, accuracy {accuracy_score(right, said):.3f},"
        f" kappa {cohen_kappa_score(right, said):.3f}, F1 of weakness {weakness:.3f}"
    )


def write(path: Path, table: Table, form: str, head: str) -> None:
    """Weights as a table to read."""
    lines = [
        "// Made by tools/train_polarity.py; see docs/polarity.md.",
        f"// {head}, " + ", ".join(POLARITIES),
        *(
            "\t".join((feature, *(format(number, form) for number in numbers)))
            for feature, numbers in table.items()
        ),
    ]
    path.write_text("\n".join(lines) + "\n", encoding="utf-8")


def main(arguments: Sequence[str] | None = None) -> int:
    """Reads, learns, writes the weights, and tells how they do on what was held out."""
    parser = argparse.ArgumentParser(description=(__doc__ or "").splitlines()[0])
    parser.add_argument("reports", type=Path, help="folder with your copies of the reports")
    parser.add_argument("--tell", action="store_true", help="measure on what was held out")
    given = parser.parse_args(arguments)
    with ProcessPoolExecutor() as pool:
        read = pool.map(of_report, sorted(given.reports.rglob("*.pdf")), chunksize=8)
        everything = [one for found in read for one in found]
    labels = read_labels()
    if missing := labels.keys() - {one.place for one in everything}:
        print(f"{len(missing)} labelled sentences are not in these reports", file=sys.stderr)
    free = [one for one in everything if not is_held_out(one.report)]
    wording, around = Training(free, labels).tables()
    write(WEIGHTS, wording, ".2f", "feature, rarity")
    write(AROUND, around, ".3f", "what stands around")
    if given.tell:
        told(Judge.read(WEIGHTS, AROUND), everything, labels)
    return 0


if __name__ == "__main__":
    sys.exit(main())

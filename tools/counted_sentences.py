"""Features of sentences counted once, and what the grades of sections say of their wording."""

import re
from collections.abc import Sequence
from typing import Any

import numpy as np
from scipy.sparse import csr_matrix
from sklearn.feature_extraction.text import CountVectorizer
from sklearn.linear_model import LogisticRegression

from ofsted_kg.judging.wording import features
from tools.report_sentences import Sentence

# Ranks of the grades' words; requires improvement is among the poor, and apart from the poorest.
RANKS = {"outstanding": 0, "good": 1, "requires improvement": 2, "inadequate": 3}
RARE_GRADED = 15  # fewest sentences that a feature must stand in to say something of grades
SCALE = 0.5  # of the scores beside features of length 1
_CLAUSES = re.compile(r"\b(?:but|however|although|though|while|whilst|despite|yet)\b|[;,]")
_SHORTEST_CLAUSE = 3  # words


class Counted:
    """`wording` has a row a sentence and a column a feature, whose name is in `names`."""

    def __init__(self, sentences: Sequence[Sentence]) -> None:
        """Counts; sentences are in the order of their reports."""
        counts = CountVectorizer(analyzer=Sentence.features, min_df=2, dtype=np.float32)
        self.wording = counts.fit_transform(sentences)
        self.names = counts.get_feature_names_out()
        self._ranks = np.array([RANKS.get(one.grade or "", -1) for one in sentences])
        self._follows = np.array([bool(one.before) for one in sentences])
        alone = CountVectorizer(
            analyzer=lambda text: features(text), min_df=RARE_GRADED, binary=True
        )
        self._alone = alone.fit_transform([one.text for one in sentences])
        clauses = [_clauses(one.text) for one in sentences]
        self._clauses = alone.transform([clause for parts in clauses for clause in parts])
        self._ends = np.cumsum([len(parts) for parts in clauses])

    def grade_scores(self, known: Any) -> Any:
        """Two scores of wording, poor against good and poorest against good.

        Learnt from the graded among the `known` sentences; for each sentence those of the whole, of
        its best, worst, first and last clause, and of the sentence before.
        """
        graded = known & (self._ranks >= 0)
        clear = graded & (self._ranks != RANKS["requires improvement"])
        models = (
            _grade_model().fit(self._alone[clear], self._ranks[clear] == RANKS["inadequate"]),
            _grade_model().fit(
                self._alone[graded], self._ranks[graded] >= RANKS["requires improvement"]
            ),
        )
        whole, parts = (
            np.c_[tuple(model.decision_function(counted) for model in models)]
            for counted in (self._alone, self._clauses)
        )
        starts = np.r_[0, self._ends[:-1]]
        before = np.roll(whole, 1, axis=0) * self._follows[:, None]
        highest, lowest = (each.reduceat(parts, starts) for each in (np.maximum, np.minimum))
        ends = (parts[starts], parts[self._ends - 1])
        return csr_matrix(np.c_[whole, highest, lowest, *ends, before] * SCALE)


def _grade_model() -> LogisticRegression:
    return LogisticRegression(C=0.02, max_iter=300, solver="liblinear")


def _clauses(text: str) -> list[str]:
    parts = [part for part in _CLAUSES.split(text.lower()) if len(part.split()) >= _SHORTEST_CLAUSE]
    return parts or [text.lower()]

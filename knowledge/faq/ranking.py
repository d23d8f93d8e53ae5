"""Ranks the classes of labelled phrasings for a question: nearness to single phrasings and a trained judge, together.

Every phrasing is a row of two weighted tables (words, runs of letters). A question's likeness to a row is the cosine
in both. The first judge is the likeness of a class's best rows; the second is kernel ridge regression over
the same likeness, which learns which of the shared words tell classes apart. Measured, the two together beat either.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

Floats = NDArray[np.float32]
Counted = Mapping[str, float]
RIDGE = 0.35
WORDS_SHARE = 0.6
JUDGE_SHARE = 0.55


@dataclass(frozen=True, slots=True)
class Table:
    """One kind of feature over all rows: feature -> (rows, weights), and how much each feature tells."""

    rows: int
    postings: Mapping[str, tuple[NDArray[np.int32], Floats]]
    tells: Mapping[str, float]

    @classmethod
    def of(cls, counted: Sequence[Counted]) -> Table:
        """Inverse document frequency weights; each row has length one."""
        found: dict[str, int] = {}
        for row in counted:
            for feature in row:
                found[feature] = found.get(feature, 0) + 1
        tells = {name: float(np.log((1 + len(counted)) / (1 + n)) + 1) for name, n in found.items()}
        places: dict[str, tuple[list[int], list[float]]] = {name: ([], []) for name in tells}
        for at, row in enumerate(counted):
            for feature, weight in _weighted(row, tells).items():
                places[feature][0].append(at)
                places[feature][1].append(weight)
        return cls(
            len(counted),
            {name: (np.array(at, np.int32), np.array(w, np.float32)) for name, (at, w) in places.items()},
            tells,
        )

    def likeness(self, question: Counted) -> Floats:
        """Cosine of the question with every row. What no row has is forgotten, so that chatter costs little."""
        total = np.zeros(self.rows, np.float32)
        for feature, weight in _weighted(question, self.tells).items():
            rows, weights = self.postings[feature]
            total[rows] += weights * np.float32(weight)
        return total

    def known(self, question: Counted) -> float:
        """The share of the question's features that any row has, 0 to 1."""
        return sum(name in self.tells for name in question) / len(question) if question else 0.0


def _weighted(row: Counted, tells: Mapping[str, float]) -> dict[str, float]:
    weighted = {name: (1 + np.log(n)) * tells[name] for name, n in row.items() if name in tells}
    length = float(np.sqrt(sum(weight * weight for weight in weighted.values()))) or 1.0
    return {name: float(weight / length) for name, weight in weighted.items()}


@dataclass(frozen=True, slots=True)
class Ranked:
    """Every class with its score, best first, and the likeness of the nearest single phrasing."""

    order: tuple[tuple[str, float], ...]
    nearest: float
    known: float


@dataclass(frozen=True, slots=True)
class Ranker:
    """`classes[owner[row]]` is the class of a row; `judge` maps likeness to a score for each class."""

    classes: tuple[str, ...]
    owner: NDArray[np.int32]
    words: Table
    letters: Table
    judge: Floats
    split: Callable[[str], tuple[Counted, Counted]]

    @classmethod
    def trained(
        cls, labelled: Sequence[tuple[str, str]], split: Callable[[str], tuple[Counted, Counted]]
    ) -> Ranker:
        """From (class, phrasing) pairs; `split` gives the word and the letter features of a text."""
        classes = tuple(dict.fromkeys(name for name, _ in labelled))
        owner = np.array([classes.index(name) for name, _ in labelled], np.int32)
        both = [split(text) for _, text in labelled]
        words, letters = Table.of([one for one, _ in both]), Table.of([two for _, two in both])
        kernel = np.stack([_mixed(words, letters, *pair)[0] for pair in both])
        wanted = np.eye(len(classes), dtype=np.float32)[owner]
        judge = np.linalg.solve(kernel + RIDGE * np.eye(len(owner), dtype=np.float32), wanted)
        return cls(classes, owner, words, letters, judge.astype(np.float32), split)

    def rank(self, text: str) -> Ranked:
        likeness, known = _mixed(self.words, self.letters, *self.split(text))
        best = np.zeros(len(self.classes), np.float32)
        np.maximum.at(best, self.owner, likeness)
        scores = JUDGE_SHARE * (likeness @ self.judge) + (1 - JUDGE_SHARE) * best
        order = np.argsort(-scores, kind="stable")
        return Ranked(
            tuple((self.classes[at], float(scores[at])) for at in order), float(best.max(initial=0.0)), known
        )


def _mixed(words: Table, letters: Table, one: Counted, two: Counted) -> tuple[Floats, float]:
    likeness = WORDS_SHARE * words.likeness(one) + (1 - WORDS_SHARE) * letters.likeness(two)
    return likeness.astype(np.float32), words.known(one)

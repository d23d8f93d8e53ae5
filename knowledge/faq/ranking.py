"""Ranks the classes of labelled phrasings for a question: nearness to single phrasings and a trained judge, together.

Every phrasing is a row of two weighted tables (words, runs of letters). A question's likeness to a row is the cosine
in both. The first judge is the likeness of a class's nearest row; the second is kernel ridge regression over
the same likeness, which learns which of the shared words tell classes apart. Together they find more than either.
"""

from __future__ import annotations

import io
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray

Floats = NDArray[np.float32]
Integers = NDArray[np.int32]
Counted = Mapping[str, float]
Both = tuple[Counted, Counted]
"""A text as its word features and its letter features."""
Importance = Callable[[str], float]
_PARTS = ("names", "starts", "rows", "weights", "tells")
RIDGE = 0.6
WORDS_SHARE = 0.6
JUDGE_SHARE = 0.55


@dataclass(frozen=True, slots=True)
class Table:
    """One kind of feature over all rows. Feature `names[f]` stands in `rows[starts[f]:starts[f + 1]]`.

    `weights` are parallel to `rows`; `tells` is how much a feature says (inverse document frequency). The
    weights of a row have length one.
    """

    size: int
    names: Mapping[str, int]
    starts: Integers
    rows: Integers
    weights: Floats
    tells: Floats

    @classmethod
    def of(cls, counted: Sequence[Counted], importance: Importance) -> Table:
        """The table of these rows; `importance` of a feature multiplies what its rarity says."""
        holders: dict[str, list[int]] = {}
        for at, row in enumerate(counted):
            for name in row:
                holders.setdefault(name, []).append(at)
        names = {name: at for at, name in enumerate(holders)}
        often = np.array([len(rows) for rows in holders.values()])
        rarity = np.log((1 + len(counted)) / (1 + often)) + 1
        tells = (rarity * [importance(name) for name in names]).astype(np.float32)
        weighted = [dict(zip(*_weighted(row, names, tells), strict=True)) for row in counted]
        weights = [weighted[at][names[name]] for name, rows in holders.items() for at in rows]
        return cls(
            len(counted),
            names,
            np.concatenate([[0], np.cumsum(often)]).astype(np.int32),
            np.array([at for rows in holders.values() for at in rows], np.int32),
            np.array(weights, np.float32),
            tells,
        )

    def likeness(self, question: Counted) -> Floats:
        """Cosine of the question with every row; what no row has is left out of the question first."""
        features, weights = _weighted(question, self.names, self.tells)
        if not features:
            return np.zeros(self.size, np.float32)
        spans = [slice(self.starts[one], self.starts[one + 1]) for one in features]
        rows = np.concatenate([self.rows[span] for span in spans])
        shares = [self.weights[span] * weight for span, weight in zip(spans, weights, strict=True)]
        return np.bincount(rows, np.concatenate(shares), self.size).astype(np.float32)

    def arrays(self, prefix: str) -> dict[str, NDArray[Any]]:
        """The table as plain arrays, for keeping."""
        names = np.frombuffer("\n".join(self.names).encode(), np.uint8)
        parts: tuple[NDArray[Any], ...] = (names, self.starts, self.rows, self.weights, self.tells)
        return {prefix + part: array for part, array in zip(_PARTS, parts, strict=True)}

    @classmethod
    def from_arrays(cls, prefix: str, arrays: Mapping[str, NDArray[Any]], size: int) -> Table:
        listed, *parts = (arrays[prefix + part] for part in _PARTS)
        names = listed.tobytes().decode().split("\n")
        return cls(size, {name: at for at, name in enumerate(names)}, *parts)


def _weighted(row: Counted, names: Mapping[str, int], tells: Floats) -> tuple[list[int], Floats]:
    """The features of a row that are known, and their weights with length one."""
    known = [(names[name], n) for name, n in row.items() if name in names]
    features = [at for at, _ in known]
    weights = (
        (1 + np.log(np.array([n for _, n in known], np.float32))) * tells[features] if known else tells[:0]
    )
    length = float(np.sqrt(weights @ weights)) or 1.0
    return features, (weights / length).astype(np.float32)


@dataclass(frozen=True, slots=True)
class Ranked:
    """Every class with its score, best first."""

    order: tuple[tuple[str, float], ...]


@dataclass(frozen=True, slots=True)
class Ranker:
    """`classes[owner[row]]` is the class of a row; `judge` maps likeness to a score for each class."""

    classes: tuple[str, ...]
    owner: Integers
    words: Table
    letters: Table
    judge: Floats

    @classmethod
    def trained(cls, examples: Sequence[tuple[str, Both]], importance: Importance) -> Ranker:
        """From (class, phrasing) pairs. `importance` weighs the word features."""
        classes = tuple(dict.fromkeys(name for name, _ in examples))
        owner = np.array([classes.index(name) for name, _ in examples], np.int32)
        both = [features for _, features in examples]
        words = Table.of([one for one, _ in both], importance)
        letters = Table.of([two for _, two in both], lambda _: 1.0)
        kernel = np.stack([_mixed(words, letters, *pair) for pair in both])
        wanted = np.eye(len(classes), dtype=np.float32)[owner]
        judge = np.linalg.solve(kernel + RIDGE * np.eye(len(owner), dtype=np.float32), wanted)
        return cls(classes, owner, words, letters, judge.astype(np.float32))

    def rank(self, words: Counted, letters: Counted) -> Ranked:
        likeness = _mixed(self.words, self.letters, words, letters)
        best = np.zeros(len(self.classes), np.float32)
        np.maximum.at(best, self.owner, likeness)
        # not `@`: its threads wait for each other on a busy machine, for a thing done in a fraction of a millisecond
        judged = np.einsum("r,rc->c", likeness, self.judge)
        scores = JUDGE_SHARE * judged + (1 - JUDGE_SHARE) * best
        order = np.argsort(-scores, kind="stable")
        return Ranked(tuple((self.classes[at], float(scores[at])) for at in order))

    def to_bytes(self) -> bytes:
        """The trained ranker, to be kept and read back."""
        kept = io.BytesIO()
        classes = np.frombuffer("\n".join(self.classes).encode(), np.uint8)
        arrays = {**self.words.arrays("words_"), **self.letters.arrays("letters_")}
        np.savez(kept, classes=classes, owner=self.owner, judge=self.judge, **arrays)  # type: ignore[arg-type]
        return kept.getvalue()

    @classmethod
    def from_bytes(cls, kept: bytes) -> Ranker:
        with np.load(io.BytesIO(kept), allow_pickle=False) as arrays:
            classes = tuple(arrays["classes"].tobytes().decode().split("\n"))
            owner = arrays["owner"]
            words, letters = (Table.from_arrays(one, arrays, len(owner)) for one in ("words_", "letters_"))
            return cls(classes, owner, words, letters, arrays["judge"])


def _mixed(words: Table, letters: Table, one: Counted, two: Counted) -> Floats:
    return np.asarray(
        WORDS_SHARE * words.likeness(one) + (1 - WORDS_SHARE) * letters.likeness(two), np.float32
    )

"""A sparse table of words by rows (unit groups, or single texts): which row a set of weighted words fits."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray

Floats = NDArray[np.float32]
Numbers = NDArray[np.int32]


@dataclass(frozen=True, slots=True)
class Postings:
    """For term t, `rows[starts[t]:starts[t + 1]]` and their weights; `height` is the number of rows."""

    starts: Numbers
    rows: Numbers
    weights: Floats
    height: int

    def scores(self, query: Mapping[int, float]) -> Floats:
        """The weighted sum of the query's terms, per row."""
        total = np.zeros(self.height, dtype=np.float32)
        for term, weight in query.items():
            start, end = self.starts[term], self.starts[term + 1]
            # a row stands at most once under a term, so plain indexing adds right
            total[self.rows[start:end]] += weight * self.weights[start:end]
        return total

    def arrays(self, name: str) -> dict[str, NDArray[Any]]:
        return {f"{name}.starts": self.starts, f"{name}.rows": self.rows, f"{name}.weights": self.weights}


def table(rows: Sequence[Mapping[int, float]], terms: int) -> Postings:
    """The table of rows given as weights by term."""
    sizes = np.fromiter((len(row) for row in rows), dtype=np.int64, count=len(rows))
    owner = np.repeat(np.arange(len(rows), dtype=np.int32), sizes)
    term = np.fromiter((t for row in rows for t in row), dtype=np.int32, count=int(sizes.sum()))
    weight = np.fromiter((w for row in rows for w in row.values()), dtype=np.float32, count=int(sizes.sum()))
    order = np.argsort(term, kind="stable")
    starts = np.searchsorted(term[order], np.arange(terms + 1)).astype(np.int32)
    return Postings(starts, owner[order], weight[order], len(rows))


def inverse_frequency(documents: Sequence[Iterable[int]], terms: int) -> Floats:
    """How much a word tells: the fewer documents have it, the more; never below zero."""
    having = np.zeros(terms, dtype=np.float32)
    for document in documents:
        for term in set(document):
            having[term] += 1
    return np.log1p((len(documents) - having + 0.5) / (having + 0.5)).astype(np.float32)


def bm25(documents: Sequence[Mapping[int, float]], terms: int, k: float, b: float) -> Postings:
    """The BM25 weights of documents given as counts by term."""
    idf = inverse_frequency(documents, terms)
    lengths = [sum(document.values()) for document in documents]
    mean = sum(lengths) / max(len(lengths), 1) or 1.0
    rows = [
        {
            term: float(idf[term] * count * (k + 1) / (count + k * (1 - b + b * length / mean)))
            for term, count in document.items()
        }
        for document, length in zip(documents, lengths, strict=True)
    ]
    return table(rows, terms)


@dataclass(frozen=True, slots=True)
class Odds:
    """How much likelier words are in a row than in all rows, as logarithms; `offsets` is what an unknown word costs."""

    known: Postings
    offsets: Floats

    def scores(self, query: Mapping[int, float]) -> Floats:
        return self.known.scores(query) + self.offsets * np.float32(sum(query.values()))


def likelihood(documents: Sequence[Mapping[int, float]], terms: int, smoothing: float) -> Odds:
    """Words by document, smoothed with `smoothing` mean lengths of background (Dirichlet)."""
    background = np.full(terms, 0.01, dtype=np.float64)
    for document in documents:
        for term, count in document.items():
            background[term] += count
    background /= background.sum()
    lengths = np.array([sum(document.values()) for document in documents], dtype=np.float64)
    added = smoothing * lengths.mean() + 50.0
    rows = [
        {term: float(np.log1p(count / (added * background[term]))) for term, count in document.items()}
        for document in documents
    ]
    return Odds(table(rows, terms), np.log(added / (lengths + added)).astype(np.float32))


def cosine(documents: Sequence[Sequence[int]], idf: Floats) -> Postings:
    """Unit-length tf-idf rows of short texts."""
    rows: list[dict[int, float]] = []
    for document in documents:
        weights = {
            term: float(idf[term]) * (1 + 0.3 * (count - 1)) for term, count in Counter(document).items()
        }
        length = sum(weight * weight for weight in weights.values()) ** 0.5 or 1.0
        rows.append({term: weight / length for term, weight in weights.items()})
    return table(rows, len(idf))

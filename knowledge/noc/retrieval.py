"""Scores of all unit groups for duties or for a title: several signals, each weak alone, put on one scale and added."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping, Sequence

import numpy as np
from rapidfuzz import fuzz

from knowledge.noc.index import LEVELS, Index, Strings
from knowledge.noc.postings import Floats
from knowledge.noc.settings import Settings
from knowledge.noc.splitting import Duty
from knowledge.noc.tokens import plain
from knowledge.noc.typos import Mender
from knowledge.noc.vocabulary import Vocabulary

SHORTLIST = 120
# of the texts nearest to a duty, the best few of each group speak together
NEAR_STRINGS, FEW = 600, 3
REPEATS_COUNT = 0.7
TOKEN_SORT, TOKEN_SET = 0.6, 0.4

Query = Mapping[int, float]


class Retrieval:
    """What the index says about duties and titles; every answer is one number per unit group, higher is better."""

    def __init__(self, index: Index, vocabulary: Vocabulary, settings: Settings) -> None:
        self.index = index
        self._vocabulary = vocabulary
        self._settings = settings
        self._mender = Mender(index.terms)
        self._spelled: dict[int, str] = {}

    def query(self, text: str) -> Query:
        """The known words of a text with their weights, expanded by what they mean, typos mended."""
        return dict(self._vocabulary.weights(text, self.index.terms, self._mender))

    def unit_query(self, text: str) -> Query:
        """The same by how much each word tells, at length one, so that texts of any length compare."""
        return unit_length(self.query(text), self.index.idf)

    def of_duties(self, duties: Sequence[Duty]) -> Floats:
        """How well the duties fit each group, each duty by its share of the time."""
        return weighed(self.duty_signals(duties), self._settings.duties)

    def of_title(self, title: str) -> Floats:
        """How well a job title alone fits each group."""
        return weighed(self.title_signals(title), self._settings.title)

    def duty_signals(self, duties: Sequence[Duty]) -> dict[str, Floats]:
        queries = [(self.query(duty.text), duty.share) for duty in duties]
        whole: dict[int, float] = defaultdict(float)
        for query, share in queries:
            for term, weight in query.items():
                whole[term] += min(weight, 2.0) * share * len(queries)
        softened = {term: weight**REPEATS_COUNT for term, weight in whole.items()}
        nearest = np.zeros(len(self.index.codes), dtype=np.float32)
        passages = np.zeros(len(self.index.codes), dtype=np.float32)
        for query, share in queries:
            similar = self.index.told_strings.cosine.scores(unit_length(query, self.index.idf))
            nearest += share * best_of(similar, self.index.told_strings, len(self.index.codes))
            passages += share * best_few(similar, self.index.told_strings, len(self.index.codes))
        return {**self.group_signals(softened), "nearest": nearest, "passages": passages}

    def title_signals(self, title: str) -> dict[str, Floats]:
        query = self.query(title)
        similar = self.index.title_strings.cosine.scores(unit_length(query, self.index.idf))
        return {
            **self.group_signals(query),
            "nearest": best_of(similar, self.index.title_strings, len(self.index.codes)),
            "spelling": self.spelling(title, similar),
        }

    def group_signals(self, query: Query) -> dict[str, Floats]:
        signals = {
            "words": self.index.duties.scores(query),
            "names": self.index.titles.scores(query),
            "odds": self.index.odds[5].scores(query),
        }
        for digits in LEVELS:
            signals[f"level{digits}"] = self.index.odds[digits].scores(query)[self.index.above[digits]]
        return signals

    def _title(self, number: int) -> str:
        """A known title in plain spelling, made when first needed. What people typed is never kept."""
        if number not in self._spelled:
            self._spelled[number] = plain(self.index.title_strings.texts[number])
        return self._spelled[number]

    def spelling(self, title: str, similar: Floats) -> Floats:
        """Each group's title that is spelled most like this one, among the titles that share words with it."""
        strings = self.index.title_strings
        count = min(SHORTLIST, len(similar))
        shortlist = np.argpartition(-similar, count - 1)[:count]
        wanted = plain(title)
        found = np.zeros(len(self.index.codes), dtype=np.float32)
        for number in shortlist:
            alike = spelled_alike(wanted, self._title(int(number)))
            group = strings.groups[number]
            found[group] = max(found[group], alike)
        return found


def spelled_alike(one: str, other: str) -> float:
    sort, overlap = fuzz.token_sort_ratio(one, other), fuzz.token_set_ratio(one, other)
    return (TOKEN_SORT * sort + TOKEN_SET * overlap) / 100


def best_of(similar: Floats, strings: Strings, groups: int) -> Floats:
    best = np.zeros(groups, dtype=np.float32)
    np.maximum.at(best, strings.groups, similar)
    return best


def best_few(similar: Floats, strings: Strings, groups: int) -> Floats:
    """Each group's few nearest texts together, as their mean; a group with fewer near ones gets less."""
    count = min(NEAR_STRINGS, len(similar))
    near = np.argpartition(-similar, count - 1)[:count]
    near = near[np.lexsort((-similar[near], strings.groups[near]))]
    owner = strings.groups[near]
    first = np.searchsorted(owner, owner)
    kept = np.arange(count) - first < FEW
    total = np.bincount(owner[kept], weights=similar[near][kept], minlength=groups)
    return (total / FEW).astype(np.float32)


def unit_length(query: Query, idf: Floats) -> dict[int, float]:
    weights = {term: float(idf[term]) * weight for term, weight in query.items()}
    length = sum(weight * weight for weight in weights.values()) ** 0.5
    return {term: weight / length for term, weight in weights.items()} if length else {}


def weighed(signals: Mapping[str, Floats], weights: Mapping[str, float]) -> Floats:
    """The sum of the signals on one scale (mean 0, deviation 1 over the groups)."""
    total = np.zeros(len(next(iter(signals.values()))), dtype=np.float32)
    for name, weight in weights.items():
        total += weight * standard(signals[name])
    return total / np.float32(sum(weights.values()))


def standard(signal: Floats) -> Floats:
    deviation = float(signal.std())
    return (signal - signal.mean()) / np.float32(deviation) if deviation > 1e-6 else np.zeros_like(signal)

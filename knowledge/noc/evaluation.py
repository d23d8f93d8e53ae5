"""How often the matcher is right on labelled texts: top 1, 3 and 5, calibration, and the worst confusions."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from math import sqrt

from knowledge.noc.match_result import Confidence, MatchResult
from knowledge.noc.matching import Matcher

RANKS = (1, 3, 5)
WORDS: tuple[Confidence, ...] = ("sure", "likely", "unsure")
NORMAL_95 = 1.959964


@dataclass(frozen=True, slots=True)
class Example:
    """A text and the codes that are right for it."""

    id: str
    text: str
    acceptable: frozenset[str]
    title: str | None = None


@dataclass(frozen=True, slots=True)
class Share:
    """`right` of `total`, and the 95 % interval (Wilson), as shares of 1."""

    right: int
    total: int

    @property
    def share(self) -> float:
        return self.right / self.total if self.total else 0.0

    @property
    def interval(self) -> tuple[float, float]:
        if not self.total:
            return 0.0, 1.0
        z2 = NORMAL_95**2
        middle = (self.share + z2 / (2 * self.total)) / (1 + z2 / self.total)
        spread = sqrt(self.share * (1 - self.share) / self.total + z2 / (4 * self.total**2))
        half = NORMAL_95 * spread / (1 + z2 / self.total)
        return max(0.0, middle - half), min(1.0, middle + half)


@dataclass(frozen=True, slots=True)
class Confused:
    """A right code and the one given instead, how often, and the first such text."""

    wanted: str
    given: str
    times: int
    example: str


@dataclass(frozen=True, slots=True)
class Report:
    """`by_rank`: top 1, 3, 5; `by_word`: how often each confidence word is right at top 1; `said`: its share of all."""

    by_rank: dict[int, Share]
    by_word: dict[Confidence, Share]
    confusions: tuple[Confused, ...]


def evaluate(matcher: Matcher, examples: Iterable[Example]) -> Report:
    """Matches every example, five codes each."""
    known = tuple(examples)
    return report(known, [matcher.match(example.text, example.title) for example in known])


def report(examples: Sequence[Example], results: Sequence[MatchResult]) -> Report:
    """The report on results that are at hand."""
    ranks = [rank_of(result, example.acceptable) for example, result in zip(examples, results, strict=True)]
    return Report(
        by_rank={
            rank: Share(sum(place is not None and place <= rank for place in ranks), len(ranks))
            for rank in RANKS
        },
        by_word={
            word: Share(
                sum(
                    place == 1
                    for place, result in zip(ranks, results, strict=True)
                    if result.confidence == word
                ),
                sum(result.confidence == word for result in results),
            )
            for word in WORDS
        },
        confusions=confusions(examples, results, ranks),
    )


def rank_of(result: MatchResult, acceptable: frozenset[str]) -> int | None:
    """The place of the first right code, from 1; None where there is none."""
    return next((place for place, match in enumerate(result.matches, 1) if match.code in acceptable), None)


def confusions(
    examples: Sequence[Example], results: Sequence[MatchResult], ranks: Sequence[int | None]
) -> tuple[Confused, ...]:
    """Wrong first answers by pair of codes, the most frequent first."""
    times: Counter[tuple[str, str]] = Counter()
    first: dict[tuple[str, str], str] = {}
    for example, result, rank in zip(examples, results, ranks, strict=True):
        if rank == 1:
            continue
        pair = min(example.acceptable, default="none"), result.matches[0].code if result.matches else "none"
        times[pair] += 1
        first.setdefault(pair, example.id)
    return tuple(Confused(*pair, times=count, example=first[pair]) for pair, count in times.most_common())

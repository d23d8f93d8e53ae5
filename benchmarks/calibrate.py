"""Measures the matcher's constants on the labelled texts and writes them: python -m benchmarks.calibrate [OFFICIAL].

OFFICIAL is the file an import wrote; with it the constants of the joined index are written instead of those of the
own words. First the weights of the signals are searched one by one, then the temperature that makes probabilities
honest, then the thresholds of the words.
"""

from __future__ import annotations

import sys
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

import numpy as np
import yaml
from numpy.typing import NDArray

from benchmarks import labelled
from knowledge.noc import settings
from knowledge.noc.confidence import told_by
from knowledge.noc.matching import Matcher, load_matcher, take_apart
from knowledge.noc.retrieval import standard

Table = NDArray[np.float32]
ROUNDS = 3
STEPS = (0.0, 0.5, 0.75, 1.33, 2.0)
WORTH_IT = 0.3
TOP_5_COUNTS = 0.6
TEMPERATURES = np.geomspace(0.1, 3.0, 40)
RIGHT_WHEN_SURE, RIGHT_WHEN_LIKELY = 0.925, 0.6
LIKELY_FROM = 0.2
NEVER = 1.01
HEADER = "# The matcher's constants, measured: `python -m benchmarks.calibrate` writes them anew.\n"


@dataclass(frozen=True)
class Measured:
    """One set on one index: signals by name (examples x groups), which groups are right, how much was told."""

    duties: Mapping[str, Table]
    title: Mapping[str, Table]
    has_duties: NDArray[np.bool_]
    right: NDArray[np.bool_]
    told: NDArray[np.str_]


@dataclass
class Weights:
    duties: dict[str, float]
    title: dict[str, float]
    beside: float

    def scores(self, measured: Measured) -> Table:
        total = blend(measured.duties, self.duties, measured.right.shape)
        beside = np.where(measured.has_duties, self.beside, 1.0)[:, None]
        return (total + beside * blend(measured.title, self.title, measured.right.shape)).astype(np.float32)


def blend(signals: Mapping[str, Table], weights: Mapping[str, float], shape: tuple[int, ...]) -> Table:
    total = np.zeros(shape, dtype=np.float32)
    for name, signal in signals.items():
        total += np.float32(weights[name] / sum(weights.values())) * signal
    return total


def measure(matcher: Matcher) -> list[Measured]:
    return [measure_set(matcher, examples) for examples in labelled.read().values()]


def measure_set(matcher: Matcher, examples: Sequence[labelled.Example]) -> Measured:
    codes = matcher.retrieval.index.codes
    said = [take_apart(example.text, example.title) for example in examples]
    duties = [matcher.retrieval.duty_signals(each.duties) if each.duties else {} for each in said]
    titles = [matcher.retrieval.title_signals(each.title) if each.title else {} for each in said]
    right = np.array([[code in example.acceptable for code in codes] for example in examples])
    return Measured(
        stacked(duties, len(codes)),
        stacked(titles, len(codes)),
        np.array([bool(each.duties) for each in said]),
        right,
        np.array([told_by(each) for each in said]),
    )


def stacked(rows: Sequence[Mapping[str, Table]], width: int) -> dict[str, Table]:
    names = next((tuple(row) for row in rows if row), ())
    nothing = np.zeros(width, dtype=np.float32)
    return {name: np.stack([standard(row[name]) if row else nothing for row in rows]) for name in names}


def worth(weights: Weights, sets: Sequence[Measured]) -> float:
    """Top 1 plus a part of top 5, summed over the sets, in percent."""
    total = 0.0
    for measured in sets:
        scores = weights.scores(measured)
        best = np.where(measured.right, scores, -np.inf).max(axis=1)
        ahead = (scores > best[:, None]).sum(axis=1)
        total += 100 * ((ahead < 1).mean() + TOP_5_COUNTS * (ahead < 5).mean())
    return float(total)


def search(weights: Weights, sets: Sequence[Measured]) -> None:
    """One weight after the other, kept where a step pays."""
    best = worth(weights, sets)
    for _ in range(ROUNDS):
        for table in (weights.duties, weights.title):
            for name in table:
                best = try_values(table, name, best, lambda: worth(weights, sets))
        for beside in (0.15, 0.25, 0.35, 0.5):
            old, weights.beside = weights.beside, beside
            now = worth(weights, sets)
            best, weights.beside = (now, beside) if now > best + WORTH_IT else (best, old)


def try_values(table: dict[str, float], name: str, best: float, now: Callable[[], float]) -> float:
    start = table[name]
    for value in (*(start * step for step in STEPS), start + 0.2):
        old, table[name] = table[name], value
        found = now() if any(table.values()) else 0.0
        if found > best + WORTH_IT:
            best = found
        else:
            table[name] = old
    return best


def chances(scores: Table, temperature: float) -> Table:
    raised = np.exp((scores - scores.max(axis=1, keepdims=True)) / temperature)
    return raised / raised.sum(axis=1, keepdims=True)


def loss(sets: Sequence[tuple[Table, Measured]], temperature: float) -> float:
    """How surprised the probabilities are by the right codes, mean of the sets."""
    return float(
        np.mean(
            [
                -np.log((chances(scores, temperature) * measured.right).sum(axis=1) + 1e-6).mean()
                for scores, measured in sets
            ]
        )
    )


def threshold(sets: Sequence[tuple[Table, Measured]], temperature: float, told: str, wanted: float) -> float:
    """The lowest probability from which on answers are right as often as wanted, for as much as was told."""
    pairs: list[tuple[float, bool]] = []
    for scores, measured in sets:
        kept = measured.told == told
        likely = chances(scores, temperature)[kept]
        first = likely.argmax(axis=1)
        rows = np.arange(len(first))
        pairs += zip(likely[rows, first].tolist(), measured.right[kept][rows, first].tolist(), strict=True)
    pairs.sort(reverse=True)
    hits = np.cumsum([hit for _, hit in pairs])
    good = [place for place in range(9, len(pairs)) if hits[place] / (place + 1) >= wanted]
    return round(pairs[good[-1]][0], 3) if good else NEVER


def words(
    sets: Sequence[tuple[Table, Measured]], temperature: float, wanted: float, floor: float
) -> dict[str, object]:
    """The thresholds of one word: how probable the best code must be for it, by how much was told."""
    return {
        told: {"probability": max(floor, threshold(sets, temperature, told, wanted)), "gap": 0.0}
        for told in ("title", "duty", "duties")
    }


def main(arguments: Sequence[str]) -> None:
    official = Path(arguments[0]).resolve() if arguments else None
    file = settings.OFFICIAL if official else settings.OWN
    sets = measure(load_matcher(official))
    start = settings.load(file)
    weights = Weights(dict(start.duties), dict(start.title), start.title_beside_duties)
    search(weights, sets)
    scored = [(weights.scores(measured), measured) for measured in sets]
    temperature = float(min(TEMPERATURES, key=lambda value: loss(scored, value)))
    found = {
        "duties": {name: round(weight, 3) for name, weight in weights.duties.items()},
        "title": {name: round(weight, 3) for name, weight in weights.title.items()},
        "title_beside_duties": weights.beside,
        "temperature": round(temperature, 3),
        "recognised": start.recognised,
        "sure": words(scored, temperature, RIGHT_WHEN_SURE, 0.5),
        "likely": words(scored, temperature, RIGHT_WHEN_LIKELY, LIKELY_FROM),
    }
    written = yaml.safe_dump(found, sort_keys=False, default_flow_style=None, width=110)
    file.write_text(HEADER + written, encoding="utf-8")
    print(written)


if __name__ == "__main__":
    main(sys.argv[1:])

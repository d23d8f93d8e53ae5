"""From a text's words to the words of the index: today's names and abbreviations explained, typos mended."""

from __future__ import annotations

from collections.abc import Mapping
from functools import lru_cache
from pathlib import Path

import yaml

from knowledge.noc.tokens import stem, stems, words
from knowledge.noc.typos import Mender

FILE = Path(__file__).parent / "vocabulary.yaml"
EXPANDED = 0.5
MENDED = 0.8
MOST_TYPOS = 12
LONGEST_PHRASE = 3


class Vocabulary:
    """`meanings` by word or phrase in one spelling: the stems it is read as besides itself."""

    def __init__(self, meanings: Mapping[tuple[str, ...], tuple[str, ...]]) -> None:
        self._meanings = meanings

    def weights(self, text: str, terms: Mapping[str, int], mender: Mender) -> dict[int, float]:
        """The index's words for a text: its own at their count, their meanings at half, mended typos a little less."""
        found: dict[int, float] = {}
        unknown: list[str] = []
        for word in stems(text):
            if word in terms:
                found[terms[word]] = found.get(terms[word], 0.0) + 1.0
            else:
                unknown.append(word)
        for word in self.meaning(text):
            if word in terms:
                found[terms[word]] = max(found.get(terms[word], 0.0), EXPANDED)
        for word in unknown[:MOST_TYPOS]:
            near = mender.mended(word)
            if near:
                found[terms[near]] = found.get(terms[near], 0.0) + MENDED
        return found

    def meaning(self, text: str) -> set[str]:
        """The stems that the jargon in a text stands for."""
        spelled = [stem(word) for word in words(text)]
        meant: set[str] = set()
        for length in range(1, LONGEST_PHRASE + 1):
            for start in range(len(spelled) - length + 1):
                meant.update(self._meanings.get(tuple(spelled[start : start + length]), ()))
        return meant


@lru_cache(maxsize=1)
def load() -> Vocabulary:
    loader = getattr(yaml, "CSafeLoader", yaml.SafeLoader)
    written = yaml.load(FILE.read_text(encoding="utf-8"), Loader=loader) or {}  # noqa: S506 - safe
    return Vocabulary(
        {tuple(stem(word) for word in words(str(said))): stems(str(meant)) for said, meant in written.items()}
    )

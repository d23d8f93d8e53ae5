"""Which known word a misspelled one most likely is."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable

from rapidfuzz import fuzz, process

SHORTEST = 5
ALIKE_ENOUGH = 84.0
MOST_REMEMBERED = 20_000


class Mender:
    """Looks a word up among the known words that begin with the same letter and are about as long."""

    def __init__(self, known: Iterable[str]) -> None:
        self._by_start: dict[str, list[str]] = defaultdict(list)
        for word in known:
            if len(word) >= SHORTEST - 1:
                self._by_start[word[0]].append(word)
        self._remembered: dict[str, str | None] = {}

    def mended(self, word: str) -> str | None:
        """The known word that `word` stands for; None where none is near enough."""
        if len(word) < SHORTEST or any(sign.isdigit() for sign in word):
            return None
        if word not in self._remembered:
            if len(self._remembered) >= MOST_REMEMBERED:
                self._remembered.clear()
            self._remembered[word] = self._nearest(word)
        return self._remembered[word]

    def _nearest(self, word: str) -> str | None:
        near = [known for known in self._by_start[word[0]] if abs(len(known) - len(word)) <= 2]
        found = process.extractOne(word, near, scorer=fuzz.ratio, score_cutoff=ALIKE_ENOUGH)
        return str(found[0]) if found else None

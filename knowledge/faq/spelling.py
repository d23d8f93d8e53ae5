"""Mends slips of the pen: a word nobody uses here becomes the one it was most likely meant to be."""

from __future__ import annotations

from collections.abc import Iterable

from rapidfuzz import process
from rapidfuzz.distance import DamerauLevenshtein

SHORTEST = 5
"""Too many shorter words are one letter apart; of those with one letter less, only swapped letters are mended."""
LONG = 8


class Speller:
    """Knows the words of the phrasings; everything else is compared with them."""

    def __init__(self, known: Iterable[str]) -> None:
        self._known = frozenset(known)
        self._short = {
            "".join(sorted(word)): word for word in sorted(self._known) if len(word) == SHORTEST - 1
        }
        self._long: dict[str, list[str]] = {}
        for word in sorted(self._known):
            if len(word) >= SHORTEST:
                self._long.setdefault(word[0], []).append(word)

    def mended(self, words: list[str]) -> list[str]:
        """The words, with one slip mended (two in a long word); what is too far from anything stays."""
        return [word if word in self._known else self._meant(word) for word in words]

    def _meant(self, word: str) -> str:
        if not word.isalpha() or len(word) < SHORTEST:
            return self._short.get("".join(sorted(word)), word) if len(word) == SHORTEST - 1 else word
        slips = 2 if len(word) >= LONG else 1
        # people seldom miss the first letter, and looking under it alone is twenty times as fast
        near = self._long.get(word[0], ())
        found = process.extractOne(word, near, scorer=DamerauLevenshtein.distance, score_cutoff=slips)
        return found[0] if found else word

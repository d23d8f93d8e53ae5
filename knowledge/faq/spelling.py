"""Mends slips of the pen: a word nobody uses here becomes the one it was most likely meant to be."""

from __future__ import annotations

from collections.abc import Iterable

from rapidfuzz import process
from rapidfuzz.distance import DamerauLevenshtein

SHORTEST = 5
"""Shorter words are left alone: too many real words are one letter apart."""
LONG = 8


class Speller:
    """Knows the words of the phrasings; everything else is compared with them."""

    def __init__(self, known: Iterable[str]) -> None:
        self._known = frozenset(known)
        self._long = sorted(word for word in self._known if len(word) >= SHORTEST)

    def knows(self, word: str) -> bool:
        return word in self._known

    def mended(self, words: list[str]) -> list[str]:
        """The words, with one slip mended (two in a long word); what is too far from anything stays."""
        return [word if word in self._known else self._meant(word) for word in words]

    def _meant(self, word: str) -> str:
        if len(word) < SHORTEST or not word.isalpha():
            return word
        slips = 2 if len(word) >= LONG else 1
        found = process.extractOne(word, self._long, scorer=DamerauLevenshtein.distance, score_cutoff=slips)
        return found[0] if found else word

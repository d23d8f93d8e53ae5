"""A question as features a search can count: words without endings, pairs, concepts, and runs of letters."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator, Mapping
from functools import cache, lru_cache
from itertools import pairwise
from pathlib import Path

from rules.compiled import load_folder

SEARCH = Path(__file__).parent / "search"
MOST_CHARACTERS = 600
"""What is read of a message: the question stands in its first lines."""

CONCEPT = 2.2
PAIR = 0.6
GRAMMAR = 0.35

_TOKEN = re.compile(r"[a-z]+|\d+")
_NOISE = re.compile(r"https?://\S+|www\.\S+|\S+@\S+")
_CODE_DIGITS = 5
_ENDINGS = (
    "ements",
    "ement",
    "ations",
    "ation",
    "ings",
    "ing",
    "ies",
    "ees",
    "ee",
    "ed",
    "es",
    "er",
    "s",
    "e",
)
_SHORTEST_STEM = 4


def plain(text: str) -> str:
    """Small letters without accents; anything that is not a letter or digit parts words."""
    text = _NOISE.sub(" link ", text[:MOST_CHARACTERS].casefold())
    bare = "".join(mark for mark in unicodedata.normalize("NFKD", text) if not unicodedata.combining(mark))
    return " ".join(_TOKEN.findall(bare.replace("œ", "oe").replace("$", " dollar ")))


@lru_cache(maxsize=20_000)
def stem(word: str) -> str:
    """The word without its commonest English or French ending."""
    if word.isdigit():
        return _number(word)
    for ending in _ENDINGS:
        if word.endswith(ending) and len(word) - len(ending) >= _SHORTEST_STEM:
            return word[: -len(ending)]
    return word


def _number(digits: str) -> str:
    """A NOC code keeps its digits and every other number is only a number of its length."""
    return digits if len(digits) >= _CODE_DIGITS or len(digits) <= 1 else f"#{len(digits)}"


def features(words: list[str]) -> dict[str, float]:
    """What a question is compared by, each with how often it stands there."""
    counted: dict[str, float] = {}
    for feature in _features(words):
        counted[feature] = counted.get(feature, 0.0) + 1.0
    return counted


def _features(words: list[str]) -> Iterator[str]:
    stems = [stem(word) for word in words]
    yield from (f"w:{one}" for one in stems)
    yield from (f"p:{one} {two}" for one, two in pairwise(stems))
    yield from (f"c:{one}" for one in concepts_in(words))


def importance(feature: str) -> float:
    """What a kind of feature counts beside its rarity: little for words of grammar, much for concepts."""
    kind, _, rest = feature.partition(":")
    if kind == "c":
        return CONCEPT
    if kind == "p":
        return PAIR * (GRAMMAR if all(one in grammar() for one in rest.split(" ")) else 1.0)
    return GRAMMAR if rest in grammar() else 1.0


@cache
def grammar() -> frozenset[str]:
    """Words of grammar in both languages, as stems: they say how one asks and not what about."""
    listed = load_folder(SEARCH, "faq-search")["grammar"]
    return frozenset(stem(word) for said in listed.values() for word in plain(said).split())


def letters(words: list[str]) -> dict[str, float]:
    """Runs of three and four letters, within words: what survives a slip of the pen."""
    counted: dict[str, float] = {}
    for word in words:
        edged = f" {word} "
        for length in (3, 4):
            for start in range(len(edged) - length + 1):
                run = edged[start : start + length]
                counted[run] = counted.get(run, 0.0) + 1.0
    return counted


def concepts_in(words: list[str]) -> set[str]:
    """The concepts a question names, by single words or by phrases."""
    found = {concept for word in words for concept in single_words().get(word, ())}
    starts = phrases()
    for at, word in enumerate(words):
        for phrase, concept in starts.get(word, ()):
            if tuple(words[at : at + len(phrase)]) == phrase:
                found.add(concept)
    return found


@cache
def single_words() -> Mapping[str, tuple[str, ...]]:
    """Word -> the concepts it names."""
    found: dict[str, tuple[str, ...]] = {}
    for concept, phrase in _concepts():
        if len(phrase) == 1:
            found[phrase[0]] = (*found.get(phrase[0], ()), concept)
    return found


@cache
def phrases() -> Mapping[str, tuple[tuple[tuple[str, ...], str], ...]]:
    """First word -> the phrases that begin with it, and their concepts."""
    found: dict[str, list[tuple[tuple[str, ...], str]]] = {}
    for concept, phrase in _concepts():
        if len(phrase) > 1:
            found.setdefault(phrase[0], []).append((phrase, concept))
    return {word: tuple(starting) for word, starting in found.items()}


def _concepts() -> Iterator[tuple[str, tuple[str, ...]]]:
    for concept, said in load_folder(SEARCH, "faq-search")["concepts"].items():
        for phrase in said:
            yield concept, tuple(plain(str(phrase)).split())


@cache
def outside() -> Mapping[str, tuple[str, ...]]:
    """Examples of what is not answered here, by the kind of question."""
    examples = load_folder(SEARCH, "faq-search")["outside"]
    return {kind: tuple(line for line in said.splitlines() if line) for kind, said in examples.items()}

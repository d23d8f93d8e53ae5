"""A language level as people type it: "CLB 9", four levels, or the scores of a test, as CLB or NCLC per ability."""

from __future__ import annotations

import re
from collections.abc import Mapping
from datetime import date

from bot.conversation.problems import NotUnderstood
from rules import language
from rules.language import ABILITIES
from rules.profile import LanguageLevels

NONE = re.compile(
    r"^(no|none|never|nothing|not yet|no test|non|aucun\w*|pas( de)?( test)?|jamais)\b[\s.!]*", re.IGNORECASE
)
TEST = re.compile(
    r"\b(ielts(?:\s+(?:general|academic|one skill retake|gt|ac))?|celpip(?:[\s-]+general)?|pte(?:\s+(?:core|academic))?"
    r"|tef(?:\s+canada)?|tcf(?:\s+canada)?|toefl|duolingo)\b",
    re.IGNORECASE,
)
NUMBER = re.compile(r"(?<![A-Za-z\d.,])\d+(?:[.,]\d+)?")
FULL_NAMES = {"celpip": "celpip-general"}
NAMES: Mapping[str, str] = {
    "speaking": r"speak\w*|spoken|oral|parl\w*|expression orale|\beo\b",
    "listening": r"listen\w*|écout\w*|ecout\w*|compréhension orale|comprehension orale|\bco\b",
    "reading": r"read\w*|lire|lecture|compréhension écrite|comprehension ecrite|\bce\b",
    "writing": r"writ\w*|écri\w*|ecri\w*|expression écrite|expression ecrite|\bee\b",
}
SCALES = {
    "old": re.compile(r"\b(old|ancien\w*)\b", re.IGNORECASE),
    "new": re.compile(r"\b(new|nouve\w*)\b", re.IGNORECASE),
}
TWO_SCALES = "tef"


def levels(field: str, text: str, today: date) -> LanguageLevels | None:
    """The levels in `text`, None for "no test".

    Raises NotUnderstood where neither levels nor four scores can be read, BadInput for a refused test or a score
    that does not exist.
    """
    if NONE.match(text) and not NUMBER.search(text):
        return None
    test = TEST.search(text)
    if test:
        return from_test(field, test[1], text[: test.start()] + text[test.end() :], today)
    found = [float(value.replace(",", ".")) for value in NUMBER.findall(text)]
    if len(found) == 1 and is_level(found[0]):
        return LanguageLevels.same(int(found[0]))
    if len(found) == len(ABILITIES) and all(is_level(value) for value in found):
        return LanguageLevels(**dict(zip(ABILITIES, map(int, found), strict=True)))
    raise NotUnderstood("a_level")


def is_level(value: float) -> bool:
    return value.is_integer() and 0 <= value <= 12


def from_test(field: str, name: str, rest: str, today: date) -> LanguageLevels:
    """The levels of a test; raises NotUnderstood for a test in the other language or for fewer than four scores."""
    key = language.named(FULL_NAMES.get(name.casefold(), name))
    scale = next((scale for scale, words in SCALES.items() if words.search(rest)), None)
    scores = four_scores(rest)
    if scores is None:
        raise NotUnderstood("four_scores")
    converted = language.convert(key, scores, on=today, scale=scale if key.startswith(TWO_SCALES) else None)
    if field in ("english", "french") and converted.language != field:
        raise NotUnderstood("other_language_test")
    return converted.levels


def four_scores(text: str) -> dict[str, float] | None:
    """The scores by ability, named in any order or four numbers in the usual one; None for anything else."""
    named = {ability: score_after(pattern, text) for ability, pattern in NAMES.items()}
    if all(value is not None for value in named.values()):
        return {ability: value for ability, value in named.items() if value is not None}
    found = [float(value.replace(",", ".")) for value in NUMBER.findall(text)]
    return dict(zip(ABILITIES, found, strict=True)) if len(found) == len(ABILITIES) else None


def score_after(pattern: str, text: str) -> float | None:
    found = re.search(rf"(?:{pattern})\D{{0,5}}(\d+(?:[.,]\d+)?)", text, re.IGNORECASE)
    return float(found[1].replace(",", ".")) if found else None

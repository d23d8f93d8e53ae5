"""What a pasted text says that is no longer so, never was, or is not confirmed: sentence, verdict, what decides."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date

from knowledge.articles.claims import GONE, Claim, Kind, Pattern, claims
from knowledge.articles.figures import figures
from knowledge.content.render import long_date
from rules.rulebook import Citation
from rules.texts import Language

LONGEST_QUOTE = 160
ORDER: tuple[Kind, ...] = ("never", "ended", "unconfirmed", "holds")
ALIKE = str.maketrans(
    {
        "’": "'",
        "‘": "'",
        "“": '"',
        "”": '"',
        "–": "-",
        "—": "-",
        "‑": "-",
        "−": "-",
        "\u00a0": " ",
        "\u202f": " ",
        "|": " ",
    }
)
ENDS = re.compile(r"[.!?](?=\s)|\n")


@dataclass(frozen=True, slots=True)
class Finding:
    """One claim found. `quote` is the person's own sentence, `since` the day from which it is no longer so."""

    claim: str
    kind: Kind
    quote: str
    says: str
    truth: str
    since: date | None
    citation: Citation


def check(text: str, language: Language, today: date) -> tuple[Finding, ...]:
    """The claims in `text`, worst first, told in `language` as of `today`; a claim not ended yet is left out."""
    alike = comparable(text)
    known = figures(today, language)
    found = []
    for claim in claims():
        ended = claim.last_day_passed
        where = place_of(claim, alike)
        if where is None or (ended is not None and today < ended):
            continue
        found.append(
            Finding(
                claim=claim.id,
                kind=claim.kind,
                quote=quote(text, where),
                says=claim.says.text(language),
                truth=truth(claim, known, language),
                since=ended,
                citation=claim.proof,
            )
        )
    return tuple(sorted(found, key=lambda one: ORDER.index(one.kind)))


def truth(claim: Claim, known: Mapping[str, str], language: Language) -> str:
    """What is so instead, its gaps filled from the figures of the rules and the claim's own days."""
    days = {**claim.facts, **({"ended": claim.last_day_passed} if claim.last_day_passed else {})}
    told = {**known, **{name: long_date(day, language) for name, day in days.items()}}
    return claim.truth.text(language).format(**told)


def comparable(text: str) -> str:
    """The text in lower case with plain quotes, dashes and spaces; as long as the original, letter for letter."""
    plain = unicodedata.normalize("NFC", text).translate(ALIKE)
    return "".join(low if len(low := letter.lower()) == 1 else letter for letter in plain)


def place_of(claim: Claim, text: str) -> int | None:
    """Where the claim is made first, None where it is not."""
    found = [where for pattern in claim.patterns for where in places(claim, pattern, text)]
    return min(found, default=None)


def places(claim: Claim, pattern: Pattern, text: str) -> Iterator[int]:
    """The first place where the pattern stands in a sentence that does not say the opposite."""
    for where, after in pattern.found(text):
        start, end = sentence(text, where)
        if not any(opposite.search(text, start, max(end, after)) for opposite in opposites(claim, pattern)):
            yield where
            return


def opposites(claim: Claim, pattern: Pattern) -> Iterator[re.Pattern[str]]:
    """The words that take a claim back: those of the pattern; of a claim that ended, those that say so."""
    if pattern.opposite is not None:
        yield pattern.opposite
    if claim.kind == "ended":
        yield GONE


def sentence(text: str, where: int) -> tuple[int, int]:
    """The bounds of the sentence around a place."""
    before = [match.end() for match in ENDS.finditer(text, 0, where)]
    after = ENDS.search(text, where)
    return (before[-1] if before else 0), (after.start() if after else len(text))


def quote(text: str, where: int) -> str:
    """The sentence around a place in the person's own words, cut to size."""
    original = unicodedata.normalize("NFC", text)
    start, end = sentence(original, where)
    words = " ".join(original[start:end].replace("|", " ").split()).strip("-•* ")
    if len(words) <= LONGEST_QUOTE:
        return words
    around = max(0, min(where - start - LONGEST_QUOTE // 2, len(words) - LONGEST_QUOTE))
    return f"{'…' if around else ''}{words[around : around + LONGEST_QUOTE].strip()}…"

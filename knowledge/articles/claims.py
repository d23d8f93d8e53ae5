"""The claims as written, checked when they are read."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from datetime import date
from functools import cache
from itertools import islice
from pathlib import Path
from typing import Annotated, Literal

from pydantic import BaseModel, BeforeValidator, ConfigDict, field_validator, model_validator

from knowledge.reading import content, where
from rules.rulebook import Citation, Cited, validated
from rules.stream_rules import stream_rules
from rules.texts import Bilingual

CLAIMS = Path(__file__).parent / "claims.yaml"
SAME_SENTENCE = r"[^.!?\n]{0,90}?"
PARAGRAPH = 500
# A text that repeats the first words again and again is not followed for ever.
MOST_BEGINNINGS = 40

GONE = re.compile(
    r"\b(?:no longer|no more|any ?more|abolished|replaced|has (?:been )?(?:closed|ended)|"
    r"(?:was|were|is|are) closed|closed (?:on|in|since)|ended (?:on|in)|n'\w+ plus|ne \w+ plus|"
    r"aboli\w*|remplacé\w*|fermé\w*|supprimé\w*)\b"
)
"""What a sentence says that knows of the end."""

Kind = Literal["never", "ended", "unconfirmed", "holds"]


class Pattern(BaseModel):
    """Words that make a claim; `unless` in the same sentence means that the text says the opposite."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    pattern: str
    unless: str | None = None

    @field_validator("pattern", "unless")
    @classmethod
    def _is_one(cls, pattern: str | None) -> str | None:
        try:
            for part in (pattern or "").split(" ..... "):
                _compiled(part)
        except re.error as error:
            raise ValueError(f"{pattern!r} is no pattern: {error}") from error
        return pattern

    def found(self, text: str) -> Iterator[tuple[int, int]]:
        """Where it stands: the place that shows it, and its end. Of a whole paragraph the last words show it."""
        first, *rest = (_compiled(part) for part in self.pattern.split(" ..... "))
        if not rest:
            yield from (match.span() for match in first.finditer(text))
            return
        for match in islice(first.finditer(text), MOST_BEGINNINGS):
            last: re.Match[str] | None = match
            for part in rest:
                last = part.search(text, last.end(), last.end() + PARAGRAPH) if last else None
            if last:
                yield last.span()

    @property
    def opposite(self) -> re.Pattern[str] | None:
        return _compiled(self.unless) if self.unless else None


def _plain(given: object) -> object:
    return {"pattern": given} if isinstance(given, str) else given


class Claim(Cited):
    """One claim. `ended` or the closing of `stream` says from which day it is no longer so."""

    id: str
    kind: Kind
    says: Bilingual
    truth: Bilingual
    patterns: tuple[Annotated[Pattern, BeforeValidator(_plain)], ...]
    ended: date | None = None
    stream: str | None = None
    facts: Mapping[str, date] = {}

    @model_validator(mode="after")
    def _an_end_has_a_day(self) -> Claim:
        if (self.kind == "ended") != (self.ended is not None or self.stream is not None):
            raise ValueError(f"{self.id}: `ended` or `stream` goes with the kind `ended`, and only with it")
        return self

    @property
    def last_day_passed(self) -> date | None:
        """The first day on which the claim is no longer so; a stream's comes from its states."""
        if self.stream is None:
            return self.ended
        return max(
            row.since for row in stream_rules()[self.stream].states if row.state == "closed" and row.since
        )

    @property
    def proof(self) -> Citation:
        """The source; where a stream's closing decides, that of the closing."""
        if self.stream is None:
            return self.citation
        closed = [row for row in stream_rules()[self.stream].states if row.state == "closed"]
        return closed[-1].citation


@cache
def claims() -> tuple[Claim, ...]:
    """Every claim. Raises DataError with the entry at fault, a pattern that is none included."""
    return tuple(validated(Claim, entry, f"{where(CLAIMS)}:{entry.get('id')}") for entry in content(CLAIMS))


@cache
def _compiled(pattern: str) -> re.Pattern[str]:
    return re.compile(pattern.replace(" ... ", SAME_SENTENCE))

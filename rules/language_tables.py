"""The tables that turn test scores into language levels, and the tests that are refused."""

from __future__ import annotations

from datetime import date
from functools import cache
from typing import Literal, Self

from pydantic import BaseModel, ConfigDict, model_validator

from rules.rulebook import Cited, Dated, document, validated
from rules.texts import Bilingual

Ability = Literal["speaking", "listening", "reading", "writing"]
ABILITIES: tuple[Ability, ...] = ("speaking", "listening", "reading", "writing")
FourScores = tuple[float, float, float, float]


class _Table(BaseModel):
    model_config = ConfigDict(frozen=True, extra="forbid")


class Scale(_Table):
    """One way of marking a test; `since` and `until` are days of sitting it. Rows fall from level 10."""

    id: str
    label: Bilingual | None = None
    source: str | None = None
    since: date | None = None
    until: date | None = None
    step: float
    lowest: float = 0
    highest: FourScores
    rows: tuple[tuple[int, float, float, float, float], ...]

    @model_validator(mode="after")
    def _rows_fall(self) -> Self:
        for column in range(5):
            values = [row[column] for row in self.rows]
            if values != sorted(set(values), reverse=True):
                raise ValueError(f"scale {self.id}: column {column} does not fall from row to row")
        return self

    def level(self, ability: Ability, score: float) -> int:
        """The level of a score, 10 at most; 0 below the lowest row."""
        column = ABILITIES.index(ability) + 1
        return next((row[0] for row in self.rows if score >= row[column]), 0)

    def needed(self, ability: Ability, level: int) -> float | None:
        """The lowest score that reaches a level, None where the table has no such row."""
        column = ABILITIES.index(ability) + 1
        return next((row[column] for row in self.rows if row[0] == level), None)

    def takes(self, ability: Ability, score: float) -> bool:
        """Whether such a score exists on this scale: within its range and on its step."""
        top = self.highest[ABILITIES.index(ability)]
        return self.lowest <= score <= top and (score / self.step).is_integer()

    def sat_on(self, day: date) -> bool:
        return (self.since is None or self.since <= day) and (self.until is None or day <= self.until)


class Test(Cited):
    """An accepted test; `language` is the one it proves."""

    name: Bilingual
    language: Literal["english", "french"]
    also: tuple[str, ...] = ()
    scales: tuple[Scale, ...]


class Refused(Cited):
    """A test that does not count, and why."""

    name: Bilingual
    also: tuple[str, ...] = ()
    reason: Bilingual


class Tables(Dated):
    validity_years: int
    validity: Dated
    tests: dict[str, Test]
    refused: dict[str, Refused]


@cache
def tables() -> Tables:
    return validated(Tables, document("language"), "language")

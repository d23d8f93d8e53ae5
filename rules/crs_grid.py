"""The tables of the federal Comprehensive Ranking System, and which edition was in force when."""

from __future__ import annotations

from datetime import date
from functools import cache

from pydantic import BaseModel, ConfigDict

from rules.errors import NotInForce
from rules.rulebook import Dated, document, validated
from rules.steps import Columns, Steps
from rules.texts import Bilingual, Reason

Pair = tuple[int, int]


class _Table(BaseModel):
    model_config = ConfigDict(frozen=True, extra="forbid")


class Edition(Dated):
    """One state of the grid; `job_offer` is empty where offers score nothing."""

    id: str
    job_offer: dict[str, int]


class Maximum(_Table):
    total: int
    core: Pair
    spouse: Pair
    transferability: int
    transferability_group: int
    additional: int
    second_language: Pair


class SpouseTable(_Table):
    education: dict[str, int]
    language: Steps
    canadian_experience: Steps


class Transferability(_Table):
    """Two strengths (0, 1, 2) meet in `points`; a trade certificate meets the language directly."""

    education: dict[str, int]
    foreign_experience: Steps
    language: Steps
    canadian_experience: Steps
    points: tuple[tuple[int, int, int], ...]
    trade_certificate: Steps


class FrenchBonus(_Table):
    level: int
    english_level: int
    with_english: int
    without: int


class Additional(_Table):
    nomination: int
    sibling: int
    canadian_credential: dict[str, int]
    french: FrenchBonus


class Grid(Dated):
    editions: tuple[Edition, ...]
    reported: Dated
    contradicts: tuple[Bilingual, ...]
    maximum: Maximum
    age: Columns
    education: dict[str, Pair]
    first_language: Columns
    second_language: Steps
    canadian_experience: Columns
    spouse: SpouseTable
    transferability: Transferability
    additional: Additional


@cache
def grid() -> Grid:
    return validated(Grid, document("grids/crs"), "grids/crs")


def edition(on: date) -> Edition:
    """The edition to score with on a day; the last one also serves later days, when `score` adds a caveat.

    Raises NotInForce before the first.
    """
    held = grid().editions
    if held[0].since and on < held[0].since:
        raise NotInForce("on", Reason("error.crs_too_early", {"on": on, "since": held[0].since}))
    return next((one for one in held if one.in_force(on)), held[-1])

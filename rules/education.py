"""The highest level of education on the ladder a grid uses: federal (CRS, FSW) or Ontario's."""

from __future__ import annotations

from functools import cache

from pydantic import BaseModel, ConfigDict

from rules.rulebook import Cited, document, validated
from rules.texts import Reason


class Rung(BaseModel):
    """Where one level stands on both ladders; `caveat` names the text to show where that is a judgement."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    crs: str
    eoi: str
    caveat: str | None = None


class Ladders(Cited):
    levels: dict[str, Rung]


@cache
def ladders() -> Ladders:
    return validated(Ladders, document("education"), "education")


def federal(level: str) -> tuple[str, tuple[Reason, ...]]:
    """The level on the federal ladder, with what must be said when the reading is a judgement."""
    rung = ladders().levels[level]
    return rung.crs, (Reason(rung.caveat),) if rung.caveat else ()


def provincial(level: str) -> str:
    """The level on Ontario's ladder; every federal level has one that scores the same whichever is meant."""
    return ladders().levels[level].eoi

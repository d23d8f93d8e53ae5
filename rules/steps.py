"""Bands: how much a number is worth, from which value on."""

from __future__ import annotations

from bisect import bisect_right
from typing import Annotated, Self

from pydantic import BaseModel, ConfigDict, RootModel, model_validator

Row = tuple[float, int]


class Steps(RootModel[tuple[Row, ...]]):
    """Rows of (from this value, points), starting at 0 and rising; a value takes the last row it reaches."""

    model_config = ConfigDict(frozen=True)

    @model_validator(mode="after")
    def _start_at_zero_and_rise(self) -> Self:
        starts = [start for start, _ in self.root]
        if not starts or starts[0] != 0 or starts != sorted(set(starts)):
            raise ValueError("bands start at 0 and rise")
        return self

    def points(self, value: float) -> int:
        return self.root[bisect_right(self.root, value, key=_start) - 1][1]

    @property
    def maximum(self) -> int:
        return max(points for _, points in self.root)

    @property
    def starts(self) -> tuple[float, ...]:
        """Where each band begins, from the lowest."""
        return tuple(start for start, _ in self.root)

    def next_start(self, value: float) -> float | None:
        """The nearest higher value that is worth more, or None at the top."""
        now = self.points(value)
        return next((start for start, points in self.root if start > value and points > now), None)


def _start(row: Row) -> float:
    return row[0]


class Columns(BaseModel):
    """Two bands side by side: with an accompanying spouse, and without."""

    model_config = ConfigDict(frozen=True)

    with_spouse: Steps
    alone: Steps

    @model_validator(mode="before")
    @classmethod
    def _from_rows(cls, rows: Annotated[object, "rows of (from, with, without)"]) -> object:
        if not isinstance(rows, (list, tuple)):
            return rows
        return {
            "with_spouse": [(start, married) for start, married, _ in rows],
            "alone": [(start, single) for start, _, single in rows],
        }

    def column(self, married: bool) -> Steps:
        return self.with_spouse if married else self.alone

"""The grids of Ontario's expression of interest, and which one a stream or a day belongs to."""

from __future__ import annotations

from datetime import date
from functools import cache
from typing import Literal, Self, get_args

from pydantic import BaseModel, ConfigDict, model_validator

from rules.rulebook import Dated, document, validated
from rules.steps import Steps
from rules.texts import Bilingual

StreamName = Literal[
    "workforce_priority",
    "workforce_priority_physicians",
    "foreign_worker",
    "international_student",
    "in_demand_skills",
    "masters_graduate",
    "phd_graduate",
]
STREAMS: tuple[StreamName, ...] = get_args(StreamName)
_GRIDS = ("grids/eoi_g3", "grids/eoi_g2")


class _Table(BaseModel):
    model_config = ConfigDict(frozen=True, extra="forbid")


class Points(_Table):
    """How one factor turns a value into points: by choice or by band.

    `instead_of` names the factor that shuts this one out; the levels belong to the language factor.
    """

    maximum: int
    choices: dict[str, int] | None = None
    steps: Steps | None = None
    instead_of: str | None = None
    nearest: tuple[str, ...] = ()
    first_level: int = 0
    second_level: int = 0
    doubtful_below: int = 0

    @model_validator(mode="after")
    def _reaches_its_maximum(self) -> Self:
        best = max(self.choices.values()) if self.choices else self.steps.maximum if self.steps else None
        if best != self.maximum:
            raise ValueError(f"the best value gives {best}, the maximum says {self.maximum}")
        return self

    def points(self, value: str | float | None) -> int:
        """0 for None, which stands for an answer that was not given."""
        if value is None:
            return 0
        if self.choices is not None:
            return self.choices[str(value)]
        return self.steps.points(float(value)) if self.steps else 0


class Floor(_Table):
    """The lowest language level for training levels; `lower_level` for the NOC prefixes in `lower_for`.

    An empty `teer` means everybody in the stream.
    """

    teer: tuple[int, ...]
    level: int
    lower_level: int | None = None
    lower_for: tuple[str, ...] = ()


class Stream(_Table):
    maximum: int
    factors: tuple[str, ...]
    opens: date | None = None
    registers: date | None = None
    closes: date | None = None
    teers: tuple[int, ...] = ()
    degrees: tuple[str, ...] = ()
    floors: tuple[Floor, ...] = ()
    study_permit_doubtful: bool = False

    def language_floor(self, noc: str | None, teer: int | None) -> int | None:
        """The lowest level the stream takes for an occupation; None where it names none."""
        for floor in self.floors:
            if floor.teer and teer not in floor.teer:
                continue
            if noc and floor.lower_level is not None and noc.startswith(floor.lower_for):
                return floor.lower_level
            return floor.level
        return None


class Grid(Dated):
    """One grid; `earliest_day` is the first day a score on it means anything."""

    id: str
    label: Bilingual
    earliest_day: date
    contradicts: tuple[Bilingual, ...]
    streams: dict[StreamName, Stream]
    factors: dict[str, Points]

    @model_validator(mode="after")
    def _maxima_add_up(self) -> Self:
        for name, stream in self.streams.items():
            parts = sum(self.factors[f].maximum for f in stream.factors if not self.factors[f].instead_of)
            if parts != stream.maximum:
                raise ValueError(f"{name}: the factors reach {parts}, the maximum says {stream.maximum}")
        return self

    @property
    def nearest(self) -> tuple[str, ...]:
        """Education levels the grid does not name, placed at the nearest it does."""
        return self.factors["education"].nearest if "education" in self.factors else ()


@cache
def grids() -> tuple[Grid, ...]:
    """Every grid held, newest first."""
    return tuple(validated(Grid, document(name), name) for name in _GRIDS)


def grid_of(stream: StreamName) -> Grid:
    return next(grid for grid in grids() if stream in grid.streams)


def grid_in_use(on: date) -> str | None:
    """The id of the grid draws were made on that day: `eoi-g1` has dates only; None between and before."""
    first = document("grids/eoi_g1")
    if date.fromisoformat(first["since"]) <= on <= date.fromisoformat(first["until"]):
        return str(first["id"])
    return next((grid.id for grid in grids() if grid.in_force(on)), None)

"""What a subscriber wants to hear of, and how that is written down so that a database can choose by it.

A stream and a region is one bit each: choosing among a million subscriptions is then arithmetic on a row.
"""

from __future__ import annotations

from datetime import UTC, datetime, time, timedelta
from typing import Literal, Self
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

from pydantic import BaseModel, ConfigDict, Field, field_validator

from knowledge.draws.draw import PROGRAMS, Draw, Program

# A bit keeps its meaning for ever: add at the end, remove nothing.
STREAMS = (
    "workforce_priority", "foreign_worker", "international_student", "in_demand_skills", "masters_graduate",
    "phd_graduate", "entrepreneur", "human_capital_priorities", "french_speaking_skilled_worker",
    "skilled_trades", "french", "senior_managers", "physicians", "researchers", "military", "healthcare",
    "stem", "federal_skilled_trades", "trades", "transport", "agriculture", "education", "pnp", "cec",
    "federal_skilled_worker", "general", "other",
)  # fmt: skip
REGIONS = ("gta", "central", "east", "southwest", "sudbury", "north", "redi")
TORONTO = "America/Toronto"
MOST_CODES = 20
LARGEST_MARGIN = 200


class AlertFilters(BaseModel):
    """Empty means all. `within`: only draws whose cut-off is at most my score plus so many points.

    Quiet hours are whole hours of the day in `zone`; in them an alert waits, or comes without a sound.
    """

    model_config = ConfigDict(frozen=True, extra="forbid")

    programs: tuple[Program, ...] = ()
    streams: tuple[str, ...] = ()
    regions: tuple[str, ...] = ()
    codes: tuple[str, ...] = Field((), max_length=MOST_CODES)
    within: int | None = Field(None, ge=0, le=LARGEST_MARGIN)
    score_crs: int | None = Field(None, ge=0, le=1_200)
    score_eoi: int | None = Field(None, ge=0, le=200)
    language: Literal["en", "fr"] = "en"
    zone: str = TORONTO
    quiet_from: int | None = Field(None, ge=0, le=23)
    quiet_to: int | None = Field(None, ge=0, le=23)
    quiet: Literal["wait", "silent"] = "wait"
    paused: bool = False

    @field_validator("streams")
    @classmethod
    def _known_streams(cls, value: tuple[str, ...]) -> tuple[str, ...]:
        return _known(value, STREAMS, "stream")

    @field_validator("regions")
    @classmethod
    def _known_regions(cls, value: tuple[str, ...]) -> tuple[str, ...]:
        return _known(value, REGIONS, "region")

    @field_validator("codes")
    @classmethod
    def _codes(cls, value: tuple[str, ...]) -> tuple[str, ...]:
        wrong = [code for code in value if not (len(code) in (4, 5) and code.isascii() and code.isdigit())]
        if wrong:
            raise ValueError(f"{wrong[0]!r} is not a NOC code")
        return value

    @field_validator("zone")
    @classmethod
    def _zone(cls, value: str) -> str:
        try:
            ZoneInfo(value)
        except (ZoneInfoNotFoundError, ValueError, OSError):
            raise ValueError(f"{value!r} is not a time zone") from None
        return value

    def at(self, **changes: object) -> Self:
        """The same with some fields changed, checked anew."""
        return self.model_validate({**self.model_dump(), **changes})

    @property
    def score(self) -> bool:
        return self.score_crs is not None or self.score_eoi is not None

    def columns(self) -> dict[str, object]:
        """The form in which the database chooses by them; 0 stands for all."""
        return {
            "programs": mask(self.programs, PROGRAMS),
            "streams": mask(self.streams, STREAMS),
            "regions": mask(self.regions, REGIONS),
            "by_code": bool(self.codes),
            "within": self.within,
            "score_crs": self.score_crs,
            "score_eoi": self.score_eoi,
            "paused": self.paused,
        }

    def reasons(self, draw: Draw) -> tuple[str, ...]:
        """Which of the filters this draw met, for "you get this because": program, stream, region, code, score."""
        met = {
            "program": bool(self.programs),
            "stream": bool(self.streams),
            "region": bool(self.regions and draw.region),
            "code": bool(set(self.codes) & set(draw.codes)),
            "score": self.within is not None and self.score_on(draw.grid) is not None,
        }
        return tuple(name for name, yes in met.items() if yes)

    def score_on(self, grid: str) -> int | None:
        """The subscriber's score on that scale; None where it is another scale or no score was given."""
        return {"crs": self.score_crs, "g3": self.score_eoi}.get(grid)

    def quiet_until(self, moment: datetime) -> datetime | None:
        """The end of the quiet hours `moment` falls in; None outside them."""
        if self.quiet_from is None or self.quiet_to is None or self.quiet_from == self.quiet_to:
            return None
        here = moment.astimezone(ZoneInfo(self.zone))
        if not _within_hours(here.hour, self.quiet_from, self.quiet_to):
            return None
        day = here.date() + timedelta(days=here.hour >= self.quiet_to)
        return datetime.combine(day, time(self.quiet_to), here.tzinfo).astimezone(UTC)


def mask(chosen: tuple[str, ...], known: tuple[str, ...]) -> int:
    """The bits of `chosen`; 0 where nothing is chosen."""
    return sum(1 << known.index(name) for name in set(chosen))


def bit(name: str, known: tuple[str, ...]) -> int:
    """The bit of one name; of the last one ("other") for a name not known yet."""
    return 1 << (known.index(name) if name in known else len(known) - 1)


def _known(value: tuple[str, ...], known: tuple[str, ...], what: str) -> tuple[str, ...]:
    unknown = [name for name in value if name not in known]
    if unknown:
        raise ValueError(f"{unknown[0]!r} is not a {what}; known are {', '.join(known)}")
    return value


def _within_hours(hour: int, start: int, end: int) -> bool:
    return start <= hour < end if start < end else hour >= start or hour < end

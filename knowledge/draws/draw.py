"""A draw: what was issued, to whom, on which scale, and what makes it the same draw when the page changes."""

from __future__ import annotations

from dataclasses import asdict, dataclass, replace
from datetime import date as Day
from functools import lru_cache
from typing import Any, Literal, Self, get_args

from knowledge.draws.names import names

Program = Literal["ontario", "ontario_express_entry", "federal"]
PROGRAMS: tuple[Program, ...] = get_args(Program)
Confidence = Literal["official", "official-derived", "secondary", "unverified"]


@dataclass(frozen=True, slots=True)
class Draw:
    """One row of invitations, one set of notifications, or one federal round.

    `ordinal` tells draws of one stream and day apart; for a federal round it is the official number, as text
    (there are rounds 91a and 91b). `size` is the number of people; scores are inclusive, None where not
    published. `codes` are the NOC codes it was open to, () where no list is known; `name` is the feed's own
    name of the round.
    """

    program: Program
    stream: str
    date: Day
    ordinal: str = "1"
    size: int | None = None
    score_min: int | None = None
    score_max: int | None = None
    date_end: Day | None = None
    region: str | None = None
    targets: tuple[str, ...] = ()
    codes: tuple[str, ...] = ()
    noc_version: str | None = None
    name: str = ""
    source: str = ""
    as_of: Day | None = None
    confidence: Confidence = "official"
    notes: tuple[str, ...] = ()
    identity: str | None = None

    @property
    def key(self) -> str:
        """The identity: a federal round is its number; elsewhere program, stream, date and ordinal as first seen.

        `identity` keeps it through a correction of the date.
        """
        if self.identity is not None:
            return self.identity
        if self.program == "federal":
            return f"federal:{self.ordinal}"
        return f"{self.program}:{self.stream}:{self.date.isoformat()}:{self.ordinal}"

    @property
    def grid(self) -> str:
        """The scale of its scores: g1, g2, g3, crs, entrepreneur; none where no score is published."""
        return "none" if self.score_min is None else grid_of(self.program, self.stream, self.date)

    def with_codes(self, codes: tuple[str, ...], version: str | None) -> Self:
        return replace(self, codes=codes, noc_version=version)

    def to_json(self) -> dict[str, Any]:
        """The draw in JSON types; `from_json` takes it back."""
        made = asdict(self)
        for name in ("date", "date_end", "as_of"):
            made[name] = made[name].isoformat() if made[name] else None
        return made

    @classmethod
    def from_json(cls, data: dict[str, Any]) -> Self:
        made = dict(data)
        for name in ("date", "date_end", "as_of"):
            made[name] = Day.fromisoformat(made[name]) if made.get(name) else None
        for name in ("targets", "codes", "notes"):
            made[name] = tuple(made.get(name) or ())
        return cls(**made)


@lru_cache(maxsize=1024)
def grid_of(program: str, stream: str, day: Day) -> str:
    """The scale scores of that program and stream were on that day; grids.streams comes before dates."""
    for named_stream in (True, False):
        for grid, held in names()["grids"].items():
            programs = held.get("program", ())
            if program not in ([programs] if isinstance(programs, str) else programs):
                continue
            if named_stream == ("streams" in held) and _in_use(held, stream, day):
                return str(grid)
    return "none"


def _in_use(held: dict[str, Any], stream: str, day: Day) -> bool:
    if "streams" in held:
        return stream in held["streams"]
    return bool(held.get("since", Day.min) <= day <= held.get("until", Day.max))

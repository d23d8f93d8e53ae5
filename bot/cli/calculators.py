"""The three score calculators as JSON in, JSON out: which keys each takes, and the shape of its answer."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any, cast

from bot.cli.jsonl import take_day
from rules import crs, eoi, fsw
from rules.eoi_grid import StreamName
from rules.errors import BadInput
from rules.fields import CRS_EDUCATION, EOI_EDUCATION
from rules.input_errors import unknown_field
from rules.profile import Profile
from rules.scorecard import ScoreCard
from rules.texts import Reason

STREAMS = (
    "workforce_priority",
    "foreign_worker",
    "international_student",
    "in_demand_skills",
    "masters_graduate",
    "phd_graduate",
)


@dataclass(frozen=True, slots=True)
class Scored:
    """A card, and the answer made of it."""

    card: ScoreCard
    answer: dict[str, Any]


@dataclass(frozen=True, slots=True)
class Calculator:
    """One grid: the keys and education levels its JSON may have, and the scoring of a checked object."""

    keys: frozenset[str]
    education: tuple[str, ...]
    score: Callable[[dict[str, Any]], Scored]

    def answer(self, data: dict[str, Any]) -> Mapping[str, Any]:
        """The answer to one JSON object of exactly this grid's keys. Raises RuleError."""
        for name in data:
            if name not in self.keys:
                raise BadInput(name, unknown_field(name, sorted(self.keys)))
        level = data.get("education")
        if level is not None and level not in self.education:
            raise BadInput("education", Reason("error.choice", {"given": level, "accepted": self.education}))
        return self.score(data).answer


def _crs(data: dict[str, Any]) -> Scored:
    day = take_day(data)
    card = crs.score(Profile.parse(data), day)
    return Scored(card, {**_head(card), "parts": card.parts, "caveats": _caveats(card)})


def _fsw(data: dict[str, Any]) -> Scored:
    day = take_day(data)
    result = fsw.result(Profile.parse(data), day)
    return Scored(
        result.card, {**_head(result.card), "eligible": result.eligible, "parts": result.card.parts}
    )


def _eoi(data: dict[str, Any]) -> Scored:
    day, stream = take_day(data), _take_stream(data)
    card = eoi.score(Profile.parse(data), stream, day)
    factors = {factor.id: factor.points for factor in card.factors}
    answer = {**_head(card), "maximum": card.maximum, "factors": factors, "caveats": _caveats(card)}
    return Scored(card, answer)


def _take_stream(data: dict[str, Any]) -> StreamName:
    stream = data.pop("stream", None)
    if stream is None:
        raise BadInput("stream", Reason("error.needed_choice", {"accepted": STREAMS}))
    if stream not in STREAMS:
        raise BadInput("stream", Reason("error.choice", {"given": stream, "accepted": STREAMS}))
    return cast("StreamName", stream)


def _head(card: ScoreCard) -> dict[str, Any]:
    return {"grid": card.grid, "total": card.total}


def _caveats(card: ScoreCard) -> list[str]:
    return [caveat.text("en") for caveat in card.caveats]


_EOI_FIELDS = {name for stream in STREAMS for name in eoi.fields_of(cast("StreamName", stream))}
CRS = Calculator(frozenset({"on", *crs.FIELDS}), CRS_EDUCATION, _crs)
FSW = Calculator(frozenset({"on", *crs.FIELDS, *fsw.FIELDS}), CRS_EDUCATION, _fsw)
EOI = Calculator(frozenset({"on", "stream", *_EOI_FIELDS}), EOI_EDUCATION, _eoi)

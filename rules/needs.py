"""Which missing answers can still change a number: found by trying them."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from functools import cache
from typing import Any

from rules.fields import FIELDS
from rules.profile import Profile

_LEVELS = (0, 4, 5, 6, 7, 8, 9, 10)
_YEARS = (0, 1, 2, 3, 4, 5, 6)
_MONTHS = (0, 6, 13, 25)
_PROBES: Mapping[str, Sequence[Any]] = {
    "age": (17, 18, 25, 36, 44, 50),
    "english": (None, *_LEVELS),
    "french": (None, *_LEVELS),
    "canadian_experience_years": _YEARS,
    "foreign_experience_years": _YEARS,
    "spouse": (None, {}, {"education": "doctorate", "canadian_experience_years": 5}),
    "noc": ("00012", "21232", "31102", "22220", "72410", "43100", "64100", "65100"),
    "hourly_wage": (0, 20, 25, 30, 35, 40),
    "months_in_position": _MONTHS,
    "months_other_ontario": _MONTHS,
    "best_year_earnings": (0, 30_000, 40_000, 50_000, 70_000),
    "canadian_credentials": (0, 1, 2),
    "job_location": ("Toronto", "Mississauga", "Ottawa", "Thunder Bay"),
    "study_location": ("Toronto", "Mississauga", "Ottawa", "Thunder Bay"),
}


def fields_needed(
    profile: Profile, fields: Sequence[str], total: Callable[[Profile], int]
) -> tuple[str, ...]:
    """The fields not given that can move `total`, in the order of `fields`.

    A field is tried alone, with all other missing answers at their strongest, and with each of them in turn,
    because some answers only matter beside others (a trade certificate needs a language) or stand behind
    them (a nomination hides the rest).
    """
    missing = [name for name in fields if not profile.knows(name)]
    strongest = _strongest(profile, missing, total)

    def matters(name: str) -> bool:
        others = {other: value for other, value in strongest.items() if other != name}
        settings = ({}, others, *({other: value} for other, value in others.items()))
        return any(_moves(name, profile.with_answers(**setting), total) for setting in settings)

    return tuple(name for name in missing if matters(name))


def _moves(name: str, profile: Profile, total: Callable[[Profile], int]) -> bool:
    totals = {total(profile.with_answers(**{name: value})) for value in _probes(name)}
    return len(totals) > 1


def _strongest(profile: Profile, missing: Sequence[str], total: Callable[[Profile], int]) -> dict[str, Any]:
    """For each missing field the answer that gains most; not the nomination, which would hide the rest."""
    found: dict[str, Any] = {}
    for name in missing:
        if name != "nomination":
            found[name] = max(
                _probes(name), key=lambda value: total(profile.with_answers(**{**found, name: value}))
            )
    return found


@cache
def _probes(name: str) -> tuple[Any, ...]:
    field = FIELDS[name]
    if field.kind == "yes_no":
        return (False, True)
    if field.kind == "choice":
        return field.choices
    return tuple(_same_level(value) if field.kind == "language" else value for value in _PROBES[name])


def _same_level(level: int | None) -> dict[str, int] | None:
    return None if level is None else dict.fromkeys(("speaking", "listening", "reading", "writing"), level)

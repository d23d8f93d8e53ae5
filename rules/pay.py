"""Pay by the hour and by the year."""

from __future__ import annotations

from datetime import date

from rules.errors import BadInput
from rules.rulebook import in_force
from rules.texts import Reason

_A_WEEK = 168


def hourly(annual: float, hours_per_week: float, on: date, *, bonuses: float = 0) -> float:
    """Dollars an hour of a yearly salary: without bonuses, by 52 weeks and the weekly hours, to the cent.

    Raises BadInput for hours outside a week or pay below zero.
    """
    _check(hours_per_week, annual - bonuses)
    return round((annual - bonuses) / weeks(on) / hours_per_week, 2)


def annual(hourly_wage: float, hours_per_week: float, on: date) -> float:
    """Dollars a year of an hourly wage, to the cent."""
    _check(hours_per_week, hourly_wage)
    return round(hourly_wage * hours_per_week * weeks(on), 2)


def weeks(on: date) -> int:
    """How many weeks a working year has by the rule in force."""
    return int(in_force("weeks_a_year", on).value)


def _check(hours_per_week: float, dollars: float) -> None:
    if not 0 < hours_per_week <= _A_WEEK:
        raise BadInput(
            "hours_per_week", Reason("error.weekly_hours", {"given": hours_per_week, "top": _A_WEEK})
        )
    if dollars < 0:
        raise BadInput("pay", Reason("error.too_small", {"given": dollars, "limit": 0}))

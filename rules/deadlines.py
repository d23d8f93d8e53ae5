"""When something is due: days counted from an event, in Toronto's time."""

from __future__ import annotations

from calendar import monthrange
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from zoneinfo import ZoneInfo

from rules.rulebook import Value, all_rules, in_force
from rules.texts import Bilingual, Reason

TORONTO = ZoneInfo("America/Toronto")


@dataclass(frozen=True, slots=True)
class Deadline:
    """A due day. The day of the event is not counted; `ends` is the last moment of the last day in Toronto.

    `days_left` counts from the day asked about: 0 is today, negative is past.
    """

    name: str
    label: Bilingual
    event: date
    last_day: date
    ends: datetime
    days_left: int
    rule: Value
    reason: Reason


def names() -> tuple[str, ...]:
    """Every deadline there is, without its prefix."""
    return tuple(key.removeprefix("deadline.") for key in all_rules() if key.startswith("deadline."))


def due(name: str, event: date | datetime, on: date) -> Deadline:
    """When the deadline of that name ends for an event, by the rule in force on the event's day.

    A moment with a time zone is first turned into Toronto's day; one without is taken as Toronto's.
    Raises NotInForce where the deadline did not exist on that day.
    """
    began = toronto_day(event)
    rule = in_force(f"deadline.{name}", began)
    last = months_later(began, rule.value) if rule.unit == "months" else began + timedelta(days=rule.value)
    left = (last - on).days
    facts = {"last": last, "days": abs(left), "event": began}
    when = "past" if left < 0 else "today" if left == 0 else "left"
    return Deadline(
        name=name,
        label=all_rules()[f"deadline.{name}"].label,
        event=began,
        last_day=last,
        ends=datetime.combine(last, time(23, 59, 59), TORONTO),
        days_left=left,
        rule=rule,
        reason=Reason(f"deadline.{when}", facts),
    )


def toronto_day(moment: date | datetime) -> date:
    """The calendar day in Toronto of a moment or a day."""
    if not isinstance(moment, datetime):
        return moment
    return (moment.astimezone(TORONTO) if moment.tzinfo else moment).date()


def months_later(day: date, months: int) -> date:
    """The same day so many months later, or the month's last day."""
    year, month = divmod(day.year * 12 + day.month - 1 + months, 12)
    return date(year, month + 1, min(day.day, monthrange(year, month + 1)[1]))

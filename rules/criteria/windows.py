"""How much work lies in a stretch of time: months, hours and unbroken runs, from a list of jobs."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from itertools import pairwise

from rules.profile import Job

FULL_TIME = 30.0
"""Hours a week that make a job full time; more hours do not count twice."""

_DAY = timedelta(days=1)
_DAYS_A_MONTH = 365.25 / 12
_ROUNDING = 1e-9


@dataclass(frozen=True, slots=True)
class Span:
    """Days worked without a change, both ends included; hours a week of all jobs together."""

    start: date
    end: date
    hours: float

    @property
    def days(self) -> int:
        return (self.end - self.start).days + 1


@dataclass(frozen=True, slots=True)
class Amount:
    """Work done: whole full-time months (part time in proportion), and hours counted to 30 a week."""

    months: int
    hours: float


def months_before(day: date, months: int) -> date:
    """The same day of the month so many months earlier, or the month's last day."""
    year, month = divmod(day.year * 12 + day.month - 1 - months, 12)
    last = (date(year + (month == 11), (month + 1) % 12 + 1, 1) - _DAY).day
    return date(year, month + 1, min(day.day, last))


def spans(jobs: Iterable[Job], first: date, last: date) -> list[Span]:
    """The jobs laid over each other between two days, in order; days without work are left out."""
    clipped = [(max(job.start, first), min(job.end or last, last), job.hours_per_week or 0.0) for job in jobs]
    worked = [piece for piece in clipped if piece[0] <= piece[1] and piece[2] > 0]
    edges = sorted({start for start, _, _ in worked} | {end + _DAY for _, end, _ in worked})
    found = []
    for start, after in pairwise(edges):
        hours = sum(piece[2] for piece in worked if piece[0] <= start <= piece[1])
        if hours > 0:
            found.append(Span(start, after - _DAY, hours))
    return found


def amount(pieces: Sequence[Span]) -> Amount:
    """All the work together, by the calendar; half the hours of full time make half the months."""
    months = 0.0
    for hours in {_counted(piece) for piece in pieces}:
        for run in _runs([piece for piece in pieces if _counted(piece) == hours]):
            months += _calendar_months(run[0].start, run[-1].end) * hours / FULL_TIME
    worked = sum(piece.days / 7 * _counted(piece) for piece in pieces)
    return Amount(int(months + _ROUNDING), worked)


def _counted(piece: Span) -> float:
    return min(piece.hours, FULL_TIME)


def _calendar_months(start: date, end: date) -> float:
    """Whole months, and what is left over as a part of one."""
    whole = _whole_months(start, end)
    return whole + ((end - months_after(start, whole)).days + 1) / _DAYS_A_MONTH


def longest(pieces: Sequence[Span], *, full_time: bool) -> Amount:
    """The largest unbroken run; with `full_time` a part-time week breaks it."""
    kept = [piece for piece in pieces if piece.hours >= FULL_TIME] if full_time else list(pieces)
    amounts = [amount(run) for run in _runs(kept)]
    return max(amounts, key=lambda run: (run.months, run.hours), default=Amount(0, 0.0))


def months_after(day: date, months: int) -> date:
    """The same day of the month so many months later, or the month's last day."""
    return months_before(day, -months)


def _whole_months(start: date, end: date) -> int:
    after = end + _DAY
    months = (after.year - start.year) * 12 + after.month - start.month
    return months if months_after(start, months) <= after else months - 1


def _runs(pieces: Sequence[Span]) -> list[list[Span]]:
    """Pieces that follow each other without a free day, together."""
    runs: list[list[Span]] = []
    for piece in pieces:
        if runs and runs[-1][-1].end + _DAY == piece.start:
            runs[-1].append(piece)
        else:
            runs.append([piece])
    return runs

"""How much work lies in a stretch of time."""

from __future__ import annotations

from datetime import date

import pytest

from rules.criteria.windows import amount, longest, months_after, months_before, spans
from rules.profile import Job

LAST = date(2026, 9, 1)
FIRST = date(2021, 9, 1)


def job(start: str, end: str | None, hours: float = 40) -> Job:
    return Job.model_validate({"noc": "21232", "from": start, "to": end, "hours_per_week": hours})


@pytest.mark.parametrize(
    ("jobs", "months"),
    [
        ([job("2025-01-01", "2025-12-31")], 12),  # both days worked
        ([job("2025-01-01", "2025-12-30")], 11),
        ([job("2024-02-29", "2025-02-28")], 12),  # a leap day does not lose the month
        ([job("2025-01-01", "2025-12-31", 15)], 6),  # half time counts by half
        ([job("2025-01-01", "2025-12-31", 15), job("2025-01-01", "2025-12-31", 15)], 12),  # two make one
        ([job("2025-01-01", "2025-12-31", 60)], 12),  # more than full time is full time
        ([job("2025-01-01", "2025-06-30"), job("2025-03-01", "2025-12-31")], 12),  # overlap counts once
        ([job("2025-01-01", "2025-03-31"), job("2025-07-01", "2025-09-30")], 6),  # gaps are left out
        ([job("2026-08-01", None)], 1),  # goes on today
        ([job("2026-10-01", None)], 0),  # has not begun
        ([job("2015-01-01", "2022-09-01")], 12),  # only what lies within
        ([], 0),
    ],
)
def test_months(jobs: list[Job], months: int) -> None:
    assert amount(spans(jobs, FIRST, LAST)).months == months


def test_hours_count_to_thirty_a_week() -> None:
    year = amount(spans([job("2025-01-01", "2025-12-31")], FIRST, LAST))
    assert 1560 <= year.hours < 1570


def test_the_longest_run_ends_at_the_first_free_day() -> None:
    pieces = spans([job("2025-01-01", "2025-04-30"), job("2025-05-02", "2025-06-30")], FIRST, LAST)
    assert longest(pieces, full_time=True).months == 4
    joined = spans([job("2025-01-01", "2025-04-30"), job("2025-05-01", "2025-06-30")], FIRST, LAST)
    assert longest(joined, full_time=True).months == 6


def test_a_part_time_stretch_breaks_a_full_time_run() -> None:
    jobs = [
        job("2025-01-01", "2025-03-31"),
        job("2025-04-01", "2025-06-30", 20),
        job("2025-07-01", "2025-12-31"),
    ]
    pieces = spans(jobs, FIRST, LAST)
    assert longest(pieces, full_time=True).months == 6
    assert longest(pieces, full_time=False).months == 11  # 3 + two thirds of 3 + 6


@pytest.mark.parametrize(
    ("day", "months", "before"),
    [
        (date(2026, 3, 31), 1, date(2026, 2, 28)),
        (date(2024, 3, 31), 1, date(2024, 2, 29)),
        (date(2026, 1, 15), 13, date(2024, 12, 15)),
        (date(2026, 12, 31), 12, date(2025, 12, 31)),
    ],
)
def test_the_same_day_months_earlier(day: date, months: int, before: date) -> None:
    assert months_before(day, months) == before


def test_the_same_day_months_later() -> None:
    assert months_after(date(2026, 1, 31), 1) == date(2026, 2, 28)
    assert months_after(date(2026, 3, 14), 12) == date(2027, 3, 14)

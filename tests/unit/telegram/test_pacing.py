"""Budgets hold however they are asked, and give back what time gives back."""

from __future__ import annotations

from copy import copy

from hypothesis import given
from hypothesis import strategies as st

from bot.telegram.budget import Budget
from bot.telegram.pacing import Bucket, Window

STEPS = st.lists(st.floats(0, 2), min_size=1, max_size=80)


@given(STEPS, st.integers(1, 5))
def test_no_stretch_of_a_window_holds_more_than_its_limit(steps: list[float], limit: int) -> None:
    window, now, taken = Window(limit, 1.0), 0.0, []
    for step in steps:
        now += step
        # A hair more than asked, for the rounding of floats.
        now += window.wait(now) + 1e-9
        assert window.wait(now) == 0
        window.take(now)
        taken.append(now)
    for first, last in zip(taken, taken[limit:], strict=False):
        assert last - first >= 1.0 - 1e-6


@given(STEPS, st.integers(1, 5))
def test_a_bucket_gives_a_burst_and_then_its_rate(steps: list[float], burst: int) -> None:
    bucket, now, taken = Bucket(burst, 1.0), 0.0, 0
    for step in steps:
        now += step
        wait = bucket.wait(now)
        if wait == 0:
            bucket.take(now)
            taken += 1
        else:
            assert copy(bucket).wait(now + wait + 1e-6) == 0
    assert taken <= burst + now + 1e-6


def test_an_overdrawn_bucket_makes_the_next_wait_longer() -> None:
    bucket = Bucket(1, 1.0)
    bucket.take(0.0)
    bucket.take(0.0)
    assert bucket.wait(0.0) == 2.0


def test_an_idle_budget_can_be_forgotten() -> None:
    bucket, window = Bucket(2, 1.0), Window(2, 60.0)
    assert bucket.idle(0.0)
    assert window.idle(0.0)
    bucket.take(0.0)
    window.take(0.0)
    assert not bucket.idle(0.5)
    assert not window.idle(59.0)
    assert bucket.idle(1.0)
    assert window.idle(60.0)


def test_one_kind_word_then_silence_until_the_flood_is_over() -> None:
    budget = Budget(per_minute=6)
    flood = [budget.spend("ada", 0.1 * n) for n in range(20)]
    assert flood == ["welcome"] * 6 + ["warn"] + ["silent"] * 13
    assert budget.spend("bob", 2.0) == "welcome"
    # A trickle in the middle of the flood is let through and does not bring the kind word back.
    assert [budget.spend("ada", at) for at in (12.0, 12.1, 12.2)] == ["welcome", "silent", "silent"]
    assert [budget.spend("ada", at) for at in (90.0, 90.1)] == ["welcome", "welcome"]
    assert [budget.spend("ada", 90.2) for _ in range(6)] == ["welcome"] * 4 + ["warn", "silent"]


def test_people_who_are_quiet_are_forgotten() -> None:
    budget = Budget(per_minute=60)
    for person in range(30_000):
        budget.spend(person, person * 0.01)
    assert len(budget._buckets) <= 10_001

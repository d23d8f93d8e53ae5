"""A score beside a draw's cut-off: only on the same grid."""

from __future__ import annotations

from datetime import date

import pytest

from rules import eoi
from rules.eoi_grid import grid_in_use
from rules.profile import Profile
from rules.scorecard import compare

CARD = eoi.score(Profile.parse({"noc": "21232", "hourly_wage": 41}), "workforce_priority", date(2026, 9, 1))


@pytest.mark.parametrize(
    ("day", "grid"),
    [
        (date(2021, 4, 27), None),
        (date(2021, 4, 28), "eoi-g1"),
        (date(2022, 11, 21), "eoi-g1"),
        (date(2022, 11, 22), "eoi-g2"),
        (date(2026, 6, 25), "eoi-g2"),
        (date(2026, 6, 26), None),
        (date(2026, 7, 20), "eoi-g3"),
    ],
)
def test_each_day_has_its_grid(day: date, grid: str | None) -> None:
    assert grid_in_use(day) == grid


@pytest.mark.parametrize(
    ("cutoff", "gap", "code"), [(30, 0, "reached"), (29, -1, "reached"), (31, 1, "missing")]
)
def test_on_the_same_grid_the_gap_is_told(cutoff: int, gap: int, code: str) -> None:
    assert CARD.total == 30
    beside = compare(CARD, cutoff, "eoi-g3", date(2026, 9, 30))
    assert (beside.gap, beside.reason.code) == (gap, f"compare.{code}")


@pytest.mark.parametrize("grid", ["eoi-g1", "eoi-g2", "crs-2025-03-25"])
def test_on_another_grid_there_is_only_the_reason_why_not(grid: str) -> None:
    beside = compare(CARD, 61, grid, date(2026, 3, 25))
    assert beside.gap is None
    assert "25 March 2026" in beside.reason.text("en")
    assert "25 mars 2026" in beside.reason.text("fr")

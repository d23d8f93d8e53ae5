"""Broadcasts under every fault, by the thousand; asserted on the sandbox's counts, not on our database."""

from __future__ import annotations

from collections.abc import AsyncIterator
from pathlib import Path

import pytest

from tests.faults import scenarios
from tests.faults.broadcast import Field, battlefield
from tests.faults.results import note

pytestmark = [pytest.mark.faults, pytest.mark.timeout(1800)]


@pytest.fixture
async def field(database_url: str, tmp_path: Path) -> AsyncIterator[Field]:
    async with battlefield(database_url, tmp_path) as made:
        yield made


@pytest.fixture
async def sqlite_field(tmp_path: Path) -> AsyncIterator[Field]:
    async with battlefield(f"sqlite+aiosqlite:///{tmp_path / 'field.sqlite'}", tmp_path) as made:
        yield made


async def test_ten_thousand_with_refusals(sqlite_field: Field) -> None:
    first, second, bothered = await scenarios.many_refusals(sqlite_field, count=10_000)
    note("1. 10,000 people, 5 % blocked, 1 % gone, 1 % moved, storms of 429", first)
    assert (first.missing, first.doubled) == (0, 0)
    assert (second.missing, second.doubled) == (0, 0)
    assert not bothered


async def test_killed_at_twenty_random_points(field: Field) -> None:
    came_to = await scenarios.killed_often(field, count=2_000, kills=20)
    kind = "SQLite" if "sqlite" in field.database_url else "PostgreSQL"
    note(f"2. 2,000 people, SIGKILL at 20 random points, {kind}", came_to)
    assert (came_to.missing, came_to.unlisted) == (0, 0)


async def test_every_fiftieth_answer_is_lost(sqlite_field: Field) -> None:
    came_to = await scenarios.faulty_answers(sqlite_field, count=3_000)
    note("3. 3,000 people, every 50th answer closed, hung or cut", came_to)
    assert (came_to.doubled, came_to.missing, came_to.uncertain) == (0, 0, 60)


async def test_a_split_a_restart_and_a_database_away(sqlite_field: Field) -> None:
    came_to = await scenarios.interrupted(sqlite_field, 2_000, split=30, database=10, per_second=60)
    note("4. 2,000 people, 30 s of silence, a restart, 10 s without database", came_to)
    assert (came_to.missing, came_to.unlisted) == (0, 0)

"""The fault runs at an everyday size; `make faults` tells the same stories with thousands."""

from __future__ import annotations

from collections.abc import AsyncIterator
from pathlib import Path

import pytest

from tests.faults import scenarios
from tests.faults.broadcast import Field, battlefield

pytestmark = pytest.mark.timeout(300)


@pytest.fixture
async def field(database_url: str, tmp_path: Path) -> AsyncIterator[Field]:
    async with battlefield(database_url, tmp_path) as made:
        yield made


@pytest.fixture
async def sqlite_field(tmp_path: Path) -> AsyncIterator[Field]:
    async with battlefield(f"sqlite+aiosqlite:///{tmp_path / 'field.sqlite'}", tmp_path) as made:
        yield made


async def test_a_killed_worker_loses_nobody_and_doubles_nobody(field: Field) -> None:
    came_to = await scenarios.killed_often(field, count=200, kills=2, per_second=60)
    assert came_to.missing == 0 and came_to.unlisted == 0
    assert came_to.sent + came_to.uncertain == 200
    assert came_to.uncertain < 100, "only what was in its hands is in doubt"


async def test_answers_that_never_come_are_listed_and_not_repeated(sqlite_field: Field) -> None:
    came_to = await scenarios.faulty_answers(sqlite_field, count=150)
    assert (came_to.sent, came_to.uncertain, came_to.doubled, came_to.missing) == (147, 3, 0, 0)


async def test_blocked_gone_and_moved_chats_in_a_storm_of_refusals(sqlite_field: Field) -> None:
    first, second, bothered = await scenarios.many_refusals(sqlite_field, count=200)
    assert (first.missing, first.doubled) == (0, 0)
    assert (second.missing, second.doubled, second.uncertain) == (0, 0, 0)
    assert not bothered, "the next alert sends the inactive nothing"

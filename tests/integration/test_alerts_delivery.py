"""Alerts between a real local Bot API and a real database: everybody once, faults by the table, nobody twice."""

from __future__ import annotations

from collections.abc import AsyncIterator
from pathlib import Path

import pytest
from sqlalchemy import select

from bot.alerts.administration import decide
from bot.config import Settings
from bot.sandbox import RunningSandbox, StoryClient, running_sandbox
from bot.store import alerts
from bot.store.database import Store
from bot.store.subscriptions import SubscriptionRow
from tests.integration.alerting import (
    DRAW,
    announce,
    crowd,
    done,
    messages,
    settings_for,
    subscribers,
    uncertain,
    until,
    working,
)

PEOPLE = 300


@pytest.fixture
async def sandbox() -> AsyncIterator[RunningSandbox]:
    async with running_sandbox() as running:
        yield running


@pytest.fixture
async def story(sandbox: RunningSandbox) -> AsyncIterator[StoryClient]:
    async with StoryClient(sandbox.url) as client:
        yield client


@pytest.fixture
def settings(sandbox: RunningSandbox, tmp_path: Path, database_url: str) -> Settings:
    return settings_for(sandbox.url, tmp_path, database_url)


async def unreachable(store: Store) -> set[int]:
    async with store.reading() as connection:
        found = select(SubscriptionRow.chat_id).where(SubscriptionRow.reachable.is_(False))
        return set(await connection.scalars(found))


async def test_everybody_gets_the_alert_once(store: Store, settings: Settings, story: StoryClient) -> None:
    people = await crowd(story, store, PEOPLE)
    async with working(store, settings):
        assert await done(store, await announce(store)) == {"sent": PEOPLE}
    assert await messages(story) == dict.fromkeys(people, 1)


async def test_faults_are_answered_by_the_table(store: Store, settings: Settings, story: StoryClient) -> None:
    people = await crowd(story, store, PEOPLE)
    blocked, gone, hung = people[:15], people[15:20], people[20:26]
    for chat in blocked:
        await story.fault("sendMessage", "status", code=403, chat_id=chat)
    for chat in gone:
        await story.fault(
            "sendMessage", "status", code=403, description="Forbidden: user is deactivated", chat_id=chat
        )
    for chat in hung:
        await story.fault("sendMessage", "close", chat_id=chat)
    await story.fault("sendMessage", "status", code=429, retry_after=1, skip=100, times=20)
    await story.fault("sendMessage", "status", code=429, skip=150, times=20)
    async with working(store, settings):
        first = await announce(store)
        assert await done(store, first) == {"sent": PEOPLE - 26, "blocked": 20, "uncertain": 6}
        assert await uncertain(store, first) == set(hung)
        assert await unreachable(store) == {*blocked, *gone}
        got = await messages(story)
        assert all(got[chat] == 1 for chat in people[20:])
        second = await announce(store, revision=2)
        assert await done(store, second) == {"sent": PEOPLE - 20}
    assert not set(await messages(story)) & {*blocked, *gone}


async def test_a_group_that_moved_is_followed(store: Store, settings: Settings, story: StoryClient) -> None:
    ada = await story.person("Ada")
    group = await story.group("Newcomers", ada)
    await subscribers(store, [group])
    moved = await story.migrate(group)
    async with working(store, settings):
        assert await done(store, await announce(store)) == {"sent": 1}
    assert (await messages(story))[moved] == 1
    async with store.reading() as connection:
        assert set(await connection.scalars(select(SubscriptionRow.chat_id))) == {moved}


async def test_only_whom_it_concerns_is_told(store: Store, settings: Settings, story: StoryClient) -> None:
    everyone = await crowd(story, store, 10)
    near = await crowd(story, store, 10, first=2_000_000, within=20, score_crs=465)
    await crowd(story, store, 10, first=3_000_000, within=10, score_crs=465)
    await crowd(story, store, 10, first=4_000_000, streams=["cec"])
    await crowd(story, store, 10, first=5_000_000, programs=["ontario"])
    await crowd(story, store, 10, first=6_000_000, paused=True)
    async with working(store, settings):
        assert await done(store, await announce(store)) == {"sent": 20}
    assert set(await messages(story)) == {*everyone, *near}


async def test_the_same_draw_makes_one_alert(store: Store) -> None:
    await announce(store)
    async with store.writing() as tx:
        again = await alerts.create(tx, kind="draw", subject=DRAW.key, revision=1, data={})
    assert again is None


async def test_a_cancelled_alert_goes_no_further(
    store: Store, settings: Settings, story: StoryClient
) -> None:
    await crowd(story, store, PEOPLE)

    async def twenty_have_it() -> bool:
        return len(await messages(story)) >= 20

    async with working(store, settings, rate=50):
        alert = await announce(store)
        await until(twenty_have_it)
        async with store.writing() as tx:
            assert await decide(tx, alert, "cancel", "test")
    assert 20 <= sum((await messages(story)).values()) < PEOPLE

"""A long broadcast while people chat: never above Telegram's limit, replies first, the rest of it well used."""

from __future__ import annotations

import asyncio
import os
import time
from collections.abc import AsyncIterator
from contextlib import AsyncExitStack
from dataclasses import replace
from pathlib import Path

import pytest

from bot.alerts.beside import own_rate
from bot.alerts.sending import TelegramCarrier
from bot.alerts.worker import running_alerts
from bot.app import RunningBot, running_bot
from bot.conversation.library import load_library
from bot.sandbox import StoryClient, StoryPerson
from bot.voice import Voice
from knowledge.draws.book import DrawBook
from tests.faults.broadcast import Field, battlefield
from tests.faults.results import keep
from tests.integration.alerting import TODAY, announce, crowd, settings_for

pytestmark = [pytest.mark.faults, pytest.mark.timeout(1200)]
SECONDS = int(os.environ.get("PACE_SECONDS", "300"))
LIMIT = 30
TALKERS = 20


@pytest.fixture
async def field(tmp_path: Path) -> AsyncIterator[Field]:
    async with battlefield(f"sqlite+aiosqlite:///{tmp_path / 'pace.sqlite'}", tmp_path) as made:
        yield made


async def talking(person: StoryPerson, until: float, waits: list[float]) -> None:
    """Ask for something every few seconds and note how long the answer took."""
    while time.monotonic() < until:
        began = time.monotonic()
        await person.send("/help")
        waits.append(time.monotonic() - began - person_quiet(person))
        await asyncio.sleep(4)


def person_quiet(person: StoryPerson) -> float:
    """The stillness a story waits for after a reply is not part of the reply's time."""
    return person._story.quiet


async def test_the_limit_holds_while_people_are_served(field: Field, tmp_path: Path) -> None:
    limits = {"OINP_MESSAGES_PER_SECOND": str(LIMIT), "OINP_PERSON_BUDGET": "10000"}
    settings = settings_for(field.url, tmp_path, field.database_url, **limits)
    voice = Voice(replace(load_library(), draws=DrawBook()))
    await crowd(field.story, field.store, SECONDS * LIMIT * 2)
    async with AsyncExitStack() as stack:
        bot: RunningBot = await stack.enter_async_context(running_bot(settings, voice))
        carrier = TelegramCarrier(bot.bot)
        await stack.enter_async_context(
            running_alerts(
                field.store, settings, carrier, name="pace", rate=own_rate(LIMIT), today=lambda: TODAY
            )
        )
        people = [await field.story.person(f"Talker {number}", id=100 + number) for number in range(TALKERS)]
        await announce(field.store)
        await asyncio.sleep(5)
        waits: list[float] = []
        began, ends = time.time(), time.monotonic() + SECONDS
        await asyncio.gather(*(talking(person, ends, waits) for person in people))
        sends = await sent_since(field.story, began)
    judge(sends, waits)


async def sent_since(story: StoryClient, began: float) -> list[tuple[float, bool]]:
    """(when, whether a broadcast) of every message that counts, by the sandbox's journal."""
    entries = [entry for entry in await story.journal("sendMessage") if entry["at"] >= began]
    return [(entry["at"], int(entry["params"]["chat_id"]) >= 1_000_000) for entry in entries]


def judge(sends: list[tuple[float, bool]], waits: list[float]) -> None:
    moments = sorted(at for at, _ in sends)
    busiest = max(
        sum(start <= at < start + 1 for at in moments[n : n + 3 * LIMIT]) for n, start in enumerate(moments)
    )
    span = moments[-1] - moments[0]
    replies = sum(not broadcast for _, broadcast in sends)
    used = (len(sends) - replies) / (LIMIT * span - replies)
    slowest = sorted(waits)[int(len(waits) * 0.95)]
    came_to = {
        "seconds": span,
        "busiest_second": busiest,
        "replies": replies,
        "p95_ms": slowest * 1000,
        "used": used,
    }
    keep("5. a broadcast at 30 a second while 20 people chat", came_to)
    assert busiest <= LIMIT, came_to
    assert slowest <= 0.3, came_to
    assert used >= 0.9, came_to

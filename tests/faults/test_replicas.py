"""Replicas and workers die every few seconds, some for good: every update takes effect once, in order, and is answered.

Everybody is a process of their own, on PostgreSQL. What people said is compared, word for word, with what the database
remembers of them, and what they were told with what they should have been.
"""

from __future__ import annotations

import asyncio
import json
import os
import random
import re
import sys
import time
from collections.abc import AsyncIterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import aiohttp
import pytest
from sqlalchemy import text

from benchmarks.fleet import Fleet
from benchmarks.talkers import listen, post, share
from bot.sandbox import RunningSandbox, StoryClient, sandbox_process
from bot.store.database import Store, open_store
from bot.store.schema import ready_store
from tests.integration.alerting import announce, crowd, done, messages

PEOPLE = int(os.environ.get("REPLICAS_PEOPLE", "300"))
SECONDS = float(os.environ.get("REPLICAS_SECONDS", "180"))
KILL_EVERY = 10.0
BACK_AFTER = 3.0
# A hold lapses after six seconds, a look round takes one, and the process that died was in the middle of something.
SHADOW = 8.5
SUBSCRIBERS = 1_000
# Slow is judged by the percentiles; lost is what nobody ever answered.
PATIENCE = 150.0
# Seconds between two things a person says: three hundred people say about twenty a second together.
THINKS = (8.0, 25.0)
FIRST = 5_000_000
COUNTED = re.compile(r"(\d+): (.*)", re.DOTALL)


@dataclass
class Person:
    """Says one thing after another, sometimes two at once, and notes when each was answered."""

    person_id: int
    chance: random.Random
    said: list[str] = field(default_factory=list)
    told: list[str] = field(default_factory=list)
    open: dict[str, float] = field(default_factory=dict)
    took: list[tuple[float, float]] = field(default_factory=list)
    answered: asyncio.Event = field(default_factory=asyncio.Event)

    def hears(self, event: dict[str, Any]) -> None:
        """Every event of this chat; what counts is what the bot says."""
        if event.get("kind") not in ("message", "edited") or event.get("by_person"):
            return
        said = COUNTED.fullmatch(event["message"].get("text") or "")
        if said is None:
            return
        self.told.append(said[0])
        if (begun := self.open.pop(said[2], None)) is not None:
            self.took.append((begun, time.monotonic()))
        if not self.open:
            self.answered.set()

    async def lives(self, http: aiohttp.ClientSession, url: str, until: float) -> int:
        """Talk until then; returns how many words nobody answered."""
        lost = 0
        await asyncio.sleep(self.chance.uniform(0, THINKS[1]))
        while time.monotonic() < until:
            self.answered.clear()
            for _ in range(2 if self.chance.random() < 0.2 else 1):
                word = f"word {len(self.said) + 1}"
                self.said.append(word)
                self.open[word] = time.monotonic()
                await post(http, url, f"people/{self.person_id}/act/send", {"text": word})
            try:
                await asyncio.wait_for(self.answered.wait(), PATIENCE)
            except TimeoutError:
                lost += len(self.open)
                self.open.clear()
            await asyncio.sleep(self.chance.uniform(*THINKS))
        return lost


@dataclass
class Reaper:
    """Kills one process every ten seconds; most are replaced, by a stranger or under their own name."""

    fleet: Fleet
    chance: random.Random
    killed: list[tuple[float, str]] = field(default_factory=list)

    async def runs(self, until: float) -> None:
        kinds = ["web", "worker"]
        while time.monotonic() + KILL_EVERY < until:
            await asyncio.sleep(KILL_EVERY - BACK_AFTER)
            kind = kinds[len(self.killed) % 2]
            victim = await self.fleet.kill(self.chance.choice(self.fleet.of(kind)))
            self.killed.append((time.monotonic(), kind))
            await asyncio.sleep(BACK_AFTER)
            self.fleet.forget(victim)
            # Every third worker comes back as itself; the others never do, and a stranger takes their place.
            again = victim.name if kind == "worker" and len(self.killed) % 3 == 0 else None
            await self.fleet.start(kind, again)

    def in_the_light(self, begun: float, answered: float) -> bool:
        """Whether no web replica had died shortly before or during this wait."""
        return not any(
            moment < answered and begun < moment + SHADOW for moment, kind in self.killed if kind == "web"
        )


@pytest.fixture
async def sandbox() -> AsyncIterator[RunningSandbox]:
    async with sandbox_process() as running:
        yield running


@pytest.fixture
async def store(postgres_url: str) -> AsyncIterator[Store]:
    opened = open_store(postgres_url)
    await ready_store(opened, postgres_url)
    yield opened
    await opened.close()


@pytest.mark.faults
@pytest.mark.timeout(900)
async def test_kills_cost_no_word_and_no_answer(
    sandbox: RunningSandbox, store: Store, postgres_url: str, tmp_path: Path
) -> None:
    chance = random.Random(20261123)
    fleet = Fleet(sandbox.url, postgres_url, tmp_path, ("-m", "tests.faults.counting_web"))
    people = {FIRST + n: Person(FIRST + n, random.Random(n)) for n in range(PEOPLE)}
    async with StoryClient(sandbox.url, timeout=60) as story, fleet.running(2, 2):
        subscribed = await crowd(story, store, SUBSCRIBERS)
        reaper = Reaper(fleet, chance)
        lost = await talk(sandbox.url, people, reaper, store)
        sent = await done(store, 1, 120)
        received = await messages(story)
        assert await settled(store)
    report(people, reaper, lost, sent)
    assert lost == 0
    for person in people.values():
        assert await remembered(store, person.person_id) == person.said
        expected = [f"{n}: {word}" for n, word in enumerate(person.said, 1)]
        # Only a reply in the hands of the process that died may be there twice.
        assert sorted(set(person.told)) == sorted(expected)
    assert sum(sent.values()) == SUBSCRIBERS
    assert all(received[chat] <= 1 for chat in subscribed)
    assert share(in_light(people, reaper), 0.99) <= 1.0


async def talk(url: str, people: dict[int, Person], reaper: Reaper, store: Store) -> int:
    until = time.monotonic() + SECONDS
    async with aiohttp.ClientSession(connector=aiohttp.TCPConnector(limit=100)) as http:
        for person in people.values():
            await post(http, url, "people", {"name": f"Person {person.person_id}", "id": person.person_id})
        listening = asyncio.create_task(listen(http, url, people))  # type: ignore[arg-type]
        reaping = asyncio.create_task(reaper.runs(until))
        alerting = asyncio.create_task(announce(store))
        lost = sum(await asyncio.gather(*(person.lives(http, url, until) for person in people.values())))
        await reaping
        await alerting
        listening.cancel()
    return lost


def in_light(people: dict[int, Person], reaper: Reaper) -> list[float]:
    """Seconds each answer took, of those no kill could have touched."""
    return sorted(
        end - begun for one in people.values() for begun, end in one.took if reaper.in_the_light(begun, end)
    )


async def remembered(store: Store, person_id: int) -> list[str]:
    async with store.reading() as connection:
        found = await connection.scalar(
            text("SELECT session FROM sessions WHERE person_id = :person"), {"person": person_id}
        )
    return list(json.loads(found or "[]"))


async def settled(store: Store) -> bool:
    """Whether nothing waits any more, within a few seconds."""
    for _ in range(100):
        async with store.reading() as connection:
            waiting = await connection.scalar(text("SELECT count(*) FROM inbox WHERE handled_at IS NULL"))
            owed = await connection.scalar(text("SELECT count(*) FROM outbox"))
        if not waiting and not owed:
            return True
        await asyncio.sleep(0.2)
    return False


def report(people: dict[int, Person], reaper: Reaper, lost: int, sent: dict[str, int]) -> None:
    every = sorted(end - begun for one in people.values() for begun, end in one.took)
    light = in_light(people, reaper)
    twice = sum(len(one.told) - len(set(one.told)) for one in people.values())
    sys.stdout.write(
        f"\n{PEOPLE} people, {SECONDS:.0f} s, {len(reaper.killed)} kills, "
        f"{sum(len(one.said) for one in people.values())} words, {lost} lost, {twice} answers twice\n"
        f"all: p50 {share(every, 0.5):.3f} s, p99 {share(every, 0.99):.3f} s, slowest {every[-1]:.2f} s; "
        f"outside the kills ({len(light)}): p50 {share(light, 0.5):.3f} s, p99 {share(light, 0.99):.3f} s\n"
        f"alert deliveries: {sent}\n"
    )

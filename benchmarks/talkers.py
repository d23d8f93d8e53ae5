"""Many people who talk to a bot through one sandbox at once, each as soon as the last reply is there.

Times are the sandbox's own: from the person's act to the first message or edit that answers it.
"""

from __future__ import annotations

import asyncio
import json
import random
import time
from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Any

import aiohttp

from bot.sandbox.transcript import Message, message_from

Act = tuple[str, dict[str, Any]]
# What a person does next, given the bot's last message (None at the beginning).
Habit = Callable[[Message | None, random.Random], Act]
PATIENCE = 30.0


@dataclass
class Talker:
    """One person: what they saw last, when they acted, and how long each reply took (seconds)."""

    person_id: int
    habit: Habit
    chance: random.Random
    seen: Message | None = None
    acted_at: float | None = None
    took: list[float] = field(default_factory=list)
    replied: asyncio.Event = field(default_factory=asyncio.Event)

    def hears(self, event: dict[str, Any]) -> None:
        """Take in one event of the person's chat."""
        if event["kind"] not in ("message", "edited", "tap"):
            return
        if event.get("by_person"):
            self.acted_at = event["at"]
            return
        self.seen = message_from(event["message"])
        if self.acted_at is not None:
            self.took.append(event["at"] - self.acted_at)
            self.acted_at = None
        self.replied.set()


@dataclass(frozen=True)
class Measured:
    """`replies` in `seconds`; the latencies in milliseconds; `lost` acts that nobody answered in time."""

    replies: int
    seconds: float
    p50: float
    p99: float
    lost: int

    @property
    def rate(self) -> float:
        return self.replies / self.seconds


async def measure(url: str, habit: Habit, people: int, seconds: float, first_id: int) -> Measured:
    """Let `people` talk for `seconds`, after a warm-up that is not counted."""
    async with aiohttp.ClientSession() as http:
        talkers = {
            first_id + n: Talker(first_id + n, habit, random.Random(first_id + n)) for n in range(people)
        }
        for talker in talkers.values():
            await post(http, url, "people", {"name": f"Person {talker.person_id}", "id": talker.person_id})
        listening = asyncio.create_task(listen(http, url, talkers))
        until = time.perf_counter() + 3.0
        lost = await talk_all(http, url, talkers, until)
        for talker in talkers.values():
            talker.took.clear()
        begun = time.perf_counter()
        lost = await talk_all(http, url, talkers, begun + seconds)
        elapsed = time.perf_counter() - begun
        listening.cancel()
    took = sorted(value * 1000 for talker in talkers.values() for value in talker.took)
    return Measured(len(took), elapsed, share(took, 0.5), share(took, 0.99), lost)


async def talk_all(http: aiohttp.ClientSession, url: str, talkers: dict[int, Talker], until: float) -> int:
    return sum(await asyncio.gather(*(talk(http, url, talker, until) for talker in talkers.values())))


async def talk(http: aiohttp.ClientSession, url: str, talker: Talker, until: float) -> int:
    """Act, wait for the reply, act again; returns how many acts found no reply."""
    lost = 0
    while time.perf_counter() < until:
        talker.replied.clear()
        name, body = talker.habit(talker.seen, talker.chance)
        await post(http, url, f"people/{talker.person_id}/act/{name}", body)
        try:
            await asyncio.wait_for(talker.replied.wait(), PATIENCE)
        except TimeoutError:
            lost += 1
    return lost


async def listen(http: aiohttp.ClientSession, url: str, talkers: dict[int, Talker]) -> None:
    """Hand every event of the sandbox to the person whose chat it is."""
    async with http.get(f"{url}/sandbox/stream", timeout=aiohttp.ClientTimeout(total=None)) as stream:
        buffer = b""
        async for chunk in stream.content.iter_any():
            *blocks, buffer = (buffer + chunk).split(b"\n\n")
            for block in blocks:
                _, found, data = block.partition(b"data: ")
                if found:
                    event = json.loads(data)
                    if (talker := talkers.get(event.get("chat_id") or 0)) is not None:
                        talker.hears(event)


async def post(http: aiohttp.ClientSession, url: str, path: str, body: dict[str, Any]) -> None:
    async with http.post(f"{url}/sandbox/{path}", json=body) as answer:
        answer.raise_for_status()
        await answer.read()


def share(ordered: list[float], part: float) -> float:
    """The value below which `part` of the ordered values lie; 0 where there are none."""
    return ordered[min(len(ordered) - 1, int(part * len(ordered)))] if ordered else 0.0

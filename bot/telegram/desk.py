"""Who is served when: one thing at a time for each person, many people at once.

A person's queue exists only while something is in it.
"""

from __future__ import annotations

import asyncio
from collections import deque
from collections.abc import Awaitable, Callable, Sequence
from contextlib import suppress
from dataclasses import dataclass
from typing import Protocol

import structlog

from bot.store.address import Address
from bot.store.outbox import Owed
from bot.telegram.updates import Letter

log = structlog.get_logger()
# Turns being decided at once; sending does not count, so a slow chat holds nobody up.
AT_ONCE = 16
# Letters in memory before the poller waits: they are in the inbox anyway.
BACKLOG = 2_000
Post = Callable[[Sequence[Owed]], Awaitable[None]]
# What must be settled before a letter, and what is owed for it.
Before = Callable[[Letter], Awaitable[Sequence[Owed]]]


async def nothing_before(_letter: Letter) -> Sequence[Owed]:
    """Alone, a person's queue is order enough."""
    return ()


class Decides(Protocol):
    """bot.telegram.turns.Turns, as far as the desk needs it."""

    async def settle(self, letter: Letter) -> Sequence[Owed]: ...
    async def slow_down(self, letter: Letter) -> Sequence[Owed]: ...


@dataclass(frozen=True, slots=True)
class Job:
    """A letter to answer, or replies that an earlier process owed; `over_budget` asks for a pause only."""

    letter: Letter | None = None
    owed: tuple[Owed, ...] = ()
    over_budget: bool = False


class Desk:
    """Takes jobs and gives each person's to a task of their own, in order."""

    def __init__(self, turns: Decides, post: Post, before: Before = nothing_before) -> None:
        self._turns = turns
        self._post = post
        self._before = before
        self._queues: dict[Address, deque[Job]] = {}
        self._tasks: set[asyncio.Task[None]] = set()
        self._deciding = asyncio.Semaphore(AT_ONCE)
        self._waiting = 0
        self._room = asyncio.Event()
        self._room.set()

    @property
    def waiting(self) -> int:
        """How many jobs are taken and not finished."""
        return self._waiting

    def take(self, letter: Letter, over_budget: bool = False) -> None:
        """Queue a letter that stands in the inbox."""
        self._queue(letter.address, Job(letter=letter, over_budget=over_budget))

    def resend(self, address: Address, owed: Sequence[Owed]) -> None:
        """Queue replies that are still owed to one person."""
        self._queue(address, Job(owed=tuple(owed)))

    @property
    def full(self) -> bool:
        """Whether there is no room for more letters now."""
        return not self._room.is_set()

    async def room(self) -> None:
        """Return when there is room for more letters."""
        await self._room.wait()

    async def finish(self, within: float) -> bool:
        """Wait at most `within` seconds for the work in hand; the rest stays in the inbox and the outbox."""
        if self._tasks:
            await asyncio.wait(set(self._tasks), timeout=within)
        left = [task for task in self._tasks if not task.done()]
        for task in left:
            task.cancel()
        for task in left:
            with suppress(asyncio.CancelledError):
                await task
        return not left

    def _queue(self, address: Address, job: Job) -> None:
        self._waiting += 1
        if self._waiting >= BACKLOG:
            self._room.clear()
        queue = self._queues.get(address)
        if queue is not None:
            queue.append(job)
            return
        self._queues[address] = deque([job])
        task = asyncio.create_task(self._serve(address))
        self._tasks.add(task)
        task.add_done_callback(self._tasks.discard)

    async def _serve(self, address: Address) -> None:
        queue = self._queues[address]
        try:
            while queue:
                await self._work(queue[0])
                queue.popleft()
                self._finished(1)
        finally:
            self._finished(len(queue))
            del self._queues[address]

    async def _work(self, job: Job) -> None:
        try:
            owed = await self._decide(job)
            if owed:
                await self._post(owed)
        except Exception:
            # This person's next letter is served all the same; what failed is in the inbox or the outbox.
            log.exception("work left for the next start")

    async def _decide(self, job: Job) -> Sequence[Owed]:
        if job.letter is None:
            return job.owed
        # Waiting takes no place among those being decided, or two replicas could wait for each other.
        earlier = () if job.over_budget else await self._before(job.letter)
        async with self._deciding:
            if job.over_budget:
                return await self._turns.slow_down(job.letter)
            return [*earlier, *await self._turns.settle(job.letter)]

    def _finished(self, jobs: int) -> None:
        self._waiting -= jobs
        if self._waiting < BACKLOG:
            self._room.set()

"""What is done to a broadcast, at any size: the long runs and the everyday tests tell the same stories."""

from __future__ import annotations

import asyncio
import random
import signal
import sqlite3
import time
from collections.abc import Iterable
from dataclasses import dataclass

from sqlalchemy.engine import make_url

from bot.store import deliveries
from tests.faults.broadcast import Field, Program
from tests.integration.alerting import announce, crowd, subscribers, until

FAULTY = ("close", "hang", "half")


@dataclass(frozen=True)
class Verdict:
    """What a run came to, for the assertions and for the table in the documents."""

    people: int
    sent: int
    uncertain: int
    missing: int
    doubled: int
    unlisted: int
    seconds: float


async def verdict(field: Field, alert_id: int, people: Iterable[int], began: float) -> Verdict:
    """Everybody at least one message or listed, nobody more than one unless listed; by the sandbox."""
    got, everybody = await field.got(), list(people)
    async with field.store.reading() as connection:
        listed = set(await deliveries.in_state(connection, alert_id, "uncertain", limit=1_000_000))
    return Verdict(
        people=len(everybody),
        sent=(await field.states(alert_id)).get("sent", 0),
        uncertain=len(listed),
        missing=sum(got[chat] == 0 and chat not in listed for chat in everybody),
        doubled=sum(got[chat] > 1 for chat in everybody),
        unlisted=sum(got[chat] > 1 and chat not in listed for chat in everybody),
        seconds=time.monotonic() - began,
    )


async def finished(field: Field, alert_id: int, seconds: float) -> None:
    await until(lambda: field.is_done(alert_id), seconds)


async def killed_often(field: Field, count: int, kills: int, seed: int = 1, per_second: int = 300) -> Verdict:
    """SIGKILL at random points; after it the same worker comes back, every fourth time another takes over."""
    chance = random.Random(seed)
    people = await crowd(field.story, field.store, count)
    alert, began = await announce(field.store), time.monotonic()
    name, worker = "worker-0", await field.worker("worker-0", per_second)
    for kill in range(1, kills + 1):
        # At a random point of the work, not of the start-up.
        goal = await field.settled_count(alert) + chance.randint(1, max(1, count // (kills + 1)))
        await reached(field, alert, goal)
        await asyncio.sleep(chance.random() * 0.2)
        await worker.killed()
        name = f"worker-{kill}" if kill % 4 == 0 else name
        worker = await field.worker(name, per_second)
    await finished(field, alert, 300)
    await worker.stopped()
    return await verdict(field, alert, people, began)


async def reached(field: Field, alert: int, goal: int) -> None:
    async def is_there() -> bool:
        return await field.settled_count(alert) >= goal or await field.is_done(alert)

    await until(is_there, 120)


async def faulty_answers(field: Field, count: int, every: int = 50) -> Verdict:
    """Every so-manieth send is taken and then closed, answered half or never: nobody gets it twice."""
    people = await crowd(field.story, field.store, count)
    for number, chat in enumerate(people[::every]):
        await field.story.fault("sendMessage", FAULTY[number % 3], chat_id=chat)
    alert, began = await announce(field.store), time.monotonic()
    worker = await field.worker()
    await finished(field, alert, 240)
    await worker.stopped()
    return await verdict(field, alert, people, began)


async def many_refusals(field: Field, count: int) -> tuple[Verdict, Verdict, set[int]]:
    """5 % have blocked the bot, 1 % are gone, 1 % are groups that moved, and storms of 429 in between."""
    part = count // 100
    people = await crowd(field.story, field.store, count - part)
    gone = people[: 6 * part]
    for number, chat in enumerate(gone):
        words = (
            "Forbidden: bot was blocked by the user"
            if number < 5 * part
            else "Forbidden: user is deactivated"
        )
        await field.story.fault("sendMessage", "status", code=403, description=words, chat_id=chat)
    groups = [await moved_group(field, number) for number in range(part)]
    await field.story.fault(
        "sendMessage", "status", code=429, retry_after=2, skip=count // 4, times=count // 50
    )
    await field.story.fault("sendMessage", "status", code=429, skip=count // 3, times=count // 50)
    worker = await field.worker(per_second=1_000)
    reachable = [*people[6 * part :], *groups]
    alert, began = await announce(field.store), time.monotonic()
    await finished(field, alert, 400)
    first = await verdict(field, alert, reachable, began)
    assert (await field.states(alert)).get("blocked") == len(gone)
    field.base.subtract(await field.got())
    second_alert, began = await announce(field.store, revision=2), time.monotonic()
    await finished(field, second_alert, 400)
    second = await verdict(field, second_alert, reachable, began)
    await worker.stopped()
    return (
        first,
        second,
        {chat for chat, number in (await field.got()).items() if number > 0 and chat in gone},
    )


async def moved_group(field: Field, number: int) -> int:
    """A subscribed group that has become a supergroup; its new number."""
    member = await field.story.person(f"Member {number}", id=500_000 + number)
    old = await field.story.group(f"Group {number}", member)
    await subscribers(field.store, [old])
    return await field.story.migrate(old)


async def interrupted(field: Field, count: int, split: float, database: float, per_second: int) -> Verdict:
    """In mid-broadcast Telegram falls silent, then is restarted, then the database is locked away."""
    people = await crowd(field.story, field.store, count)
    alert, began = await announce(field.store), time.monotonic()
    worker = await field.worker(per_second=per_second)
    await reached(field, alert, count // 5)
    await split_off(field.sandbox, split)
    await reached(field, alert, 2 * count // 5)
    # The worker is held meanwhile: unlike Telegram, the sandbox forgets its people, and would say so.
    worker.signalled(signal.SIGSTOP)
    await field.sandbox_again()
    await field.story.crowd(count)
    worker.signalled(signal.SIGCONT)
    await reached(field, alert, 3 * count // 5)
    await locked_away(field, database)
    await finished(field, alert, 300)
    await worker.stopped()
    return await verdict(field, alert, people, began)


async def split_off(sandbox: Program, seconds: float) -> None:
    sandbox.signalled(signal.SIGSTOP)
    await asyncio.sleep(seconds)
    sandbox.signalled(signal.SIGCONT)


async def locked_away(field: Field, seconds: float) -> None:
    """Nobody else can write to our SQLite file for a while."""
    url = make_url(field.database_url)
    if url.get_backend_name() != "sqlite" or not url.database:
        return
    connection = sqlite3.connect(url.database, isolation_level=None, timeout=10)
    connection.execute("BEGIN EXCLUSIVE")
    await asyncio.sleep(seconds)
    connection.execute("ROLLBACK")
    connection.close()

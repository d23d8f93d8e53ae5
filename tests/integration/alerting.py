"""A worker on a store and a sandbox, subscribers by the thousand, and what the sandbox saw of them."""

from __future__ import annotations

import asyncio
from collections import Counter
from collections.abc import AsyncIterator, Awaitable, Callable, Iterable
from contextlib import AsyncExitStack, asynccontextmanager
from datetime import date
from pathlib import Path
from typing import Any

from sqlalchemy import insert

from bot.alerts.feeds import Addresses
from bot.alerts.filters import AlertFilters
from bot.alerts.sending import TelegramCarrier
from bot.alerts.states import APPROVED
from bot.alerts.worker import Keeper, running_alerts
from bot.config import Settings, read_settings
from bot.sandbox import StoryClient
from bot.store import alerts, deliveries
from bot.store.base import now
from bot.store.database import Store
from bot.store.subscriptions import SubscriptionRow
from bot.telegram.client import make_bot
from bot.telegram.limiter import Limiter
from knowledge.draws.draw import Draw

TODAY = date(2026, 11, 23)
FIRST = 1_000_000
DRAW = Draw(
    "federal", "stem", TODAY, "450", 2_000, 480, name="STEM",
    source="https://example.org/rounds", as_of=TODAY,
)  # fmt: skip


def settings_for(url: str, folder: Path, database_url: str, **more: str) -> Settings:
    return read_settings(
        {
            "TELEGRAM_BOT_TOKEN": "42:sandbox",
            "OINP_API_URL": url,
            "OINP_DATA_DIR": str(folder),
            "OINP_DATABASE_URL": database_url.replace("+aiosqlite", "").replace("+psycopg", ""),
            "OINP_WATCH": "off",
            "OINP_TODAY": TODAY.isoformat(),
            **more,
        }
    )


@asynccontextmanager
async def working(
    store: Store,
    settings: Settings,
    *,
    name: str = "worker-1",
    rate: float = 10_000,
    limit: int = 100_000,
    addresses: Addresses | None = None,
) -> AsyncIterator[Keeper]:
    """A worker at work in this process."""
    async with AsyncExitStack() as stack:
        token = settings.token.get_secret_value() if settings.token else ""
        bot = make_bot(token, settings.api_url, Limiter(limit, 100_000))
        await bot.initialize()
        stack.push_async_callback(bot.shutdown)
        carrier = TelegramCarrier(bot)
        yield await stack.enter_async_context(
            running_alerts(
                store, settings, carrier, name=name, rate=rate, today=lambda: TODAY, addresses=addresses
            )
        )


async def subscribers(store: Store, chats: Iterable[int], **wishes: Any) -> None:
    """These chats have asked for alerts with these wishes."""
    filters = AlertFilters.model_validate(wishes)
    moment = now()
    row = {
        "filters": filters.model_dump_json(),
        "reachable": True,
        "subscribed_at": moment,
        "updated_at": moment,
    }
    row |= filters.columns()
    rows = [{"chat_id": chat, "person_id": chat, **row} for chat in chats]
    async with store.writing() as tx:
        for start in range(0, len(rows), 5_000):
            await tx.execute(insert(SubscriptionRow), rows[start : start + 5_000])


async def crowd(story: StoryClient, store: Store, count: int, first: int = FIRST, **wishes: Any) -> range:
    """So many people who know the bot and have subscribed."""
    await story.crowd(count, first)
    await subscribers(store, range(first, first + count), **wishes)
    return range(first, first + count)


async def announce(store: Store, draw: Draw = DRAW, state: str = APPROVED, revision: int = 1) -> int:
    """An alert about a draw, approved unless told otherwise."""
    async with store.writing() as tx:
        made = await alerts.create(
            tx, kind="draw", subject=draw.key, revision=revision, data={"draw": draw.to_json()}, state=state
        )
    assert made is not None
    return made


async def until(true: Callable[[], Awaitable[bool]], seconds: float = 30.0) -> None:
    """Wait for something to become true; fails when it does not."""
    loop = asyncio.get_running_loop()
    end = loop.time() + seconds
    while not await true():
        assert loop.time() < end, "it did not become true in time"
        await asyncio.sleep(0.1)


async def done(store: Store, alert_id: int, seconds: float = 60.0) -> dict[str, int]:
    """Wait until an alert is through; its deliveries by state."""

    async def is_done() -> bool:
        async with store.reading() as connection:
            found = await alerts.by_id(connection, alert_id)
        return found is not None and found.state == "done"

    await until(is_done, seconds)
    async with store.reading() as connection:
        return dict(await deliveries.counts(connection, alert_id))


async def uncertain(store: Store, alert_id: int) -> set[int]:
    async with store.reading() as connection:
        return set(await deliveries.in_state(connection, alert_id, "uncertain", limit=1_000_000))


async def messages(story: StoryClient) -> Counter[int]:
    """How many messages each chat has really got, by the sandbox and not by our database."""
    return Counter({int(chat): count for chat, count in (await story.counts())["chats"].items()})

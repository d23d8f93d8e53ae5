"""Alerts beside a bot that answers: its draws kept fresh, its administrators served, and the work where it is alone."""

from __future__ import annotations

import asyncio
import socket
from contextlib import suppress

import structlog

from bot.alerts.hook import Administration
from bot.assembly import Parts, clock_of
from bot.config import Settings
from bot.store import draws, watched
from bot.store.base import now
from bot.store.database import Store
from bot.store.faults import StoreUnavailable
from knowledge.draws.book import DrawBook, Freshness, shared_book

log = structlog.get_logger()
REFRESH = 10.0
# The engine is loaded once people are being served.
LATER = 1.0
FASTEST = 1_000.0
ALONE = 0.93


def administration(settings: Settings) -> Administration:
    """What answers administrators."""
    return Administration(clock_of(settings))


async def keep_fresh(store: Store, book: DrawBook | None = None) -> None:
    """For ever: what the watchers have found into the book that answers are looked up in."""
    held = book or shared_book()
    seen: object = None
    while True:
        with suppress(StoreUnavailable):
            seen = await refresh(store, held, seen)
        await asyncio.sleep(REFRESH)


async def refresh(store: Store, book: DrawBook, seen: object = None) -> object:
    """One look; returns a mark of what was seen, so that the next look reads only what changed."""
    async with store.reading() as connection:
        mark = await draws.last_change(connection)
        found = await draws.known(connection) if mark != seen else None
        sources = await watched.all_sources(connection)
    moment = now()
    book.freshness = {
        source.name.partition("-")[0]: Freshness(
            int((moment - source.checked_at).total_seconds() // 60) if source.checked_at else None,
            source.error is not None,
        )
        for source in sources
        if source.kind in ("federal", "invitations", "notifications", "updates")
    }
    book.under_review = {
        source.name.removeprefix("cited-"): source.review_since for source in sources if source.review_since
    }
    if found is not None:
        book.take(found)
    return mark


async def work_beside(parts: Parts, settings: Settings) -> None:
    """For ever: an alert worker in the bot's own process, at the pace its limiter allows."""
    await asyncio.sleep(LATER)
    from bot.alerts.sending import TelegramCarrier
    from bot.alerts.worker import running_alerts

    rate = FASTEST if settings.token is None else own_rate(settings.messages_per_second)
    carrier = TelegramCarrier(parts.bot)
    async with running_alerts(
        parts.store,
        settings,
        carrier,
        name=worker_name(settings),
        rate=min(FASTEST, rate),
        today=clock_of(settings),
    ):
        await asyncio.Event().wait()


def own_rate(messages_per_second: int) -> float:
    """Messages a second of a broadcast in the bot's own process, whose limiter lets replies go first.

    A little under the limit: messages that left apart may arrive together.
    """
    return max(1.0, messages_per_second * ALONE)


def worker_name(settings: Settings) -> str:
    """The same for the same worker after a restart, so that it finds its own unfinished work."""
    return settings.worker_name or socket.gethostname()[:60] or "worker"

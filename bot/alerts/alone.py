"""An alert worker in a process of its own, until it is told to stop."""

from __future__ import annotations

import asyncio
import signal
from collections.abc import AsyncIterator
from contextlib import AsyncExitStack, asynccontextmanager, suppress

import structlog

from bot.alerts.beside import worker_name
from bot.alerts.sending import TelegramCarrier
from bot.alerts.worker import running_alerts
from bot.assembly import CannotStart, clock_of, known_to_telegram, opened_store
from bot.config import Settings
from bot.store.database import Store
from bot.telegram.client import make_bot
from bot.telegram.limiter import Limiter

log = structlog.get_logger()
# Of every thirty messages a second five are kept for replies to people who are waiting.
SHARE = 25 / 30


def broadcast_rate(messages_per_second: int) -> float:
    """Messages a second that all workers together may send."""
    return max(1.0, messages_per_second * SHARE)


@asynccontextmanager
async def _watched_over(settings: Settings, store: Store, limiter: Limiter) -> AsyncIterator[None]:
    """Health, readiness and metrics of a worker, where its operator wants them."""
    from starlette.applications import Starlette

    from bot.metrics import Metrics
    from bot.operations import Operations
    from bot.serving import CannotListen, served

    # A worker needs no index; that it runs at all is its readiness.
    operations = Operations(store, Metrics(), lambda: 1, lambda: {"limiter": limiter.waiting})
    try:
        async with served(Starlette(routes=operations.routes()), settings.web_host, settings.worker_port):
            yield
    except CannotListen as error:
        raise CannotStart(f"{error}: OINP_WEB_HOST and OINP_WORKER_PORT choose another.") from None


async def run(settings: Settings) -> None:
    """Run until SIGINT or SIGTERM, which end it at any time, the wait for Telegram included. Raises CannotStart."""
    if settings.token is None:
        raise CannotStart("A worker needs TELEGRAM_BOT_TOKEN; without one, `oinp run` does its work itself.")
    working = asyncio.create_task(_work(settings, settings.token.get_secret_value()))
    loop = asyncio.get_running_loop()
    for number in (signal.SIGINT, signal.SIGTERM):
        loop.add_signal_handler(number, working.cancel)
    with suppress(asyncio.CancelledError):
        await working


async def _work(settings: Settings, token: str) -> None:
    """For ever; ends by being cancelled."""
    rate = broadcast_rate(settings.messages_per_second)
    async with AsyncExitStack() as stack:
        store = await stack.enter_async_context(opened_store(settings))
        limiter = Limiter(max(1, int(rate)), settings.chat_per_second)
        bot = make_bot(token, settings.api_url, limiter)
        stack.push_async_callback(bot.shutdown)
        await known_to_telegram(bot)
        name = worker_name(settings)
        await stack.enter_async_context(
            running_alerts(
                store, settings, TelegramCarrier(bot), name=name, rate=rate, today=clock_of(settings)
            )
        )
        if settings.worker_port:
            await stack.enter_async_context(_watched_over(settings, store, limiter))
        log.info("worker is ready", name=name, messages_per_second=rate)
        await asyncio.Event().wait()

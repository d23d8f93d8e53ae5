"""An alert worker in a process of its own, until it is told to stop."""

from __future__ import annotations

import asyncio
import signal
from contextlib import AsyncExitStack

import structlog

from bot.alerts.beside import worker_name
from bot.alerts.sending import TelegramCarrier
from bot.alerts.worker import running_alerts
from bot.assembly import CannotStart, clock_of, known_to_telegram, opened_store
from bot.config import Settings
from bot.telegram.client import make_bot
from bot.telegram.limiter import Limiter

log = structlog.get_logger()
# Of every thirty messages a second five are kept for replies to people who are waiting.
SHARE = 25 / 30


def broadcast_rate(messages_per_second: int) -> float:
    """Messages a second that all workers together may send."""
    return max(1.0, messages_per_second * SHARE)


async def run(settings: Settings) -> None:
    """Run until SIGINT or SIGTERM. Raises CannotStart."""
    if settings.token is None:
        raise CannotStart("A worker needs TELEGRAM_BOT_TOKEN; without one, `oinp run` does its work itself.")
    stop = asyncio.Event()
    loop = asyncio.get_running_loop()
    for number in (signal.SIGINT, signal.SIGTERM):
        loop.add_signal_handler(number, stop.set)
    rate = broadcast_rate(settings.messages_per_second)
    async with AsyncExitStack() as stack:
        store = await stack.enter_async_context(opened_store(settings))
        limiter = Limiter(max(1, int(rate)), settings.chat_per_second)
        bot = make_bot(settings.token.get_secret_value(), settings.api_url, limiter)
        stack.push_async_callback(bot.shutdown)
        await known_to_telegram(bot)
        name = worker_name(settings)
        await stack.enter_async_context(
            running_alerts(
                store, settings, TelegramCarrier(bot), name=name, rate=rate, today=clock_of(settings)
            )
        )
        log.info("worker is ready", name=name, messages_per_second=rate)
        await stop.wait()

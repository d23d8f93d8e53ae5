"""The bot that polls: on Telegram, or in a sandbox of its own, until it is told to stop."""

from __future__ import annotations

import asyncio
import signal
from collections.abc import AsyncIterator, Callable, Coroutine
from contextlib import AsyncExitStack, asynccontextmanager, suppress
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any

import structlog
from telegram.error import InvalidToken, TelegramError

from bot.alerts.beside import administration, keep_fresh, work_beside
from bot.assembly import CannotStart, Parts, assembled
from bot.config import Settings
from bot.store import inbox
from bot.store.database import Store
from bot.store.faults import StoreUnavailable
from bot.telegram import menu
from bot.telegram.client import PollingBot
from bot.telegram.conversing import Conversation
from bot.telegram.desk import Desk
from bot.telegram.effects import AdminHook, no_admin_actions
from bot.telegram.intake import Intake
from bot.telegram.polling import Poller
from bot.telegram.postman import Postman

log = structlog.get_logger()
TIDY_EVERY = 3600.0


@dataclass(frozen=True, slots=True)
class RunningBot:
    """A bot that is up; `polling` ends only with an error."""

    parts: Parts
    polling: asyncio.Task[None]

    @property
    def bot(self) -> PollingBot:
        return self.parts.bot

    @property
    def store(self) -> Store:
        return self.parts.store

    @property
    def desk(self) -> Desk:
        return self.parts.desk

    @property
    def postman(self) -> Postman:
        return self.parts.postman

    @property
    def page(self) -> str | None:
        """The address of the chat page; None on Telegram."""
        return self.parts.page

    @property
    def name(self) -> str:
        return self.parts.bot.username


@asynccontextmanager
async def running_bot(
    settings: Settings,
    conversation: Conversation[Any] | None = None,
    admin_hook: AdminHook = no_admin_actions,
) -> AsyncIterator[RunningBot]:
    """The bot, polling; leaving the block finishes what is in hand and stops it. Raises CannotStart.

    The real conversation comes with its alerts; another one is only carried.
    """
    async with AsyncExitStack() as stack:
        alone = conversation is None
        hook = administration(settings) if alone else admin_hook
        parts = await stack.enter_async_context(assembled(settings, conversation, hook))
        await parts.bot.delete_webhook()
        await resumed(parts.intake)
        poller = Poller(parts.bot, parts.intake, parts.desk.room)
        stack.push_async_callback(poller.confirm)
        polling = await stack.enter_async_context(in_background(poller.run()))
        await stack.enter_async_context(in_background(tidying(parts.store, parts.bot)))
        if alone:
            await stack.enter_async_context(in_background(keep_fresh(parts.store)))
            await stack.enter_async_context(in_background(work_beside(parts, settings)))
        yield RunningBot(parts, polling)


async def resumed(intake: Intake) -> None:
    """Take up what an earlier process left."""
    replies, letters = await intake.resume()
    if replies or letters:
        log.info("taking up what was left", replies_owed=replies, letters_waiting=letters)


async def tidying(store: Store, bot: PollingBot) -> None:
    """What can wait until people are being served: the menu once, old numbers every hour."""
    with suppress(TelegramError):
        if changed := await menu.introduce(bot):
            log.info("menu and descriptions brought up to date", changed=changed)
    while True:
        with suppress(StoreUnavailable):
            async with store.writing() as tx:
                await inbox.prune(tx, datetime.now(UTC) - inbox.KEPT)
        await asyncio.sleep(TIDY_EVERY)


@asynccontextmanager
async def in_background(work: Coroutine[Any, Any, None]) -> AsyncIterator[asyncio.Task[None]]:
    """A task that lives as long as the block."""
    task = asyncio.create_task(work)
    try:
        yield task
    finally:
        task.cancel()
        with suppress(asyncio.CancelledError, Exception):
            await task


async def run(
    settings: Settings,
    ready: Callable[[RunningBot], None],
    conversation: Conversation[Any] | None = None,
) -> None:
    """Run until SIGINT or SIGTERM; `ready` is called once people are served. Raises CannotStart."""
    stop = asyncio.Event()
    loop = asyncio.get_running_loop()
    for number in (signal.SIGINT, signal.SIGTERM):
        loop.add_signal_handler(number, stop.set)
    async with running_bot(settings, conversation) as running:
        ready(running)
        stopping = asyncio.create_task(stop.wait())
        await asyncio.wait({stopping, running.polling}, return_when=asyncio.FIRST_COMPLETED)
        stopping.cancel()
        if running.polling.done():
            _explain(running.polling)


def _explain(polling: asyncio.Task[None]) -> None:
    try:
        polling.result()
    except InvalidToken:
        raise CannotStart("Telegram no longer accepts this token: was it revoked with BotFather?") from None

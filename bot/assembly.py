"""The parts of a bot put together in order, for polling and for a webhook alike; taken apart in the reverse order."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator, Callable
from contextlib import AsyncExitStack, asynccontextmanager
from dataclasses import dataclass
from datetime import date, datetime
from typing import TYPE_CHECKING, Any, Self
from zoneinfo import ZoneInfo

import structlog
from telegram.error import InvalidToken, RetryAfter, TelegramError

from bot.config import Settings
from bot.printing import Printer
from bot.store.database import Store, open_store
from bot.store.faults import StoreUnavailable
from bot.store.schema import newest, ready_store
from bot.telegram.auditing import audited
from bot.telegram.budget import Budget
from bot.telegram.carrier import Carrier
from bot.telegram.client import PollingBot, make_bot
from bot.telegram.conversing import Conversation
from bot.telegram.desk import Decides, Desk, Post, nothing_before
from bot.telegram.effects import AdminHook, no_admin_actions
from bot.telegram.faults import seconds
from bot.telegram.in_order import InOrder
from bot.telegram.intake import Intake
from bot.telegram.limiter import Limiter
from bot.telegram.postman import Postman
from bot.telegram.turns import Turns

if TYPE_CHECKING:
    from bot.sandbox import RunningSandbox

log = structlog.get_logger()
TORONTO = ZoneInfo("America/Toronto")
SANDBOX_TOKEN = "1:sandbox"  # noqa: S105 - the sandbox takes any
# What the bot is called where no BotFather has named it.
NAME, USERNAME = "Trillium", "trillium_bot"
UNLIMITED = 1_000_000
GRACE = 10.0
Around = Callable[[Decides, Post], tuple[Decides, Post]]


class CannotStart(Exception):
    """The bot cannot run; the message is one sentence that says what is wrong and what to do."""


@dataclass(frozen=True, slots=True)
class Connection:
    """Where the bot finds its Bot API, and how fast it may talk there; `page` is the sandbox's chat page."""

    api_url: str
    token: str
    messages_per_second: int
    chat_per_second: int
    person_budget: int
    page: str | None = None

    @classmethod
    def to_telegram(cls, settings: Settings, token: str) -> Self:
        return cls(
            settings.api_url,
            token,
            settings.messages_per_second,
            settings.chat_per_second,
            settings.person_budget,
        )

    @classmethod
    def to_sandbox(cls, sandbox: RunningSandbox) -> Self:
        """Nobody is flooded on one's own machine: no limits."""
        return cls(sandbox.url, SANDBOX_TOKEN, UNLIMITED, UNLIMITED, UNLIMITED, page=f"{sandbox.url}/")


@dataclass(frozen=True, slots=True)
class Parts:
    """A bot that can answer; what brings it the updates is not among them. `desk.waiting` is the work in hand."""

    bot: PollingBot
    store: Store
    limiter: Limiter
    postman: Postman
    desk: Desk
    intake: Intake
    page: str | None = None


def toronto_today() -> date:
    """The date in Toronto, which decides what is in force."""
    return datetime.now(TORONTO).date()


def clock_of(settings: Settings) -> Callable[[], date]:
    """Today's date, or the one the operator has set for a rehearsal."""
    fixed = settings.today
    return toronto_today if fixed is None else lambda: fixed


@asynccontextmanager
async def assembled(
    settings: Settings,
    conversation: Conversation[Any] | None = None,
    admin_hook: AdminHook = no_admin_actions,
    holder: str | None = None,
    around: Around = lambda turns, post: (turns, post),
) -> AsyncIterator[Parts]:
    """The parts, connected; leaving the block finishes what is in hand. Raises CannotStart.

    `holder` names this process where several answer the same people; `around` may stand around deciding and posting.
    """
    async with AsyncExitStack() as stack:
        store = await stack.enter_async_context(opened_store(settings))
        connection = await stack.enter_async_context(connected(settings))
        limiter = Limiter(connection.messages_per_second, connection.chat_per_second)
        bot = make_bot(connection.token, connection.api_url, limiter)
        stack.push_async_callback(bot.shutdown)
        await known_to_telegram(bot)
        postman = Postman(Carrier(bot, Printer()), store)
        speaker = conversation or default_conversation(settings)
        turns = Turns(
            store, speaker, clock_of(settings), settings.admins, admin_hook=audited(admin_hook), holder=holder
        )
        before = InOrder(turns, store, bot.username, holder).before if holder else nothing_before
        desk = Desk(*around(turns, postman.post), before)
        intake = Intake(store, desk, bot.username, Budget(connection.person_budget), holder=holder)
        stack.push_async_callback(finished, desk, postman)
        yield Parts(bot, store, limiter, postman, desk, intake, connection.page)


def default_conversation(settings: Settings) -> Conversation[Any]:
    """The real one; loaded here so that tests of the carrier need no content."""
    from bot.conversation.library import load_library
    from bot.noc_import import installed
    from bot.voice import Voice

    return Voice(load_library(settings.contact, installed(settings.data_dir)))


@asynccontextmanager
async def opened_store(settings: Settings) -> AsyncIterator[Store]:
    """The store, migrated and writable; raises CannotStart."""
    store = open_store(settings.database_url)
    try:
        try:
            had = await ready_store(store, settings.database_url)
        except StoreUnavailable as error:
            raise CannotStart(f"{error}{_whose(settings)}.") from None
        if had is not None and had > newest():
            log.warning("the database was migrated by a newer version", has=had, known=newest())
        yield store
    finally:
        await store.close()


@asynccontextmanager
async def connected(settings: Settings) -> AsyncIterator[Connection]:
    """Telegram with a token; without one, a sandbox in this process."""
    if settings.token is not None:
        yield Connection.to_telegram(settings, settings.token.get_secret_value())
        return
    from bot.sandbox import SandboxError, running_sandbox
    from bot.sandbox.world import Settings as World

    async with AsyncExitStack() as stack:
        try:
            sandbox = await stack.enter_async_context(
                running_sandbox(settings.sandbox_port, settings=World(bot_name=NAME, bot_username=USERNAME))
            )
        except SandboxError as error:
            raise CannotStart(f"The sandbox cannot start: {error} with OINP_SANDBOX_PORT.") from None
        yield Connection.to_sandbox(sandbox)


async def known_to_telegram(bot: PollingBot) -> None:
    """Make sure that the token works; waits for a network that is away. Raises CannotStart."""
    tries = 0
    while True:
        try:
            await bot.initialize()
            return
        except InvalidToken:
            raise CannotStart(
                "Telegram does not know this token: TELEGRAM_BOT_TOKEN should be the one BotFather gave."
            ) from None
        except TelegramError as error:
            tries += 1
            pause = min(30.0, 0.5 * 2.0 ** min(tries, 10))
            if isinstance(error, RetryAfter):
                pause = seconds(error.retry_after)
            log.warning("Telegram cannot be reached yet", reason=type(error).__name__, again_in=pause)
            await asyncio.sleep(pause)


async def finished(desk: Desk, postman: Postman) -> None:
    """Finish what is in hand before the bot goes."""
    if not await desk.finish(GRACE):
        log.warning("some work is left for the next start")
    await postman.settled()


def _whose(settings: Settings) -> str:
    if settings.database is not None:
        return " (OINP_DATABASE_URL)"
    return f": {settings.data_dir.resolve() / 'oinp.sqlite'} (OINP_DATA_DIR chooses the folder)"

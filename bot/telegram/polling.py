"""Our own getUpdates loop: an update is confirmed to Telegram once it stands in the inbox, not before."""

from __future__ import annotations

import asyncio
from collections.abc import Awaitable, Callable, Mapping, Sequence
from typing import Any

import structlog
from telegram.error import Conflict, InvalidToken, RetryAfter, TelegramError, TimedOut

from bot.store.faults import StoreUnavailable
from bot.telegram.client import PollingBot
from bot.telegram.faults import seconds
from bot.telegram.intake import Intake
from bot.telegram.updates import ALLOWED

log = structlog.get_logger()
LONG_POLL = 30
BATCH = 100
LONGEST_PAUSE = 30.0
CONFLICT = (
    "another program is fetching this bot's updates with the same token; "
    "stop it, or give this one a bot of its own. Trying again"
)


class Poller:
    """Fetches updates until it is cancelled; `room` returns when more can be taken."""

    def __init__(self, bot: PollingBot, intake: Intake, room: Callable[[], Awaitable[None]]) -> None:
        self._bot = bot
        self._intake = intake
        self._room = room
        self._offset: int | None = None
        self._failures = 0

    async def run(self) -> None:
        """Poll for ever; raises InvalidToken when Telegram no longer knows the bot."""
        while True:
            await self._room()
            await self.once()

    async def once(self, long_poll: int = LONG_POLL) -> int:
        """One request and what it brought; returns how many letters were new. Faults are waited out."""
        try:
            raw = await self.fetch(long_poll)
            count = await self._intake.take(raw)
        except InvalidToken:
            raise
        except (TelegramError, StoreUnavailable) as error:
            await self._wait_out(error)
            return 0
        self._failures = 0
        if raw:
            # The last and not the highest: after a quiet week the numbers start anywhere.
            self._offset = int(raw[-1]["update_id"]) + 1
        return count

    async def fetch(self, long_poll: int) -> Sequence[Mapping[str, Any]]:
        """What Telegram has, as it wrote it: one update that PTB cannot read must not hold up the others."""
        return await self._bot.get_raw_updates(self._offset, BATCH, long_poll, ALLOWED)

    async def confirm(self) -> None:
        """Tell Telegram what has arrived, before leaving; whatever comes back is not confirmed by it."""
        if self._offset is None:
            return
        try:
            await self.fetch(0)
        except TelegramError:
            # They are delivered once more and recognised in the inbox.
            return

    async def _wait_out(self, error: Exception) -> None:
        if isinstance(error, TimedOut):
            return
        self._failures += 1
        pause = min(LONGEST_PAUSE, 0.25 * 2.0 ** min(self._failures, 10))
        if isinstance(error, RetryAfter):
            pause = seconds(error.retry_after)
        said = CONFLICT if isinstance(error, Conflict) else str(error)
        log.warning("no updates", reason=said, again_in=pause)
        await asyncio.sleep(pause)

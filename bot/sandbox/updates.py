"""The queue of updates of the bot: numbered, filtered, redelivered until they are confirmed."""

from __future__ import annotations

import asyncio
import random
import time
from dataclasses import dataclass
from typing import Any

from telegram.constants import UpdateType

from bot.sandbox import limits
from bot.sandbox.errors import ApiError, conflict

Update = dict[str, Any]

_ALL = frozenset(str(kind) for kind in UpdateType)
# Telegram sends these only to a bot that names them.
_ON_REQUEST = frozenset({"chat_member", "message_reaction", "message_reaction_count"})
_OTHER_POLLER = "terminated by other getUpdates request; make sure that only one bot instance is running"
_WEBHOOK_ACTIVE = (
    "can't use getUpdates method while webhook is active; use deleteWebhook to delete the webhook first"
)


@dataclass(slots=True)
class Poll:
    """One waiting getUpdates: woken by a new update, or ended by a conflict."""

    wake: asyncio.Event
    ended_by: ApiError | None = None


class UpdateQueue:
    """Pending updates in order. `webhook_url` is set while a webhook takes them."""

    def __init__(self) -> None:
        self.webhook_url = ""
        self.allowed: frozenset[str] = _ALL - _ON_REQUEST
        self.allowed_named: list[str] | None = None
        self.arrived = asyncio.Event()
        self.confirmed = 0
        self._pending: list[tuple[float, Update]] = []
        self._next_id = random.randrange(100_000_000, 900_000_000)  # noqa: S311 - a number, not a secret
        self._poll: Poll | None = None

    def put(self, kind: str, body: dict[str, Any]) -> int | None:
        """Queue an update; None when the bot does not want this kind."""
        if kind not in self.allowed:
            return None
        update_id = self._next_id
        self._next_id += 1
        self.put_raw({"update_id": update_id, kind: body})
        return update_id

    def put_raw(self, update: Update) -> None:
        """Queue an update as it is, its number included: a redelivery, or something no person can do."""
        self._pending.append((time.monotonic(), update))
        self._wake()

    def jump_to(self, update_id: int) -> None:
        """The next update gets this number, as after a quiet week: it may be lower than the last one."""
        self._next_id = update_id

    @property
    def pending(self) -> list[Update]:
        return [update for _, update in self._pending]

    def drop_pending(self) -> None:
        self._pending.clear()

    def confirm_one(self, update_id: int) -> None:
        before = len(self._pending)
        self._pending = [item for item in self._pending if item[1]["update_id"] != update_id]
        self.confirmed += before - len(self._pending)

    def allow(self, kinds: list[str] | None) -> None:
        """Remember which kinds the bot wants: an empty list means the usual ones, None those of last time."""
        if kinds is None:
            return
        self.allowed_named = [kind for kind in kinds if kind in _ALL] or None
        self.allowed = frozenset(self.allowed_named) if self.allowed_named else _ALL - _ON_REQUEST

    async def poll(self, offset: int, limit: int, seconds: float, allowed: list[str] | None) -> list[Update]:
        """Answer getUpdates. Raises ApiError 409 while a webhook is set or when another poller takes over."""
        if self.webhook_url:
            raise conflict(_WEBHOOK_ACTIVE)
        self.end_poll(conflict(_OTHER_POLLER))
        self.allow(allowed)
        self._confirm(offset)
        limit = min(limit, limits.UPDATES) if limit > 0 else limits.UPDATES
        if not self._pending and seconds > 0:
            await self._wait(seconds)
        return [update for _, update in self._pending[:limit]]

    async def _wait(self, seconds: float) -> None:
        poll = self._poll = Poll(asyncio.Event())
        try:
            await asyncio.wait_for(poll.wake.wait(), seconds)
        except TimeoutError:
            pass
        finally:
            if self._poll is poll:
                self._poll = None
        if poll.ended_by:
            raise poll.ended_by

    def end_poll(self, reason: ApiError | None) -> None:
        """End a waiting getUpdates: with an error, or with an empty answer."""
        if self._poll:
            self._poll.ended_by = reason
            self._poll.wake.set()
            self._poll = None

    def _confirm(self, offset: int) -> None:
        """Forget what the bot has confirmed, by place where the number is known: numbers may jump back.

        An offset beyond every number given confirms nothing: it dates from before such a jump.
        """
        before = len(self._pending)
        if offset < 0:
            del self._pending[:offset]
        elif offset > 0 and self._pending:
            numbers = [update["update_id"] for update in self.pending]
            if offset - 1 in numbers:
                del self._pending[: numbers.index(offset - 1) + 1]
            elif offset <= self._next_id:
                self._pending = [item for item in self._pending if item[1]["update_id"] >= offset]
        self.confirmed += before - len(self._pending)

    def _wake(self) -> None:
        if self._poll:
            self._poll.wake.set()
        self.arrived.set()

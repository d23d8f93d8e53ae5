"""Telegram's budgets kept on our side: overall, one a second to a chat, twenty a minute to a group.

Replies to what a person just did go first; a broadcast takes what they leave. Nothing is retried here: the
postman is the one layer that does. Methods that Telegram does not count (answering a tap, reading the
profile) pass at once.
"""

from __future__ import annotations

import asyncio
import time
from collections import OrderedDict, deque
from collections.abc import Callable, Coroutine
from dataclasses import dataclass, field
from typing import Any, Literal

from telegram.error import RetryAfter
from telegram.ext import BaseRateLimiter

from bot.telegram.faults import seconds
from bot.telegram.pacing import Bucket, Window

JSONDict = dict[str, Any]
Lane = Literal["interactive", "broadcast"]
COUNTED = ("send", "edit", "copy", "forward")
UNCOUNTED = ("sendChatAction",)
GROUP_PER_MINUTE = 20
# Telegram lets a short burst to one chat pass before it answers 429.
BURST = 3
CHATS_KEPT = 5_000


@dataclass(slots=True)
class Chat:
    """One chat's own budget; `closed_until` is set by Telegram's 429. Each lane queues apart."""

    bucket: Bucket
    minute: Window | None
    closed_until: float = 0.0
    turns: dict[str, asyncio.Lock] = field(default_factory=dict)

    def wait(self, now: float) -> float:
        minute = self.minute.wait(now) if self.minute else 0.0
        return max(self.bucket.wait(now), minute, self.closed_until - now, 0.0)

    def take(self, now: float) -> None:
        self.bucket.take(now)
        if self.minute:
            self.minute.take(now)

    def idle(self, now: float) -> bool:
        quiet = self.bucket.idle(now) and (self.minute is None or self.minute.idle(now))
        return quiet and self.closed_until <= now and not any(turn.locked() for turn in self.turns.values())


class Limiter(BaseRateLimiter[Lane]):
    """`rate_limit_args` of a Bot method is its lane; interactive unless it says broadcast."""

    def __init__(
        self, per_second: int = 30, chat_per_second: int = 1, clock: Callable[[], float] = time.monotonic
    ) -> None:
        self._overall = Window(per_second, 1.0)
        self._chat_per_second = chat_per_second
        self._clock = clock
        self._chats: OrderedDict[object, Chat] = OrderedDict()
        self._queues: dict[str, deque[asyncio.Future[None]]] = {"interactive": deque(), "broadcast": deque()}
        self._alarm: asyncio.TimerHandle | None = None

    async def initialize(self) -> None:
        """Nothing to open."""

    async def shutdown(self) -> None:
        if self._alarm is not None:
            self._alarm.cancel()
            self._alarm = None

    async def process_request(  # noqa: PLR0913, PLR0917 - the signature is PTB's
        self,
        callback: Callable[..., Coroutine[Any, Any, bool | JSONDict | list[JSONDict]]],
        args: Any,
        kwargs: dict[str, Any],
        endpoint: str,
        data: dict[str, Any],
        rate_limit_args: Lane | None,
    ) -> bool | JSONDict | list[JSONDict]:
        if endpoint.startswith(COUNTED) and endpoint not in UNCOUNTED:
            await self.admit(data.get("chat_id"), rate_limit_args or "interactive")
        try:
            return await callback(*args, **kwargs)
        except RetryAfter as error:
            self.close(data.get("chat_id"), seconds(error.retry_after))
            raise

    async def admit(self, chat_id: object, lane: Lane) -> None:
        """Return when one more message to this chat is within every budget."""
        chat = self._chat(chat_id)
        async with chat.turns.setdefault(lane, asyncio.Lock()):
            await self._chat_turn(chat)
            await self._overall_turn(lane)
            chat.take(self._clock())

    def close(self, chat_id: object, for_seconds: float) -> None:
        """Telegram asked for a pause in this chat; the others go on."""
        chat = self._chat(chat_id)
        chat.closed_until = max(chat.closed_until, self._clock() + for_seconds)

    @property
    def waiting(self) -> int:
        """How many messages wait for the overall budget."""
        return sum(len(queue) for queue in self._queues.values())

    async def _chat_turn(self, chat: Chat) -> None:
        # Asked again after each sleep: the other lane, or a 429, may have taken the turn meanwhile.
        wait = chat.wait(self._clock())
        while wait > 0:
            await asyncio.sleep(wait)
            wait = chat.wait(self._clock())

    async def _overall_turn(self, lane: Lane) -> None:
        turn = asyncio.get_running_loop().create_future()
        self._queues[lane].append(turn)
        self._let_in()
        await turn

    def _let_in(self) -> None:
        while (queue := self._queues["interactive"] or self._queues["broadcast"]) is not None and queue:
            now = self._clock()
            if (wait := self._overall.wait(now)) > 0:
                self._wake_in(wait)
                return
            turn = queue.popleft()
            if not turn.done():
                self._overall.take(now)
                turn.set_result(None)

    def _wake_in(self, wait: float) -> None:
        if self._alarm is None:
            self._alarm = asyncio.get_running_loop().call_later(wait, self._ring)

    def _ring(self) -> None:
        self._alarm = None
        self._let_in()

    def _chat(self, chat_id: object) -> Chat:
        chat = self._chats.get(chat_id)
        if chat is None:
            self._forget_idle()
            minute = Window(GROUP_PER_MINUTE, 60.0) if isinstance(chat_id, int) and chat_id < 0 else None
            chat = self._chats[chat_id] = Chat(
                Bucket(BURST * self._chat_per_second, self._chat_per_second), minute
            )
        self._chats.move_to_end(chat_id)
        return chat

    def _forget_idle(self) -> None:
        now = self._clock()
        if len(self._chats) >= CHATS_KEPT:
            for chat_id in [chat_id for chat_id, chat in self._chats.items() if chat.idle(now)]:
                del self._chats[chat_id]

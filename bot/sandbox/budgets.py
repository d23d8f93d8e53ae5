"""How fast a bot may send: Telegram's flood limits as sliding windows."""

from __future__ import annotations

import math
import time
from collections import deque
from dataclasses import asdict, dataclass
from typing import Any

from bot.sandbox import limits
from bot.sandbox.errors import too_many_requests


@dataclass(frozen=True, slots=True)
class Budget:
    """Messages allowed: in all a second, per private chat (a burst, then so many a second), per group.

    None means no limit.
    """

    per_second: int | None = limits.PER_SECOND
    per_chat_second: float | None = float(limits.PER_CHAT_SECOND)
    burst: int = 5
    per_group_minute: int | None = limits.PER_GROUP_MINUTE

    def __post_init__(self) -> None:
        given = (self.per_second, self.per_chat_second, self.burst, self.per_group_minute)
        if any(value is not None and value <= 0 for value in given):
            raise ValueError("a budget is a number above 0, or null for no limit")

    @classmethod
    def off(cls) -> Budget:
        return cls(per_second=None, per_chat_second=None, per_group_minute=None)

    def as_json(self) -> dict[str, Any]:
        return asdict(self)


class Meter:
    """Counts what was sent and refuses what is over the budget. `clock` gives seconds, never going back."""

    def __init__(self, budget: Budget, clock: Any = time.monotonic) -> None:
        self.budget = budget
        self._clock = clock
        self._all: deque[float] = deque()
        self._groups: dict[int, deque[float]] = {}
        self._chats: dict[int, tuple[float, float]] = {}

    def spend(self, chat_id: int) -> None:
        """Take one message from the budget. Raises ApiError 429 with `retry_after` and takes nothing."""
        if self.budget == _OFF:
            return
        now = self._clock()
        waits = [self._wait_all(now)]
        waits.append(self._wait_group(chat_id, now) if chat_id < 0 else self._wait_chat(chat_id, now))
        if (wait := max(waits)) > 0:
            raise too_many_requests(math.ceil(wait))
        self._record(chat_id, now)

    def _wait_all(self, now: float) -> float:
        return _window_wait(self._all, self.budget.per_second, 1.0, now)

    def _wait_group(self, chat_id: int, now: float) -> float:
        sent = self._groups.setdefault(chat_id, deque())
        return _window_wait(sent, self.budget.per_group_minute, 60.0, now)

    def _wait_chat(self, chat_id: int, now: float) -> float:
        if self.budget.per_chat_second is None:
            return 0.0
        tokens = self._tokens(chat_id, now)
        return 0.0 if tokens >= 1 else (1 - tokens) / self.budget.per_chat_second

    def _tokens(self, chat_id: int, now: float) -> float:
        tokens, at = self._chats.get(chat_id, (float(self.budget.burst), now))
        return min(float(self.budget.burst), tokens + (now - at) * (self.budget.per_chat_second or 0.0))

    def _record(self, chat_id: int, now: float) -> None:
        self._all.append(now)
        if chat_id < 0:
            self._groups[chat_id].append(now)
        elif self.budget.per_chat_second is not None:
            self._chats[chat_id] = (self._tokens(chat_id, now) - 1, now)


_OFF = Budget.off()


def _window_wait(sent: deque[float], allowed: int | None, window: float, now: float) -> float:
    while sent and sent[0] <= now - window:
        sent.popleft()
    if allowed is None or len(sent) < allowed:
        return 0.0
    return sent[0] + window - now

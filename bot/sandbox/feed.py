"""What has happened, in order: the stream the chat page and the story client follow."""

from __future__ import annotations

import asyncio
import time
from collections import deque
from collections.abc import AsyncIterator
from itertools import pairwise
from typing import Any

Event = dict[str, Any]

_KEPT = 50_000
# What a person takes for a reply; after a notice alone, a message mostly follows.
_AFTER_NOTICE = 0.5
_CONTENT = frozenset({"message", "edited", "deleted", "inline_results"})


class Feed:
    """Numbered events with a way to wait for the next one. Numbers only grow."""

    def __init__(self) -> None:
        self.revision = 0
        self._events: deque[Event] = deque(maxlen=_KEPT)
        self._changed = asyncio.Event()
        self.closed = False

    def publish(self, kind: str, chat_id: int | None, **data: Any) -> int:
        self.revision += 1
        event = {"revision": self.revision, "kind": kind, "chat_id": chat_id, "at": time.time(), **data}
        self._events.append(event)
        self._wake()
        return self.revision

    def close(self) -> None:
        """Let every waiter go home: the sandbox is shutting down."""
        self.closed = True
        self._wake()

    def _wake(self) -> None:
        changed, self._changed = self._changed, asyncio.Event()
        changed.set()

    def since(self, revision: int, chat_id: int | None = None) -> list[Event]:
        found: list[Event] = []
        for event in reversed(self._events):
            if event["revision"] <= revision:
                break
            if chat_id is None or event["chat_id"] == chat_id:
                found.append(event)
        return found[::-1]

    async def wait(self, seconds: float) -> bool:
        """Wait for the next event; false when none came in time."""
        if self.closed:
            return False
        try:
            await asyncio.wait_for(self._changed.wait(), seconds)
        except TimeoutError:
            return False
        return not self.closed

    async def settled(
        self, chat_id: int, since: int, quiet: float, longest: float
    ) -> tuple[list[Event], bool]:
        """Wait until the bot has said something in this chat and then held still for `quiet` seconds.

        Returns the events after `since` and whether that happened within `longest` seconds.
        """
        begun = time.time()
        while True:
            events = self.since(since, chat_id)
            needed = quiet_needed(events, quiet, begun)
            still = (time.time() - events[-1]["at"]) if events else 0.0
            if needed is not None and still >= needed:
                return events, True
            left = begun + longest - time.time()
            if left <= 0 or self.closed:
                return events, False
            await self.wait(min(left, needed - still) if needed is not None else left)

    async def follow(self, revision: int) -> AsyncIterator[Event | None]:
        """Every event after `revision`, forever; None now and then, so that a dead listener is noticed."""
        while not self.closed:
            events = self.since(revision)
            for event in events:
                revision = event["revision"]
                yield event
            if not events and not await self.wait(15):
                yield None


def quiet_needed(events: list[Event], quiet: float, begun: float) -> float | None:
    """How long the chat must be still before these events count as the whole reply; None: not a reply yet.

    Typing promises more. A tap that was only acknowledged may still be followed by a message. A bot that needed
    long for one step (on a busy machine) gets longer than that for the next.
    """
    by_bot = [event for event in events if not event.get("by_person")]
    if not by_bot:
        return None
    if by_bot[-1]["kind"] == "typing":
        return max(quiet, 5.0)
    patient = max(quiet, 2 * min(_longest_gap(by_bot, begun), 0.75))
    if any(event["kind"] in _CONTENT for event in by_bot):
        return patient
    if any(event["kind"] == "notice" for event in by_bot):
        return max(patient, _AFTER_NOTICE)
    return None


def _longest_gap(events: list[Event], begun: float) -> float:
    times: list[float] = [begun, *(event["at"] for event in events)]
    return max(later - earlier for earlier, later in pairwise(times))

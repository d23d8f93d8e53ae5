"""How much one person may ask of the bot before it asks them to slow down. Pure; time is an argument."""

from __future__ import annotations

from collections.abc import Hashable
from typing import Literal

from bot.telegram.pacing import Bucket

Verdict = Literal["welcome", "warn", "silent"]
KEPT = 10_000


class Budget:
    """`per_minute` updates from each person: the first one over it earns a kind word, the rest silence.

    The kind word is said again only after the person has been within the budget in between.
    """

    def __init__(self, per_minute: int) -> None:
        self.per_minute = per_minute
        self._buckets: dict[Hashable, Bucket] = {}
        self._warned: set[Hashable] = set()

    def spend(self, person: Hashable, now: float) -> Verdict:
        """What to do with one more update of `person`."""
        bucket = self._buckets.get(person) or self._new(person, now)
        if bucket.wait(now) == 0:
            bucket.take(now)
            # A trickle let through in the middle of a flood does not end it.
            if bucket.wait(now) == 0:
                self._warned.discard(person)
            return "welcome"
        if person in self._warned:
            return "silent"
        self._warned.add(person)
        return "warn"

    def _new(self, person: Hashable, now: float) -> Bucket:
        if len(self._buckets) >= KEPT:
            self._forget_idle(now)
        bucket = self._buckets[person] = Bucket(self.per_minute, self.per_minute / 60)
        return bucket

    def _forget_idle(self, now: float) -> None:
        for person in [person for person, bucket in self._buckets.items() if bucket.idle(now)]:
            del self._buckets[person]
            self._warned.discard(person)

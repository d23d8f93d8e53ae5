"""The draws at hand: the record that ships with the bot, and what was found since; swapped whole when it changes."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import datetime
from functools import lru_cache

from knowledge.draws.draw import Draw
from knowledge.draws.record import history, newest_first
from knowledge.draws.view import Wanted, matching


@dataclass(frozen=True, slots=True)
class Freshness:
    """How a source stands: minutes since it was last read (None: never), and whether the last try failed."""

    minutes: int | None = None
    failed: bool = False


@dataclass(slots=True)
class DrawBook:
    """What the conversation looks draws up in. The process that runs it calls `take` when the store has news.

    `under_review` holds, by source key, since when an official page that facts cite has been found changed.
    """

    draws: tuple[Draw, ...] = field(default_factory=history)
    freshness: Mapping[str, Freshness] = field(default_factory=dict)
    under_review: Mapping[str, datetime] = field(default_factory=dict)

    def take(self, draws: Iterable[Draw]) -> None:
        """The draws of the store over those of the record, by identity."""
        merged = {draw.key: draw for draw in history()} | {draw.key: draw for draw in draws}
        self.draws = newest_first(merged.values())

    def find(self, wanted: Wanted) -> tuple[Draw, ...]:
        return matching(self.draws, wanted)

    def by_key(self, key: str) -> Draw | None:
        return next((draw for draw in self.draws if draw.key == key), None)


@lru_cache(maxsize=1)
def shared_book() -> DrawBook:
    """The one book of this process, so that whoever reads the store and whoever answers have the same."""
    return DrawBook()

"""A record of every request a bot made: what was asked, what was answered, how long it took."""

from __future__ import annotations

import time
from collections import Counter, deque
from dataclasses import asdict, dataclass
from typing import Any

_KEPT = 20_000
_SHOWN = 2_000


@dataclass(frozen=True, slots=True)
class Entry:
    """One request. `at` is seconds since 1970, `milliseconds` what it took; uploads are named, not kept."""

    number: int
    at: float
    method: str
    params: dict[str, Any]
    status: int
    description: str | None
    milliseconds: float
    fault: str | None = None

    def as_json(self) -> dict[str, Any]:
        return asdict(self)


class Journal:
    """The last requests in full, and counts of all of them by method and status."""

    def __init__(self) -> None:
        self.counts: Counter[str] = Counter()
        self.number = 0
        self._entries: deque[Entry] = deque(maxlen=_KEPT)

    def count(self, method: str, status: int) -> None:
        self.number += 1
        self.counts[f"{method} {status}"] += 1

    def record(self, method: str, params: dict[str, Any], status: int, **more: Any) -> None:
        self.count(method, status)
        shown = {k: v[:_SHOWN] if isinstance(v, str) else v for k, v in params.items()}
        self._entries.append(Entry(self.number, time.time(), method, shown, status, **more))

    def entries(self, since: int = 0, method: str | None = None) -> list[Entry]:
        return [
            entry
            for entry in self._entries
            if entry.number > since and (method is None or entry.method.lower() == method.lower())
        ]

    def clear(self) -> None:
        self._entries.clear()
        self.counts.clear()

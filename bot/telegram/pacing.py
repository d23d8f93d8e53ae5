"""How soon the next one may go: a sliding window and a bucket. Pure; time is an argument, in seconds."""

from __future__ import annotations

from collections import deque


class Window:
    """At most `limit` in any stretch of `seconds`, however it is laid over time."""

    def __init__(self, limit: int, seconds: float) -> None:
        self.limit = limit
        self.seconds = seconds
        self._taken: deque[float] = deque()

    def wait(self, now: float) -> float:
        """Seconds until there is room; 0 when there is."""
        while self._taken and self._taken[0] <= now - self.seconds:
            self._taken.popleft()
        return 0.0 if len(self._taken) < self.limit else self._taken[0] + self.seconds - now

    def take(self, now: float) -> None:
        self._taken.append(now)

    def idle(self, now: float) -> bool:
        """Whether forgetting this window would change nothing."""
        return not self._taken or self._taken[-1] <= now - self.seconds


class Bucket:
    """`burst` at once, then `per_second`. It may be overdrawn: then the next waits longer."""

    def __init__(self, burst: float, per_second: float) -> None:
        self.burst = burst
        self.per_second = per_second
        self._left = burst
        self._at: float | None = None

    def wait(self, now: float) -> float:
        """Seconds until one is in the bucket; 0 when there is."""
        self._fill(now)
        return 0.0 if self._left >= 1 else (1 - self._left) / self.per_second

    def take(self, now: float) -> None:
        self._fill(now)
        self._left -= 1

    def idle(self, now: float) -> bool:
        """Whether forgetting this bucket would change nothing."""
        self._fill(now)
        return self._left >= self.burst

    def _fill(self, now: float) -> None:
        since = 0.0 if self._at is None else max(0.0, now - self._at)
        self._left = min(self.burst, self._left + since * self.per_second)
        self._at = now if self._at is None else max(self._at, now)

"""What a replica or a worker counts, in the form Prometheus reads. No label names a person or quotes what one wrote."""

from __future__ import annotations

import time
from collections import OrderedDict
from collections.abc import Mapping, Sequence
from typing import Any, cast

from prometheus_client import CollectorRegistry, Counter, Gauge, Histogram, ProcessCollector, generate_latest

from bot.store.outbox import Owed
from bot.telegram.desk import Decides, Post
from bot.telegram.updates import ALLOWED, Letter
from knowledge.noc.match_result import MatchResult
from knowledge.noc.matching import Matcher

# Updates whose reply is still measured; older ones are dropped, not kept.
MEASURED = 10_000
BUCKETS = (0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1.0, 2.5, 5.0, 10.0, 30.0)


class Metrics:
    """One registry of one process."""

    def __init__(self) -> None:
        self.registry = CollectorRegistry()
        ProcessCollector(registry=self.registry)
        self.updates = self._counter("oinp_updates_total", "Updates taken, by kind", "kind")
        self.refused = self._counter("oinp_webhook_refused_total", "Webhook requests refused", "reason")
        self.matches = self._counter(
            "oinp_matches_total", "Descriptions matched with unit groups", "confidence"
        )
        self.rescued = self._counter("oinp_rescued_total", "Taken over from silent replicas", "what")
        self.turns = self._histogram("oinp_turn_seconds", "Deciding one update")
        self.replies = self._histogram(
            "oinp_reply_seconds", "From an update's arrival until Telegram has the reply"
        )
        self.waiting = self._gauge("oinp_waiting", "What waits here or in the database", "where")
        self.deliveries = self._gauge("oinp_deliveries", "Alert deliveries in the database", "state")
        self.source_age = self._gauge(
            "oinp_source_age_seconds", "Since a watched page was last read", "source"
        )
        self.source_failures = self._gauge(
            "oinp_source_failures", "Readings failed in a row since then", "source"
        )
        self._arrived: OrderedDict[int, float] = OrderedDict()

    def arrived(self, update: Mapping[str, Any]) -> None:
        """An update has come in; its reply is measured from now."""
        self.updates.labels(next((kind for kind in ALLOWED if kind in update), "other")).inc()
        self._arrived[int(update["update_id"])] = time.perf_counter()
        if len(self._arrived) > MEASURED:
            self._arrived.popitem(last=False)

    def around(self, turns: Decides, post: Post) -> tuple[Decides, Post]:
        """The same, measured."""

        async def measured(owed: Sequence[Owed]) -> None:
            await post(owed)
            for update_id in {one.update_id for one in owed}:
                if (begun := self._arrived.pop(update_id, None)) is not None:
                    self.replies.observe(time.perf_counter() - begun)

        return Measured(turns, self.turns), measured

    def text(self) -> bytes:
        """Everything, in Prometheus' text format."""
        return generate_latest(self.registry)

    def _counter(self, name: str, help_text: str, *labels: str) -> Counter:
        return Counter(name, help_text, labels, registry=self.registry)

    def _gauge(self, name: str, help_text: str, *labels: str) -> Gauge:
        return Gauge(name, help_text, labels, registry=self.registry)

    def _histogram(self, name: str, help_text: str) -> Histogram:
        return Histogram(name, help_text, buckets=BUCKETS, registry=self.registry)


class Measured:
    """Turns, with the time each takes."""

    def __init__(self, turns: Decides, seconds: Histogram) -> None:
        self._turns = turns
        self._seconds = seconds

    async def settle(self, letter: Letter) -> Sequence[Owed]:
        with self._seconds.time():
            return await self._turns.settle(letter)

    async def slow_down(self, letter: Letter) -> Sequence[Owed]:
        return await self._turns.slow_down(letter)


class CountedMatcher:
    """A matcher that counts what it finds, by how sure it is."""

    def __init__(self, matcher: Matcher, found: Counter) -> None:
        self._matcher = matcher
        self._found = found

    def match(self, *given: Any, **named: Any) -> MatchResult:
        result = self._matcher.match(*given, **named)
        self._found.labels(str(result.confidence)).inc()
        return result

    def __getattr__(self, name: str) -> Any:
        return getattr(self._matcher, name)


def counted(matcher: Matcher, metrics: Metrics) -> Matcher:
    """`matcher`, counted; it does everything else as before."""
    return cast(Matcher, CountedMatcher(matcher, metrics.matches))

"""An approved alert to the queue: recipients chosen by key, a batch at a time, never all in memory.

How far it has come stands in the alert's row, written with the recipients in one transaction, so that a
second run goes on where the first ended.
"""

from __future__ import annotations

from collections.abc import Awaitable, Callable
from dataclasses import dataclass

from bot.alerts import recipients
from bot.alerts.states import APPROVED, PUBLISHING
from bot.store import alerts, deliveries
from bot.store.alerts import Alert
from bot.store.base import now
from bot.store.database import Store

# Hands one page to the durable queue, once for the same page.
Enqueue = Callable[[int, int], Awaitable[None]]
PAGES_AT_ONCE = 10


@dataclass(frozen=True, slots=True)
class Publisher:
    """`page_size` recipients make a page."""

    store: Store
    page_size: int
    enqueue: Enqueue

    async def publish(self, alert_id: int) -> int:
        """Choose the recipients and queue them all; returns how many pages there are. Safe to run twice."""
        async with self.store.writing() as tx:
            await alerts.move(tx, alert_id, PUBLISHING)
        while True:
            alert = await self._plan_some(alert_id)
            if alert is None or alert.state != PUBLISHING:
                return 0
            await self._queue_planned(alert)
            if alert.planned:
                return alert.pages

    async def _plan_some(self, alert_id: int) -> Alert | None:
        """Choose the next few pages of recipients; the alert as it is then."""
        async with self.store.writing() as tx:
            alert = await alerts.by_id(tx, alert_id)
            if alert is None or alert.state != PUBLISHING or alert.planned:
                return alert
            wanted = self.page_size * PAGES_AT_ONCE
            found = await recipients.page(tx, alert, alert.planned_to, wanted)
            moment = now()
            rows = [
                recipients.planned(each, alert.pages + 1 + position // self.page_size, moment)
                for position, each in enumerate(found)
            ]
            await deliveries.plan(tx, alert_id, rows)
            pages = max((row.page for row in rows), default=alert.pages)
            last = found[-1].chat_id if found else alert.planned_to
            await alerts.progress(tx, alert_id, pages=pages, planned_to=last, planned=len(found) < wanted)
            return await alerts.by_id(tx, alert_id)

    async def _queue_planned(self, alert: Alert) -> None:
        for page in range(alert.queued + 1, alert.pages + 1):
            await self.enqueue(alert.id, page)
        async with self.store.writing() as tx:
            await alerts.progress(tx, alert.id, queued=alert.pages)


async def approved(store: Store) -> tuple[int, ...]:
    """The alerts that somebody has approved and nobody has begun to publish."""
    async with store.reading() as connection:
        return tuple(alert.id for alert in await alerts.in_state(connection, APPROVED))

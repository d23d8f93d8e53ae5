"""One page of an alert to its people: rows claimed, sent at the common pace, and written down.

Run again after a crash it does what is left and nothing twice: what was in the dead run's hands becomes
uncertain, because nobody knows whether it arrived.
"""

from __future__ import annotations

import asyncio
import time
from collections.abc import Awaitable, Callable, Sequence
from dataclasses import dataclass, field, replace
from datetime import date, datetime, timedelta
from typing import Any, TypeVar
from uuid import uuid4

import structlog

from bot.alerts import recipients
from bot.alerts.filters import AlertFilters
from bot.alerts.message import Message, compose
from bot.alerts.sending import Carrier, Outcome, attempt
from bot.alerts.states import FAILED, PUBLISHING, RETRY, SENT, UNCERTAIN
from bot.store import alerts, deliveries, people, subscriptions, workers
from bot.store.alerts import Alert
from bot.store.base import now
from bot.store.database import Store
from bot.store.deliveries import Claimed, Result
from bot.store.faults import StoreUnavailable

log = structlog.get_logger()
LANE = "broadcast"
# Rows due later than this are left to the sweeper: a page must not hold its place in the queue over a night.
PATIENCE = timedelta(seconds=60)
DATABASE_PAUSE = 0.5
T = TypeVar("T")


@dataclass(slots=True)
class Deliverer:
    """Delivers pages with `carrier`; `rate` is messages a second over all workers, `today` Toronto's date.

    `run` names this process and no other, so that a successor can tell its rows from ours.
    """

    store: Store
    carrier: Carrier
    rate: float
    today: Callable[[], date]
    run: str = field(default_factory=lambda: uuid4().hex)

    @property
    def chunk(self) -> int:
        """How many rows a page has in hand at once: a moment's work, so that a crash leaves few in doubt."""
        return max(2, min(50, int(self.rate / 25)))

    async def deliver(self, alert_id: int, page: int) -> None:
        """Bring a page to the end: every row sent, given up, or due so late that it is another run's."""
        await self._adopt(alert_id, page)
        while True:
            alert = await self._patiently(lambda: self._alert(alert_id))
            if alert is None or alert.state != PUBLISHING:
                return
            due = await self._patiently(lambda: self._due(alert_id, page))
            if due:
                await self._send_some(alert, page, due)
            elif not await self._wait(alert_id, page):
                return

    async def _adopt(self, alert_id: int, page: int) -> None:
        async def adopt() -> int:
            async with self.store.writing() as tx:
                alert = await alerts.by_id(tx, alert_id)
                to = RETRY if alert and alert.resend_uncertain else UNCERTAIN
                return await deliveries.orphan(tx, alert_id, page, self.run, to)

        left = await self._patiently(adopt)
        if left:
            log.warning("a worker ended while sending", alert=alert_id, page=page, uncertain=left)

    async def _alert(self, alert_id: int) -> Alert | None:
        async with self.store.reading() as connection:
            return await alerts.by_id(connection, alert_id)

    async def _due(self, alert_id: int, page: int) -> int:
        async with self.store.reading() as connection:
            return await deliveries.due(connection, alert_id, page, self.chunk, now())

    async def _claim(self, alert_id: int, page: int, limit: int) -> tuple[Claimed, ...]:
        # Durable: after a power cut a row that may have been sent must not look untouched.
        async with self.store.writing(durable=True) as tx:
            return await deliveries.claim(tx, alert_id, page, limit=limit, by=self.run, moment=now())

    async def _wait(self, alert_id: int, page: int) -> bool:
        """Sleep until the page's next row is due; False when that is too long or there is none."""

        async def due() -> datetime | None:
            async with self.store.reading() as connection:
                return await deliveries.next_due(connection, alert_id, page)

        moment = await self._patiently(due)
        if moment is None or moment - now() > PATIENCE:
            return False
        await asyncio.sleep(max(0.05, (moment - now()).total_seconds()))
        return True

    async def _send_some(self, alert: Alert, page: int, count: int) -> None:
        """Wait for our turn, and only then take rows in hand: what waits is in no doubt after a crash."""
        start = await self._patiently(lambda: self._reserve(count))
        await asyncio.sleep(max(0.0, start - time.time()))
        claimed = await self._patiently(lambda: self._claim(alert.id, page, count))
        wishes = await self._patiently(lambda: self._wishes([each.chat_id for each in claimed]))
        sends = [
            self._send_one(alert, each, wishes.get(each.chat_id), start + position / self.rate)
            for position, each in enumerate(claimed)
        ]
        outcomes = await asyncio.gather(*sends)
        await self._patiently(lambda: self._write(alert.id, outcomes))

    async def _reserve(self, count: int) -> float:
        async with self.store.writing() as tx:
            return await workers.reserve(tx, LANE, count, self.rate, time.time())

    async def _wishes(self, chats: list[int]) -> dict[int, AlertFilters]:
        async with self.store.reading() as connection:
            return await recipients.filters_of(connection, chats)

    async def _send_one(
        self, alert: Alert, claimed: Claimed, wishes: AlertFilters | None, at: float
    ) -> Outcome:
        if wishes is None or wishes.paused:
            # They left after the recipients were chosen: that is the later word.
            return Outcome(Result(claimed.chat_id, FAILED, reason="no longer subscribed"))
        try:
            message = self._compose(alert, wishes)
        except Exception as error:
            log.exception("alert cannot be put into words", alert=alert.id)
            return Outcome(Result(claimed.chat_id, FAILED, reason=type(error).__name__))
        await asyncio.sleep(max(0.0, at - time.time()))
        return await attempt(self.carrier, claimed, message, alert.resend_uncertain, now)

    def _compose(self, alert: Alert, wishes: AlertFilters) -> Message:
        return compose(alert.kind, alert.data, alert.note, wishes, self.today())

    async def _write(self, alert_id: int, outcomes: Sequence[Outcome]) -> None:
        pause = max((outcome.pause for outcome in outcomes), default=0.0)
        async with self.store.writing() as tx:
            arrived = [each.result for each in outcomes if each.result.state == SENT]
            await deliveries.arrived(tx, alert_id, arrived)
            for outcome in outcomes:
                if outcome.result.state != SENT:
                    await self._write_one(tx, alert_id, outcome)
            if pause:
                await workers.push_back(tx, LANE, time.time() + pause)

    async def _write_one(self, tx: Any, alert_id: int, outcome: Outcome) -> None:
        result = outcome.result
        if outcome.gone:
            await subscriptions.reach(tx, result.chat_id, False)
        if outcome.moved_to is not None:
            await people.move_chat(tx, result.chat_id, outcome.moved_to)
            result = replace(result, chat_id=outcome.moved_to)
        if not await deliveries.move(tx, alert_id, result):
            log.warning("a delivery was settled by another run", alert=alert_id, wanted=result.state)

    async def _patiently(self, work: Callable[[], Awaitable[T]]) -> T:
        """`work`, again and again while the database is away: what was sent must not be forgotten."""
        while True:
            try:
                return await work()
            except StoreUnavailable as error:
                log.warning("deliveries wait for the database", reason=str(error))
                await asyncio.sleep(DATABASE_PAUSE)

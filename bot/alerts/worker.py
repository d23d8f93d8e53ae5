"""An alert worker: watches the pages, publishes what is approved, delivers, and takes over from the dead.

Any number may run on one database; each decision is taken by the row that another could not change first.
"""

from __future__ import annotations

import asyncio
import time
from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import AsyncExitStack, asynccontextmanager, suppress
from dataclasses import dataclass, field
from datetime import date, timedelta

import structlog
from telegram.error import TelegramError

from bot.alerts import engine, publishing
from bot.alerts.delivering import Deliverer
from bot.alerts.feeds import Addresses
from bot.alerts.fetching import make_client
from bot.alerts.publishing import Publisher
from bot.alerts.sending import Carrier
from bot.alerts.states import DONE, PUBLISHING
from bot.alerts.telling import Teller
from bot.alerts.watching import Watcher
from bot.config import Settings
from bot.store import alerts, deliveries, workers
from bot.store.alerts import Alert
from bot.store.base import now
from bot.store.database import Store
from bot.store.faults import StoreUnavailable

log = structlog.get_logger()
TICK = 0.5
BEAT = 2.0
# Long enough for a pause of the machine, short enough that nobody waits for the rest of a broadcast.
DEAD_AFTER = timedelta(seconds=15)
SWEEP = 2.0
OVERDUE = timedelta(seconds=20)
REGISTER = 3600.0


@dataclass(slots=True)
class Keeper:
    """The clockwork of one worker: each duty at its own interval, none stopped by another's failure."""

    name: str
    store: Store
    watcher: Watcher
    teller: Teller
    watching: bool = True
    _last: dict[str, float] = field(default_factory=dict)

    async def run(self) -> None:
        """For ever; ends by being cancelled. Pages are read beside the other duties: a slow one holds up nothing."""
        await asyncio.gather(self._for_ever(self.tick), self._for_ever(self.watch))

    async def _for_ever(self, duties: Callable[[], Awaitable[None]]) -> None:
        while True:
            await duties()
            await asyncio.sleep(TICK)

    async def tick(self) -> None:
        """Every duty that is due."""
        await self._every("beat", BEAT, self._beat)
        await self._every("publish", 0.0, self._publish)
        await self._every("tell", 1.0, self.teller.tell)
        await self._every("sweep", SWEEP, self._sweep)

    async def watch(self) -> None:
        """Read the pages that are due, one after another."""
        if self.watching:
            await self._every("register", REGISTER, self.watcher.register)
            await self._every("watch", 0.0, self.watcher.read_due)

    async def _every(self, duty: str, seconds: float, work: Callable[[], Awaitable[object]]) -> None:
        if time.monotonic() - self._last.get(duty, -seconds) < seconds:
            return
        self._last[duty] = time.monotonic()
        try:
            await work()
        except (StoreUnavailable, TelegramError) as error:
            log.warning("a duty waits", duty=duty, reason=str(error))
        except Exception:
            log.exception("a duty failed", duty=duty)

    async def _beat(self) -> None:
        silent = now() - DEAD_AFTER
        async with self.store.writing() as tx:
            await workers.beat(tx, self.name)
            dead = [name for name in await workers.silent_since(tx, silent) if name != self.name]
        for name in dead:
            taken = await engine.take_over(name)
            async with self.store.writing() as tx:
                await workers.bury(tx, name, silent)
            log.warning("took over from a worker that has gone silent", worker=name, workflows=taken)

    async def _publish(self) -> None:
        for alert_id in await publishing.approved(self.store):
            await engine.start_publishing(alert_id)

    async def _sweep(self) -> None:
        async with self.store.reading() as connection:
            running = await alerts.in_state(connection, PUBLISHING)
        for alert in running:
            if alert.planned and alert.queued == alert.pages:
                await self._finish_or_remind(alert)
            elif not await engine.unfinished(engine.publish_workflow(alert.id)):
                await engine.start_publishing(alert.id, f"-again-{int(time.time() // SWEEP)}")

    async def _finish_or_remind(self, alert: Alert) -> None:
        async with self.store.writing() as tx:
            if deliveries.settled(await deliveries.counts(tx, alert.id)):
                await alerts.move(tx, alert.id, DONE)
                return
            pages = await deliveries.overdue_pages(tx, alert.id, now() - OVERDUE)
        for page in pages:
            if not await engine.unfinished(engine.page_workflow(alert.id, page)):
                await engine.enqueue_page(alert.id, page, f"-again-{int(time.time() // SWEEP)}")


@asynccontextmanager
async def running_alerts(  # noqa: PLR0913 - what a worker is made of
    store: Store,
    settings: Settings,
    carrier: Carrier,
    *,
    name: str,
    rate: float,
    today: Callable[[], date],
    addresses: Addresses | None = None,
) -> AsyncIterator[Keeper]:
    """A worker at work in this process, at `rate` messages a second over all workers."""
    async with AsyncExitStack() as stack:
        client = await stack.enter_async_context(make_client(settings.contact))
        deliverer = Deliverer(store, carrier, rate, today)
        publisher = Publisher(store, page_size(rate), engine.enqueue_page)
        desk = engine.Desk(deliverer, publisher)
        await stack.enter_async_context(
            engine.running_engine(desk, settings.database_url, settings.data_dir, name, pages_at_once(rate))
        )
        watcher = Watcher(store, client, today, settings.auto_approve, addresses)
        keeper = Keeper(
            name, store, watcher, Teller(store, carrier, settings.admins, today), settings.watch == "on"
        )
        task = asyncio.create_task(keeper.run())
        try:
            yield keeper
        finally:
            task.cancel()
            with suppress(asyncio.CancelledError):
                await task
            with suppress(StoreUnavailable):
                async with store.writing() as tx:
                    await workers.leave(tx, name)


def page_size(rate: float) -> int:
    """About a second of work, so that pages of two alerts take turns."""
    return max(25, min(100, int(rate)))


def pages_at_once(rate: float) -> int:
    """Enough pages in work that the slowest answer does not hold up the pace."""
    return 4 if rate <= 100 else 16

"""A replica keeps hold of what it has in hand, and takes over what a silent one held."""

from __future__ import annotations

import asyncio
import time

import structlog

from bot.metrics import Metrics
from bot.store import inbox, outbox
from bot.store.base import now
from bot.store.database import Store
from bot.store.faults import StoreUnavailable
from bot.telegram.intake import Intake

log = structlog.get_logger()
RENEW = 1.5
RESCUE = 1.0


class Rescuer:
    """Runs beside a replica named `holder` as long as it lives."""

    def __init__(self, store: Store, intake: Intake, holder: str, metrics: Metrics) -> None:
        self._store = store
        self._intake = intake
        self._holder = holder
        self._metrics = metrics

    async def run(self) -> None:
        """For ever; ends by being cancelled."""
        renewed = 0.0
        while True:
            try:
                if time.monotonic() - renewed >= RENEW:
                    await self._renew()
                    renewed = time.monotonic()
                await self._rescue()
            except StoreUnavailable as error:
                log.warning("holds not renewed", reason=str(error))
            except Exception:
                log.exception("rescue failed")
            await asyncio.sleep(RESCUE)

    async def release(self) -> None:
        """Give what is left to the others at once, instead of letting them wait for the hold to lapse."""
        async with self._store.writing() as tx:
            await inbox.renew(tx, self._holder, now())
            await outbox.renew(tx, self._holder, now())

    async def _renew(self) -> None:
        async with self._store.writing() as tx:
            await inbox.renew(tx, self._holder)
            await outbox.renew(tx, self._holder)

    async def _rescue(self) -> None:
        replies, letters = await self._intake.rescue(self._holder)
        self._metrics.rescued.labels("replies").inc(replies)
        self._metrics.rescued.labels("letters").inc(letters)
        if replies or letters:
            log.info("took over from a silent replica", replies=replies, letters=letters)

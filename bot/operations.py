"""What whoever runs the bot asks a process: is it alive, may it be sent work, what has it counted?

These addresses are for the operator's own network; the reverse proxy shows none of them to the world.
"""

from __future__ import annotations

import asyncio
from collections.abc import Callable
from dataclasses import dataclass

from sqlalchemy import func, select
from starlette.requests import Request
from starlette.responses import JSONResponse, PlainTextResponse, Response
from starlette.routing import Route

from bot.metrics import Metrics
from bot.store import inbox, outbox, watched
from bot.store.base import now
from bot.store.database import Store
from bot.store.deliveries import DeliveryRow
from bot.store.faults import StoreUnavailable
from bot.store.schema import current, newest

PATIENCE = 3.0


@dataclass(slots=True)
class Operations:
    """One process as its operator sees it. `units` is how many unit groups its index holds.

    `in_hand` says how much work waits in the process; `draining` is set once it has been told to stop.
    """

    store: Store
    metrics: Metrics
    units: Callable[[], int]
    in_hand: Callable[[], dict[str, int]]
    draining: bool = False

    def routes(self) -> list[Route]:
        return [
            Route("/healthz", self.health, methods=["GET"]),
            Route("/readyz", self.readiness, methods=["GET"]),
            Route("/metrics", self.counts, methods=["GET"]),
        ]

    async def health(self, _request: Request) -> Response:
        """Alive: the loop turns. Nothing else is asked, so that a slow database restarts nobody."""
        return PlainTextResponse("ok\n")

    async def readiness(self, _request: Request) -> Response:
        """200 where updates may be sent here; 503 with the check that failed."""
        checks = {
            "stopping": "no" if not self.draining else "yes",
            "database": await self._database(),
            "index": "ok" if self.units() else "empty",
        }
        ready = checks == {"stopping": "no", "database": "ok", "index": "ok"}
        return JSONResponse({"ready": ready, "checks": checks}, status_code=200 if ready else 503)

    async def counts(self, _request: Request) -> Response:
        try:
            async with asyncio.timeout(PATIENCE):
                await self._look_into_store()
        except (StoreUnavailable, TimeoutError):
            # What the process itself has counted matters most just then.
            self.metrics.waiting.clear()
        for where, number in self.in_hand().items():
            self.metrics.waiting.labels(where).set(number)
        return Response(self.metrics.text(), media_type="text/plain; version=0.0.4")

    async def _database(self) -> str:
        try:
            async with asyncio.timeout(PATIENCE):
                has = await current(self.store)
        except StoreUnavailable as error:
            return str(error)
        except TimeoutError:
            return "the database does not answer in time"
        return "ok" if has is not None and has >= newest() else f"at revision {has}, not {newest()}"

    async def _look_into_store(self) -> None:
        async with self.store.reading() as connection:
            self.metrics.waiting.labels("inbox").set(await inbox.depth(connection))
            self.metrics.waiting.labels("outbox").set(await outbox.depth(connection))
            states = select(DeliveryRow.state, func.count()).group_by(DeliveryRow.state)
            deliveries = (await connection.execute(states)).all()
            sources = await watched.all_sources(connection)
        self.metrics.deliveries.clear()
        for state, number in deliveries:
            self.metrics.deliveries.labels(state).set(number)
        for source in sources:
            if source.checked_at is not None:
                self.metrics.source_age.labels(source.name).set((now() - source.checked_at).total_seconds())
            self.metrics.source_failures.labels(source.name).set(source.failures)

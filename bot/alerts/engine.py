"""The durable engine under the alerts: DBOS with its own tables, two workflows, one rate-limited queue.

What was sent stands in the delivery rows. The engine wakes work, keeps it through crashes and limits how much
of it runs; that a workflow runs twice is harmless.
"""

from __future__ import annotations

import asyncio
import logging
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass
from pathlib import Path

from dbos import DBOS, DBOSConfig, SetWorkflowID
from sqlalchemy.engine import make_url

from bot.alerts.delivering import Deliverer
from bot.alerts.publishing import Publisher

# Workflows of another version are not picked up, so this changes only when their arguments do.
APPLICATION_VERSION = "1"
QUEUE = "deliveries"
SCHEMA = "oinp_engine"
UNFINISHED = {"PENDING", "ENQUEUED", "DELAYED"}


@dataclass(slots=True)
class Desk:
    """What the workflows of this process work with; there is one engine in a process."""

    deliverer: Deliverer
    publisher: Publisher


_desk: list[Desk] = []


@DBOS.workflow(name="publish")
async def publish(alert_id: int) -> int:
    """All pages of an alert into the queue."""
    return await _desk[-1].publisher.publish(alert_id)


@DBOS.workflow(name="deliver")
async def deliver(alert_id: int, page: int) -> None:
    """One page to its people."""
    await _desk[-1].deliverer.deliver(alert_id, page)


async def enqueue_page(alert_id: int, page: int, again: str = "") -> None:
    """Hand a page to the queue; the same page (and `again`) only once."""
    with SetWorkflowID(page_workflow(alert_id, page, again)):
        await DBOS.enqueue_workflow_async(QUEUE, deliver, alert_id, page)


async def start_publishing(alert_id: int, again: str = "") -> None:
    """Begin to publish an alert; only once for the same alert (and `again`)."""
    with SetWorkflowID(publish_workflow(alert_id, again)):
        await DBOS.start_workflow_async(publish, alert_id)


def page_workflow(alert_id: int, page: int, again: str = "") -> str:
    # The dot ends the number, so that page 1 is no beginning of page 10.
    return f"page-{alert_id}-{page}.{again}"


def publish_workflow(alert_id: int, again: str = "") -> str:
    return f"publish-{alert_id}.{again}"


async def unfinished(prefix: str) -> bool:
    """Whether a workflow whose name begins so is waiting or running somewhere."""
    found = await DBOS.list_workflows_async(
        workflow_id_prefix=prefix, status=sorted(UNFINISHED), load_input=False, load_output=False, limit=1
    )
    return bool(found)


async def take_over(executor: str) -> int:
    """Put a dead worker's running workflows back into the queue; returns how many."""
    # DBOS keeps them for that executor's return; it has no public name for giving them to the others.
    recovered = await asyncio.to_thread(DBOS._recover_pending_workflows, [executor])
    return len(recovered)


@asynccontextmanager
async def running_engine(
    desk: Desk, database_url: str, data_dir: Path, executor: str, pages_at_once: int
) -> AsyncIterator[None]:
    """The engine, working; leaving the block stops it, and what was in hand is taken up by the next."""
    _desk.append(desk)
    _quiet()
    DBOS(config=config(database_url, data_dir, executor))
    try:
        DBOS.launch()
        await DBOS.register_queue_async(
            QUEUE,
            worker_concurrency=pages_at_once,
            # A backstop only: the common pace of the workers is finer.
            limiter={"limit": 50, "period": 1.0},
            polling_interval_sec=0.2,
            on_conflict="always_update",
        )
        yield
    finally:
        await asyncio.to_thread(DBOS.destroy)
        _desk.remove(desk)


def config(database_url: str, data_dir: Path, executor: str) -> DBOSConfig:
    """On SQLite a file of its own beside ours, on PostgreSQL a schema of its own."""
    url = make_url(database_url)
    made: DBOSConfig = {
        "name": "oinp-alerts",
        "application_version": APPLICATION_VERSION,
        "executor_id": executor,
        "log_level": "WARNING",
        "use_listen_notify": False,
        "notification_listener_polling_interval_sec": 1.0,
    }
    if url.get_backend_name() == "sqlite":
        file = (
            Path(url.database).with_suffix(".engine.sqlite") if url.database else data_dir / "engine.sqlite"
        )
        made["system_database_url"] = f"sqlite:///{file}"
    else:
        plain = url.set(drivername="postgresql+psycopg")
        made["system_database_url"] = plain.render_as_string(hide_password=False)
        made["dbos_system_schema"] = SCHEMA
    return made


def _quiet() -> None:
    logging.getLogger("dbos").setLevel(logging.WARNING)

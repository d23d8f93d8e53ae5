"""The workers and their common pace: who is alive, and when the next broadcast message may leave anyone's hands."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import Float, String, case, delete, select, update
from sqlalchemy.ext.asyncio import AsyncConnection
from sqlalchemy.orm import Mapped, mapped_column

from bot.store.base import Base, now
from bot.store.upsert import upsert


class WorkerRow(Base):
    __tablename__ = "workers"

    name: Mapped[str] = mapped_column(String(80), primary_key=True)
    seen_at: Mapped[datetime]


class PaceRow(Base):
    """`free_at` is the first moment, in seconds of the epoch, that nobody has taken yet."""

    __tablename__ = "pace"

    lane: Mapped[str] = mapped_column(String(20), primary_key=True)
    free_at: Mapped[float] = mapped_column(Float(53))


async def beat(tx: AsyncConnection, name: str) -> None:
    """Say that this worker is alive."""
    moment = now()
    alive = upsert(tx, WorkerRow).values(name=name, seen_at=moment)
    await tx.execute(alive.on_conflict_do_update(index_elements=["name"], set_={"seen_at": moment}))


async def silent_since(tx: AsyncConnection, moment: datetime) -> list[str]:
    """The workers nobody has heard of since `moment`."""
    return list(await tx.scalars(select(WorkerRow.name).where(WorkerRow.seen_at < moment)))


async def bury(tx: AsyncConnection, name: str, before: datetime) -> bool:
    """Strike a silent worker out; False when it has spoken again or another has done it."""
    struck = delete(WorkerRow).where(WorkerRow.name == name, WorkerRow.seen_at < before)
    return (await tx.execute(struck)).rowcount == 1


async def leave(tx: AsyncConnection, name: str) -> None:
    await tx.execute(delete(WorkerRow).where(WorkerRow.name == name))


async def reserve(tx: AsyncConnection, lane: str, count: int, rate: float, clock: float) -> float:
    """The moment from which `count` messages may leave, one every 1/`rate` seconds: nobody else gets these."""
    span = count / rate
    fresh = upsert(tx, PaceRow).values(lane=lane, free_at=0.0).on_conflict_do_nothing()
    await tx.execute(fresh)
    # One statement, so that two workers cannot read the same moment.
    start = case((PaceRow.free_at < clock, clock), else_=PaceRow.free_at)
    taken = update(PaceRow).where(PaceRow.lane == lane).values(free_at=start + span)
    return float((await tx.execute(taken.returning(PaceRow.free_at))).scalar_one()) - span


async def push_back(tx: AsyncConnection, lane: str, until: float) -> None:
    """Telegram asked everybody to wait: nothing of this lane leaves before `until`."""
    later = update(PaceRow).where(PaceRow.lane == lane, PaceRow.free_at < until)
    await tx.execute(later.values(free_at=until))

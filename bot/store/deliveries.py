"""The deliveries: one row for each alert and person decides whether it was sent.

Nothing else changes a state than `claim`, `move`, `arrived`, `orphan` and `cancel`, and they change it
only along the table of bot.alerts.states.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import (
    BigInteger,
    Boolean,
    CheckConstraint,
    Index,
    Integer,
    String,
    bindparam,
    func,
    or_,
    select,
    update,
)
from sqlalchemy.ext.asyncio import AsyncConnection
from sqlalchemy.orm import Mapped, mapped_column

from bot.alerts.states import CANCELLED, DELIVERY, OPEN, PENDING, RETRY, SENDING, SENT, UNCERTAIN, sources
from bot.store.base import Base, now
from bot.store.upsert import upsert

STATES = ", ".join(f"'{state}'" for state in DELIVERY)


class DeliveryRow(Base):
    __tablename__ = "deliveries"
    __table_args__ = (
        CheckConstraint(f"state IN ({STATES})", name="state"),
        Index("ix_deliveries_alert_id", "alert_id", "page", "state"),
        Index("ix_deliveries_state", "alert_id", "state", "due_at"),
    )

    alert_id: Mapped[int] = mapped_column(BigInteger, primary_key=True, autoincrement=False)
    chat_id: Mapped[int] = mapped_column(BigInteger, primary_key=True, autoincrement=False)
    person_id: Mapped[int] = mapped_column(BigInteger, index=True)
    page: Mapped[int] = mapped_column(Integer)
    state: Mapped[str] = mapped_column(String(10))
    silent: Mapped[bool] = mapped_column(Boolean)
    attempts: Mapped[int] = mapped_column(Integer)
    due_at: Mapped[datetime]
    claimed_by: Mapped[str | None] = mapped_column(String(80))
    message_id: Mapped[int | None] = mapped_column(BigInteger)
    reason: Mapped[str | None] = mapped_column(String(200))
    updated_at: Mapped[datetime]


@dataclass(frozen=True, slots=True)
class Planned:
    """A recipient: when the message may go, and whether without a sound."""

    chat_id: int
    person_id: int
    page: int
    due_at: datetime
    silent: bool = False


@dataclass(frozen=True, slots=True)
class Claimed:
    """A delivery in our hands."""

    chat_id: int
    attempts: int
    silent: bool


@dataclass(frozen=True, slots=True)
class Result:
    """What became of one send."""

    chat_id: int
    state: str
    message_id: int | None = None
    reason: str | None = None
    due_at: datetime | None = None


async def plan(tx: AsyncConnection, alert_id: int, people: Sequence[Planned]) -> None:
    """Rows for these recipients; who has one keeps it."""
    if not people:
        return
    moment = now()
    rows = [
        {
            "alert_id": alert_id,
            "chat_id": person.chat_id,
            "person_id": person.person_id,
            "page": person.page,
            "state": PENDING,
            "silent": person.silent,
            "attempts": 0,
            "due_at": person.due_at,
            "updated_at": moment,
        }
        for person in people
    ]
    await tx.execute(upsert(tx, DeliveryRow).on_conflict_do_nothing(), rows)


async def claim(  # noqa: PLR0913 - which rows, how many, by whom
    tx: AsyncConnection, alert_id: int, page: int, *, limit: int, by: str, moment: datetime
) -> tuple[Claimed, ...]:
    """Take up to `limit` rows of a page that are due: they are `sending` from now on, and ours."""
    free = sources(DELIVERY, SENDING)
    due = (
        select(DeliveryRow.chat_id)
        .where(DeliveryRow.alert_id == alert_id, DeliveryRow.page == page)
        .where(DeliveryRow.state.in_(free), DeliveryRow.due_at <= moment)
        .order_by(DeliveryRow.chat_id)
        .limit(limit)
    )
    taken = (
        update(DeliveryRow)
        .where(DeliveryRow.alert_id == alert_id, DeliveryRow.chat_id.in_(due), DeliveryRow.state.in_(free))
        .values(state=SENDING, attempts=DeliveryRow.attempts + 1, claimed_by=by, updated_at=moment)
        .returning(DeliveryRow.chat_id, DeliveryRow.attempts, DeliveryRow.silent)
    )
    rows = (await tx.execute(taken)).all()
    return tuple(sorted((Claimed(*row) for row in rows), key=lambda each: each.chat_id))


async def move(tx: AsyncConnection, alert_id: int, result: Result) -> bool:
    """Write what became of one send; False where the table does not allow it from where the row is."""
    values: dict[str, Any] = {"state": result.state, "updated_at": now(), "reason": result.reason}
    if result.message_id is not None:
        values["message_id"] = result.message_id
    if result.due_at is not None:
        values["due_at"] = result.due_at
    moved = update(DeliveryRow).where(
        DeliveryRow.alert_id == alert_id,
        DeliveryRow.chat_id == result.chat_id,
        DeliveryRow.state.in_(sources(DELIVERY, result.state)),
    )
    return (await tx.execute(moved.values(**values))).rowcount == 1


async def arrived(tx: AsyncConnection, alert_id: int, results: Sequence[Result]) -> None:
    """The same for many that Telegram has taken, in one statement."""
    if not results:
        return
    table: Any = DeliveryRow.__table__
    moved = (
        update(table)
        .where(table.c.alert_id == alert_id, table.c.chat_id == bindparam("chat"))
        # One comparison each: a list of values does not go with many rows at once.
        .where(or_(*(table.c.state == state for state in sources(DELIVERY, SENT))))
        .values(state=SENT, message_id=bindparam("number"), reason=None, updated_at=now())
    )
    await tx.execute(moved, [{"chat": each.chat_id, "number": each.message_id} for each in results])


async def orphan(tx: AsyncConnection, alert_id: int, page: int, mine: str, to: str = UNCERTAIN) -> int:
    """The rows of a page that another run had in its hands when it ended: nobody knows whether they arrived."""
    left = update(DeliveryRow).where(
        DeliveryRow.alert_id == alert_id,
        DeliveryRow.page == page,
        DeliveryRow.state == SENDING,
        DeliveryRow.claimed_by != mine,
    )
    reason = "the worker ended while sending"
    return (await tx.execute(left.values(state=to, reason=reason, updated_at=now()))).rowcount


async def cancel(tx: AsyncConnection, alert_id: int) -> int:
    """Drop what has not gone yet; returns how many."""
    free = sources(DELIVERY, CANCELLED)
    dropped = update(DeliveryRow).where(DeliveryRow.alert_id == alert_id, DeliveryRow.state.in_(free))
    return (await tx.execute(dropped.values(state=CANCELLED, updated_at=now()))).rowcount


async def due(tx: AsyncConnection, alert_id: int, page: int, limit: int, moment: datetime) -> int:
    """How many rows of a page may be sent now, counted up to `limit`."""
    rows = (
        select(DeliveryRow.chat_id)
        .where(DeliveryRow.alert_id == alert_id, DeliveryRow.page == page)
        .where(DeliveryRow.state.in_(sources(DELIVERY, SENDING)), DeliveryRow.due_at <= moment)
        .limit(limit)
    )
    return int(await tx.scalar(select(func.count()).select_from(rows.subquery())) or 0)


async def next_due(tx: AsyncConnection, alert_id: int, page: int) -> datetime | None:
    """When the next row of a page may be sent; None when none is left to send."""
    wanted = select(func.min(DeliveryRow.due_at)).where(
        DeliveryRow.alert_id == alert_id, DeliveryRow.page == page, DeliveryRow.state.in_((PENDING, RETRY))
    )
    return await tx.scalar(wanted)


async def overdue_pages(tx: AsyncConnection, alert_id: int, moment: datetime, limit: int = 20) -> list[int]:
    """Pages with rows that should have gone by `moment`, or that have been in somebody's hands since then."""
    waiting = DeliveryRow.state.in_((PENDING, RETRY)) & (DeliveryRow.due_at <= moment)
    stuck = (DeliveryRow.state == SENDING) & (DeliveryRow.updated_at <= moment)
    found = select(DeliveryRow.page).where(DeliveryRow.alert_id == alert_id, waiting | stuck)
    return list(await tx.scalars(found.distinct().order_by(DeliveryRow.page).limit(limit)))


async def counts(tx: AsyncConnection, alert_id: int) -> Mapping[str, int]:
    """How many deliveries are in each state."""
    found = (
        select(DeliveryRow.state, func.count())
        .where(DeliveryRow.alert_id == alert_id)
        .group_by(DeliveryRow.state)
    )
    return {state: int(number) for state, number in await tx.execute(found)}


async def in_state(tx: AsyncConnection, alert_id: int, state: str, limit: int = 100) -> Iterable[int]:
    """The chats whose delivery is in that state."""
    found = select(DeliveryRow.chat_id).where(DeliveryRow.alert_id == alert_id, DeliveryRow.state == state)
    return list(await tx.scalars(found.order_by(DeliveryRow.chat_id).limit(limit)))


def settled(numbers: Mapping[str, int]) -> bool:
    """Whether every delivery has reached a state it stays in."""
    return not any(numbers.get(state) for state in OPEN)

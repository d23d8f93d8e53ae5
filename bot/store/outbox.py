"""The outbox: what the bot owes each person, until Telegram has taken it.

A row is written in the transaction that decides the reply and deleted once it is sent, so what stands here
after a crash is owed still. `held_until` is the lease of the process that sends it; another one may take over
afterwards.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from sqlalchemy import (
    BigInteger,
    ColumnElement,
    Integer,
    String,
    Text,
    and_,
    bindparam,
    delete,
    func,
    insert,
    select,
    update,
)
from sqlalchemy.ext.asyncio import AsyncConnection
from sqlalchemy.orm import Mapped, mapped_column

from bot.store.address import Address
from bot.store.base import Base, now

LEASE = timedelta(minutes=2)
# A replica with a name renews its leases, so they can be short.
HOLD = timedelta(seconds=6)


class OutboxRow(Base):
    """`payload` is a packed reply (bot.telegram.packing); `attempts` counts the times it was taken over."""

    __tablename__ = "outbox"

    update_id: Mapped[int] = mapped_column(BigInteger, primary_key=True, autoincrement=False)
    position: Mapped[int] = mapped_column(Integer, primary_key=True, autoincrement=False)
    chat_id: Mapped[int] = mapped_column(BigInteger, index=True)
    person_id: Mapped[int] = mapped_column(BigInteger, index=True)
    payload: Mapped[str] = mapped_column(Text)
    owed_since: Mapped[datetime]
    held_until: Mapped[datetime]
    attempts: Mapped[int] = mapped_column(Integer)
    held_by: Mapped[str | None] = mapped_column(String(40))


@dataclass(frozen=True, slots=True)
class Owed:
    """One reply on its way: the update it answers, its place among that update's replies, and its content."""

    update_id: int
    position: int
    address: Address
    payload: str
    attempts: int = 0


# Built once: the first two run for every message.
ADD = insert(OutboxRow)
ONE = (OutboxRow.update_id == bindparam("number"), OutboxRow.position == bindparam("place"))
STRIKE = delete(OutboxRow).where(*ONE)
HOLD_ON = (
    update(OutboxRow)
    .where(*ONE)
    .values(held_until=bindparam("until"), held_by=bindparam("holder"), attempts=OutboxRow.attempts + 1)
)


async def owe(tx: AsyncConnection, replies: Sequence[Owed], holder: str | None = None) -> None:
    """Write down what is owed, held by this process for the length of a lease."""
    if not replies:
        return
    moment = now()
    rows = [
        {
            "update_id": owed.update_id,
            "position": owed.position,
            "chat_id": owed.address.chat_id,
            "person_id": owed.address.person_id,
            "payload": owed.payload,
            "owed_since": moment,
            "held_until": moment + _lease(holder),
            "attempts": 0,
            "held_by": holder,
        }
        for owed in replies
    ]
    await tx.execute(ADD, rows)


async def sent(tx: AsyncConnection, done: Sequence[Owed]) -> None:
    """Nothing of `done` is owed any more."""
    if done:
        await tx.execute(STRIKE, _named(done))


async def take_over(
    tx: AsyncConnection, every: bool = False, limit: int = 200, holder: str | None = None
) -> tuple[Owed, ...]:
    """What is owed and no longer held by another process, now held by this one, in the order it was owed.

    With `every`, held or not: for a process that knows it is alone.
    """
    wanted = select(OutboxRow).order_by(OutboxRow.owed_since, OutboxRow.update_id, OutboxRow.position)
    if not every:
        wanted = wanted.where(OutboxRow.held_until < now())
    rows = (await tx.execute(wanted.limit(limit).with_for_update(skip_locked=True))).all()
    taken = tuple(
        Owed(row.update_id, row.position, Address(row.chat_id, row.person_id), row.payload, row.attempts + 1)
        for row in rows
    )
    if taken:
        lease = {"until": now() + _lease(holder), "holder": holder}
        await tx.execute(HOLD_ON, [one | lease for one in _named(taken)])
    return taken


async def renew(tx: AsyncConnection, holder: str, until: datetime | None = None) -> None:
    """Hold on to what `holder` has not sent yet; with `until`, up to then."""
    mine = update(OutboxRow).where(OutboxRow.held_by == holder)
    await tx.execute(mine.values(held_until=until or now() + HOLD))


def owed_by_others(address: Address, holder: str) -> ColumnElement[bool]:
    """Replies to this person that another replica has in hand."""
    return and_(
        OutboxRow.chat_id == address.chat_id,
        OutboxRow.person_id == address.person_id,
        OutboxRow.held_by.is_not(None),
        OutboxRow.held_by != holder,
    )


async def depth(tx: AsyncConnection) -> int:
    """How many replies are owed."""
    return int(await tx.scalar(select(func.count()).select_from(OutboxRow)) or 0)


def _lease(holder: str | None) -> timedelta:
    return HOLD if holder else LEASE


def _named(owed: Sequence[Owed]) -> list[dict[str, Any]]:
    return [{"number": one.update_id, "place": one.position} for one in owed]

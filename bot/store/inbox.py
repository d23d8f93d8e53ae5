"""The inbox: every update that reached us, raw until it is handled, its number for days after.

An update takes effect once because only one transaction can move its row from waiting to handled. Numbers are
kept as a set, not as a maximum: Telegram's numbers jump after a quiet week.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from sqlalchemy import BigInteger, Text, delete, func, select, update
from sqlalchemy.ext.asyncio import AsyncConnection
from sqlalchemy.orm import Mapped, mapped_column

from bot.store.address import Address
from bot.store.base import Base, now
from bot.store.upsert import upsert

# Telegram redelivers for a day at most; twice that leaves room for clocks and outages.
KEPT = timedelta(days=2)


class InboxRow(Base):
    """`raw`, `chat_id` and `person_id` are emptied once handled: only the number stays."""

    __tablename__ = "inbox"

    update_id: Mapped[int] = mapped_column(BigInteger, primary_key=True, autoincrement=False)
    chat_id: Mapped[int | None] = mapped_column(BigInteger)
    person_id: Mapped[int | None] = mapped_column(BigInteger)
    raw: Mapped[str | None] = mapped_column(Text)
    received_at: Mapped[datetime]
    handled_at: Mapped[datetime | None] = mapped_column(index=True)


@dataclass(frozen=True, slots=True)
class Mail:
    """An update as it came: its number, whose it is, and Telegram's JSON."""

    update_id: int
    address: Address
    raw: str


async def receive(tx: AsyncConnection, mails: Sequence[Mail]) -> None:
    """Keep what is new of `mails`; what stands here already, handled or not, stays as it is."""
    if not mails:
        return
    moment = now()
    rows = [
        {
            "update_id": mail.update_id,
            "chat_id": mail.address.chat_id,
            "person_id": mail.address.person_id,
            "raw": mail.raw,
            "received_at": moment,
        }
        for mail in mails
    ]
    await tx.execute(upsert(tx, InboxRow).on_conflict_do_nothing(), rows)


async def new_of(tx: AsyncConnection, update_ids: Sequence[int]) -> set[int]:
    """Those of `update_ids` that the inbox does not know yet."""
    known = await tx.scalars(select(InboxRow.update_id).where(InboxRow.update_id.in_(update_ids)))
    return set(update_ids).difference(known)


async def waiting(tx: AsyncConnection, before: datetime | None = None) -> tuple[Mail, ...]:
    """What is not handled yet, oldest first; with `before`, only what was received before then."""
    wanted = select(InboxRow).where(InboxRow.handled_at.is_(None))
    if before is not None:
        wanted = wanted.where(InboxRow.received_at < before)
    rows = await tx.execute(wanted.order_by(InboxRow.received_at, InboxRow.update_id))
    return tuple(Mail(row.update_id, Address(row.chat_id, row.person_id), row.raw) for row in rows)


async def handled(tx: AsyncConnection, update_id: int) -> bool:
    """Mark one update handled and forget its content; False when that was done before: do nothing then."""
    mark = update(InboxRow).where(InboxRow.update_id == update_id, InboxRow.handled_at.is_(None))
    done = await tx.execute(mark.values(handled_at=now(), raw=None, chat_id=None, person_id=None))
    return done.rowcount == 1


async def prune(tx: AsyncConnection, before: datetime) -> int:
    """Drop the numbers of what was handled before then; returns how many."""
    return (await tx.execute(delete(InboxRow).where(InboxRow.handled_at < before))).rowcount


async def depth(tx: AsyncConnection) -> int:
    """How many updates wait to be handled."""
    return int(await tx.scalar(select(func.count()).where(InboxRow.handled_at.is_(None))) or 0)

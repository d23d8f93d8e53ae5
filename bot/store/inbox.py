"""The inbox: every update that reached us, raw until it is handled, its number for days after.

An update takes effect once because only one transaction can move its row from waiting to handled. Numbers are
kept as a set, not as a maximum: Telegram's numbers jump after a quiet week.

Where several replicas share the inbox, each holds what it has received and renews its hold; what a silent one
held is taken over. The hold only spares double work: it is the mark that decides.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from sqlalchemy import (
    BigInteger,
    ColumnElement,
    String,
    Text,
    and_,
    bindparam,
    delete,
    func,
    or_,
    select,
    update,
)
from sqlalchemy.ext.asyncio import AsyncConnection
from sqlalchemy.orm import Mapped, mapped_column

from bot.store.address import Address
from bot.store.base import Base, now
from bot.store.upsert import upsert

# Telegram redelivers for a day at most; twice that leaves room for clocks and outages.
KEPT = timedelta(days=2)
# Renewed every few seconds by a replica that lives; long enough for a pause of the machine.
HOLD = timedelta(seconds=6)


class InboxRow(Base):
    """`raw`, `chat_id` and `person_id` are emptied once handled: only the number stays."""

    __tablename__ = "inbox"

    update_id: Mapped[int] = mapped_column(BigInteger, primary_key=True, autoincrement=False)
    chat_id: Mapped[int | None] = mapped_column(BigInteger)
    person_id: Mapped[int | None] = mapped_column(BigInteger)
    raw: Mapped[str | None] = mapped_column(Text)
    received_at: Mapped[datetime]
    handled_at: Mapped[datetime | None] = mapped_column(index=True)
    held_by: Mapped[str | None] = mapped_column(String(40))
    held_until: Mapped[datetime | None]


@dataclass(frozen=True, slots=True)
class Mail:
    """An update as it came: its number, whose it is, and Telegram's JSON."""

    update_id: int
    address: Address
    raw: str


# Built once: this runs for every message.
HANDLED = (
    update(InboxRow)
    .where(InboxRow.update_id == bindparam("number"), InboxRow.handled_at.is_(None))
    .values(handled_at=bindparam("moment"), raw=None, chat_id=None, person_id=None)
)


async def receive(tx: AsyncConnection, mails: Sequence[Mail], holder: str | None = None) -> None:
    """Keep what is new of `mails`, held by `holder`; what stands here already stays as it is."""
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
            "held_by": holder,
            "held_until": moment + HOLD if holder else None,
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


async def take_over(tx: AsyncConnection, holder: str, limit: int = 200) -> tuple[Mail, ...]:
    """What nobody holds any more, oldest first, now held by `holder`."""
    moment = now()
    free = or_(
        InboxRow.held_until < moment,
        # Received by a version that knew no holds, or by one that polls.
        InboxRow.held_until.is_(None) & (InboxRow.received_at < moment - HOLD),
    )
    wanted = select(InboxRow).where(InboxRow.handled_at.is_(None), free)
    ordered = wanted.order_by(InboxRow.received_at, InboxRow.update_id).limit(limit)
    rows = (await tx.execute(ordered.with_for_update(skip_locked=True))).all()
    if rows:
        taken = update(InboxRow).where(InboxRow.update_id.in_([row.update_id for row in rows]))
        await tx.execute(taken.values(held_by=holder, held_until=moment + HOLD))
    return tuple(Mail(row.update_id, Address(row.chat_id, row.person_id), row.raw) for row in rows)


async def renew(tx: AsyncConnection, holder: str, until: datetime | None = None) -> None:
    """Hold on to what is not handled yet; with `until`, up to then: now gives it to whoever comes."""
    mine = update(InboxRow).where(InboxRow.handled_at.is_(None), InboxRow.held_by == holder)
    await tx.execute(mine.values(held_until=until or now() + HOLD))


def earlier_than(mail: Mail) -> ColumnElement[bool]:
    """What this person sent before `mail` that is not handled."""
    return and_(
        InboxRow.handled_at.is_(None),
        InboxRow.update_id < mail.update_id,
        InboxRow.chat_id == mail.address.chat_id,
        InboxRow.person_id == mail.address.person_id,
    )


async def first_before(tx: AsyncConnection, mail: Mail, holder: str) -> tuple[Mail, bool] | None:
    """The oldest mail of this person before `mail` that is not handled, and whether `holder` may handle it."""
    before = select(InboxRow).where(earlier_than(mail)).order_by(InboxRow.update_id).limit(1)
    row = (await tx.execute(before)).one_or_none()
    if row is None:
        return None
    free = row.held_by == holder or row.held_until is None or row.held_until < now()
    return Mail(row.update_id, mail.address, row.raw), free


async def handled(tx: AsyncConnection, update_id: int) -> bool:
    """Mark one update handled and forget its content; False when that was done before: do nothing then."""
    done = await tx.execute(HANDLED, {"number": update_id, "moment": now()})
    return done.rowcount == 1


async def prune(tx: AsyncConnection, before: datetime) -> int:
    """Drop the numbers of what was handled before then; returns how many."""
    return (await tx.execute(delete(InboxRow).where(InboxRow.handled_at < before))).rowcount


async def depth(tx: AsyncConnection) -> int:
    """How many updates wait to be handled."""
    return int(await tx.scalar(select(func.count()).where(InboxRow.handled_at.is_(None))) or 0)

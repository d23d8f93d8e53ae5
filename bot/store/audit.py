"""The audit log: every action of an administrator, whatever came of it. Rows are added and never changed.

`by` is not called `person_id`, because /forget must not erase what an administrator did in that office.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import BigInteger, Identity, Integer, String, Text, insert, select
from sqlalchemy.ext.asyncio import AsyncConnection
from sqlalchemy.orm import Mapped, mapped_column

from bot.store.base import Base, now

LONGEST = 2_000


class AuditRow(Base):
    """`by` is a Telegram number or `shell:NAME`; `outcome` says `done`, `refused` or what stood in the way."""

    __tablename__ = "audit"

    id: Mapped[int] = mapped_column(
        BigInteger().with_variant(Integer, "sqlite"), Identity(), primary_key=True
    )
    at: Mapped[datetime] = mapped_column(index=True)
    by: Mapped[str] = mapped_column(String(80))
    action: Mapped[str] = mapped_column(String(40))
    subject: Mapped[str] = mapped_column(Text)
    outcome: Mapped[str] = mapped_column(String(40))


@dataclass(frozen=True, slots=True)
class Entry:
    at: datetime
    by: str
    action: str
    subject: str
    outcome: str


async def note(tx: AsyncConnection, by: str, action: str, subject: str, outcome: str = "done") -> None:
    """Write one action down, in the transaction that carries it out."""
    row = {"by": by[:80], "action": action[:40], "subject": subject[:LONGEST], "outcome": outcome[:40]}
    await tx.execute(insert(AuditRow).values(at=now(), **row))


async def latest(tx: AsyncConnection, limit: int = 50) -> tuple[Entry, ...]:
    """The last actions, newest first."""
    rows = await tx.execute(select(AuditRow).order_by(AuditRow.id.desc()).limit(limit))
    return tuple(Entry(row.at, row.by, row.action, row.subject, row.outcome) for row in rows)

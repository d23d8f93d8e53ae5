"""What the replicas agree on: one row for each thing that only one of them may settle at a time."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import String, Text, select, update
from sqlalchemy.ext.asyncio import AsyncConnection
from sqlalchemy.orm import Mapped, mapped_column

from bot.store.base import Base, now
from bot.store.upsert import upsert


class AgreementRow(Base):
    __tablename__ = "agreements"

    about: Mapped[str] = mapped_column(String(40), primary_key=True)
    value: Mapped[str] = mapped_column(Text)
    agreed_at: Mapped[datetime]


async def settle_alone(tx: AsyncConnection, about: str) -> str:
    """What was agreed last (empty at first); no other replica gets past here until this transaction ends."""
    fresh = upsert(tx, AgreementRow).values(about=about, value="", agreed_at=now())
    await tx.execute(fresh.on_conflict_do_nothing())
    held = select(AgreementRow.value).where(AgreementRow.about == about).with_for_update()
    return str(await tx.scalar(held) or "")


async def agree(tx: AsyncConnection, about: str, value: str) -> None:
    changed = update(AgreementRow).where(AgreementRow.about == about)
    await tx.execute(changed.values(value=value, agreed_at=now()))

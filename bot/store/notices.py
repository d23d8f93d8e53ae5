"""The notices: what an administrator should know, told once."""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import BigInteger, Identity, Integer, String, Text, select, update
from sqlalchemy.ext.asyncio import AsyncConnection
from sqlalchemy.orm import Mapped, mapped_column

from bot.store.base import Base, now
from bot.store.upsert import upsert


class NoticeRow(Base):
    """`about` makes it unique: the same trouble is not told again while it lasts."""

    __tablename__ = "notices"

    id: Mapped[int] = mapped_column(
        BigInteger().with_variant(Integer, "sqlite"), Identity(), primary_key=True
    )
    about: Mapped[str] = mapped_column(String(200), unique=True)
    kind: Mapped[str] = mapped_column(String(40))
    details: Mapped[str] = mapped_column(Text)
    raised_at: Mapped[datetime]
    told_at: Mapped[datetime | None] = mapped_column(index=True)


@dataclass(frozen=True, slots=True)
class Notice:
    id: int
    kind: str
    details: Mapping[str, Any]
    raised_at: datetime


async def raise_notice(tx: AsyncConnection, kind: str, about: str, **details: Any) -> bool:
    """Tell the administrators, once for each `about`; False when that was said already."""
    said = json.dumps(details, ensure_ascii=False, default=str)
    row = {"about": f"{kind}:{about}"[:200], "kind": kind, "details": said, "raised_at": now()}
    added = upsert(tx, NoticeRow).values(**row).on_conflict_do_nothing(index_elements=["about"])
    return await tx.scalar(added.returning(NoticeRow.id)) is not None


async def untold(tx: AsyncConnection) -> tuple[Notice, ...]:
    """What no administrator has been told yet, oldest first."""
    rows = await tx.execute(select(NoticeRow).where(NoticeRow.told_at.is_(None)).order_by(NoticeRow.id))
    return tuple(Notice(row.id, row.kind, json.loads(row.details), row.raised_at) for row in rows)


async def told(tx: AsyncConnection, notice_id: int) -> bool:
    """Mark one as told; False when another process did it first."""
    mark = update(NoticeRow).where(NoticeRow.id == notice_id, NoticeRow.told_at.is_(None))
    return (await tx.execute(mark.values(told_at=now()))).rowcount == 1

"""The feedback: which answers helped and which questions had none. Nobody's name or number stands here."""

from __future__ import annotations

from datetime import date

from sqlalchemy import BigInteger, Identity, Integer, String, Text, insert
from sqlalchemy.ext.asyncio import AsyncConnection
from sqlalchemy.orm import Mapped, mapped_column

from bot.store.base import Base


class FeedbackRow(Base):
    """`day` and not a moment: a precise time could be matched with a person's messages."""

    __tablename__ = "feedback"

    id: Mapped[int] = mapped_column(
        BigInteger().with_variant(Integer, "sqlite"), Identity(), primary_key=True
    )
    slug: Mapped[str | None] = mapped_column(String(120))
    helpful: Mapped[bool | None]
    question: Mapped[str | None] = mapped_column(Text)
    day: Mapped[date]


async def keep(
    tx: AsyncConnection, day: date, slug: str | None, helpful: bool | None, question: str | None
) -> None:
    await tx.execute(insert(FeedbackRow).values(day=day, slug=slug, helpful=helpful, question=question))

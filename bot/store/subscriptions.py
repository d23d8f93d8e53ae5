"""The subscriptions: who asked for draw alerts, what concerns them, and whether they can be reached."""

from __future__ import annotations

import json
from collections.abc import Mapping
from datetime import datetime

from sqlalchemy import BigInteger, Text, delete, select, update
from sqlalchemy.ext.asyncio import AsyncConnection
from sqlalchemy.orm import Mapped, mapped_column

from bot.store.address import Address
from bot.store.base import Base, now
from bot.store.upsert import upsert


class SubscriptionRow(Base):
    """One per chat. `reachable` turns false when the person blocks the bot and true when they come back."""

    __tablename__ = "subscriptions"

    chat_id: Mapped[int] = mapped_column(BigInteger, primary_key=True, autoincrement=False)
    person_id: Mapped[int] = mapped_column(BigInteger, index=True)
    filters: Mapped[str] = mapped_column(Text)
    reachable: Mapped[bool]
    subscribed_at: Mapped[datetime]
    updated_at: Mapped[datetime]


async def subscribe(tx: AsyncConnection, address: Address, filters: Mapping[str, object]) -> None:
    """Start alerts for this chat, or change what it wants."""
    moment = now()
    wanted = {"filters": json.dumps(filters, ensure_ascii=False), "reachable": True, "updated_at": moment}
    row = {"chat_id": address.chat_id, "person_id": address.person_id, "subscribed_at": moment, **wanted}
    added = upsert(tx, SubscriptionRow).values(**row)
    await tx.execute(added.on_conflict_do_update(index_elements=["chat_id"], set_=wanted))


async def unsubscribe(tx: AsyncConnection, address: Address) -> None:
    await tx.execute(delete(SubscriptionRow).where(SubscriptionRow.chat_id == address.chat_id))


async def reach(tx: AsyncConnection, chat_id: int, reachable: bool) -> None:
    """Note that the person blocked the bot, or came back."""
    changed = update(SubscriptionRow).where(
        SubscriptionRow.chat_id == chat_id, SubscriptionRow.reachable.is_not(reachable)
    )
    await tx.execute(changed.values(reachable=reachable, updated_at=now()))


async def filters_of(tx: AsyncConnection, chat_id: int) -> Mapping[str, object] | None:
    """What this chat wants to hear of, or None when it is not subscribed."""
    text = await tx.scalar(select(SubscriptionRow.filters).where(SubscriptionRow.chat_id == chat_id))
    return json.loads(text) if text is not None else None

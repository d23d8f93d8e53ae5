"""The subscriptions: who asked for draw alerts, what concerns them, and whether they can be reached."""

from __future__ import annotations

import json
from collections.abc import Mapping
from datetime import datetime

from sqlalchemy import BigInteger, Boolean, Integer, String, Text, bindparam, delete, insert, select, update
from sqlalchemy.ext.asyncio import AsyncConnection
from sqlalchemy.orm import Mapped, mapped_column

from bot.alerts.filters import AlertFilters
from bot.store.address import Address
from bot.store.base import Base, now
from bot.store.upsert import upsert


class SubscriptionRow(Base):
    """One per chat. `reachable` turns false when the person blocks the bot and true when they come back.

    The columns from `programs` on say the same as `filters` in the form a database can choose by.
    """

    __tablename__ = "subscriptions"

    chat_id: Mapped[int] = mapped_column(BigInteger, primary_key=True, autoincrement=False)
    person_id: Mapped[int] = mapped_column(BigInteger, index=True)
    filters: Mapped[str] = mapped_column(Text)
    reachable: Mapped[bool]
    subscribed_at: Mapped[datetime]
    updated_at: Mapped[datetime]
    programs: Mapped[int] = mapped_column(BigInteger, server_default="0")
    streams: Mapped[int] = mapped_column(BigInteger, server_default="0")
    regions: Mapped[int] = mapped_column(BigInteger, server_default="0")
    by_code: Mapped[bool] = mapped_column(Boolean, server_default="0")
    within: Mapped[int | None] = mapped_column(Integer)
    score_crs: Mapped[int | None] = mapped_column(Integer)
    score_eoi: Mapped[int | None] = mapped_column(Integer)
    paused: Mapped[bool] = mapped_column(Boolean, server_default="0")


class SubscriptionCodeRow(Base):
    """The NOC codes a chat wants to hear of."""

    __tablename__ = "subscription_codes"

    code: Mapped[str] = mapped_column(String(5), primary_key=True)
    chat_id: Mapped[int] = mapped_column(BigInteger, primary_key=True, autoincrement=False, index=True)
    person_id: Mapped[int] = mapped_column(BigInteger, index=True)


# Built once: this runs for every message.
REACH = (
    update(SubscriptionRow)
    .where(SubscriptionRow.chat_id == bindparam("chat"), SubscriptionRow.reachable == bindparam("before"))
    .values(reachable=bindparam("wanted"), updated_at=bindparam("moment"))
)


async def subscribe(tx: AsyncConnection, address: Address, filters: Mapping[str, object]) -> None:
    """Start alerts for this chat, or change what it wants; raises ValueError for filters that cannot be."""
    moment = now()
    checked = AlertFilters.model_validate(filters)
    wanted = {"filters": json.dumps(filters, ensure_ascii=False), "reachable": True, "updated_at": moment}
    wanted |= checked.columns()
    row = {"chat_id": address.chat_id, "person_id": address.person_id, "subscribed_at": moment, **wanted}
    added = upsert(tx, SubscriptionRow).values(**row)
    await tx.execute(added.on_conflict_do_update(index_elements=["chat_id"], set_=wanted))
    await _forget_codes(tx, address.chat_id)
    codes = [
        {"code": code, "chat_id": address.chat_id, "person_id": address.person_id}
        for code in dict.fromkeys(checked.codes)
    ]
    if codes:
        await tx.execute(insert(SubscriptionCodeRow), codes)


async def unsubscribe(tx: AsyncConnection, address: Address) -> None:
    await _forget_codes(tx, address.chat_id)
    await tx.execute(delete(SubscriptionRow).where(SubscriptionRow.chat_id == address.chat_id))


async def reach(tx: AsyncConnection, chat_id: int, reachable: bool) -> None:
    """Note that the person blocked the bot, or came back."""
    await tx.execute(REACH, {"chat": chat_id, "wanted": reachable, "before": not reachable, "moment": now()})


async def filters_of(tx: AsyncConnection, chat_id: int) -> Mapping[str, object] | None:
    """What this chat wants to hear of, or None when it is not subscribed."""
    text = await tx.scalar(select(SubscriptionRow.filters).where(SubscriptionRow.chat_id == chat_id))
    return json.loads(text) if text is not None else None


async def _forget_codes(tx: AsyncConnection, chat_id: int) -> None:
    await tx.execute(delete(SubscriptionCodeRow).where(SubscriptionCodeRow.chat_id == chat_id))

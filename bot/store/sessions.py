"""The sessions: where each person stands in the conversation, as JSON, with a version against lost writes."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import BigInteger, Text, bindparam, insert, select, update
from sqlalchemy.exc import IntegrityError
from sqlalchemy.ext.asyncio import AsyncConnection
from sqlalchemy.orm import Mapped, mapped_column

from bot.store.address import Address
from bot.store.base import Base, now


class SessionRow(Base):
    __tablename__ = "sessions"

    chat_id: Mapped[int] = mapped_column(BigInteger, primary_key=True, autoincrement=False)
    person_id: Mapped[int] = mapped_column(BigInteger, primary_key=True, autoincrement=False, index=True)
    session: Mapped[str] = mapped_column(Text)
    version: Mapped[int]
    updated_at: Mapped[datetime]


class Conflict(Exception):
    """Another writer saved this person's session first: load it again and decide anew."""


@dataclass(frozen=True, slots=True)
class Stored:
    """A session as it was read; version 0 means that there is none yet."""

    session: str | None = None
    version: int = 0


NONE = Stored()


# Built once: these run for every message.
MINE = (SessionRow.chat_id == bindparam("chat"), SessionRow.person_id == bindparam("person"))
LOAD = select(SessionRow.session, SessionRow.version).where(*MINE)
ADD = insert(SessionRow)
CHANGE = (
    update(SessionRow)
    .where(*MINE, SessionRow.version == bindparam("read"))
    .values(session=bindparam("to"), version=SessionRow.version + 1, updated_at=bindparam("moment"))
)


async def load(tx: AsyncConnection, address: Address) -> Stored:
    row = (await tx.execute(LOAD, _mine(address))).one_or_none()
    return Stored(row.session, row.version) if row else NONE


async def save(tx: AsyncConnection, address: Address, session: str, read: Stored) -> None:
    """Write `session` over the one that was `read`; raises Conflict when that is no longer the latest."""
    if read.version == 0:
        await _add(tx, address, session)
        return
    change = {**_mine(address), "to": session, "read": read.version, "moment": now()}
    done = await tx.execute(CHANGE, change)
    if done.rowcount != 1:
        raise Conflict


async def _add(tx: AsyncConnection, address: Address, session: str) -> None:
    who = {"chat_id": address.chat_id, "person_id": address.person_id}
    try:
        await tx.execute(ADD, {**who, "session": session, "version": 1, "updated_at": now()})
    except IntegrityError:
        raise Conflict from None


def _mine(address: Address) -> dict[str, Any]:
    return {"chat": address.chat_id, "person": address.person_id}

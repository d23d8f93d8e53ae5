"""The sessions: where each person stands in the conversation, as JSON, with a version against lost writes."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import BigInteger, ColumnElement, Text, insert, select, update
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


async def load(tx: AsyncConnection, address: Address) -> Stored:
    row = (
        await tx.execute(select(SessionRow.session, SessionRow.version).where(*_is(address)))
    ).one_or_none()
    return Stored(row.session, row.version) if row else NONE


async def save(tx: AsyncConnection, address: Address, session: str, read: Stored) -> None:
    """Write `session` over the one that was `read`; raises Conflict when that is no longer the latest."""
    if read.version == 0:
        await _add(tx, address, session)
        return
    changed = update(SessionRow).where(*_is(address), SessionRow.version == read.version)
    done = await tx.execute(changed.values(session=session, version=read.version + 1, updated_at=now()))
    if done.rowcount != 1:
        raise Conflict


async def _add(tx: AsyncConnection, address: Address, session: str) -> None:
    row = {"chat_id": address.chat_id, "person_id": address.person_id, "session": session}
    try:
        await tx.execute(insert(SessionRow).values(**row, version=1, updated_at=now()))
    except IntegrityError:
        raise Conflict from None


def _is(address: Address) -> tuple[ColumnElement[bool], ...]:
    return (SessionRow.chat_id == address.chat_id, SessionRow.person_id == address.person_id)

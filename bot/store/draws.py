"""The draws found since the bot was released, with every revision: what the record beside them does not hold."""

from __future__ import annotations

import json
from collections.abc import Iterable
from datetime import date, datetime

from sqlalchemy import Integer, String, Text, insert, select, update
from sqlalchemy.ext.asyncio import AsyncConnection
from sqlalchemy.orm import Mapped, mapped_column

from bot.store.base import Base, now
from bot.store.upsert import upsert
from knowledge.draws.draw import Draw

KEY = 160


class DrawRow(Base):
    """The draw as it stands now; `revision` counts from 1."""

    __tablename__ = "draws"

    key: Mapped[str] = mapped_column(String(KEY), primary_key=True)
    program: Mapped[str] = mapped_column(String(40), index=True)
    day: Mapped[date]
    data: Mapped[str] = mapped_column(Text)
    revision: Mapped[int] = mapped_column(Integer)
    seen_at: Mapped[datetime]
    changed_at: Mapped[datetime] = mapped_column(index=True)


class DrawRevisionRow(Base):
    """What a draw was at one revision, and which fields had changed."""

    __tablename__ = "draw_revisions"

    key: Mapped[str] = mapped_column(String(KEY), primary_key=True)
    revision: Mapped[int] = mapped_column(Integer, primary_key=True, autoincrement=False)
    data: Mapped[str] = mapped_column(Text)
    changed: Mapped[str] = mapped_column(String(200))
    seen_at: Mapped[datetime]


async def known(tx: AsyncConnection) -> tuple[Draw, ...]:
    """Every draw in the store, as it stands now."""
    rows = await tx.scalars(select(DrawRow.data))
    return tuple(Draw.from_json(json.loads(data)) for data in rows)


async def last_change(tx: AsyncConnection) -> datetime | None:
    """When anything here changed last; None for an empty store."""
    return await tx.scalar(select(DrawRow.changed_at).order_by(DrawRow.changed_at.desc()).limit(1))


async def add(tx: AsyncConnection, draw: Draw) -> bool:
    """Keep a new draw; False when another process was first, and nothing is changed then."""
    moment = now()
    row = {"key": draw.key, "program": draw.program, "day": draw.date, "data": _text(draw), "revision": 1}
    added = upsert(tx, DrawRow).values(**row, seen_at=moment, changed_at=moment).on_conflict_do_nothing()
    if await tx.scalar(added.returning(DrawRow.key)) is None:
        return False
    await _remember(tx, draw, 1, ())
    return True


async def revise(tx: AsyncConnection, old: Draw, new: Draw, changed: Iterable[str]) -> int | None:
    """Keep what a draw has become; returns its revision, or None when another process was first.

    A draw of the shipped record gets its row now, so that its first revision here is 2.
    """
    moment = now()
    row = {"key": new.key, "program": new.program, "day": new.date, "data": _text(old), "revision": 1}
    await tx.execute(
        upsert(tx, DrawRow).values(**row, seen_at=moment, changed_at=moment).on_conflict_do_nothing()
    )
    written = (
        update(DrawRow)
        .where(DrawRow.key == new.key, DrawRow.data == _text(old))
        .values(data=_text(new), day=new.date, revision=DrawRow.revision + 1, changed_at=moment)
    )
    if (await tx.execute(written)).rowcount != 1:
        return None
    revision = await tx.scalar(select(DrawRow.revision).where(DrawRow.key == new.key)) or 1
    await _remember(tx, new, revision, changed)
    return int(revision)


async def _remember(tx: AsyncConnection, draw: Draw, revision: int, changed: Iterable[str]) -> None:
    said = " ".join(sorted(changed))
    values = {"key": draw.key, "revision": revision, "data": _text(draw), "changed": said}
    await tx.execute(insert(DrawRevisionRow).values(**values, seen_at=now()))


def _text(draw: Draw) -> str:
    return json.dumps(draw.to_json(), ensure_ascii=False, sort_keys=True)

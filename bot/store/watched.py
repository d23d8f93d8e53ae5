"""The watched pages: when each was last read and changed, what went wrong, when it is due again."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from sqlalchemy import Integer, String, Text, delete, select, update
from sqlalchemy.ext.asyncio import AsyncConnection
from sqlalchemy.orm import Mapped, mapped_column

from bot.store.base import Base, now
from bot.store.upsert import upsert


class SourceRow(Base):
    """`review_since` is set when a page that facts cite has changed and nobody has confirmed them yet."""

    __tablename__ = "sources"

    name: Mapped[str] = mapped_column(String(80), primary_key=True)
    kind: Mapped[str] = mapped_column(String(20))
    url: Mapped[str] = mapped_column(Text)
    etag: Mapped[str | None] = mapped_column(Text)
    last_modified: Mapped[str | None] = mapped_column(Text)
    digest: Mapped[str | None] = mapped_column(String(64))
    checked_at: Mapped[datetime | None]
    changed_at: Mapped[datetime | None]
    next_at: Mapped[datetime] = mapped_column(index=True)
    failures: Mapped[int] = mapped_column(Integer)
    error: Mapped[str | None] = mapped_column(Text)
    review_since: Mapped[datetime | None]


@dataclass(frozen=True, slots=True)
class Source:
    """One watched page as it stands."""

    name: str
    kind: str
    url: str
    etag: str | None = None
    last_modified: str | None = None
    digest: str | None = None
    checked_at: datetime | None = None
    changed_at: datetime | None = None
    failures: int = 0
    error: str | None = None
    review_since: datetime | None = None

    @property
    def healthy(self) -> bool:
        return self.error is None and self.checked_at is not None


async def register(tx: AsyncConnection, pages: Iterable[Source]) -> None:
    """Watch these pages from now on; one that is watched already keeps what is known, at its newest address."""
    for page in pages:
        values = {"name": page.name, "kind": page.kind, "url": page.url, "failures": 0, "next_at": now()}
        added = upsert(tx, SourceRow).values(**values)
        changed = {"url": page.url, "kind": page.kind}
        await tx.execute(added.on_conflict_do_update(index_elements=["name"], set_=changed))


async def drop(tx: AsyncConnection, names: Iterable[str]) -> None:
    """Watch these pages no longer."""
    await tx.execute(delete(SourceRow).where(SourceRow.name.in_(list(names))))


async def all_sources(tx: AsyncConnection) -> tuple[Source, ...]:
    rows = (await tx.execute(select(SourceRow).order_by(SourceRow.name))).mappings()
    return tuple(_source(row) for row in rows)


async def claim_due(tx: AsyncConnection, moment: datetime, lease: timedelta) -> Source | None:
    """One page that is due, put off for everybody else while it is read; None where none is due."""
    due = select(SourceRow.name).where(SourceRow.next_at <= moment).order_by(SourceRow.next_at).limit(1)
    taken = (
        update(SourceRow)
        .where(SourceRow.name == due.scalar_subquery(), SourceRow.next_at <= moment)
        .values(next_at=moment + lease)
        .returning(*SourceRow.__table__.columns)
    )
    row = (await tx.execute(taken)).mappings().one_or_none()
    return _source(row) if row else None


async def note(tx: AsyncConnection, name: str, **values: Any) -> None:
    """Write what a reading showed."""
    await tx.execute(update(SourceRow).where(SourceRow.name == name).values(**values))


def _source(row: Mapping[Any, Any]) -> Source:
    return Source(**{field: row[field] for field in Source.__dataclass_fields__})

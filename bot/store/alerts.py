"""The alerts: a draw, a correction or a changed rule on its way from an administrator to the subscribers."""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import BigInteger, Boolean, Identity, Integer, String, Text, UniqueConstraint, select, update
from sqlalchemy.ext.asyncio import AsyncConnection
from sqlalchemy.orm import Mapped, mapped_column

from bot.alerts.states import ALERT, APPROVED, DONE, PUBLISHING, WAITING, sources
from bot.store.base import Base, now
from bot.store.upsert import upsert


class AlertRow(Base):
    """One per (kind, subject, revision), so that two replicas that see the same draw make one alert.

    `planned_to` is the last chat the recipients were chosen up to, `pages` how many pages that made and
    `queued` how many of them were handed to the queue.
    """

    __tablename__ = "alerts"
    __table_args__ = (UniqueConstraint("kind", "subject", "revision", name="uq_alerts_kind"),)

    id: Mapped[int] = mapped_column(
        BigInteger().with_variant(Integer, "sqlite"), Identity(), primary_key=True
    )
    kind: Mapped[str] = mapped_column(String(20))
    subject: Mapped[str] = mapped_column(String(160))
    revision: Mapped[int] = mapped_column(Integer)
    state: Mapped[str] = mapped_column(String(12), index=True)
    data: Mapped[str] = mapped_column(Text)
    note: Mapped[str | None] = mapped_column(Text)
    resend_uncertain: Mapped[bool] = mapped_column(Boolean)
    created_at: Mapped[datetime]
    decided_by: Mapped[str | None] = mapped_column(String(40))
    started_at: Mapped[datetime | None]
    done_at: Mapped[datetime | None]
    planned_to: Mapped[int | None] = mapped_column(BigInteger)
    planned: Mapped[bool] = mapped_column(Boolean)
    pages: Mapped[int] = mapped_column(Integer)
    queued: Mapped[int] = mapped_column(Integer)


@dataclass(frozen=True, slots=True)
class Alert:
    """`data` is the draw (and for a correction what it was before) in JSON types."""

    id: int
    kind: str
    subject: str
    revision: int
    state: str
    data: Mapping[str, Any]
    note: str | None
    resend_uncertain: bool
    created_at: datetime
    decided_by: str | None
    started_at: datetime | None
    done_at: datetime | None
    planned_to: int | None
    planned: bool
    pages: int
    queued: int


async def create(  # noqa: PLR0913 - what an alert is made of
    tx: AsyncConnection,
    *,
    kind: str,
    subject: str,
    revision: int,
    data: Mapping[str, Any],
    state: str = WAITING,
    decided_by: str | None = None,
) -> int | None:
    """A new alert; None when there is one about the same thing already."""
    row = {
        "kind": kind,
        "subject": subject,
        "revision": revision,
        "state": state,
        "data": json.dumps(data, ensure_ascii=False),
        "resend_uncertain": False,
        "created_at": now(),
        "decided_by": decided_by,
        "planned": False,
        "pages": 0,
        "queued": 0,
    }
    made = upsert(tx, AlertRow).values(**row).on_conflict_do_nothing().returning(AlertRow.id)
    alert_id: int | None = await tx.scalar(made)
    return alert_id


async def by_id(tx: AsyncConnection, alert_id: int) -> Alert | None:
    row = (await tx.execute(select(AlertRow).where(AlertRow.id == alert_id))).mappings().one_or_none()
    return _alert(row) if row else None


async def in_state(tx: AsyncConnection, *states: str, limit: int = 50) -> tuple[Alert, ...]:
    """The alerts in any of `states`, oldest first; without a state, the newest of all."""
    wanted = select(AlertRow).limit(limit)
    if states:
        wanted = wanted.where(AlertRow.state.in_(states)).order_by(AlertRow.id)
    else:
        wanted = wanted.order_by(AlertRow.id.desc())
    return tuple(_alert(row) for row in (await tx.execute(wanted)).mappings())


async def about(tx: AsyncConnection, kind: str, subject: str) -> tuple[Alert, ...]:
    """The alerts of one kind about one thing."""
    wanted = select(AlertRow).where(AlertRow.kind == kind, AlertRow.subject == subject).order_by(AlertRow.id)
    return tuple(_alert(row) for row in (await tx.execute(wanted)).mappings())


async def correct(tx: AsyncConnection, subject: str, data: Mapping[str, Any]) -> None:
    """Let an alert that nobody has read yet say what is right."""
    open_states = (*sources(ALERT, APPROVED), APPROVED)
    changed = update(AlertRow).where(AlertRow.subject == subject, AlertRow.state.in_(open_states))
    await tx.execute(changed.where(AlertRow.kind == "draw").values(data=json.dumps(data, ensure_ascii=False)))


async def move(tx: AsyncConnection, alert_id: int, to: str, by: str | None = None) -> bool:
    """Put an alert into the state `to` if the table allows it from where it is; False where it does not."""
    values: dict[str, Any] = {"state": to}
    if by is not None:
        values["decided_by"] = by
    if to == PUBLISHING:
        values["started_at"] = now()
    if to == DONE:
        values["done_at"] = now()
    moved = update(AlertRow).where(AlertRow.id == alert_id, AlertRow.state.in_(sources(ALERT, to)))
    return (await tx.execute(moved.values(**values))).rowcount == 1


async def annotate(tx: AsyncConnection, alert_id: int, note: str | None) -> bool:
    """Change the note subscribers will read; False once it is on its way."""
    open_states = (*sources(ALERT, APPROVED), APPROVED)
    changed = update(AlertRow).where(AlertRow.id == alert_id, AlertRow.state.in_(open_states))
    return (await tx.execute(changed.values(note=note))).rowcount == 1


async def progress(tx: AsyncConnection, alert_id: int, **values: Any) -> None:
    """Note how far the choosing of recipients has come."""
    await tx.execute(update(AlertRow).where(AlertRow.id == alert_id).values(**values))


def _alert(row: Mapping[Any, Any]) -> Alert:
    made = {field: row[field] for field in Alert.__dataclass_fields__}
    return Alert(**{**made, "data": json.loads(made["data"])})

"""Who an alert is for: the subscribers a draw concerns, chosen by the database a page at a time."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import ColumnElement, exists, func, or_, select, true
from sqlalchemy.ext.asyncio import AsyncConnection

from bot.alerts.filters import REGIONS, STREAMS, AlertFilters, bit
from bot.alerts.states import SENT
from bot.store.alerts import Alert
from bot.store.deliveries import DeliveryRow, Planned
from bot.store.subscriptions import SubscriptionCodeRow, SubscriptionRow
from knowledge.draws.draw import PROGRAMS, Draw

Row = SubscriptionRow


@dataclass(frozen=True, slots=True)
class Recipient:
    """A subscriber as the choosing finds them."""

    chat_id: int
    person_id: int
    filters: AlertFilters


def concerns(draw: Draw) -> ColumnElement[bool]:
    """Whether a subscription that can be reached wants to hear of `draw`; the same as `AlertFilters` says.

    What is not known of a draw (its list, its region, a score on another scale) keeps nobody out.
    """
    wanted: ColumnElement[bool] = Row.reachable & ~Row.paused
    wanted &= (Row.programs == 0) | (Row.programs.op("&")(bit(draw.program, PROGRAMS)) != 0)
    wanted &= (Row.streams == 0) | (Row.streams.op("&")(bit(draw.stream, STREAMS)) != 0)
    if draw.region:
        wanted &= (Row.regions == 0) | (Row.regions.op("&")(bit(draw.region, REGIONS)) != 0)
    if draw.codes:
        wanted &= or_(~Row.by_code, _has_code(draw.codes))
    score = {"crs": Row.score_crs, "g3": Row.score_eoi}.get(draw.grid)
    if score is not None and draw.score_min is not None:
        wanted &= Row.within.is_(None) | score.is_(None) | (score + Row.within >= draw.score_min)
    return wanted


def _has_code(codes: tuple[str, ...]) -> ColumnElement[bool]:
    return exists().where(SubscriptionCodeRow.chat_id == Row.chat_id, SubscriptionCodeRow.code.in_(codes))


def chosen(alert: Alert) -> ColumnElement[bool]:
    """Whom the alert is for: of a correction only those who were told what is corrected, where it touches them."""
    if "draw" not in alert.data:
        return Row.reachable & ~Row.paused
    draw = Draw.from_json(alert.data["draw"])
    if alert.kind != "correction":
        return concerns(draw)
    told = exists().where(
        DeliveryRow.chat_id == Row.chat_id,
        DeliveryRow.alert_id.in_(alert.data.get("told_by", [])),
        DeliveryRow.state == SENT,
    )
    return Row.reachable & ~Row.paused & told & _touched(alert.data)


def _touched(data: Mapping[str, Any]) -> ColumnElement[bool]:
    """A changed date or score touches everybody who was told; a changed list those who follow one of its codes."""
    if set(data.get("changed", ())) - {"codes", "size"}:
        return true()
    before, after = set(data["before"].get("codes", ())), set(data["draw"].get("codes", ()))
    return _has_code(tuple(sorted(before ^ after)) or ("",))


async def count(tx: AsyncConnection, alert: Alert) -> int:
    """How many people the alert would reach now."""
    return int(await tx.scalar(select(func.count()).select_from(Row).where(chosen(alert))) or 0)


async def page(tx: AsyncConnection, alert: Alert, after: int | None, size: int) -> tuple[Recipient, ...]:
    """The next `size` recipients in the order of their chats, beginning behind `after`."""
    wanted = select(Row.chat_id, Row.person_id, Row.filters).where(chosen(alert))
    if after is not None:
        wanted = wanted.where(Row.chat_id > after)
    rows = await tx.execute(wanted.order_by(Row.chat_id).limit(size))
    return tuple(Recipient(row.chat_id, row.person_id, read(row.filters)) for row in rows)


async def filters_of(tx: AsyncConnection, chats: list[int]) -> dict[int, AlertFilters]:
    """The wishes of these chats; who has unsubscribed since is missing."""
    rows = await tx.execute(select(Row.chat_id, Row.filters).where(Row.chat_id.in_(chats)))
    return {row.chat_id: read(row.filters) for row in rows}


def read(filters: str) -> AlertFilters:
    """Stored wishes; those of a version that knew other ones count as none."""
    try:
        return AlertFilters.model_validate_json(filters)
    except ValueError:
        return AlertFilters()


def planned(recipient: Recipient, page_number: int, moment: datetime) -> Planned:
    """When this recipient's message may go: at once, after the quiet hours, or in them without a sound."""
    until = recipient.filters.quiet_until(moment)
    silent = until is not None and recipient.filters.quiet == "silent"
    due = moment if until is None or silent else until
    return Planned(recipient.chat_id, recipient.person_id, page_number, due, silent)

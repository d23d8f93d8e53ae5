"""What an administrator does with an alert, from the chat or the shell, and what they see of it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy.ext.asyncio import AsyncConnection

from bot.alerts import recipients
from bot.alerts.states import APPROVED, CANCELLED, HELD, OPEN, SENT, UNCERTAIN, WAITING
from bot.store import alerts, deliveries
from bot.store.alerts import Alert

ACTIONS = {"approve": APPROVED, "hold": HELD, "cancel": CANCELLED}
LONGEST_NOTE = 800


@dataclass(frozen=True, slots=True)
class Progress:
    """How far an alert has come: people in each state, messages a second so far, seconds left at that rate."""

    alert: Alert
    counts: Mapping[str, int]
    reaches: int
    rate: float | None = None
    left: float | None = None
    uncertain: tuple[int, ...] = ()

    @property
    def settled(self) -> int:
        return sum(number for state, number in self.counts.items() if state not in OPEN)

    @property
    def total(self) -> int:
        return sum(self.counts.values()) or self.reaches


async def decide(tx: AsyncConnection, alert_id: int, action: str, by: str) -> bool:
    """Approve, hold or cancel; False where that is not possible any more. A cancelled alert goes no further."""
    done = await alerts.move(tx, alert_id, ACTIONS[action], by)
    if done and action == "cancel":
        await deliveries.cancel(tx, alert_id)
    return done


async def annotate(tx: AsyncConnection, alert_id: int, note: str) -> bool:
    """Put a note into the alert; an empty one takes it away. False once the alert is on its way."""
    return await alerts.annotate(tx, alert_id, note.strip()[:LONGEST_NOTE] or None)


async def progress(tx: AsyncConnection, alert: Alert, moment: datetime) -> Progress:
    """Where an alert stands; for one that waits, whom it would reach."""
    if alert.state in (WAITING, HELD, APPROVED):
        return Progress(alert, {}, await recipients.count(tx, alert))
    numbers = await deliveries.counts(tx, alert.id)
    uncertain = tuple(await deliveries.in_state(tx, alert.id, UNCERTAIN))
    seconds = ((alert.done_at or moment) - (alert.started_at or moment)).total_seconds()
    rate = numbers.get(SENT, 0) / seconds if seconds > 0 else None
    waiting = sum(numbers.get(state, 0) for state in OPEN)
    left = waiting / rate if rate else None
    return Progress(alert, numbers, sum(numbers.values()), rate, left, uncertain)

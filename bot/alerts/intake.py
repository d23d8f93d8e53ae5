"""What a reading of a page means for the store: new draws, corrections, and alerts that wait for approval.

Everything happens in one transaction over what is held at that moment, so that two replicas that read the
same page make one draw and one alert.
"""

from __future__ import annotations

import hashlib
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

from sqlalchemy.ext.asyncio import AsyncConnection

from bot.alerts.states import APPROVED, CANCELLED, DONE, HELD, PUBLISHING, WAITING
from bot.store import alerts, draws, notices
from bot.store.alerts import Alert
from knowledge.draws.draw import Draw
from knowledge.draws.parsing.outcome import Parsed, Problem
from knowledge.draws.parsing.updates import CodeList, attach
from knowledge.draws.reconcile import Changes, reconcile, what_changed
from knowledge.draws.record import history

# An alert tells news; an older draw that was missing is only kept.
RECENT = timedelta(days=7)
# More corrections, or more missing rows, than a page ever had at once: its layout has changed, not the past.
MASS = 10
MASS_NEW = 60
# One day's update names a dozen draws; a page re-read after months, a few dozen.
MASS_LISTS = 40
# What a subscriber must be told when it is corrected; a count of invitations or a spelling need not be.
MATTERS = frozenset({"date", "score", "region", "stream", "codes"})


@dataclass(frozen=True, slots=True)
class Guards:
    """When an alert needs no administrator: at most `at_once` new draws (0: never), all recent, source healthy."""

    at_once: int = 0
    healthy: bool = True

    def approve(self, number: int) -> bool:
        return self.healthy and 0 < number <= self.at_once


@dataclass(frozen=True, slots=True)
class Taken:
    """What a reading changed: keys of new and revised draws, ids of the alerts made, why it was refused if so."""

    new: tuple[str, ...] = ()
    revised: tuple[str, ...] = ()
    alerts: tuple[int, ...] = ()
    refused: str | None = None


async def held(tx: AsyncConnection) -> tuple[Draw, ...]:
    """Every draw known: the shipped record under what the store has since."""
    merged = {draw.key: draw for draw in history()}
    merged |= {draw.key: draw for draw in await draws.known(tx)}
    return tuple(merged.values())


async def take(tx: AsyncConnection, source: str, parsed: Parsed, today: date, guards: Guards) -> Taken:
    """Keep what a page's rows say. A mass change is refused with a notice: nothing is alerted or forgotten."""
    await note_problems(tx, source, parsed.problems)
    if not parsed.draws:
        await notices.raise_notice(tx, "empty", f"{source}:{today}", source=source)
        return Taken(refused="empty")
    changes = reconcile(await held(tx), parsed.draws)
    if (why := suspicious(changes, len(parsed.draws))) is not None:
        details = {"source": source, "why": why, "new": len(changes.new), "gone": len(changes.gone)}
        await notices.raise_notice(tx, "mass", f"{source}:{today}", revised=len(changes.revised), **details)
        return Taken(refused=why)
    await _note_gone(tx, source, changes.gone)
    healthy = Guards(guards.at_once, guards.healthy and not parsed.problems)
    return await _keep(tx, changes, today, healthy)


async def take_lists(
    tx: AsyncConnection, source: str, lists: Sequence[CodeList], problems: Sequence[Problem], today: date
) -> Taken:
    """Keep the occupation lists of an updates page with the draws they surely belong to."""
    known = await held(tx)
    days = {each.day for each in lists}
    before = [draw for draw in known if draw.date in days]
    after, unmatched = attach([_bare(draw) for draw in before], lists)
    recent = [each for each in unmatched if each.where[:10] >= (today - RECENT).isoformat()]
    await note_problems(tx, source, (*problems, *recent))
    revised = tuple(
        (old, new.with_codes(new.codes, new.noc_version))
        for old, new in zip(before, after, strict=True)
        if new.codes and set(new.codes) != set(old.codes)
    )
    if len(revised) > MASS_LISTS:
        await notices.raise_notice(
            tx, "mass", f"{source}:{today}", source=source, why="lists", revised=len(revised)
        )
        return Taken(refused="lists")
    return await _keep(tx, Changes(revised=revised), today, Guards())


def suspicious(changes: Changes, rows: int) -> str | None:
    """Why a reading looks like a changed layout and not like news; None where it looks like news."""
    if len(changes.gone) > max(MASS, rows // 4):
        return "gone"
    if len(changes.revised) > MASS:
        return "revised"
    return "new" if len(changes.new) > MASS_NEW else None


async def note_problems(tx: AsyncConnection, source: str, problems: Sequence[Problem]) -> None:
    """One notice for one set of places that could not be read; the record's own known slips are none."""
    unread = [each for each in problems if each.reason != "section_year"]
    if unread:
        said = [f"{each.where}: {each.reason}: {each.said}" for each in unread]
        mark = hashlib.blake2b("\n".join(said).encode(), digest_size=8).hexdigest()
        await notices.raise_notice(
            tx, "unread", f"{source}:{mark}", source=source, places=said[:10], count=len(said)
        )


async def _note_gone(tx: AsyncConnection, source: str, gone: Sequence[Draw]) -> None:
    # A secondary row that the official feed does not show yet is not gone.
    missing = sorted(draw.key for draw in gone if draw.confidence != "secondary")
    if missing:
        mark = hashlib.blake2b("\n".join(missing).encode(), digest_size=8).hexdigest()
        await notices.raise_notice(tx, "gone", f"{source}:{mark}", source=source, draws=missing[:10])


async def _keep(tx: AsyncConnection, changes: Changes, today: date, guards: Guards) -> Taken:
    fresh = [draw for draw in changes.new if draw.date >= today - RECENT]
    state = APPROVED if guards.approve(len(fresh)) else WAITING
    made: list[int] = []
    new: list[str] = []
    for draw in changes.new:
        if not await draws.add(tx, draw):
            continue
        new.append(draw.key)
        if draw in fresh:
            made += await _announce(tx, draw, state)
    revised = [pair for pair in changes.revised if await _revise(tx, *pair, made)]
    return Taken(tuple(new), tuple(now.key for _, now in revised), tuple(made))


async def _announce(tx: AsyncConnection, draw: Draw, state: str) -> list[int]:
    by = "guards" if state == APPROVED else None
    made = await alerts.create(
        tx,
        kind="draw",
        subject=draw.key,
        revision=1,
        data={"draw": draw.to_json()},
        state=state,
        decided_by=by,
    )
    if made is None:
        return []
    if state == WAITING:
        await notices.raise_notice(tx, "waiting", str(made), alert=made, draw=draw.to_json())
    return [made]


async def _revise(tx: AsyncConnection, old: Draw, new: Draw, made: list[int]) -> bool:
    changed = what_changed(old, new)
    revision = await draws.revise(tx, old, new, changed)
    if revision is None:
        return False
    told = await _told(tx, old.key)
    if any(alert.state in (WAITING, HELD, APPROVED) for alert in told):
        # Nobody has read it yet: the alert simply says what is right.
        await alerts.correct(tx, old.key, {"draw": new.to_json()})
    elif told and changed & MATTERS:
        made += await _correct(tx, old, new, revision, changed, told)
    return True


async def _correct(  # noqa: PLR0913, PLR0917 - what a correction is made of
    tx: AsyncConnection,
    old: Draw,
    new: Draw,
    revision: int,
    changed: frozenset[str],
    told: Sequence[Alert],
) -> list[int]:
    data: dict[str, Any] = {
        "draw": new.to_json(),
        "before": old.to_json(),
        "changed": sorted(changed),
        "told_by": [alert.id for alert in told if alert.state in (PUBLISHING, DONE, CANCELLED)],
    }
    made = await alerts.create(tx, kind="correction", subject=new.key, revision=revision, data=data)
    if made is None:
        return []
    await notices.raise_notice(tx, "waiting", str(made), alert=made, draw=new.to_json())
    return [made]


async def _told(tx: AsyncConnection, key: str) -> tuple[Alert, ...]:
    return await alerts.about(tx, "draw", key)


def _bare(draw: Draw) -> Draw:
    return draw.with_codes((), None)

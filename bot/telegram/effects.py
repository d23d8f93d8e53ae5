"""The side effects of a turn, carried out in the transaction that saves it."""

from __future__ import annotations

import json
from collections.abc import Awaitable, Callable, Sequence
from dataclasses import dataclass
from datetime import date

import structlog
from sqlalchemy.ext.asyncio import AsyncConnection

from bot.conversation.events import Asker
from bot.conversation.replies import (
    AdminAction,
    Effect,
    Export,
    Feedback,
    Forget,
    Reply,
    Subscribe,
    Unsubscribe,
)
from bot.store import feedback, people, subscriptions
from bot.store.address import Address
from bot.telegram.packing import File, Parcel

log = structlog.get_logger()

# Carries out what an administrator asked for, in the same transaction; returns what to answer.
AdminHook = Callable[[AsyncConnection, AdminAction, Asker], Awaitable[Sequence[Reply]]]


async def no_admin_actions(_tx: AsyncConnection, _action: AdminAction, _asker: Asker) -> Sequence[Reply]:
    """The hook of a bot that publishes nothing."""
    return ()


@dataclass(frozen=True, slots=True)
class Doer:
    """Whose effects they are, on which day, and what carries out an administrator's."""

    address: Address
    asker: Asker
    today: date
    admin: AdminHook = no_admin_actions


async def carry_out(tx: AsyncConnection, effect: Effect, doer: Doer) -> Sequence[Parcel]:
    """Do what `effect` says; returns what is owed to the person because of it."""
    address, asker = doer.address, doer.asker
    match effect:
        case Forget():
            await people.forget(tx, address.person_id)
        case Export():
            return (await _export(tx, effect, doer),)
        case Subscribe():
            await subscriptions.subscribe(tx, address, effect.filters)
        case Unsubscribe():
            await subscriptions.unsubscribe(tx, address)
        case Feedback():
            await feedback.keep(tx, doer.today, effect.slug, effect.helpful, effect.question)
        case AdminAction() if asker.is_admin:
            return await doer.admin(tx, effect, asker)
        case AdminAction():
            log.warning("an administrator's command from somebody else was refused", command=effect.name)
    return ()


async def _export(tx: AsyncConnection, effect: Export, doer: Doer) -> Parcel:
    kept = await people.export(tx, doer.address.person_id)
    document = {"exported_on": doer.today.isoformat(), "kept": kept}
    return File("my-data.json", json.dumps(document, ensure_ascii=False, indent=2), effect.caption)

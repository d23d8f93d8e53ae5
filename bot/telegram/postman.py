"""What is owed gets there: the one layer that retries, and the record of what is done with.

A reply is dropped from the outbox when Telegram has taken it or never will. While it may still get there it
stays, and the next process takes over what this one leaves.
"""

from __future__ import annotations

import asyncio
from collections.abc import Iterable, Sequence

import structlog
from telegram.error import TelegramError

from bot.conversation.replies import Notice
from bot.store import outbox, people, subscriptions
from bot.store.database import Store
from bot.store.faults import StoreUnavailable
from bot.store.outbox import Owed
from bot.telegram.carrier import Carrier
from bot.telegram.faults import Fault, Kind, classify
from bot.telegram.packing import BadParcel, Parcel, unpack
from bot.telegram.retrying import again_after
from bot.telegram.veil import veiled

log = structlog.get_logger()
DATABASE_PAUSE = 0.5


class Postman:
    """Sends what is owed, in order within a chat, and strikes it out in batches."""

    def __init__(self, carrier: Carrier, store: Store) -> None:
        self._carrier = carrier
        self._store = store
        self._done: list[Owed] = []
        self._striking: asyncio.Task[None] | None = None

    async def post(self, replies: Sequence[Owed]) -> None:
        """Send `replies` of one person; returns when each has arrived or never will."""
        opened = [(owed, self._open(owed)) for owed in replies]
        # A notice only stops the spinner of a button: no reason to wait for it, or to let it wait.
        notices = [self._send(owed, parcel) for owed, parcel in opened if isinstance(parcel, Notice)]
        rest = [(owed, parcel) for owed, parcel in opened if not isinstance(parcel, Notice)]
        await asyncio.gather(self._in_order(rest), *notices)

    async def settled(self) -> None:
        """Return when all that was sent is struck out."""
        while self._striking is not None:
            await self._striking

    async def _in_order(self, parcels: Iterable[tuple[Owed, Parcel | None]]) -> None:
        for owed, parcel in parcels:
            await self._send(owed, parcel)

    async def _send(self, owed: Owed, parcel: Parcel | None) -> None:
        if parcel is not None:
            await self._deliver(owed, parcel)
        self._strike(owed)

    async def _deliver(self, owed: Owed, parcel: Parcel) -> None:
        chat_id, tries = owed.address.chat_id, 0
        while True:
            try:
                await self._carrier.carry(chat_id, parcel)
                return
            except TelegramError as error:
                tries += 1
                fault = classify(error)
                wait = again_after(fault, tries)
                self._note(owed, parcel, error, fault, wait)
            if fault.kind is Kind.GONE:
                await self._unreachable(chat_id)
            if fault.kind is Kind.MOVED and fault.moved_to is not None:
                await self._move(chat_id, fault.moved_to)
                chat_id = fault.moved_to
            if wait is None:
                return
            await asyncio.sleep(wait)

    def _open(self, owed: Owed) -> Parcel | None:
        try:
            return unpack(owed.payload)
        except BadParcel as error:
            log.error("owed reply cannot be read", update_id=owed.update_id, reason=str(error))
            return None

    def _note(self, owed: Owed, parcel: Parcel, error: Exception, fault: Fault, wait: float | None) -> None:
        if fault.kind is Kind.DONE:
            return
        what = {"reply": type(parcel).__name__, "fault": fault.kind.value, "error": type(error).__name__}
        say = log.warning if wait is not None or fault.kind is Kind.GONE else log.error
        detail = {"said": str(error)} if fault.kind is Kind.REFUSED else {}
        say("reply not taken", chat=veiled(owed.address.chat_id), again_in=wait, **what, **detail)

    async def _unreachable(self, chat_id: int) -> None:
        async with self._store.writing() as tx:
            await subscriptions.reach(tx, chat_id, False)

    async def _move(self, old: int, new: int) -> None:
        async with self._store.writing() as tx:
            await people.move_chat(tx, old, new)

    def _strike(self, owed: Owed) -> None:
        self._done.append(owed)
        if self._striking is None:
            self._striking = asyncio.create_task(self._strike_out())

    async def _strike_out(self) -> None:
        try:
            while self._done:
                done, self._done = self._done[:200], self._done[200:]
                try:
                    async with self._store.writing() as tx:
                        await outbox.sent(tx, done)
                except StoreUnavailable as error:
                    log.warning("sent replies not struck out yet", reason=str(error))
                    self._done = [*done, *self._done]
                    await asyncio.sleep(DATABASE_PAUSE)
        finally:
            self._striking = None

"""Updates into the inbox and on to the desk: polled, pushed by a webhook, or left by an earlier process."""

from __future__ import annotations

import time
from collections.abc import Callable, Mapping, Sequence
from itertools import groupby
from typing import Any

import structlog

from bot.store import inbox, outbox
from bot.store.database import Store
from bot.store.faults import StoreUnavailable
from bot.telegram.budget import Budget
from bot.telegram.desk import Desk
from bot.telegram.updates import Letter, read, reread

log = structlog.get_logger()


class Intake:
    """Keeps what is new and hands it to the desk; `bot_name` tells commands to this bot from others'."""

    def __init__(  # noqa: PLR0913 - what an intake stands between
        self,
        store: Store,
        desk: Desk,
        bot_name: str,
        budget: Budget,
        *,
        clock: Callable[[], float] = time.monotonic,
        holder: str | None = None,
    ) -> None:
        self._store = store
        self._desk = desk
        self._bot_name = bot_name
        self._budget = budget
        self._clock = clock
        self._holder = holder

    async def take(self, raw_updates: Sequence[Mapping[str, Any]]) -> int:
        """Keep the new ones of `raw_updates` for good, then queue them; returns how many.

        Raises StoreUnavailable with nothing kept: Telegram must not be told that they arrived.
        """
        letters = [letter for letter in (read(raw, self._bot_name) for raw in raw_updates) if letter]
        if not letters:
            return 0
        try:
            return await self._keep(letters)
        except StoreUnavailable:
            raise
        except Exception:
            log.exception("updates cannot be kept together", count=len(letters))
        return sum([await self._keep_if_possible(letter) for letter in letters])

    async def _keep_if_possible(self, letter: Letter) -> int:
        """One letter alone; what no database takes is dropped, because it would hold up all others for ever."""
        try:
            return await self._keep([letter])
        except StoreUnavailable:
            raise
        except Exception:
            log.exception("update dropped", update_id=letter.update_id)
            return 0

    async def _keep(self, letters: Sequence[Letter]) -> int:
        async with self._store.writing(durable=True) as tx:
            unknown = await inbox.new_of(tx, [letter.update_id for letter in letters])
            new = [letter for letter in letters if letter.update_id in unknown]
            verdicts = [(letter, self._budget.spend(letter.address, self._clock())) for letter in new]
            kept = [(letter, verdict) for letter, verdict in verdicts if verdict != "silent"]
            await inbox.receive(tx, [letter.mail for letter, _ in kept], self._holder)
        for letter, verdict in kept:
            self._desk.take(letter, over_budget=verdict == "warn")
        return len(kept)

    async def resume(self) -> tuple[int, int]:
        """Queue what an earlier process left: replies owed first, then letters; returns how many of each."""
        async with self._store.writing() as tx:
            owed = await outbox.take_over(tx, every=True, limit=100_000)
            mails = await inbox.waiting(tx)
        return self._queue(owed, mails)

    async def rescue(self, holder: str) -> tuple[int, int]:
        """Queue what nobody holds any more, now held by `holder`; returns how many replies and letters."""
        async with self._store.writing() as tx:
            owed = await outbox.take_over(tx, holder=holder)
            mails = await inbox.take_over(tx, holder)
        return self._queue(owed, mails)

    def _queue(self, owed: Sequence[outbox.Owed], mails: Sequence[inbox.Mail]) -> tuple[int, int]:
        by_person = sorted(owed, key=lambda one: (one.address.chat_id, one.address.person_id))
        for address, replies in groupby(by_person, key=lambda one: one.address):
            self._desk.resend(address, tuple(replies))
        letters = [letter for letter in (self._reread(mail) for mail in mails) if letter]
        for letter in letters:
            self._desk.take(letter)
        return len(owed), len(letters)

    def _reread(self, mail: inbox.Mail) -> Letter | None:
        letter = reread(mail, self._bot_name)
        if letter is None:
            log.error("mail in the inbox cannot be read", update_id=mail.update_id)
        return letter

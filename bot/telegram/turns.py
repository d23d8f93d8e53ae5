"""One letter's turn: session read, conversation asked, everything written in one transaction.

Nothing is written before the decision, so a crash anywhere leaves the letter waiting; nothing is left
unwritten after it, so it never takes effect twice.
"""

from __future__ import annotations

import asyncio
import random
from collections.abc import Callable, Sequence
from datetime import date
from typing import Generic, TypeVar

import structlog
from sqlalchemy.ext.asyncio import AsyncConnection

from bot.conversation.events import Asker, Membership, Tap
from bot.conversation.replies import Forget, Notice, Say
from bot.store import inbox, outbox, sessions, subscriptions
from bot.store.database import Store
from bot.store.faults import StoreUnavailable
from bot.store.outbox import Owed
from bot.store.sessions import Conflict, Stored
from bot.telegram.carrier import fitted
from bot.telegram.conversing import Conversation, Outcome
from bot.telegram.effects import AdminHook, Doer, carry_out, no_admin_actions
from bot.telegram.packing import Parcel, pack
from bot.telegram.texts import text
from bot.telegram.updates import Letter

S = TypeVar("S")
log = structlog.get_logger()
# Every round one of the writers gets through, so this many only ever meets a fault of the store.
CONFLICTS = 200
CONFLICT_PAUSE = 0.01
DATABASE_PAUSE = (0.1, 0.5, 1.0, 2.0, 5.0)


class Turns(Generic[S]):
    """Settles letters against the store; `today` is Toronto's date, `admins` the people who may publish.

    `holder` names this process where several share one outbox.
    """

    def __init__(  # noqa: PLR0913 - what a turn needs to know
        self,
        store: Store,
        conversation: Conversation[S],
        today: Callable[[], date],
        admins: frozenset[int] = frozenset(),
        *,
        admin_hook: AdminHook = no_admin_actions,
        holder: str | None = None,
    ) -> None:
        self._store = store
        self._conversation = conversation
        self._today = today
        self._admins = admins
        self._admin_hook = admin_hook
        self._holder = holder

    async def settle(self, letter: Letter) -> Sequence[Owed]:
        """Give `letter` its effect, once, and return what is owed for it.

        Waits as long as the database is away. A fault of the conversation is answered with an apology.
        """
        conflicts = waits = 0
        while True:
            try:
                return await self._turn(letter)
            except Conflict:
                conflicts += 1
                if conflicts > CONFLICTS:
                    return await self._apologise(letter)
                await asyncio.sleep(random.uniform(0, CONFLICT_PAUSE * min(conflicts, 10)))  # noqa: S311
            except StoreUnavailable as error:
                log.warning("letter waits for the database", update_id=letter.update_id, reason=str(error))
                await asyncio.sleep(DATABASE_PAUSE[min(waits, len(DATABASE_PAUSE) - 1)])
                waits += 1
            except Exception:
                # The traceback shows our code and the kind of error, never what the person wrote.
                log.exception("letter failed", update_id=letter.update_id, kind=type(letter.event).__name__)
                return await self._apologise(letter)

    async def slow_down(self, letter: Letter) -> Sequence[Owed]:
        """Answer a letter over the person's budget with a kind word and nothing else."""
        return await self._only_say(letter, text("slow_down", letter.language_code))

    async def _turn(self, letter: Letter) -> Sequence[Owed]:
        asker = letter.asker(self._admins)
        async with self._store.reading() as connection:
            read = await sessions.load(connection, letter.address)
        session = self._conversation.load(read.session, asker)
        outcome = self._conversation.respond(session, letter.event, asker, self._today())
        async with self._store.writing() as tx:
            if not await inbox.handled(tx, letter.update_id):
                return ()
            return await self._write(tx, letter, asker, read, outcome)

    async def _write(
        self, tx: AsyncConnection, letter: Letter, asker: Asker, read: Stored, outcome: Outcome[S]
    ) -> Sequence[Owed]:
        parcels: list[Parcel] = list(outcome.replies)
        dumped = self._conversation.dump(outcome.session)
        if dumped != read.session and _worth_keeping(letter, read, outcome):
            await sessions.save(tx, letter.address, dumped, read)
        doer = Doer(letter.address, asker, self._today(), self._admin_hook)
        for effect in outcome.effects:
            parcels += await carry_out(tx, effect, doer)
        # Whoever writes can be written to again, whatever an earlier alert has met.
        there = not isinstance(letter.event, Membership) or letter.event.status == "active"
        await subscriptions.reach(tx, letter.address.chat_id, there)
        return await self._owe(tx, letter, parcels)

    async def _apologise(self, letter: Letter) -> Sequence[Owed]:
        return await self._only_say(letter, text("apology", letter.language_code))

    async def _only_say(self, letter: Letter, words: str) -> Sequence[Owed]:
        said: tuple[Parcel, ...] = (Say(words),)
        if isinstance(letter.event, Tap):
            said = (Notice(letter.event.query_id), *said)
        while True:
            try:
                async with self._store.writing() as tx:
                    fresh = await inbox.handled(tx, letter.update_id)
                    return await self._owe(tx, letter, said) if fresh else ()
            except StoreUnavailable as error:
                log.warning("letter waits for the database", update_id=letter.update_id, reason=str(error))
                await asyncio.sleep(DATABASE_PAUSE[-1])

    async def _owe(self, tx: AsyncConnection, letter: Letter, parcels: Sequence[Parcel]) -> Sequence[Owed]:
        pieces = [piece for parcel in parcels for piece in fitted(parcel)]
        owed = [Owed(letter.update_id, n, letter.address, pack(piece)) for n, piece in enumerate(pieces)]
        await outbox.owe(tx, owed, self._holder)
        return owed


def _worth_keeping(letter: Letter, read: Stored, outcome: Outcome[S]) -> bool:
    """Not after /forget; and to be blocked, or put into a group, is no acquaintance yet."""
    forgotten = any(isinstance(effect, Forget) for effect in outcome.effects)
    return not forgotten and not (isinstance(letter.event, Membership) and read.session is None)

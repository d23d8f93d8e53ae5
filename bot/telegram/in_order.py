"""A person's letters in the order they were sent, though several replicas receive them.

Telegram delivers the next update as soon as the last one is taken, and a balancer may give it to another replica. Each
waits for what the person said before; what a dead replica left is settled on the way.
"""

from __future__ import annotations

import asyncio
import time
from collections.abc import Sequence

import structlog
from sqlalchemy import exists, select

from bot.store import inbox, outbox
from bot.store.database import Store
from bot.store.faults import StoreUnavailable
from bot.store.outbox import Owed
from bot.telegram.desk import Decides
from bot.telegram.updates import Letter, reread

log = structlog.get_logger()
PAUSE, LONGEST_PAUSE = 0.03, 0.5
# Far longer than a hold lasts, so that a dead or a slow replica's letter comes first; only a stuck one is passed.
PATIENCE = 120.0
# A reply on its way from another replica; Telegram may be slow, and the order of two replies is worth only so much.
REPLY_PATIENCE = 2.0


class InOrder:
    """Lets a letter wait for those before it; `holder` is this replica's name, `turns` settles what was left."""

    def __init__(self, turns: Decides, store: Store, bot_name: str, holder: str) -> None:
        self._turns = turns
        self._store = store
        self._bot_name = bot_name
        self._holder = holder

    async def before(self, letter: Letter) -> Sequence[Owed]:
        """Return when everything this person sent earlier is settled; what nobody held is settled here."""
        owed: list[Owed] = []
        begun, pause = time.monotonic(), PAUSE
        while (waited := time.monotonic() - begun) < PATIENCE:
            try:
                earlier, replying, left = await self._look(letter)
            except StoreUnavailable:
                # The turn itself waits for the database, and says so.
                return owed
            if not earlier and not (replying and waited < REPLY_PATIENCE):
                return owed
            if left is not None:
                owed += await self._settle_left(left)
                continue
            await asyncio.sleep(pause)
            pause = min(pause * 1.5, LONGEST_PAUSE)
        log.warning("letter goes before an earlier one", update_id=letter.update_id)
        return owed

    async def _look(self, letter: Letter) -> tuple[bool, bool, inbox.Mail | None]:
        """Is there an earlier letter, is another replica replying, and which earlier letter is left to us?"""
        mail = letter.mail
        both = select(
            exists().where(inbox.earlier_than(mail)),
            exists().where(outbox.owed_by_others(letter.address, self._holder)),
        )
        async with self._store.reading() as connection:
            earlier, replying = (await connection.execute(both)).one()
            found = await inbox.first_before(connection, mail, self._holder) if earlier else None
        return bool(earlier), bool(replying), found[0] if found is not None and found[1] else None

    async def _settle_left(self, mail: inbox.Mail) -> Sequence[Owed]:
        letter = reread(mail, self._bot_name)
        if letter is not None:
            return await self._turns.settle(letter)
        log.error("mail in the inbox cannot be read", update_id=mail.update_id)
        async with self._store.writing() as tx:
            await inbox.handled(tx, mail.update_id)
        return ()

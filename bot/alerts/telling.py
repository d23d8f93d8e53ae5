"""What administrators are told: trouble with a page, a draw that waits for them, each once."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date

import structlog
from telegram.error import TelegramError

from bot.alerts import recipients
from bot.alerts.message import Message
from bot.alerts.sending import Carrier
from bot.conversation.callbacks import Go, encode
from bot.conversation.replies import Button, Keyboard
from bot.store import alerts, notices, sessions
from bot.store.address import Address
from bot.store.database import Store
from bot.store.notices import Notice
from knowledge.content.render import Language, label, render

log = structlog.get_logger()


@dataclass(frozen=True, slots=True)
class Teller:
    """Writes to `admins`, in the language each has chosen."""

    store: Store
    carrier: Carrier
    admins: frozenset[int]
    today: Callable[[], date]

    async def tell(self) -> int:
        """Tell what has not been told; returns how many notices. Without administrators they wait."""
        if not self.admins:
            return 0
        async with self.store.reading() as connection:
            waiting = await notices.untold(connection)
        for notice in waiting:
            async with self.store.writing() as tx:
                mine = await notices.told(tx, notice.id)
            if mine:
                await self._tell_all(notice)
        return len(waiting)

    async def _tell_all(self, notice: Notice) -> None:
        people = await self._reaches(notice)
        for admin in sorted(self.admins):
            language = await self._language(admin)
            text = render("notice", language, today=self.today(), notice=notice, people=people)
            try:
                await self.carrier.send(admin, Message(text, keyboard(notice, language)), False)
            except TelegramError as error:
                log.warning("an administrator was not told", notice=notice.kind, reason=str(error))

    async def _reaches(self, notice: Notice) -> int | None:
        if "alert" not in notice.details:
            return None
        async with self.store.reading() as connection:
            alert = await alerts.by_id(connection, int(notice.details["alert"]))
            return await recipients.count(connection, alert) if alert else None

    async def _language(self, admin: int) -> Language:
        async with self.store.reading() as connection:
            stored = await sessions.load(connection, Address(admin, admin))
        return "fr" if stored.session and '"language":"fr"' in stored.session else "en"


def keyboard(notice: Notice, language: Language) -> Keyboard:
    """To the alert that waits, or to the state of things."""
    alert = notice.details.get("alert")
    go = Go("admin", f"show {alert}") if alert is not None else Go("admin")
    return ((Button(label("admin.open", language), data=encode(go)),),)

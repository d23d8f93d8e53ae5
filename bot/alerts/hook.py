"""An administrator's command carried out: in the transaction of the turn that brought it, answered from the store."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import date

from sqlalchemy.ext.asyncio import AsyncConnection

from bot.alerts import administration, recipients
from bot.alerts.administration import Progress
from bot.alerts.filters import AlertFilters
from bot.alerts.message import compose
from bot.alerts.states import HELD, PUBLISHING, WAITING
from bot.conversation.callbacks import Go, encode
from bot.conversation.events import Asker
from bot.conversation.replies import AdminAction, Button, Keyboard, Reply, Say
from bot.store import alerts, watched
from bot.store.alerts import Alert
from bot.store.base import now
from knowledge.content.render import Language, label, render
from knowledge.draws.draw import Draw
from knowledge.draws.names import stream_name

SHOWN = 8


@dataclass(frozen=True, slots=True)
class Administration:
    """Answers administrators; `today` is Toronto's date."""

    today: Callable[[], date]

    async def __call__(self, tx: AsyncConnection, action: AdminAction, asker: Asker) -> Sequence[Reply]:
        language: Language = "fr" if (asker.language_code or "").startswith("fr") else "en"
        if action.name == "confirm":
            await watched.note(tx, action.argument, review_since=None)
            return await self._status(tx, language)
        if action.name == "status":
            return await self._status(tx, language)
        number, _, said = action.argument.partition(" ")
        alert = await alerts.by_id(tx, int(number)) if number.isdigit() and len(number) < 10 else None
        if alert is None:
            return (Say(render("admin_unknown", language, said=action.argument[:40])),)
        done: bool | None = None
        if action.name in administration.ACTIONS:
            done = await administration.decide(tx, alert.id, action.name, str(asker.chat_id))
        elif action.name == "note":
            done = await administration.annotate(tx, alert.id, said)
        return await self._one(tx, alert.id, language, done)

    async def _status(self, tx: AsyncConnection, language: Language) -> Sequence[Reply]:
        found = await alerts.in_state(tx, limit=SHOWN)
        lines = [await administration.progress(tx, alert, now()) for alert in found]
        sources = await watched.all_sources(tx)
        text = render(
            "admin",
            language,
            lines=lines,
            name=lambda alert: title(alert, language),
            sources=[source for source in sources if source.kind != "cited"],
            reviews=[source for source in sources if source.review_since],
        )
        buttons = [
            (_go("admin.alert", f"show {line.alert.id}", language, number=line.alert.id),) for line in lines
        ]
        reviews = [
            (_go("admin.confirm", f"confirm {source.name}", language, name=source.name),)
            for source in sources
            if source.review_since
        ]
        return (Say(text, (*buttons, *reviews[:20])),)

    async def _one(
        self, tx: AsyncConnection, alert_id: int, language: Language, done: bool | None
    ) -> Sequence[Reply]:
        alert = await alerts.by_id(tx, alert_id)
        if alert is None:
            return ()
        line = await administration.progress(tx, alert, now())
        preview = compose(alert.kind, alert.data, alert.note, AlertFilters(language=language), self.today())
        reaches = await recipients.count(tx, alert)
        text = render(
            "admin_alert", language, line=line, done=done, reaches=reaches, name=title(alert, language)
        )
        return (Say(preview.text), Say(text, controls(line, language)))


def controls(line: Progress, language: Language) -> Keyboard:
    """What can still be done with an alert."""
    number = line.alert.id
    names = {
        WAITING: ("approve", "hold", "note", "cancel"),
        HELD: ("approve", "note", "cancel"),
        PUBLISHING: ("cancel",),
    }.get(line.alert.state, ())
    buttons = tuple(_go(f"admin.{name}", f"{name} {number}", language) for name in names)
    rest = (_go("admin.show", f"show {number}", language), _go("admin.status", "", language))
    return (*((button,) for button in buttons), rest)


def title(alert: Alert, language: Language) -> str:
    """What an alert is about, on one line."""

    if "draw" not in alert.data:
        return alert.subject
    draw = Draw.from_json(alert.data["draw"])
    return f"{draw.date.isoformat()} {stream_name(draw.program, draw.stream, language)}"


def _go(key: str, argument: str, language: Language, **data: object) -> Button:
    return Button(label(key, language, **data), data=encode(Go("admin", argument)))

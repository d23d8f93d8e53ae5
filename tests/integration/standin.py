"""A conversation that only counts: what the carrier promises can be checked on it to the letter.

Every message is remembered and answered with its number, so a lost, doubled or swapped one is seen at once.
"""

from __future__ import annotations

import html
import json
import os
import sys
from dataclasses import dataclass
from datetime import date

from bot import logs
from bot.app import RunningBot, run
from bot.config import read_settings
from bot.conversation.events import Asker, Command, Event, InlineQuery, Media, Membership, Tap, Text
from bot.conversation.replies import (
    AdminAction,
    Attachment,
    Button,
    Effect,
    Export,
    Feedback,
    Forget,
    InlineAnswer,
    InlineCard,
    Notice,
    Reply,
    Say,
    Subscribe,
)

Session = tuple[str, ...]


@dataclass(frozen=True)
class Outcome:
    session: Session
    replies: tuple[Reply, ...] = ()
    effects: tuple[Effect, ...] = ()


class Counting:
    """Answers `n: what was said` with a button; commands cause the effect of their name."""

    def load(self, stored: str | None, _asker: Asker) -> Session:
        return tuple(json.loads(stored)) if stored else ()

    def dump(self, session: Session) -> str:
        return json.dumps(session)

    def respond(self, session: Session, event: Event, asker: Asker, _today: date) -> Outcome:
        match event:
            case Text(text=said):
                return self.count(session, said)
            case Tap():
                return self.tapped(session, event)
            case Command():
                return self.commanded(session, event, asker)
            case Media(kind=kind):
                return self.count(session, f"<{kind}>")
            case InlineQuery(query_id=number, text=said):
                return Outcome(session, (InlineAnswer(number, (InlineCard("1", said, "", said),)),))
            case Membership():
                return Outcome(session)

    def count(self, session: Session, said: str) -> Outcome:
        if said == "crash":
            raise RuntimeError(said)
        if said == "broken markup":
            return Outcome(session, (Say("<b>bold <i>&amp; open"),))
        if said == "long":
            paragraphs = "\n\n".join(f"<b>{n}</b> " + "word " * 100 for n in range(40))
            return Outcome(session, (Say(paragraphs, self.button(session)),))
        now = (*session, said)
        return Outcome(now, (Say(f"{len(now)}: {html.escape(said)}", self.button(now)),))

    def button(self, session: Session) -> tuple[tuple[Button, ...], ...]:
        return ((Button("next", data=f"step {len(session)}"),),)

    def tapped(self, session: Session, tap: Tap) -> Outcome:
        if tap.data != f"step {len(session)}":
            return Outcome(session, (Notice(tap.query_id, "stale"),))
        now = (*session, "tap")
        said = Say(f"{len(now)}: tap", self.button(now), replaces=tap.message_id)
        return Outcome(now, (Notice(tap.query_id), said))

    def commanded(self, session: Session, command: Command, asker: Asker) -> Outcome:
        effects: dict[str, tuple[Effect, ...]] = {
            "forget": (Forget(),),
            "export": (Export("All of it"),),
            "subscribe": (Subscribe({"streams": [command.argument]}),),
            "feedback": (Feedback("fees", True, command.argument or None),),
            "approve": (AdminAction("approve", command.argument),),
        }
        said: list[Reply] = [Say(f"/{command.name} {command.argument}".strip())]
        if command.name == "draw":
            said = [Attachment(command.argument, {"n": 1}, "What was to be seen", self.button(session))]
        if asker.is_admin:
            said.append(Say("administrator"))
        return Outcome(session, tuple(said), effects.get(command.name, ()))


def announce(running: RunningBot) -> None:
    sys.stdout.write("ready\n")
    sys.stdout.flush()


async def main() -> None:
    """Run it, as `oinp run` runs the real one."""
    settings = read_settings(os.environ)
    logs.configure(settings.log, settings.log_level)
    await run(settings, announce, Counting())

"""What is kept, the copy of it, and its end."""

from __future__ import annotations

from bot.conversation.replies import Export, Forget, Say
from bot.conversation.screens.start import next_id
from bot.conversation.session import Session
from bot.conversation.turn import Outcome, Turn, rows


def show(turn: Turn) -> Outcome:
    buttons = rows(turn.go("export", "export"), turn.go("forget", "forget"), turn.go("to_menu", "menu"))
    return turn.say("privacy", buttons, consent=turn.session.consent)


def confirm(turn: Turn) -> Outcome:
    return turn.say(
        "forget_confirm", rows(turn.go("forget.yes", "forget", "yes"), turn.go("to_menu", "menu"), width=1)
    )


def forget(turn: Turn, argument: str) -> Outcome:
    """Without a yes it asks; with one, the session starts anew and everything stored goes."""
    if argument != "yes":
        return confirm(turn)
    session = Session(id=next_id(turn.session.id), language=turn.session.language)
    return Outcome(session, (Say(turn.text("forgotten")),), (Forget(),))


def export(turn: Turn) -> Outcome:
    return Outcome(turn.session, (), (Export(turn.text("export_caption")),))

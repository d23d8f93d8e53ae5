"""What administrators do in the chat. The screens here only say what is wanted; the worker's desk answers."""

from __future__ import annotations

import re

from bot.conversation.replies import AdminAction
from bot.conversation.turn import Outcome, Turn, rows

WAITING = "adminnote"
ACTIONS = ("approve", "hold", "cancel", "show", "confirm")


def command(turn: Turn, argument: str = "") -> Outcome:
    """`/admin`, `/admin approve 5`, or a button of it; anybody else is told that this is not for them."""
    if not turn.asker.is_admin:
        refused = turn.say("admin_refused", rows(turn.go("to_menu", "menu")))
        return Outcome(refused.session, refused.replies, (AdminAction("refused", argument[:60]),))
    name, _, about = argument.partition(" ")
    if name == "note" and re.fullmatch(r"\d{1,9}", about):
        return ask_note(turn, about)
    action = name if name in ACTIONS else "status"
    return Outcome(turn.session, (), (AdminAction(action, about.strip()),))


def ask_note(turn: Turn, alert: str) -> Outcome:
    """Asks for the note that goes into an alert; the next text is it."""
    waiting = turn.at(turn.session.at(awaiting=f"{WAITING}.{alert}"))
    return waiting.say("admin_note", rows(turn.go("admin.open", "admin", f"show {alert}")), alert=alert)


def read_note(turn: Turn, alert: str, text: str) -> Outcome:
    """The typed note; a single dash takes it away."""
    if not turn.asker.is_admin:
        return command(turn, "note")
    said = "" if text.strip() in ("-", "–", "—") else text
    return Outcome(turn.session, (), (AdminAction("note", f"{alert} {said}"),))

"""Where people are found: licensed advice, free help, the program itself, and who runs this bot."""

from __future__ import annotations

from bot.conversation.turn import Outcome, Turn, rows
from knowledge.directory.directory import directory


def show(turn: Turn) -> Outcome:
    """Official addresses, and the operator's own contact where the configuration names one."""
    known = directory()
    buttons = rows(turn.go("tools.back", "tools"), turn.go("to_menu", "menu"))
    return turn.say("human", buttons, offices=known.places, as_of=known.as_of, contact=turn.library.contact)

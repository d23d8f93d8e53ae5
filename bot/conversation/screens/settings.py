"""Language, and the way to privacy and a new start."""

from __future__ import annotations

from bot.conversation import interview
from bot.conversation.replies import Say
from bot.conversation.screens import alerts
from bot.conversation.turn import Outcome, Turn, rows


def show(turn: Turn) -> Outcome:
    buttons = rows(
        turn.go("language.en", "lang", "en"),
        turn.go("language.fr", "lang", "fr"),
        turn.go("review", "review"),
        turn.go("restart", "restart"),
        turn.go("privacy", "privacy"),
        turn.go("to_menu", "menu"),
    )
    return turn.say("settings", buttons)


def language(turn: Turn, choice: str) -> Outcome:
    """The chosen language from now on; an open question is put again in it."""
    if choice not in ("en", "fr"):
        return show(turn)
    turn = turn.at(turn.session.at(language=choice, language_chosen=True))
    said = Say(turn.text("language_set"))
    shown = interview.again(turn) if turn.session.interviewing else show(turn)
    return alerts.spoken_anew(shown).after(said)

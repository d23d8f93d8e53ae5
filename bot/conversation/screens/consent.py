"""The plain question before any answer is kept."""

from __future__ import annotations

from typing import get_args

from bot.conversation.replies import Say
from bot.conversation.session import Goal
from bot.conversation.turn import Outcome, Turn, rows


def ask(turn: Turn) -> Outcome:
    """May answers be kept? Without a yes, only what needs no memory is offered."""
    return ask_for(turn, turn.session.goal or "")


def ask_for(turn: Turn, then: str) -> Outcome:
    """The question, with what follows a yes: a goal of the interview or a NOC code to keep."""
    buttons = rows(
        turn.go("consent.yes", "consent", f"yes {then}"),
        turn.go("consent.no", "consent", "no"),
        turn.go("privacy", "privacy"),
        width=1,
    )
    return Outcome(turn.session, (Say(turn.text("consent"), buttons),))


def answer(turn: Turn, argument: str) -> Outcome:
    from bot.conversation import interview
    from bot.conversation.screens import start

    decision, _, goal = argument.partition(" ")
    if decision != "yes":
        session = turn.session.at(consent="refused", goal=None, asking=None)
        return turn.at(session).say("consent_refused", start.menu_keyboard(turn))
    turn = turn.at(turn.session.at(consent="given"))
    if goal.isdigit():
        from bot.conversation.screens import noc

        return noc.use(turn, goal)
    if goal not in get_args(Goal):
        return start.menu(turn)
    return interview.begin(turn, goal)  # type: ignore[arg-type]  # checked just above

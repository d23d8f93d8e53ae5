"""The reference letter: what it must hold, and a skeleton of questions for the person's own code."""

from __future__ import annotations

from bot.conversation.turn import Outcome, Turn, rows
from knowledge.letters.skeleton import letter, skeleton
from knowledge.noc.unit_group import UnitGroup

MOST_CODES = 3


def show(turn: Turn, argument: str = "") -> Outcome:
    """What a letter must hold; with a code, the skeleton for it is offered too."""
    codes = known_codes(turn, argument)
    group = turn.library.noc[codes[0]] if codes else None
    buttons = rows(
        *(turn.go("letter.skeleton", "skeleton", code, code=code) for code in codes),
        turn.go("menu.noc", "noc"),
        turn.go("tools.back", "tools"),
        turn.go("to_menu", "menu"),
    )
    return turn.say("letter", buttons, must_hold=letter().must_hold, group=group, source=letter().citation)


def known_codes(turn: Turn, argument: str = "") -> list[str]:
    """The codes that may be meant: the one named, the one of the offer, those of past jobs, the last matched."""
    profile = turn.session.profile
    jobs = (job.noc for job in reversed(profile.jobs))
    codes = dict.fromkeys((argument, profile.noc or "", *jobs, *turn.session.noc.codes))
    return [code for code in codes if code in turn.library.noc][:MOST_CODES]


def show_skeleton(turn: Turn, code: str) -> Outcome:
    """The skeleton for a code; without a known one, what a letter must hold."""
    group: UnitGroup | None = turn.library.noc.get(code)
    if group is None:
        return show(turn)
    buttons = rows(
        turn.go("show_code", "noc", code, code=code),
        turn.go("tool.letter", "letter", code),
        turn.go("tools.back", "tools"),
        turn.go("to_menu", "menu"),
    )
    return turn.say("letter_skeleton", buttons, group=group, text=skeleton(group, turn.language))

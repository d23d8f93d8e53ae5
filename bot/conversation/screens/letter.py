"""The reference letter: what it must hold, a skeleton of questions for the person's own code, and the check of one."""

from __future__ import annotations

from bot.conversation import intents
from bot.conversation.screens import faq
from bot.conversation.turn import Outcome, Turn, rows
from knowledge.letters.skeleton import letter, skeleton
from knowledge.noc.letter import check
from knowledge.noc.unit_group import UnitGroup

WAITING = "letter"
MOST_CODES = 3
SHOWN_MET = 10
FEWEST_WORDS = 12


def show(turn: Turn, argument: str = "") -> Outcome:
    """What a letter must hold; with a code, the skeleton for it is offered too."""
    codes = known_codes(turn, argument)
    group = turn.library.noc[codes[0]] if codes else None
    buttons = rows(
        *(turn.go("letter.skeleton", "skeleton", code, code=code) for code in codes),
        *(turn.go("letter.check", "letter_check", code, code=code) for code in codes[:1]),
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
        turn.go("letter.check", "letter_check", code, code=code),
        turn.go("tools.back", "tools"),
        turn.go("to_menu", "menu"),
    )
    return turn.say("letter_skeleton", buttons, group=group, text=skeleton(group, turn.language))


def ask(turn: Turn, code: str) -> Outcome:
    """Asks for the letter; the next message is taken as it. Without a known code, what a letter must hold."""
    if code not in turn.library.noc:
        return show(turn)
    waiting = turn.at(turn.session.at(awaiting=f"{WAITING}.{code}"))
    buttons = rows(turn.go("tools.back", "tools"), turn.go("to_menu", "menu"))
    return waiting.say("letter_ask", buttons, group=turn.library.noc[code])


def read(turn: Turn, code: str, text: str) -> Outcome:
    """The pasted letter against its code; a question in between is answered. Nothing of the letter is kept."""
    if intents.is_question(text):
        return faq.answer(turn, text)
    if len(text.split()) < FEWEST_WORDS or code not in turn.library.noc:
        return ask(turn, code)
    found = check(text, code, turn.library.matcher, turn.library.official, turn.language)
    better = [other for other in found.better if other in turn.library.noc]
    buttons = rows(
        *(turn.go("compare_with", "compare", f"{code} {other}", code=other) for other in better),
        turn.go("letter.again", "letter_check", code),
        turn.go("letter.skeleton", "skeleton", code, code=code),
        turn.go("tools.back", "tools"),
        turn.go("to_menu", "menu"),
    )
    return turn.say(
        "letter_check",
        buttons,
        group=turn.library.noc[code],
        met=found.fit.evidence[:SHOWN_MET],
        missing=found.fit.missing,
        messages=found.messages(),
    )

"""When something is due: what happened, on which day, and the last days that follow from it."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date

from bot.conversation import intents, numbers
from bot.conversation.screens import faq
from bot.conversation.turn import Outcome, Turn, rows
from knowledge.documents.checklist import pathway_of
from rules import deadlines
from rules.deadlines import Deadline
from rules.errors import NotInForce

WAITING = "date"
# What can have happened, and the deadlines that run from it.
EVENTS: Mapping[str, tuple[str, ...]] = {
    "offer": ("register_after_job_offer",),
    "invitation": ("employer_application", "applicant_application", "graduate_application"),
    "nomination": ("accept_nomination", "federal_application"),
    "test": ("language_result",),
    "assessment": ("credential_assessment",),
    "refusal": ("internal_review",),
    "notification": ("notification_application",),
}
PHYSICIANS: Mapping[str, tuple[str, ...]] = {"invitation": ("physician_application",)}


def choose(turn: Turn) -> Outcome:
    """What may have happened, as buttons."""
    buttons = [turn.go(f"event.{event}", "deadlines", event) for event in EVENTS]
    return turn.say("deadlines_choose", rows(*buttons, turn.go("tools.back", "tools"), width=1))


def ask(turn: Turn, event: str, problem: str | None = None) -> Outcome:
    """Asks for the day of an event; the next text is read as that day."""
    if event not in EVENTS:
        return choose(turn)
    waiting = turn.at(turn.session.at(awaiting=f"{WAITING}.{event}"))
    buttons = rows(turn.go("tools.back", "tools"), turn.go("to_menu", "menu"))
    return waiting.say("deadlines_ask", buttons, event=event, problem=problem)


def read(turn: Turn, event: str, text: str) -> Outcome:
    """The typed day; a question in between is answered, anything else is asked again."""
    day = numbers.day(text)
    if day is None and intents.is_question(text):
        return faq.answer(turn, text)
    if day is None or event not in EVENTS:
        return ask(turn, event, turn.label("problem.a_date"))
    return show(turn, event, day)


def show(turn: Turn, event: str, day: date) -> Outcome:
    """The last days that follow, the soonest first."""
    buttons = rows(
        turn.go("other_date", "deadlines", event),
        turn.go("tool.deadlines", "deadlines"),
        turn.go("tool.checklist", "checklist"),
        turn.go("to_menu", "menu"),
    )
    return turn.say("deadlines", buttons, event=event, day=day, found=due(turn, event, day))


def due(turn: Turn, event: str, day: date) -> tuple[Deadline, ...]:
    """Every deadline of the event that existed on its day."""
    physician = pathway_of(turn.session.profile) == "physicians"
    names = PHYSICIANS.get(event, EVENTS[event]) if physician else EVENTS[event]
    found = []
    for name in names:
        try:
            found.append(deadlines.due(name, day, turn.today))
        except NotInForce:
            continue
    return tuple(sorted(found, key=lambda one: one.last_day))

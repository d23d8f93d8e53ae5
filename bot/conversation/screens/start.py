"""The first screen, the menu, help, and the way out."""

from __future__ import annotations

from bot.conversation.events import Media
from bot.conversation.replies import Keyboard, Say
from bot.conversation.session import Session
from bot.conversation.turn import Outcome, Turn, rows


def welcome(turn: Turn, argument: str = "") -> Outcome:
    """`/start`: a deep link leads to its card; otherwise two sentences on what this is, and what works."""
    from bot.conversation.screens import faq, noc

    kind, _, rest = argument.partition("_")
    if kind == "noc" and rest in turn.library.noc:
        return noc.card(turn, rest)
    if kind == "faq" and turn.library.faq.has(rest):
        return faq.show(turn, rest)
    return turn.say("welcome", menu_keyboard(turn), groups=len(turn.library.noc))


def menu(turn: Turn) -> Outcome:
    return turn.say("menu", menu_keyboard(turn))


def menu_keyboard(turn: Turn) -> Keyboard:
    """What can be done now; on top, the interview where it was left."""
    resume = (turn.go("resume", "resume"),) if turn.session.interviewing else ()
    return rows(
        *resume,
        turn.go("menu.noc", "noc"),
        turn.go("menu.streams", "goal", "ontario"),
        turn.go("menu.score", "score"),
        turn.go("menu.draws", "draws"),
        turn.go("menu.faq", "topics"),
        turn.go("menu.tools", "tools"),
        turn.go("menu.settings", "settings"),
        turn.go("menu.help", "help"),
    )


def help_page(turn: Turn, unknown: str | None = None) -> Outcome:
    return turn.say("help", menu_keyboard(turn), unknown=unknown)


def not_text(turn: Turn, event: Media) -> Outcome:
    """A picture, a voice message or nothing at all: what the bot can read instead, and the open question again."""
    from bot.conversation import interview

    said = Say(turn.text("not_text", kind=event.kind))
    if turn.session.interviewing:
        return interview.again(turn).after(said)
    return Outcome(turn.session, (Say(said.text, menu_keyboard(turn)),))


def edited(turn: Turn) -> Outcome:
    """An edited message changes no answer by itself; the way to change one is offered."""
    return turn.say("edited", rows(turn.go("review", "review"), turn.go("resume", "resume")))


def cancel(turn: Turn) -> Outcome:
    """Leaves the interview; what was answered stays until it is changed or forgotten."""
    was_open = turn.session.interviewing
    session = turn.session.at(asking=None, goal=None, draft={}, step=turn.session.step + 1)
    return turn.at(session).say("cancelled", menu_keyboard(turn.at(session)), was_open=was_open)


def restart(turn: Turn) -> Outcome:
    """All answers gone; language, consent and alerts kept: a clean start."""
    old = turn.session
    session = Session(
        id=next_id(old.id),
        language=old.language,
        language_chosen=old.language_chosen,
        consent=old.consent,
        alerts=old.alerts,
    )
    return turn.at(session).say("restarted", menu_keyboard(turn.at(session)))


def next_id(session_id: str) -> str:
    """The id of the conversation after this one: its number counted up, so that old answer buttons go stale."""
    stem, _, count = session_id.partition(".")
    return f"{stem}.{int(count or 0) + 1}"

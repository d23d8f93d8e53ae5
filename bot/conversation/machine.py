"""The conversation as one pure function: (session, event, who, today, what is known) -> (session, replies).

It never raises on what a person does and always has an answer, except for silence that is owed: an edited message
that is not the answer to an open question, a group message that is not for the bot.
"""

from __future__ import annotations

from datetime import date

from bot.conversation import groups, intents, interview, routes
from bot.conversation.callbacks import Answer, BadCallback, Go, decode
from bot.conversation.events import Asker, Command, Event, InlineQuery, Media, Membership, Tap, Text
from bot.conversation.library import Library
from bot.conversation.replies import Button, Notice
from bot.conversation.screens import inline, start
from bot.conversation.session import Session
from bot.conversation.turn import Outcome, Turn

LONGEST_TEXT = 20_000


def begin(session_id: str, language_code: str | None) -> Session:
    """A conversation that has just started, in French where Telegram says so, else in English."""
    french = (language_code or "").lower().startswith("fr")
    return Session(id=session_id, language="fr" if french else "en")


def respond(session: Session, event: Event, asker: Asker, today: date, library: Library) -> Outcome:
    """What the bot does about `event`. Pure: the same arguments always give the same outcome."""
    turn = Turn(session, asker, today, library)
    return in_group(turn, event) if asker.in_group else in_private(turn, event)


def in_group(turn: Turn, event: Event) -> Outcome:
    """Answers for everybody; what is personal is left to the private chat."""
    match event:
        case Command(name=name) if name not in groups.COMMANDS:
            return groups.elsewhere(turn)
        case Media() | Text(edited=True):
            return Outcome(turn.session)
        case Tap(data=data, query_id=query_id) if not groups.is_public(Button("", data=data)):
            return Outcome(turn.session, (Notice(query_id, turn.label("only_private")),))
    return groups.public(in_private(turn, event), turn)


def in_private(turn: Turn, event: Event) -> Outcome:
    match event:
        case Membership():
            return Outcome(turn.session)
        case InlineQuery():
            return inline.answer(turn, event)
        case Tap():
            return on_tap(turn, event)
        case Command():
            return routes.command(done_waiting(fresh(turn)), event)
        case Media():
            return start.not_text(fresh(turn), event)
        case Text():
            return on_text(fresh(turn), event)


def fresh(turn: Turn) -> Turn:
    """The turn of anything but a tap: a button may be pressed again afterwards."""
    return turn.at(turn.session.at(last_tap=None))


def done_waiting(turn: Turn) -> Turn:
    """The turn of somebody who went elsewhere instead of giving a tool the text it asked for."""
    return turn.at(turn.session.at(awaiting=None))


def on_text(turn: Turn, event: Text) -> Outcome:
    if event.edited:
        # The words have been answered already; answering them again would say everything twice.
        return Outcome(turn.session) if not turn.session.interviewing else start.edited(turn)
    text = event.text.strip()
    if len(text) > LONGEST_TEXT:
        return turn.say("too_long", limit=LONGEST_TEXT).then(interview.again(turn))
    if not text:
        return start.not_text(turn, Media("empty"))
    if turn.session.awaiting and not turn.asker.in_group:
        return routes.awaited(done_waiting(turn), turn.session.awaiting, text)
    if turn.session.interviewing:
        return interview.on_text(turn, text)
    return intents.answer(turn, text)


def on_tap(turn: Turn, event: Tap) -> Outcome:
    if turn.session.last_tap == tap_key(event):
        return Outcome(turn.session, (Notice(event.query_id, turn.label("already_done")),))
    try:
        wanted = decode(event.data)
    except BadCallback:
        return stale(turn, event)
    turn = done_waiting(turn.at(turn.session.at(last_tap=tap_key(event))))
    if isinstance(wanted, Go):
        return acknowledge(event, routes.go(turn, wanted))
    return on_answer(turn, event, wanted)


def on_answer(turn: Turn, event: Tap, answer: Answer) -> Outcome:
    session = turn.session
    if (answer.session, answer.step) != (session.id, session.step) or not session.interviewing:
        return stale(turn, event)
    return acknowledge(event, interview.on_choice(turn, answer.choice))


def stale(turn: Turn, event: Tap) -> Outcome:
    """A button of an earlier question or of another time: a kind word, and the current question again."""
    notice = Notice(event.query_id, turn.label("stale_tap"))
    shown = interview.again(turn) if turn.session.interviewing else start.menu(turn)
    return shown.after(notice)


def acknowledge(event: Tap, outcome: Outcome) -> Outcome:
    """Every tap is answered, so that the button stops turning."""
    if any(isinstance(reply, Notice) for reply in outcome.replies):
        return outcome
    return outcome.after(Notice(event.query_id))


def tap_key(event: Tap) -> str:
    return f"{event.message_id}:{event.data}"

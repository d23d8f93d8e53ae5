"""In a group the bot answers what everybody may read and asks nothing personal."""

from __future__ import annotations

from dataclasses import replace

from bot.conversation.callbacks import BadCallback, Go, decode
from bot.conversation.replies import Attachment, Button, Keyboard, Reply, Say
from bot.conversation.turn import Outcome, Turn

COMMANDS = frozenset({"start", "help", "noc", "faq", "draws", "provinces", "human"})
ROUTES = frozenset(
    {"noc", "faq", "topics", "compare", "decide", "menu", "draws", "draw", "provinces", "human"}
)


def public(outcome: Outcome, turn: Turn) -> Outcome:
    """The outcome as a group may see it: personal buttons gone, nothing kept, no side effects."""
    return Outcome(turn.session, tuple(shown(reply) for reply in outcome.replies))


def shown(reply: Reply) -> Reply:
    if not isinstance(reply, (Say, Attachment)):
        return reply
    return replace(reply, keyboard=without_personal(reply.keyboard))


def without_personal(keyboard: Keyboard) -> Keyboard:
    rows = (tuple(button for button in row if is_public(button)) for row in keyboard)
    return tuple(row for row in rows if row)


def is_public(button: Button) -> bool:
    """Links, shares, and the ways to screens that tell nothing about a person."""
    if button.data is None:
        return True
    try:
        wanted = decode(button.data)
    except BadCallback:
        return False
    return isinstance(wanted, Go) and wanted.route in ROUTES


def elsewhere(turn: Turn) -> Outcome:
    """What only a private chat is for."""
    return turn.say("only_private")

"""The check of old articles: a pasted text, and what in it is no longer so or never was."""

from __future__ import annotations

from bot.conversation import intents
from bot.conversation.screens import faq
from bot.conversation.turn import Outcome, Turn, rows
from knowledge.articles.checker import check
from knowledge.articles.claims import claims
from rules.rulebook import sources

WAITING = "article"
UPDATES = "S4"


def command(turn: Turn, text: str) -> Outcome:
    """`/article`, with the text behind it or without."""
    return read(turn, "", text) if text else ask(turn)


def ask(turn: Turn) -> Outcome:
    """Asks for the text; the next message is taken as it."""
    waiting = turn.at(turn.session.at(awaiting=WAITING))
    buttons = rows(turn.go("tools.back", "tools"), turn.go("to_menu", "menu"))
    return waiting.say("article_ask", buttons, known=len(claims()))


def read(turn: Turn, _about: str, text: str) -> Outcome:
    """What the text says wrongly. A question without any known claim gets its answer; nothing is kept."""
    found = check(text, turn.language, turn.today)
    if not found and intents.is_question(text):
        return faq.answer(turn, text)
    buttons = rows(
        turn.go("another_article", "article"),
        turn.go("check.ontario", "goal", "ontario"),
        turn.go("tools.back", "tools"),
        turn.go("to_menu", "menu"),
    )
    return turn.say(
        "article",
        buttons,
        found=found,
        wrong=sum(finding.kind in ("never", "ended") for finding in found),
        known=len(claims()),
        updates=sources()[UPDATES].url,
    )

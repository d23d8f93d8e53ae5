"""Questions people ask: the answer with its source and date, what is related, and whether it helped."""

from __future__ import annotations

from bot.conversation.replies import Feedback, Keyboard, Say
from bot.conversation.turn import Outcome, Turn, rows
from knowledge.faq.index import FaqResult

RELATED = 3


def command(turn: Turn, argument: str) -> Outcome:
    return answer(turn, argument) if argument else topics(turn)


def topics(turn: Turn) -> Outcome:
    """The questions most people start with, as buttons; anything else can simply be typed."""
    buttons = [
        turn.go("plain", "faq", slug, text=title) for slug, title in turn.library.faq.starters(turn.language)
    ]
    return turn.say("faq_topics", rows(*buttons, turn.go("to_menu", "menu"), width=1))


def knows(turn: Turn, text: str) -> bool:
    """Whether the text is one of the known questions."""
    return search(turn, text).answered


def search(turn: Turn, text: str) -> FaqResult:
    return turn.library.faq.search(text, turn.language)


def answer(turn: Turn, text: str) -> Outcome:
    """The best entry for a question; out of scope, where to go instead. An unanswered question is noted."""
    result = search(turn, text)
    if result.answered:
        return show(turn, result.entries[0], others=result.entries[1:RELATED])
    said = turn.text("faq_none", scope=result.out_of_scope)
    buttons = rows(turn.go("menu.faq", "topics"), turn.go("to_menu", "menu"))
    noted = (Feedback(None, None, text[:300]),) if result.out_of_scope is None else ()
    return Outcome(turn.session, (Say(said, buttons),), noted)


def show(turn: Turn, slug: str, others: tuple[str, ...] = ()) -> Outcome:
    """One entry; unknown ones lead to the topics."""
    if not turn.library.faq.has(slug):
        return topics(turn)
    found = turn.library.faq.answer(
        slug, turn.language, turn.today, turn.session.profile, turn.library.draws.draws
    )
    return Outcome(turn.session, (Say(turn.text("faq_answer", answer=found), keyboard(turn, slug, others)),))


def keyboard(turn: Turn, slug: str, others: tuple[str, ...]) -> Keyboard:
    related = [*others, *turn.library.faq.related(slug)]
    buttons = [
        turn.go("plain", "faq", other, text=turn.library.faq.title(other, turn.language))
        for other in dict.fromkeys(related)
        if other != slug
    ][:RELATED]
    helpful = (turn.go("helpful.yes", "faqok", f"y {slug}"), turn.go("helpful.no", "faqok", f"n {slug}"))
    return (*rows(*buttons, width=1), helpful, *rows(turn.go("to_menu", "menu")))


def feedback(turn: Turn, argument: str) -> Outcome:
    """Helpful or not, noted without who said it."""
    verdict, _, slug = argument.partition(" ")
    if not turn.library.faq.has(slug):
        return topics(turn)
    said = Say(
        turn.text("faq_thanks", helpful=verdict == "y"),
        rows(turn.go("menu.faq", "topics"), turn.go("to_menu", "menu")),
    )
    return Outcome(turn.session, (said,), (Feedback(slug, verdict == "y"),))

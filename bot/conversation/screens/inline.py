"""`@bot words` in any chat: unit groups and answers as cards."""

from __future__ import annotations

from bot.conversation.events import InlineQuery
from bot.conversation.replies import InlineAnswer, InlineCard
from bot.conversation.screens import faq, noc
from bot.conversation.turn import Outcome, Turn

MOST = 8


def answer(turn: Turn, event: InlineQuery) -> Outcome:
    """Cards for what was typed; without words, the questions most people start with."""
    text = event.text.strip()
    cards = (*noc_cards(turn, text), *faq_cards(turn, text))
    return Outcome(turn.session, (InlineAnswer(event.query_id, cards[:MOST]),))


def noc_cards(turn: Turn, text: str) -> tuple[InlineCard, ...]:
    if not text:
        return ()
    codes = (
        [text]
        if text in turn.library.noc
        else [found.code for found in turn.library.matcher.match(text).matches[:4]]
    )
    return tuple(noc_card(turn, code) for code in codes)


def noc_card(turn: Turn, code: str) -> InlineCard:
    group = turn.library.noc[code]
    title = f"{code} {group.title.to(turn.language)}"
    return InlineCard(f"noc-{code}", title, group.lead.to(turn.language)[:120], noc.card_text(turn, group))


def faq_cards(turn: Turn, text: str) -> tuple[InlineCard, ...]:
    slugs = (
        faq.search(turn, text).entries[:4]
        if text
        else tuple(slug for slug, _ in turn.library.faq.starters(turn.language))
    )
    return tuple(faq_card(turn, slug) for slug in slugs)


def faq_card(turn: Turn, slug: str) -> InlineCard:
    found = turn.library.faq.answer(slug, turn.language, turn.today, None)
    return InlineCard(
        f"faq-{slug}"[:64], found.title, turn.label("inline_faq"), turn.text("faq_answer", answer=found)
    )

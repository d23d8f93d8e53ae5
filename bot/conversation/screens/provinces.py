"""Ontario or elsewhere: a page of facts side by side, as a picture with the same facts in words."""

from __future__ import annotations

from bot.conversation.replies import Attachment, Keyboard
from bot.conversation.turn import Outcome, Turn, rows
from knowledge.content.render import long_date
from knowledge.provinces.card import PROVINCES, Spread, card, spread

OTHERS = "others"


def show(turn: Turn, page: str = "") -> Outcome:
    """The page of that name, the first one without a name."""
    if page == OTHERS:
        return others(turn)
    found = spread(page, turn.language, turn.today)
    first = card().page(page) == card().pages[0]
    caption = turn.text(
        "provinces",
        spread=found,
        names=names(turn),
        seen=card().seen_until,
        fairly=card().fairly if first else (),
    )
    return Outcome(
        turn.session, (Attachment("province_card", picture(turn, found), caption, keyboard(turn)),)
    )


def others(turn: Turn) -> Outcome:
    """The rest of the country in a line each."""
    return turn.say("provinces_others", keyboard(turn), others=card().others, sources=card().sources)


def names(turn: Turn) -> list[str]:
    return [turn.label(f"province.{province}") for province in PROVINCES]


def picture(turn: Turn, found: Spread) -> dict[str, object]:
    """What bot.printing.province_card draws."""
    day, seen = long_date(turn.today, turn.language), long_date(card().seen_until, turn.language)
    return {
        "language": turn.language,
        "title": found.title,
        "subtitle": turn.label("province.subtitle", day=day, seen=seen),
        "provinces": names(turn),
        "lines": [
            {"label": line.label, "cells": [list(cell) for cell in line.cells]} for line in found.lines
        ],
        "sources": [
            turn.label(
                "source_as_of",
                title=source.title.text(turn.language),
                day=long_date(source.as_of, turn.language),
            )
            for source in found.sources
        ],
        "warning": turn.label("province.warning"),
    }


def keyboard(turn: Turn) -> Keyboard:
    pages = [
        turn.go("plain", "provinces", page.id, text=page.title.text(turn.language)) for page in card().pages
    ]
    return rows(
        *pages,
        turn.go("province.others", "provinces", OTHERS),
        turn.go("tools.back", "tools"),
        turn.go("to_menu", "menu"),
    )

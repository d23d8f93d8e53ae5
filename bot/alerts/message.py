"""The words of an alert for one person: what happened, what it means for them, why they got it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

from bot.alerts.filters import AlertFilters
from bot.conversation.callbacks import Go, encode
from bot.conversation.replies import Button, Keyboard
from bot.conversation.screens.draws import about, short
from knowledge.content.render import label, render
from knowledge.draws.draw import Draw
from knowledge.draws.names import grid_name, program_name, stream_name


@dataclass(frozen=True, slots=True)
class Message:
    text: str
    keyboard: Keyboard


def compose(
    kind: str, data: Mapping[str, Any], note: str | None, filters: AlertFilters, today: date
) -> Message:
    """The alert `kind` (draw, correction, rules) for a person with these wishes; raises KeyError for another kind."""
    if kind == "rules":
        text = render("alert_rules", filters.language, today=today, note=note, facts=data["facts"])
        return Message(text, ((_go("alerts.change", "alerts", "", filters),),))
    draw = Draw.from_json(data["draw"])
    text = render(f"alert_{kind}", filters.language, today=today, note=note, **_facts(draw, data, filters))
    return Message(text, keyboard(draw, filters))


def keyboard(draw: Draw, filters: AlertFilters) -> Keyboard:
    """Details, the official page, mute and change."""
    return (
        (_go("alerts.details", "draw", short(draw), filters),),
        (Button(label("official_page", filters.language), url=draw.source),),
        (_go("alerts.mute", "alert", "pause", filters), _go("alerts.change", "alerts", "", filters)),
    )


def _facts(draw: Draw, data: Mapping[str, Any], filters: AlertFilters) -> dict[str, Any]:
    language = filters.language
    mine = filters.score_on(draw.grid)
    return {
        "draw": draw,
        "before": Draw.from_json(data["before"]) if "before" in data else None,
        "changed": tuple(data.get("changed", ())),
        "program": program_name(draw.program, language),
        "stream": stream_name(draw.program, draw.stream, language),
        "about": about(draw, language),
        "grid": grid_name(draw.grid, language),
        "mine": mine,
        "gap": draw.score_min - mine if mine is not None and draw.score_min is not None else None,
        "my_codes": tuple(code for code in filters.codes if code in draw.codes),
        "reasons": filters.reasons(draw),
    }


def _go(key: str, route: str, argument: str, filters: AlertFilters) -> Button:
    return Button(label(key, filters.language), data=encode(Go(route, argument)))

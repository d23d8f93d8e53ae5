"""The checklist of documents: a pathway, then one stage of it at a time."""

from __future__ import annotations

from typing import get_args

from bot.conversation.replies import Button, Keyboard
from bot.conversation.turn import Outcome, Turn, rows
from knowledge.documents.checklist import (
    PATHWAYS,
    Pathway,
    Stage,
    checklist,
    documents,
    pathway_of,
    stages,
)


def command(turn: Turn) -> Outcome:
    """The list of the pathway that the person's occupation leads to; the choice where that is not known."""
    pathway = pathway_of(turn.session.profile)
    return show(turn, pathway) if pathway else choose(turn)


def choose(turn: Turn) -> Outcome:
    buttons = [
        turn.go("plain", "checklist", pathway, text=documents().pathways[pathway].text(turn.language))
        for pathway in PATHWAYS
    ]
    return turn.say("checklist_choose", rows(*buttons, turn.go("tools.back", "tools"), width=1))


def show(turn: Turn, argument: str) -> Outcome:
    """`pathway stage`; without a stage the first one, with anything unknown the choice of pathways."""
    name, _, wanted = argument.partition(" ")
    if name not in get_args(Pathway):
        return choose(turn)
    pathway: Pathway = name  # type: ignore[assignment]  # checked just above
    present = stages(turn.session.profile, pathway)
    stage = next((one for one in present if one == wanted), present[0])
    entries = checklist(turn.session.profile, pathway, stage)
    return turn.say(
        "checklist",
        keyboard(turn, pathway, stage),
        pathway=documents().pathways[pathway],
        stage=documents().stages[stage],
        entries=entries,
        proofs=tuple(dict.fromkeys(entry.proof for entry in entries)),
        official=documents().official,
    )


def keyboard(turn: Turn, pathway: Pathway, shown: Stage) -> Keyboard:
    """The other stages of the pathway, the official list, and the way to another pathway."""
    others = [
        turn.go(
            "plain", "checklist", f"{pathway} {stage}", text=documents().stages[stage].text(turn.language)
        )
        for stage in stages(turn.session.profile, pathway)
        if stage != shown
    ]
    return rows(
        *others,
        Button(turn.label("official_checklist"), url=documents().official),
        turn.go("other_pathway", "checklist"),
        turn.go("tools.back", "tools"),
        turn.go("to_menu", "menu"),
    )

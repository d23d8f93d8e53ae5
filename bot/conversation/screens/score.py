"""The scores with every factor, and what would honestly raise them."""

from __future__ import annotations

from typing import get_args

from bot.conversation import goals, interview
from bot.conversation.questions import wording
from bot.conversation.replies import Say
from bot.conversation.session import Goal
from bot.conversation.turn import Outcome, Turn, rows
from rules import crs, eoi, fsw
from rules.errors import RuleError
from rules.next_steps import next_steps
from rules.scorecard import ScoreCard

STEPS_SHOWN = 8


def choose(turn: Turn) -> Outcome:
    """Which score: Ontario's, the federal ranking, or the federal selection grid."""
    buttons = rows(
        turn.go("score.eoi", "goal", "eoi"),
        turn.go("score.crs", "goal", "crs"),
        turn.go("score.fsw", "goal", "fsw"),
        turn.go("to_menu", "menu"),
        width=1,
    )
    return turn.say("score_choose", buttons)


def goal(turn: Turn, name: str) -> Outcome:
    """Starts the way to a result; a name that is none leads to the scores."""
    if name not in get_args(Goal):
        return choose(turn)
    return interview.begin(turn, name)  # type: ignore[arg-type]  # checked just above


def card(turn: Turn, name: str) -> ScoreCard:
    """The score of that name on the person's answers so far; raises RuleError where it cannot be reckoned."""
    profile = turn.session.profile
    if name == "eoi":
        return eoi.score(profile, goals.EOI_STREAM, turn.today)
    return crs.score(profile, turn.today) if name == "crs" else fsw.score(profile, turn.today)


def show(turn: Turn, name: str, said: str | None = None) -> Outcome:
    """Total, every factor, what is still unknown, caveats, source and date."""
    try:
        found = card(turn, name)
    except RuleError as problem:
        return turn.say(
            "problem", rows(turn.go("review", "review")), problem=problem.text(turn.language), said=said
        )
    read = {field for factor in found.factors for field in factor.fields}
    missing = [wording(field).name.to(turn.language) for field in turn.session.declined if field in read]
    text = turn.text(
        "score_result", said=said, card=found, name=name, missing=missing, language=turn.language
    )
    others = [other for other in ("eoi", "crs", "fsw") if other != name]
    buttons = rows(
        turn.go("raise", "steps"),
        *(turn.go(f"score.{other}", "goal", other) for other in others),
        turn.go("check.ontario", "goal", "ontario"),
        turn.go("alerts.on", "alert", "on"),
        turn.go("review", "review"),
        turn.go("to_menu", "menu"),
    )
    return Outcome(turn.session, (Say(text, buttons),))


def steps(turn: Turn) -> Outcome:
    """Every honest change that raises a score or turns a verdict, the largest gain first."""
    found = next_steps(turn.session.profile, turn.today)[:STEPS_SHOWN]
    buttons = rows(
        turn.go("score.eoi", "goal", "eoi"),
        turn.go("score.crs", "goal", "crs"),
        turn.go("review", "review"),
        turn.go("to_menu", "menu"),
    )
    return turn.say("next_steps", buttons, steps=found, language=turn.language)

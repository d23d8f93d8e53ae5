"""What the answers come to: streams with each criterion, the reasons behind it, and all answers for review."""

from __future__ import annotations

from datetime import date

from bot.conversation import goals
from bot.conversation.answers import askable
from bot.conversation.questions import wording
from bot.conversation.replies import Keyboard, Say
from bot.conversation.screens import score
from bot.conversation.spoken import shown
from bot.conversation.turn import Outcome, Turn, rows
from rules import streams
from rules.stream_rules import ORDER, stream_rules
from rules.streams import StreamAssessment
from rules.truth import Truth

CLOSED = (
    "human_capital_priorities", "french_speaking_skilled_worker", "skilled_trades", "foreign_worker",
    "international_student", "in_demand_skills", "masters_graduate", "phd_graduate", "entrepreneur",
)  # fmt: skip
RANKED = (Truth.YES, Truth.UNKNOWN, Truth.NO)
PHYSICIAN = "physician"
JOB_OFFER = "job_offer"


def show(turn: Turn, said: str | None = None) -> Outcome:
    """The result of the goal in hand; without one, the menu."""
    from bot.conversation.screens import start

    goal = turn.session.goal
    if goal is None:
        return start.menu(turn)
    if goal in goals.STREAMS:
        return assessed(turn, said)
    return score.show(turn, goal, said)


def assessed(turn: Turn, said: str | None) -> Outcome:
    """The nearest pathway with every criterion, the others in a line each."""
    goal = turn.session.goal or "ontario"
    found = ranked(turn, goals.STREAMS[goal])
    text = turn.text("streams_result", said=said, main=found[0], others=found[1:], language=turn.language)
    return Outcome(turn.session, (Say(text, result_keyboard(turn, found[0])),))


def ranked(turn: Turn, names: tuple[str, ...]) -> list[StreamAssessment]:
    """The streams, the likeliest first: met before open before not met, then by how many criteria fail.

    The physicians' pathway comes last for whoever is not known to be one: few are, and all others would read of it
    before their own.
    """
    found = streams.assess(turn.session.profile, turn.today, ask_closed=True, streams=names)
    return sorted(
        found,
        key=lambda each: (
            verdict_of(each, PHYSICIAN) is Truth.UNKNOWN,
            RANKED.index(each.verdict),
            failures(each),
        ),
    )


def verdict_of(assessment: StreamAssessment, criterion: str) -> Truth | None:
    """The verdict on one criterion; None where the stream does not have it."""
    return next((each.verdict for each in assessment.criteria if each.id == criterion), None)


def failures(assessment: StreamAssessment) -> int:
    return sum(criterion.verdict is Truth.NO for criterion in assessment.criteria)


def result_keyboard(turn: Turn, main: StreamAssessment) -> Keyboard:
    other = "federal" if turn.session.goal == "ontario" else "ontario"
    no_offer = verdict_of(main, JOB_OFFER) is Truth.NO
    return rows(
        *((turn.go("without_offer", "faq", "no-job-offer"),) if no_offer else ()),
        turn.go("why", "why", main.stream),
        turn.go("change_what", "steps"),
        turn.go("score.eoi", "goal", "eoi"),
        turn.go("score.crs", "goal", "crs"),
        turn.go(f"check.{other}", "goal", other),
        *(() if no_offer else (turn.go("tool.relocation", "relocation"),)),
        turn.go("closed", "closed"),
        turn.go("alerts.on", "alert", "on"),
        turn.go("review", "review"),
        turn.go("to_menu", "menu"),
    )


def why(turn: Turn, stream: str) -> Outcome:
    """Each criterion of one stream with its reason, its source and how sure that is."""
    if stream not in ORDER:
        return show(turn)
    assessment = streams.assess_stream(stream, turn.session.profile, turn.today)
    buttons = rows(
        turn.go("back_to_result", "result", turn.session.goal or ""),
        turn.go("change_what", "steps"),
        turn.go("to_menu", "menu"),
    )
    return turn.say("streams_why", buttons, main=assessment, language=turn.language)


def again(turn: Turn, goal: str) -> Outcome:
    return show(turn.at(turn.session.at(goal=goal))) if goal in goals.ALL else show(turn)


def closed(turn: Turn) -> Outcome:
    """The closed streams: what each was, when it closed, and how this person would have stood."""
    found = streams.assess(turn.session.profile, turn.today, ask_closed=True, streams=CLOSED)
    buttons = [
        turn.go("why_stream", "why", each.stream, name=each.name.text(turn.language)) for each in found
    ]
    return turn.say(
        "streams_closed",
        rows(*buttons, turn.go("to_menu", "menu"), width=1),
        streams=[(each, closed_since(turn, each.stream)) for each in found],
        language=turn.language,
    )


def closed_since(turn: Turn, stream: str) -> date | None:
    """The first day of the state the stream is in today."""
    row = stream_rules()[stream].state_on(turn.today)
    return row.since if row else None


def review(turn: Turn) -> Outcome:
    """All answers with a button to change each alone; nothing else is lost by it."""
    profile = turn.session.profile
    given = [name for name in wordings_in_order() if name in askable() and profile.knows(name)]
    lines = [
        (wording(name).name.to(turn.language), shown(name, getattr(profile, name), turn.language))
        for name in given
    ]
    unknown = [wording(name).name.to(turn.language) for name in turn.session.declined]
    buttons = [
        turn.go("change_field", "change", name, field=wording(name).name.to(turn.language))
        for name in (*given, *turn.session.declined)
    ]
    following = (
        turn.go("resume", "resume")
        if turn.session.interviewing
        else turn.go("back_to_result", "result", turn.session.goal or "")
    )
    return turn.say(
        "review", rows(following, *buttons, turn.go("to_menu", "menu"), width=1), lines=lines, unknown=unknown
    )


def wordings_in_order() -> tuple[str, ...]:
    from bot.conversation.questions import wordings

    return tuple(wordings())

"""The open question: what was just understood, what is asked, what is accepted, and the buttons."""

from __future__ import annotations

from textwrap import shorten

from bot.conversation import answers, goals
from bot.conversation.questions import wording
from bot.conversation.replies import Button, Keyboard, Say
from bot.conversation.turn import Outcome, Turn, rows

OPTION_BYTES = 40
IN_SIGHT = 8
LABEL = 60
LEVELS = ("5", "6", "7", "8", "9", "10")


def show(
    turn: Turn,
    said: str | None = None,
    problem: str | None = None,
    options: tuple[str, ...] = (),
    left: int | None = None,
) -> Outcome:
    """The question of `session.asking`; `said` repeats the last answer, `problem` says what is accepted.

    `options` are answers to choose from that only this moment offers, such as places of the same name; `left`
    the number of open questions, reckoned here where it is not given.
    """
    field = turn.session.asking or ""
    words = wording(field)
    text = turn.text(
        "question",
        said=said,
        problem=problem,
        ask=asked(turn, field),
        help=words.help.to(turn.language) if words.help else None,
        left=in_sight(turn, left),
        known=known(turn, field),
    )
    return Outcome(turn.session, (Say(text, offered(turn, options) + keyboard(turn, field)),))


def asked(turn: Turn, field: str) -> str:
    """The question in words; without an offer, the code is that of the person's own occupation."""
    profile = turn.session.profile
    if field == "noc" and profile.knows("has_job_offer") and not profile.has_job_offer:
        return turn.label("ask.noc_of_no_offer")
    return wording(field).ask.to(turn.language)


def in_sight(turn: Turn, left: int | None) -> int:
    """How many questions are left at most, once the end is in sight; 0 before that."""
    count = len(goals.open_fields(turn.session, turn.today)) if left is None else left
    return count if count <= IN_SIGHT else 0


def known(turn: Turn, field: str) -> str | None:
    """The answer in force, when an earlier one is being changed."""
    from bot.conversation.spoken import shown

    profile = turn.session.profile
    if field not in answers.askable() or not profile.knows(field):
        return None
    return shown(field, getattr(profile, field), turn.language)


def offered(turn: Turn, options: tuple[str, ...]) -> Keyboard:
    """A button for each option whose text fits into callback data; longer ones can be typed."""
    fitting = [option for option in options[:8] if len(option.encode()) <= OPTION_BYTES]
    return rows(*(turn.answer(option, option) for option in fitting), width=1)


def keyboard(turn: Turn, field: str) -> Keyboard:
    return rows(*choice_buttons(turn, field)) + rows(*controls(turn), width=2)


def choice_buttons(turn: Turn, field: str) -> tuple[Button, ...]:
    kind = answers.kind(field)
    if kind == "yes_no":
        return tuple(turn.answer(turn.label(word), word) for word in ("yes", "no"))
    if kind == "language":
        key = "level.button_french" if field == "french" else "level.button"
        named = tuple(turn.answer(turn.label(key, level=level), level) for level in LEVELS)
        return (*named, turn.answer(turn.label("no_test"), "none"))
    if field == "job.to":
        return (turn.answer(turn.label("still_there"), "now"),)
    if kind == "noc":
        return noc_buttons(turn)
    if kind in ("months", "years"):
        return tuple(
            turn.answer(str(count), str(count))
            for count in ((0, 6, 13, 25) if kind == "months" else (0, 1, 2, 3, 5))
        )
    return tuple(
        turn.answer(words.to(turn.language), value) for value, words in wording(field).choices.items()
    )


def noc_buttons(turn: Turn) -> tuple[Button, ...]:
    """The codes found or given so far, so that nobody types them twice."""
    profile = turn.session.profile
    codes = dict.fromkeys((*([profile.noc] if profile.noc else []), *turn.session.noc.codes[:3]))
    return tuple(
        turn.answer(
            shorten(f"{code} {turn.library.noc[code].title.to(turn.language)}", LABEL, placeholder="…"), code
        )
        for code in codes
        if code in turn.library.noc
    )


def controls(turn: Turn) -> tuple[Button, ...]:
    employer = (turn.session.asking or "").startswith(goals.EMPLOYER)
    return (
        *((turn.answer(turn.label("skip_employer"), "-"),) if employer else ()),
        turn.answer(turn.label("back"), "<"),
        turn.answer(turn.label("dont_know"), "?"),
        turn.answer(turn.label("review"), "="),
        turn.answer(turn.label("stop"), "x"),
    )

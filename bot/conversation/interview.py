"""The interview: which question comes next, what an answer does, and the way back.

Nobody writes the flow by hand. The next question is the cheapest field that can still change what the person wants
to know; one they do not know is left out and shows in the result as unknown.
"""

from __future__ import annotations

from bot.conversation import answers, forms, goals, intents
from bot.conversation.answers import NotUnderstood
from bot.conversation.screens import consent, faq, noc, question, results, start
from bot.conversation.session import Goal, Session
from bot.conversation.spoken import spoken
from bot.conversation.turn import Outcome, Turn
from rules.errors import AmbiguousPlace, RuleError

BACK, SKIP, REVIEW, STOP, SKIP_EMPLOYER = "<", "?", "=", "x", "-"
TRAIL_LIMIT = 60


def begin(turn: Turn, goal: Goal) -> Outcome:
    """Starts or resumes the way to `goal`; asks for consent first, because answers are kept."""
    session = turn.session.at(goal=goal)
    if session.consent != "given":
        return consent.ask(turn.at(session))
    return advance(turn.at(session.at(asking=None)))


def advance(turn: Turn, said: str | None = None) -> Outcome:
    """The next question, or the result when nothing that is still open can change it."""
    session = turn.session
    part = forms.open_part(session)
    if part:
        return ask(turn, part, said)
    open_fields = goals.open_fields(session, turn.today)
    if not open_fields:
        return results.show(turn.at(session.at(asking=None, step=session.step + 1)), said)
    return ask(turn, open_fields[0], said, left=len(open_fields))


def ask(turn: Turn, field: str, said: str | None = None, left: int | None = None) -> Outcome:
    """Puts the question of `field` (of its first part, where it has parts); `said` repeats the answer before it.

    `left` is the number of questions still open, where it is known already.
    """
    field = forms.first_part(field) or field
    session = turn.session.at(asking=field, step=turn.session.step + 1)
    return question.show(turn.at(session), said, left=left)


def again(turn: Turn) -> Outcome:
    """The open question once more, its keyboard still valid; nothing where none is open."""
    return question.show(turn) if turn.session.interviewing else Outcome(turn.session)


def on_text(turn: Turn, text: str) -> Outcome:
    """A typed answer, or a question in between: that is answered and the interview comes back."""
    asking = turn.session.asking or ""
    word = answers.control(text)
    if word:
        return on_choice(turn, word)
    if intents.is_question(text) and not answers.could_be_answer(asking, text):
        return faq.answer(turn, text).then(again(turn))
    if answers.kind(asking) == "noc" and intents.code_in(text) not in turn.library.noc:
        return noc.in_interview(turn, text)
    return settle(turn, asking, text)


def settle(turn: Turn, asking: str, text: str) -> Outcome:
    try:
        value = answers.read(asking, text, turn.today)
    except (NotUnderstood, RuleError) as problem:
        return not_understood(turn, text, problem)
    return accept(turn, asking, value)


def not_understood(turn: Turn, text: str, problem: NotUnderstood | RuleError) -> Outcome:
    """An answer when the text is one of the known questions after all; else what is accepted here."""
    if intents.may_be_question(text) and faq.knows(turn, text):
        return faq.answer(turn, text).then(again(turn))
    options = problem.candidates if isinstance(problem, AmbiguousPlace) else ()
    return question.show(turn, problem=problem.text(turn.language), options=options)


def on_choice(turn: Turn, choice: str) -> Outcome:
    """A tapped answer or one of the four controls: back, I don't know, review, stop."""
    session = turn.session
    asking = session.asking or ""
    if choice == BACK:
        return back(turn)
    if choice == SKIP:
        return skip(turn)
    if choice == REVIEW:
        return results.review(turn)
    if choice == SKIP_EMPLOYER:
        return skip_employer(turn)
    if choice == STOP:
        return start.menu(turn.at(session.at(asking=None, draft={}, step=session.step + 1)))
    try:
        value = answers.from_choice(asking, choice)
    except (NotUnderstood, RuleError) as problem:
        return question.show(turn, problem=problem.text(turn.language))
    return accept(turn, asking, value)


def accept(turn: Turn, field: str, value: object) -> Outcome:
    """Keeps an answer and goes on, repeating it so that a misreading is seen at once."""
    said = spoken(field, value, turn.language)
    session = keep(turn.session, field, value)
    return advance(turn.at(session), said)


def keep(session: Session, field: str, value: object) -> Session:
    """The session with the answer in it; what depended on an earlier answer to the same field is forgotten."""
    if forms.is_part(field):
        return forms.keep(session, field, value)
    profile = session.profile
    if profile.knows(field) and getattr(profile, field) != value:
        profile = profile.without(*goals.DEPENDENTS.get(field, ()))
    return session.at(
        profile=profile.with_answers(**{field: value}),
        declined=still_declined(session, field),
        trail=(*(name for name in session.trail if name != field), field)[-TRAIL_LIMIT:],
        asking=None,
    )


def still_declined(session: Session, field: str) -> tuple[str, ...]:
    """What stays unknown once `field` has an answer: its details can be asked again."""
    return tuple(name for name in session.declined if name not in (field, *goals.DETAILS.get(field, ())))


def skip(turn: Turn) -> Outcome:
    """ "I don't know" is an answer: the field stays unknown and is not asked again."""
    session = turn.session
    field = forms.whole(session.asking or "")
    unknown = dict.fromkeys((*session.declined, field, *goals.DETAILS.get(field, ())))
    session = session.at(
        declined=tuple(unknown),
        profile=session.profile.without(field),
        draft={},
        asking=None,
    )
    return advance(turn.at(session), spoken(field, None, turn.language, unknown=True))


def skip_employer(turn: Turn) -> Outcome:
    """Everything only the employer knows stays unknown, in one tap."""
    names = [name for name in goals.open_fields(turn.session, turn.today) if name.startswith(goals.EMPLOYER)]
    session = turn.session.at(declined=(*turn.session.declined, *names), asking=None)
    return advance(turn.at(session), turn.label("employer_skipped"))


def back(turn: Turn) -> Outcome:
    """The question before this one again; its answer is open, all others stay."""
    session = turn.session
    if forms.started(session):
        return ask(turn.at(forms.drop_last(session)), forms.last_part(session))
    if not session.trail:
        return question.show(turn, problem=turn.label("nothing_before"))
    field = session.trail[-1]
    earlier = session.at(
        trail=session.trail[:-1], profile=session.profile.without(field), draft={}, asking=None
    )
    return ask(turn.at(earlier), field)


def change(turn: Turn, field: str) -> Outcome:
    """One earlier answer alone is asked again; it stays in force until there is a new one."""
    if field not in answers.askable():
        return start.menu(turn)
    session = turn.session.at(
        declined=tuple(name for name in turn.session.declined if name != field), draft={}
    )
    return ask(turn.at(session), field)

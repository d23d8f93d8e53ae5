"""Which screen a command or a button leads to."""

from __future__ import annotations

from collections.abc import Callable, Mapping

from bot.conversation import intents, interview
from bot.conversation.callbacks import Go
from bot.conversation.events import Command
from bot.conversation.screens import (
    admin,
    alerts,
    article,
    checklist,
    consent,
    deadlines,
    draws,
    faq,
    human,
    letter,
    my_file,
    noc,
    privacy,
    provinces,
    relocation,
    results,
    score,
    settings,
    start,
    tools,
)
from bot.conversation.turn import Outcome, Turn

Screen = Callable[[Turn, str], Outcome]

COMMANDS: Mapping[str, Screen] = {
    "draws": draws.command,
    "alerts": alerts.show,
    "admin": admin.command,
    "start": start.welcome,
    "help": lambda turn, _: start.help_page(turn),
    "noc": noc.command,
    "streams": lambda turn, _: interview.begin(turn, "ontario"),
    "score": lambda turn, _: score.choose(turn),
    "faq": faq.command,
    "settings": lambda turn, _: settings.show(turn),
    "privacy": lambda turn, _: privacy.show(turn),
    "forget": lambda turn, _: privacy.confirm(turn),
    "export": lambda turn, _: privacy.export(turn),
    "cancel": lambda turn, _: start.cancel(turn),
    "review": lambda turn, _: results.review(turn),
    "tools": lambda turn, _: tools.show(turn),
    "provinces": lambda turn, _: provinces.show(turn),
    "human": lambda turn, _: human.show(turn),
    "checklist": lambda turn, _: checklist.command(turn),
    "deadlines": lambda turn, _: deadlines.choose(turn),
    "article": article.command,
    "letter": letter.show,
    "myfile": lambda turn, _: my_file.show(turn),
    "relocation": lambda turn, _: relocation.show(turn),
}

SCREENS: Mapping[str, Screen] = {
    "draws": draws.overview,
    "drawhelp": draws.help_page,
    "drawlist": draws.browse,
    "draw": draws.show,
    "drawchart": draws.chart,
    "alerts": alerts.show,
    "alert": alerts.change,
    "alertpick": alerts.pick,
    "admin": admin.command,
    "menu": lambda turn, _: start.menu(turn),
    "help": lambda turn, _: start.help_page(turn),
    "goal": score.goal,
    "resume": lambda turn, _: interview.again(turn) if turn.session.interviewing else start.menu(turn),
    "consent": consent.answer,
    "noc": noc.card_or_prompt,
    "use": noc.use,
    "decide": noc.decide,
    "compare": noc.compare,
    "faq": faq.show,
    "faqok": faq.feedback,
    "topics": lambda turn, _: faq.topics(turn),
    "review": lambda turn, _: results.review(turn),
    "change": interview.change,
    "why": results.why,
    "result": results.again,
    "score": lambda turn, _: score.choose(turn),
    "steps": lambda turn, _: score.steps(turn),
    "closed": lambda turn, _: results.closed(turn),
    "settings": lambda turn, _: settings.show(turn),
    "lang": settings.language,
    "privacy": lambda turn, _: privacy.show(turn),
    "forget": privacy.forget,
    "export": lambda turn, _: privacy.export(turn),
    "restart": lambda turn, _: start.restart(turn),
    "tools": lambda turn, _: tools.show(turn),
    "provinces": provinces.show,
    "human": lambda turn, _: human.show(turn),
    "checklist": checklist.show,
    "deadlines": deadlines.ask,
    "article": lambda turn, _: article.ask(turn),
    "letter": letter.show,
    "skeleton": letter.show_skeleton,
    "letter_check": letter.ask,
    "relocation": lambda turn, _: relocation.show(turn),
    "myfile": lambda turn, _: my_file.show(turn),
}

# The tools that ask for a text: by `Session.awaiting` up to the dot; what follows the dot comes with the text.
AWAITED: Mapping[str, Callable[[Turn, str, str], Outcome]] = {
    deadlines.WAITING: deadlines.read,
    article.WAITING: article.read,
    letter.WAITING: letter.read,
    alerts.WAITING: alerts.read_codes,
    admin.WAITING: admin.read_note,
}


def command(turn: Turn, event: Command) -> Outcome:
    """The screen of a command; an unknown one is told so kindly, with those that exist."""
    screen = COMMANDS.get(event.name)
    if screen is None:
        return start.help_page(turn, unknown=event.name)
    return screen(turn, event.argument.strip())


def go(turn: Turn, wanted: Go) -> Outcome:
    """The screen a button leads to; one that no longer exists leads to the menu."""
    screen = SCREENS.get(wanted.route)
    return screen(turn, wanted.argument) if screen else start.menu(turn)


def awaited(turn: Turn, waiting: str, text: str) -> Outcome:
    """What the tool that asked for a text does with it; a tool that no longer exists leaves it to the intents.

    An interview that was open comes back to its question, once the tool waits for nothing more.
    """
    tool, _, about = waiting.partition(".")
    taker = AWAITED.get(tool)
    if taker is None:
        return intents.answer(turn, text)
    outcome = taker(turn, about, text)
    if outcome.session.awaiting:
        return outcome
    return outcome.then(interview.again(turn.at(outcome.session)))

"""Which screen a command or a button leads to."""

from __future__ import annotations

from collections.abc import Callable, Mapping

from bot.conversation import interview
from bot.conversation.callbacks import Go
from bot.conversation.events import Command
from bot.conversation.screens import consent, faq, noc, privacy, results, score, settings, start
from bot.conversation.turn import Outcome, Turn

Screen = Callable[[Turn, str], Outcome]

COMMANDS: Mapping[str, Screen] = {
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
}

SCREENS: Mapping[str, Screen] = {
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

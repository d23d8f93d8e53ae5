"""One turn of a conversation: everything a screen may look at, and what it gives back."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import date

from bot.conversation.callbacks import Answer, Go, encode
from bot.conversation.events import Asker
from bot.conversation.library import Library
from bot.conversation.replies import Button, Effect, Keyboard, Reply, Say
from bot.conversation.session import Session
from knowledge.content.render import Language, label, render


@dataclass(frozen=True, slots=True)
class Outcome:
    """The session after the turn, the replies owed in order, and the side effects."""

    session: Session
    replies: tuple[Reply, ...] = ()
    effects: tuple[Effect, ...] = ()

    def then(self, other: Outcome) -> Outcome:
        """This outcome followed by `other`, whose session is the later one."""
        return Outcome(other.session, self.replies + other.replies, self.effects + other.effects)

    def after(self, *first: Reply) -> Outcome:
        """The same with `first` said before."""
        return replace(self, replies=first + self.replies)


@dataclass(frozen=True, slots=True)
class Turn:
    """What one event is answered with: the session so far, who asks, the date in Toronto, what is known.

    `message_id` is the message a tapped button stands under, None for anything typed.
    """

    session: Session
    asker: Asker
    today: date
    library: Library
    message_id: int | None = None

    @property
    def language(self) -> Language:
        return self.session.language

    def at(self, session: Session) -> Turn:
        return replace(self, session=session)

    def text(self, name: str, /, **data: object) -> str:
        """The template `name` in the person's language; every template knows `today`, and which sources are
        under review since when."""
        reviews = self.library.draws.under_review
        return render(name, self.language, today=self.today, reviews=reviews, **data)

    def label(self, key: str, /, **data: object) -> str:
        return label(key, self.language, **data)

    def go(self, key: str, route: str, argument: str = "", /, **data: object) -> Button:
        """A button with the label `key` that leads to a screen at any time."""
        return Button(self.label(key, **data), data=encode(Go(route, argument)))

    def answer(self, text: str, choice: str) -> Button:
        """A button that answers the question now open."""
        return Button(text, data=encode(Answer(self.session.id, self.session.step, choice)))

    def say(self, name: str, /, keyboard: Keyboard = (), **data: object) -> Outcome:
        """The template `name` as the only reply, session unchanged."""
        return Outcome(self.session, (Say(self.text(name, **data), keyboard),))


def rows(*buttons: Button, width: int = 2) -> Keyboard:
    """Buttons side by side, `width` to a row; a label over 18 characters gets a row of its own."""
    made: list[tuple[Button, ...]] = []
    row: list[Button] = []
    for button in buttons:
        if len(button.label) > 18:
            made.extend([tuple(row)] if row else [])
            made.append((button,))
            row = []
            continue
        row.append(button)
        if len(row) == width:
            made.append(tuple(row))
            row = []
    return (*made, tuple(row)) if row else tuple(made)

"""What the carrier needs of a conversation: sessions as text, and a pure answer to an event."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from typing import Protocol, TypeVar

from bot.conversation.events import Asker, Event
from bot.conversation.replies import Effect, Reply

S = TypeVar("S")
S_co = TypeVar("S_co", covariant=True)


class Outcome(Protocol[S_co]):
    """The session after the turn, the replies owed in order, the side effects."""

    @property
    def session(self) -> S_co: ...
    @property
    def replies(self) -> Sequence[Reply]: ...
    @property
    def effects(self) -> Sequence[Effect]: ...


class Conversation(Protocol[S]):
    """`load` makes a session of the stored text, a new one of None or of text that no version understands."""

    def load(self, stored: str | None, asker: Asker, /) -> S: ...
    def dump(self, session: S, /) -> str: ...
    def respond(self, session: S, event: Event, asker: Asker, today: date, /) -> Outcome[S]: ...

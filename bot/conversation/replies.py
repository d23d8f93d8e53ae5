"""What the bot owes a person: finished texts and keyboards, and the side effects that go with them.

Texts are Telegram HTML, already escaped and in the person's language. The adapter only carries them.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Literal


@dataclass(frozen=True, slots=True)
class Button:
    """One inline button: exactly one of `data` (a tap), `url` (a link) or `share` (inline query to insert)."""

    label: str
    data: str | None = None
    url: str | None = None
    share: str | None = None

    def __post_init__(self) -> None:
        if sum(value is not None for value in (self.data, self.url, self.share)) != 1:
            raise ValueError(f"button {self.label!r} needs exactly one of data, url or share")


Keyboard = tuple[tuple[Button, ...], ...]


@dataclass(frozen=True, slots=True)
class Say:
    """A message. With `replaces`, that message is edited; where it is gone, a new one is sent."""

    text: str
    keyboard: Keyboard = ()
    replaces: int | None = None


@dataclass(frozen=True, slots=True)
class Notice:
    """The short answer to a tap (at most 200 characters; empty only stops the spinner)."""

    query_id: str
    text: str = ""
    alert: bool = False


@dataclass(frozen=True, slots=True)
class InlineCard:
    """One result of an inline query: what is listed, and the message it inserts."""

    id: str
    title: str
    description: str
    text: str


@dataclass(frozen=True, slots=True)
class InlineAnswer:
    query_id: str
    cards: tuple[InlineCard, ...]


@dataclass(frozen=True, slots=True)
class Attachment:
    """A picture or document still to be made: `kind` names the maker, `data` is all it needs (JSON types)."""

    kind: str
    data: Mapping[str, object]
    caption: str
    keyboard: Keyboard = ()
    form: Literal["photo", "document"] = "photo"


Reply = Say | Notice | InlineAnswer | Attachment


@dataclass(frozen=True, slots=True)
class Forget:
    """Delete everything kept about this person."""


@dataclass(frozen=True, slots=True)
class Export:
    """Send the person all that is kept about them, as a JSON document."""

    caption: str


@dataclass(frozen=True, slots=True)
class Subscribe:
    """Start or change draw alerts: `filters` as in bot.alerts.subscriptions (JSON types)."""

    filters: Mapping[str, object]


@dataclass(frozen=True, slots=True)
class Unsubscribe:
    pass


@dataclass(frozen=True, slots=True)
class Feedback:
    """A 'was this helpful?' answer or a question without an entry; kept without identity."""

    slug: str | None
    helpful: bool | None
    question: str | None = None


@dataclass(frozen=True, slots=True)
class AdminAction:
    """Something an administrator asked for: `approve`, `hold`, `cancel`, `note`, `status`."""

    name: str
    argument: str = ""


Effect = Forget | Export | Subscribe | Unsubscribe | Feedback | AdminAction

"""What a person did, freed of Telegram: the events the conversation understands."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal


@dataclass(frozen=True, slots=True)
class Asker:
    """Who is speaking, as far as the conversation may know it: no name, no phone number.

    `language_code` is the IETF tag Telegram reports, or None; `in_group` is true outside private chats.
    """

    chat_id: int
    language_code: str | None = None
    in_group: bool = False
    is_admin: bool = False


@dataclass(frozen=True, slots=True)
class Text:
    """A plain message; `edited` when the person changed one they had sent before."""

    text: str
    edited: bool = False


@dataclass(frozen=True, slots=True)
class Command:
    """`/name argument`, the name without slash and bot name, in lower case."""

    name: str
    argument: str = ""


@dataclass(frozen=True, slots=True)
class Tap:
    """An inline button: its callback data, the message it stands under, the query to acknowledge."""

    data: str
    message_id: int
    query_id: str


@dataclass(frozen=True, slots=True)
class Media:
    """Something that is not text: a photo, a voice message, a document, a sticker, a location."""

    kind: str


@dataclass(frozen=True, slots=True)
class InlineQuery:
    """`@bot words` typed in any chat."""

    query_id: str
    text: str


@dataclass(frozen=True, slots=True)
class Membership:
    """The person blocked the bot, or came back."""

    status: Literal["blocked", "active"]


Event = Text | Command | Tap | Media | InlineQuery | Membership

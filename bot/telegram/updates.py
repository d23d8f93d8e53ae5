"""Telegram's update as an event of the conversation: what was done, by whom, in which chat. Pure."""

from __future__ import annotations

import json
import re
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from telegram import CallbackQuery, Chat, ChatMemberUpdated, Message, Update, User
from telegram import InlineQuery as TelegramInlineQuery
from telegram.error import TelegramError

from bot.conversation.events import Asker, Command, Event, InlineQuery, Media, Membership, Tap, Text
from bot.store.address import Address
from bot.store.inbox import Mail

# What the bot asks Telegram for; anything else would only be thrown away.
ALLOWED = ["message", "edited_message", "callback_query", "inline_query", "my_chat_member"]
COMMAND = re.compile(r"/([A-Za-z0-9_]{1,32})(?:@(\w{1,64}))?(?:\s+(.*))?", re.DOTALL)
MEDIA = (
    "photo",
    "voice",
    "document",
    "video",
    "audio",
    "sticker",
    "animation",
    "video_note",
    "location",
    "venue",
    "contact",
    "poll",
    "dice",
)
AWAY = {"kicked", "left", "restricted"}


@dataclass(frozen=True, slots=True)
class Letter:
    """One update, understood: its number, whose it is, what they did, and Telegram's JSON of it."""

    update_id: int
    address: Address
    language_code: str | None
    event: Event
    raw: str

    @property
    def mail(self) -> Mail:
        """The letter as the inbox keeps it."""
        return Mail(self.update_id, self.address, self.raw)

    def asker(self, admins: frozenset[int]) -> Asker:
        """Who is speaking, as far as the conversation may know."""
        return Asker(
            chat_id=self.address.chat_id,
            language_code=self.language_code,
            in_group=not self.address.private,
            is_admin=self.address.private and self.address.person_id in admins,
        )


def read(raw: Mapping[str, Any], bot_name: str) -> Letter | None:
    """The letter in `raw`; None when it asks nothing of this bot or is not an update at all."""
    try:
        update = Update.de_json(dict(raw), None)
        found = understood(update, bot_name)
    except (TelegramError, ArithmeticError, AttributeError, LookupError, OSError, TypeError, ValueError):
        # Not an update as Telegram writes them. Nobody waits for an answer to it.
        return None
    if found is None:
        return None
    event, chat_id, user = found
    person_id = user.id if user else chat_id
    if not all(_is_number(number) for number in (update.update_id, chat_id, person_id)):
        return None
    language = user.language_code if user else None
    return Letter(update.update_id, Address(chat_id, person_id), language, event, json.dumps(raw))


def _is_number(value: object) -> bool:
    """What the database can keep: a whole number of 64 bits."""
    return type(value) is int and -(2**63) <= value < 2**63


def _clean(text: str) -> str:
    """Without half characters, which no database and no reply can hold."""
    return text.encode("utf-16", "surrogatepass").decode("utf-16", "replace")


def reread(mail: Mail, bot_name: str) -> Letter | None:
    """The letter in a mail that waited in the inbox."""
    return read(json.loads(mail.raw), bot_name)


def understood(update: Update, bot_name: str) -> tuple[Event, int, User | None] | None:
    """The event of `update`, the chat it happened in and the person who did it."""
    if message := update.message or update.edited_message:
        event = of_message(message, bot_name, edited=update.message is None)
        return (event, message.chat.id, message.from_user) if event else None
    if update.callback_query:
        return of_tap(update.callback_query)
    if update.inline_query:
        return of_inline(update.inline_query)
    if update.my_chat_member:
        return of_membership(update.my_chat_member)
    return None


def of_message(message: Message, bot_name: str, edited: bool) -> Event | None:
    """A command, a text or a medium; None for service messages and for commands to another bot."""
    if message.text is None:
        kind = next((kind for kind in MEDIA if getattr(message, kind, None)), None)
        return Media(kind) if kind and not edited else None
    command = COMMAND.fullmatch(_clean(message.text))
    if command is None:
        said = message.text if message.chat.type == Chat.PRIVATE else addressed(message, bot_name)
        return None if said is None else Text(_clean(said), edited)
    name, addressee, argument = command.groups()
    if addressee and addressee.lower() != bot_name.lower():
        return None
    return Command(name.lower(), (argument or "").strip())


def addressed(message: Message, bot_name: str) -> str | None:
    """What a group message says to this bot: it is named in it, or replied to; None where neither is so."""
    text = message.text or ""
    named = re.compile(rf"@{re.escape(bot_name)}\b", re.IGNORECASE)
    if named.search(text):
        return named.sub("", text).strip()
    answered = message.reply_to_message
    author = answered.from_user if answered else None
    return text if author and (author.username or "").lower() == bot_name.lower() else None


def of_tap(query: CallbackQuery) -> tuple[Event, int, User] | None:
    if query.data is None:
        return None
    message = query.message
    chat_id = message.chat.id if message else query.from_user.id
    return Tap(_clean(query.data), message.message_id if message else 0, query.id), chat_id, query.from_user


def of_inline(query: TelegramInlineQuery) -> tuple[Event, int, User]:
    return InlineQuery(query.id, _clean(query.query)), query.from_user.id, query.from_user


def of_membership(change: ChatMemberUpdated) -> tuple[Event, int, User]:
    """The person blocked the bot or came back; in a group, the bot was put out or taken in."""
    status = "blocked" if change.new_chat_member.status in AWAY else "active"
    # Whoever changed it in a group, it is the group that is reached or not.
    user = change.from_user if change.chat.type == Chat.PRIVATE else User(change.chat.id, "", False)
    return Membership("blocked" if status == "blocked" else "active"), change.chat.id, user

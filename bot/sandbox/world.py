"""All that the sandbox knows, in memory: the bot, the people, their chats, and what is under way."""

from __future__ import annotations

import itertools
import time
from collections import Counter
from dataclasses import dataclass, field
from typing import Any

from bot.sandbox.budgets import Budget, Meter
from bot.sandbox.errors import ApiError, bad_request, forbidden, migrated
from bot.sandbox.faults import Faults
from bot.sandbox.feed import Feed
from bot.sandbox.files import FileStore
from bot.sandbox.journal import Journal
from bot.sandbox.people import Bot, Chat, Json, Message, Person
from bot.sandbox.updates import UpdateQueue

_FIRST_PERSON = 700_000_001
_FIRST_GROUP = 4_000_001


@dataclass(slots=True)
class Settings:
    """How the sandbox behaves.

    `bot_name`, `bot_username`: what the bot is called until it says otherwise.
    `token`: the only token accepted, or None for any well-formed one. `callback_seconds`: how long a tap
    can be answered. `counting`: sends are only counted per chat, nothing is kept; for measuring. `latency`:
    seconds before each answer. `inline_feedback`: chosen inline results are reported, as BotFather's setting does.
    """

    bot_name: str = "Sandbox bot"
    bot_username: str = "sandbox_bot"
    token: str | None = None
    refused_tokens: frozenset[str] = frozenset()
    callback_seconds: float = 60.0
    inline_seconds: float = 10.0
    counting: bool = False
    latency: float = 0.0
    webhook_retry_seconds: float = 0.5
    inline_feedback: bool = False
    group_privacy: bool = True


@dataclass(slots=True)
class Query:
    """A callback or inline query waiting for its answer. `until` is a monotonic time."""

    id: str
    chat_id: int
    person_id: int
    until: float
    results: list[Json] = field(default_factory=list)


class World:
    """The state and the few moves everything else is made of."""

    def __init__(self, settings: Settings | None = None, budget: Budget | None = None) -> None:
        self.settings = settings or Settings()
        self.bot = Bot(name=self.settings.bot_name, username=self.settings.bot_username)
        self.people: dict[int, Person] = {}
        self.chats: dict[int, Chat] = {}
        self.updates = UpdateQueue()
        self.feed = Feed()
        self.journal = Journal()
        self.faults = Faults()
        self.meter = Meter(budget or Budget.off())
        self.files = FileStore()
        self.queries: dict[str, Query] = {}
        self.inline_queries: dict[str, Query] = {}
        self.sent: Counter[int] = Counter()
        self.webhook: Json = {"url": ""}
        self._message_ids = itertools.count(1)
        self._people_ids = itertools.count(_FIRST_PERSON)
        self._group_ids = itertools.count(_FIRST_GROUP)
        self._query_ids = itertools.count(int(time.time()) * 1000)

    def close(self) -> None:
        """Send every waiting request home: the sandbox is shutting down."""
        self.feed.close()
        self.updates.end_poll(None)

    # people and chats

    def add_person(self, name: str, language: str | None = "en", **more: Any) -> Person:
        person_id = more.pop("id", None) or next(self._people_ids)
        if person_id in self.people:
            raise ValueError(f"there is already a person with the id {person_id}")
        person = Person(person_id, name, language, **more)
        self.people[person.id] = person
        self.chats[person.id] = Chat(person.id, person)
        self.feed.publish("person", person.id, by_person=True, person=person.as_json())
        return person

    def add_crowd(self, count: int, first_id: int, language: str | None = "en") -> None:
        """Many people at once who have all talked to the bot before."""
        for person_id in range(first_id, first_id + count):
            person = Person(person_id, f"Person {person_id}", language, started=True)
            self.people[person_id] = person
            self.chats[person_id] = Chat(person_id, person)

    def add_group(self, title: str, members: list[int], kind: str = "group") -> Chat:
        number = next(self._group_ids)
        chat_id = -1_000_000_000_000 - number if kind == "supergroup" else -number
        chat = Chat(chat_id, title=title, kind=kind, members=set(members))
        self.chats[chat_id] = chat
        return chat

    def chat_for_bot(self, chat_id: int) -> Chat:
        """The chat, if the bot may act in it. Raises ApiError 400 or 403 in Telegram's words."""
        chat = self.chats.get(chat_id)
        if chat is None:
            raise bad_request("chat not found")
        if chat.migrated_to is not None:
            raise migrated(chat.migrated_to)
        if refusal := _refusal(chat):
            raise refusal
        return chat

    # messages

    def next_message_id(self) -> int:
        return next(self._message_ids)

    def new_message(self, chat: Chat, sender: Json, **content: Any) -> Json:
        return {
            "message_id": self.next_message_id(),
            "from": sender,
            "chat": chat.as_json(),
            "date": int(time.time()),
            **content,
        }

    def keep(self, chat: Chat, message: Message) -> None:
        """Put a message into the chat and tell everyone who is watching."""
        chat.messages[message.id] = message
        self.feed.publish("message", chat.id, by_person=not message.by_bot, message=message.view())

    # queries

    def next_query_id(self) -> str:
        return str(next(self._query_ids))

    def open_query(self, chat_id: int, person_id: int) -> Query:
        until = time.monotonic() + self.settings.callback_seconds
        query = Query(self.next_query_id(), chat_id, person_id, until)
        self.queries[query.id] = query
        return query

    def open_inline_query(self, person_id: int) -> Query:
        until = time.monotonic() + self.settings.inline_seconds
        query = Query(self.next_query_id(), person_id, person_id, until)
        self.inline_queries[query.id] = query
        return query


def _refusal(chat: Chat) -> ApiError | None:
    if chat.person is None:
        return None if chat.bot_is_member else forbidden("bot was kicked from the group chat")
    if chat.person.deactivated:
        return forbidden("user is deactivated")
    if chat.person.blocked:
        return forbidden("bot was blocked by the user")
    return None if chat.person.started else bad_request("chat not found")

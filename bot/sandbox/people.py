"""Who is in the sandbox: people, the bot itself, and the chats they share."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Any

Json = dict[str, Any]


@dataclass(slots=True)
class Person:
    """Someone with a Telegram account. `language` is the IETF tag their app reports."""

    id: int
    name: str
    language: str | None = "en"
    last_name: str | None = None
    username: str | None = None
    started: bool = False
    blocked: bool = False
    deactivated: bool = False

    def as_user(self) -> Json:
        return _without_none(
            id=self.id,
            is_bot=False,
            first_name=self.name,
            last_name=self.last_name,
            username=self.username,
            language_code=self.language,
        )

    def as_chat(self) -> Json:
        return _without_none(
            id=self.id,
            type="private",
            first_name=self.name,
            last_name=self.last_name,
            username=self.username,
        )

    def as_json(self) -> Json:
        return {
            "id": self.id,
            "name": self.name,
            "last_name": self.last_name,
            "username": self.username,
            "language": self.language,
            "started": self.started,
            "blocked": self.blocked,
            "deactivated": self.deactivated,
        }


@dataclass(slots=True)
class Bot:
    """The bot's account and what it has said about itself; texts by language, "" for every other one."""

    id: int = 0
    name: str = "Sandbox bot"
    username: str = "sandbox_bot"
    names: dict[str, str] = field(default_factory=dict)
    descriptions: dict[str, str] = field(default_factory=dict)
    short_descriptions: dict[str, str] = field(default_factory=dict)
    commands: dict[tuple[str, str], list[Json]] = field(default_factory=dict)
    menu_button: Json = field(default_factory=lambda: {"type": "commands"})

    def as_user(self) -> Json:
        return {"id": self.id, "is_bot": True, "first_name": self.name, "username": self.username}

    def in_language(self, texts: dict[str, str], language: str | None) -> str:
        return texts.get((language or "").partition("-")[0], texts.get("", ""))

    def commands_for(self, language: str | None, chat_id: int) -> list[Json]:
        """The command menu a person sees: narrowest scope first, their language before the general one."""
        scope = "all_private_chats" if chat_id > 0 else "all_group_chats"
        code = (language or "").partition("-")[0]
        for place in (f"chat:{chat_id}", scope, "default"):
            for spoken in (code, ""):
                if (place, spoken) in self.commands:
                    return self.commands[place, spoken]
        return []


@dataclass(slots=True)
class Message:
    """A message as the chat holds it: `api` is the Bot API object, `keyboard` whatever stands under it."""

    api: Json
    by_bot: bool
    keyboard: Json | None = None

    @property
    def id(self) -> int:
        return int(self.api["message_id"])

    def view(self) -> Json:
        """The message for the chat page and the story client."""
        return {**self.api, "by_bot": self.by_bot, "keyboard": self.keyboard}


@dataclass(slots=True)
class Chat:
    """A private chat with one person, or a group. `reply_keyboard` is the one below the input field."""

    id: int
    person: Person | None = None
    title: str = ""
    kind: str = "private"
    members: set[int] = field(default_factory=set)
    bot_is_member: bool = True
    migrated_to: int | None = None
    reply_keyboard: Json | None = None
    messages: dict[int, Message] = field(default_factory=dict)

    def as_json(self) -> Json:
        if self.person:
            return self.person.as_chat()
        return {"id": self.id, "type": self.kind, "title": self.title}


def _without_none(**values: Any) -> Json:
    return {name: value for name, value in values.items() if value is not None}

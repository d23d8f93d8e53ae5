"""What people do: write, tap, change a message, send a picture, block the bot, ask inline."""

from __future__ import annotations

import time
from typing import Any

from bot.sandbox import limits
from bot.sandbox.entities import formatted
from bot.sandbox.media import media_content
from bot.sandbox.params import Upload
from bot.sandbox.people import Chat, Json, Message, Person
from bot.sandbox.text import FormattedText, utf16_length
from bot.sandbox.world import World


class ActError(ValueError):
    """Something a person cannot do; the message says what and what they can do instead."""


class Acts:
    """The moves of people. Each returns what it made and the feed's revision just after it."""

    def __init__(self, world: World) -> None:
        self._world = world

    def send(
        self, person: Person, text: str, chat_id: int | None = None, reply_to: int | None = None
    ) -> Json:
        if not text.strip():
            raise ActError("a message needs some text")
        if utf16_length(text) > limits.TEXT:
            raise ActError(f"Telegram's apps send at most {limits.TEXT} characters at once")
        return self._post(person, self._chat(person, chat_id), _text_content(formatted(text, None)), reply_to)

    def send_media(
        self,
        person: Person,
        kind: str,
        upload: Upload | None = None,
        caption: str = "",
        chat_id: int | None = None,
    ) -> Json:
        content = media_content(self._world.files, person, kind, upload)
        if caption:
            content["caption"] = caption
        return self._post(person, self._chat(person, chat_id), content, None)

    def edit(self, person: Person, message_id: int, text: str, chat_id: int | None = None) -> Json:
        chat = self._chat(person, chat_id)
        message = self._message(chat, message_id)
        if message.by_bot or "text" not in message.api or message.api["from"]["id"] != person.id:
            raise ActError("only an own text message can be edited")
        value = formatted(text, None)
        if not value.text:
            raise ActError("a message needs some text")
        changed = {k: v for k, v in message.api.items() if k != "entities"}
        message.api = changed | _text_content(value) | {"edit_date": int(time.time())}
        self._world.feed.publish("edited", chat.id, by_person=True, message=message.view())
        return self._done(update_id=self._world.updates.put("edited_message", message.api))

    def delete(self, person: Person, message_id: int, chat_id: int | None = None) -> Json:
        chat = self._chat(person, chat_id)
        self._message(chat, message_id)
        del chat.messages[message_id]
        self._world.feed.publish("deleted", chat.id, by_person=True, message_id=message_id)
        return self._done()

    def tap(self, person: Person, message_id: int, data: str, chat_id: int | None = None) -> Json:
        """A tap on an inline button; `data` may be anything, as a forged client can send anything."""
        chat = self._chat(person, chat_id)
        message = self._message(chat, message_id)
        query = self._world.open_query(chat.id, person.id)
        body = {
            "id": query.id,
            "from": person.as_user(),
            "chat_instance": str(chat.id * 31),
            "message": message.api,
            "data": data,
        }
        self._world.feed.publish("tap", chat.id, by_person=True, message_id=message_id, data=data)
        return self._done(query_id=query.id, update_id=self._world.updates.put("callback_query", body))

    def block(self, person: Person) -> Json:
        if person.blocked:
            raise ActError(f"{person.name} has already blocked the bot")
        person.blocked = True
        return self._membership(person, "member", "kicked")

    def unblock(self, person: Person) -> Json:
        if not person.blocked:
            raise ActError(f"{person.name} has not blocked the bot")
        person.blocked = False
        return self._membership(person, "kicked", "member")

    def deactivate(self, person: Person) -> Json:
        """The person deletes their account: the bot hears nothing, it only finds out when it writes."""
        person.deactivated = True
        self._world.feed.publish("person", person.id, by_person=True, person=person.as_json())
        return self._done()

    def ask_inline(self, person: Person, query: str, offset: str = "") -> Json:
        if utf16_length(query) > limits.INLINE_QUERY:
            raise ActError(f"an inline query has at most {limits.INLINE_QUERY} characters")
        opened = self._world.open_inline_query(person.id)
        body = {
            "id": opened.id,
            "from": person.as_user(),
            "query": query,
            "offset": offset,
            "chat_type": "sender",
        }
        return self._done(query_id=opened.id, update_id=self._world.updates.put("inline_query", body))

    def choose_inline(self, person: Person, query_id: str, result_id: str) -> Json:
        """Insert an inline result into the person's chat with the bot."""
        query = self._world.inline_queries.get(query_id)
        results = query.results if query else []
        result = next((result for result in results if str(result["id"]) == result_id), None)
        if query is None or result is None:
            raise ActError("there is no such inline result")
        self._report_choice(person, query_id, result_id)
        content = dict(result.get("message") or {"text": result.get("title", "")})
        if markup := result.get("reply_markup"):
            content["reply_markup"] = markup
        content["via_bot"] = self._world.bot.as_user()
        return self._post(person, self._world.chats[person.id], content, None, result.get("reply_markup"))

    def _report_choice(self, person: Person, query_id: str, result_id: str) -> None:
        if self._world.settings.inline_feedback:
            body = {"result_id": result_id, "from": person.as_user(), "query": query_id}
            self._world.updates.put("chosen_inline_result", body)

    def migrate(self, chat_id: int) -> Json:
        """A group becomes a supergroup: it gets a new id and the old one is dead."""
        old = self._world.chats.get(chat_id)
        if old is None or old.kind != "group" or old.migrated_to:
            raise ActError("only a group that has not moved yet can become a supergroup")
        new = self._world.add_group(old.title, sorted(old.members), kind="supergroup")
        new.bot_is_member, old.migrated_to = old.bot_is_member, new.id
        for chat, field in ((old, {"migrate_to_chat_id": new.id}), (new, {"migrate_from_chat_id": old.id})):
            sender = self._world.people[min(old.members)].as_user()
            api = self._world.new_message(chat, sender, **field)
            self._world.updates.put("message", api)
        return self._done(chat_id=new.id)

    def join_group(self, title: str, members: list[Person]) -> Json:
        """A person makes a group and takes the bot in."""
        if not members:
            raise ActError("a group needs at least one person")
        chat = self._world.add_group(title, [person.id for person in members])
        self._member_update(chat, members[0], "left", "member")
        return self._done(chat_id=chat.id)

    def leave_group(self, chat_id: int) -> Json:
        """The bot is thrown out of a group."""
        chat = self._world.chats.get(chat_id)
        if chat is None or chat.person is not None:
            raise ActError(f"there is no group with the id {chat_id}")
        chat.bot_is_member = False
        self._member_update(chat, self._world.people[min(chat.members)], "member", "kicked")
        return self._done()

    # the parts of those moves

    def _chat(self, person: Person, chat_id: int | None) -> Chat:
        chat = self._world.chats.get(chat_id or person.id)
        if chat is None or (chat.person is None and person.id not in chat.members):
            raise ActError(f"{person.name} is in no chat with the id {chat_id}")
        return chat

    def _message(self, chat: Chat, message_id: int) -> Message:
        if message_id not in chat.messages:
            raise ActError(f"there is no message {message_id} in this chat")
        return chat.messages[message_id]

    def _post(
        self, person: Person, chat: Chat, content: Json, reply_to: int | None, keyboard: Json | None = None
    ) -> Json:
        if person.blocked:
            raise ActError(f"{person.name} has blocked the bot and must unblock it first")
        if person.deactivated:
            raise ActError(f"{person.name} has deleted their account")
        person.started = person.started or chat.person is person
        if reply_to is not None:
            content["reply_to_message"] = self._message(chat, reply_to).api
        api = self._world.new_message(chat, person.as_user(), **content)
        self._world.keep(chat, Message(api, by_bot=False, keyboard=keyboard))
        update_id = self._world.updates.put("message", api) if self._bot_hears(chat, api) else None
        return self._done(message_id=api["message_id"], update_id=update_id)

    def _bot_hears(self, chat: Chat, api: Json) -> bool:
        """In a group with privacy on, a bot hears commands, replies to itself and its own name."""
        if chat.person or not self._world.settings.group_privacy:
            return True
        replied = api.get("reply_to_message", {}).get("from", {}).get("id") == self._world.bot.id
        text = str(api.get("text", ""))
        return replied or text.startswith("/") or f"@{self._world.bot.username}" in text

    def _membership(self, person: Person, before: str, after: str) -> Json:
        chat = self._world.chats[person.id]
        self._world.feed.publish("person", person.id, by_person=True, person=person.as_json())
        return self._done(update_id=self._member_update(chat, person, before, after))

    def _member_update(self, chat: Chat, person: Person, before: str, after: str) -> int | None:
        body = {
            "chat": chat.as_json(),
            "from": person.as_user(),
            "date": int(time.time()),
            "old_chat_member": self._membership_of_bot(before),
            "new_chat_member": self._membership_of_bot(after),
        }
        return self._world.updates.put("my_chat_member", body)

    def _membership_of_bot(self, status: str) -> Json:
        member: Json = {"status": status, "user": self._world.bot.as_user()}
        return member | ({"until_date": 0} if status == "kicked" else {})

    def _done(self, **made: Any) -> Json:
        return {**made, "revision": self._world.feed.revision}


def _text_content(value: FormattedText) -> Json:
    return {"text": value.text} | ({"entities": list(value.entities)} if value.entities else {})

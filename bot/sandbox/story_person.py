"""One person of a story: what they do, and what they see."""

from __future__ import annotations

import asyncio
import base64
import time
from collections.abc import Sequence
from typing import TYPE_CHECKING, Any

from bot.sandbox.story_buttons import find_button
from bot.sandbox.story_errors import NoReply, StoryError, no_such_button
from bot.sandbox.transcript import (
    Button,
    InlineResult,
    Message,
    Notice,
    Transcript,
    inline_result_from,
    message_from,
)

if TYPE_CHECKING:
    from bot.sandbox.story import StoryClient

Json = dict[str, Any]


class StoryPerson:
    """A person in their private chat with the bot. Made by StoryClient.person().

    `messages` holds what is in the chat now, `notices` the answers to taps, `typing` whether the bot was seen
    typing since the last act.
    """

    def __init__(self, story: StoryClient, person_id: int, name: str, language: str | None) -> None:
        self.id = person_id
        self.name = name
        self.language = language
        self.messages: list[Message] = []
        self.notices: list[Notice] = []
        self.typing = False
        self._story = story
        self._transcript = Transcript(name)
        self._revision = 0
        self._changed: list[int] = []
        self._last_id: int | None = None
        self._acted_at_notice = 0
        self._inline: list[InlineResult] = []

    # what they see

    @property
    def chat(self) -> str:
        """The whole conversation as readable text."""
        return str(self._transcript)

    @property
    def last(self) -> Message:
        """The bot's message that was sent or edited last."""
        found = next((m for m in reversed(self.messages) if m.id == self._last_id), None)
        found = found or next((m for m in reversed(self.messages) if m.from_bot), None)
        if found is None:
            raise StoryError(f"the bot has said nothing to {self.name} yet")
        return found

    @property
    def replies(self) -> list[Message]:
        """What the bot sent or edited since the person's last act, in the order of the chat."""
        return [message for message in self.messages if message.id in self._changed]

    @property
    def reply(self) -> str:
        """The text of all replies since the last act."""
        return "\n\n".join(message.text for message in self.replies)

    @property
    def last_notice(self) -> Notice | None:
        """The answer to the last tap, or None when the bot gave none."""
        fresh = self.notices[self._acted_at_notice :]
        return fresh[-1] if fresh else None

    @property
    def buttons(self) -> tuple[str, ...]:
        """The labels that can be tapped now."""
        return tuple(button.label for _, button in self._tappable(None))

    # what they do

    async def send(
        self, text: str, *, wait: bool = True, reply_to: Message | None = None, chat_id: int | None = None
    ) -> Message | None:
        """Write a message and wait for the answer. Returns the bot's last message."""
        body = {"text": text, "chat_id": chat_id, "reply_to": reply_to.id if reply_to else None}
        return await self._act("send", body, wait)

    async def tap(self, label: str, *, message: Message | None = None, wait: bool = True) -> Message | None:
        """Tap a button by its label, or by any part of it that fits only one. A button of the reply keyboard
        sends its text. Raises NoSuchButton, which lists the buttons that are there."""
        await self.refresh()
        under, button = find_button(label, self._tappable(message), self.chat)
        if button.kind == "reply":
            return await self.send(button.label, wait=wait)
        if button.data is None:
            raise StoryError(
                f"the button {button.label!r} leads to {button.url or button.share!r}, not to the bot"
            )
        self._transcript.did(f"taps [{button.label}]")
        return await self._act("tap", {"message_id": under, "data": button.data}, wait)

    async def forge(self, data: str, *, message: Message | None = None, wait: bool = True) -> Message | None:
        """Send callback data no button carries, as a tampered app could."""
        self._transcript.did(f"forges a tap: {data!r}")
        under = (message or self.last).id
        return await self._act("tap", {"message_id": under, "data": data}, wait)

    async def edit_last(self, text: str, *, wait: bool = True) -> Message | None:
        """Change the message they sent last."""
        await self.refresh()
        own = next((m for m in reversed(self.messages) if not m.from_bot and m.raw.get("text")), None)
        if own is None:
            raise StoryError(f"{self.name} has written nothing yet")
        return await self._act("edit", {"message_id": own.id, "text": text}, wait)

    async def send_photo(
        self, content: bytes | None = None, caption: str = "", *, wait: bool = True
    ) -> Message | None:
        """Send a picture; without content, a plain one."""
        return await self.send_media("photo", content, "photo.png", "image/png", caption, wait=wait)

    async def send_document(
        self, content: bytes, filename: str = "document.pdf", caption: str = "", *, wait: bool = True
    ) -> Message | None:
        kind = "application/octet-stream"
        return await self.send_media("document", content, filename, kind, caption, wait=wait)

    async def send_media(  # noqa: PLR0913 - what a file is made of
        self,
        kind: str,
        content: bytes | None = None,
        filename: str = "file",
        content_type: str = "application/octet-stream",
        caption: str = "",
        *,
        wait: bool = True,
    ) -> Message | None:
        """Send anything bot.sandbox.media.KINDS names: voice, sticker, location, contact, …"""
        body: Json = {"kind": kind, "caption": caption}
        if content is not None:
            encoded = base64.b64encode(content).decode()
            body |= {"content": encoded, "filename": filename, "content_type": content_type}
        return await self._act("media", body, wait)

    async def delete(self, message: Message) -> None:
        """Delete a message from the chat, for both sides."""
        await self._act("delete", {"message_id": message.id}, wait=False)
        await self.refresh()

    async def block(self) -> None:
        self._transcript.did("blocks the bot")
        await self._act("block", {}, wait=False)

    async def unblock(self) -> None:
        self._transcript.did("unblocks the bot")
        await self._act("unblock", {}, wait=False)

    async def deactivate(self) -> None:
        """Delete the account."""
        self._transcript.did("deletes their account")
        await self._act("deactivate", {}, wait=False)

    async def speak(self, language: str | None) -> None:
        """Change the language of their Telegram app."""
        await self._story.post(f"people/{self.id}/language", {"language": language})
        self.language = language

    async def inline(self, query: str) -> list[InlineResult]:
        """Type `@bot query` and see the list of results."""
        self._transcript.did(f"asks inline: {query!r}")
        self._inline = []
        await self._act("ask-inline", {"query": query}, wait=True)
        self._transcript.bot_did(f"offers {', '.join(result.title for result in self._inline) or 'nothing'}")
        return self._inline

    async def choose(self, result: InlineResult, *, wait: bool = False) -> Message | None:
        """Insert an inline result into the chat."""
        body = {"query_id": result.query_id, "result_id": result.id}
        return await self._act("choose-inline", body, wait)

    async def menu(self) -> dict[str, str]:
        """The command menu in the person's language: command to description."""
        seen = await self._story.get(f"people/{self.id}/commands")
        return {command["command"]: command["description"] for command in seen["commands"]}

    # waiting

    async def wait(self, seconds: float | None = None) -> Message:
        """Wait until the bot says something more by itself and goes quiet. Raises NoReply."""
        self._begin()
        return await self._settle(seconds)

    async def wait_for(self, text: str, seconds: float | None = None) -> Message:
        """Wait until some message of the bot contains this text. Raises NoReply."""
        deadline = time.monotonic() + (seconds or self._story.timeout)
        while True:
            await self.refresh()
            found = next((m for m in reversed(self.messages) if m.from_bot and text in m.text), None)
            if found:
                return found
            if time.monotonic() > deadline:
                raise NoReply(f"the bot never said {text!r}\n\n{self.chat}{await self._refusals()}")
            await asyncio.sleep(0.05)

    async def silence(self, seconds: float = 0.5) -> None:
        """Make sure that the bot says nothing for a while. Raises StoryError when it does."""
        self._begin()
        await asyncio.sleep(seconds)
        await self.refresh()
        if self._changed:
            raise StoryError(f"the bot was to be silent but said {self.reply!r}\n\n{self.chat}")

    async def refresh(self) -> None:
        """Take in whatever happened meanwhile, without waiting."""
        self._take(await self._events(0))

    async def _act(self, name: str, body: Json, wait: bool) -> Message | None:
        await self.refresh()
        self._begin()
        given = {key: value for key, value in body.items() if value is not None}
        await self._story.post(f"people/{self.id}/act/{name}", given)
        if not wait:
            return None
        chat_id = body.get("chat_id")
        return await self._settle(None) if chat_id in (None, self.id) else None

    def _begin(self) -> None:
        self._changed, self.typing = [], False
        self._acted_at_notice = len(self.notices)

    async def _settle(self, longest: float | None) -> Message:
        seconds = longest or self._story.timeout
        answer = await self._events(seconds)
        self._take(answer)
        if not answer["settled"]:
            said = "did not come to an end" if self._changed else "said nothing"
            raise NoReply(f"the bot {said} within {seconds:g} s\n\n{self.chat}{await self._refusals()}")
        return self.last if any(m.from_bot for m in self.messages) else _NOTHING

    async def _events(self, longest: float) -> Json:
        params = {"chat": self.id, "since": self._revision, "timeout": longest, "quiet": self._story.quiet}
        return await self._story.get("events", params)

    async def _refusals(self) -> str:
        entries = [entry for entry in await self._story.journal() if entry["status"] != 200]
        lines = [f"{e['method']}: {e['status']} {e['description']}" for e in entries[-5:]]
        return "\n\nrequests the sandbox refused:\n" + "\n".join(lines) if lines else ""

    # taking in what happened

    def _take(self, answer: Json) -> None:
        for event in answer["events"]:
            if event["revision"] <= self._revision:
                continue  # two acts at once have both asked for it
            self._revision = event["revision"]
            handler = getattr(self, f"_on_{event['kind']}", None)
            if handler:
                handler(event)

    def _on_message(self, event: Json) -> None:
        message = message_from(event["message"])
        self.messages.append(message)
        self._transcript.message(message)
        self._note(message)

    def _on_edited(self, event: Json) -> None:
        message = message_from(event["message"])
        self.messages = [message if old.id == message.id else old for old in self.messages]
        self._transcript.message(message, "edits")
        self._note(message)

    def _note(self, message: Message) -> None:
        if message.from_bot:
            self._changed.append(message.id)
            self._last_id = message.id

    def _on_deleted(self, event: Json) -> None:
        self.messages = [message for message in self.messages if message.id != event["message_id"]]
        who = self._transcript.did if event.get("by_person") else self._transcript.bot_did
        who(f"deletes message {event['message_id']}")

    def _on_notice(self, event: Json) -> None:
        self.notices.append(Notice(event["text"], event["alert"]))
        if event["text"]:
            self._transcript.bot_did(f"{'alerts' if event['alert'] else 'notes'}: {event['text']}")

    def _on_typing(self, event: Json) -> None:  # noqa: ARG002 - that it happened is all there is to it
        self.typing = True

    def _on_inline_results(self, event: Json) -> None:
        self._inline = [inline_result_from(result, event["query_id"]) for result in event["results"]]

    def _tappable(self, message: Message | None) -> Sequence[tuple[int, Button]]:
        """What can be tapped: under the given message, or under the newest ones of the bot."""
        if message is not None:
            current = next((m for m in self.messages if m.id == message.id), None)
            if current is None:
                raise no_such_button("any", (), f"that message is gone\n\n{self.chat}")
            shown = [message if current.rows == () else current]
        else:
            shown = self._with_buttons()
        return [(m.id, button) for m in shown for row in m.rows for button in row]

    def _with_buttons(self) -> list[Message]:
        """The newest messages that have buttons: those of the last reply, else the last one before it."""
        fresh = [m for m in reversed(self.replies) if m.rows]
        older = [m for m in reversed(self.messages) if m.rows and m.from_bot]
        return fresh or older[:1]


_NOTHING = Message(0, "", True)

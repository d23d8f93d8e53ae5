"""What a bot changes or takes back: texts, captions, keyboards, whole messages."""

from __future__ import annotations

import time
from typing import Any

from bot.sandbox.errors import bad_request
from bot.sandbox.markup import Markup, inline_only
from bot.sandbox.methods.registry import method
from bot.sandbox.methods.sending import (
    caption_fields,
    caption_text,
    document_of,
    message_text,
    photo_sizes,
    with_users,
)
from bot.sandbox.params import Params
from bot.sandbox.people import Chat, Json, Message
from bot.sandbox.world import World

_NOT_MODIFIED = (
    "message is not modified: specified new message content and reply markup are exactly the same "
    "as a current content and reply markup of the message"
)
_DELETABLE_SECONDS = 48 * 3600


def _to_edit(world: World, params: Params) -> tuple[Chat, Message]:
    if params.text("inline_message_id"):
        raise bad_request("MESSAGE_ID_INVALID")
    chat = world.chat_for_bot(params.chat_id())
    number = params.integer("message_id")
    if not number:
        raise bad_request("message identifier is not specified")
    message = chat.messages.get(number)
    if message is None:
        raise bad_request("message to edit not found")
    if not message.by_bot:
        raise bad_request("message can't be edited")
    return chat, message


@method("editMessageText")
def edit_message_text(world: World, params: Params) -> Json:
    chat, message = _to_edit(world, params)
    if "text" not in message.api:
        raise bad_request("there is no text in the message to edit")
    value = message_text(params)
    content: Json = {"text": value.text, "entities": with_users(world, value) or None}
    return _apply(world, chat, message, content, inline_only(params.data("reply_markup")))


@method("editMessageCaption")
def edit_message_caption(world: World, params: Params) -> Json:
    chat, message = _to_edit(world, params)
    if not any(kind in message.api for kind in ("photo", "document")):
        raise bad_request("there is no caption in the message to edit")
    fields = caption_fields(caption_text(params))
    content = {name: fields.get(name) for name in ("caption", "caption_entities")}
    return _apply(world, chat, message, content, inline_only(params.data("reply_markup")))


@method("editMessageMedia")
def edit_message_media(world: World, params: Params) -> Json:
    chat, message = _to_edit(world, params)
    media = params.data("media") or {}
    kind = media.get("type")
    if kind not in ("photo", "document"):
        raise bad_request(f"the sandbox keeps photos and documents, not {kind}")
    one = Params({**media, kind: media.get("media")}, params.uploads)
    stored = world.files.from_request(one, kind, f"{kind}s")
    fields = caption_fields(caption_text(one))
    content: Json = {name: fields.get(name) for name in ("caption", "caption_entities")}
    content |= {"text": None, "entities": None, "photo": None, "document": None}
    content[kind] = photo_sizes(stored) if kind == "photo" else document_of(stored)
    return _apply(world, chat, message, content, inline_only(params.data("reply_markup")))


@method("editMessageReplyMarkup")
def edit_message_reply_markup(world: World, params: Params) -> Json:
    chat, message = _to_edit(world, params)
    return _apply(world, chat, message, {}, inline_only(params.data("reply_markup")))


def _apply(world: World, chat: Chat, message: Message, content: Json, markup: Markup | None) -> Json:
    """Change a message. As in Telegram an edit without a keyboard takes the old one away."""
    wanted = content | {"reply_markup": markup}
    if all(message.api.get(name) == value for name, value in wanted.items()):
        raise bad_request(_NOT_MODIFIED)
    changed = {name: value for name, value in (message.api | wanted).items() if value is not None}
    if content:
        changed["edit_date"] = int(time.time())
    message.api, message.keyboard = changed, markup
    world.feed.publish("edited", chat.id, message=message.view())
    return changed


@method("deleteMessage")
def delete_message(world: World, params: Params) -> bool:
    chat = world.chat_for_bot(params.chat_id())
    _delete(world, chat, params.integer("message_id") or 0)
    return True


@method("deleteMessages")
def delete_messages(world: World, params: Params) -> bool:
    chat = world.chat_for_bot(params.chat_id())
    numbers: Any = params.data("message_ids")
    if not isinstance(numbers, list) or not 1 <= len(numbers) <= 100:
        raise bad_request("message identifiers are not specified")
    for number in numbers:
        if number in chat.messages:
            _delete(world, chat, number)
    return True


def _delete(world: World, chat: Chat, number: int) -> None:
    message = chat.messages.get(number)
    if message is None:
        raise bad_request("message to delete not found")
    if time.time() - message.api["date"] > _DELETABLE_SECONDS or (chat.person is None and not message.by_bot):
        raise bad_request("message can't be deleted for everyone")
    del chat.messages[number]
    world.feed.publish("deleted", chat.id, message_id=number)

"""What a bot sends: messages, photos, documents, and the sign that it is typing."""

from __future__ import annotations

from typing import Any

from telegram.constants import ChatAction

from bot.sandbox import limits
from bot.sandbox.entities import formatted
from bot.sandbox.errors import bad_request
from bot.sandbox.files import StoredFile, picture_size
from bot.sandbox.markup import Markup, checked_markup
from bot.sandbox.methods.registry import method
from bot.sandbox.params import Params
from bot.sandbox.people import Chat, Json, Message
from bot.sandbox.text import FormattedText, utf16_length
from bot.sandbox.world import World

_ACTIONS = frozenset(str(action) for action in ChatAction)


def message_text(params: Params) -> FormattedText:
    """The text of sendMessage and editMessageText. Raises ApiError 400 when empty or too long."""
    raw = params.text("text")
    if not raw:
        raise bad_request("message text is empty")
    value = formatted(raw, params.text("parse_mode"), params.data("entities"))
    if not value.text:
        raise bad_request("message text is empty")
    if utf16_length(value.text) > limits.TEXT:
        raise bad_request("message is too long")
    return value


def caption_text(params: Params) -> FormattedText:
    raw = params.text("caption")
    if not raw:
        return FormattedText("")
    value = formatted(raw, params.text("parse_mode"), params.data("caption_entities"))
    if utf16_length(value.text) > limits.CAPTION:
        raise bad_request("message caption is too long")
    return value


def caption_fields(caption: FormattedText) -> Json:
    if not caption.text:
        return {}
    return {"caption": caption.text} | (
        {"caption_entities": list(caption.entities)} if caption.entities else {}
    )


@method("sendMessage", sends=True)
def send_message(world: World, params: Params) -> Json:
    chat = world.chat_for_bot(params.chat_id())
    value = message_text(params)
    content: Json = {"text": value.text}
    if value.entities:
        content["entities"] = with_users(world, value)
    if preview := params.data("link_preview_options"):
        content["link_preview_options"] = preview
    return deliver(world, chat, params, content)


@method("sendPhoto", sends=True)
def send_photo(world: World, params: Params) -> Json:
    chat = world.chat_for_bot(params.chat_id())
    caption = caption_text(params)
    stored = world.files.from_request(params, "photo", "photos")
    return deliver(world, chat, params, {"photo": photo_sizes(stored), **caption_fields(caption)})


@method("sendDocument", sends=True)
def send_document(world: World, params: Params) -> Json:
    chat = world.chat_for_bot(params.chat_id())
    caption = caption_text(params)
    stored = world.files.from_request(params, "document", "documents")
    return deliver(world, chat, params, {"document": document_of(stored), **caption_fields(caption)})


def photo_sizes(stored: StoredFile) -> list[Json]:
    width, height = picture_size(stored.content) or (1, 1)
    return [{**stored.reference(), "width": width, "height": height}]


def document_of(stored: StoredFile) -> Json:
    return {**stored.reference(), "file_name": stored.filename, "mime_type": stored.content_type}


def with_users(world: World, value: FormattedText) -> list[Json]:
    """Mentions by id name the whole person; one the bot has never met is dropped."""
    found = []
    for entity in value.entities:
        if "user" in entity:
            person = world.people.get(entity["user"]["id"])
            if person is None:
                continue
            found.append(entity | {"user": person.as_user()})
        else:
            found.append(entity)
    return found


def deliver(world: World, chat: Chat, params: Params, content: Json) -> Json:
    """Put a message of the bot into the chat. Returns the Message as the bot gets to see it."""
    markup = checked_markup(params.data("reply_markup"))
    reply = _reply_target(chat, params)
    if markup and "inline_keyboard" in markup:
        content["reply_markup"] = markup
    if params.flag("protect_content"):
        content["has_protected_content"] = True
    message = world.new_message(chat, world.bot.as_user(), **reply, **content)
    world.sent[chat.id] += 1
    if not world.settings.counting:
        _set_reply_keyboard(chat, markup)
        world.keep(chat, Message(message, by_bot=True, keyboard=markup))
    return message


def _set_reply_keyboard(chat: Chat, markup: Markup | None) -> None:
    if markup and "keyboard" in markup:
        chat.reply_keyboard = markup
    elif markup and "remove_keyboard" in markup:
        chat.reply_keyboard = None


def _reply_target(chat: Chat, params: Params) -> Json:
    options = params.data("reply_parameters") or {}
    target = options.get("message_id") or params.integer("reply_to_message_id")
    if not target:
        return {}
    message = chat.messages.get(int(target))
    if message is None:
        if options.get("allow_sending_without_reply") or params.flag("allow_sending_without_reply"):
            return {}
        raise bad_request("message to be replied not found")
    return {"reply_to_message": {k: v for k, v in message.api.items() if k != "reply_to_message"}}


@method("sendChatAction")
def send_chat_action(world: World, params: Params) -> bool:
    chat = world.chat_for_bot(params.chat_id())
    action = params.text("action") or ""
    if action not in _ACTIONS:
        raise bad_request("wrong parameter action in request")
    world.feed.publish("typing", chat.id, action=action)
    return True


@method("sendMediaGroup", sends=True)
def send_media_group(world: World, params: Params) -> list[Json]:
    chat = world.chat_for_bot(params.chat_id())
    media = params.data("media")
    if not isinstance(media, list) or not 2 <= len(media) <= 10:
        raise bad_request("album must contain from 2 to 10 items")
    return [_album_item(world, chat, params, item) for item in media]


def _album_item(world: World, chat: Chat, params: Params, item: Json) -> Json:
    kind = item.get("type")
    if kind not in ("photo", "document"):
        raise bad_request(f"the sandbox keeps photos and documents, not {kind}")
    one = Params({**item, kind: item.get("media"), "chat_id": chat.id}, params.uploads)
    stored = world.files.from_request(one, kind, f"{kind}s")
    body: dict[str, Any] = {kind: photo_sizes(stored) if kind == "photo" else document_of(stored)}
    return deliver(world, chat, one, {**body, **caption_fields(caption_text(one))})

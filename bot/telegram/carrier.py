"""One parcel to one chat, once: the methods of the Bot API it takes, and what to do when a form is refused.

Errors that are about the transport or the person pass through; bot.telegram.postman decides about them.
"""

from __future__ import annotations

from dataclasses import replace
from typing import Any

import structlog
from telegram import Bot
from telegram.constants import ChatAction, ParseMode
from telegram.error import BadRequest, TelegramError

from bot.conversation.replies import Attachment, InlineAnswer, Keyboard, Notice, Say
from bot.printing import CannotPrint, Printer, file_name
from bot.telegram.faults import says
from bot.telegram.keyboards import NO_PREVIEW, article, markup
from bot.telegram.packing import File, Parcel
from bot.telegram.splitting import CAPTION, MESSAGE, plain, split

CANNOT_EDIT = (
    "message to edit not found",
    "message can't be edited",
    "there is no text in the message to edit",
    "message_id_invalid",
    "message identifier is not specified",
)
NOTICE = 200
log = structlog.get_logger()


def fitted(parcel: Parcel) -> tuple[Parcel, ...]:
    """The parcel in pieces that Telegram takes: the first replaces what it did, the last has the keyboard."""
    if not isinstance(parcel, Say):
        return (parcel,)
    parts = split(parcel.text, MESSAGE)
    if len(parts) < 2:
        return (parcel,)
    first, *middle, last = parts
    said = (Say(first, replaces=parcel.replaces), *(Say(part) for part in middle))
    return (*said, replace(parcel, text=last, replaces=None))


class Carrier:
    """Carries parcels with `bot`; attachments are made by `printer` on the way."""

    def __init__(self, bot: Bot, printer: Printer) -> None:
        self._bot = bot
        self._printer = printer

    async def carry(self, chat_id: int, parcel: Parcel) -> None:
        """Bring `parcel` to the chat; raises TelegramError where it was not taken."""
        match parcel:
            case Say():
                await self._say(chat_id, parcel)
            case Notice():
                text = parcel.text[:NOTICE] or None
                await self._bot.answer_callback_query(parcel.query_id, text, show_alert=parcel.alert)
            case InlineAnswer():
                cards = [article(card) for card in parcel.cards]
                await self._bot.answer_inline_query(parcel.query_id, cards, cache_time=60, is_personal=True)
            case Attachment():
                await self._attach(chat_id, parcel)
            case File():
                await self._bot.send_document(
                    chat_id, parcel.content.encode(), caption=parcel.caption[:CAPTION], filename=parcel.name
                )

    async def _say(self, chat_id: int, say: Say) -> None:
        try:
            await self._put(
                chat_id, say, say.text, parse_mode=ParseMode.HTML, reply_markup=markup(say.keyboard)
            )
        except BadRequest as error:
            if say.replaces is not None and says(error, *CANNOT_EDIT):
                await self._say(chat_id, replace(say, replaces=None))
                return
            if says(error, "can't parse entities"):
                # A fault of ours in the markup: the words matter more.
                log.error("markup refused", said=error.message)
                await self._put(chat_id, say, plain(say.text), reply_markup=markup(say.keyboard))
                return
            if says(error, "button"):
                log.error("keyboard refused", said=error.message)
                await self._put(chat_id, say, say.text, parse_mode=ParseMode.HTML)
                return
            raise

    async def _put(self, chat_id: int, say: Say, text: str, **options: Any) -> None:
        if say.replaces is None:
            await self._bot.send_message(chat_id, text, link_preview_options=NO_PREVIEW, **options)
        else:
            await self._bot.edit_message_text(
                text, chat_id, say.replaces, link_preview_options=NO_PREVIEW, **options
            )

    async def _attach(self, chat_id: int, attachment: Attachment) -> None:
        await self._show_work(chat_id, attachment)
        try:
            content = await self._printer.make(attachment.kind, attachment.data)
        except CannotPrint as error:
            log.error("attachment not made", kind=attachment.kind, reason=str(error))
            await self._say_all(chat_id, Say(attachment.caption, attachment.keyboard))
            return
        # A caption that is too long begins under the picture, so that nobody gets one without words.
        caption, *rest = split(attachment.caption, CAPTION)
        await self._upload(chat_id, attachment, content, caption, () if rest else attachment.keyboard)
        if rest:
            await self._say_all(chat_id, Say("\n\n".join(rest), attachment.keyboard))

    async def _upload(
        self, chat_id: int, attachment: Attachment, content: bytes, caption: str, keyboard: Keyboard
    ) -> None:
        options: dict[str, Any] = {
            "filename": file_name(attachment.kind, content),
            "caption": caption,
            "parse_mode": ParseMode.HTML,
            "reply_markup": markup(keyboard),
        }
        if attachment.form == "photo":
            await self._bot.send_photo(chat_id, content, **options)
        else:
            await self._bot.send_document(chat_id, content, **options)

    async def _say_all(self, chat_id: int, say: Say) -> None:
        for part in fitted(say):
            await self.carry(chat_id, part)

    async def _show_work(self, chat_id: int, attachment: Attachment) -> None:
        photo = attachment.form == "photo"
        action = ChatAction.UPLOAD_PHOTO if photo else ChatAction.UPLOAD_DOCUMENT
        try:
            await self._bot.send_chat_action(chat_id, action)
        except TelegramError:
            # Only a courtesy while the maker works.
            return

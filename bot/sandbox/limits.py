"""Telegram's limits, as python-telegram-bot publishes them, under the names the sandbox uses."""

from __future__ import annotations

from telegram.constants import (
    BotCommandLimit,
    BotDescriptionLimit,
    BotNameLimit,
    CallbackQueryLimit,
    FileSizeLimit,
    FloodLimit,
    InlineKeyboardButtonLimit,
    InlineKeyboardMarkupLimit,
    InlineQueryLimit,
    InlineQueryResultLimit,
    MessageLimit,
    PollingLimit,
    WebhookLimit,
)

TEXT = int(MessageLimit.MAX_TEXT_LENGTH)
CAPTION = int(MessageLimit.CAPTION_LENGTH)
ENTITIES = int(MessageLimit.MESSAGE_ENTITIES)
DEEP_LINK = int(MessageLimit.DEEP_LINK_LENGTH)

CALLBACK_DATA_BYTES = int(InlineKeyboardButtonLimit.MAX_CALLBACK_DATA)
COPY_TEXT = int(InlineKeyboardButtonLimit.MAX_COPY_TEXT)
BUTTONS = int(InlineKeyboardMarkupLimit.TOTAL_BUTTON_NUMBER)
BUTTONS_PER_ROW = int(InlineKeyboardMarkupLimit.BUTTONS_PER_ROW)
CALLBACK_ANSWER = int(CallbackQueryLimit.ANSWER_CALLBACK_QUERY_TEXT_LENGTH)

COMMANDS = int(BotCommandLimit.MAX_COMMAND_NUMBER)
COMMAND_NAME = int(BotCommandLimit.MAX_COMMAND)
COMMAND_DESCRIPTION = int(BotCommandLimit.MAX_DESCRIPTION)
BOT_NAME = int(BotNameLimit.MAX_NAME_LENGTH)
BOT_DESCRIPTION = int(BotDescriptionLimit.MAX_DESCRIPTION_LENGTH)
BOT_SHORT_DESCRIPTION = int(BotDescriptionLimit.MAX_SHORT_DESCRIPTION_LENGTH)

INLINE_RESULTS = int(InlineQueryLimit.RESULTS)
INLINE_OFFSET_BYTES = int(InlineQueryLimit.MAX_OFFSET_LENGTH)
INLINE_QUERY = int(InlineQueryLimit.MAX_QUERY_LENGTH)
INLINE_RESULT_ID_BYTES = int(InlineQueryResultLimit.MAX_ID_LENGTH)

PHOTO_BYTES = int(FileSizeLimit.PHOTOSIZE_UPLOAD)
UPLOAD_BYTES = int(FileSizeLimit.FILESIZE_UPLOAD)
DOWNLOAD_BYTES = int(FileSizeLimit.FILESIZE_DOWNLOAD)

UPDATES = int(PollingLimit.MAX_LIMIT)
SECRET_TOKEN = int(WebhookLimit.MAX_SECRET_TOKEN_LENGTH)
WEBHOOK_CONNECTIONS = int(WebhookLimit.MAX_CONNECTIONS_LIMIT)

PER_SECOND = int(FloodLimit.MESSAGES_PER_SECOND)
PER_CHAT_SECOND = int(FloodLimit.MESSAGES_PER_SECOND_PER_CHAT)
PER_GROUP_MINUTE = int(FloodLimit.MESSAGES_PER_MINUTE_PER_GROUP)

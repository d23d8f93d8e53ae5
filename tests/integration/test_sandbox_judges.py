"""The sandbox judged by others: one scenario on python-telegram-bot and on aiogram, and every object it hands out
read by both libraries without anything missing, unknown or out of place."""

from __future__ import annotations

import asyncio
import time
from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager
from typing import Any

import aiogram
import pydantic
import pytest
import telegram
from aiogram import types as aio
from aiogram.client.session.aiohttp import AiohttpSession
from aiogram.client.telegram import TelegramAPIServer
from telegram import ext

from bot.sandbox import RunningSandbox, StoryClient, running_sandbox
from bot.sandbox.api import BotApi
from bot.sandbox.media import KINDS, plain_picture

TOKEN = "424242:judge"
GREETING = 'Hello <b>you</b> 🎉, see <a href="https://ontario.ca/page">this</a> or /help'


@asynccontextmanager
async def on_ptb(sandbox: RunningSandbox) -> AsyncIterator[None]:
    """The scenario's bot on python-telegram-bot."""
    more = telegram.InlineKeyboardButton("More", callback_data="more")
    site = telegram.InlineKeyboardButton("Site", url="https://ontario.ca/")
    keys = telegram.InlineKeyboardMarkup([[more], [site]])

    async def start(update: telegram.Update, _: Any) -> None:
        await update.effective_chat.send_message(GREETING, parse_mode="HTML", reply_markup=keys)

    async def files(update: telegram.Update, _: Any) -> None:
        chat = update.effective_chat
        await chat.send_action("upload_photo")
        await chat.send_photo(plain_picture(), caption="<i>chart</i>", parse_mode="HTML")
        await chat.send_document(b"hello", filename="list.txt")

    async def tap(update: telegram.Update, _: Any) -> None:
        await update.callback_query.answer("noted")
        await update.callback_query.edit_message_text("More <code>21231</code>", parse_mode="HTML")

    async def inline(update: telegram.Update, _: Any) -> None:
        text = telegram.InputTextMessageContent("<b>draw</b>", parse_mode="HTML")
        await update.inline_query.answer([telegram.InlineQueryResultArticle("1", "A draw", text)])

    async def echo(update: telegram.Update, _: Any) -> None:
        message = update.effective_message
        verb = "changed" if update.edited_message else "said"
        await message.reply_text(f"you {verb} {message.text or 'something'}", do_quote=True)

    application = (
        ext.Application.builder().token(TOKEN).base_url(sandbox.base_url).base_file_url(sandbox.base_file_url)
    ).build()
    application.add_handler(ext.CommandHandler("start", start))
    application.add_handler(ext.CommandHandler("files", files))
    application.add_handler(ext.CallbackQueryHandler(tap))
    application.add_handler(ext.InlineQueryHandler(inline))
    application.add_handler(ext.MessageHandler(ext.filters.ALL & ~ext.filters.StatusUpdate.ALL, echo))
    async with application:
        await application.bot.set_my_commands([telegram.BotCommand("start", "Begin")])
        await application.start()
        await application.updater.start_polling(allowed_updates=telegram.Update.ALL_TYPES)
        yield
        await application.updater.stop()
        await application.stop()


@asynccontextmanager
async def on_aiogram(sandbox: RunningSandbox) -> AsyncIterator[None]:
    """The same bot on aiogram."""
    server = TelegramAPIServer.from_base(sandbox.url)
    bot = aiogram.Bot(TOKEN, session=AiohttpSession(api=server))
    dispatcher = aiogram.Dispatcher()
    keys = aio.InlineKeyboardMarkup(
        inline_keyboard=[
            [aio.InlineKeyboardButton(text="More", callback_data="more")],
            [aio.InlineKeyboardButton(text="Site", url="https://ontario.ca/")],
        ]
    )

    @dispatcher.message(aiogram.filters.CommandStart())
    async def start(message: aio.Message) -> None:
        await message.answer(GREETING, parse_mode="HTML", reply_markup=keys)

    @dispatcher.message(aiogram.filters.Command("files"))
    async def files(message: aio.Message) -> None:
        await bot.send_chat_action(message.chat.id, "upload_photo")
        picture = aio.BufferedInputFile(plain_picture(), "a.png")
        await message.answer_photo(picture, caption="<i>chart</i>", parse_mode="HTML")
        await message.answer_document(aio.BufferedInputFile(b"hello", "list.txt"))

    @dispatcher.callback_query()
    async def tap(query: aio.CallbackQuery) -> None:
        await query.answer("noted")
        await query.message.edit_text("More <code>21231</code>", parse_mode="HTML")

    @dispatcher.inline_query()
    async def inline(query: aio.InlineQuery) -> None:
        text = aio.InputTextMessageContent(message_text="<b>draw</b>", parse_mode="HTML")
        result = aio.InlineQueryResultArticle(id="1", title="A draw", input_message_content=text)
        await query.answer([result])

    @dispatcher.message()
    async def echo(message: aio.Message) -> None:
        await message.reply(f"you said {message.text or 'something'}")

    @dispatcher.edited_message()
    async def changed(message: aio.Message) -> None:
        await message.reply(f"you changed {message.text}")

    @dispatcher.my_chat_member()
    async def membership(_: aio.ChatMemberUpdated) -> None:
        pass

    await bot.set_my_commands([aio.BotCommand(command="start", description="Begin")])
    polling = asyncio.create_task(dispatcher.start_polling(bot, handle_signals=False, polling_timeout=5))
    yield
    await dispatcher.stop_polling()
    await polling


async def scenario(story: StoryClient) -> str:
    """Everything an ordinary conversation has; returns how it read."""
    ada = await story.person("Ada", "en", last_name="Lovelace", username="ada")
    await ada.send("/start")
    assert ada.last.marked("bold") == ("you",)
    assert ada.last.marked("bot_command") == ("/help",)
    await ada.tap("More")
    assert (ada.last.text, ada.last.marked("code"), ada.last_notice.text) == (
        "More 21231",
        ("21231",),
        "noted",
    )
    await ada.send("I write C++ & <b>tests</b> 🎉")
    await ada.edit_last("I write Python")
    await ada.send("/files")
    assert [bool(message.photo) for message in ada.replies] == [True, False]
    (draw,) = await ada.inline("draws")
    await ada.choose(draw, wait=True)
    for kind in KINDS:
        await ada.send_media(kind)
    await ada.block()
    await ada.unblock()
    assert await ada.menu() == {"start": "Begin"}
    return ada.chat


class Recorder:
    """Keeps every result the sandbox hands out."""

    def __init__(self, monkeypatch: pytest.MonkeyPatch) -> None:
        self.results: list[tuple[str, Any]] = []
        carry_out = BotApi._carry_out
        kept = self.results

        async def recording(self: BotApi, found: Any, params: Any) -> Any:
            status, body = await carry_out(self, found, params)
            if status == 200:
                kept.append((found.name, body["result"]))
            return status, body

        monkeypatch.setattr(BotApi, "_carry_out", recording)


Judge = Callable[[Any], None]

OBJECTS: dict[str, tuple[Any, Any]] = {
    "getMe": (aio.User, telegram.User),
    "getUpdates": (list[aio.Update], telegram.Update),
    "getWebhookInfo": (aio.WebhookInfo, telegram.WebhookInfo),
    "getFile": (aio.File, telegram.File),
    "getMyCommands": (list[aio.BotCommand], telegram.BotCommand),
    "getMyName": (aio.BotName, telegram.BotName),
    "getMyDescription": (aio.BotDescription, telegram.BotDescription),
    "getMyShortDescription": (aio.BotShortDescription, telegram.BotShortDescription),
    "getChatMenuButton": (aio.MenuButtonCommands, telegram.MenuButton),
    "getChat": (aio.ChatFullInfo, telegram.ChatFullInfo),
    "getChatMember": (aio.ChatMemberMember, telegram.ChatMember),
    "sendMediaGroup": (list[aio.Message], telegram.Message),
    **dict.fromkeys(
        ("sendMessage", "sendPhoto", "sendDocument", "editMessageText", "editMessageReplyMarkup"),
        (aio.Message, telegram.Message),
    ),
    **dict.fromkeys(("editMessageCaption", "editMessageMedia"), (aio.Message, telegram.Message)),
}


def judged(name: str, result: Any) -> None:
    """Both libraries know every field of the result, and miss none."""
    if result is True:
        return
    aiogram_type, ptb_type = OBJECTS[name]
    nothing_unknown(pydantic.TypeAdapter(aiogram_type).validate_python(result))
    for item in result if isinstance(result, list) else [result]:
        read = ptb_type.de_json(dict(item), None)
        assert not read.api_kwargs, read.api_kwargs
        assert plain(read.to_dict()) == plain(item), name


def nothing_unknown(value: Any) -> None:
    if isinstance(value, list):
        for item in value:
            nothing_unknown(item)
    elif isinstance(value, pydantic.BaseModel):
        assert not value.model_extra, (type(value).__name__, value.model_extra)
        for name in type(value).model_fields:
            nothing_unknown(getattr(value, name))


def plain(value: Any) -> Any:
    """Without what is empty or false, which PTB adds, and with times checked to be seconds."""
    if isinstance(value, dict):
        for name in ("date", "edit_date"):
            assert name not in value or abs(value[name] - time.time()) < 300
        return {k: plain(v) for k, v in value.items() if v not in ([], (), False)}
    return [plain(item) for item in value] if isinstance(value, list | tuple) else value


async def play(runner: Any, monkeypatch: pytest.MonkeyPatch) -> tuple[str, list[tuple[str, Any]]]:
    recorder = Recorder(monkeypatch)
    async with running_sandbox() as sandbox, StoryClient(sandbox.url) as story, runner(sandbox):
        chat = await scenario(story)
        refused = [e for e in await story.journal() if e["status"] != 200]
        assert refused == []
    monkeypatch.undo()
    return chat, recorder.results


async def test_both_libraries_live_through_the_same_story(monkeypatch: pytest.MonkeyPatch) -> None:
    with_ptb, ptb_results = await play(on_ptb, monkeypatch)
    with_aiogram, aiogram_results = await play(on_aiogram, monkeypatch)
    assert with_ptb == with_aiogram
    assert len(ptb_results) > 25
    for name, result in ptb_results + aiogram_results:
        judged(name, result)


async def test_every_object_is_read_by_both(monkeypatch: pytest.MonkeyPatch) -> None:
    """The methods the scenario does not need, in groups too."""
    recorder = Recorder(monkeypatch)
    async with (
        running_sandbox() as sandbox,
        StoryClient(sandbox.url) as story,
        telegram.Bot(TOKEN, sandbox.base_url, sandbox.base_file_url) as bot,
    ):
        await bot.get_updates(allowed_updates=telegram.Update.ALL_TYPES)
        ada = await story.person("Ada", "fr")
        await ada.send("/start", wait=False)
        await every_method(bot, ada.id)
        group = await story.group("Class", ada)
        await ada.send("/help", chat_id=group, wait=False)
        await bot.send_message(group, "hello")
        await bot.send_message(await story.migrate(group), "moved")
        updates = await bot.get_updates()
        assert len(updates) == 5
        await bot.set_webhook("https://example.org/hook", secret_token="s", allowed_updates=["message"])
        await bot.get_webhook_info()
        await bot.delete_webhook()
    names = {name for name, _ in recorder.results}
    assert names >= set(OBJECTS)
    for name, result in recorder.results:
        judged(name, result)


async def every_method(bot: telegram.Bot, chat: int) -> None:
    sent = await bot.send_photo(chat, plain_picture(), caption="one")
    await bot.get_file(sent.photo[-1].file_id)
    await bot.edit_message_caption(chat, sent.message_id, caption="two")
    await bot.edit_message_media(telegram.InputMediaDocument(b"x", filename="x.txt"), chat, sent.message_id)
    await bot.send_media_group(chat, [telegram.InputMediaPhoto(plain_picture()) for _ in range(2)])
    keys = telegram.InlineKeyboardMarkup([[telegram.InlineKeyboardButton("A", callback_data="a")]])
    text = await bot.send_message(chat, "x", reply_markup=keys)
    await bot.edit_message_reply_markup(chat, text.message_id)
    await bot.edit_message_text("y", chat, text.message_id)
    await bot.send_document(chat, b"x", filename="x.txt")
    await bot.set_my_commands([telegram.BotCommand("a", "b")])
    await bot.get_my_commands()
    await bot.get_my_name()
    await bot.get_my_description()
    await bot.get_my_short_description()
    await bot.get_chat_menu_button()
    await bot.get_chat(chat)
    await bot.get_chat_member(chat, chat)
    await bot.delete_message(chat, text.message_id)

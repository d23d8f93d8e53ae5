"""The chat page in a real browser, talking to a small bot: what a person sees, presses and hears about."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator
from pathlib import Path
from typing import Any

import pytest
from telegram import (
    BotCommand,
    InlineKeyboardButton,
    InlineKeyboardMarkup,
    InlineQueryResultArticle,
    InputTextMessageContent,
    ReplyKeyboardMarkup,
    ReplyKeyboardRemove,
    Update,
)
from telegram.ext import (
    Application,
    CallbackQueryHandler,
    CommandHandler,
    InlineQueryHandler,
    MessageHandler,
    filters,
)

from bot.sandbox import RunningSandbox, running_sandbox
from bot.sandbox.media import plain_picture

pytestmark = pytest.mark.browser

GREETING = (
    "<b>Hello</b>, I only echo.\n\nSee <a href='https://ontario.ca/page'>the page</a> or /help\n"
    "<blockquote>Not &lt;script&gt; advice</blockquote><code>21231</code>"
)
KEYS = InlineKeyboardMarkup(
    [
        [
            InlineKeyboardButton("Change", callback_data="change"),
            InlineKeyboardButton("Alert", callback_data="alert"),
        ],
        [InlineKeyboardButton("Official page", url="https://ontario.ca/page")],
    ]
)


async def greet(update: Update, _: Any) -> None:
    await update.message.reply_html(GREETING, reply_markup=KEYS)


async def tapped(update: Update, _: Any) -> None:
    query = update.callback_query
    await query.answer(f"You chose {query.data}", show_alert=query.data == "alert")
    if query.data == "change":
        again = InlineKeyboardMarkup([[InlineKeyboardButton("Again", callback_data="alert")]])
        await query.edit_message_text("Changed", reply_markup=again)


async def files(update: Update, _: Any) -> None:
    await update.message.reply_photo(plain_picture(), caption="A chart")
    await update.message.reply_document(b"hello", filename="checklist.txt")


async def keys(update: Update, _: Any) -> None:
    await update.message.reply_text("Which?", reply_markup=ReplyKeyboardMarkup([["Left", "Right"]]))


async def slow(update: Update, _: Any) -> None:
    await update.message.reply_chat_action("typing")
    await asyncio.sleep(0.8)
    await update.message.reply_text("at last", reply_markup=ReplyKeyboardRemove())


async def echo(update: Update, _: Any) -> None:
    message = update.effective_message
    await message.reply_text(f"you said {message.text or ('a photo' if message.photo else 'something')}")


async def inline(update: Update, _: Any) -> None:
    text = InputTextMessageContent(f"about {update.inline_query.query}")
    await update.inline_query.answer(
        [InlineQueryResultArticle("1", "One result", text, description="of one")]
    )


@pytest.fixture
async def sandbox() -> AsyncIterator[RunningSandbox]:
    """A sandbox with a bot that answers in every way a bot can."""
    async with running_sandbox() as running:
        built = (
            Application.builder()
            .token("1:browser")
            .base_url(running.base_url)
            .concurrent_updates(True)
            .build()
        )
        for name, handler in {"start": greet, "files": files, "keys": keys, "slow": slow}.items():
            built.add_handler(CommandHandler(name, handler))
        built.add_handler(CallbackQueryHandler(tapped))
        built.add_handler(InlineQueryHandler(inline))
        built.add_handler(MessageHandler(filters.ALL, echo))
        async with built:
            await built.bot.set_my_commands([BotCommand("start", "Begin"), BotCommand("keys", "Keys")])
            await built.bot.set_my_commands([BotCommand("start", "Commencer")], language_code="fr")
            await built.bot.set_my_description("I echo what you say.")
            await built.start()
            await built.updater.start_polling()
            yield running
            await built.updater.stop()
            await built.stop()


class Seen:
    """A page and everything that went wrong in it."""

    def __init__(self, page: Any) -> None:
        self.page = page
        self.complaints: list[str] = []
        self.asked: list[str] = []
        page.set_default_timeout(15_000)
        page.on(
            "console", lambda m: self.complaints.append(m.text) if m.type in ("error", "warning") else None
        )
        page.on("pageerror", lambda error: self.complaints.append(str(error)))
        page.on("request", lambda request: self.asked.append(request.url))

    async def write(self, text: str) -> None:
        await self.page.fill("#input", text)
        await self.page.keyboard.press("Enter")

    async def see(self, text: str) -> None:
        await self.page.locator(".message", has_text=text).last.wait_for()

    async def tap(self, label: str) -> None:
        await self.page.locator(".key", has_text=label).last.click()


async def opened(browser: Any, sandbox: RunningSandbox, **look: Any) -> Seen:
    context = await browser.new_context(locale=look.pop("locale", "en-CA"), **look)
    seen = Seen(await context.new_page())
    await seen.page.goto(sandbox.url + "/")
    await seen.page.locator("#start").wait_for()
    return seen


@pytest.mark.parametrize(("name", "size"), [("desktop", (1180, 760)), ("phone", (390, 780))])
async def test_a_conversation_from_start_on(
    browser: Any, sandbox: RunningSandbox, screenshots: Path, name: str, size: tuple[int, int]
) -> None:
    seen = await opened(browser, sandbox, viewport={"width": size[0], "height": size[1]})
    page = seen.page
    assert await page.locator("#description").inner_text() == "I echo what you say."
    await page.screenshot(path=screenshots / f"chat-page-{name}-start.png")
    await page.click("#start")
    await seen.see("Hello, I only echo.")
    greeting = page.locator(".message").last
    assert await greeting.locator("b").first.inner_text() == "Hello"
    assert await greeting.locator("blockquote").inner_text() == "Not <script> advice"
    assert await greeting.locator("a").first.get_attribute("href") == "https://ontario.ca/page"
    await page.screenshot(path=screenshots / f"chat-page-{name}-greeting.png")
    await seen.tap("Change")
    await seen.see("Changed")
    assert await page.locator(".edited").last.inner_text() == "edited"
    assert await page.locator("#toast").inner_text() == "You chose change"
    await seen.tap("Again")
    await page.locator("#alert-dialog[open]").wait_for()
    assert await page.locator("#alert-text").inner_text() == "You chose alert"
    await page.keyboard.press("Enter")
    await seen.write("/files")
    await page.locator(".document").wait_for()
    assert (
        await page.locator("img.photo").evaluate("image => image.decode().then(() => image.naturalWidth)")
        == 320
    )
    assert await page.evaluate("document.documentElement.scrollWidth <= innerWidth")
    await page.screenshot(path=screenshots / f"chat-page-{name}-files.png")
    assert seen.complaints == []
    assert all(url.startswith(sandbox.url) or url.startswith(("blob:", "data:")) for url in seen.asked)


async def test_typing_reply_keyboard_and_inline_results(browser: Any, sandbox: RunningSandbox) -> None:
    seen = await opened(browser, sandbox)
    page = seen.page
    await page.click("#start")
    await seen.see("Hello")
    await seen.write("/keys")
    await page.locator("#keyboard .key", has_text="Right").click()
    await seen.see("you said Right")
    await seen.write("/slow")
    await page.locator("#dots").wait_for()
    assert await page.locator("#status").inner_text() == "typing…"
    await seen.see("at last")
    await page.locator("#dots").wait_for(state="hidden")
    assert await page.locator("#keyboard").is_hidden()
    await page.fill("#input", "@sandbox_bot draws")
    await page.locator("[role=option]", has_text="One result").click()
    await seen.see("about draws")
    assert seen.complaints == []


async def test_everything_by_keyboard_alone(browser: Any, sandbox: RunningSandbox) -> None:
    """No mouse: tab to Start, write, open the menu, choose with arrows, change the last message, tap a button."""
    seen = await opened(browser, sandbox)
    keyboard, page = seen.page.keyboard, seen.page
    await tab_to(page, "#start")
    await keyboard.press("Enter")
    await seen.see("Hello")
    await page.wait_for_function("document.activeElement.id === 'input'")
    await keyboard.type("helo")
    await keyboard.press("Enter")
    await seen.see("you said helo")
    await keyboard.press("ArrowUp")
    assert await page.locator("#editing").is_visible()
    await page.fill("#input", "hello")
    await keyboard.press("Enter")
    await seen.see("you said hello")
    await tab_to(page, "#menu", back=True)
    await keyboard.press("Enter")
    await page.wait_for_function("document.activeElement.getAttribute('role') === 'option'")
    await keyboard.press("ArrowDown")
    await keyboard.press("Enter")
    await seen.see("Which?")
    await tab_to(page, ".key:has-text('Change')", back=True)
    await keyboard.press("Enter")
    await seen.see("Changed")
    # the button that was pressed is gone; the focus is on the one that took its place
    assert await page.evaluate("document.activeElement.textContent") == "Again"
    assert seen.complaints == []


async def tab_to(page: Any, selector: str, back: bool = False) -> None:
    wanted = page.locator(selector).last
    for _ in range(40):
        if await wanted.evaluate("element => element === document.activeElement"):
            return
        await page.keyboard.press("Shift+Tab" if back else "Tab")
    raise AssertionError(f"{selector} cannot be reached with the keyboard")


async def test_what_a_screen_reader_gets(browser: Any, sandbox: RunningSandbox) -> None:
    seen = await opened(browser, sandbox)
    page = seen.page
    await page.click("#start")
    await seen.see("Hello")
    log = page.get_by_role("log", name="Conversation")
    assert await log.get_attribute("aria-live") == "polite"
    assert (await log.locator(".message").first.text_content()).startswith("You: /start")
    assert (await log.locator(".message").last.text_content()).startswith("Sandbox bot: Hello")
    for role, name in {"button": "Send", "textbox": "Message", "navigation": "People"}.items():
        await page.get_by_role(role, name=name, exact=True).wait_for()
    nameless = """[...document.querySelectorAll('button,a,input,select,textarea')]
        .filter(e => e.checkVisibility() && !e.ariaHidden)
        .filter(e => !(e.textContent.trim() || e.ariaLabel || e.labels?.length)).map(e => e.outerHTML)"""
    assert await page.evaluate(nameless) == []


async def test_several_people_in_their_own_languages(
    browser: Any, sandbox: RunningSandbox, screenshots: Path
) -> None:
    seen = await opened(browser, sandbox, color_scheme="dark", viewport={"width": 1180, "height": 760})
    page = seen.page
    await page.click("#start")
    await seen.see("Hello")
    await page.click("#add-person")
    await page.fill("#person-name", "Zoé <b>")
    await page.select_option("#person-language", "fr")
    await page.click("#person-form .strong")
    await page.locator("#start", has_text="DÉMARRER").wait_for()
    assert await page.evaluate("document.documentElement.lang") == "fr"
    await page.click("#start")
    await seen.see("Hello")
    await page.fill("#input", "/")
    await page.locator("[role=option]", has_text="Commencer").wait_for()
    await page.screenshot(path=screenshots / "chat-page-dark-french.png")
    assert await page.locator(".person").all_inner_texts() != []
    await page.locator(".person", has_text="Alex").click()
    await page.locator("#send[aria-label=Send]").wait_for()
    # what the other person hears meanwhile is counted
    await page.evaluate(
        "fetch('/sandbox/state').then(r => r.json()).then(s => fetch(`/sandbox/people/${s.people[1].id}/act/send`,"
        "{method: 'POST', headers: {'Content-Type': 'application/json'}, body: JSON.stringify({text: 'psst'})}))"
    )
    await page.locator(".person", has_text="Zoé").locator(".unread").wait_for()
    assert seen.complaints == []


async def test_blocking_and_coming_back(browser: Any, sandbox: RunningSandbox) -> None:
    seen = await opened(browser, sandbox)
    page = seen.page
    await page.click("#start")
    await seen.see("Hello")
    await page.click("#options")
    await page.click("#block")
    await page.locator("#start", has_text="UNBLOCK AND RESTART").wait_for()
    await page.click("#start")
    await page.locator("#write").wait_for()
    await page.wait_for_function("document.querySelectorAll('.message:not(.mine)').length === 2")
    assert seen.complaints == []


async def test_a_picture_is_sent_from_the_page(browser: Any, sandbox: RunningSandbox, tmp_path: Path) -> None:
    seen = await opened(browser, sandbox)
    await seen.page.click("#start")
    await seen.see("Hello")
    picture = tmp_path / "letter.png"
    picture.write_bytes(plain_picture())
    await seen.page.set_input_files("#file", picture)
    await seen.see("you said a photo")
    assert await seen.page.locator(".mine img.photo").count() == 1
    assert seen.complaints == []

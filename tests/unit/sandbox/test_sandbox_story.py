"""The story client: what a test author gets, and what they are told when the story goes wrong."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator
from typing import Any

import pytest

from bot.sandbox.story import NoReply, NoSuchButton, StoryError

LETTERS = [[{"text": "✅ Yes", "callback_data": "yes"}, {"text": "No", "callback_data": "no"}]]
LETTERS += [[{"text": "Not sure", "callback_data": "unsure"}, {"text": "Site", "url": "https://ontario.ca"}]]


class Answering:
    """A small bot by hand: answers each update with the moves it was given."""

    def __init__(self, bot: Any) -> None:
        self.bot = bot
        self.offset = 0

    async def run(self) -> None:
        while True:
            for update in await self.bot.updates(timeout=5, offset=self.offset):
                self.offset = update["update_id"] + 1
                await self.answer(update)

    async def answer(self, update: dict[str, Any]) -> None:
        if message := update.get("message") or update.get("edited_message"):
            await self.on_text(message)
        elif query := update.get("callback_query"):
            await self.on_tap(query)
        elif inline := update.get("inline_query"):
            content = {"message_text": f"about {inline['query']}"}
            result = {"type": "article", "id": "1", "title": "One", "input_message_content": content}
            await self.bot.ok("answerInlineQuery", inline_query_id=inline["id"], results=[result])

    async def on_text(self, message: dict[str, Any]) -> None:
        place, text = {"chat_id": message["chat"]["id"]}, message.get("text", "something")
        if text == "ask":
            await self.bot.ok("sendMessage", **place, text="Well?", reply_markup={"inline_keyboard": LETTERS})
        elif text == "keys":
            keys = {"keyboard": [[{"text": "Left"}, {"text": "Right"}]]}
            await self.bot.ok("sendMessage", **place, text="Which?", reply_markup=keys)
        elif text == "slow":
            await self.bot.ok("sendChatAction", **place, action="typing")
            await asyncio.sleep(0.4)
            await self.bot.ok("sendMessage", **place, text="at last")
            await self.bot.ok("sendMessage", **place, text="and more")
        elif text != "silence":
            await self.bot.ok("sendMessage", **place, text=f"<b>{text}</b>", parse_mode="HTML")

    async def on_tap(self, query: dict[str, Any]) -> None:
        await self.bot.ok("answerCallbackQuery", callback_query_id=query["id"], text=query["data"])
        place = {"chat_id": query["message"]["chat"]["id"], "message_id": query["message"]["message_id"]}
        await self.bot.call("editMessageText", **place, text=f"You said {query['data']}")


@pytest.fixture
async def bob(bot: Any, story: Any) -> AsyncIterator[Any]:
    running = asyncio.create_task(Answering(bot).run())
    yield await story.person("Bob")
    running.cancel()
    await asyncio.gather(running, return_exceptions=True)


async def test_a_conversation_reads_as_it_happened(bob: Any) -> None:
    await bob.send("ask")
    assert bob.last.text == "Well?"
    assert bob.last.buttons == ("✅ Yes", "No", "Not sure", "Site")
    await bob.tap("yes")
    assert bob.last.text == "You said yes"
    assert bob.last_notice.text == "yes"
    await bob.send("héllo 🎉")
    assert bob.last.marked("bold") == ("héllo 🎉",)
    await bob.edit_last("changed")
    assert bob.last.text == "changed"
    assert bob.chat == (
        "Bob: ask\n"
        "Bot: Well?\n"
        "    [✅ Yes] [No]\n"
        "    [Not sure] [Site]\n"
        "Bob taps [✅ Yes]\n"
        "Bot notes: yes\n"
        "Bot (edits): You said yes\n"
        "Bob: héllo 🎉\n"
        "Bot: héllo 🎉\n"
        "Bob (edits): changed\n"
        "Bot: changed"
    )


async def test_everything_the_bot_says_is_waited_for(bob: Any) -> None:
    await bob.send("slow")
    assert [message.text for message in bob.replies] == ["at last", "and more"]
    assert bob.reply == "at last\n\nand more"
    assert bob.typing


async def test_a_button_that_is_not_there_is_answered_with_those_that_are(bob: Any) -> None:
    await bob.send("ask")
    with pytest.raises(
        NoSuchButton, match=r"no button 'Yess'; did you mean '✅ Yes'\?[\s\S]*'No', 'Not sure'"
    ):
        await bob.tap("Yess")
    # "not" begins only one label, "e" stands in several
    with pytest.raises(NoSuchButton, match="'e' fits several buttons"):
        await bob.tap("e")
    with pytest.raises(StoryError, match=r"leads to 'https://ontario\.ca'"):
        await bob.tap("Site")
    await bob.tap("not")
    assert bob.last.text == "You said unsure"
    with pytest.raises(NoSuchButton, match="has no buttons"):
        await bob.tap("No")


async def test_old_keyboards_and_forged_taps(bob: Any) -> None:
    await bob.send("ask")
    old = bob.last
    await bob.send("ask")
    await bob.tap("No", message=old)
    assert bob.last.id == old.id
    assert bob.last.text == "You said no"
    await bob.forge("v0:nonsense")
    assert bob.last_notice.text == "v0:nonsense"


async def test_a_reply_keyboard_is_tapped_as_text(bob: Any) -> None:
    await bob.send("keys")
    assert bob.buttons == ("Left", "Right")
    await bob.tap("Right")
    assert bob.last.text == "Right"


async def test_silence_is_an_error_with_the_transcript(bob: Any, story: Any) -> None:
    story.timeout = 0.3
    with pytest.raises(NoReply, match=r"the bot said nothing within 0.3 s\n\nBob: silence"):
        await bob.send("silence")
    await bob.send("silence", wait=False)
    await bob.silence(0.2)
    await bob.send("not silent", wait=False)
    with pytest.raises(StoryError, match="was to be silent"):
        await bob.silence(0.3)


async def test_what_the_sandbox_refused_is_shown(bob: Any, story: Any) -> None:
    story.timeout = 0.5
    with pytest.raises(NoReply, match="sendMessage: 400 Bad Request: can't parse entities"):
        await bob.send("a < b")


async def test_inline_results_are_listed_and_inserted(bob: Any) -> None:
    (result,) = await bob.inline("draws")
    assert (result.title, result.text) == ("One", "about draws")
    await bob.choose(result, wait=True)
    assert bob.messages[0].text == "about draws"
    assert bob.messages[0].raw["via_bot"]["is_bot"]


async def test_pictures_voices_and_the_rest_arrive(bob: Any) -> None:
    await bob.send_photo(caption="my job letter")
    await bob.send_document(b"%PDF", "letter.pdf")
    for kind in ("voice", "sticker", "location", "contact", "video", "dice"):
        await bob.send_media(kind)
    assert [m.text for m in bob.messages if m.from_bot] == ["something"] * 8
    with pytest.raises(StoryError, match="a person sends photo, document"):
        await bob.send_media("hologram")


async def test_what_a_person_cannot_do_is_said(bob: Any) -> None:
    with pytest.raises(StoryError, match="at most 4096"):
        await bob.send("x" * 4097)
    await bob.block()
    with pytest.raises(StoryError, match="must unblock it first"):
        await bob.send("hello")
    with pytest.raises(StoryError, match="has already blocked"):
        await bob.block()


async def test_people_are_apart(bob: Any, story: Any) -> None:
    eve = await story.person("Eve", "fr")
    await asyncio.gather(bob.send("from Bob"), eve.send("from Eve"))
    assert (bob.last.text, eve.last.text) == ("from Bob", "from Eve")
    assert "Eve" not in bob.chat


async def test_messages_the_bot_sends_by_itself(bob: Any, bot: Any) -> None:
    await bob.send("hello")
    asyncio.get_running_loop().call_later(
        0.1, lambda: asyncio.ensure_future(bot.ok("sendMessage", chat_id=bob.id, text="A new draw"))
    )
    assert (await bob.wait()).text == "A new draw"
    assert (await bob.wait_for("hello")).text == "hello"
    with pytest.raises(NoReply, match="never said 'moon'"):
        await bob.wait_for("moon", seconds=0.1)


async def test_a_crowd_is_counted(story: Any, bot: Any) -> None:
    await story.crowd(50, first_id=2_000_000)
    await story.settings(counting=True)
    for person in (2_000_000, 2_000_049, 2_000_049):
        await bot.ok("sendMessage", chat_id=person, text="x")
    counts = await story.counts()
    assert (counts["sent"], counts["chats"]) == (3, {"2000000": 1, "2000049": 2})

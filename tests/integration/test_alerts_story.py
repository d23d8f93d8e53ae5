"""Alerts as people live them: one tap to subscribe, a page changes, an administrator approves, the message comes."""

from __future__ import annotations

import time
from collections.abc import AsyncIterator
from contextlib import AsyncExitStack
from dataclasses import dataclass, replace
from pathlib import Path

import pytest

from bot.alerts.beside import administration, refresh
from bot.alerts.worker import Keeper
from bot.app import RunningBot, running_bot
from bot.conversation.library import Library, load_library
from bot.sandbox import StoryClient, StoryPerson, running_sandbox
from bot.store import watched
from bot.voice import Voice
from knowledge.draws.book import DrawBook
from tests.integration.alerting import TODAY, settings_for, working
from tests.integration.official import Official, official_pages

ADMIN = 777


@pytest.fixture(scope="module")
def library() -> Library:
    return load_library()


@dataclass
class Town:
    """Everything there is: the sandbox, the bot, a worker and the official pages."""

    story: StoryClient
    bot: RunningBot
    keeper: Keeper
    official: Official
    book: DrawBook

    async def poll(self, name: str) -> None:
        async with self.bot.store.reading() as connection:
            page = next(each for each in await watched.all_sources(connection) if each.name == name)
        await self.keeper.watcher.read(page)


@pytest.fixture
async def town(tmp_path: Path, library: Library) -> AsyncIterator[Town]:
    async with AsyncExitStack() as stack:
        sandbox = await stack.enter_async_context(running_sandbox())
        database_url = f"sqlite+aiosqlite:///{tmp_path / 'town.sqlite'}"
        official = await stack.enter_async_context(official_pages())
        limits = {"OINP_MESSAGES_PER_SECOND": "10000", "OINP_CHAT_MESSAGES_PER_SECOND": "10000"}
        settings = settings_for(sandbox.url, tmp_path, database_url, OINP_ADMINS=str(ADMIN), **limits)
        book = DrawBook()
        voice = Voice(replace(library, draws=book))
        bot = await stack.enter_async_context(running_bot(settings, voice, administration(settings)))
        keeper = await stack.enter_async_context(working(bot.store, settings, addresses=official.addresses))
        story = await stack.enter_async_context(StoryClient(sandbox.url))
        await keeper.watcher.register()
        made = Town(story, bot, keeper, official, book)
        await made.poll("federal")
        yield made


async def heard(person: StoryPerson, words: str) -> None:
    """The bot has said so, by itself, within ten seconds; the latest message is then the last."""
    await person.wait_for(words, 10)


async def subscribed(town: Town, name: str, language: str = "en") -> StoryPerson:
    person = await town.story.person(name, language)
    await person.send("/alerts")
    await person.tap("Alert me to draws" if language == "en" else "M'alerter des tirages")
    return person


async def test_from_a_changed_page_to_the_message_in_five_seconds(town: Town) -> None:
    ada = await subscribed(town, "Ada")
    assert "Your draw alerts" in ada.last.text
    luc = await subscribed(town, "Luc", "fr")
    boss = await town.story.person("Boss", id=ADMIN)
    await boss.send("/admin")
    assert "None yet" in boss.last.text

    town.official.round("445", TODAY.isoformat(), "STEM occupations (Version 1)", "2,000", "480")
    await town.poll("federal")
    await heard(boss, "waits for approval")
    assert "2 people" in boss.last.text
    await boss.tap("Open")
    assert "lowest score 480" in boss.messages[-2].text, "the preview is what they will read"
    approved = time.monotonic()
    await boss.tap("Approve and send")
    await heard(ada, "New draw: Science, technology")
    await heard(luc, "Nouveau tirage")
    assert time.monotonic() - approved < 5

    await refresh(town.bot.store, town.book)
    await ada.tap("Details")
    assert "round 445" in ada.last.text
    await ada.send("/draws")
    assert "2,000 invited" in ada.last.text and "Federal rounds: checked 0 min ago" in ada.last.text


async def test_a_note_a_hold_and_a_cancel(town: Town) -> None:
    ada = await subscribed(town, "Ada")
    boss = await town.story.person("Boss", id=ADMIN)
    await boss.send("/admin")
    town.official.round("445", TODAY.isoformat(), "STEM occupations", "2,000", "480")
    await town.poll("federal")
    await heard(boss, "waits for approval")
    await boss.send("/admin show 1")
    await boss.tap("Edit the note")
    await boss.send("The first one <since> 2024.")
    assert "The first one <since> 2024." in boss.messages[-2].text
    await boss.tap("Hold")
    assert "held" in boss.last.text
    await boss.tap("Cancel")
    assert "cancelled" in boss.last.text
    await boss.send("/admin approve 1")
    assert "not possible any more" in boss.last.text
    assert not any("New draw" in message.text for message in ada.messages)


async def test_an_administrators_command_from_somebody_else_does_nothing(town: Town) -> None:
    eve = await town.story.person("Eve")
    town.official.round("445", TODAY.isoformat(), "STEM occupations", "2,000", "480")
    await town.poll("federal")
    await eve.send("/admin approve 1")
    assert "for the administrators" in eve.last.text
    boss = await town.story.person("Boss", id=ADMIN)
    await boss.send("/admin show 1")
    assert "waiting" in boss.last.text


async def test_wishes_are_chosen_by_tapping_and_stop_in_one_tap(town: Town) -> None:
    ada = await subscribed(town, "Ada")
    await ada.tap("Federal Express Entry")
    await ada.tap("Streams")
    await ada.tap("Canadian Experience Class")
    assert "✓ Canadian Experience Class" in ada.buttons
    await ada.tap("Back to my alerts")
    await ada.tap("NOC codes")
    await ada.send("my code is 21231")
    await ada.tap("Quiet hours")
    assert "22:00 to 7:00, alerts wait" in ada.last.text
    assert "NOC codes: 21231" in ada.last.text and "Streams: Canadian Experience Class" in ada.last.text
    await ada.tap("Pause alerts")
    assert "(paused)" in ada.last.text
    await ada.tap("Stop alerts")
    assert "alerts are off" in ada.last.text


async def test_who_blocked_the_bot_hears_again_after_writing(town: Town) -> None:
    ada = await subscribed(town, "Ada")
    boss = await town.story.person("Boss", id=ADMIN)
    await boss.send("/admin")
    await ada.block()
    town.official.round("445", TODAY.isoformat(), "STEM occupations", "2,000", "480")
    await town.poll("federal")
    await heard(boss, "would reach 0 people")
    await ada.unblock()
    await ada.send("/help")
    await boss.send("/admin show 1")
    assert "reach 1 person" in boss.last.text


async def test_a_correction_reaches_those_who_were_told(town: Town) -> None:
    ada = await subscribed(town, "Ada")
    boss = await town.story.person("Boss", id=ADMIN)
    await boss.send("/admin")
    town.official.round("445", TODAY.isoformat(), "STEM occupations", "2,000", "480")
    await town.poll("federal")
    await boss.send("/admin approve 1")
    await heard(ada, "New draw")
    await boss.send("/admin")
    late = await subscribed(town, "Late")
    town.official.publish(drawCRS="478")
    await town.poll("federal")
    await heard(boss, "would reach 1 person")
    await boss.send("/admin approve 2")
    await heard(ada, "480 → 478")
    assert not any("→" in message.text for message in late.messages)

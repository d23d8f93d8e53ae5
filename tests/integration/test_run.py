"""The carrier between a real local Bot API and a real database: every promise, seen from the person's side."""

from __future__ import annotations

import asyncio
import json
import sqlite3
from collections.abc import AsyncIterator, Awaitable, Callable
from datetime import UTC, datetime
from pathlib import Path

import pytest
from sqlalchemy import select

from bot.app import RunningBot, running_bot
from bot.assembly import CannotStart
from bot.config import Settings, read_settings
from bot.sandbox import RunningSandbox, StoryClient, running_sandbox
from bot.store.models import Base
from bot.store.sessions import SessionRow
from tests.integration.standin import Counting


@pytest.fixture
async def sandbox() -> AsyncIterator[RunningSandbox]:
    async with running_sandbox() as running:
        yield running


@pytest.fixture
def settings(sandbox: RunningSandbox, tmp_path: Path) -> Settings:
    return settings_for(sandbox, tmp_path)


def settings_for(sandbox: RunningSandbox, folder: Path, **more: str) -> Settings:
    return read_settings(
        {
            "TELEGRAM_BOT_TOKEN": "42:sandbox",
            "OINP_API_URL": sandbox.url,
            "OINP_DATA_DIR": str(folder),
            "OINP_MESSAGES_PER_SECOND": "10000",
            "OINP_CHAT_MESSAGES_PER_SECOND": "10000",
            "OINP_PERSON_BUDGET": "10000",
            **more,
        }
    )


@pytest.fixture
async def bot(settings: Settings) -> AsyncIterator[RunningBot]:
    async with running_bot(settings, Counting()) as running:
        yield running


@pytest.fixture
async def story(sandbox: RunningSandbox) -> AsyncIterator[StoryClient]:
    async with StoryClient(sandbox.url) as client:
        yield client


async def test_a_message_is_answered_and_remembered(bot: RunningBot, story: StoryClient) -> None:
    ada = await story.person("Ada")
    await ada.send("hello")
    assert ada.last.text == "1: hello"
    await ada.tap("next")
    assert ada.last.text == "2: tap"


async def said_to(store_of: RunningBot, person_id: int) -> list[str]:
    """What the counting conversation remembers of a person."""
    async with store_of.store.reading() as connection:
        stored = await connection.scalar(select(SessionRow.session).where(SessionRow.person_id == person_id))
    return json.loads(stored) if stored else []


async def drained(bot: RunningBot) -> None:
    await until(lambda: not bot.desk.waiting)
    await bot.postman.settled()


async def until(reached: Callable[[], bool | Awaitable[bool]]) -> None:
    """Return when `reached` says so; the test's own time limit bounds the wait."""
    while True:
        answer = reached()
        if answer if isinstance(answer, bool) else await answer:
            return
        await asyncio.sleep(0.02)


async def rows_about(bot: RunningBot, number: int) -> dict[str, int]:
    """How many rows of each table mention a number."""
    found = {}
    async with bot.store.reading() as connection:
        for table in Base.metadata.sorted_tables:
            rows = (await connection.execute(select(table))).all()
            found[table.name] = sum(str(number) in repr(row) for row in rows)
    return {name: count for name, count in found.items() if count}


async def test_a_double_tap_counts_once_and_both_spinners_stop(bot: RunningBot, story: StoryClient) -> None:
    ada = await story.person("Ada")
    await ada.send("hello")
    await asyncio.gather(*(ada.forge("step 1", wait=False) for _ in range(2)))
    await ada.wait_for("2: tap")
    await drained(bot)
    await ada.refresh()
    assert await said_to(bot, ada.id) == ["hello", "tap"]
    assert sorted(notice.text for notice in ada.notices) == ["", "stale"]


async def test_two_devices_at_once_are_answered_in_turn(bot: RunningBot, story: StoryClient) -> None:
    ada = await story.person("Ada")
    await ada.send("begin")
    await asyncio.gather(*(ada.send(f"message {n}", wait=False) for n in range(20)))
    await drained(bot)
    await ada.refresh()
    remembered = await said_to(bot, ada.id)
    answers = [message.text for message in ada.messages if message.from_bot]
    assert sorted(remembered[1:]) == sorted(f"message {n}" for n in range(20))
    assert answers == [f"{n}: {said}" for n, said in enumerate(remembered, 1)]


async def test_people_do_not_wait_for_each_other(bot: RunningBot, story: StoryClient) -> None:
    ada, bob = await story.person("Ada"), await story.person("Bob")
    await story.fault("sendMessage", "status", code=429, retry_after=2, chat_id=ada.id)
    await ada.send("slow", wait=False)
    await bob.send("quick")
    assert bob.last.text == "1: quick"
    await ada.refresh()
    assert not any(message.from_bot for message in ada.messages)
    await ada.wait_for("1: slow")


async def test_an_update_delivered_again_has_no_second_effect(bot: RunningBot, story: StoryClient) -> None:
    ada = await story.person("Ada")
    await ada.send("hello")
    update = {
        "update_id": 123_456,
        "message": {
            "message_id": 9_999,
            "date": int(datetime.now(UTC).timestamp()),
            "chat": {"id": ada.id, "type": "private", "first_name": "Ada"},
            "from": {"id": ada.id, "is_bot": False, "first_name": "Ada"},
            "text": "again",
        },
    }
    for _ in range(3):
        await story.repeat_update(update)
    await ada.wait_for("2: again")
    await ada.send("last")
    assert ada.last.text == "3: last"
    assert await said_to(bot, ada.id) == ["hello", "again", "last"]


async def test_numbers_that_jump_back_after_a_quiet_week_are_new(bot: RunningBot, story: StoryClient) -> None:
    ada = await story.person("Ada")
    await ada.send("before")
    await story.jump_updates(17)
    await ada.send("after")
    await ada.send("later")
    assert ada.last.text == "3: later"


async def test_an_update_that_makes_no_sense_holds_up_nobody(bot: RunningBot, story: StoryClient) -> None:
    ada = await story.person("Ada")
    await story.repeat_update({"update_id": 5, "message": {"chat": "nonsense"}})
    await story.repeat_update(
        {"update_id": 2**70, "message": {"message_id": 1, "date": 1, "chat": {"id": 1}}}
    )
    await story.repeat_update(
        {"update_id": 6, "message": {"message_id": 1, "date": 10**30, "chat": {"id": 1}}}
    )
    await ada.send("hello")
    assert ada.last.text == "1: hello"


async def test_nothing_a_person_wrote_stays_in_the_inbox_or_the_outbox(
    bot: RunningBot, story: StoryClient
) -> None:
    ada = await story.person("Ada", last_name="Lovelace", username="ada_l")
    await ada.send("hello")
    await drained(bot)
    assert await rows_about(bot, ada.id) == {"sessions": 1}
    async with bot.store.reading() as connection:
        everything = [
            repr((await connection.execute(select(table))).all()) for table in Base.metadata.sorted_tables
        ]
    assert "Lovelace" not in "".join(everything)
    assert "ada_l" not in "".join(everything)


async def test_forget_leaves_nothing_and_is_answered(bot: RunningBot, story: StoryClient) -> None:
    ada = await story.person("Ada")
    await ada.send("hello")
    await ada.send("/subscribe workforce_priority")
    await ada.send("/forget")
    assert ada.last.text == "/forget"
    await drained(bot)
    assert await rows_about(bot, ada.id) == {}
    await ada.send("hello again")
    assert ada.last.text == "1: hello again"


async def test_an_export_is_a_document_with_all_that_is_kept(
    bot: RunningBot, story: StoryClient, sandbox: RunningSandbox
) -> None:
    ada = await story.person("Ada")
    await ada.send("hello")
    await ada.send("/subscribe workforce_priority")
    await ada.send("/export")
    document = next(message for message in ada.replies if message.raw.get("document"))
    assert document.raw["document"]["file_name"] == "my-data.json"
    assert sandbox.world is not None
    stored = sandbox.world.files.get(document.raw["document"]["file_id"])
    kept = json.loads(stored.content)["kept"]
    assert kept["sessions"][0]["session"] == ["hello"]
    assert kept["subscriptions"][0]["filters"] == {"streams": ["workforce_priority"]}


async def test_feedback_is_kept_without_its_author(bot: RunningBot, story: StoryClient) -> None:
    ada = await story.person("Ada")
    await ada.send("/feedback What about my dog?")
    await drained(bot)
    assert "feedback" not in await rows_about(bot, ada.id)
    async with bot.store.reading() as connection:
        rows = (await connection.execute(select(Base.metadata.tables["feedback"]))).all()
    assert [(row.slug, row.helpful, row.question) for row in rows] == [("fees", True, "What about my dog?")]


async def test_a_fault_of_the_conversation_is_answered_with_an_apology(
    bot: RunningBot, story: StoryClient
) -> None:
    ada, bob = await story.person("Ada"), await story.person("Bernard", language="fr-CA")
    await ada.send("one")
    await ada.send("crash")
    assert "went wrong on my side" in ada.last.text
    await ada.send("two")
    assert ada.last.text == "2: two"
    await bob.send("crash")
    assert "est survenu de mon côté" in bob.last.text


async def test_markup_that_telegram_refuses_is_sent_as_plain_text(
    bot: RunningBot, story: StoryClient
) -> None:
    ada = await story.person("Ada")
    await ada.send("broken markup")
    assert ada.last.text == "bold & open"


async def test_a_long_reply_comes_in_parts_with_the_buttons_under_the_last(
    bot: RunningBot, story: StoryClient
) -> None:
    ada = await story.person("Ada")
    await ada.send("long")
    parts = ada.replies
    assert len(parts) == 5
    assert [bool(part.rows) for part in parts] == [False] * 4 + [True]
    assert [number for part in parts for number in part.marked("bold")] == [str(n) for n in range(40)]


async def test_an_edit_of_a_message_that_is_gone_becomes_a_new_message(
    bot: RunningBot, story: StoryClient
) -> None:
    ada = await story.person("Ada")
    await ada.send("hello")
    asked = ada.last
    await story.fault("editMessageText", code=400, description="Bad Request: message to edit not found")
    await ada.tap("next")
    assert ada.last.text == "2: tap"
    assert ada.last.id != asked.id


async def test_a_tap_too_old_to_answer_still_counts(bot: RunningBot, story: StoryClient) -> None:
    ada = await story.person("Ada")
    await ada.send("hello")
    await story.fault(
        "answerCallbackQuery",
        code=400,
        description="Bad Request: query is too old and response timeout expired or query ID is invalid",
    )
    await ada.tap("next")
    assert ada.last.text == "2: tap"
    await drained(bot)
    assert await rows_about(bot, ada.id) == {"sessions": 1}


@pytest.mark.parametrize(
    ("fault", "copies"),
    [
        # Surely not taken: sent again, once.
        ({"kind": "status", "code": 429, "retry_after": 1}, 1),
        ({"kind": "status", "code": 429}, 1),
        ({"kind": "refuse"}, 1),
        ({"kind": "html"}, 1),
        # Taken, but the bot cannot know: a second copy is better than none.
        ({"kind": "close"}, 2),
        ({"kind": "half"}, 2),
        ({"kind": "garbage"}, 2),
    ],
    ids=lambda value: (
        value.get("kind", "") + str(value.get("code", "")) if isinstance(value, dict) else str(value)
    ),
)
async def test_a_fault_on_the_way_loses_no_reply(
    bot: RunningBot, story: StoryClient, fault: dict[str, object], copies: int
) -> None:
    ada = await story.person("Ada")
    await ada.send("hello")
    await story.fault("sendMessage", **fault)  # type: ignore[arg-type]
    await ada.send("faulty", wait=False)
    await ada.wait_for("2: faulty")
    await drained(bot)
    await ada.refresh()
    assert [message.text for message in ada.messages if message.from_bot].count("2: faulty") == copies
    assert await said_to(bot, ada.id) == ["hello", "faulty"]


async def test_a_person_who_blocks_the_bot_is_left_alone_until_they_are_back(
    bot: RunningBot, story: StoryClient
) -> None:
    async def reachable(wanted: bool) -> bool:
        async with bot.store.reading() as connection:
            table = Base.metadata.tables["subscriptions"]
            return await connection.scalar(select(table.c.reachable)) is wanted

    ada = await story.person("Ada")
    await ada.send("/subscribe workforce_priority")
    await ada.block()
    await until(lambda: reachable(False))
    await ada.unblock()
    await until(lambda: reachable(True))
    await story.fault("sendMessage", code=403)
    await ada.send("hello", wait=False)
    await until(lambda: reachable(False))
    await drained(bot)
    assert "outbox" not in await rows_about(bot, ada.id)


async def test_a_group_member_has_a_session_of_their_own_there(bot: RunningBot, story: StoryClient) -> None:
    ada, bob = await story.person("Ada"), await story.person("Bob")
    await ada.send("private")
    group = await story.group("Newcomers", ada, bob)
    for person in (ada, bob, ada):
        await person.send(f"/subscribe@{bot.name} workforce_priority", chat_id=group, wait=False)
    await ada.send("/subscribe@another_bot workforce_priority", chat_id=group, wait=False)
    await until(lambda: answered_in(story, group, 3))
    await ada.send("private again")
    assert ada.last.text == "2: private again"
    await drained(bot)
    assert await answered_in(story, group, 3)
    async with bot.store.reading() as connection:
        rows = (await connection.execute(select(SessionRow.chat_id, SessionRow.person_id))).all()
    assert sorted(tuple(row) for row in rows) == sorted([(group, ada.id), (group, bob.id), (ada.id, ada.id)])


async def answered_in(story: StoryClient, chat_id: int, times: int) -> bool:
    sent = await story.journal("sendMessage")
    return [entry["status"] for entry in sent if str(entry["params"]["chat_id"]) == str(chat_id)] == [
        200
    ] * times


async def test_an_inline_query_is_answered(bot: RunningBot, story: StoryClient) -> None:
    ada = await story.person("Ada")
    await ada.send("hello")
    assert [result.text for result in await ada.inline("welder")] == ["welder"]


async def test_a_photo_is_an_event_like_any_other(bot: RunningBot, story: StoryClient) -> None:
    ada = await story.person("Ada")
    await ada.send_photo()
    assert ada.last.text == "1: <photo>"


async def test_an_attachment_without_a_maker_falls_back_to_its_caption(
    bot: RunningBot, story: StoryClient
) -> None:
    ada = await story.person("Ada")
    await ada.send("/draw no_such_maker")
    assert ada.last.text == "What was to be seen"
    assert ada.last.buttons == ("next",)


async def test_administrators_are_known_by_number(
    sandbox: RunningSandbox, story: StoryClient, tmp_path: Path
) -> None:
    ada, bob = await story.person("Ada"), await story.person("Bob")
    asked: list[str] = []

    async def hook(tx: object, action: object, asker: object) -> list[object]:
        from bot.conversation.replies import Say

        asked.append(f"{action.name} {action.argument}")  # type: ignore[attr-defined]
        return [Say("published")]

    settings = settings_for(sandbox, tmp_path, OINP_ADMINS=str(ada.id))
    async with running_bot(settings, Counting(), hook):  # type: ignore[arg-type]
        await ada.send("/approve draw-1")
        assert [message.text for message in ada.replies] == ["/approve draw-1", "administrator", "published"]
        await bob.send("/approve draw-2")
        assert bob.reply == "/approve draw-2"
    assert asked == ["approve draw-1"]


async def test_a_flood_is_answered_once_and_then_met_with_silence(
    sandbox: RunningSandbox, story: StoryClient, tmp_path: Path
) -> None:
    ada, bob = await story.person("Ada"), await story.person("Bob")
    async with running_bot(settings_for(sandbox, tmp_path, OINP_PERSON_BUDGET="10"), Counting()) as bot:
        for n in range(30):
            await ada.send(f"message {n}", wait=False)
        await bob.send("hello")
        assert bob.last.text == "1: hello"
        await drained(bot)
        await ada.refresh()
        answers = [message.text for message in ada.messages if message.from_bot]
        assert 10 <= len(await said_to(bot, ada.id)) <= 12
        assert sum("more than I can answer" in answer for answer in answers) == 1
        await ada.silence()


async def test_replies_keep_to_one_a_second_in_a_chat_after_a_short_burst(
    sandbox: RunningSandbox, story: StoryClient, tmp_path: Path
) -> None:
    ada = await story.person("Ada")
    await story.budget()
    paced = settings_for(sandbox, tmp_path, OINP_CHAT_MESSAGES_PER_SECOND="1", OINP_MESSAGES_PER_SECOND="30")
    async with running_bot(paced, Counting()):
        for n in range(6):
            await ada.send(f"message {n}", wait=False)
        await ada.wait_for("6: message 5")
    assert {entry["status"] for entry in await story.journal("sendMessage")} == {200}


async def test_the_menu_is_set_in_both_languages_and_only_when_it_differs(
    bot: RunningBot, story: StoryClient, settings: Settings
) -> None:
    from bot.telegram.menu import ENGLISH, FRENCH, introduce

    ada, luc = await story.person("Ada", language="pt"), await story.person("Luc", language="fr")
    await ada.send("hello")
    assert await ada.menu() == ENGLISH.commands
    await introduce(bot.bot)
    assert await luc.menu() == FRENCH.commands
    assert await introduce(bot.bot) == 0


async def test_a_second_bot_with_the_same_token_is_named_and_waited_for(
    bot: RunningBot, story: StoryClient, capfd: pytest.CaptureFixture[str]
) -> None:
    ada = await story.person("Ada")
    await story.fault("getUpdates", code=409, times=2)
    await ada.send("hello")
    await ada.send("still here?")
    assert ada.last.text == "2: still here?"


async def test_a_database_locked_by_another_program_delays_but_loses_nothing(
    bot: RunningBot, story: StoryClient, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    ada = await story.person("Ada")
    await ada.send("before")
    await drained(bot)
    other = sqlite3.connect(tmp_path / "oinp.sqlite", isolation_level=None)
    other.execute("BEGIN IMMEDIATE")
    await ada.send("meanwhile", wait=False)
    await asyncio.sleep(6.0)
    await ada.refresh()
    assert ada.last.text == "1: before"
    other.execute("ROLLBACK")
    other.close()
    await ada.wait_for("2: meanwhile", 15)
    assert await said_to(bot, ada.id) == ["before", "meanwhile"]


async def test_what_was_left_is_taken_up_at_the_next_start(
    sandbox: RunningSandbox, story: StoryClient, settings: Settings
) -> None:
    ada = await story.person("Ada")
    async with running_bot(settings, Counting()):
        await ada.send("one")
    await ada.send("two", wait=False)
    await ada.send("three", wait=False)
    async with running_bot(settings, Counting()) as bot:
        await ada.wait_for("3: three")
        await drained(bot)
        assert await said_to(bot, ada.id) == ["one", "two", "three"]


async def test_a_token_that_telegram_refuses_is_named(sandbox: RunningSandbox, tmp_path: Path) -> None:
    assert sandbox.world is not None
    sandbox.world.settings.token = "43:another"
    with pytest.raises(CannotStart, match="TELEGRAM_BOT_TOKEN should be the one BotFather gave"):
        async with running_bot(settings_for(sandbox, tmp_path), Counting()):
            pass


async def test_a_start_without_a_network_waits_for_it(
    sandbox: RunningSandbox, story: StoryClient, settings: Settings
) -> None:
    ada = await story.person("Ada")
    await story.fault("getMe", "refuse", times=1)
    async with running_bot(settings, Counting()):
        await ada.send("hello")
        assert ada.last.text == "1: hello"


async def test_a_webhook_left_over_is_removed(
    sandbox: RunningSandbox, story: StoryClient, settings: Settings
) -> None:
    assert sandbox.world is not None
    sandbox.world.updates.webhook_url = "https://example.org/hook"
    ada = await story.person("Ada")
    async with running_bot(settings, Counting()):
        await ada.send("hello")
        assert ada.last.text == "1: hello"

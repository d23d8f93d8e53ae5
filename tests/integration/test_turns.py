"""A letter takes effect once, whoever else is at work on the same person, on SQLite and on PostgreSQL."""

from __future__ import annotations

import asyncio
import json
from datetime import date

import pytest
from sqlalchemy import text

from bot.conversation.events import Event, Tap, Text
from bot.store import inbox, outbox, sessions
from bot.store.address import Address
from bot.store.database import Store, open_store
from bot.store.outbox import Owed
from bot.telegram import turns as turns_module
from bot.telegram.packing import unpack
from bot.telegram.turns import Turns
from bot.telegram.updates import Letter
from tests.integration.standin import Counting

ANN = Address(7_000_000_001, 7_000_000_001)


def letter(number: int, event: Event, address: Address = ANN) -> Letter:
    return Letter(number, address, "en", event, "{}")


def turns_on(store: Store) -> Turns[tuple[str, ...]]:
    return Turns(store, Counting(), lambda: date(2026, 11, 23))


async def received(store: Store, *letters: Letter) -> None:
    async with store.writing() as tx:
        await inbox.receive(tx, [one.mail for one in letters])


async def remembered(store: Store) -> list[str]:
    async with store.reading() as connection:
        return list(json.loads((await sessions.load(connection, ANN)).session or "[]"))


async def owed_texts(store: Store) -> list[str]:
    async with store.writing() as tx:
        return [getattr(unpack(owed.payload), "text", "") for owed in await outbox.take_over(tx, every=True)]


async def test_two_replicas_with_letters_of_one_person_lose_none(store: Store, database_url: str) -> None:
    letters = [letter(n, Text(f"m{n}")) for n in range(1, 31)]
    await received(store, *letters)
    other = open_store(database_url)
    replicas = [turns_on(store), turns_on(other)]
    try:
        settled = await asyncio.gather(*(replicas[n % 2].settle(one) for n, one in enumerate(letters)))
    finally:
        await other.close()
    assert sorted(await remembered(store)) == sorted(f"m{n}" for n in range(1, 31))
    said = [unpack(owed.payload).text for replies in settled for owed in replies]  # type: ignore[union-attr]
    # Each answer counts one further than another: nobody decided on an old session.
    assert sorted(int(one.split(":")[0]) for one in said) == list(range(1, 31))


async def test_two_replicas_with_the_same_letter_answer_it_once(store: Store, database_url: str) -> None:
    one = letter(1, Text("hello"))
    await received(store, one)
    other = open_store(database_url)
    try:
        first, second = await asyncio.gather(turns_on(store).settle(one), turns_on(other).settle(one))
    finally:
        await other.close()
    assert sorted([len(first), len(second)]) == [0, 1]
    assert await remembered(store) == ["hello"]
    assert await owed_texts(store) == ["1: hello"]


async def test_a_letter_handled_before_has_no_effect(store: Store) -> None:
    one = letter(1, Text("hello"))
    await received(store, one)
    assert len(await turns_on(store).settle(one)) == 1
    assert await turns_on(store).settle(one) == ()
    assert await remembered(store) == ["hello"]


async def test_a_crash_of_the_conversation_keeps_the_session_and_owes_an_apology(store: Store) -> None:
    await received(store, letter(1, Text("hello")), letter(2, Text("crash")), letter(3, Tap("x", 1, "q")))
    turns = turns_on(store)
    await turns.settle(letter(1, Text("hello")))
    await turns.settle(letter(2, Text("crash")))
    assert await remembered(store) == ["hello"]
    texts = await owed_texts(store)
    assert texts[0] == "1: hello"
    assert "went wrong on my side" in texts[1]
    async with store.reading() as connection:
        assert [mail.update_id for mail in await inbox.waiting(connection)] == [3]


async def test_a_request_to_slow_down_stops_the_spinner_and_changes_nothing(store: Store) -> None:
    tap = letter(1, Tap("step 0", 5, "query"))
    await received(store, tap)
    replies = await turns_on(store).slow_down(tap)
    assert [type(unpack(owed.payload)).__name__ for owed in replies] == ["Notice", "Say"]
    assert await remembered(store) == []
    assert await turns_on(store).slow_down(tap) == ()


async def test_a_session_that_never_stops_changing_ends_in_an_apology(
    store: Store, monkeypatch: pytest.MonkeyPatch
) -> None:
    async def always_late(*_: object) -> None:
        raise sessions.Conflict

    monkeypatch.setattr(sessions, "save", always_late)
    monkeypatch.setattr(turns_module, "CONFLICTS", 3)
    one = letter(1, Text("hello"))
    await received(store, one)
    replies = await turns_on(store).settle(one)
    assert "went wrong on my side" in unpack(replies[0].payload).text  # type: ignore[union-attr]


async def test_replies_survive_in_the_order_they_were_owed(store: Store) -> None:
    async with store.writing() as tx:
        await outbox.owe(tx, [Owed(9, 0, ANN, "a"), Owed(9, 1, ANN, "b")])
    async with store.writing() as tx:
        # Numbers jump back after a quiet week: the time decides, not the number.
        await outbox.owe(tx, [Owed(2, 0, ANN, "c")])
        await tx.execute(text("UPDATE outbox SET attempts = 0"))
    async with store.writing() as tx:
        assert [owed.payload for owed in await outbox.take_over(tx, every=True)] == ["a", "b", "c"]

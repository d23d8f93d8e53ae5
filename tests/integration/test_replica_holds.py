"""Updates and replies in the hands of one replica: kept while it lives, taken over when it is silent, in order."""

from __future__ import annotations

import asyncio
import json
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta

import pytest
from sqlalchemy import update

from bot.conversation.events import Text
from bot.conversation.replies import AdminAction
from bot.store import audit, inbox, outbox, sessions
from bot.store.address import Address
from bot.store.base import now
from bot.store.database import Store, open_store
from bot.store.inbox import InboxRow
from bot.store.outbox import Owed
from bot.telegram.auditing import audited
from bot.telegram.desk import Desk
from bot.telegram.in_order import InOrder
from bot.telegram.turns import Turns
from bot.telegram.updates import Letter, read
from tests.integration.standin import Counting

ANN = Address(7_000_000_001, 7_000_000_001)


def letter(number: int, said: str, address: Address = ANN) -> Letter:
    person = {"id": address.person_id, "is_bot": False, "first_name": "Ann"}
    chat = {"id": address.chat_id, "type": "private"}
    message = {"message_id": number, "date": 1, "chat": chat, "from": person, "text": said}
    made = read({"update_id": number, "message": message}, "trillium_bot")
    assert made is not None
    assert made.event == Text(said)
    return made


@dataclass(frozen=True)
class Replica:
    """The part of a replica that decides, as its desk calls it."""

    turns: Turns[tuple[str, ...]]
    in_order: InOrder

    async def settle(self, one: Letter) -> list[Owed]:
        earlier = await self.in_order.before(one)
        return [*earlier, *await self.turns.settle(one)]


def replica(store: Store, name: str) -> Replica:
    turns = Turns(store, Counting(), lambda: date(2026, 11, 23), holder=name)
    return Replica(turns, InOrder(turns, store, "trillium_bot", name))


async def receive(store: Store, one: Letter, holder: str | None) -> None:
    async with store.writing() as tx:
        await inbox.receive(tx, [one.mail], holder)


async def falls_silent(store: Store, holder: str) -> None:
    long_ago = now() - timedelta(seconds=1)
    async with store.writing() as tx:
        await inbox.renew(tx, holder, long_ago)
        await outbox.renew(tx, holder, long_ago)


async def remembered(store: Store) -> list[str]:
    async with store.reading() as connection:
        return list(json.loads((await sessions.load(connection, ANN)).session or "[]"))


async def test_mail_is_taken_over_from_the_silent_and_from_nobody_else(store: Store) -> None:
    await receive(store, letter(1, "one"), "a")
    async with store.writing() as tx:
        assert await inbox.take_over(tx, "b") == ()
    await falls_silent(store, "a")
    async with store.writing() as tx:
        assert [mail.update_id for mail in await inbox.take_over(tx, "b")] == [1]
    async with store.writing() as tx:
        assert await inbox.take_over(tx, "c") == ()


async def test_a_replica_that_renews_keeps_what_it_has(store: Store) -> None:
    await receive(store, letter(1, "one"), "a")
    await falls_silent(store, "a")
    async with store.writing() as tx:
        await inbox.renew(tx, "a")
        assert await inbox.take_over(tx, "b") == ()


async def test_mail_of_a_version_without_holds_is_taken_over_when_it_is_old(store: Store) -> None:
    await receive(store, letter(1, "one"), None)
    async with store.writing() as tx:
        assert await inbox.take_over(tx, "b") == ()
        await tx.execute(update(InboxRow).values(received_at=now() - timedelta(minutes=1)))
        assert len(await inbox.take_over(tx, "b")) == 1


async def test_two_replicas_never_take_over_the_same_reply(store: Store, database_url: str) -> None:
    async with store.writing() as tx:
        await outbox.owe(tx, [Owed(n, 0, ANN, "{}") for n in range(50)], "a")
    await falls_silent(store, "a")
    other = open_store(database_url)

    async def take(from_store: Store, name: str) -> list[int]:
        async with from_store.writing() as tx:
            return [owed.update_id for owed in await outbox.take_over(tx, limit=30, holder=name)]

    try:
        first, second = await asyncio.gather(take(store, "b"), take(other, "c"))
    finally:
        await other.close()
    assert not set(first) & set(second)
    assert len(first) + len(second) == 50


async def test_a_letter_waits_for_what_the_person_said_before_to_another_replica(store: Store) -> None:
    first, second = letter(1, "one"), letter(2, "two")
    await receive(store, first, "a")
    await receive(store, second, "b")
    late = asyncio.create_task(replica(store, "b").settle(second))
    await asyncio.sleep(0.2)
    assert not late.done()
    owed = await replica(store, "a").settle(first)
    async with store.writing() as tx:
        await outbox.sent(tx, owed)
    assert [one.update_id for one in await late] == [2]
    assert await remembered(store) == ["one", "two"]


async def test_what_a_dead_replica_left_is_settled_before_the_next_letter(store: Store) -> None:
    first, second = letter(1, "one"), letter(2, "two")
    await receive(store, first, "a")
    await receive(store, second, "b")
    await falls_silent(store, "a")
    owed = await replica(store, "b").settle(second)
    assert [one.update_id for one in owed] == [1, 2]
    assert await remembered(store) == ["one", "two"]
    # The letter also reaches its new holder's desk: it has no second effect there.
    assert await replica(store, "b").settle(first) == []


async def test_mail_that_cannot_be_read_holds_nobody_up(store: Store) -> None:
    async with store.writing() as tx:
        await inbox.receive(tx, [inbox.Mail(1, ANN, "{}")], "b")
    await receive(store, letter(2, "two"), "b")
    assert len(await replica(store, "b").settle(letter(2, "two"))) == 1


async def test_two_desks_full_of_people_who_wait_for_each_other_come_to_an_end(
    store: Store, database_url: str
) -> None:
    other, people = open_store(database_url), 60
    sent: list[Owed] = []

    def desk(of: Store, name: str) -> Desk:
        async def post(owed: Sequence[Owed]) -> None:
            sent.extend(owed)
            async with of.writing() as tx:
                await outbox.sent(tx, owed)

        made = replica(of, name)
        return Desk(made.turns, post, made.in_order.before)

    first, second = desk(store, "a"), desk(other, "b")
    letters = [(letter(n, "x", Address(n // 2 + 1, n // 2 + 1)), (n + n // 2) % 2) for n in range(2 * people)]
    async with store.writing() as tx:
        for at, holder in ((0, "a"), (1, "b")):
            await inbox.receive(tx, [one.mail for one, where in letters if where == at], holder)
    # The later letters first, so that all places would be taken by those who wait.
    for one, where in reversed(letters):
        (second if where else first).take(one)
    try:
        assert all(await asyncio.gather(first.finish(20), second.finish(20)))
    finally:
        await other.close()
    assert len(sent) == 2 * people


@pytest.mark.parametrize("name", ["approve", "cancel"])
async def test_an_administrators_action_is_written_down_with_it(store: Store, name: str) -> None:
    from bot.conversation.events import Asker

    async def hook(*_: object) -> tuple[()]:
        return ()

    asker = Asker(chat_id=42, language_code="en", in_group=False, is_admin=True)
    async with store.writing() as tx:
        await audited(hook)(tx, AdminAction(name, "7"), asker)
        await audited(hook)(tx, AdminAction("status", ""), asker)
    async with store.reading() as connection:
        (entry,) = await audit.latest(connection)
    assert (entry.by, entry.action, entry.subject) == ("42", name, "7")

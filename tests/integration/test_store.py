"""The store keeps its promises on SQLite and on PostgreSQL alike."""

from __future__ import annotations

import asyncio
from datetime import UTC, date, datetime, timedelta
from pathlib import Path

import pytest
from sqlalchemy import func, insert, inspect, select, text

from bot.store import feedback, inbox, outbox, people, schema, sessions, subscriptions
from bot.store.address import Address
from bot.store.database import Store, open_store
from bot.store.faults import StoreUnavailable
from bot.store.inbox import InboxRow, Mail
from bot.store.models import Base
from bot.store.outbox import OutboxRow, Owed
from bot.store.sessions import Conflict, SessionRow

# Telegram's numbers need more than 32 bits.
ANN = Address(7_000_000_001, 7_000_000_001)
BOB = Address(7_000_000_002, 7_000_000_002)
ANN_IN_GROUP = Address(-1_001_234_567_890, 7_000_000_001)


async def count(store: Store, table: type[Base]) -> int:
    async with store.reading() as connection:
        return int(await connection.scalar(select(func.count()).select_from(table)) or 0)


async def test_the_migrations_make_exactly_the_tables_of_the_models(store: Store) -> None:
    def differences(connection: object) -> list[object]:
        from alembic.autogenerate import compare_metadata
        from alembic.migration import MigrationContext

        context = MigrationContext.configure(connection, opts={"compare_type": True})  # type: ignore[arg-type]
        return compare_metadata(context, Base.metadata)

    async with store.reading() as connection:
        assert await connection.run_sync(differences) == []
        assert await connection.run_sync(lambda sync: inspect(sync).has_table("inbox"))


async def test_upgrading_twice_changes_nothing(store: Store) -> None:
    assert await schema.upgrade(store) == schema.newest()


async def test_two_processes_may_upgrade_an_empty_database_at_once(database_url: str) -> None:
    stores = [open_store(database_url) for _ in range(2)]
    try:
        await asyncio.gather(*(schema.upgrade(one) for one in stores))
        assert await schema.current(stores[0]) == schema.newest()
    finally:
        for one in stores:
            await one.close()


async def test_a_database_of_a_newer_version_is_left_alone(store: Store) -> None:
    async with store.writing() as tx:
        await tx.execute(text("UPDATE alembic_version SET version_num = '9999'"))
    assert await schema.upgrade(store) == "9999"


def test_migrations_are_numbered_in_one_line() -> None:
    from alembic.config import Config
    from alembic.script import ScriptDirectory

    config = Config()
    config.set_main_option("script_location", str(schema.MIGRATIONS))
    scripts = list(ScriptDirectory.from_config(config).walk_revisions())
    assert [Path(script.path).name[:4] for script in scripts] == [script.revision for script in scripts]
    assert [script.revision for script in reversed(scripts)] == [
        f"{n:04}" for n in range(1, len(scripts) + 1)
    ]
    assert schema.newest() == scripts[0].revision


async def test_a_session_is_read_as_it_was_saved(store: Store) -> None:
    async with store.writing() as tx:
        assert await sessions.load(tx, ANN) == sessions.NONE
        await sessions.save(tx, ANN, '{"said": "é 🍁"}', sessions.NONE)
    async with store.reading() as connection:
        stored = await sessions.load(connection, ANN)
        assert (stored.session, stored.version) == ('{"said": "é 🍁"}', 1)
        assert await sessions.load(connection, ANN_IN_GROUP) == sessions.NONE


async def test_the_second_of_two_writers_of_one_session_is_told(store: Store) -> None:
    async with store.writing() as tx:
        await sessions.save(tx, ANN, "1", sessions.NONE)
    async with store.reading() as connection:
        read = await sessions.load(connection, ANN)
    async with store.writing() as tx:
        await sessions.save(tx, ANN, "2", read)
    with pytest.raises(Conflict):
        async with store.writing() as tx:
            await sessions.save(tx, ANN, "3", read)
    with pytest.raises(Conflict):
        async with store.writing() as tx:
            await sessions.save(tx, ANN, "4", sessions.NONE)
    async with store.reading() as connection:
        assert (await sessions.load(connection, ANN)).session == "2"


async def test_a_failed_transaction_leaves_nothing(store: Store) -> None:
    with pytest.raises(RuntimeError):
        async with store.writing() as tx:
            await sessions.save(tx, ANN, "1", sessions.NONE)
            await outbox.owe(tx, [Owed(1, 0, ANN, "{}")])
            raise RuntimeError
    assert await count(store, SessionRow) == await count(store, OutboxRow) == 0


async def test_an_update_delivered_again_is_one_row(store: Store) -> None:
    mails = [Mail(10, ANN, '{"a": 1}'), Mail(11, BOB, '{"b": 1}')]
    async with store.writing(durable=True) as tx:
        await inbox.receive(tx, mails)
    async with store.writing(durable=True) as tx:
        assert await inbox.new_of(tx, [10, 11, 12]) == {12}
        await inbox.receive(tx, [*mails, Mail(12, ANN, "{}")])
    async with store.reading() as connection:
        waiting = await inbox.waiting(connection)
        assert [mail.update_id for mail in waiting] == [10, 11, 12]
        assert waiting[0] == mails[0]
        assert await inbox.depth(connection) == 3


async def test_an_update_can_be_handled_once_and_keeps_only_its_number(store: Store) -> None:
    async with store.writing() as tx:
        await inbox.receive(tx, [Mail(10, ANN, "secret words")])
    async with store.writing() as tx:
        assert await inbox.handled(tx, 10)
    async with store.writing() as tx:
        assert not await inbox.handled(tx, 10)
        await inbox.receive(tx, [Mail(10, ANN, "secret words")])
    async with store.reading() as connection:
        row = (await connection.execute(select(InboxRow))).one()
        assert (row.update_id, row.raw, row.chat_id, row.person_id) == (10, None, None, None)
        assert await inbox.waiting(connection) == ()


async def test_a_number_far_below_the_last_one_is_new(store: Store) -> None:
    async with store.writing() as tx:
        await inbox.receive(tx, [Mail(900_000_000, ANN, "{}")])
        await inbox.handled(tx, 900_000_000)
        await inbox.receive(tx, [Mail(17, ANN, "{}")])
    async with store.reading() as connection:
        assert [mail.update_id for mail in await inbox.waiting(connection)] == [17]


async def test_numbers_are_pruned_only_once_they_are_old_and_handled(store: Store) -> None:
    async with store.writing() as tx:
        await inbox.receive(tx, [Mail(1, ANN, "{}"), Mail(2, ANN, "{}")])
        await inbox.handled(tx, 1)
        assert await inbox.prune(tx, datetime.now(UTC) - inbox.KEPT) == 0
        assert await inbox.prune(tx, datetime.now(UTC) + timedelta(seconds=1)) == 1
    async with store.reading() as connection:
        assert [mail.update_id for mail in await inbox.waiting(connection)] == [2]


async def test_what_is_owed_is_taken_over_in_order_once_its_lease_is_over(store: Store) -> None:
    replies = [Owed(1, 0, ANN, "a"), Owed(1, 1, ANN, "b"), Owed(2, 0, BOB, "c")]
    async with store.writing() as tx:
        await outbox.owe(tx, replies)
        assert await outbox.take_over(tx) == ()
    async with store.writing() as tx:
        taken = await outbox.take_over(tx, every=True)
        assert [(owed.update_id, owed.position, owed.payload) for owed in taken] == [
            (1, 0, "a"),
            (1, 1, "b"),
            (2, 0, "c"),
        ]
        assert {owed.attempts for owed in taken} == {1}
    async with store.writing() as tx:
        await tx.execute(text("UPDATE outbox SET held_until = owed_since"))
        assert [owed.attempts for owed in await outbox.take_over(tx, limit=2)] == [2, 2]
        assert [owed.payload for owed in await outbox.take_over(tx)] == ["c"]


async def test_a_long_outage_leaves_no_more_owed_than_can_be_taken_over(store: Store) -> None:
    async with store.writing() as tx:
        await outbox.owe(tx, [Owed(n, 0, ANN, "a") for n in range(5000)])
    async with store.writing() as tx:
        taken = await outbox.take_over(tx, every=True, limit=100_000)
        assert len(taken) == 5000
        await outbox.sent(tx, taken)
        assert await outbox.depth(tx) == 0


async def test_what_is_sent_is_gone(store: Store) -> None:
    replies = [Owed(1, 0, ANN, "a"), Owed(1, 1, ANN, "b"), Owed(2, 1, BOB, "c")]
    async with store.writing() as tx:
        await outbox.owe(tx, replies)
        await outbox.sent(tx, [replies[0], replies[2]])
        assert await outbox.depth(tx) == 1
        assert [owed.payload for owed in await outbox.take_over(tx, every=True)] == ["b"]


async def test_a_subscription_is_one_row_that_changes_and_comes_back(store: Store) -> None:
    async with store.writing() as tx:
        await subscriptions.subscribe(tx, ANN, {"streams": ["workforce_priority"]})
        await subscriptions.subscribe(tx, ANN, {"streams": [], "quiet": "silent"})
        assert await subscriptions.filters_of(tx, ANN.chat_id) == {"streams": [], "quiet": "silent"}
        await subscriptions.reach(tx, ANN.chat_id, False)
    async with store.reading() as connection:
        reachable = await connection.scalar(select(subscriptions.SubscriptionRow.reachable))
        assert reachable is False
    async with store.writing() as tx:
        await subscriptions.reach(tx, ANN.chat_id, True)
        await subscriptions.unsubscribe(tx, ANN)
        assert await subscriptions.filters_of(tx, ANN.chat_id) is None


async def test_forgetting_leaves_a_person_in_no_table(store: Store) -> None:
    async with store.writing() as tx:
        for address in (ANN, ANN_IN_GROUP, BOB):
            await sessions.save(tx, address, '{"age": 29}', sessions.NONE)
        await subscriptions.subscribe(tx, ANN, {})
        await feedback.keep(tx, date(2026, 11, 23), "fees", True, None)
        await inbox.receive(tx, [Mail(5, ANN, '{"from": 7000000001}')])
        await inbox.handled(tx, 5)
        await people.forget(tx, ANN.person_id)
    async with store.reading() as connection:
        for table in Base.metadata.sorted_tables:
            rows = (await connection.execute(select(table))).all()
            assert str(ANN.person_id) not in repr(rows), table.name
        assert (await sessions.load(connection, BOB)).session == '{"age": 29}'


def test_every_table_with_a_chat_says_whose_it_is() -> None:
    tables = Base.metadata.sorted_tables
    assert [table.name for table in tables if "chat_id" in table.c and "person_id" not in table.c] == []


async def test_an_export_holds_all_that_is_kept_of_one_person(store: Store) -> None:
    async with store.writing() as tx:
        await sessions.save(tx, ANN, '{"age": 29}', sessions.NONE)
        await sessions.save(tx, BOB, '{"age": 40}', sessions.NONE)
        await subscriptions.subscribe(tx, ANN, {"quiet": "silent"})
        kept = await people.export(tx, ANN.person_id)
    assert kept["sessions"][0]["session"] == {"age": 29}
    assert kept["subscriptions"][0]["filters"] == {"quiet": "silent"}
    assert "40" not in repr(kept["sessions"][0]["session"])


async def test_a_group_that_becomes_a_supergroup_keeps_its_sessions(store: Store) -> None:
    old, new = ANN_IN_GROUP, Address(-1_009_999_999_999, ANN.person_id)
    async with store.writing() as tx:
        await sessions.save(tx, old, "old", sessions.NONE)
        await sessions.save(tx, Address(old.chat_id, BOB.person_id), "bob", sessions.NONE)
        await people.move_chat(tx, old.chat_id, new.chat_id)
        assert (await sessions.load(tx, new)).session == "old"
        await sessions.save(tx, old, "older", sessions.NONE)
        await people.move_chat(tx, old.chat_id, new.chat_id)
        assert await sessions.load(tx, old) == sessions.NONE
        assert (await sessions.load(tx, Address(new.chat_id, BOB.person_id))).session == "bob"


async def test_many_writers_at_once_all_get_their_turn(store: Store) -> None:
    async def write(number: int) -> None:
        async with store.writing(durable=number % 2 == 0) as tx:
            await inbox.receive(tx, [Mail(number, ANN, "{}")])

    await asyncio.gather(*(write(number) for number in range(60)))
    assert await count(store, InboxRow) == 60


async def test_sqlite_is_opened_with_wal_and_foreign_keys(sqlite_store: Store) -> None:
    async with sqlite_store.reading() as connection:
        pragmas = {
            name: await connection.scalar(text(f"PRAGMA {name}")) for name in ("journal_mode", "foreign_keys")
        }
    assert pragmas == {"journal_mode": "wal", "foreign_keys": 1}


async def test_what_must_outlive_a_power_cut_is_synced(sqlite_store: Store) -> None:
    async def level(durable: bool) -> int:
        async with sqlite_store.writing(durable=durable) as tx:
            return int(await tx.scalar(text("PRAGMA synchronous")) or 0)

    assert [await level(True), await level(False), await level(True)] == [2, 1, 2]


async def test_a_database_that_stays_locked_is_named(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    import sqlite3

    from bot.store import database

    monkeypatch.setattr(database, "BUSY_MS", 50)
    url = f"sqlite:///{tmp_path / 'locked.sqlite'}"
    opened = open_store(url)
    await schema.ready_store(opened, url)
    with sqlite3.connect(tmp_path / "locked.sqlite", isolation_level=None) as other:
        other.execute("BEGIN EXCLUSIVE")
        with pytest.raises(StoreUnavailable, match="locked by another program"):
            async with opened.writing() as tx:
                await tx.execute(insert(InboxRow).values(update_id=1))
        other.execute("ROLLBACK")
    async with opened.writing() as tx:
        await inbox.receive(tx, [Mail(1, ANN, "{}")])
    await opened.close()


async def test_waiting_for_another_programs_lock_holds_up_nobody_else(tmp_path: Path) -> None:
    import sqlite3

    url = f"sqlite:///{tmp_path / 'waiting.sqlite'}"
    opened = open_store(url)
    await schema.ready_store(opened, url)
    other = sqlite3.connect(tmp_path / "waiting.sqlite", isolation_level=None)
    other.execute("BEGIN IMMEDIATE")

    async def write() -> None:
        async with opened.writing(durable=True) as tx:
            await inbox.receive(tx, [Mail(1, ANN, "{}")])

    writing = asyncio.create_task(write())
    for _ in range(20):
        before = asyncio.get_running_loop().time()
        await asyncio.sleep(0.01)
        async with opened.reading() as connection:
            assert await inbox.depth(connection) == 0
        assert asyncio.get_running_loop().time() - before < 0.5
    assert not writing.done()
    other.execute("ROLLBACK")
    other.close()
    await asyncio.wait_for(writing, 5.0)
    async with opened.reading() as connection:
        assert await inbox.depth(connection) == 1
    await opened.close()


async def test_a_transaction_that_is_cancelled_leaves_nothing(sqlite_store: Store) -> None:
    async def write() -> None:
        async with sqlite_store.writing() as tx:
            await inbox.receive(tx, [Mail(1, ANN, "{}")])
            await asyncio.sleep(60)

    writing = asyncio.create_task(write())
    await asyncio.sleep(0.1)
    writing.cancel()
    await asyncio.gather(writing, return_exceptions=True)
    async with sqlite_store.writing() as tx:
        assert await inbox.depth(tx) == 0
        await inbox.receive(tx, [Mail(2, ANN, "{}")])
    async with sqlite_store.reading() as connection:
        assert [mail.update_id for mail in await inbox.waiting(connection)] == [2]


async def test_a_server_that_is_not_there_is_named() -> None:
    opened = open_store("postgresql+psycopg://nobody@127.0.0.1:9/none?connect_timeout=2")
    with pytest.raises(StoreUnavailable, match="cannot be reached"):
        await schema.current(opened)
    await opened.close()


async def test_a_file_that_is_no_database_is_named(tmp_path: Path) -> None:
    (tmp_path / "notes.sqlite").write_bytes(b"These are only notes, and long enough for a page header." * 20)
    opened = open_store(f"sqlite:///{tmp_path / 'notes.sqlite'}")
    with pytest.raises(StoreUnavailable, match="not a SQLite database"):
        await schema.current(opened)
    await opened.close()

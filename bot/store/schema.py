"""Which migrations a database has, and bringing it up to date.

Alembic is imported only when there is something to migrate: a start on a database that is up to date reads
one row.
"""

from __future__ import annotations

from pathlib import Path
from typing import Any

from sqlalchemy import Connection, inspect, text

from bot.store.database import Store, sqlite_file
from bot.store.faults import StoreUnavailable

MIGRATIONS = Path(__file__).parent / "migrations"
# Any number that other programs on the same PostgreSQL are unlikely to lock.
MIGRATING = 0x01_4E_50


def newest() -> str:
    """The last migration this version of the bot knows, by the number its file name starts with."""
    return max(file.name[:4] for file in (MIGRATIONS / "versions").glob("[0-9]*.py"))


async def current(store: Store) -> str | None:
    """The last migration the database has had; None for an empty one."""
    async with store.reading() as connection:
        return await connection.run_sync(_revision)


async def upgrade(store: Store) -> str | None:
    """Bring the database up to date, in one transaction; returns the revision it had, None when it was empty.

    A database that a newer version has migrated is left as it is. Raises StoreUnavailable where it may not be
    written.
    """
    had = await current(store)
    if had is not None and had >= newest():
        return had
    async with store.writing(durable=True) as connection:
        await connection.run_sync(_migrate)
    return had


async def ready_store(store: Store, url: str) -> str | None:
    """The same, for a start: makes the folder of a SQLite file first, and makes sure that writing works."""
    file = sqlite_file(url)
    if file is not None:
        _make_folder(file.parent)
    had = await upgrade(store)
    async with store.writing() as connection:
        # The empty change asks for the write lock and the right to write without changing anything.
        await connection.execute(text("DELETE FROM outbox WHERE update_id IS NULL"))
    return had


def _make_folder(folder: Path) -> None:
    try:
        folder.mkdir(parents=True, exist_ok=True)
    except OSError as error:
        raise StoreUnavailable(f"the folder {folder} cannot be made ({error.strerror})") from None


def _revision(connection: Connection) -> str | None:
    if not inspect(connection).has_table("alembic_version"):
        return None
    found: Any = connection.scalar(text("SELECT version_num FROM alembic_version"))
    return None if found is None else str(found)


def _migrate(connection: Connection) -> None:
    from alembic import command
    from alembic.config import Config

    if connection.dialect.name == "postgresql":
        connection.execute(text("SELECT pg_advisory_xact_lock(:key)"), {"key": MIGRATING})
    config = Config()
    config.set_main_option("script_location", str(MIGRATIONS))
    config.attributes["connection"] = connection
    command.upgrade(config, "head")

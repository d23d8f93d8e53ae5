"""The database as the rest of the bot sees it: a connection to read with, a transaction to write in."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator
from contextlib import AbstractAsyncContextManager, asynccontextmanager, nullcontext
from pathlib import Path
from typing import Any

from sqlalchemy import event
from sqlalchemy.engine import make_url
from sqlalchemy.ext.asyncio import AsyncConnection, AsyncEngine, create_async_engine
from sqlalchemy.pool import AsyncAdaptedQueuePool

from bot.store.faults import translating

BUSY_MS = 5_000


class Store:
    """One database, SQLite or PostgreSQL.

    SQLite takes one writer at a time: writers of this process queue here, in order, instead of polling for
    the file's lock, and begin with the lock in hand, so that a transaction never fails half-way because it
    read first.
    """

    def __init__(self, engine: AsyncEngine) -> None:
        self.engine = engine
        self._turn: asyncio.Lock | None = asyncio.Lock() if engine.dialect.name == "sqlite" else None

    @property
    def is_sqlite(self) -> bool:
        return self.engine.dialect.name == "sqlite"

    @asynccontextmanager
    async def reading(self) -> AsyncIterator[AsyncConnection]:
        """A connection for queries, each of which sees the latest; raises StoreUnavailable when it cannot."""
        with translating():
            async with self.engine.connect() as connection:
                yield connection

    @asynccontextmanager
    async def writing(self, durable: bool = False) -> AsyncIterator[AsyncConnection]:
        """A transaction: all of it or nothing. Raises StoreUnavailable when the database cannot write now.

        With `durable` it survives a power cut too. SQLite's other commits survive the death of the process,
        and a power cut rolls them back together, inbox marks and all, so they are done again.
        """
        turn: AbstractAsyncContextManager[Any] = self._turn or nullcontext()
        with translating():
            async with turn, self.engine.connect() as connection:
                if self.is_sqlite:
                    await connection.execution_options(oinp_durable=durable)
                async with connection.begin():
                    yield connection

    async def close(self) -> None:
        await self.engine.dispose()


def open_store(url: str, size: int = 10) -> Store:
    """The store at `url` (with an async driver); connects on first use."""
    parsed = make_url(url)
    if parsed.get_backend_name() != "sqlite":
        return Store(create_async_engine(parsed, pool_size=size, max_overflow=size, pool_pre_ping=True))
    from bot.store.inline_sqlite import DRIVER

    pool: dict[str, Any] = {"poolclass": AsyncAdaptedQueuePool, "pool_size": 4, "max_overflow": 0}
    options: dict[str, Any] = {"timeout": BUSY_MS / 1000, "isolation_level": None}
    engine = create_async_engine(parsed.set(drivername=DRIVER), connect_args=options, **pool)
    event.listen(engine.sync_engine, "connect", _prepare)
    event.listen(engine.sync_engine, "begin", _begin)
    return Store(engine)


def sqlite_file(url: str) -> Path | None:
    """The file of a SQLite `url`; None for another database or one in memory."""
    parsed = make_url(url)
    if parsed.get_backend_name() != "sqlite" or not parsed.database or parsed.database == ":memory:":
        return None
    return Path(parsed.database)


def _prepare(connection: Any, _record: object) -> None:
    cursor = connection.cursor()
    for pragma in ("journal_mode=WAL", "synchronous=NORMAL", "foreign_keys=ON", "secure_delete=ON"):
        cursor.execute(f"PRAGMA {pragma}")
    cursor.close()


def _begin(connection: Any) -> None:
    options = connection.get_execution_options()
    if "oinp_durable" not in options:
        # A query outside a transaction is one by itself.
        return
    connection.connection.dbapi_connection.durable = options["oinp_durable"]
    wanted = "FULL" if options["oinp_durable"] else "NORMAL"
    if connection.info.setdefault("synchronous", "NORMAL") != wanted:
        connection.exec_driver_sql(f"PRAGMA synchronous={wanted}")
        connection.info["synchronous"] = wanted
    connection.exec_driver_sql("BEGIN IMMEDIATE")

"""SQLite for asyncio without a thread: each statement runs where it is asked for.

A statement of this bot takes some twenty microseconds; handing it to a thread and back takes several times that on an
idle machine, and milliseconds on a busy one. What may really take long still leaves the event loop free: waiting for a
lock that another program holds, and the commit that waits for the disk.
"""

from __future__ import annotations

import asyncio
import sqlite3
import time
from collections import deque
from collections.abc import Callable, Iterator, Sequence
from types import ModuleType
from typing import Any, TypeVar, cast

from sqlalchemy import URL, Pool
from sqlalchemy.connectors.asyncio import AsyncAdapt_dbapi_module
from sqlalchemy.dialects import registry
from sqlalchemy.dialects.sqlite.pysqlite import SQLiteDialect_pysqlite
from sqlalchemy.engine import AdaptedConnection
from sqlalchemy.pool import AsyncAdaptedQueuePool
from sqlalchemy.util.concurrency import await_

DRIVER = "sqlite+inline"
registry.register("sqlite.inline", __name__, "InlineDialect")

T = TypeVar("T")
LOCKED = {sqlite3.SQLITE_BUSY, sqlite3.SQLITE_LOCKED}
PRIMARY = 0xFF
FIRST_PAUSE, LONGEST_PAUSE = 0.002, 0.05


async def _nothing() -> None:
    """SQLAlchemy takes a driver that never awaits for a wrong one; this await returns at once."""


class InlineCursor:
    """A statement that has run and its rows; nothing stays open in SQLite."""

    server_side = False
    arraysize = 1

    def __init__(self, connection: InlineConnection) -> None:
        self._connection = connection
        self._rows: deque[Any] = deque()
        self.description: Any = None
        self.rowcount = -1
        self.lastrowid = 0

    def execute(self, operation: str, parameters: Sequence[Any] | None = None) -> None:
        """Run a statement and keep its rows."""
        raw = self._connection.raw
        self._keep(self._connection.patiently(lambda: raw.execute(operation, parameters or ())))

    def executemany(self, operation: str, parameters: Sequence[Sequence[Any]]) -> None:
        raw = self._connection.raw
        self._keep(self._connection.patiently(lambda: raw.executemany(operation, parameters)))

    def _keep(self, cursor: sqlite3.Cursor) -> None:
        self.description = cursor.description
        self._rows = deque(cursor.fetchall() if cursor.description else ())
        self.rowcount = cursor.rowcount
        self.lastrowid = cursor.lastrowid or 0
        cursor.close()

    def fetchone(self) -> Any:
        return self._rows.popleft() if self._rows else None

    def fetchmany(self, size: int | None = None) -> list[Any]:
        return [self._rows.popleft() for _ in range(min(size or self.arraysize, len(self._rows)))]

    def fetchall(self) -> list[Any]:
        rows, self._rows = list(self._rows), deque()
        return rows

    def __iter__(self) -> Iterator[Any]:
        while self._rows:
            yield self._rows.popleft()

    def close(self) -> None:
        self._rows.clear()

    async def _async_soft_close(self) -> None:
        """SQLAlchemy's word for closing while the rows are still wanted: they are kept already."""


class InlineConnection(AdaptedConnection):
    """A connection to one file; `patience` is how many seconds it waits for another program's lock."""

    def __init__(self, raw: sqlite3.Connection, patience: float) -> None:
        self._connection = cast("Any", raw)
        self.patience = patience
        self.durable = False

    @property
    def raw(self) -> sqlite3.Connection:
        return cast("sqlite3.Connection", self._connection)

    @property
    def isolation_level(self) -> str | None:
        return self.raw.isolation_level

    @isolation_level.setter
    def isolation_level(self, level: Any) -> None:
        self.raw.isolation_level = level

    def cursor(self, _server_side: bool = False) -> InlineCursor:
        return InlineCursor(self)

    def execute(self, operation: str, parameters: Sequence[Any] | None = None) -> InlineCursor:
        cursor = self.cursor()
        cursor.execute(operation, parameters)
        return cursor

    def patiently(self, work: Callable[[], T]) -> T:
        """Do `work`; while another program holds the lock, let the event loop go on and try again."""
        await_(_nothing())
        until, pause = time.monotonic() + self.patience, FIRST_PAUSE
        while True:
            try:
                return work()
            except sqlite3.OperationalError as error:
                if error.sqlite_errorcode & PRIMARY not in LOCKED or time.monotonic() > until:
                    raise
            await_(asyncio.sleep(pause))
            pause = min(LONGEST_PAUSE, pause * 2)

    def commit(self) -> None:
        """End the transaction. One that is `durable` waits for the disk, so it waits in a thread."""
        if not self.raw.in_transaction:
            return
        if self.durable:
            await_(asyncio.shield(asyncio.get_running_loop().run_in_executor(None, self.raw.commit)))
        else:
            self.patiently(self.raw.commit)

    def rollback(self) -> None:
        if self.raw.in_transaction:
            self.raw.rollback()

    def close(self) -> None:
        self.raw.close()

    def create_function(self, *arguments: Any, **options: Any) -> None:
        self.raw.create_function(*arguments, **options)


class InlineDbapi(AsyncAdapt_dbapi_module):
    """The module sqlite3, with connections of ours."""

    paramstyle = "qmark"

    def __init__(self, sqlite: ModuleType) -> None:
        super().__init__(sqlite, dbapi_module=sqlite)
        for name in dir(sqlite):
            if name.endswith("Error") or name.startswith(("PARSE_", "sqlite_version")) or name == "Binary":
                setattr(self, name, getattr(sqlite, name))

    def connect(self, *arguments: Any, **options: Any) -> InlineConnection:
        """Open the file; `timeout` is the patience, which SQLite itself must not have: it would wait in the loop."""
        patience = options.pop("timeout", 5.0)
        options |= {"timeout": 0.0, "check_same_thread": False}
        raw = sqlite3.connect(*arguments, **options)
        return InlineConnection(raw, patience)


class InlineDialect(SQLiteDialect_pysqlite):
    """SQLAlchemy's own dialect of SQLite over that module."""

    driver = "inline"
    is_async = True
    supports_statement_cache = True

    @classmethod
    def import_dbapi(cls) -> Any:
        return InlineDbapi(sqlite3)

    @classmethod
    def get_pool_class(cls, url: URL) -> type[Pool]:  # noqa: ARG003 - one kind for every file
        return AsyncAdaptedQueuePool

    def get_driver_connection(self, connection: Any) -> Any:
        return connection.raw

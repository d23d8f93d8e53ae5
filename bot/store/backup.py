"""A copy of the whole database while the bot goes on, and putting one back.

SQLite copies itself page by page, PostgreSQL through its own pg_dump. A copy is written under another name first, so
a file with the name asked for is always complete.
"""

from __future__ import annotations

import shutil
import sqlite3
import subprocess
from collections.abc import Mapping, Sequence
from contextlib import closing, suppress
from pathlib import Path

from sqlalchemy.engine import URL, make_url

from bot.store.database import sqlite_file

PAGES_AT_ONCE = 500


class CannotBackUp(Exception):
    """A backup or a restore that did not happen; the message says why and what to do."""


def back_up(url: str, target: Path, programs: Path | None = None) -> int:
    """Copy the database at `url` to the file `target`; returns its size in bytes. Raises CannotBackUp.

    `programs` is the folder of pg_dump where it is not on the path.
    """
    if target.exists():
        raise CannotBackUp(f"{target} exists already: choose another name, or move it away.")
    partial = target.with_name(target.name + ".partial")
    try:
        target.parent.mkdir(parents=True, exist_ok=True)
        _copy(url, partial, programs)
        partial.chmod(0o600)
        partial.rename(target)
    except (OSError, sqlite3.Error) as error:
        raise CannotBackUp(f"{target} cannot be written: {error}.") from None
    finally:
        partial.unlink(missing_ok=True)
    return target.stat().st_size


def restore(url: str, source: Path, programs: Path | None = None, replace: bool = False) -> None:
    """Put the backup `source` in the place of the database at `url`; stop the bot first. Raises CannotBackUp.

    What is there is only overwritten with `replace`; SQLite keeps it beside as `….before-restore`.
    """
    if not source.is_file():
        raise CannotBackUp(f"{source} is not a file.")
    file = sqlite_file(url)
    if file is None:
        _run_postgres(make_url(url), "pg_restore", _restoring(source, replace), programs)
        return
    _check_sqlite(source)
    if file.exists() and not replace:
        raise CannotBackUp(f"{file} exists: say --replace to put the backup in its place.")
    _replace_sqlite(file, source)


def _copy(url: str, partial: Path, programs: Path | None) -> None:
    file = sqlite_file(url)
    if file is None:
        options = ["--format=custom", "--no-owner", "--no-privileges", f"--file={partial}"]
        _run_postgres(make_url(url), "pg_dump", options, programs)
        return
    if not file.exists():
        raise CannotBackUp(f"there is no database at {file}.")
    with closing(sqlite3.connect(file)) as source, closing(sqlite3.connect(partial)) as copy:
        source.backup(copy, pages=PAGES_AT_ONCE)


def _check_sqlite(source: Path) -> None:
    try:
        with closing(sqlite3.connect(f"file:{source}?mode=ro&immutable=1", uri=True)) as connection:
            sound = connection.execute("PRAGMA integrity_check").fetchone()[0]
            tables = {name for (name,) in connection.execute("SELECT name FROM sqlite_master")}
    except sqlite3.Error:
        raise CannotBackUp(f"{source} is not a SQLite backup.") from None
    if sound != "ok" or "alembic_version" not in tables:
        raise CannotBackUp(f"{source} is damaged, or not a backup of this bot.")


def _replace_sqlite(file: Path, source: Path) -> None:
    """The file and its journal belong together: both leave before the backup comes."""
    try:
        file.parent.mkdir(parents=True, exist_ok=True)
        fresh = file.with_name(file.name + ".restoring")
        shutil.copyfile(source, fresh)
        for ending in ("", "-wal", "-shm"):
            with suppress(FileNotFoundError):
                old = file.with_name(file.name + ending)
                old.rename(file.with_name(f"{file.name}.before-restore{ending}"))
        fresh.rename(file)
    except OSError as error:
        raise CannotBackUp(f"{file} cannot be replaced: {error}.") from None


def _restoring(source: Path, replace: bool) -> list[str]:
    clean = ["--clean", "--if-exists"] if replace else []
    return [*clean, "--no-owner", "--no-privileges", "--single-transaction", "--exit-on-error", str(source)]


def _run_postgres(url: URL, program: str, options: Sequence[str], programs: Path | None) -> None:
    found = shutil.which(program, path=str(programs) if programs else None)
    if found is None:
        raise CannotBackUp(f"{program} is not installed here: it comes with PostgreSQL's client programs.")
    plain = url.set(drivername="postgresql", password=None).render_as_string(hide_password=False)
    done = subprocess.run(  # noqa: S603 - a program found by its own name, with arguments made here
        [found, f"--dbname={plain}", *options],
        env=_environment(url),
        capture_output=True,
        text=True,
        check=False,
    )
    if done.returncode:
        raise CannotBackUp(
            f"{program} failed: {done.stderr.strip().splitlines()[-1] if done.stderr else 'no reason given'}"
        )


def _environment(url: URL) -> Mapping[str, str]:
    """The password goes by environment: everyone on the machine can read arguments."""
    import os

    secret = {"PGPASSWORD": str(url.password)} if url.password else {}
    return {**os.environ, **secret}

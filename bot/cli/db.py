"""`oinp db`: migrations, backup, restore, audit log. The database is the one of OINP_DATA_DIR or OINP_DATABASE_URL."""

from __future__ import annotations

import os
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from bot.cli.failing import or_exit

if TYPE_CHECKING:
    from bot.store.audit import Entry

app = typer.Typer(no_args_is_help=True)


@app.command()
def upgrade() -> None:
    """Make the database, or bring it up to date. `oinp run` does this by itself."""
    import asyncio

    with or_exit():
        from bot.store.schema import newest

        had = asyncio.run(_upgrade(_url()))
        if had is None:
            typer.echo(f"Made the database, at revision {newest()}.")
        elif had >= newest():
            typer.echo(f"The database is up to date, at revision {had}.")
        else:
            typer.echo(f"Brought the database from revision {had} to {newest()}.")


@app.command()
def backup(
    file: Annotated[Path, typer.Argument(help="Where the copy goes; must not exist yet.")],
    programs: Annotated[Path | None, typer.Option(help="Folder of pg_dump, if not on the path.")] = None,
) -> None:
    """Copy the whole database to FILE; the bot may go on meanwhile."""
    with or_exit():
        from bot.store.backup import back_up

        size = back_up(_url(), file, programs)
        typer.echo(f"Wrote {file} ({size:,} bytes).")


@app.command()
def restore(
    file: Annotated[Path, typer.Argument(help="A backup made with `oinp db backup`.")],
    replace: Annotated[bool, typer.Option("--replace", help="Overwrite the database that is there.")] = False,
    programs: Annotated[Path | None, typer.Option(help="Folder of pg_restore, if not on the path.")] = None,
) -> None:
    """Put a backup in the place of the database; stop the bot first."""
    with or_exit():
        from bot.store.backup import restore as put_back

        put_back(_url(), file, programs, replace)
        typer.echo(f"Restored {file}.")


@app.command()
def audit(
    last: Annotated[int, typer.Option(min=1, max=10_000, help="How many of the last actions.")] = 50,
    as_json: Annotated[bool, typer.Option("--json", help="One JSON object instead of a table.")] = False,
) -> None:
    """Show what administrators did: when, who, what, with which outcome."""
    import asyncio
    import json

    from bot.cli.audit_table import as_rows, show

    with or_exit():
        entries = asyncio.run(_audit(_url(), last))
        if as_json:
            typer.echo(json.dumps({"actions": as_rows(entries)}, ensure_ascii=False))
        else:
            show(entries)


def _url() -> str:
    from bot.config import read_settings

    return read_settings(os.environ).database_url


async def _upgrade(url: str) -> str | None:
    from bot.store.database import open_store
    from bot.store.schema import ready_store

    store = open_store(url)
    try:
        return await ready_store(store, url)
    finally:
        await store.close()


async def _audit(url: str, last: int) -> tuple[Entry, ...]:
    from bot.store.audit import latest
    from bot.store.database import open_store
    from bot.store.schema import ready_store

    store = open_store(url)
    try:
        await ready_store(store, url)
        async with store.reading() as connection:
            return await latest(connection, last)
    finally:
        await store.close()

"""`oinp draws`: the draws known, and the way of a new one from the official page to the subscribers."""

from __future__ import annotations

import json
import os
from collections.abc import Awaitable, Callable, Sequence
from contextlib import AsyncExitStack
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, TypeVar

import typer

from bot.cli.failing import or_exit

if TYPE_CHECKING:
    from bot.alerts.intake import Taken
    from bot.config import Settings
    from bot.store.database import Store
    from knowledge.draws.draw import Draw

app = typer.Typer(no_args_is_help=True)
T = TypeVar("T")
KINDS = ("federal", "invitations", "notifications", "updates")


@app.command("list")
def list_draws(  # noqa: PLR0917 - one option each
    words: Annotated[list[str] | None, typer.Argument(help="A stream, a year, a region, a NOC code.")] = None,
    program: Annotated[str | None, typer.Option(help="ontario, ontario_express_entry or federal.")] = None,
    stream: Annotated[str | None, typer.Option()] = None,
    year: Annotated[int | None, typer.Option()] = None,
    limit: Annotated[int, typer.Option(min=1)] = 20,
    as_json: Annotated[bool, typer.Option("--json", help="One JSON object.")] = False,
) -> None:
    """The draws known, the newest first."""
    from dataclasses import replace

    with or_exit():
        from knowledge.draws.view import matching, wanted

        asked = wanted(" ".join(words or ()))
        asked = replace(asked, program=program, stream=stream, year=year or asked.year)
        found = matching(_known(), asked)
        if as_json:
            typer.echo(json.dumps({"count": len(found), "draws": [draw.to_json() for draw in found[:limit]]}))
        else:
            _table(found[:limit], len(found))


@app.command()
def sync(
    file: Annotated[Path | None, typer.Option(help="A saved page to read instead of the network.")] = None,
    kind: Annotated[str, typer.Option(help=f"What the file is: {', '.join(KINDS)}.")] = "invitations",
    as_json: Annotated[bool, typer.Option("--json")] = False,
) -> None:
    """Read the official pages now and take in what changed; new draws then wait for approval."""
    with or_exit():
        if kind not in KINDS:
            raise typer.BadParameter(f"is one of {', '.join(KINDS)}", param_hint="--kind")
        content = _content(file) if file is not None else None
        found = _with_store(lambda store, settings: _sync(store, settings, content, kind))
        failed = [name for name, taken in found if taken.refused]
        if as_json:
            typer.echo(json.dumps({name: _as_json(taken) for name, taken in found}))
        else:
            for name, taken in found:
                typer.echo(_said(name, taken))
        raise typer.Exit(1 if failed else 0)


@app.command()
def approve(
    alert: Annotated[int | None, typer.Argument(help="The number `oinp alerts status` shows.")] = None,
    all_waiting: Annotated[bool, typer.Option("--all", help="Everything that waits.")] = False,
    note: Annotated[str | None, typer.Option(help="A sentence subscribers will read.")] = None,
) -> None:
    """Let a waiting alert go to its subscribers; a running bot or worker sends it."""
    with or_exit():
        if (alert is None) != all_waiting:
            raise typer.BadParameter("give one number, or --all")
        done, refused = _with_store(lambda store, _: _approve(store, alert, note))
        for number in done:
            typer.echo(f"Alert {number} is approved.")
        for number in refused:
            typer.echo(f"Alert {number} cannot be approved: there is none, or it is on its way.", err=True)
        raise typer.Exit(1 if refused else 0)


@app.command()
def publish(
    alert: Annotated[int, typer.Argument(help="The number of the alert.")],
    as_json: Annotated[bool, typer.Option("--json")] = False,
) -> None:
    """Approve an alert and watch it go, with a progress bar; the sending is a running bot's or worker's."""
    from bot.cli.alerts import follow

    with or_exit():
        done, refused = _with_store(lambda store, _: _approve(store, alert, None))
        if refused and not done:
            typer.echo(f"Alert {alert} cannot be approved; showing where it stands.", err=True)
        follow(alert, as_json)


async def _sync(
    store: Store, settings: Settings, content: bytes | None, kind: str
) -> Sequence[tuple[str, Taken]]:
    from bot.alerts.fetching import Fetched, make_client
    from bot.alerts.watching import Watcher
    from bot.assembly import clock_of
    from bot.store import watched

    async with make_client(settings.contact) as client:
        watcher = Watcher(store, client, clock_of(settings), settings.auto_approve)
        await watcher.register()
        async with store.reading() as connection:
            pages = [page for page in await watched.all_sources(connection) if page.kind in KINDS]
        if content is None:
            return [(page.name, await watcher.read(page)) for page in pages]
        page = next(page for page in pages if page.kind == kind)
        return [(page.name, await watcher.take_in(page, Fetched(content, page.etag, page.last_modified)))]


def _content(file: Path) -> bytes:
    try:
        return file.read_bytes()
    except OSError as error:
        raise typer.BadParameter(f"{file} cannot be read: {error.strerror}", param_hint="--file") from None


async def _approve(store: Store, alert: int | None, note: str | None) -> tuple[list[int], list[int]]:
    from bot.alerts.administration import annotate, decide
    from bot.alerts.states import WAITING
    from bot.store import alerts, audit

    done: list[int] = []
    refused: list[int] = []
    async with store.writing() as tx:
        waiting = [each.id for each in await alerts.in_state(tx, WAITING, limit=1_000)]
        for number in waiting if alert is None else [alert]:
            if note is not None:
                await annotate(tx, number, note)
            approved = await decide(tx, number, "approve", "shell")
            await audit.note(tx, _whoever(), "approve", str(number), "done" if approved else "refused")
            (done if approved else refused).append(number)
    return done, refused


def _whoever() -> str:
    import getpass

    try:
        return f"shell:{getpass.getuser()}"
    except (KeyError, OSError):
        # In a container the user may have no name.
        return f"shell:{os.getuid()}"


def _known() -> Sequence[Draw]:
    """The record and what the store has found since; the record alone where there is no store yet."""
    from bot.config import read_settings
    from bot.store.database import sqlite_file
    from knowledge.draws.book import DrawBook

    book = DrawBook()
    file = sqlite_file(read_settings(os.environ).database_url)
    if file is None or file.exists():
        _with_store(lambda store, _: _refreshed(store, book))
    return book.draws


async def _refreshed(store: Store, book: object) -> None:
    from bot.alerts.beside import refresh
    from knowledge.draws.book import DrawBook

    if isinstance(book, DrawBook):
        await refresh(store, book)


def _with_store(work: Callable[[Store, Settings], Awaitable[T]]) -> T:
    import asyncio

    from bot import logs
    from bot.assembly import opened_store
    from bot.config import read_settings

    settings = read_settings(os.environ)
    # What a command found is said in its own words.
    logs.configure("text", "error")

    async def run() -> T:
        async with AsyncExitStack() as stack:
            store = await stack.enter_async_context(opened_store(settings))
            return await work(store, settings)

    return asyncio.run(run())


def _table(draws: Sequence[Draw], count: int) -> None:
    from rich.console import Console
    from rich.table import Table

    from knowledge.draws.names import region_name, stream_name, target_name

    table = Table(title=f"{count:,} draws, {len(draws)} shown")
    for column in ("Date", "Program", "Stream", "Invited", "Score", "Scale", "For", "NOC codes"):
        table.add_column(column, no_wrap=column in ("Date", "Score"))
    for draw in draws:
        score = (
            ""
            if draw.score_min is None
            else f"{draw.score_min}{f'-{draw.score_max}' if draw.score_max else '+'}"
        )
        about = [region_name(draw.region, "en")] if draw.region else []
        about += [target_name(target, "en") for target in draw.targets]
        table.add_row(
            draw.date.isoformat(),
            draw.program,
            stream_name(draw.program, draw.stream, "en"),
            f"{draw.size:,}" if draw.size is not None else "",
            score,
            "" if draw.grid == "none" else draw.grid,
            ", ".join(about),
            str(len(draw.codes) or ""),
        )
    Console().print(table)


def _as_json(taken: Taken) -> dict[str, object]:
    from dataclasses import asdict

    return asdict(taken)


def _said(name: str, taken: Taken) -> str:
    if taken.refused:
        return f"{name}: not taken in ({taken.refused})"
    return f"{name}: {len(taken.new)} new, {len(taken.revised)} corrected, {len(taken.alerts)} alerts wait"

"""`oinp alerts`: how the delivery of alerts stands."""

from __future__ import annotations

import json
import os
import sys
import time
from collections.abc import Sequence
from typing import TYPE_CHECKING, Annotated, Any

import typer

from bot.cli.failing import or_exit

if TYPE_CHECKING:
    from bot.alerts.administration import Progress

app = typer.Typer(no_args_is_help=True)
POLL = 0.5


@app.callback()
def _group() -> None:
    """Deliveries of draw alerts."""


@app.command()
def status(
    alert: Annotated[int | None, typer.Argument(help="One alert; without it, the latest ones.")] = None,
    watch: Annotated[bool, typer.Option("--watch", help="A progress bar until it is through.")] = False,
    as_json: Annotated[bool, typer.Option("--json", help="One JSON object.")] = False,
) -> None:
    """Progress, rate and time left, counts by state, and who may or may not have got it."""
    with or_exit():
        if watch and alert is not None:
            follow(alert, as_json)
            return
        found = _progress(alert)
        if alert is not None and not found:
            typer.echo(f"There is no alert {alert}.", err=True)
            raise typer.Exit(1)
        if as_json:
            typer.echo(json.dumps({"alerts": [as_plain(each) for each in found]}))
        else:
            _table(found)


def follow(alert: int, as_json: bool = False) -> None:
    """Show an alert's progress until it is through; in a file or pipe only the end."""
    from rich.progress import BarColumn, Progress, TaskProgressColumn, TextColumn, TimeRemainingColumn

    columns = (TextColumn("{task.description}"), BarColumn(), TaskProgressColumn(), TimeRemainingColumn())
    with Progress(*columns, disable=as_json or not sys.stdout.isatty()) as bar:
        task = bar.add_task(f"Alert {alert}")
        while found := _progress(alert):
            bar.update(task, completed=found[0].settled, total=max(1, found[0].total))
            if found[0].alert.state not in ("approved", "publishing"):
                break
            time.sleep(POLL)
    if as_json:
        typer.echo(json.dumps({"alerts": [as_plain(each) for each in found]}))
    else:
        _table(found)


def as_plain(progress: Progress) -> dict[str, Any]:
    """One alert in JSON types."""
    return {
        "id": progress.alert.id,
        "kind": progress.alert.kind,
        "subject": progress.alert.subject,
        "state": progress.alert.state,
        "counts": dict(progress.counts),
        "reaches": progress.reaches,
        "per_second": progress.rate,
        "seconds_left": progress.left,
        "uncertain": list(progress.uncertain),
    }


def _progress(alert: int | None) -> Sequence[Progress]:
    import asyncio

    from bot.alerts import administration
    from bot.assembly import opened_store
    from bot.config import read_settings
    from bot.store import alerts
    from bot.store.base import now

    async def run() -> list[Progress]:
        async with opened_store(read_settings(os.environ)) as store, store.reading() as connection:
            if alert is None:
                chosen = await alerts.in_state(connection, limit=20)
            else:
                one = await alerts.by_id(connection, alert)
                chosen = (one,) if one else ()
            return [await administration.progress(connection, each, now()) for each in chosen]

    return asyncio.run(run())


def _table(found: Sequence[Progress]) -> None:
    from rich.console import Console
    from rich.table import Table

    table = Table(title="Alerts")
    for column in ("No.", "Kind", "About", "State", "Settled", "By state", "Rate", "Left", "Uncertain"):
        table.add_column(column)
    for each in found:
        table.add_row(
            str(each.alert.id),
            each.alert.kind,
            each.alert.subject,
            each.alert.state,
            f"{each.settled:,} of {each.total:,}",
            ", ".join(f"{state} {number:,}" for state, number in sorted(each.counts.items())),
            f"{each.rate:.0f}/s" if each.rate else "",
            f"{each.left:.0f} s" if each.left else "",
            ", ".join(str(chat) for chat in each.uncertain[:10]),
        )
    Console().print(table)

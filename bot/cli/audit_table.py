"""The audit log as a table, and as rows for other programs."""

from __future__ import annotations

from collections.abc import Sequence

from rich.console import Console
from rich.table import Table

from bot.store.audit import Entry

COLUMNS = ("at", "by", "action", "subject", "outcome")


def as_rows(entries: Sequence[Entry]) -> list[dict[str, str]]:
    """JSON types; times in UTC, ISO."""
    return [
        {"at": one.at.isoformat(timespec="seconds"), **{name: getattr(one, name) for name in COLUMNS[1:]}}
        for one in entries
    ]


def show(entries: Sequence[Entry]) -> None:
    if not entries:
        Console().print("No administrator has done anything yet.")
        return
    table = Table(title="What administrators did, newest first")
    for name in COLUMNS:
        table.add_column(name)
    for row in as_rows(entries):
        table.add_row(*(row[name] for name in COLUMNS))
    Console().print(table)

"""A person across all tables: everything kept about them, deleted or handed over.

Any table with a column `person_id` is about people, so a table added later is covered without being named
here.
"""

from __future__ import annotations

import json
from collections.abc import Iterator
from datetime import date, datetime
from typing import Any

from sqlalchemy import Table, delete, select, update
from sqlalchemy.exc import IntegrityError
from sqlalchemy.ext.asyncio import AsyncConnection

from bot.store.models import Base

# Waiting mail and owed replies are on their way, not kept: they go when handled or sent.
PASSING = ("inbox", "outbox")


def tables(column: str) -> Iterator[Table]:
    """The tables that have such a column, children before what they refer to."""
    return (table for table in reversed(Base.metadata.sorted_tables) if column in table.columns)


async def forget(tx: AsyncConnection, person_id: int) -> None:
    """Delete all that is kept about a person; their unanswered mail after this is a new acquaintance's."""
    for table in tables("person_id"):
        if table.name not in PASSING:
            await tx.execute(delete(table).where(table.c.person_id == person_id))


async def export(tx: AsyncConnection, person_id: int) -> dict[str, list[dict[str, Any]]]:
    """All that is kept about a person, by table, as JSON types."""
    kept: dict[str, list[dict[str, Any]]] = {}
    for table in tables("person_id"):
        if table.name in PASSING:
            continue
        rows = await tx.execute(select(table).where(table.c.person_id == person_id))
        found = [{key: _plain(value) for key, value in row.items()} for row in rows.mappings()]
        if found:
            kept[table.name] = found
    return kept


async def move_chat(tx: AsyncConnection, old: int, new: int) -> None:
    """A group became a supergroup: what was said about the old number is true of the new one."""
    for table in tables("chat_id"):
        try:
            async with tx.begin_nested():
                await tx.execute(update(table).where(table.c.chat_id == old).values(chat_id=new))
        except IntegrityError:
            # They have spoken under the new number already: that is the later word.
            await tx.execute(delete(table).where(table.c.chat_id == old))


def _plain(value: object) -> object:
    if isinstance(value, date | datetime):
        return value.isoformat()
    if isinstance(value, str) and value.startswith(("{", "[")):
        return json.loads(value)
    return value

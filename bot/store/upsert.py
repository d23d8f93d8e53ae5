"""INSERT … ON CONFLICT for either database; loads only the dialect in use."""

from __future__ import annotations

from importlib import import_module
from typing import Any

from sqlalchemy.ext.asyncio import AsyncConnection

from bot.store.base import Base


def upsert(tx: AsyncConnection, table: type[Base]) -> Any:
    """An insert that has `on_conflict_do_nothing` and `on_conflict_do_update`."""
    return import_module(f"sqlalchemy.dialects.{tx.dialect.name}").insert(table)

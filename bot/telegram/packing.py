"""Replies as JSON and back, so that what is owed can wait in the outbox."""

from __future__ import annotations

import json
from dataclasses import dataclass
from functools import cache
from typing import Any

from pydantic import TypeAdapter, ValidationError

from bot.conversation.replies import Attachment, InlineAnswer, Notice, Reply, Say


@dataclass(frozen=True, slots=True)
class File:
    """A text document that is ready as it stands, such as a person's own data."""

    name: str
    content: str
    caption: str


Parcel = Reply | File
KINDS: dict[str, type[Any]] = {kind.__name__: kind for kind in (Say, Notice, InlineAnswer, Attachment, File)}


class BadParcel(ValueError):
    """A stored payload that no version of this bot wrote."""


def pack(parcel: Parcel) -> str:
    """One line of JSON that `unpack` turns into an equal parcel."""
    kind = type(parcel).__name__
    return json.dumps({"is": kind, "as": _adapter(kind).dump_python(parcel, mode="json")}, ensure_ascii=False)


def unpack(payload: str) -> Parcel:
    """The parcel that was packed; raises BadParcel for anything else."""
    try:
        stored = json.loads(payload)
        parcel: Parcel = _adapter(stored["is"]).validate_python(stored["as"])
    except (ValueError, KeyError, TypeError, ValidationError) as error:
        raise BadParcel(f"not a packed reply: {type(error).__name__}") from None
    return parcel


@cache
def _adapter(kind: str) -> TypeAdapter[Any]:
    return TypeAdapter(KINDS[kind])

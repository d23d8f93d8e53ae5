"""JSON as Telegram could send it, by the types python-telegram-bot declares: every field may be there, or not."""

from __future__ import annotations

import datetime as dt
import inspect
import types
import typing
from collections.abc import Sequence
from functools import cache
from typing import Any

import telegram
from hypothesis import strategies as st
from telegram import TelegramObject, Update

from bot.telegram.updates import ALLOWED
from tests.unit.safety.hostile import HOSTILE

JSON_NAMES = {"from_user": "from"}
WORDS = (
    "private", "supergroup", "group", "channel", "member", "kicked", "left", "administrator", "restricted", "user",
    "hidden_user", "bot_command", "mention", "en", "fr", "fr-CA", "trillium_bot",
)  # fmt: skip
SAID = (
    "/start", "/noc", "/streams", "/score crs", "/faq fees", "/draws", "/alerts", "/tools", "/settings", "/privacy",
    "/cancel", "/help", "/forget", "/export", "yes", "no", "I don't know", "29", "Thunder Bay", "CLB 7", "21231",
    "I write software and fix bugs", "Quels sont les frais ?", "1g|goal|ontario", "1g|menu|", "1a|abc|3|yes", "1g|noc|",
)  # fmt: skip
NUMBERS = st.integers(-(2**63), 2**63 - 1) | st.sampled_from([0, 1, 77, -1_001_234_567_890])
TEXT = st.sampled_from(SAID + HOSTILE + WORDS) | st.text(max_size=40)
DEPTH = 4
MOST_OPTIONAL = 6


def value(hint: Any, depth: int) -> st.SearchStrategy[Any]:
    """Anything a field of that type can hold."""
    origin, inside = typing.get_origin(hint), typing.get_args(hint)
    if origin in (typing.Union, types.UnionType):
        return st.one_of([value(one, depth) for one in inside if one is not type(None)])
    if origin in (Sequence, list, tuple):
        return st.lists(value(inside[0], depth), max_size=3) if inside else st.just([])
    if origin is typing.Literal:
        return st.sampled_from(inside)
    if inspect.isclass(hint) and issubclass(hint, TelegramObject):
        return thing(hint, depth) if depth > 0 else st.just({})
    simple = {bool: st.booleans(), int: NUMBERS, float: st.floats(), str: TEXT}
    moments = {dt.datetime: st.integers(0, 2**33), dt.timedelta: st.integers(0, 10**6)}
    return {**simple, **moments}.get(hint, TEXT | NUMBERS)


@cache
def fields(kind: type[TelegramObject]) -> tuple[dict[str, Any], tuple[str, ...], tuple[str, ...]]:
    """Type hints, required names, optional names."""
    hints = typing.get_type_hints(kind.__init__, {**vars(telegram), **vars(inspect.getmodule(kind))})
    taken = [one for name, one in inspect.signature(kind.__init__).parameters.items() if name in hints]
    named = [one for one in taken if one.name not in ("self", "api_kwargs", "return")]
    required = tuple(one.name for one in named if one.default is inspect.Parameter.empty)
    return hints, required, tuple(one.name for one in named if one.name not in required)


@st.composite
def thing(
    draw: st.DrawFn, kind: type[TelegramObject], depth: int = DEPTH, always: tuple[str, ...] = ()
) -> Any:
    """One object of a type of Telegram's."""
    hints, required, optional = fields(kind)
    more = draw(st.lists(st.sampled_from(optional), max_size=MOST_OPTIONAL, unique=True)) if optional else []
    names = dict.fromkeys([*required, *always, *more])
    return {JSON_NAMES.get(name, name): draw(value(hints[name], depth - 1)) for name in names}


@st.composite
def update(draw: st.DrawFn) -> dict[str, Any]:
    """An update of a kind the bot asks for, whole, half or odd."""
    kind = draw(st.sampled_from(ALLOWED))
    hints, _, _ = fields(Update)
    inner = next(one for one in typing.get_args(hints[kind]) if one is not type(None))
    always = tuple(name for name in ("text", "data", "message", "from_user") if name in fields(inner)[0])
    made = draw(thing(inner, always=always))
    if draw(st.booleans()):
        # A private chat of one person, so that the conversation is reached and not only the reading.
        person = {"id": 77, "is_bot": False, "first_name": "Ann"}
        chat = {"id": 77, "type": "private"}
        made |= {"from": person}
        made |= {"chat": chat} if "chat" in made else {}
        if "message" in made:
            made["message"] = {"message_id": 5, "date": 1, "chat": chat}
    return {"update_id": draw(NUMBERS), kind: made}

"""Where each method is entered under its name."""

from __future__ import annotations

from collections.abc import Awaitable, Callable
from dataclasses import dataclass
from typing import Any

from bot.sandbox.params import Params
from bot.sandbox.world import World

Handler = Callable[[World, Params], Any | Awaitable[Any]]


@dataclass(frozen=True, slots=True)
class Method:
    """One method. `sends`: it counts against the flood budgets."""

    name: str
    handler: Handler
    sends: bool = False


METHODS: dict[str, Method] = {}


def method(name: str, sends: bool = False) -> Callable[[Handler], Handler]:
    """Enter a handler; method names are looked up without regard to case, as Telegram does."""

    def enter(handler: Handler) -> Handler:
        METHODS[name.lower()] = Method(name, handler, sends)
        return handler

    return enter

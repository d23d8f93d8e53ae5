"""A person at the tools: screens are asked directly, without the machine around them."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from types import SimpleNamespace
from typing import Any

import pytest

from bot.conversation.events import Asker
from bot.conversation.session import Session
from bot.conversation.turn import Turn
from knowledge.noc import catalogue
from rules.profile import Profile

TODAY = date(2026, 11, 23)


@pytest.fixture
def turn() -> Callable[..., Turn]:
    """Makes a turn of somebody who told `told`, in `language`."""

    def made(language: str = "en", **told: Any) -> Turn:
        library: Any = SimpleNamespace(noc=catalogue.load(), contact="help@example.org")
        session = Session(id="ab12", language=language, profile=Profile.parse(told))  # type: ignore[arg-type]
        return Turn(session, Asker(1, language), TODAY, library)

    return made

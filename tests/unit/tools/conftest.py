"""A person at the tools: screens are asked directly, without the machine around them."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from typing import Any

import pytest

from bot.conversation.events import Asker
from bot.conversation.library import Library, load_library
from bot.conversation.session import Session
from bot.conversation.turn import Turn
from rules.profile import Profile

TODAY = date(2026, 11, 23)


@pytest.fixture(scope="session")
def library() -> Library:
    return load_library("help@example.org")


@pytest.fixture
def turn(library: Library) -> Callable[..., Turn]:
    """Makes a turn of somebody who told `told`, in `language`."""

    def made(language: str = "en", **told: Any) -> Turn:
        session = Session(id="ab12", language=language, profile=Profile.parse(told))  # type: ignore[arg-type]
        return Turn(session, Asker(1, language), TODAY, library)

    return made

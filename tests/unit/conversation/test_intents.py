"""Plain text without a command is understood: a code, duties, a title, a question, a search."""

from __future__ import annotations

from datetime import date
from functools import cache

import pytest

from bot.conversation import intents
from bot.conversation.events import Asker, Text
from bot.conversation.library import Library, load_library
from bot.conversation.machine import begin, respond
from bot.conversation.replies import Say

TODAY = date(2026, 11, 23)


@cache
def library() -> Library:
    return load_library()


def answer(text: str) -> str:
    outcome = respond(begin("s", "en"), Text(text), Asker(1, "en"), TODAY, library())
    return "\n".join(reply.text for reply in outcome.replies if isinstance(reply, Say))


@pytest.mark.parametrize(
    ("text", "code"),
    [
        ("21231", "21231"),
        ("NOC 21231", "21231"),
        ("noc code: 21231?", "21231"),
        ("2173", "2173"),
        ("CNP 2173", "2173"),
    ],
)
def test_a_code(text: str, code: str) -> None:
    assert intents.code_in(text) == code


@pytest.mark.parametrize(
    "text", ["draws with 21231", "room 21231 is taken", "123456", "I moved here in 2019"]
)
def test_no_code(text: str) -> None:
    assert intents.code_in(text) is None


@pytest.mark.parametrize(
    ("text", "says"),
    [
        ("software engineer", "21231"),
        ("registered nurse in ICU", "31301"),
        ("60% coding in Java, 40% architecture", "2123"),
        ("is there still a tech draw", "tech"),
        ("crs points for a nomination", "600"),
        ("draws with 21231", "21231"),
        ("I want to talk to a human", "Licensed consultants"),
        ("hello", "What would you like to do?"),
        ("student", "not an occupation"),
        ("2173", "NOC 2016"),
        ("99999", "no unit group 99999"),
    ],
)
def test_what_plain_text_gets(text: str, says: str) -> None:
    assert says in answer(text)

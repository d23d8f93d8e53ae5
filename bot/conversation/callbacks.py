"""What an inline button carries: an answer to one question of one session, or the way to a screen.

An answer names its session and step, so a tap on last week's keyboard cannot answer today's question. The way to
a screen means the same at any time and stays good for ever. Telegram allows 64 bytes.
"""

from __future__ import annotations

from dataclasses import dataclass

LIMIT = 64
VERSION = "1"


class BadCallback(ValueError):
    """Callback data that this version of the bot did not write."""


@dataclass(frozen=True, slots=True)
class Answer:
    """The choice `choice` for the question shown at `step` of session `session`."""

    session: str
    step: int
    choice: str


@dataclass(frozen=True, slots=True)
class Go:
    """The screen `route`, with an argument."""

    route: str
    argument: str = ""


def encode(tap: Answer | Go) -> str:
    """The callback data of `tap`; raises BadCallback when Telegram would refuse it."""
    if isinstance(tap, Answer):
        data = f"{VERSION}a|{tap.session}|{tap.step}|{tap.choice}"
    else:
        data = f"{VERSION}g|{tap.route}|{tap.argument}"
    if len(data.encode()) > LIMIT:
        raise BadCallback(f"{data!r} is longer than {LIMIT} bytes")
    return data


def decode(data: str) -> Answer | Go:
    """What `data` asks for; raises BadCallback for anything `encode` cannot have written."""
    head, *rest = data.split("|", 3)
    if head == f"{VERSION}g" and len(rest) >= 2:
        return Go(rest[0], "|".join(rest[1:]))
    if (
        head == f"{VERSION}a"
        and len(rest) == 3
        and rest[1].isascii()
        and rest[1].isdigit()
        and len(rest[1]) <= 9
    ):
        return Answer(rest[0], int(rest[1]), rest[2])
    raise BadCallback("this button was not made by this bot")

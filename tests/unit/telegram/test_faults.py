"""Every error PTB raises is understood, and no reply is sent again that must not be."""

from __future__ import annotations

from datetime import timedelta

import pytest
from telegram.error import (
    BadRequest,
    ChatMigrated,
    Conflict,
    Forbidden,
    InvalidToken,
    NetworkError,
    RetryAfter,
    TelegramError,
    TimedOut,
)

from bot.telegram.faults import Fault, Kind, classify, says
from bot.telegram.retrying import LONGEST_WAIT, again_after


def caused(error: TelegramError, cause: str) -> TelegramError:
    """`error` as PTB raises it from an error of the transport with this class name."""
    error.__cause__ = type(cause, (Exception,), {})()
    return error


@pytest.mark.parametrize(
    ("error", "fault"),
    [
        (RetryAfter(7), Fault(Kind.LATER, wait=7.0)),
        (RetryAfter(timedelta(seconds=1.5)), Fault(Kind.LATER, wait=1.5)),
        (Forbidden("Forbidden: bot was blocked by the user"), Fault(Kind.GONE)),
        (Forbidden("Forbidden: user is deactivated"), Fault(Kind.GONE)),
        (ChatMigrated(-100_5), Fault(Kind.MOVED, moved_to=-100_5)),
        # BadRequest is a NetworkError to PTB, but nothing about it gets better by itself.
        (BadRequest("Bad Request: message text is empty"), Fault(Kind.REFUSED)),
        (BadRequest("Bad Request: chat not found"), Fault(Kind.GONE)),
        (BadRequest("Bad Request: message is not modified: specified new…"), Fault(Kind.DONE)),
        (BadRequest("Bad Request: query is too old and response timeout expired"), Fault(Kind.DONE)),
        # No connection was made, so nothing was taken.
        (caused(NetworkError("x"), "ConnectError"), Fault(Kind.LATER)),
        (caused(NetworkError("x"), "ClientConnectorError"), Fault(Kind.LATER)),
        (caused(TimedOut(), "ConnectTimeout"), Fault(Kind.LATER)),
        (caused(TimedOut(), "PoolTimeout"), Fault(Kind.LATER)),
        (caused(TimedOut(), "ConnectionTimeoutError"), Fault(Kind.LATER)),
        # The request went out, and what became of it is not known.
        (caused(NetworkError("x"), "RemoteProtocolError"), Fault(Kind.UNCERTAIN)),
        (caused(NetworkError("x"), "ServerDisconnectedError"), Fault(Kind.UNCERTAIN)),
        (caused(NetworkError("x"), "ClientPayloadError"), Fault(Kind.UNCERTAIN)),
        (caused(TimedOut(), "ReadTimeout"), Fault(Kind.UNCERTAIN)),
        (caused(TimedOut(), "SocketTimeoutError"), Fault(Kind.UNCERTAIN)),
        (NetworkError("Bad Gateway"), Fault(Kind.UNCERTAIN)),
        (NetworkError("Too Many Requests"), Fault(Kind.LATER)),
        (TelegramError("Invalid server response"), Fault(Kind.UNCERTAIN)),
        (InvalidToken(), Fault(Kind.TOKEN)),
        (Conflict("terminated by other getUpdates request"), Fault(Kind.UNCERTAIN)),
    ],
    ids=lambda value: f"{type(value).__name__}" if isinstance(value, Exception) else "",
)
def test_what_an_error_means(error: TelegramError, fault: Fault) -> None:
    assert classify(error) == fault


@pytest.mark.parametrize(
    ("fault", "tries", "wait"),
    [
        (Fault(Kind.LATER, wait=30.0), 1, 30.0),
        (Fault(Kind.LATER), 1, 1.0),
        (Fault(Kind.LATER), 3, 4.0),
        # What surely did not arrive is owed for as long as it takes.
        (Fault(Kind.LATER), 500, LONGEST_WAIT),
        (Fault(Kind.UNCERTAIN), 1, 1.0),
        (Fault(Kind.UNCERTAIN), 2, 2.0),
        (Fault(Kind.UNCERTAIN), 3, None),
        (Fault(Kind.MOVED, moved_to=-1), 1, 0.0),
        (Fault(Kind.MOVED, moved_to=-1), 3, None),
        (Fault(Kind.GONE), 1, None),
        (Fault(Kind.REFUSED), 1, None),
        (Fault(Kind.DONE), 1, None),
        (Fault(Kind.TOKEN), 1, None),
    ],
)
def test_whether_it_is_tried_again(fault: Fault, tries: int, wait: float | None) -> None:
    assert again_after(fault, tries) == wait


def test_words_are_looked_for_only_in_refusals() -> None:
    assert says(BadRequest("Bad Request: can't parse entities: …"), "can't parse entities")
    assert not says(NetworkError("can't parse entities"), "can't parse entities")

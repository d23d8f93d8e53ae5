"""What an error from Telegram means for the message that met it: has it arrived, and may it be sent again?

Pure. PTB's classes overlap (BadRequest and TimedOut are both NetworkErrors), so the order of the questions
matters.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import timedelta
from enum import Enum

from telegram.error import (
    BadRequest,
    ChatMigrated,
    Forbidden,
    InvalidToken,
    NetworkError,
    RetryAfter,
    TelegramError,
    TimedOut,
)

# Causes after which Telegram cannot have seen the request: no connection was made.
NEVER_LEFT = {
    "ConnectError",
    "ConnectTimeout",
    "PoolTimeout",
    "ClientConnectorError",
    "ClientConnectorDNSError",
    "ClientConnectorSSLError",
    "ClientConnectorCertificateError",
    "ConnectionTimeoutError",
}


class Kind(Enum):
    """LATER: not taken, may be sent again. UNCERTAIN: taken or not. MOVED: the group has another number.

    DONE: what was asked for is so already. GONE: this person cannot be reached. REFUSED: never as it stands.
    TOKEN: the bot itself is refused.
    """

    LATER = "later"
    UNCERTAIN = "uncertain"
    MOVED = "moved"
    DONE = "done"
    GONE = "gone"
    REFUSED = "refused"
    TOKEN = "token"  # noqa: S105 - the name of a fault


@dataclass(frozen=True, slots=True)
class Fault:
    """`wait` is Telegram's own word on when to come back, in seconds; `moved_to` a group's new number."""

    kind: Kind
    wait: float | None = None
    moved_to: int | None = None


# 400s that say more than "never", by the words Telegram uses.
BAD_REQUESTS = (
    ("message is not modified", Kind.DONE),
    ("query is too old", Kind.DONE),
    ("chat not found", Kind.GONE),
    ("user is deactivated", Kind.GONE),
    ("user not found", Kind.GONE),
)


def classify(error: TelegramError) -> Fault:
    """What `error` says about the request that raised it."""
    match error:
        case RetryAfter():
            return Fault(Kind.LATER, wait=seconds(error.retry_after))
        case Forbidden():
            return Fault(Kind.GONE)
        case ChatMigrated():
            return Fault(Kind.MOVED, moved_to=error.new_chat_id)
        case BadRequest():
            said = error.message.lower()
            return Fault(next((kind for words, kind in BAD_REQUESTS if words in said), Kind.REFUSED))
        case TimedOut() | NetworkError():
            return Fault(_transport(error))
        case InvalidToken():
            return Fault(Kind.TOKEN)
    return Fault(Kind.UNCERTAIN)


def _transport(error: NetworkError) -> Kind:
    if type(error.__cause__).__name__ in NEVER_LEFT or "too many requests" in error.message.lower():
        return Kind.LATER
    return Kind.UNCERTAIN


def seconds(retry_after: int | float | timedelta) -> float:
    """PTB gives whole seconds today and a timedelta in a later version."""
    return retry_after.total_seconds() if isinstance(retry_after, timedelta) else float(retry_after)


def says(error: TelegramError, *words: str) -> bool:
    """Whether Telegram's description of `error` contains any of `words` (in lower case)."""
    return isinstance(error, BadRequest) and any(word in error.message.lower() for word in words)

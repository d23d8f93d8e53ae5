"""The life of a delivery and of an alert: one table each; what is not in it cannot happen.

The tables are compiled into the only statements that change a state (bot.store.deliveries, bot.store.alerts).
"""

from __future__ import annotations

from collections.abc import Mapping

PENDING, SENDING, SENT, RETRY = "pending", "sending", "sent", "retry"
UNCERTAIN, BLOCKED, FAILED, CANCELLED = "uncertain", "blocked", "failed", "cancelled"

# From each state, where a delivery may go. A late word may settle what was uncertain; a policy may resend it.
DELIVERY: Mapping[str, frozenset[str]] = {
    PENDING: frozenset({SENDING, CANCELLED, BLOCKED}),
    RETRY: frozenset({SENDING, CANCELLED, BLOCKED}),
    SENDING: frozenset({SENT, RETRY, UNCERTAIN, BLOCKED, FAILED}),
    UNCERTAIN: frozenset({SENT, RETRY, BLOCKED, FAILED}),
    SENT: frozenset(),
    BLOCKED: frozenset(),
    FAILED: frozenset(),
    CANCELLED: frozenset(),
}
OPEN = frozenset({PENDING, SENDING, RETRY})

WAITING, HELD, APPROVED, PUBLISHING, DONE = "waiting", "held", "approved", "publishing", "done"

ALERT: Mapping[str, frozenset[str]] = {
    WAITING: frozenset({APPROVED, HELD, CANCELLED}),
    HELD: frozenset({APPROVED, WAITING, CANCELLED}),
    APPROVED: frozenset({PUBLISHING, HELD, CANCELLED}),
    PUBLISHING: frozenset({DONE, CANCELLED}),
    DONE: frozenset({PUBLISHING}),
    CANCELLED: frozenset(),
}


class IllegalMove(ValueError):
    """A change of state that the table does not know."""


def sources(table: Mapping[str, frozenset[str]], to: str) -> tuple[str, ...]:
    """The states from which `to` can be reached; raises IllegalMove where it cannot be."""
    found = tuple(state for state, following in table.items() if to in following)
    if not found:
        raise IllegalMove(f"nothing becomes {to!r}")
    return found


def check(table: Mapping[str, frozenset[str]], old: str, new: str) -> None:
    """Raises IllegalMove unless `old` may become `new`."""
    if new not in table[old]:
        raise IllegalMove(f"{old!r} cannot become {new!r}")

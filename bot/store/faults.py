"""What can be wrong with a database, in words for the operator."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager

from sqlalchemy.exc import DBAPIError, InterfaceError, OperationalError, TimeoutError


class StoreUnavailable(Exception):
    """The database cannot be read or written now; the message is one sentence, without the address."""


# What drivers say, and what it means to a person; the first that fits.
MEANINGS = (
    ("locked", "the database is locked by another program"),
    ("busy", "the database is locked by another program"),
    ("readonly", "the database file or its folder may not be written"),
    ("read-only", "the database may not be written"),
    ("unable to open", "the database file cannot be opened: its folder is missing or may not be written"),
    ("not a database", "the file is not a SQLite database"),
    ("malformed", "the database file is damaged: restore a backup"),
    ("full", "the disk is full"),
    ("disk i/o", "the disk cannot be read or written"),
    ("password authentication", "the database refuses this user or password"),
    ("no password supplied", "the database asks for a password"),
    ("does not exist", "that database or user does not exist"),
    ("connection", "the database server cannot be reached"),
    ("timeout", "the database server did not answer in time"),
    ("resolve host", "the database server's name is not known"),
)


def sentence(error: BaseException) -> str | None:
    """What `error` means, or None when it is a fault of the program and not of the database."""
    if isinstance(error, TimeoutError):
        return "the database is too busy to take another connection"
    said = str(getattr(error, "orig", error)).lower()
    meaning = next((meaning for word, meaning in MEANINGS if word in said), None)
    if meaning is None and isinstance(error, OperationalError | InterfaceError):
        return "the database cannot be used now"
    return (
        meaning if isinstance(error, OperationalError | InterfaceError) or "not a database" in said else None
    )


@contextmanager
def translating() -> Iterator[None]:
    """Raise StoreUnavailable in place of a driver's own error where the database is at fault."""
    try:
        yield
    except (DBAPIError, TimeoutError) as error:
        meaning = sentence(error)
        if meaning is None:
            raise
        raise StoreUnavailable(meaning) from error

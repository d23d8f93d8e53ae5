"""Where a past job was done."""

from __future__ import annotations

from functools import lru_cache

from rules import geography
from rules.truth import Truth


@lru_cache(maxsize=4096)
def in_ontario(place: str) -> Truth:
    """Whether a place is in Ontario; unknown for a name nobody has heard of."""
    where = geography.whereabouts(place)
    return Truth.of(None if where is None else where == "ontario")


@lru_cache(maxsize=4096)
def in_canada(place: str) -> Truth:
    """Whether a place is in Canada, Ontario included."""
    where = geography.whereabouts(place)
    return Truth.of(None if where is None else where != "abroad")

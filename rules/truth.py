"""What can be said of a statement: yes, no, or that it is not known yet."""

from __future__ import annotations

from collections.abc import Iterable
from enum import Enum


class Truth(Enum):
    """Kleene's three values: an unknown part leaves the whole unknown unless another part decides it."""

    YES = "yes"
    NO = "no"
    UNKNOWN = "unknown"

    @classmethod
    def of(cls, value: bool | None) -> Truth:
        """True, False and None as a truth."""
        return cls.UNKNOWN if value is None else cls.YES if value else cls.NO

    def __and__(self, other: Truth) -> Truth:
        return every((self, other))

    def __or__(self, other: Truth) -> Truth:
        return some((self, other))

    def __invert__(self) -> Truth:
        return _OPPOSITE[self]

    def __bool__(self) -> bool:
        raise TypeError("a truth has three values; compare it with Truth.YES, Truth.NO or Truth.UNKNOWN")

    @property
    def known(self) -> bool:
        return self is not Truth.UNKNOWN


_OPPOSITE = {Truth.YES: Truth.NO, Truth.NO: Truth.YES, Truth.UNKNOWN: Truth.UNKNOWN}


def every(truths: Iterable[Truth]) -> Truth:
    """No when any is no, yes when all are yes (or there are none), else unknown."""
    seen = set(truths)
    if Truth.NO in seen:
        return Truth.NO
    return Truth.UNKNOWN if Truth.UNKNOWN in seen else Truth.YES


def some(truths: Iterable[Truth]) -> Truth:
    """Yes when any is yes, no when all are no (or there are none), else unknown."""
    seen = set(truths)
    if Truth.YES in seen:
        return Truth.YES
    return Truth.UNKNOWN if Truth.UNKNOWN in seen else Truth.NO

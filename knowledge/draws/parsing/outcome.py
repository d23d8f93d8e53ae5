"""What a parser hands back: what it read, and what it could not read, never a guess."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

from knowledge.draws.draw import Draw

Reason = Literal["date", "number", "score", "columns", "stream", "row", "number_missing", "section_year"]


class BadFeed(Exception):
    """The whole document is not what it should be; `kind` says how, the message says it to an administrator."""

    def __init__(self, kind: str, message: str) -> None:
        self.kind = kind
        super().__init__(message)


@dataclass(frozen=True, slots=True)
class Problem:
    """One place that could not be read: why, where (section, row), and the words that stand there."""

    reason: Reason
    where: str
    said: str


@dataclass(frozen=True, slots=True)
class Parsed:
    """Draws in the order of the page, and the problems met."""

    draws: tuple[Draw, ...] = ()
    problems: tuple[Problem, ...] = ()

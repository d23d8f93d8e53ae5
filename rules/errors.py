"""What can go wrong with rules: the person's input, the day asked about, or the data itself."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from rules.texts import Language, Reason


class RuleError(ValueError):
    """Something asked for cannot be answered: `field` says where, `reason` says why, in both languages."""

    def __init__(self, field: str, reason: Reason) -> None:
        super().__init__(field, reason)
        self.field = field
        self.reason = reason

    @property
    def message(self) -> str:
        return self.text("en")

    def text(self, lang: Language) -> str:
        return self.reason.text(lang)

    def __str__(self) -> str:
        return f"{self.field}: {self.message}"


class BadInput(RuleError):
    """A value that cannot be: what is wrong, in which field, and what is accepted."""


class NotInForce(RuleError):
    """Nothing is held for that day; the reason names the first day that is."""


class AmbiguousPlace(RuleError):
    """A place name that fits several regions; `candidates` are their full names."""

    def __init__(self, field: str, reason: Reason, candidates: tuple[str, ...]) -> None:
        super().__init__(field, reason)
        self.candidates = candidates


class DataError(Exception):
    """A fault in the rule data: a file, and what is wrong with it. Seen by authors, not by askers."""

    def __init__(self, where: str, problem: str) -> None:
        super().__init__(f"{where}: {problem}")
        self.where = where
        self.problem = problem

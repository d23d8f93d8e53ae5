"""Requirements that a single answer settles: a yes, a choice, a number that is high enough."""

from __future__ import annotations

from typing import Literal

from rules.criteria.finding import Finding, decided, unknown
from rules.criteria.kind import Kind
from rules.criteria.situation import Situation

Scalar = bool | int | float | str


class Answer(Kind):
    """One field must hold one of the accepted values."""

    kind: Literal["answer"] = "answer"
    field: str
    accepted: tuple[Scalar, ...]

    @property
    def reads(self) -> frozenset[str]:
        return frozenset({self.field})

    def evaluate(self, situation: Situation) -> Finding:
        value = situation.value(self.field)
        return unknown(self.field) if value is None else decided(value in self.accepted)


class AtLeast(Kind):
    """One number must reach a floor."""

    kind: Literal["at_least"] = "at_least"
    field: str
    minimum: float

    @property
    def reads(self) -> frozenset[str]:
        return frozenset({self.field})

    def evaluate(self, situation: Situation) -> Finding:
        value = situation.value(self.field)
        if value is None:
            return unknown(self.field).said(minimum=self.minimum)
        return decided(value >= self.minimum, value=value, minimum=self.minimum)

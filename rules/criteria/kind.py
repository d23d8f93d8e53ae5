"""The shape every kind of criterion has: its parameters are data, its evaluation is code."""

from __future__ import annotations

from abc import abstractmethod

from pydantic import BaseModel, ConfigDict

from rules.criteria.finding import Finding
from rules.criteria.situation import Situation


class Kind(BaseModel):
    """A requirement with its numbers filled in from the rule data."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    @property
    @abstractmethod
    def reads(self) -> frozenset[str]:
        """Every profile field that can change the finding; none other ever does."""

    @abstractmethod
    def evaluate(self, situation: Situation) -> Finding:
        """What the person's facts say about it on the situation's day."""

"""Requirements of the federal programs that stand on a grid or on another program as a whole."""

from __future__ import annotations

from typing import Literal

from rules import fsw
from rules.criteria.finding import Finding, any_of, no, unknown, yes
from rules.criteria.kind import Kind
from rules.criteria.situation import Situation
from rules.scorecard import Factor, ScoreCard


class Programs(Kind):
    """The person must qualify for one of these federal programs."""

    kind: Literal["programs"] = "programs"
    accepted: tuple[str, ...]

    @property
    def reads(self) -> frozenset[str]:
        from rules.stream_rules import stream_rules

        rules = stream_rules()
        return frozenset[str]().union(*(rules[name].reads for name in self.accepted))

    def evaluate(self, situation: Situation) -> Finding:
        found = any_of(*(situation.program(name) for name in self.accepted))
        return Finding(found.truth, found.asks)


class SelectionPoints(Kind):
    """The federal selection grid must reach its pass mark.

    With answers missing the grid gives a range: enough already, out of reach, or still open.
    """

    kind: Literal["selection_points"] = "selection_points"
    minimum: int

    @property
    def reads(self) -> frozenset[str]:
        return frozenset(fsw.FIELDS)

    def evaluate(self, situation: Situation) -> Finding:
        card = fsw.score(situation.profile, situation.on)
        still_open = [factor for factor in card.factors if self._missing(factor, situation)]
        reachable = card.total + self._gain(card, still_open)
        facts = {"points": card.total, "minimum": self.minimum, "reachable": reachable}
        if card.total >= self.minimum:
            return yes(**facts)
        if reachable < self.minimum:
            return no(**facts)
        asks = {name for factor in still_open for name in self._missing(factor, situation)}
        return unknown(*asks).said(**facts)

    def _missing(self, factor: Factor, situation: Situation) -> tuple[str, ...]:
        """The answers a factor still waits for; the first language goes without saying for a single test."""
        if factor.points >= factor.maximum or self._without_partner(factor, situation):
            return ()
        missing = [name for name in factor.fields if not situation.profile.knows(name)]
        if factor.id == "first_language" and len(missing) < len(factor.fields):
            told = [name for name in ("english", "french") if situation.profile.knows(name)]
            missing = [] if told else missing
        return tuple(missing)

    def _without_partner(self, factor: Factor, situation: Situation) -> bool:
        """A partner's own facts wait for nobody once it is told that no partner comes along."""
        return (
            "spouse" in factor.fields and situation.profile.knows("spouse") and not situation.profile.spouse
        )

    def _gain(self, card: ScoreCard, still_open: list[Factor]) -> int:
        """The most the open factors can still bring, each section within its ceiling."""
        most = dict.fromkeys(card.parts, 0)
        for factor in still_open:
            most[factor.part] += factor.maximum - factor.points
        ceilings = fsw.grid().maximum
        return sum(min(gain, ceilings[part] - card.parts[part]) for part, gain in most.items())

"""A score and everything that went into it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date

from rules.profile import Profile
from rules.rulebook import Citation
from rules.texts import Reason


@dataclass(frozen=True, slots=True)
class Factor:
    """One line of a score: `points` of `maximum`, and whether the answers behind it were all given.

    `part` is the section it belongs to, `fields` the profile fields it is read from.
    """

    id: str
    part: str
    points: int
    maximum: int
    label: Reason
    known: bool
    fields: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class ScoreCard:
    """A person's score on one grid on one day.

    `parts` are the sections after their ceilings, in the grid's order; they add up to `total`.
    `cut` says how many points each ceiling took away. `caveats` must be shown with the total.
    """

    grid: str
    on: date
    total: int
    maximum: int
    parts: Mapping[str, int]
    factors: tuple[Factor, ...]
    caveats: tuple[Reason, ...]
    citation: Citation
    cut: Mapping[str, int] = field(default_factory=dict)

    @property
    def known(self) -> bool:
        """True when no answer is missing that the total rests on."""
        return all(factor.known for factor in self.factors)

    def points(self, factor_id: str) -> int:
        """The points of one factor; 0 where the grid does not ask it."""
        return next((factor.points for factor in self.factors if factor.id == factor_id), 0)


@dataclass(frozen=True, slots=True)
class Comparison:
    """A score beside a cut-off: `gap` is how many points are missing (negative: to spare), None with a reason
    where the two cannot be compared."""

    gap: int | None
    reason: Reason


def compare(card: ScoreCard, cutoff: int, cutoff_grid: str, drawn_on: date) -> Comparison:
    """A score beside a draw's cut-off; on different grids only the reason why not."""
    facts = {"cutoff": cutoff, "drawn": drawn_on, "total": card.total}
    if card.grid != cutoff_grid:
        names = {"ours": Reason(f"grid.{card.grid}"), "theirs": Reason(f"grid.{cutoff_grid}")}
        return Comparison(None, Reason("compare.other_grid", {**facts, **names}))
    gap = cutoff - card.total
    if gap <= 0:
        return Comparison(gap, Reason("compare.reached", facts))
    return Comparison(gap, Reason("compare.missing", {**facts, "gap": gap}))


@dataclass(frozen=True, slots=True)
class Section:
    """Makes the factors of one section; their labels are the texts `prefix.name`."""

    profile: Profile
    prefix: str
    part: str

    def factor(self, name: str, points: int, maximum: int, *fields: str) -> Factor:
        known = self.profile.model_fields_set.issuperset(fields)
        return Factor(name, self.part, points, maximum, Reason(f"{self.prefix}.{name}"), known, fields)


def capped(factors: tuple[Factor, ...], ceilings: Mapping[str, int]) -> tuple[dict[str, int], dict[str, int]]:
    """The sections after their ceilings, and what each ceiling took away (only where it did)."""
    sums = dict.fromkeys(ceilings, 0)
    for one in factors:
        sums[one.part] += one.points
    parts = {name: min(total, ceilings[name]) for name, total in sums.items()}
    return parts, {name: sums[name] - parts[name] for name in parts if sums[name] > parts[name]}

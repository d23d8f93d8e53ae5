"""Where a person stands beside a draw: their own score, on the draw's scale and on no other."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import cast

from knowledge.draws.draw import Draw
from rules import crs, eoi
from rules.eoi_grid import StreamName
from rules.errors import RuleError
from rules.profile import Profile
from rules.scorecard import ScoreCard

# Without these a score would say more about what was not asked than about the person.
ENOUGH = {"crs": ("age", "education"), "g1": ("noc",), "g2": ("noc",), "g3": ("noc",)}


@dataclass(frozen=True, slots=True)
class Standing:
    """A score and how it compares: `gap` points are missing (0 or less: reached); `over` when the draw looked
    for lower scores only; `sure` when nothing is unknown."""

    total: int
    gap: int
    over: bool
    sure: bool

    @property
    def reached(self) -> bool:
        return self.gap <= 0 and not self.over


def standing(profile: Profile, draw: Draw, today: date) -> Standing | None:
    """The person beside the cut-off; None where they have no score on that scale or none was published."""
    if draw.score_min is None:
        return None
    card = card_on(profile, draw.grid, draw.stream, today)
    if card is None:
        return None
    over = draw.score_max is not None and card.total > draw.score_max
    return Standing(card.total, draw.score_min - card.total, over, card.known)


def card_on(profile: Profile, grid: str, stream: str, today: date) -> ScoreCard | None:
    """The person's score on that scale; None where too little is known or the scale is not held."""
    wanted = ENOUGH.get(grid)
    if wanted is None or not all(profile.knows(name) for name in wanted):
        return None
    try:
        if grid == "crs":
            return crs.score(profile, today)
        card = eoi.score(profile, cast(StreamName, stream), today)
    except (RuleError, KeyError):
        return None
    # The rules score a stream on the grid they hold for it; another one must not be compared.
    return card if card.grid == f"eoi-{grid}" else None

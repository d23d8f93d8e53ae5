"""One thing a person could truly change, and what their profile would then be."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from rules.profile import Profile
from rules.texts import Reason


@dataclass(frozen=True, slots=True)
class Change:
    """`after` is the profile once the change has come about, `day` when it would by the passing of time.

    Changes of one `id` come from the smallest to the largest; with `next_only` the first that gains is enough.
    `caution` is what must be said with it, so that nobody reads it as advice to claim something untrue.
    """

    id: str
    text: Reason
    after: Profile
    day: date | None = None
    caution: Reason | None = None
    next_only: bool = False

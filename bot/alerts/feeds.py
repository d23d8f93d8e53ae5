"""The official pages that are watched for draws: where they are, how often, and what reads them."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import date, timedelta

from bot.store.watched import Source
from knowledge.draws.parsing import federal, ontario
from knowledge.draws.parsing.outcome import Parsed
from rules.rulebook import sources

# Once an hour at most is what the feed's keeper is owed; Ontario's pages change a few times a month.
EVERY: Mapping[str, timedelta] = {
    "federal": timedelta(hours=1),
    "invitations": timedelta(minutes=20),
    "notifications": timedelta(hours=6),
    "updates": timedelta(minutes=30),
    "next_year": timedelta(hours=12),
    "cited": timedelta(hours=24),
}
PARSERS: Mapping[str, Callable[[bytes, date], Parsed]] = {
    "federal": federal.parse,
    "invitations": ontario.parse_invitations,
    "notifications": ontario.parse_notifications,
}


@dataclass(frozen=True, slots=True)
class Addresses:
    """Where the pages are; `updates` has a place for the year."""

    federal: str
    invitations: str
    notifications: str
    updates: str

    @classmethod
    def official(cls) -> Addresses:
        held = sources()
        this_year = held["S4"]
        return cls(
            federal=held["S20"].url,
            invitations=held["S1"].url,
            notifications=held["S2"].url,
            updates=this_year.url.replace(str(this_year.as_of.year), "{year}"),
        )

    def pages(self, today: date) -> tuple[Source, ...]:
        """What to watch on that day: the year's updates page, and whether the next year's is there yet."""
        year = today.year
        return (
            Source("federal", "federal", self.federal),
            Source("invitations", "invitations", self.invitations),
            Source("notifications", "notifications", self.notifications),
            Source(f"updates-{year}", "updates", self.updates.format(year=year)),
            Source(f"updates-{year + 1}", "next_year", self.updates.format(year=year + 1)),
        )


def cited_pages() -> tuple[Source, ...]:
    """Every official page that a fact rests on, by its source key."""
    return tuple(
        Source(f"cited-{key}", "cited", source.url)
        for key, source in sources().items()
        if source.confidence in ("official", "official-derived") and source.url.startswith("https://")
    )

"""The numbers a verdict quotes, read from the rules so that a changed rule changes the verdict."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date

from knowledge.content.render import number
from knowledge.noc import catalogue
from knowledge.provinces import card, ontario
from rules import eoi
from rules.eoi_grid import StreamName, grid_of
from rules.errors import NotInForce
from rules.profile import Profile
from rules.rulebook import in_force
from rules.texts import Language

PLACES = {"toronto": "Toronto", "gta": "Mississauga", "elsewhere": "Ottawa", "north": "Thunder Bay"}
CODES = ("21221", "21222", "21231", "21232")


def figures(today: date, language: Language) -> dict[str, str]:
    """Every figure by the name the claims use, as the language writes it."""
    groups = catalogue.load()
    return {
        **card.spoken(ontario.figures(today), language),
        **_regions("old", "foreign_worker", _last_day("foreign_worker")),
        **_regions("new", "workforce_priority", max(today, grid_of("workforce_priority").earliest_day)),
        **{f"title_{code}": groups[code].title.to(language) for code in CODES},
        "nomination": _value("express_entry.nomination_points", today, language),
        "allocation": _value("allocation", today, language),
    }


def _regions(prefix: str, stream: StreamName, on: date) -> Mapping[str, str]:
    """What the place of the job scores in a grid."""
    return {f"{prefix}_{name}": str(_region(place, stream, on)) for name, place in PLACES.items()}


def _region(place: str, stream: StreamName, on: date) -> int:
    return eoi.score(Profile.parse({"job_location": place}), stream, on).points("job_region")


def _last_day(stream: StreamName) -> date:
    """The last day of a grid that has ended, else the first day it can be scored for."""
    return grid_of(stream).until or grid_of(stream).earliest_day


def _value(name: str, today: date, language: Language) -> str:
    try:
        return number(in_force(name, today).value, language)
    except NotInForce:
        return "?"

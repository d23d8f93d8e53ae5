"""What an answer may say about the person's own case: only what they told, looked up in today's rules."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date

from rules import geography, occupations, wages
from rules.errors import RuleError
from rules.places import Place
from rules.profile import Profile
from rules.texts import Language


@dataclass(frozen=True, slots=True)
class Person:
    """The offer's unit group with its TEER and category, the job's place, the wages there. None is not told."""

    noc: str | None = None
    teer: int | None = None
    category: int | None = None
    place: str | None = None
    region: str | None = None
    in_gta: bool | None = None
    revenue_floor: int | None = None
    staff_floor: int | None = None
    median: float | None = None
    low: float | None = None
    wage: float | None = None
    clb: int | None = None
    wage_region: str | None = field(default=None)

    @classmethod
    def unknown(cls) -> Person:
        return cls()

    @classmethod
    def of(cls, profile: Profile, on: date, lang: Language) -> Person:
        place = _place(profile)
        row = wages.find(profile.noc, place, on) if profile.noc and place else None
        tests = [test.lowest for test in (profile.english, profile.french) if test]
        return cls(
            noc=profile.noc,
            teer=occupations.teer(profile.noc) if profile.noc else None,
            category=occupations.category(profile.noc) if profile.noc else None,
            place=place.name if place else None,
            region=place.region if place else None,
            in_gta=place.in_gta if place else None,
            revenue_floor=place.revenue_floor if place else None,
            staff_floor=place.staff_floor if place else None,
            median=row.regional.median if row and row.regional else None,
            low=row.regional.low if row and row.regional else None,
            wage=profile.hourly_wage if profile.knows("hourly_wage") else None,
            clb=max(tests, default=None),
            wage_region=place.economic_region_name(lang) if place else None,
        )


def _place(profile: Profile) -> Place | None:
    """The job's place; a name that fits several is not guessed at."""
    if not profile.job_location:
        return None
    try:
        return geography.resolve(profile.job_location, "job_location").place
    except RuleError:
        return None

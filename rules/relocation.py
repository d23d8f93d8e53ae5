"""The same job offer in other places: its score, what the wage rule asks there, and the employer's floors."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from functools import cache

from rules import eoi, wages
from rules.geography import Place, resolve
from rules.next_steps import eoi_stream
from rules.profile import Profile
from rules.rulebook import document
from rules.texts import Bilingual, Language
from rules.wages import WageCheck


@dataclass(frozen=True, slots=True)
class RelocationRow:
    """One place. `eoi` is the score with the offer there, `gain` what that is above the offer as it stands.

    `gain` is None while no place was told. `here` marks that place. `wage` is how the offered wage stands
    against the median there, None while occupation or wage are not told.
    """

    place: Place
    title: Bilingual
    eoi: int
    maximum: int
    gain: int | None
    here: bool
    revenue_floor: int | None
    staff_floor: int | None
    wage: WageCheck | None

    def region(self, lang: Language) -> str:
        return self.place.region_name(lang)


def relocation(profile: Profile, on: date) -> tuple[RelocationRow, ...]:
    """The offer in place after place, the person's own first; rows of one region score alike.

    Raises like `eoi.score` for a place that decides nothing or a day before the grid.
    """
    told = profile.job_location
    own = resolve(told, "job_location").place if told else None
    names = [told] if told else []
    names += [name for name in _names() if own is None or resolve(name).place.division != own.division]
    now = eoi.score(profile, eoi_stream(on), on).total if told else None
    return tuple(_row(profile, on, name, now, here=name == told) for name in names)


@cache
def _names() -> tuple[str, ...]:
    return tuple(document("relocation")["places"])


def _row(profile: Profile, on: date, name: str, now: int | None, *, here: bool) -> RelocationRow:
    place = resolve(name, "job_location").place
    card = eoi.score(profile.with_answers(job_location=name), eoi_stream(on), on)
    wage = None
    if profile.noc is not None and profile.hourly_wage is not None:
        wage = wages.check(profile.noc, place, profile.hourly_wage, "median", on)
    return RelocationRow(
        place=place,
        title=place.title,
        eoi=card.total,
        maximum=card.maximum,
        gain=None if now is None else card.total - now,
        here=here,
        revenue_floor=place.revenue_floor,
        staff_floor=place.staff_floor,
        wage=wage,
    )

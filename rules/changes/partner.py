"""The other partner as principal applicant: the same couple, scored the other way round."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from rules import crs
from rules.errors import NotInForce
from rules.profile import LanguageLevels, Profile, Spouse

_AGES = (17, 25)
"""The partner's age is not told: one that scores nothing, and one that scores most."""


@dataclass(frozen=True, slots=True)
class Swap:
    """The couple's ranking score `now`, and with the partner applying: at least and at most, by their age."""

    now: int
    least: int
    most: int


def as_principal(profile: Profile, on: date) -> Swap | None:
    """The score with the roles exchanged; None without a partner, or where no grid is held.

    Only what was told of the partner counts: schooling, one language, work in Canada.
    """
    if profile.spouse is None or profile.spouse.language is None:
        return None
    try:
        scores = [crs.score(_exchanged(profile, profile.spouse, age), on).total for age in _AGES]
        return Swap(crs.score(profile, on).total, min(scores), max(scores))
    except NotInForce:
        return None


def _exchanged(profile: Profile, partner: Spouse, age: int) -> Profile:
    # which language the partner's levels are in was not asked; both count alike as a first language
    return Profile.parse(
        {
            "age": age,
            "education": partner.education,
            "english": partner.language,
            "canadian_experience_years": partner.canadian_experience_years,
            "sibling": profile.sibling,
            "spouse": _as_spouse(profile),
        }
    )


def _as_spouse(profile: Profile) -> Spouse:
    from rules import education

    return Spouse(
        education=education.federal(profile.education)[0],
        language=_first(profile),
        canadian_experience_years=profile.canadian_experience_years,
    )


def _first(profile: Profile) -> LanguageLevels | None:
    return profile.english if profile.first_language == "english" else profile.french

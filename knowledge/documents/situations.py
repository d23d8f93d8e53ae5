"""Which situations hold for a person, as far as they told: yes, no, or not known."""

from __future__ import annotations

from collections.abc import Callable, Mapping

from rules.profile import Profile
from rules.truth import Truth

DRIVERS = ("73300", "73301")
NEVER_CREDITED = ("none", "secondary", "less_than_college")


def in_canada(profile: Profile) -> Truth:
    if profile.residence in ("ontario", "elsewhere_in_canada") or worked_in_canada(profile) is Truth.YES:
        return Truth.YES
    if profile.status in ("work_permit", "study_permit"):
        return Truth.YES
    # somebody abroad now may have been here before
    return Truth.UNKNOWN


def dependants(profile: Profile) -> Truth:
    """Children are never asked about, so only a partner who comes settles it."""
    return Truth.YES if profile.spouse is not None else Truth.UNKNOWN


def licence_held(profile: Profile) -> Truth:
    return Truth.UNKNOWN if profile.licence is None else Truth.of(profile.licence != "not_required")


def in_position(profile: Profile) -> Truth:
    return _known(profile, "months_in_position", profile.months_in_position > 0)


def worked_in_canada(profile: Profile) -> Truth:
    worked = (
        profile.canadian_experience_years,
        profile.months_in_position,
        profile.months_other_ontario,
        profile.best_year_earnings,
    )
    if any(amount > 0 for amount in worked):
        return Truth.YES
    asked = ("canadian_experience_years", "best_year_earnings")
    return Truth.NO if all(profile.knows(name) for name in asked) else Truth.UNKNOWN


def self_employed(profile: Profile) -> Truth:
    return _known(profile, "jobs", any(job.self_employed for job in profile.jobs))


def foreign_diploma(profile: Profile) -> Truth:
    """Whether an assessment is of use: a diploma that is not known to be Canadian."""
    if profile.has_eca:
        return Truth.YES
    if profile.education in NEVER_CREDITED and profile.knows("education"):
        return Truth.NO
    if profile.knows("canadian_credentials") and profile.canadian_credentials == 0:
        return Truth.YES if profile.knows("education") else Truth.UNKNOWN
    return Truth.UNKNOWN


def recruitment(profile: Profile) -> Truth:
    if profile.residence is None:
        return Truth.UNKNOWN
    without_permit = profile.knows("status") and profile.status == "none"
    return Truth.of(profile.residence != "ontario" or without_permit)


def driver(profile: Profile) -> Truth:
    return _known(profile, "noc", profile.noc in DRIVERS)


def language_tested(profile: Profile) -> Truth:
    return Truth.YES if profile.english or profile.french else Truth.UNKNOWN


def express_entry(profile: Profile) -> Truth:
    return Truth.UNKNOWN if profile.express_entry_profile is None else Truth.of(profile.express_entry_profile)


def _known(profile: Profile, field: str, holds: bool) -> Truth:
    return Truth.of(holds) if profile.knows(field) else Truth.UNKNOWN


SITUATIONS: Mapping[str, Callable[[Profile], Truth]] = {
    "in_canada": in_canada,
    "dependants": dependants,
    "licence_held": licence_held,
    "in_position": in_position,
    "canadian_earnings": worked_in_canada,
    "self_employed": self_employed,
    "foreign_diploma": foreign_diploma,
    "recruitment": recruitment,
    "driver": driver,
    "test_taken": language_tested,
    "express_entry": express_entry,
}

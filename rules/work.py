"""What a work history says to the score grids: months in the offered position, years in Canada and abroad."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date

from rules import occupations
from rules.criteria import windows
from rules.geography import whereabouts
from rules.profile import Job, Profile
from rules.rulebook import in_force

_SKILLED = range(4)  # TEER 0 to 3


@dataclass(frozen=True, slots=True)
class Worked:
    """The score fields a history settles; `open` names those it cannot, because a place or the offer is unknown."""

    answers: Mapping[str, int]
    open: tuple[str, ...]


def worked(profile: Profile, on: date) -> Worked:
    """The four fields about work, as of a day, from `jobs`. Nothing where no history was given."""
    if not profile.knows("jobs"):
        return Worked({}, ())
    found = {
        "months_in_position": _in_position(profile, on),
        "months_other_ontario": _other_ontario(profile, on),
        "canadian_experience_years": _skilled_years(profile.jobs, on, abroad=False),
        "foreign_experience_years": _skilled_years(profile.jobs, on, abroad=True),
    }
    answers = {name: value for name, value in found.items() if value is not None}
    return Worked(answers, tuple(name for name in found if name not in answers))


def with_work(profile: Profile, on: date) -> Profile:
    """The profile with what its history settles filled in; an answer the person gave stays as it is."""
    answers = {name: value for name, value in worked(profile, on).answers.items() if not profile.knows(name)}
    return profile.with_answers(**answers) if answers else profile


def _in_position(profile: Profile, on: date) -> int | None:
    """Completed months of the current Ontario job in the offered occupation; 0 when not working in it."""
    if profile.noc is None:
        return None
    current = [job for job in profile.jobs if job.noc == profile.noc and job.paid and _going_on(job, on)]
    if any(_where(job) is None for job in current):
        return None
    months = [
        windows.amount(windows.spans([job], job.start, on)).months for job in current if _in_ontario(job)
    ]
    return max(months, default=0)


def _other_ontario(profile: Profile, on: date) -> int | None:
    """Months of all other paid work in Ontario; full time by the calendar, part time by its share."""
    if profile.noc is None or any(_where(job) is None for job in profile.jobs):
        return None
    others = [
        job for job in profile.jobs if job.paid and _in_ontario(job) and not _is_position(job, profile, on)
    ]
    return windows.amount(windows.spans(others, date.min, on)).months


def _skilled_years(jobs: Iterable[Job], on: date, *, abroad: bool) -> int | None:
    """Whole years of paid work in TEER 0 to 3 within the federal window, counted in full-time hours.

    Canadian years leave self-employment out, as the Canadian Experience Class does.
    """
    skilled = [job for job in jobs if job.paid and occupations.teer(job.noc) in _SKILLED]
    if any(_where(job) is None for job in skilled):
        return None
    wanted = [
        job for job in skilled if (_where(job) == "abroad") is abroad and (abroad or not job.self_employed)
    ]
    first = windows.months_before(on, 12 * int(in_force("fsw.window_years", on).value))
    hours = windows.amount(windows.spans(wanted, first, on)).hours
    return int(hours // float(in_force("full_time_hours_a_year", on).value))


def _is_position(job: Job, profile: Profile, on: date) -> bool:
    return job.noc == profile.noc and _going_on(job, on)


def _going_on(job: Job, on: date) -> bool:
    return job.start <= on and (job.end is None or job.end >= on)


def _where(job: Job) -> str | None:
    return whereabouts(job.place) if job.place else None


def _in_ontario(job: Job) -> bool:
    return _where(job) == "ontario"

"""Changes of work: time in the job, years in Canada and abroad, a wage, a tax year, a place."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

from rules import wages
from rules.changes.change import Change
from rules.criteria import windows
from rules.eoi_grid import grid_of
from rules.errors import RuleError
from rules.geography import resolve
from rules.places import gazetteer
from rules.profile import Job, Profile
from rules.steps import Steps
from rules.texts import Bilingual, Reason

_CRITERION_MONTHS = (3, 6, 9, 12, 24)
_TRUE_MOVE = Reason("step.caution.place")
_TRUE_WAGE = Reason("step.caution.wage")


def changes(profile: Profile, on: date) -> Iterator[Change]:
    yield from _tenure(profile, on)
    yield from _years(profile)
    yield from _wage(profile, on)
    yield from _earnings(profile)
    yield from _place(profile)


def _tenure(profile: Profile, on: date) -> Iterator[Change]:
    """Months pass by themselves: the next marks of the grid and of the criteria, with their day."""
    current = _current_job(profile, on)
    if current is None and not (profile.knows("months_in_position") and profile.months_in_position > 0):
        return
    months = int(profile.months_in_position) if profile.knows("months_in_position") else _months(current, on)
    marks = sorted({*_CRITERION_MONTHS, *map(int, _steps("experience_in_position").starts)})
    for mark in (mark for mark in marks if mark > months):
        start = current.start if current else windows.months_before(on, months)
        day = windows.months_after(start, mark)
        if day > on:
            words = "step.tenure.on" if current else "step.tenure.about"
            text = Reason(words, {"day": day, "months": mark})
            yield Change("tenure", text, profile.with_answers(months_in_position=mark), day)


def _current_job(profile: Profile, on: date) -> Job | None:
    """The job in the offered occupation that goes on today."""
    going_on = (job for job in profile.jobs if job.noc == profile.noc and job.start <= on)
    return next((job for job in going_on if job.end is None or job.end >= on), None)


def _months(job: Job | None, on: date) -> int:
    return 0 if job is None else windows.amount(windows.spans([job], job.start, on)).months


def _years(profile: Profile) -> Iterator[Change]:
    """A year more of skilled work, in Canada or abroad."""
    if profile.knows("canadian_experience_years"):
        years = int(profile.canadian_experience_years) + 1
        after = profile.with_answers(canadian_experience_years=years, past_canadian_work=True)
        yield Change("canadian_year", Reason("step.canadian_year", {"years": years}), after)
    if profile.knows("foreign_experience_years"):
        years = int(profile.foreign_experience_years) + 1
        after = profile.with_answers(foreign_experience_years=years)
        yield Change("foreign_year", Reason("step.foreign_year", {"years": years}), after)


def _wage(profile: Profile, on: date) -> Iterator[Change]:
    """The next steps of the wage factor, and the figure the wage criterion asks."""
    if profile.hourly_wage is None:
        return
    wage = profile.hourly_wage
    for target in sorted({*_steps("hourly_wage").starts, *_floors(profile, on)}):
        if target > wage:
            text = Reason("step.wage", {"from": wage, "to": target})
            yield Change("wage", text, profile.with_answers(hourly_wage=target), caution=_TRUE_WAGE)


def _floors(profile: Profile, on: date) -> set[float]:
    """The low and median wage of the occupation at the place, as far as they are held."""
    if profile.noc is None or profile.job_location is None:
        return set()
    try:
        held = wages.find(profile.noc, resolve(profile.job_location, "job_location").place, on).regional
    except RuleError:
        return set()
    return {figure for figure in (held.low, held.median) if figure is not None} if held else set()


def _earnings(profile: Profile) -> Iterator[Change]:
    if not profile.knows("best_year_earnings"):
        return
    for target in _steps("earnings").starts:
        if target > profile.best_year_earnings:
            after = profile.with_answers(best_year_earnings=target)
            yield Change("earnings", Reason("step.earnings", {"to": target}), after)


def _place(profile: Profile) -> Iterator[Change]:
    """The same offer in another scoring region."""
    if profile.job_location is None:
        return
    try:
        here = resolve(profile.job_location, "job_location").place
    except RuleError:
        return
    points = grid_of("workforce_priority").factors["job_region"].choices or {}
    for worth in sorted({each for each in points.values() if each > points[here.region]}):
        names = [_region(region) for region, each in points.items() if each == worth]
        after = profile.with_answers(job_location=names[0].en)
        yield Change("place", Reason("step.place", {"regions": names}), after, caution=_TRUE_MOVE)


def _region(name: str) -> Bilingual:
    return next(names.name for region, names in gazetteer().regions.items() if region == name)


def _steps(factor: str) -> Steps:
    steps = grid_of("workforce_priority").factors[factor].steps
    return steps if steps is not None else Steps(((0, 0),))

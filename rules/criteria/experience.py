"""Requirements on work done: how much, in which occupation, where, and in which years."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from typing import Literal

from rules import occupations
from rules.criteria import windows
from rules.criteria.finding import Finding, all_of, any_of, decided, no, unknown, yes
from rules.criteria.kind import Kind
from rules.criteria.places import in_canada, in_ontario
from rules.criteria.situation import Situation
from rules.criteria.trades import Groups
from rules.profile import Job
from rules.truth import Truth, every

Where = Literal["ontario", "canada", "anywhere"]
Measure = Callable[[list[Job]], bool]


class Experience(Kind):
    """So many months or hours of paid work within so many years.

    The occupation is that of the offer (`same_noc`), or of these training levels, or of these groups.
    `position` counts the months already told for the offered job. `years` names yearly totals: none at all
    rules the experience out, and with `years_count` a whole one without dates is enough.
    """

    kind: Literal["experience"] = "experience"
    months: int | None = None
    hours: float | None = None
    within_years: int
    same_noc: bool = False
    teers: tuple[int, ...] = ()
    occupations: Groups | None = None
    where: Where = "anywhere"
    continuous: bool = False
    self_employed: bool = True
    position: bool = False
    years: tuple[str, ...] = ()
    years_count: bool = False

    @property
    def reads(self) -> frozenset[str]:
        own = {"jobs", *self.years}
        if self.same_noc:
            own.add("noc")
        return frozenset(own | ({"months_in_position", "noc"} if self.position else set()))

    def evaluate(self, situation: Situation) -> Finding:
        facts = {"months": self.needed_months, "years": self.within_years}
        return any_of(*self._ways(situation)).said(**facts)

    @property
    def needed_months(self) -> int:
        """The requirement in months; 1,560 hours are a year."""
        return self.months if self.months is not None else round((self.hours or 0) / 130)

    def _ways(self, situation: Situation) -> list[Finding]:
        ways = [self._from_jobs(situation)]
        if self.years_count and self._undated_year(situation):
            ways.append(yes())
        if self.position:
            ways.append(self._from_position(situation))
        return ways

    def _from_jobs(self, situation: Situation) -> Finding:
        if not situation.profile.knows("jobs"):
            return self._from_totals(situation)
        if self.same_noc and situation.noc is None and situation.profile.jobs:
            return unknown("noc")
        return by_history(situation, self._fits(situation), self._enough(situation.on))

    def _from_totals(self, situation: Situation) -> Finding:
        """A history is not asked where the yearly totals say there was no such work."""
        missing = [name for name in self.years if situation.value(name) is None]
        return no() if self._no_such_year(situation) else unknown("jobs", *missing)

    def _no_such_year(self, situation: Situation) -> bool:
        totals = [situation.value(name) for name in self.years]
        return bool(totals) and all(total is not None and total < 1 for total in totals)

    def _undated_year(self, situation: Situation) -> bool:
        """A whole year in the totals that the dated jobs do not account for: those speak for themselves."""
        told = sum(int(situation.value(name) or 0) for name in self.years)
        dated = [job for job in situation.profile.jobs if job.paid and self._right_kind(job.noc)]
        return told > windows.amount(windows.spans(dated, date.min, situation.on)).months // 12

    def _from_position(self, situation: Situation) -> Finding:
        """Months in the offered job count as long as it is an occupation of the right kind."""
        told = situation.value("months_in_position")
        if told is not None and told >= self.needed_months:
            return all_of(yes(), self._occupation(situation))
        settled = told is not None or situation.profile.knows("jobs") or self._no_such_year(situation)
        return no() if settled else unknown("months_in_position")

    def _occupation(self, situation: Situation) -> Finding:
        if self.same_noc:
            return yes()
        return unknown("noc") if situation.noc is None else decided(self._right_kind(situation.noc))

    def _right_kind(self, code: str) -> bool:
        if self.occupations is not None:
            return self.occupations.hold(code)
        return not self.teers or occupations.teer(code) in self.teers

    def _fits(self, situation: Situation) -> Callable[[Job], Truth]:
        def fits(job: Job) -> Truth:
            right = job.noc == situation.noc if self.same_noc else self._right_kind(job.noc)
            if not right or not job.paid or (job.self_employed and not self.self_employed):
                return Truth.NO
            return every((worked_in(job, self.where), Truth.of(None if job.hours_per_week is None else True)))

        return fits

    def _enough(self, on: date) -> Measure:
        first = windows.months_before(on, 12 * self.within_years)

        def enough(jobs: list[Job]) -> bool:
            return any(self._reached(group, first, on) for group in self._groups(jobs))

        return enough

    def _groups(self, jobs: list[Job]) -> list[list[Job]]:
        """An unbroken year must lie in one occupation; other work adds up."""
        if not self.continuous:
            return [jobs]
        return [[job for job in jobs if job.noc == code] for code in sorted({job.noc for job in jobs})]

    def _reached(self, jobs: list[Job], first: date, on: date) -> bool:
        pieces = windows.spans(jobs, first, on)
        done = windows.longest(pieces, full_time=False) if self.continuous else windows.amount(pieces)
        if self.months is not None and done.months < self.months:
            return False
        return self.hours is None or done.hours >= self.hours


def worked_in(job: Job, where: Where) -> Truth:
    """Whether a job was done there; unknown where its place was not told."""
    if where == "anywhere":
        return Truth.YES
    if job.place is None:
        return Truth.UNKNOWN
    return in_ontario(job.place) if where == "ontario" else in_canada(job.place)


def by_history(situation: Situation, fits: Callable[[Job], Truth], enough: Measure) -> Finding:
    """Yes when the jobs that surely fit are enough, no when even the doubtful ones are not."""
    fitting = [(job, truth) for job in situation.profile.jobs if (truth := fits(job)) is not Truth.NO]
    sure = [job for job, truth in fitting if truth is Truth.YES]
    if sure and enough(sure):
        return yes()
    if len(sure) == len(fitting):
        return no()
    return unknown("jobs") if enough([_full_time_if_not_told(job) for job, _ in fitting]) else no()


def _full_time_if_not_told(job: Job) -> Job:
    hours = job.hours_per_week
    return job if hours is not None else job.model_copy(update={"hours_per_week": windows.FULL_TIME})

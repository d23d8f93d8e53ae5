"""The experience requirement of Ontario Workforce Priority: three ways, any one of them is enough."""

from __future__ import annotations

from datetime import date
from functools import cached_property
from typing import Literal

from rules.criteria import windows
from rules.criteria.education import GRADUATE_FIELDS, recent_graduate
from rules.criteria.experience import Experience, by_history, worked_in
from rules.criteria.finding import Finding, all_of, any_of, decided, no, unknown
from rules.criteria.kind import Kind
from rules.criteria.offer import LicenceHeld
from rules.criteria.situation import Situation
from rules.profile import Job
from rules.truth import Truth, every


class PositionMonths(Kind):
    """Full-time paid months in the offered position within a recent stretch.

    A job of the same occupation in Ontario within the stretch is taken for the position.
    """

    kind: Literal["position_months"] = "position_months"
    months: int
    within_months: int
    consecutive: bool

    @property
    def reads(self) -> frozenset[str]:
        return frozenset({"months_in_position", "jobs", "noc"})

    def evaluate(self, situation: Situation) -> Finding:
        return any_of(*self._ways(situation)).said(months=self.months, within=self.within_months)

    def _ways(self, situation: Situation) -> list[Finding]:
        told = situation.value("months_in_position")
        ways = [] if told is None else [decided(told >= self.months, worked=told)]
        if situation.profile.knows("jobs"):
            ways.append(self._from_jobs(situation))
        return ways or [unknown("months_in_position")]

    def _from_jobs(self, situation: Situation) -> Finding:
        if situation.noc is None:
            return unknown("noc") if situation.profile.jobs else no()

        def fits(job: Job) -> Truth:
            if job.noc != situation.noc or not job.paid or job.self_employed:
                return Truth.NO
            told = Truth.YES if job.hours_per_week is not None else Truth.UNKNOWN
            return every((worked_in(job, "ontario"), told))

        return by_history(situation, fits, lambda jobs: self._enough(jobs, situation.on))

    def _enough(self, jobs: list[Job], on: date) -> bool:
        pieces = windows.spans(jobs, windows.months_before(on, self.within_months), on)
        if self.consecutive:
            return windows.longest(pieces, full_time=True).months >= self.months
        return windows.amount(pieces).months >= self.months


class WorkforceExperience(Kind):
    """In the position, or longer in the occupation, or by the licence that Ontario makes mandatory for it."""

    kind: Literal["workforce_experience"] = "workforce_experience"
    position_months: int
    graduate_months: int
    graduate_years: int
    within_months: int
    occupation_months: int
    occupation_years: int
    licence_never_counts: tuple[str, ...]
    unlicensed: tuple[str, ...]

    @property
    def reads(self) -> frozenset[str]:
        return frozenset({"months_in_position", "jobs", "noc", "licence"}) | GRADUATE_FIELDS

    def evaluate(self, situation: Situation) -> Finding:
        ways = any_of(
            self._in_position.evaluate(situation).said("position"),
            self._as_graduate(situation),
            self._occupation(situation),
            self._licence.evaluate(situation),
        )
        return _spoken(ways, situation).said(months=self.position_months)

    @cached_property
    def _in_position(self) -> PositionMonths:
        return PositionMonths(months=self.position_months, within_months=self.within_months, consecutive=True)

    @cached_property
    def _in_position_as_graduate(self) -> PositionMonths:
        return self._in_position.model_copy(update={"months": self.graduate_months})

    @cached_property
    def _in_occupation(self) -> Experience:
        return Experience(
            months=self.occupation_months, within_years=self.occupation_years, same_noc=True, position=True
        )

    @cached_property
    def _licence(self) -> LicenceHeld:
        return LicenceHeld(never_counts=self.licence_never_counts, unlicensed=self.unlicensed)

    def _as_graduate(self, situation: Situation) -> Finding:
        months = self._in_position_as_graduate.evaluate(situation)
        if months.truth is Truth.NO:
            return no()
        graduate = recent_graduate(situation, self.graduate_years)
        return all_of(months, graduate).said("graduate", graduate_months=self.graduate_months)

    def _occupation(self, situation: Situation) -> Finding:
        found = self._in_occupation.evaluate(situation)
        return found.said("occupation", occupation_months=self.occupation_months)


def _spoken(ways: Finding, situation: Situation) -> Finding:
    """An undecided finding is said as one question, not as the first of its parts."""
    if ways.truth is Truth.YES:
        return ways
    worked = situation.value("months_in_position")
    variant = "short" if ways.truth is Truth.NO and worked is not None else ways.truth.value
    return ways.said(variant, worked=worked or 0)

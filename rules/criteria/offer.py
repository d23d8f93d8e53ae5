"""Requirements on the job that is offered: that there is one, what it is, where, and what it pays."""

from __future__ import annotations

from typing import Literal

from rules import occupations, wages
from rules.criteria.education import GRADUATE_FIELDS, recent_graduate
from rules.criteria.finding import Finding, all_of, any_of, decided, no, unknown, yes
from rules.criteria.kind import Kind
from rules.criteria.situation import Situation
from rules.truth import Truth


def starts(code: str, beginnings: tuple[str, ...]) -> bool:
    """Whether the code begins with one of these."""
    return any(code.startswith(beginning) for beginning in beginnings)


OFFER_FIELDS = frozenset({"has_job_offer", "job_offer", "hourly_wage", "job_location"})


def offer(situation: Situation) -> Finding:
    """Whether there is a job offer: said so, or implied by a wage or place that only an offer has."""
    said = situation.value("has_job_offer")
    if said is not None:
        return decided(said)
    if situation.value("job_offer") in ("major_group_00", "other"):
        return yes()
    if situation.value("hourly_wage") is not None or situation.value("job_location") is not None:
        return yes()
    return no() if situation.value("job_offer") == "none" else unknown("has_job_offer")


class JobOffer(Kind):
    """There must be a job offer at all."""

    kind: Literal["job_offer"] = "job_offer"

    @property
    def reads(self) -> frozenset[str]:
        return OFFER_FIELDS

    def evaluate(self, situation: Situation) -> Finding:
        return offer(situation)


class Teer(Kind):
    """The occupation's training level must be one of these."""

    kind: Literal["teer"] = "teer"
    accepted: tuple[int, ...]

    @property
    def reads(self) -> frozenset[str]:
        return frozenset({"noc"})

    def evaluate(self, situation: Situation) -> Finding:
        if situation.noc is None:
            return unknown("noc").said(accepted=self.accepted)
        teer = occupations.teer(situation.noc)
        return decided(teer in self.accepted, noc=situation.noc, teer=teer, accepted=self.accepted)


class Occupation(Kind):
    """The occupation must stand on a list: `anywhere`, or `outside_gta` for jobs outside the GTA only.

    Entries are codes or their beginnings. `perhaps` holds beginnings for which the list is not held.
    `from_jobs`: work done in a listed occupation is enough, whatever is offered now.
    """

    kind: Literal["occupation"] = "occupation"
    anywhere: tuple[str, ...] = ()
    outside_gta: tuple[str, ...] = ()
    excluded: tuple[str, ...] = ()
    perhaps: tuple[str, ...] = ()
    from_jobs: bool = False

    @property
    def reads(self) -> frozenset[str]:
        place = {"job_location"} if self.outside_gta else set()
        return frozenset({"noc"} | place | ({"jobs"} if self.from_jobs else set()))

    def evaluate(self, situation: Situation) -> Finding:
        code = situation.noc
        worked = (
            [job.noc for job in situation.profile.jobs if self._listed(job.noc)] if self.from_jobs else []
        )
        if worked and (code is None or not self._listed(code)):
            return yes(noc=worked[0])
        if code is None:
            return unknown("noc")
        if self._listed(code):
            return yes(noc=code)
        if starts(code, self.perhaps):
            return unknown().said("list_not_held", noc=code)
        if not starts(code, self.outside_gta):
            return no(noc=code)
        return self._outside_gta(situation, code)

    def _listed(self, code: str) -> bool:
        return starts(code, self.anywhere) and not starts(code, self.excluded)

    def _outside_gta(self, situation: Situation, code: str) -> Finding:
        if situation.workplace is None:
            return unknown("job_location").said("place", noc=code)
        if situation.workplace.in_gta:
            return no("in_gta", noc=code)
        return yes(noc=code)


class Wage(Kind):
    """The wage must reach the level of the occupation in the region of the job.

    `graduate_years`: recent Ontario graduates of so many years need only the low level.
    """

    kind: Literal["wage"] = "wage"
    level: Literal["median", "low"]
    graduate_years: int | None = None

    @property
    def reads(self) -> frozenset[str]:
        own = frozenset({"noc", "job_location", "hourly_wage"})
        return own | GRADUATE_FIELDS if self.graduate_years else own

    def evaluate(self, situation: Situation) -> Finding:
        code, place, wage = situation.noc, situation.workplace, situation.value("hourly_wage")
        graduate = recent_graduate(situation, self.graduate_years) if self.graduate_years else no()
        if code is None or place is None or wage is None:
            missing = [
                name for name in ("noc", "job_location", "hourly_wage") if situation.value(name) is None
            ]
            return Finding(Truth.UNKNOWN, graduate.asks.union(missing))

        def reaches(level: wages.Level) -> Finding:
            check = wages.check(code, place, wage, level, situation.on)
            return Finding(check.verdict, facts={"detail": check.reason})

        full = reaches(self.level)
        if self.graduate_years is None or full.truth is Truth.YES:
            return full.said("told")
        return _with_graduates(full, reaches("low"), graduate)


def _with_graduates(full: Finding, low: Finding, graduate: Finding) -> Finding:
    """The low level is enough for a recent graduate, and for nobody else."""
    lower = all_of(low, graduate)
    if lower.truth is Truth.YES:
        return lower.said("graduate", **low.facts)
    said = "if_graduate" if lower.truth is Truth.UNKNOWN and full.truth is Truth.NO else "told"
    return any_of(full, lower).said(said, **full.facts)


class WorkInOntario(Kind):
    """The job must be done mainly in Ontario."""

    kind: Literal["work_in_ontario"] = "work_in_ontario"

    @property
    def reads(self) -> frozenset[str]:
        return frozenset({"job_location"})

    def evaluate(self, situation: Situation) -> Finding:
        if situation.works_outside:
            return no()
        place = situation.workplace
        return unknown("job_location") if place is None else yes(place=place.title)


class Licence(Kind):
    """Where the occupation needs an Ontario licence, the person must hold it."""

    kind: Literal["licence"] = "licence"
    unlicensed: tuple[str, ...] = ()

    @property
    def reads(self) -> frozenset[str]:
        return frozenset({"licence", "noc"})

    def evaluate(self, situation: Situation) -> Finding:
        if situation.noc is not None and starts(situation.noc, self.unlicensed):
            return yes("not_needed", noc=situation.noc)
        held = situation.value("licence")
        if held is None:
            return _licence_not_told(situation, self.unlicensed)
        return yes("not_needed") if held == "not_required" else decided(held == "held")


class LicenceHeld(Kind):
    """The licence that Ontario makes mandatory for the occupation is held, which opens a way of its own.

    It never does for the occupations of `never_counts`; those of `unlicensed` have no such licence.
    """

    kind: Literal["licence_held"] = "licence_held"
    never_counts: tuple[str, ...] = ()
    unlicensed: tuple[str, ...] = ()

    @property
    def reads(self) -> frozenset[str]:
        return frozenset({"licence", "noc"})

    def evaluate(self, situation: Situation) -> Finding:
        code, held = situation.noc, situation.value("licence")
        if code is not None and starts(code, (*self.never_counts, *self.unlicensed)):
            return no()
        if held is None:
            return _licence_not_told(situation, (*self.never_counts, *self.unlicensed))
        if held != "held":
            return no()
        decided_by_noc = code is None and (self.never_counts or self.unlicensed)
        return unknown("noc") if decided_by_noc else yes("licence")


def _licence_not_told(situation: Situation, special: tuple[str, ...]) -> Finding:
    """The occupation alone may settle it, where some have a rule of their own."""
    return unknown("licence", "noc") if special and situation.noc is None else unknown("licence")

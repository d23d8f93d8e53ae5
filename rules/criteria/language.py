"""Requirements on language: the lowest ability of the better test, or each ability by itself."""

from __future__ import annotations

from typing import Literal

from rules import occupations
from rules.criteria.education import GRADUATE_FIELDS, recent_graduate
from rules.criteria.finding import Finding, all_of, any_of, decided, no, unknown, yes
from rules.criteria.kind import Kind
from rules.criteria.situation import Situation
from rules.criteria.trades import Groups
from rules.profile import LanguageLevels
from rules.truth import Truth

_TESTS = ("english", "french")


def best_lowest(situation: Situation) -> int | None:
    """The lowest ability of the better test; None while no test was spoken of.

    Once one test is given, a second that was not mentioned counts as not taken; no test at all is level 0.
    """
    told = [name for name in _TESTS if situation.profile.knows(name)]
    levels = [level.lowest for level in tests(situation)]
    if levels:
        return max(levels)
    return 0 if len(told) == len(_TESTS) else None


def tests(situation: Situation) -> list[LanguageLevels]:
    """The tests taken, English before French."""
    return [level for level in map(situation.value, _TESTS) if level is not None]


def _not_told(situation: Situation) -> tuple[str, ...]:
    return tuple(name for name in _TESTS if not situation.profile.knows(name))


class Language(Kind):
    """Every ability of one test must reach the floor.

    `by_teer` sets another floor for training levels; `trades` a lower one for listed trades;
    recent Ontario graduates of `graduate_years` are exempt. `from_jobs`: without an occupation named, those
    of the jobs tell the level.
    """

    kind: Literal["language"] = "language"
    floor: int
    by_teer: dict[int, int] | None = None
    trades: Groups | None = None
    trade_floor: int | None = None
    graduate_years: int | None = None
    from_jobs: bool = False

    @property
    def reads(self) -> frozenset[str]:
        own = frozenset(_TESTS)
        if self.by_teer or self.trades:
            own |= {"noc"}
        if self.from_jobs:
            own |= {"jobs"}
        return own | GRADUATE_FIELDS if self.graduate_years else own

    def evaluate(self, situation: Situation) -> Finding:
        levels = self._levels(situation)
        if self.graduate_years is None:
            return levels
        exempt = recent_graduate(situation, self.graduate_years)
        if exempt.truth is Truth.YES and levels.truth is not Truth.YES:
            return yes("exempt", **levels.facts)
        return any_of(levels, exempt).said(**levels.facts)

    def _levels(self, situation: Situation) -> Finding:
        lowest, floors = best_lowest(situation), self._floors(situation)
        if lowest is None:
            return unknown(*_not_told(situation)).said(floor=max(floors))
        if lowest >= max(floors):
            return yes(lowest=lowest, floor=max(floors))
        if lowest < min(floors):
            return no(lowest=lowest, floor=min(floors))
        return unknown("noc").said("floor_by_occupation", lowest=lowest, floor=max(floors))

    def _floors(self, situation: Situation) -> tuple[int, ...]:
        """The floor of the occupation, or every floor it may be while the occupation is not told."""
        if situation.noc is not None:
            return (self._floor(situation.noc),)
        worked = {job.noc for job in situation.profile.jobs} if self.from_jobs else set()
        skilled = [code for code in worked if occupations.teer(code) in (self.by_teer or {})] or worked
        if skilled:
            return tuple(map(self._floor, skilled))
        trade = (self.trade_floor,) if self.trade_floor is not None else ()
        return (self.floor, *(self.by_teer or {}).values(), *trade)

    def _floor(self, code: str) -> int:
        if self.trades is not None and self.trade_floor is not None and self.trades.hold(code):
            return self.trade_floor
        return (self.by_teer or {}).get(occupations.teer(code), self.floor)


class BothLanguages(Kind):
    """A floor in French and another in English."""

    kind: Literal["both_languages"] = "both_languages"
    french: int
    english: int

    @property
    def reads(self) -> frozenset[str]:
        return frozenset(_TESTS)

    def evaluate(self, situation: Situation) -> Finding:
        return all_of(_one(situation, "french", self.french), _one(situation, "english", self.english)).said(
            french=self.french, english=self.english
        )


def _one(situation: Situation, name: str, floor: int) -> Finding:
    if not situation.profile.knows(name):
        return unknown(name)
    levels = situation.value(name)
    return decided(levels is not None and levels.lowest >= floor)


class Abilities(Kind):
    """A floor for each ability by itself, in one test."""

    kind: Literal["abilities"] = "abilities"
    speaking: int
    listening: int
    reading: int
    writing: int

    @property
    def reads(self) -> frozenset[str]:
        return frozenset(_TESTS)

    def evaluate(self, situation: Situation) -> Finding:
        if best_lowest(situation) is None:
            return unknown(*_not_told(situation))
        return decided(any(self._reached(levels) for levels in tests(situation)))

    def _reached(self, levels: LanguageLevels) -> bool:
        floors = (self.speaking, self.listening, self.reading, self.writing)
        return all(level >= floor for level, floor in zip(levels.all, floors, strict=True))

"""A person on a day: their answers, and what follows from them for more than one requirement."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from functools import cached_property
from typing import Any, Protocol

from rules import geography
from rules.criteria.finding import Finding
from rules.geography import Place
from rules.profile import Profile

FindProgram = Callable[[str, "Situation"], Finding]


class Test(Protocol):
    def evaluate(self, situation: Situation) -> Finding: ...


class Judged(Protocol):
    """Anything that carries a test."""

    @property
    def test(self) -> Test: ...


class Situation:
    """What the criteria look at. `program` gives the finding of another whole stream for the same person."""

    def __init__(self, profile: Profile, on: date, find_program: FindProgram) -> None:
        self.profile = profile
        self.on = on
        self._find_program = find_program
        self._programs: dict[str, Finding] = {}
        self._findings: dict[int, Finding] = {}
        self._places: dict[str, Place | None] = {}
        self._graduate: dict[int, Finding] = {}

    def value(self, name: str) -> Any:
        """The answer, or None where none was given."""
        return getattr(self.profile, name) if self.profile.knows(name) else None

    @cached_property
    def noc(self) -> str | None:
        code: str | None = self.value("noc")
        return code

    @property
    def workplace(self) -> Place | None:
        """Where the offered job is."""
        return self.place("job_location")

    @cached_property
    def works_outside(self) -> bool:
        """Whether the offered job is known to lie outside Ontario: then it has no place in these rules."""
        name = self.value("job_location")
        if name is None or geography.find(name):
            return False
        return geography.whereabouts(name) in ("canada", "abroad")

    def place(self, field: str) -> Place | None:
        """The place a field names. Raises AmbiguousPlace or BadInput for a name that decides nothing."""
        if field not in self._places:
            name = None if field == "job_location" and self.works_outside else self.value(field)
            self._places[field] = None if name is None else geography.resolve(name, field).place
        return self._places[field]

    def program(self, stream: str) -> Finding:
        if stream not in self._programs:
            self._programs[stream] = self._find_program(stream, self)
        return self._programs[stream]

    def graduate(self, years: int, judge: Callable[[Situation, int], Finding]) -> Finding:
        """Whether the person is a graduate of the last so many years, judged once."""
        if years not in self._graduate:
            self._graduate[years] = judge(self, years)
        return self._graduate[years]

    def finding(self, criterion: Judged) -> Finding:
        """What a criterion finds, looked at once however many streams share it."""
        test = criterion.test
        known = self._findings.get(id(test))
        if known is None:
            known = self._findings[id(test)] = test.evaluate(self)
        return known

    def years_before(self, years: int) -> date:
        """The same day so many years earlier (1 March for 29 February)."""
        try:
            return self.on.replace(year=self.on.year - years)
        except ValueError:
            return date(self.on.year - years, 3, 1)

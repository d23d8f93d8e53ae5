"""Every kind of requirement in one type, and the two that are made of others."""

from __future__ import annotations

from typing import Annotated, Literal

from pydantic import Field

from rules.criteria.answers import Answer, AtLeast
from rules.criteria.education import CanadianCredential, CanadianPostSecondary, CompletedWithin, HighSchool
from rules.criteria.experience import Experience
from rules.criteria.federal import Programs, SelectionPoints
from rules.criteria.finding import Finding, all_of, any_of
from rules.criteria.floors import PlaceFloor
from rules.criteria.kind import Kind
from rules.criteria.language import Abilities, BothLanguages, Language
from rules.criteria.offer import JobOffer, Licence, LicenceHeld, Occupation, Teer, Wage, WorkInOntario
from rules.criteria.residence import Recruitment, Status
from rules.criteria.situation import Situation
from rules.criteria.workforce import PositionMonths, WorkforceExperience


class _Parts(Kind):
    of: tuple[Test, ...]

    @property
    def reads(self) -> frozenset[str]:
        return frozenset[str]().union(*(part.reads for part in self.of))


class AnyOf(_Parts):
    """One of the parts is enough."""

    kind: Literal["any_of"] = "any_of"

    def evaluate(self, situation: Situation) -> Finding:
        return any_of(*(part.evaluate(situation) for part in self.of))


class AllOf(_Parts):
    """Every part is needed."""

    kind: Literal["all_of"] = "all_of"

    def evaluate(self, situation: Situation) -> Finding:
        return all_of(*(part.evaluate(situation) for part in self.of))


Test = Annotated[
    Abilities
    | AllOf
    | Answer
    | AnyOf
    | AtLeast
    | BothLanguages
    | CanadianCredential
    | CanadianPostSecondary
    | CompletedWithin
    | Experience
    | HighSchool
    | JobOffer
    | Language
    | Licence
    | LicenceHeld
    | Occupation
    | PlaceFloor
    | PositionMonths
    | Programs
    | Recruitment
    | SelectionPoints
    | Status
    | Teer
    | Wage
    | WorkInOntario
    | WorkforceExperience,
    Field(discriminator="kind"),
]

AnyOf.model_rebuild()
AllOf.model_rebuild()

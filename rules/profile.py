"""The facts about a person, as far as they are given."""

from __future__ import annotations

import math
from collections.abc import Mapping
from datetime import date
from functools import cache
from typing import Annotated, Any, Literal, Self

from pydantic import (
    AfterValidator,
    BaseModel,
    BeforeValidator,
    ConfigDict,
    Field,
    StrictBool,
    StrictInt,
    ValidationError,
    model_validator,
)
from pydantic_core import PydanticCustomError

from rules import occupations
from rules.fields import FIELDS
from rules.fields import Field as CatalogueField
from rules.input_errors import as_bad_input

__all__ = ["FIELDS", "CatalogueField", "Job", "LanguageLevels", "Profile", "Spouse"]


def _a_number(value: object) -> object:
    if isinstance(value, bool) or not isinstance(value, (int, float)):
        raise PydanticCustomError("a_number", "a number is needed")
    return value


def _cut(value: object) -> object:
    """Ages are told in whole years: 29.9 is 29."""
    if isinstance(value, float) and math.isfinite(value):
        return math.floor(value)
    return value


def _a_noc_code(value: str) -> str:
    if not occupations.exists(value):
        raise PydanticCustomError("noc", "no unit group of NOC 2021 has this code")
    return value


def _bounds(name: str) -> Any:
    field = FIELDS[name]
    return Field(ge=field.minimum, le=field.maximum, allow_inf_nan=False)


Number = Annotated[float, BeforeValidator(_a_number)]
Noc = Annotated[str, AfterValidator(_a_noc_code)]
PlaceName = Annotated[str, Field(min_length=1, max_length=200)]
Level = Annotated[StrictInt, Field(ge=0, le=12)]

CrsEducation = Literal[
    "none", "secondary", "one_year", "two_year", "bachelor", "two_or_more", "master", "doctorate"
]
Education = Literal[
    CrsEducation,
    "less_than_college",
    "trades",
    "college",
    "graduate_certificate",
    "university_certificate_below",
    "university_certificate_above",
    "professional",
]


CanadianCredential = Literal[
    "none",
    "under_one_year",
    "one_year",
    "two_years_or_more",
    "ontario_college_graduate_certificate",
    "graduate_one_year",
    "master",
    "doctorate",
]


class _Facts(BaseModel):
    model_config = ConfigDict(frozen=True, extra="forbid", populate_by_name=True)

    @model_validator(mode="before")
    @classmethod
    def _null_is_not_given(cls, data: Any) -> Any:
        """`null` leaves a field without a null of its own at its default, as if it were absent."""
        if not isinstance(data, Mapping):
            return data
        return {name: value for name, value in data.items() if value is not None or name in _nullable(cls)}


@cache
def _nullable(model: type[BaseModel]) -> frozenset[str]:
    """The fields of a model whose own default is null, as JSON names them too."""
    fields = {name: field for name, field in model.model_fields.items() if field.default is None}
    return frozenset(fields) | {field.alias for field in fields.values() if field.alias}


class LanguageLevels(_Facts):
    """CLB (English) or NCLC (French) per ability, 0 to 12."""

    speaking: Level = 0
    listening: Level = 0
    reading: Level = 0
    writing: Level = 0

    @property
    def all(self) -> tuple[int, int, int, int]:
        return (self.speaking, self.listening, self.reading, self.writing)

    @property
    def lowest(self) -> int:
        return min(self.speaking, self.listening, self.reading, self.writing)

    @classmethod
    def same(cls, level: int) -> Self:
        """The same level in all four abilities."""
        return cls(speaking=level, listening=level, reading=level, writing=level)


class Job(_Facts):
    """A stretch of work. `end` is the last day worked, None while it goes on; in JSON `from` and `to`."""

    noc: Noc
    start: date = Field(alias="from")
    end: date | None = Field(default=None, alias="to")
    hours_per_week: Annotated[Number, Field(ge=0, le=168, allow_inf_nan=False)] | None = None
    place: PlaceName | None = None
    paid: StrictBool = True
    self_employed: StrictBool = False

    @model_validator(mode="after")
    def _ends_after_it_began(self) -> Self:
        if self.end is not None and self.end < self.start:
            raise PydanticCustomError("job_dates", "the job ends before it begins")
        return self


class Spouse(_Facts):
    """A partner who comes along and is neither citizen nor permanent resident."""

    education: CrsEducation = "none"
    language: LanguageLevels | None = None
    canadian_experience_years: Annotated[Number, _bounds("canadian_experience_years")] = 0


class Profile(_Facts):
    """Everything the rules may ask about a person; `FIELDS` describes each field.

    A field not given has a default that scores nothing; `knows` tells the two apart.
    """

    age: Annotated[StrictInt, _bounds("age"), BeforeValidator(_cut)] | None = None
    education: Education = "none"
    canadian_credential: Literal["none", "one_or_two_years", "three_years_or_more"] = "none"
    first_language: Literal["english", "french"] = "english"
    english: LanguageLevels | None = None
    french: LanguageLevels | None = None
    canadian_experience_years: Annotated[Number, _bounds("canadian_experience_years")] = 0
    foreign_experience_years: Annotated[Number, _bounds("foreign_experience_years")] = 0
    trade_certificate: StrictBool = False
    nomination: StrictBool = False
    sibling: StrictBool = False
    job_offer: Literal["none", "major_group_00", "other"] = "none"
    spouse: Spouse | None = None

    arranged_employment: StrictBool = False
    relative_in_canada: StrictBool = False
    past_canadian_study: StrictBool = False
    past_canadian_work: StrictBool = False
    spouse_past_canadian_study: StrictBool = False
    spouse_past_canadian_work: StrictBool = False

    noc: Noc | None = None
    hourly_wage: Annotated[Number, _bounds("hourly_wage")] | None = None
    months_in_position: Annotated[Number, _bounds("months_in_position")] = 0
    months_other_ontario: Annotated[Number, _bounds("months_other_ontario")] = 0
    best_year_earnings: Annotated[Number, _bounds("best_year_earnings")] = 0
    status: Literal["work_permit", "study_permit", "none"] = "none"
    field_of_study: Literal["stem_health_trades", "business_social_law", "arts_humanities"] | None = None
    canadian_credentials: Annotated[StrictInt, _bounds("canadian_credentials")] = 0
    job_location: PlaceName | None = None
    study_location: PlaceName | None = None

    has_job_offer: StrictBool | None = None
    job_full_time: StrictBool | None = None
    job_permanent: StrictBool | None = None
    licence: Literal["held", "not_held", "not_required"] | None = None
    employer_years: Annotated[Number, _bounds("employer_years")] | None = None
    employer_premises: StrictBool | None = None
    employer_orders: StrictBool | None = None
    employer_public_service: StrictBool | None = None
    employer_revenue: Annotated[Number, _bounds("employer_revenue")] | None = None
    employer_staff: Annotated[StrictInt, _bounds("employer_staff")] | None = None
    employer_share: Literal["none", "under_ten_percent_as_pay", "other"] | None = None
    recruitment_effort: StrictBool | None = None

    residence: Literal["ontario", "elsewhere_in_canada", "abroad"] | None = None
    other_legal_status: StrictBool | None = None
    intends_ontario: StrictBool | None = None
    high_school: StrictBool | None = None
    has_eca: StrictBool | None = None
    credential: CanadianCredential | None = None
    credential_in_ontario: StrictBool | None = None
    credential_mostly_in_canada: StrictBool | None = None
    credential_date: date | None = None
    months_in_ontario: Annotated[Number, _bounds("months_in_ontario")] | None = None
    has_settlement_funds: StrictBool | None = None
    express_entry_profile: StrictBool | None = None
    notification_of_interest: StrictBool | None = None

    ohip_billing: StrictBool | None = None
    cpso_certificate: Literal["none", "independent", "academic", "provisional", "postgraduate"] | None = None
    business_experience_months: Annotated[Number, _bounds("business_experience_months")] | None = None
    net_worth: Annotated[Number, _bounds("net_worth")] | None = None
    planned_investment: Annotated[Number, _bounds("planned_investment")] | None = None
    business_location: PlaceName | None = None

    jobs: tuple[Job, ...] = ()

    @classmethod
    def parse(cls, data: Mapping[str, Any]) -> Self:
        """A profile from JSON-like data. Raises BadInput with the first field at fault and what it takes."""
        try:
            return cls.model_validate(data)
        except ValidationError as error:
            raise as_bad_input(error, tuple(cls.model_fields)) from error

    def knows(self, name: str) -> bool:
        """True when the person answered this field, even with "no" or "none"."""
        return name in self.model_fields_set

    def with_answers(self, **values: Any) -> Self:
        """This profile with some answers given or changed. Raises BadInput like `parse`."""
        return self.parse({**self._given(), **values})

    def without(self, *names: str) -> Self:
        """This profile with some answers taken back."""
        return self.parse({name: value for name, value in self._given().items() if name not in names})

    def given(self) -> dict[str, Any]:
        """The answers given, as JSON types; `parse` reads them back to an equal profile."""
        return self.model_dump(mode="json", by_alias=True, exclude_unset=True)

    def _given(self) -> dict[str, Any]:
        return {name: getattr(self, name) for name in self.model_fields_set}

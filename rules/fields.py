"""The catalogue of facts about a person: what each is, which answers it takes, how hard it is to answer."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Literal

Kind = Literal[
    "choice",
    "yes_no",
    "integer",
    "money",
    "months",
    "years",
    "place",
    "noc",
    "language",
    "jobs",
    "spouse",
    "date",
]


@dataclass(frozen=True, slots=True)
class Field:
    """One fact. `minimum` and `maximum` are what is accepted, not what scores.

    `cost` is the trouble an answer takes: 1 a tap, 3 a number known by heart, 5 a number to look up,
    7 several numbers, 9 a history. The interview asks the cheapest first.
    """

    name: str
    kind: Kind
    cost: int
    choices: tuple[str, ...] = ()
    minimum: float | None = None
    maximum: float | None = None
    unit: str | None = None


CRS_EDUCATION = (
    "none",
    "secondary",
    "one_year",
    "two_year",
    "bachelor",
    "two_or_more",
    "master",
    "doctorate",
)
EOI_EDUCATION = (
    "less_than_college",
    "trades",
    "college",
    "graduate_certificate",
    "university_certificate_below",
    "bachelor",
    "university_certificate_above",
    "master",
    "doctorate",
    "professional",
)
EDUCATION = (*CRS_EDUCATION, *(level for level in EOI_EDUCATION if level not in CRS_EDUCATION))
CANADIAN_CREDENTIAL = ("none", "one_or_two_years", "three_years_or_more")
FIRST_LANGUAGE = ("english", "french")
JOB_OFFER = ("none", "major_group_00", "other")
STATUS = ("work_permit", "study_permit", "none")
FIELD_OF_STUDY = ("stem_health_trades", "business_social_law", "arts_humanities")
LICENCE = ("held", "not_held", "not_required")
RESIDENCE = ("ontario", "elsewhere_in_canada", "abroad")
CREDENTIAL = (
    "none",
    "under_one_year",
    "one_year",
    "two_years_or_more",
    "ontario_college_graduate_certificate",
    "graduate_one_year",
    "master",
    "doctorate",
)
EMPLOYER_SHARE = ("none", "under_ten_percent_as_pay", "other")
CPSO_CERTIFICATE = ("none", "independent", "academic", "provisional", "postgraduate")

_CATALOGUE = (
    # the ranking grid
    Field("age", "integer", 2, minimum=1, maximum=119, unit="years"),
    Field("education", "choice", 1, choices=EDUCATION),
    Field("canadian_credential", "choice", 1, choices=CANADIAN_CREDENTIAL),
    Field("first_language", "choice", 1, choices=FIRST_LANGUAGE),
    Field("english", "language", 6),
    Field("french", "language", 6),
    Field("canadian_experience_years", "years", 3, minimum=0, maximum=80, unit="years"),
    Field("foreign_experience_years", "years", 3, minimum=0, maximum=80, unit="years"),
    Field("trade_certificate", "yes_no", 1),
    Field("nomination", "yes_no", 1),
    Field("sibling", "yes_no", 1),
    Field("job_offer", "choice", 1, choices=JOB_OFFER),
    Field("spouse", "spouse", 7),
    # the federal selection grid adds
    Field("arranged_employment", "yes_no", 1),
    Field("relative_in_canada", "yes_no", 1),
    Field("past_canadian_study", "yes_no", 1),
    Field("past_canadian_work", "yes_no", 1),
    Field("spouse_past_canadian_study", "yes_no", 1),
    Field("spouse_past_canadian_work", "yes_no", 1),
    # Ontario's expression of interest
    Field("noc", "noc", 3),
    Field("hourly_wage", "money", 3, minimum=0, maximum=1000, unit="dollars an hour"),
    Field("months_in_position", "months", 3, minimum=0, maximum=960, unit="months"),
    Field("months_other_ontario", "months", 3, minimum=0, maximum=960, unit="months"),
    Field("best_year_earnings", "money", 4, minimum=0, maximum=100_000_000, unit="dollars a year"),
    Field("status", "choice", 1, choices=STATUS),
    Field("field_of_study", "choice", 1, choices=FIELD_OF_STUDY),
    Field("canadian_credentials", "integer", 2, minimum=0, maximum=50),
    Field("job_location", "place", 3),
    Field("study_location", "place", 3),
    # the streams: the job that is offered, and who offers it
    Field("has_job_offer", "yes_no", 1),
    Field("job_full_time", "yes_no", 1),
    Field("job_permanent", "yes_no", 1),
    Field("licence", "choice", 1, choices=LICENCE),
    Field("employer_years", "years", 4, minimum=0, maximum=500, unit="years in business"),
    Field("employer_premises", "yes_no", 2),
    Field("employer_orders", "yes_no", 4),
    Field("employer_public_service", "yes_no", 2),
    Field("employer_revenue", "money", 5, minimum=0, maximum=1e12, unit="dollars a year"),
    Field("employer_staff", "integer", 4, minimum=0, maximum=10_000_000),
    Field("employer_share", "choice", 2, choices=EMPLOYER_SHARE),
    Field("recruitment_effort", "yes_no", 4),
    # the streams: the person
    Field("residence", "choice", 1, choices=RESIDENCE),
    Field("other_legal_status", "yes_no", 1),
    Field("intends_ontario", "yes_no", 1),
    Field("high_school", "yes_no", 1),
    Field("has_eca", "yes_no", 1),
    Field("credential", "choice", 1, choices=CREDENTIAL),
    Field("credential_in_ontario", "yes_no", 1),
    Field("credential_mostly_in_canada", "yes_no", 1),
    Field("credential_date", "date", 4),
    Field("months_in_ontario", "months", 3, minimum=0, maximum=24, unit="months of the last 24"),
    Field("has_settlement_funds", "yes_no", 2),
    Field("express_entry_profile", "yes_no", 1),
    Field("notification_of_interest", "yes_no", 1),
    # physicians and entrepreneurs
    Field("ohip_billing", "yes_no", 1),
    Field("cpso_certificate", "choice", 1, choices=CPSO_CERTIFICATE),
    Field("business_experience_months", "months", 3, minimum=0, maximum=960, unit="months of the last 60"),
    Field("net_worth", "money", 5, minimum=0, maximum=1e12, unit="dollars"),
    Field("planned_investment", "money", 4, minimum=0, maximum=1e12, unit="dollars"),
    Field("business_location", "place", 3),
    # work as a history
    Field("jobs", "jobs", 9),
)

FIELDS: Mapping[str, Field] = {field.name: field for field in _CATALOGUE}

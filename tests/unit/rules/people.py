"""Hypothesis strategies for people as the score grids see them."""

from __future__ import annotations

from typing import Any

from hypothesis import strategies as st

from rules.fields import CRS_EDUCATION, EOI_EDUCATION
from rules.profile import Profile

PLACES = ("Toronto", "Peel", "Ottawa", "Kitchener", "London", "Thunder Bay", "Haliburton")
NOCS = (
    "00012",
    "11202",
    "20012",
    "21232",
    "22220",
    "31102",
    "42201",
    "53123",
    "64100",
    "72410",
    "85100",
    "94141",
)

levels = st.none() | st.fixed_dictionaries(
    dict.fromkeys(("speaking", "listening", "reading", "writing"), st.integers(0, 12))
)
spouse = st.none() | st.fixed_dictionaries(
    {
        "education": st.sampled_from(CRS_EDUCATION),
        "language": levels,
        "canadian_experience_years": st.integers(0, 7),
    }
)
_ANSWERS: dict[str, st.SearchStrategy[Any]] = {
    "age": st.integers(1, 119),
    "canadian_credential": st.sampled_from(("none", "one_or_two_years", "three_years_or_more")),
    "first_language": st.sampled_from(("english", "french")),
    "english": levels,
    "french": levels,
    "canadian_experience_years": st.integers(0, 8),
    "foreign_experience_years": st.integers(0, 8),
    "trade_certificate": st.booleans(),
    "nomination": st.booleans(),
    "sibling": st.booleans(),
    "job_offer": st.sampled_from(("none", "major_group_00", "other")),
    "spouse": spouse,
    "arranged_employment": st.booleans(),
    "relative_in_canada": st.booleans(),
    "past_canadian_study": st.booleans(),
    "past_canadian_work": st.booleans(),
    "spouse_past_canadian_study": st.booleans(),
    "spouse_past_canadian_work": st.booleans(),
    "noc": st.sampled_from(NOCS),
    "hourly_wage": st.floats(0, 1000),
    "months_in_position": st.integers(0, 60),
    "months_other_ontario": st.integers(0, 60),
    "best_year_earnings": st.integers(0, 200_000),
    "status": st.sampled_from(("work_permit", "study_permit", "none")),
    "field_of_study": st.sampled_from(("stem_health_trades", "business_social_law", "arts_humanities", None)),
    "canadian_credentials": st.integers(0, 4),
    "job_location": st.sampled_from(PLACES),
    "study_location": st.sampled_from(PLACES),
}


def _people(education: tuple[str, ...]) -> st.SearchStrategy[Profile]:
    answers = {**_ANSWERS, "education": st.sampled_from(education)}
    return st.fixed_dictionaries({}, optional=answers).map(Profile.parse)


federal_people = _people(CRS_EDUCATION)
ontario_people = _people(EOI_EDUCATION)

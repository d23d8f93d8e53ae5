"""Random people for the properties of assessments: any field told or not, with values on both sides of rules."""

from __future__ import annotations

from datetime import date
from typing import Any

from hypothesis import strategies as st

from rules.fields import FIELDS, Field
from rules.profile import Profile

ABILITIES = ("speaking", "listening", "reading", "writing")
CODES = ("00012", "20012", "21232", "22221", "31102", "31301", "42202", "62200", "64100", "72200", "72600",
         "73300", "85103", "14402")  # fmt: skip
PLACES = ("Toronto", "Mississauga", "Ottawa", "Thunder Bay", "Leamington", "Pembroke", "Northern Ontario")
DAYS = st.dates(date(2022, 11, 22), date(2027, 3, 1))

_levels = st.fixed_dictionaries({name: st.integers(3, 10) for name in ABILITIES})
_job = st.fixed_dictionaries(
    {
        "noc": st.sampled_from(CODES),
        "from": st.dates(date(2019, 1, 1), date(2026, 8, 1)).map(date.isoformat),
        "hours_per_week": st.sampled_from([None, 10, 15, 30, 40]),
        "place": st.sampled_from([None, "Ottawa", "Vancouver", "Pune", "Nowhere-at-all"]),
        "paid": st.booleans(),
        "self_employed": st.booleans(),
    }
)
_spouse = st.none() | st.fixed_dictionaries(
    {"education": st.sampled_from(["none", "bachelor"]), "language": st.none() | _levels}
)
_NUMBERS: dict[str, Any] = {
    "age": st.integers(17, 50),
    "hourly_wage": st.sampled_from([15, 29.99, 30, 34.99, 35, 48.08, 50.26, 70]),
    "canadian_experience_years": st.integers(0, 4),
    "foreign_experience_years": st.integers(0, 7),
    "months_in_position": st.sampled_from([0, 2, 3, 5, 6, 9, 12, 13, 24, 30]),
    "employer_revenue": st.sampled_from([200_000, 250_000, 500_000, 999_999, 1_000_000]),
    "employer_staff": st.integers(2, 6),
    "employer_years": st.sampled_from([2, 3]),
    "canadian_credentials": st.integers(0, 2),
    "net_worth": st.sampled_from([300_000, 500_000, 900_000]),
    "planned_investment": st.sampled_from([100_000, 300_000, 700_000]),
}


def answer_to(field: Field) -> st.SearchStrategy[Any]:
    """Any answer to one field, as JSON types."""
    by_kind: dict[str, Any] = {
        "choice": st.sampled_from(field.choices),
        "yes_no": st.booleans(),
        "place": st.sampled_from(PLACES),
        "noc": st.sampled_from(CODES),
        "language": st.none() | _levels,
        "jobs": st.lists(_job, max_size=3),
        "spouse": _spouse,
        "date": st.dates(date(2021, 1, 1), date(2027, 1, 1)).map(date.isoformat),
    }
    if field.kind in by_kind:
        return by_kind[field.kind]  # type: ignore[no-any-return]
    return _NUMBERS.get(field.name, st.integers(int(field.minimum or 0), int(min(field.maximum or 60, 60))))


answers = st.fixed_dictionaries({}, optional={name: answer_to(field) for name, field in FIELDS.items()})
people = answers.map(Profile.parse)
one_answer = st.sampled_from(sorted(FIELDS)).flatmap(
    lambda name: st.tuples(st.just(name), answer_to(FIELDS[name]))
)

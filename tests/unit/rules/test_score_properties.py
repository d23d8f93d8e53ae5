"""What holds for everybody: ceilings, better answers never lowering a score, and answers that do not matter."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from rules import crs, eoi, fsw
from rules.eoi_grid import STREAMS, StreamName
from rules.fields import CRS_EDUCATION, FIELDS
from rules.profile import Profile
from tests.unit.rules.people import federal_people, ontario_people

DAY = date(2026, 9, 1)
OLD_DAY = date(2024, 6, 1)
MANY = settings(max_examples=150, deadline=None, suppress_health_check=[HealthCheck.too_slow])
ABILITIES = ("speaking", "listening", "reading", "writing")
# from the weakest to the strongest on the ladder of 2026, where several stand level
ONTARIO_LADDER = ("less_than_college", "trades", "college", "bachelor", "master", "doctorate")


@MANY
@given(federal_people, st.sampled_from((DAY, OLD_DAY)))
def test_no_federal_score_leaves_its_bounds(person: Profile, day: date) -> None:
    for card in (crs.score(person, day), fsw.score(person, day)):
        assert 0 <= card.total == sum(card.parts.values()) <= card.maximum
        assert all(0 <= factor.points <= factor.maximum for factor in card.factors)


@MANY
@given(ontario_people, st.sampled_from(STREAMS))
def test_no_ontario_score_leaves_its_bounds(person: Profile, stream: StreamName) -> None:
    card = eoi.score(person, stream, DAY)
    assert 0 <= card.total == sum(card.parts.values()) <= card.maximum
    assert all(0 <= factor.points <= factor.maximum for factor in card.factors)


def raised(person: Profile, field: str, ability: str) -> Profile:
    known = getattr(person, field)
    now = known.model_dump() if known else dict.fromkeys(ABILITIES, 0)
    return person.with_answers(**{field: {**now, ability: min(now[ability] + 1, 12)}})


@MANY
@given(federal_people, st.sampled_from(("english", "french")), st.sampled_from(ABILITIES))
def test_a_better_ability_never_lowers_a_federal_score(person: Profile, field: str, ability: str) -> None:
    better = raised(person, field, ability)
    assert crs.score(better, DAY).total >= crs.score(person, DAY).total
    assert fsw.score(better, DAY).total >= fsw.score(person, DAY).total


@MANY
@given(
    ontario_people,
    st.sampled_from(STREAMS),
    st.sampled_from(("english", "french")),
    st.sampled_from(ABILITIES),
)
def test_a_better_ability_never_lowers_an_ontario_score(
    person: Profile, stream: StreamName, field: str, ability: str
) -> None:
    better = raised(person, field, ability)
    assert eoi.score(better, stream, DAY).total >= eoi.score(person, stream, DAY).total


@MANY
@given(
    federal_people,
    st.sampled_from(("canadian_experience_years", "foreign_experience_years")),
    st.integers(1, 5),
)
def test_more_work_never_lowers_a_federal_score(person: Profile, field: str, more: int) -> None:
    better = person.with_answers(**{field: getattr(person, field) + more})
    assert crs.score(better, DAY).total >= crs.score(person, DAY).total
    assert fsw.score(better, DAY).total >= fsw.score(person, DAY).total


@MANY
@given(
    ontario_people,
    st.sampled_from(STREAMS),
    st.sampled_from(
        (
            "months_in_position",
            "months_other_ontario",
            "hourly_wage",
            "best_year_earnings",
            "canadian_credentials",
        )
    ),
)
def test_more_never_lowers_an_ontario_score(person: Profile, stream: StreamName, field: str) -> None:
    ceiling = FIELDS[field].maximum or 0
    now = getattr(person, field) or 0
    better = person.with_answers(**{field: min(now + 7, ceiling)})
    assert eoi.score(better, stream, DAY).total >= eoi.score(person, stream, DAY).total


@MANY
@given(federal_people, st.integers(0, len(CRS_EDUCATION) - 2))
def test_more_education_never_lowers_a_federal_score(person: Profile, rung: int) -> None:
    lower, upper = (person.with_answers(education=CRS_EDUCATION[step]) for step in (rung, rung + 1))
    assert crs.score(upper, DAY).total >= crs.score(lower, DAY).total
    assert fsw.score(upper, DAY).total >= fsw.score(lower, DAY).total


@MANY
@given(ontario_people, st.sampled_from(STREAMS), st.integers(0, len(ONTARIO_LADDER) - 2))
def test_more_education_never_lowers_an_ontario_score(person: Profile, stream: StreamName, rung: int) -> None:
    lower, upper = (person.with_answers(education=ONTARIO_LADDER[step]) for step in (rung, rung + 1))
    assert eoi.score(upper, stream, DAY).total >= eoi.score(lower, stream, DAY).total


@MANY
@given(federal_people, st.sampled_from(sorted(set(FIELDS) - set(crs.FIELDS))))
def test_the_ranking_system_reads_only_its_own_fields(person: Profile, other: str) -> None:
    assert crs.score(person.without(other), DAY).total == crs.score(person, DAY).total


@settings(max_examples=25, deadline=None)
@given(federal_people)
def test_what_is_not_needed_cannot_change_the_ranking_score(person: Profile) -> None:
    needed = crs.fields_needed(person, DAY)
    total = crs.score(person, DAY).total
    probes: dict[str, Any] = {
        "age": 29,
        "english": dict.fromkeys(ABILITIES, 9),
        "sibling": True,
        "nomination": True,
    }
    for name, value in probes.items():
        if not person.knows(name) and name not in needed:
            assert crs.score(person.with_answers(**{name: value}), DAY).total == total


NEEDED = [
    ({}, "trade_certificate", True),  # only worth something beside a language
    ({"nomination": True}, "sibling", False),  # hidden behind the nomination
    ({"nomination": True}, "age", True),
    ({"age": 29}, "age", False),
    ({}, "job_offer", False),  # counts nothing any more
    ({"english": None, "french": None}, "trade_certificate", False),
]


@pytest.mark.parametrize(("given_answers", "field", "needed"), NEEDED)
def test_the_interview_asks_only_what_can_still_matter(
    given_answers: dict[str, Any], field: str, needed: bool
) -> None:
    assert (field in crs.fields_needed(Profile.parse(given_answers), DAY)) is needed


def test_other_ontario_work_is_asked_only_while_the_position_may_give_nothing() -> None:
    asked = eoi.fields_needed(Profile(), "workforce_priority", DAY)
    later = eoi.fields_needed(Profile.parse({"months_in_position": 14}), "workforce_priority", DAY)
    assert "months_other_ontario" in asked
    assert "months_other_ontario" not in later


def test_an_offer_is_asked_while_offers_still_counted() -> None:
    assert "job_offer" in crs.fields_needed(Profile(), date(2025, 3, 24))


@settings(max_examples=25, deadline=None)
@given(ontario_people)
def test_a_line_of_a_score_is_known_exactly_when_all_its_answers_were_given(person: Profile) -> None:
    card = eoi.score(person, "international_student", DAY)
    for factor in card.factors:
        assert factor.known is all(person.knows(name) for name in factor.fields)

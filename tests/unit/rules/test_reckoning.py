"""Two reckonings of the same scores agree on ten thousand people drawn at random."""

from __future__ import annotations

import random
from datetime import date
from typing import Any

import pytest

from rules import crs, eoi, occupations
from rules.profile import Profile
from tests.unit.rules import reckoning

PEOPLE = 10_000
EDGES = (0, 4, 5, 6, 7, 8, 9, 10, 12)
CRS_LEVELS = tuple(reckoning.STUDY)
MONTHS = (0, 5, 6, 11, 12, 12.5, 13, 23, 24, 25, 60)
DOLLARS = (0, 29_999, 30_000, 40_000, 49_999.5, 50_000, 69_999, 70_000, 120_000)
WAGES = (15, 19.99, 20, 24.99, 25, 29.99, 30, 34.99, 35, 39.99, 40, 75)


def levels(draw: random.Random) -> dict[str, int] | None:
    """None, one level for all, or four that differ: the lowest ability must matter."""
    kind = draw.random()
    if kind < 0.15:
        return None
    if kind < 0.4:
        return dict.fromkeys(reckoning.ABILITIES, draw.choice(EDGES))
    return {ability: draw.randint(3, 12) for ability in reckoning.ABILITIES}


def federal(draw: random.Random) -> dict[str, Any]:
    partner = {
        "education": draw.choice(CRS_LEVELS),
        "language": levels(draw),
        "canadian_experience_years": draw.randint(0, 7),
    }
    return {
        "age": draw.randint(16, 50),
        "education": draw.choice(CRS_LEVELS),
        "canadian_credential": draw.choice(("none", "one_or_two_years", "three_years_or_more")),
        "first_language": draw.choice(("english", "french")),
        "english": levels(draw),
        "french": levels(draw),
        "canadian_experience_years": draw.choice((0, 0.5, 1, 1.9, 2, 3, 4, 5, 9)),
        "foreign_experience_years": draw.choice((0, 0.9, 1, 2, 2.9, 3, 8)),
        "trade_certificate": draw.random() < 0.3,
        "nomination": draw.random() < 0.2,
        "sibling": draw.random() < 0.3,
        "job_offer": draw.choice(("none", "major_group_00", "other")),
        "spouse": partner if draw.random() < 0.5 else None,
    }


def provincial(draw: random.Random) -> dict[str, Any]:
    return {
        "noc": draw.choice(sorted(occupations.codes())),
        "hourly_wage": draw.choice(WAGES),
        "months_in_position": draw.choice(MONTHS),
        "months_other_ontario": draw.choice(MONTHS),
        "best_year_earnings": draw.choice(DOLLARS),
        "status": draw.choice(("work_permit", "study_permit", "none")),
        "education": draw.choice(tuple(reckoning.STUDIED_2026)),
        "field_of_study": draw.choice(("stem_health_trades", "business_social_law", "arts_humanities", None)),
        "canadian_credentials": draw.randint(0, 3),
        "english": levels(draw),
        "french": levels(draw),
        "job_location": draw.choice(tuple(reckoning.REGION)),
        "study_location": draw.choice(tuple(reckoning.REGION)),
    }


@pytest.mark.parametrize(
    ("day", "offers_count", "people"),
    [(date(2025, 3, 24), True, PEOPLE // 5), (date(2025, 3, 25), False, PEOPLE)],
    ids=["before", "since"],
)
def test_the_ranking_system(day: date, offers_count: bool, people: int) -> None:
    draw = random.Random(20250325)
    for _ in range(people):
        person = federal(draw)
        card = crs.score(Profile.parse(person), day)
        expected = reckoning.crs(person, offers_count=offers_count)
        assert {**card.parts, "total": card.total} == expected, person


def test_the_workforce_priority_grid() -> None:
    draw = random.Random(20260720)
    for _ in range(PEOPLE):
        person = provincial(draw)
        card = eoi.score(Profile.parse(person), "workforce_priority", date(2026, 9, 1))
        assert card.total == reckoning.of_2026(person), person


@pytest.mark.parametrize("stream", reckoning.ASKED_2022)
def test_the_five_stream_grid(stream: Any) -> None:
    draw = random.Random(stream)
    for _ in range(PEOPLE // 10):
        person = provincial(draw)
        card = eoi.score(Profile.parse(person), stream, date(2026, 3, 25))
        assert card.total == reckoning.of_2022(person, stream), person


def test_both_reckonings_cover_every_census_division() -> None:
    assert len(reckoning.REGION) == 49

"""A work history read for the score grids."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest

from rules.profile import Profile
from rules.work import with_work, worked

DAY = date(2026, 9, 1)


def job(noc: str, start: str, end: str | None, place: str | None, **more: Any) -> dict[str, Any]:
    return {"noc": noc, "from": start, "to": end, "place": place, "hours_per_week": 40, **more}


def person(*jobs: dict[str, Any], noc: str | None = "21232") -> Profile:
    return Profile.parse({"noc": noc, "jobs": list(jobs)})


CASES = [
    (
        "the current job in the offered occupation",
        [job("21232", "2025-07-01", None, "Ottawa")],
        (14, 0, 1, 0),
    ),
    ("a day short of fourteen months", [job("21232", "2025-07-03", None, "Ottawa")], (13, 0, 1, 0)),
    ("the position left", [job("21232", "2024-01-01", "2026-08-31", "Ottawa")], (0, 32, 2, 0)),
    ("another occupation in Ontario", [job("64100", "2025-01-01", None, "Toronto")], (0, 20, 0, 0)),
    ("three years in India", [job("21231", "2021-01-01", "2023-12-31", "Bangalore")], (0, 0, 0, 3)),
    ("two years in Vancouver", [job("21231", "2022-01-01", "2023-12-31", "Vancouver")], (0, 0, 2, 0)),
    (
        "half time counts half",
        [job("21231", "2022-01-01", "2023-12-31", "India", hours_per_week=15)],
        (0, 0, 0, 1),
    ),
    (
        "sixty hours count as thirty",
        [job("21231", "2022-01-01", "2022-12-31", "India", hours_per_week=60)],
        (0, 0, 0, 1),
    ),
    ("unpaid work", [job("21232", "2024-01-01", None, "Ottawa", paid=False)], (0, 0, 0, 0)),
    (
        "self-employed in Canada",
        [job("21232", "2023-01-01", None, "Ottawa", self_employed=True)],
        (44, 0, 0, 0),
    ),
    ("work of eleven years ago", [job("21231", "2013-01-01", "2015-08-31", "India")], (0, 0, 0, 0)),
    ("no work at all", [], (0, 0, 0, 0)),
]


@pytest.mark.parametrize(("jobs", "expected"), [case[1:] for case in CASES], ids=[case[0] for case in CASES])
def test_a_history_settles_the_four_fields(jobs: list[dict[str, Any]], expected: tuple[int, ...]) -> None:
    found = worked(person(*jobs), DAY)
    assert found.open == ()
    assert tuple(found.answers.values()) == expected


def test_a_place_that_is_not_known_leaves_open_what_hangs_on_it() -> None:
    found = worked(person(job("21232", "2025-07-01", None, "Springfield XYZ")), DAY)
    assert found.answers == {}
    assert set(found.open) == {
        "months_in_position",
        "months_other_ontario",
        "canadian_experience_years",
        "foreign_experience_years",
    }


def test_without_an_offer_the_position_is_open_but_the_years_are_not() -> None:
    found = worked(person(job("21232", "2024-07-01", None, "Ottawa"), noc=None), DAY)
    assert found.answers == {"canadian_experience_years": 2, "foreign_experience_years": 0}


def test_what_the_person_said_stays() -> None:
    said = person(job("21232", "2025-07-01", None, "Ottawa")).with_answers(months_in_position=3)
    filled = with_work(said, DAY)
    assert filled.months_in_position == 3
    assert filled.canadian_experience_years == 1
    assert with_work(Profile.parse({"age": 30}), DAY).given() == {"age": 30}

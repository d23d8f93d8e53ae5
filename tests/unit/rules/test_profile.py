"""What a profile takes, what it refuses and in which words."""

from __future__ import annotations

from typing import Any, get_args

import pytest

from rules.errors import BadInput
from rules.fields import FIELDS
from rules.profile import Education, Profile


def test_a_profile_survives_json_and_keeps_what_was_given() -> None:
    data: dict[str, Any] = {
        "age": 29,
        "english": {"speaking": 9, "listening": 8, "reading": 7, "writing": 6},
        "french": None,
        "jobs": [{"noc": "21232", "from": "2024-01-02", "to": None, "place": "Ottawa"}],
    }
    profile = Profile.parse(data)
    assert profile.given() == data
    assert Profile.parse(profile.given()) == profile


def test_knowing_no_is_not_the_same_as_not_knowing() -> None:
    profile = Profile.parse({"nomination": False, "french": None})
    assert profile.knows("nomination")
    assert profile.knows("french")
    assert not profile.knows("sibling")


def test_null_for_a_field_without_null_counts_as_not_given() -> None:
    profile = Profile.parse({"months_in_position": None})
    assert profile.months_in_position == 0
    assert not profile.knows("months_in_position")


def test_answers_come_and_go_one_at_a_time() -> None:
    profile = Profile.parse({"age": 29, "sibling": True})
    changed = profile.with_answers(age=30, spouse={"education": "master"})
    assert changed.given() == {"age": 30, "sibling": True, "spouse": {"education": "master"}}
    assert changed.without("age", "spouse").given() == {"sibling": True}
    assert profile.age == 29


def test_the_catalogue_and_the_profile_name_the_same_fields() -> None:
    assert set(FIELDS) == set(Profile.model_fields)


def test_the_catalogue_offers_exactly_the_answers_the_profile_takes() -> None:
    for name, field in FIELDS.items():
        for choice in field.choices:
            assert Profile.parse({name: choice}).knows(name)
    assert set(FIELDS["education"].choices) == set(get_args(Education))


BAD = [
    ({"age": 0}, "age", "lowest accepted is 1"),
    ({"age": 120}, "age", "highest accepted is 119"),
    ({"age": "29"}, "age", "not a whole number"),
    ({"hourly_wage": -1}, "hourly_wage", "lowest accepted is 0"),
    ({"hourly_wage": 85_000}, "hourly_wage", "highest accepted is 1,000"),
    ({"hourly_wage": float("nan")}, "hourly_wage", "NaN"),
    ({"hourly_wages": 41}, "hourly_wages", 'perhaps "hourly_wage"'),
    ({"shoe_size": 41}, "shoe_size", "not a field here"),
    ({"noc": "99999"}, "noc", "21232 are accepted"),
    ({"education": "phd"}, "education", "doctorate"),
    ({"english": {"speaking": 13}}, "english.speaking", "highest accepted is 12"),
    ({"english": {"speaking": 9.5}}, "english.speaking", "not a whole number"),
    ({"english": "good"}, "english", "good"),
    ({"nomination": 1}, "nomination", "neither true nor false"),
    ({"hourly_wage": True}, "hourly_wage", '"true"'),
    ({"jobs": [{"noc": None, "from": "2026-01-01"}]}, "jobs.0.noc", "needed"),
    ({"nomination": "yes"}, "nomination", "neither true nor false"),
    ({"spouse": {"age": 30}}, "spouse.age", "not a field here"),
    ({"jobs": [{"noc": "21232", "from": "2026-13-01"}]}, "jobs.0.from", "2026-11-23"),
    ({"jobs": [{"noc": "21232"}]}, "jobs.0.from", "needed"),
    ({"jobs": [{"noc": "21232", "from": "2026-02-01", "to": "2026-01-01"}]}, "jobs.0", "before it begins"),
]


@pytest.mark.parametrize(("data", "field", "words"), BAD, ids=[str(case[0]) for case in BAD])
def test_bad_input_names_the_field_and_what_is_accepted(data: dict[str, Any], field: str, words: str) -> None:
    with pytest.raises(BadInput) as caught:
        Profile.parse(data)
    assert caught.value.field == field
    assert words in caught.value.message
    assert caught.value.text("fr") != caught.value.message


def test_null_inside_a_part_is_as_if_absent() -> None:
    spouse = {"education": None, "canadian_experience_years": None, "language": {"speaking": None}}
    job = {"noc": "21232", "from": "2026-01-01", "to": None, "paid": None}
    told = Profile.parse({"spouse": spouse, "jobs": [job]})
    assert told.spouse is not None
    assert (told.spouse.education, told.spouse.canadian_experience_years) == ("none", 0)
    assert told.spouse.language is not None
    assert told.spouse.language.all == (0, 0, 0, 0)
    assert told.jobs[0].paid
    assert told.jobs[0].end is None
    assert Profile.parse(told.given()) == told


def test_ages_are_cut_to_whole_years() -> None:
    assert Profile.parse({"age": 29.9}).age == 29

"""What could honestly change, with its gains; and the same offer in other places."""

from __future__ import annotations

from datetime import date
from typing import Any

from hypothesis import HealthCheck, given, settings

from rules import crs, eoi, fsw
from rules.next_steps import NextStep, next_steps
from rules.profile import Profile
from rules.relocation import relocation
from rules.truth import Truth
from tests.unit.rules_streams.people import people

DAY = date(2026, 9, 20)


def levels(speaking: int, listening: int, reading: int, writing: int) -> dict[str, int]:
    return {"speaking": speaking, "listening": listening, "reading": reading, "writing": writing}


def person(**changed: Any) -> Profile:
    told: dict[str, Any] = {
        "noc": "21232",
        "hourly_wage": 38,
        "job_location": "Toronto",
        "english": levels(9, 9, 8, 7),
        "french": None,
        "months_in_position": 8,
        "best_year_earnings": 48_000,
        "status": "work_permit",
        "education": "bachelor",
        "canadian_credentials": 0,
        "canadian_credential": "none",
        "has_eca": False,
        "age": 31,
        "canadian_experience_years": 0,
        "foreign_experience_years": 3,
        "jobs": [{"noc": "21232", "from": "2026-01-14", "hours_per_week": 40, "place": "Toronto"}],
    }
    return Profile.parse({**told, **changed})


def steps_of(profile: Profile, kind: str, on: date = DAY) -> list[NextStep]:
    return [step for step in next_steps(profile, on) if step.id == kind]


def test_the_ability_that_alone_is_lowest_is_named_as_holding_back() -> None:
    (writing,) = steps_of(person(), "language.english.writing")
    assert writing.text("en").startswith(
        "The one ability that holds you back: English writing from CLB 7 to 8"
    )
    assert writing.eoi == 4  # 12 for CLB 8 instead of 8 for CLB 7
    assert writing.crs == 6  # 23 instead of 17; transferability still rests on CLB 7 to 8


def test_no_ability_holds_back_alone_where_two_are_lowest() -> None:
    steps = next_steps(person(english=levels(9, 9, 7, 7)), DAY)
    assert not [step for step in steps if "holds you back" in step.text("en")]
    together = [step.text("en") for step in steps if step.id == "language.english.all"]
    assert any("to raise: reading and writing" in text for text in together)


def test_a_second_official_language_brings_its_bonus_at_level_seven() -> None:
    by_text = {step.text("en"): step for step in steps_of(person(), "second_language.french")}
    seven = next(step for text, step in by_text.items() if "NCLC 7" in text)
    assert seven.eoi == 5
    assert seven.crs == 50 + 12


def test_time_in_the_job_comes_with_its_day() -> None:
    twelve = next(step for step in steps_of(person(), "tenure") if "12 months" in step.text("en"))
    assert twelve.day == date(2027, 1, 14)
    assert "On 14 January 2027 you pass 12 months" in twelve.text("en")
    assert "Le 14 janvier 2027" in twelve.text("fr")
    assert {turn.stream for turn in twelve.turns} == {"canadian_experience_class"}


def test_thirteen_months_are_a_step_of_the_grid_and_come_after_twelve() -> None:
    gains = {step.day: step.eoi for step in steps_of(person(), "tenure")}
    assert gains[date(2027, 2, 14)] == 3
    assert gains[date(2028, 2, 14)] == 6


def test_a_wage_reaches_the_grid_step_and_then_the_median() -> None:
    told = steps_of(person(), "wage")
    assert {step.eoi for step in told} == {3}
    turned = [turn.criterion for step in told for turn in step.turns]
    assert turned == ["wage"]
    assert all("truly pay" in step.text("en") for step in told)


def test_the_wage_step_begins_at_35() -> None:
    low = [step for step in steps_of(person(hourly_wage=34.99, noc="00012"), "wage") if step.eoi == 2]
    assert [step.text("en")[:37] for step in low] == ["A wage of $35.00 an hour instead of $"]


def test_places_outside_the_city_gain_and_say_that_one_must_live_there() -> None:
    assert sorted(step.eoi for step in steps_of(person(), "place")) == [5, 10, 15]
    assert all("truly work and live" in step.text("en") for step in steps_of(person(), "place"))
    assert not steps_of(person(job_location="Thunder Bay"), "place")


def test_another_canadian_credential_scores_in_both_grids() -> None:
    (step,) = steps_of(person(), "credential")
    assert (step.eoi, step.crs) == (5, 15)


def test_an_assessment_turns_the_education_criterion_and_scores_nothing() -> None:
    (step,) = steps_of(person(), "assessment")
    assert (step.eoi, step.crs, step.fsw) == (0, 0, 0)
    assert {turn.criterion for turn in step.turns} == {"education"}


def test_a_canadian_year_moves_the_ranking_and_the_selection_grid() -> None:
    (step,) = steps_of(person(), "canadian_year")
    assert step.crs > 40
    assert step.fsw >= 5  # past work in Canada 10, less what the ceiling takes


def test_without_an_offer_nothing_is_said_of_ontario_points() -> None:
    steps = next_steps(person(has_job_offer=False), DAY)
    assert steps
    assert not any(step.eoi for step in steps)


def test_the_partner_as_principal_applicant_is_shown_as_a_range() -> None:
    partner = {"education": "doctorate", "language": levels(10, 10, 10, 10), "canadian_experience_years": 2}
    (step,) = steps_of(person(spouse=partner), "partner_applies")
    assert "by their age" in step.text("en")


def test_a_partner_who_would_score_less_is_not_proposed() -> None:
    partner = {"education": "secondary", "language": levels(4, 4, 4, 4)}
    assert not steps_of(person(spouse=partner), "partner_applies")


def test_nobody_told_of_nothing_is_told_nothing() -> None:
    assert next_steps(Profile(), DAY) == ()


@settings(max_examples=25, deadline=None, suppress_health_check=list(HealthCheck))
@given(people)
def test_every_step_gains_and_the_gains_are_real(profile: Profile) -> None:
    steps = next_steps(profile, DAY)
    for step in steps:
        gains = (step.eoi, step.crs, step.fsw)
        assert min(gains) >= 0
        assert any(gains) or step.turns or step.id == "partner_applies"
        assert step.text("en") != step.text("fr")
    assert [step.weight for step in steps] == sorted((step.weight for step in steps), reverse=True)


def test_relocation_shows_the_offer_place_by_place_with_the_floors() -> None:
    rows = {row.place.name: row for row in relocation(person(), DAY)}
    assert rows["Toronto"].here
    assert rows["Toronto"].gain == 0
    gains = {name: rows[name].gain for name in ("Mississauga", "Ottawa", "Waterloo", "London", "Thunder Bay")}
    assert gains == {"Mississauga": 5, "Ottawa": 10, "Waterloo": 10, "London": 10, "Thunder Bay": 15}
    floors = {name: (row.revenue_floor, row.staff_floor) for name, row in rows.items()}
    assert floors["Mississauga"] == (1_000_000, 5)
    assert floors["Ottawa"] == (500_000, 3)
    wage = rows["Ottawa"].wage
    assert wage is not None
    assert wage.verdict is Truth.NO


def test_relocation_starts_with_the_persons_own_place() -> None:
    rows = relocation(person(job_location="Pembroke"), DAY)
    assert rows[0].here
    assert rows[0].place.name == "Pembroke"
    assert rows[0].revenue_floor == 250_000
    assert {row.maximum for row in rows} == {130}


def test_relocation_without_a_place_still_compares() -> None:
    rows = relocation(person(job_location=None), DAY)
    assert not any(row.here for row in rows)
    assert {row.gain for row in rows} == {None}
    assert max(row.eoi for row in rows) - min(row.eoi for row in rows) == 15


def test_gains_are_differences_of_the_real_scores() -> None:
    now = person()
    (step,) = steps_of(now, "language.english.writing")
    then = now.with_answers(english=levels(9, 9, 8, 8))
    assert step.eoi == (
        eoi.score(then, "workforce_priority", DAY).total - eoi.score(now, "workforce_priority", DAY).total
    )
    assert step.crs == crs.score(then, DAY).total - crs.score(now, DAY).total
    assert step.fsw == fsw.score(then, DAY).total - fsw.score(now, DAY).total

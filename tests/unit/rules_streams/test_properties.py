"""What holds for every person on every day, whoever they are."""

from __future__ import annotations

from datetime import date
from typing import Any

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from rules.fields import FIELDS
from rules.profile import Profile
from rules.rulebook import sources
from rules.streams import CriterionResult, StreamAssessment, assess
from rules.truth import Truth
from tests.unit.rules_streams.people import DAYS, answer_to, one_answer, people

many = settings(max_examples=100, deadline=None, suppress_health_check=list(HealthCheck))
# answers that also settle a question which is asked under another name
TELLTALES = {
    "canadian_credential",
    "canadian_credentials",
    "credential",
    "education",
    "study_location",
    "credential_in_ontario",
    "job_offer",
    "jobs",
}
OPEN_DAY = date(2026, 9, 1)


def _tells(name: str, was: CriterionResult) -> bool:
    """Asked for, or another way of saying what is asked for: a wage belongs to an offer, years to jobs."""
    offer = "has_job_offer" in was.asks and name in ("hourly_wage", "job_location")
    totals = "jobs" in was.asks and name.endswith(("_experience_years", "months_in_position"))
    return name in was.asks or name in TELLTALES or offer or totals


def assessed(profile: Profile, on: date) -> tuple[StreamAssessment, ...]:
    return assess(profile, on, ask_closed=True)


@many
@given(people, DAYS, one_answer)
def test_a_verdict_changes_only_with_one_of_its_own_fields(
    person: Profile, on: date, answer: tuple[str, Any]
) -> None:
    name, value = answer
    changed = person.with_answers(**{name: value})
    for before, after in zip(assessed(person, on), assessed(changed, on), strict=True):
        for was, now in zip(before.criteria, after.criteria, strict=True):
            if name not in was.fields:
                assert (was.verdict, was.reason.text()) == (now.verdict, now.reason.text())


@many
@given(people, DAYS, one_answer)
def test_an_answer_that_was_not_asked_for_decides_nothing(
    person: Profile, on: date, answer: tuple[str, Any]
) -> None:
    name, value = answer
    if person.knows(name):
        return
    changed = person.with_answers(**{name: value})
    for before, after in zip(assessed(person, on), assessed(changed, on), strict=True):
        for was, now in zip(before.criteria, after.criteria, strict=True):
            if was.verdict is Truth.UNKNOWN and not _tells(name, was):
                assert now.verdict is Truth.UNKNOWN, (before.stream, was.id)


@many
@given(people, DAYS)
def test_what_is_asked_is_not_known_and_belongs_to_an_open_criterion(person: Profile, on: date) -> None:
    for stream in assessed(person, on):
        opened = {name for one in stream.criteria if one.verdict is Truth.UNKNOWN for name in one.asks}
        assert set(stream.asks) <= opened
        for one in stream.criteria:
            assert set(one.asks) <= set(one.fields)
            assert not one.asks or one.verdict is Truth.UNKNOWN
        if stream.verdict is not Truth.UNKNOWN:
            assert stream.asks == ()
        costs = [FIELDS[name].cost for name in stream.asks]
        assert costs == sorted(costs)
        assert not [name for name in stream.asks if person.knows(name) and name != "jobs"]


@many
@given(people, DAYS)
def test_a_stream_is_the_sum_of_its_criteria(person: Profile, on: date) -> None:
    for stream in assessed(person, on):
        verdicts = {one.verdict for one in stream.criteria}
        if Truth.NO in verdicts:
            assert stream.verdict is Truth.NO
        elif Truth.UNKNOWN in verdicts or not verdicts:
            assert stream.verdict is Truth.UNKNOWN
        else:
            assert stream.verdict is Truth.YES


@many
@given(people, DAYS)
def test_every_reason_can_be_read_in_both_languages_and_has_a_source(person: Profile, on: date) -> None:
    for stream in assessed(person, on):
        for one in stream.criteria:
            for lang in ("en", "fr"):
                assert one.reason.text(lang).strip()
                assert one.label.text(lang).strip()
                assert one.change is None or one.change.text(lang).strip()
            assert one.source.key in sources()
            if not one.source.firm:
                assert "check the official page" in one.reason.text("en")
        for note in stream.notes:
            assert note.text.text("en") != note.text.text("fr")


@settings(max_examples=60, deadline=None, suppress_health_check=list(HealthCheck))
@given(people, st.data())
def test_answering_whatever_is_asked_leads_to_a_verdict_where_the_facts_are_held(
    person: Profile, data: st.DataObject
) -> None:
    for name in ("workforce_priority_teer_0_3", "human_capital_priorities", "federal_skilled_worker"):
        told, asked = person, ["start"]
        while asked:
            stream = next(one for one in assessed(told, OPEN_DAY) if one.stream == name)
            asked = [field for field in stream.asks if not told.knows(field)]
            if asked:
                told = told.with_answers(**{asked[0]: data.draw(answer_to(FIELDS[asked[0]]))})
        still_open = {one.id for one in stream.criteria if one.verdict is Truth.UNKNOWN}
        doubtful_history = any(job.hours_per_week is None or job.place for job in told.jobs)
        ours = {"wage", "employer_revenue", "employer_staff"}
        assert stream.verdict is not Truth.UNKNOWN or still_open <= ours or doubtful_history

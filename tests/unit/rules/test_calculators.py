"""Deadlines in Toronto's time, fees by day and place, pay by the hour and by the year."""

from __future__ import annotations

from datetime import UTC, date, datetime

import pytest

from rules import deadlines, fees, pay
from rules.errors import BadInput, NotInForce
from rules.rulebook import all_rules

DAY = date(2026, 9, 10)


@pytest.mark.parametrize(
    ("name", "event", "last"),
    [
        ("register_after_job_offer", date(2026, 8, 4), date(2026, 9, 3)),
        ("employer_application", date(2026, 9, 1), date(2026, 9, 15)),
        ("applicant_application", date(2026, 9, 1), date(2026, 9, 18)),
        ("physician_application", date(2026, 9, 1), date(2026, 9, 18)),
        ("graduate_application", date(2026, 4, 30), date(2026, 5, 14)),
        ("notification_application", date(2024, 9, 19), date(2024, 11, 3)),
        ("accept_nomination", date(2026, 12, 15), date(2027, 1, 14)),
        ("federal_application", date(2026, 8, 31), date(2027, 2, 28)),
        ("registration_validity", date(2024, 2, 29), date(2025, 2, 28)),
    ],
)
def test_a_deadline_ends_so_many_days_after_its_event(name: str, event: date, last: date) -> None:
    due = deadlines.due(name, event, DAY)
    assert due.last_day == last
    assert due.days_left == (last - DAY).days


def test_an_evening_in_toronto_is_not_tomorrow() -> None:
    late = datetime(2026, 9, 2, 3, 30, tzinfo=UTC)
    due = deadlines.due("applicant_application", late, DAY)
    assert due.event == date(2026, 9, 1)
    assert due.ends.isoformat() == "2026-09-18T23:59:59-04:00"


def test_the_last_moment_knows_winter_time() -> None:
    due = deadlines.due("applicant_application", date(2026, 10, 20), DAY)
    assert due.ends.isoformat() == "2026-11-06T23:59:59-05:00"


@pytest.mark.parametrize(("today", "code"), [(17, "left"), (18, "today"), (19, "past")])
def test_a_deadline_says_whether_it_is_over(today: int, code: str) -> None:
    due = deadlines.due("applicant_application", date(2026, 9, 1), date(2026, 9, today))
    assert due.reason.code == f"deadline.{code}"
    assert "18 septembre 2026" in due.reason.text("fr")


def test_a_deadline_that_did_not_exist_yet_is_an_error() -> None:
    with pytest.raises(NotInForce, match="1 May 2026"):
        deadlines.due("physician_application", date(2026, 5, 1), DAY)


def test_every_deadline_is_named_in_both_languages_and_cited() -> None:
    for name in deadlines.names():
        rule = all_rules()[f"deadline.{name}"]
        assert rule.label.en != rule.label.fr
        assert all(value.citation.url.startswith("https://") for value in rule.values)


def test_the_live_stream_has_no_known_fee_and_says_so() -> None:
    fee = fees.application_fee("workforce_priority_teer_0_3", DAY)
    assert fee.dollars is None
    assert "https://www.ontario.ca/page/ontario-workforce-priority-stream" in fee.reason.text("fr")


@pytest.mark.parametrize(
    ("stream", "in_gta", "dollars"),
    [
        ("foreign_worker", True, 2000),
        ("foreign_worker", False, 1500),
        ("foreign_worker", None, None),
        ("in_demand_skills", True, 2000),
        ("international_student", True, 1500),
        ("human_capital_priorities", None, 1500),
    ],
)
def test_fees_of_the_closed_streams(stream: str, in_gta: bool | None, dollars: int | None) -> None:
    assert fees.application_fee(stream, date(2026, 3, 1), in_gta=in_gta).dollars == dollars


def test_a_closed_stream_has_no_fee_after_its_end() -> None:
    with pytest.raises(NotInForce):
        fees.application_fee("foreign_worker", DAY, in_gta=True)


def test_pay_by_the_year_becomes_pay_by_the_hour_without_bonuses() -> None:
    assert pay.hourly(85_000, 40, DAY, bonuses=5_000) == 38.46
    assert pay.hourly(72_800, 35, DAY) == 40.0
    assert pay.annual(40, 35, DAY) == 72_800.0


@pytest.mark.parametrize(("annual", "hours"), [(80_000, 0), (80_000, 169), (-1, 40)])
def test_pay_that_cannot_be_is_refused(annual: float, hours: float) -> None:
    with pytest.raises(BadInput):
        pay.hourly(annual, hours, DAY)

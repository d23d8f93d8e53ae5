"""The sheet of all rules, the faults of the data, and what is past its review day."""

from __future__ import annotations

from datetime import date

import pytest

from bot.printing.fact_sheet import as_html, as_pdf
from rules import lint
from rules.fact_sheet import Fact, facts, stale
from rules.rulebook import all_rules, documents

DAY = date(2026, 11, 23)


@pytest.fixture(scope="module")
def every() -> tuple[Fact, ...]:
    return facts("en")


def found(every: tuple[Fact, ...], where: str, words: str) -> Fact:
    return next(fact for fact in every if fact.where == where and words in f"{fact.name} {fact.value}")


def test_every_file_of_rules_is_on_the_sheet(every: tuple[Fact, ...]) -> None:
    on_it = {fact.where for fact in every}
    silent = ("texts/", "values/", "sources", "noc_codes")
    assert {name for name in documents("") if not name.startswith(silent)} <= on_it
    assert {"values", "wages/2025"} <= on_it


def test_every_fact_has_a_source_with_a_date_and_a_confidence(every: tuple[Fact, ...]) -> None:
    for fact in every:
        assert fact.citation is not None
        assert fact.citation.url.startswith("https://"), fact


def test_every_dated_value_is_a_line(every: tuple[Fact, ...]) -> None:
    values = [fact for fact in every if fact.where == "values"]
    assert len(values) >= sum(len(rule.values) for rule in all_rules().values())
    fee = found(every, "values", "fee.job_offer_gta")
    assert (fee.value, fee.until) == ("2000 dollars", date(2026, 6, 25))


def test_points_and_dates_of_the_grids_can_be_read_off(every: tuple[Fact, ...]) -> None:
    wage = found(every, "grids/eoi_g3", "hourly_wage) › steps")
    assert wage.value == "0 / 0; 20 / 5; 25 / 8; 30 / 10; 35 / 12; 40 / 15"
    assert wage.since == date(2026, 7, 20)
    offer = found(every, "grids/crs", "crs-2022-11-16")
    assert (offer.value, offer.until) == ("job_offer: major_group_00: 200; other: 50", date(2025, 3, 24))


def test_a_reported_change_and_a_contradiction_are_not_smoothed_over(every: tuple[Fact, ...]) -> None:
    reported = found(every, "grids/crs", "reported")
    assert reported.citation is not None
    assert reported.citation.confidence == "secondary"
    assert reported.note is not None
    assert "186" in reported.note.en
    assert any(fact.name.endswith("≠") for fact in every)


def test_facts_past_their_review_day_are_listed() -> None:
    assert stale(date(2025, 1, 1)) == ()
    late = {fact.where for fact in stale(date(2026, 11, 20))}
    assert "wages/2025" in late
    assert "grids/eoi_g3" not in late


def test_what_was_over_when_it_was_read_needs_no_second_look(every: tuple[Fact, ...]) -> None:
    assert found(every, "language", "tef_canada › scales › old").review is None


def test_the_page_holds_every_fact_escaped_and_names_late_ones(every: tuple[Fact, ...]) -> None:
    page = as_html(every, DAY, "fr")
    assert page.count("<tr class=") == len(every)
    assert "<script" not in page
    assert "Les règles tenues au 23 novembre 2026" in page
    assert 'class="late"' in page


def test_the_print_is_a_pdf(every: tuple[Fact, ...]) -> None:
    assert as_pdf(every[:40], DAY, "en").startswith(b"%PDF-")


def test_the_rule_data_has_no_fault() -> None:
    assert lint.problems(DAY) == ()


def test_a_copy_dated_in_the_future_would_be_a_fault() -> None:
    faults = lint.problems(date(2026, 1, 1))
    assert any("still to come" in fault.what for fault in faults)


def test_the_gaps_of_a_text_are_its_names() -> None:
    assert lint.gaps("{wage:money} in {region}, {{literally}}") == {"wage", "region"}

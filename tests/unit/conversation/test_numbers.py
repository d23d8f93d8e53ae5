"""Amounts, lengths of time and dates as people type them."""

from datetime import date

import pytest

from bot.conversation import numbers


@pytest.mark.parametrize(
    ("text", "amount", "period"),
    [
        ("85k a year", 85_000, "year"),
        ("$41/h", 41, "hour"),
        ("41.50 an hour", 41.5, "hour"),
        ("41,50 $ de l'heure", 41.5, "hour"),
        ("85 000 $ par an", 85_000, "year"),
        ("3 500 $ par mois", 3_500, "month"),
        ("900 per week", 900, "week"),
        ("85,000", 85_000, None),
        ("1.2 million", 1_200_000, None),
        ("1,2 million de dollars par an", 1_200_000, "year"),
    ],
)
def test_pay(text: str, amount: float, period: str | None) -> None:
    assert numbers.pay(text) == numbers.Pay(amount, period)  # type: ignore[arg-type]


@pytest.mark.parametrize(
    ("text", "months"),
    [
        ("two years", 24),
        ("14 months", 14),
        ("a year and a half", 18),
        ("2 ans et 3 mois", 27),
        ("un an et demi", 18),
        ("1.5 years", 18),
        ("18", 18),
        ("none", 0),
        ("purple", None),
    ],
)
def test_months(text: str, months: int | None) -> None:
    assert numbers.months(text) == months


def test_an_article_alone_is_no_amount() -> None:
    assert numbers.pay("a fortune") is None


def test_a_bare_number_can_mean_years() -> None:
    assert numbers.months("3", bare="years") == 36


@pytest.mark.parametrize(
    ("text", "day"),
    [
        ("2024-03-01", date(2024, 3, 1)),
        ("March 2024", date(2024, 3, 1)),
        ("3/2024", date(2024, 3, 1)),
        ("15 mars 2024", date(2024, 3, 15)),
        ("May 5, 2023", date(2023, 5, 5)),
        ("2024", date(2024, 1, 1)),
        ("2024-13-01", None),
        ("31 June 2024", None),
        ("yesterday", None),
    ],
)
def test_day(text: str, day: date | None) -> None:
    assert numbers.day(text) == day


def test_an_end_without_a_day_is_the_last_of_the_month() -> None:
    assert numbers.day("Feb 2024", end=True) == date(2024, 2, 29)

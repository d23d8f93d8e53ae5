"""Answers as they are read back: one year, two years; zéro an, deux ans."""

import pytest

from bot.conversation.spoken import shown


@pytest.mark.parametrize(
    ("field", "value", "english", "french"),
    [
        ("canadian_experience_years", 0, "0 years", "0 an"),
        ("canadian_experience_years", 1, "1 year", "1 an"),
        ("canadian_experience_years", 2, "2 years", "2 ans"),
        ("months_in_position", 1, "1 month", "1 mois"),
        ("months_in_position", 14, "14 months", "14 mois"),
    ],
)
def test_a_length_of_time_in_the_right_number(field: str, value: int, english: str, french: str) -> None:
    assert (shown(field, value, "en"), shown(field, value, "fr")) == (english, french)

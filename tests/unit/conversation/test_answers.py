"""Typed answers as the values their fields take."""

from datetime import date

import pytest

from bot.conversation import answers
from bot.conversation.answers import NotUnderstood

TODAY = date(2026, 11, 23)


@pytest.mark.parametrize(
    ("field", "text", "value"),
    [
        ("has_job_offer", "yes I do", True),
        ("has_job_offer", "non", False),
        ("education", "Bachelor", "bachelor"),
        ("education", "master's degree", "master"),
        ("education", "maîtrise", "master"),
        ("education", "phd", "doctorate"),
        ("education", "high school", "secondary"),
        ("education", "university certificate below bachelor", "university_certificate_below"),
        ("status", "work permit", "work_permit"),
        ("status", "permis d'études", "study_permit"),
        ("hourly_wage", "$41/h", 41.0),
        # 85,000 / 52 weeks / 40 hours, and at 37.5 hours
        ("hourly_wage", "85k a year", 40.87),
        ("hourly_wage", "85,000 a year at 37.5 hours", 43.59),
        ("hourly_wage", "85 000 $ par an, 37,5 heures", 43.59),
        ("hourly_wage", "7000 a month", 40.38),
        ("months_in_position", "two years", 24),
        ("age", "29", 29),
        ("canadian_credentials", "Un", 1),
        ("canadian_credentials", "two or more", 2),
        ("canadian_experience_years", "3", 3),
        ("job_location", "K-W", "K-W (community, Kitchener)"),
        ("employer_revenue", "1.2 million", 1_200_000),
        ("job.to", "I still work there", None),
        ("job.from", "March 2024", date(2024, 3, 1)),
    ],
)
def test_understood(field: str, text: str, value: object) -> None:
    assert answers.read(field, text, TODAY) == value


@pytest.mark.parametrize(
    ("field", "text"),
    [
        ("education", "certificate"),
        ("education", "something else entirely"),
        ("age", "0"),
        ("age", "120"),
        ("hourly_wage", "-5"),
        ("hourly_wage", "plenty"),
        ("job.from", "a while ago"),
    ],
)
def test_not_understood_says_what_is_accepted(field: str, text: str) -> None:
    with pytest.raises(NotUnderstood) as caught:
        answers.read(field, text, TODAY)
    assert caught.value.text("en")
    assert caught.value.text("fr")

"""From pasted text to duties with shares."""

from __future__ import annotations

import pytest

from knowledge.noc.splitting import split

LETTER = """ACME Software Inc.
To whom it may concern,
This is to certify that Jane Doe was employed with us as a Software Developer from May 2019 to June 2023.
Her duties included:
1. Write services in Java
2. Review the code of colleagues
Salary: CAD 85,000 per year, 40 hours per week
Please do not hesitate to contact us at hr@acme.example
Sincerely,"""


def texts(text):
    return [duty.text for duty in split(text).duties]


@pytest.mark.parametrize(
    ("text", "duties"),
    [
        ("- write code\n- test it", ["write code", "test it"]),
        ("• write code • test it • ship it", ["write code", "test it", "ship it"]),
        ("1. Collect needs 2. Design systems 3. Test", ["Collect needs", "Design systems", "Test"]),
        ("I write code. I test it.", ["I write code.", "I test it."]),
        ("My duties include: writing code; testing it", ["writing code", "testing it"]),
        ("Je programme en Java. Je teste.", ["Je programme en Java.", "Je teste."]),
        ("I use tools, e.g. Git. I ship.", ["I use tools, e.g. Git.", "I ship."]),
        ("", []),
        ("***", []),
    ],
)
def test_a_text_is_cut_into_its_duties(text, duties):
    assert texts(text) == duties


@pytest.mark.parametrize(
    ("text", "shares"),
    [
        ("60 % coding, 40 % architecture", {"coding": 0.6, "architecture": 0.4}),
        ("coding 60%, meetings 40%", {"coding": 0.6, "meetings": 0.4}),
        ("- Write code (70%)\n- Lead the team (30%)", {"Write code": 0.7, "Lead the team": 0.3}),
        ("80% code and 20% design", {"code": 0.8, "design": 0.2}),
        ("- code\n- test", {"code": 0.5, "test": 0.5}),
        ("- 50% code\n- test\n- write", {"code": 0.5, "test": 0.25, "write": 0.25}),
    ],
)
def test_shares_are_what_was_given_and_sum_to_one(text, shares):
    duties = split(text).duties
    assert {duty.text: pytest.approx(duty.share) for duty in duties} == shares
    assert sum(duty.share for duty in duties) == pytest.approx(1)


def test_a_duty_of_zero_percent_is_no_duty():
    assert texts("0% coding. Configure accounts. Train users.") == ["Configure accounts.", "Train users."]


def test_a_percentage_inside_a_sentence_is_not_a_share():
    assert split("I cut the costs of hosting by 30 % over the year").duties[0].share == 1


def test_the_boilerplate_of_a_letter_is_dropped():
    assert texts(LETTER)[-2:] == ["Write services in Java", "Review the code of colleagues"]
    assert not any("hesitate" in text or "Salary" in text or "certify" in text for text in texts(LETTER))


def test_a_short_line_above_bullets_is_the_title():
    said = split("Data engineer\n- build pipelines\n- model data")
    assert said.title == "Data engineer"
    assert [duty.text for duty in said.duties] == ["build pipelines", "model data"]


def test_a_labelled_title_is_found_in_english_and_french():
    assert split("Position: Cook\nI prepare meals.").title == "Cook"
    assert split("Poste : Cuisinière\nJe prépare les repas.").title == "Cuisinière"


def test_a_line_broken_by_a_mail_program_is_joined():
    text = "I design and maintain the internal tools that the finance department\nuses to close the books."
    assert len(texts(text)) == 1

"""A reference letter against a code."""

from __future__ import annotations

import pytest

from knowledge.noc.letter import check, repeats
from knowledge.noc.official_texts import OfficialGroup, OfficialTexts

FULL = """Northern Data Solutions Inc.
12 King Street, Toronto
To whom it may concern,
This letter is to confirm that Ana Ruiz was employed with us as a Data Engineer from May 2019 to June 2023, 40 hours
per week, at an annual salary of $95,000.
Her duties included:
- Built ETL pipelines with Spark and Airflow
- Trained and deployed machine learning models
- Modelled data in the Snowflake warehouse
Please contact me at lee@northern.example or 416-555-0100.
Sincerely,
Sam Lee, Director"""
BARE = "Built ETL pipelines with Spark and Airflow\nTrained machine learning models"
OFFICIAL = OfficialTexts(
    groups=(
        OfficialGroup(
            code="21211",
            title={"en": "Data scientists"},
            duties={
                "en": ("Mend broken wicks of every lamp in the northern harbour before each winter night",)
            },
        ),
    )
)
COPY = "- Mend broken wicks of every lamp in the northern harbour\n- Trained machine learning models"


def test_a_full_letter_lacks_nothing_and_fits(matcher):
    checked = check(FULL, "21211", matcher, None)
    assert checked.absent == ()
    assert checked.better == ()
    assert len(checked.said) == 3
    assert checked.fit.evidence and checked.fit.missing


def test_a_bare_list_lacks_every_particular(matcher):
    absent = check(BARE, "21211", matcher, None).absent
    assert set(absent) == {"title", "dates", "hours", "pay", "contact", "signature", "letterhead"}


@pytest.mark.parametrize(
    ("cut", "particular"),
    [
        (" from May 2019 to June 2023", "dates"),
        (", 40 hours\nper week", "hours"),
        (", at an annual salary of $95,000", "pay"),
        ("lee@northern.example or 416-555-0100", "contact"),
        ("Northern Data Solutions Inc.", "letterhead"),
        ("Sincerely,", "signature"),
    ],
)
def test_each_particular_is_missed_alone(matcher, cut, particular):
    assert cut in FULL
    assert check(FULL.replace(cut, ""), "21211", matcher, None).absent == (particular,)


def test_another_code_that_fits_better_is_named(matcher):
    assert check(FULL, "63200", matcher, None).better == ("21211",)


def test_copied_duties_are_found_when_the_official_text_is_there(matcher):
    checked = check(COPY, "21211", matcher, OFFICIAL)
    assert checked.copied is not None
    assert [line.said for line in checked.copied] == [
        "Mend broken wicks of every lamp in the northern harbour"
    ]
    assert any("wicks" in message for message in checked.messages())


def test_without_the_official_text_it_is_said_that_copying_cannot_be_checked(matcher):
    checked = check(COPY, "21211", matcher, None)
    assert checked.copied is None
    assert any("cannot be checked" in message for message in checked.messages())


def test_messages_are_french_for_a_french_letter(matcher):
    text = "Je conçois des modèles d’apprentissage automatique.\nJe bâtis des chaînes de données pour les équipes."
    assert any("Aucune date" in message for message in check(text, "21211", matcher, None).messages())


def test_an_empty_letter_has_no_duties(matcher):
    checked = check("", "21211", matcher, None)
    assert checked.said == ()
    assert checked.messages()[0].startswith("No duties")


def test_an_unknown_code_is_a_key_error(matcher):
    with pytest.raises(KeyError):
        check(FULL, "99999", matcher, None)


def test_short_or_different_lines_are_no_copies():
    assert not repeats("Mend lamps", "Mend lamps")
    assert not repeats(
        "We repaired the wicks of lamps in several towns last year", OFFICIAL.groups[0].duties["en"][0]
    )

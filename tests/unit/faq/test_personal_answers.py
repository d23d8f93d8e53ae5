"""Where a person has told about their case, the answer speaks of it; of what was not told it says nothing."""

from __future__ import annotations

from datetime import date

from knowledge.faq.index import load_faq
from rules.profile import LanguageLevels, Profile

FAQ = load_faq()
TODAY = date(2026, 11, 23)


def said(slug: str, lang: str = "en", **told: object) -> str:
    return str(FAQ.answer(slug, lang, TODAY, Profile(**told)).html)


def test_the_region_of_the_job_is_scored():
    assert "Your job in Ottawa brings 10." in said("toronto-points", job_location="Ottawa")
    assert "Votre emploi à Ottawa rapporte 10." in said("toronto-points", "fr", job_location="Ottawa")


def test_the_median_of_the_occupation_and_place_is_named():
    html = said("median-wage", noc="21232", job_location="Ottawa")
    assert "For 21232 in Ottawa (" in html
    assert "a median of $" in html


def test_the_employer_floors_of_the_place_are_named():
    assert "For Mississauga that is $1,000,000 and 5 people." in said(
        "employer-size", job_location="Mississauga"
    )


def test_the_pathway_follows_the_code():
    assert "Your code 21232 is TEER 1" in said("occupation-list", noc="21232")
    assert "TEER 4-5 pathway" in said("occupation-list", noc="65202")


def test_the_lowest_ability_is_named():
    levels = LanguageLevels(speaking=7, listening=8, reading=6, writing=7)
    assert "Your lowest ability so far is CLB 6." in said("language-level", english=levels)


def test_nothing_is_said_of_what_was_not_told():
    for slug in FAQ.slugs:
        assert said(slug) == str(FAQ.answer(slug, "en", TODAY, None).html), slug


def test_a_place_that_may_be_several_is_not_guessed():
    assert "Your job" not in said("toronto-points", job_location="Nowhere at all")

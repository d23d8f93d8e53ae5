"""Old articles: what is no longer so and what never was, found in people's own words and in the known articles."""

from datetime import date
from pathlib import Path

import pytest

import knowledge
from knowledge.articles.checker import check, truth
from knowledge.articles.claims import claims
from knowledge.articles.figures import figures

TODAY = date(2026, 11, 23)
SEEDS = Path(knowledge.__file__).parents[2] / "shared" / "seeds"


def found(text: str, today: date = TODAY) -> set[str]:
    return {finding.claim for finding in check(text, "en", today)}


@pytest.mark.parametrize(
    ("text", "claim"),
    [
        ("OINP tech draws are live in 2026!", "tech_draws"),
        ("L’Ontario tient encore des tirages technos", "tech_draws"),
        ("Toronto -8 points, so move to Waterloo", "toronto_eight"),
        ("Hors de Toronto, on gagne 8 points", "toronto_eight"),
        ("Software engineers and designers (currently NOC 21232)", "software_codes"),
        ("IT project managers (NOC 21221)", "project_managers"),
        ("A valid job offer gives 50 extra CRS points", "offer_crs"),
        ("Une offre d'emploi donne 50 points", "offer_crs"),
        ("Candidates can submit an EOI directly to HCP", "hcp_direct"),
        ("You must have a CRS score of 400", "crs_floor"),
        ("Your employer needs an LMIA first", "lmia"),
        ("Il faut une EIMT pour le programme", "lmia"),
        ("The OINP has nine streams", "nine_streams"),
        ("Le programme compte neuf volets", "nine_streams"),
        ("My NOC 2173 is on the list", "old_codes"),
        ("Ontario invited 900 people to apply for permanent residence", "invited_to_pr"),
        ("Apply within two years of completing the degree", "graduate_window"),
        ("The minimum EOI score is 40", "minimum_eoi"),
        ("We guarantee your nomination", "guaranteed"),
        ("Alberta takes a CRS of 300", "alberta_crs"),
        ("Moving to Ottawa adds 8 EOI points", "toronto_eight"),
        ("OINP still issues NOIs to tech workers", "tech_draws"),
        ("PhD graduates can be nominated without a job offer", "no_offer"),
        ("An invitation from Ontario means you are invited to apply for PR", "invited_to_pr"),
        ("The NOC must be skill level 0, A or B", "old_codes"),
        ("You have 600 additional points after nomination", "nomination_points"),
    ],
)
def test_a_claim_is_found_however_it_is_put(text: str, claim: str) -> None:
    assert claim in found(text)


@pytest.mark.parametrize(
    "text",
    [
        "An LMIA is not required.",
        "Aucune EIMT n'est exigée.",
        "There are no more tech draws.",
        "The tech draws ended in 2023.",
        "My code is NOC 21231.",
        "NOC 2021 decides by duties.",
        "Nobody can guarantee a nomination.",
        "I cook in a restaurant and clean the kitchen.",
        "I have a TEER 1 job offer in Ottawa at $50 per hour.",
        "The Ontario Workforce Priority stream has three pathways.",
        "Express Entry rounds invite CEC candidates at 519.",
        "J'ai une offre d'emploi FEER 1 à Toronto.",
        "",
    ],
)
def test_what_is_right_or_has_no_claim_is_left_alone(text: str) -> None:
    assert found(text) == set()


def test_before_its_end_a_claim_was_right() -> None:
    assert "tech_draws" not in found("Ontario runs tech draws", date(2023, 5, 10))
    assert "software_codes" in found("software engineers (NOC 21232)", date(2023, 5, 10))


def test_a_verdict_names_the_day_the_sentence_and_the_source() -> None:
    (finding,) = check("Good news. Leaving Toronto gives 8 points! Hurry.", "en", TODAY)
    assert finding.quote == "Leaving Toronto gives 8 points"
    assert finding.since == date(2026, 6, 26)
    assert "0, 5, 10 and 15" in finding.truth
    assert finding.citation.url.startswith("https://www.ontario.ca/")


def test_every_claim_is_told_in_both_languages_with_every_figure_filled() -> None:
    for language in ("en", "fr"):
        for claim in claims():
            told = truth(claim, figures(TODAY, language), language)  # type: ignore[arg-type]
            assert told and "{" not in told and "?" not in told
    assert len({claim.id for claim in claims()}) == len(claims()) >= 30


@pytest.mark.skipif(not SEEDS.is_dir(), reason="the shared articles are not beside the project")
@pytest.mark.parametrize(
    ("article", "expected"),
    [
        ("000", {"tech_draws", "hcp_direct", "software_codes", "project_managers", "offer_crs", "no_offer"}),
        ("001", {"tech_draws", "invited_to_pr", "old_codes", "nine_streams", "entrepreneur_stream"}),
        (
            "002",
            {"tech_draws", "toronto_eight", "crs_range", "two_tiers", "bc_tech", "alberta_crs", "allocation"},
        ),
        ("003", {"crs_floor", "hcp_open", "occupation_list"}),
        ("004", {"teer_range", "old_codes", "offer_streams", "graduate_window", "field_of_study"}),
    ],
)
def test_the_known_articles(article: str, expected: set[str]) -> None:
    (path,) = SEEDS.glob(f"{article}_*.txt")
    assert expected <= found(path.read_text(encoding="utf-8"))


@pytest.mark.parametrize(
    "text", ["hcp submit eoi " * 1300, "crs points come from " * 950, "toronto 8 " * 2000]
)
def test_a_text_made_to_be_slow_is_not(text: str) -> None:
    import time

    check("warm", "en", TODAY)
    started = time.perf_counter()
    check(text, "en", TODAY)
    assert time.perf_counter() - started < 3

"""The province card: every fact sourced and dated in both languages, Ontario's figures always those of the rules."""

from datetime import date

import pytest

from knowledge.provinces import ontario
from knowledge.provinces.card import PROVINCES, card, spread

TODAY = date(2026, 11, 23)
PAGES = [page.id for page in card().pages]


@pytest.mark.parametrize("language", ["en", "fr"])
@pytest.mark.parametrize("page", PAGES)
def test_every_page_has_three_provinces_and_its_sources(page: str, language: str) -> None:
    found = spread(page, language, TODAY)  # type: ignore[arg-type]
    assert found.lines
    for line in found.lines:
        assert len(line.cells) == len(PROVINCES)
        for text, number in line.cells:
            assert text and "{" not in text
            assert found.sources[number - 1].as_of <= TODAY


def test_ontario_is_told_with_the_figures_of_the_rules() -> None:
    figures = ontario.figures(TODAY)
    employer = next(line for line in spread("criteria", "en", TODAY).lines if line.label == "Employer")
    assert figures["eoi_maximum"].value == 130
    assert "$1,000,000" in employer.cells[0][0] and "$250,000" in employer.cells[0][0]


def test_a_changed_rule_changes_the_card(monkeypatch: pytest.MonkeyPatch) -> None:
    changed = {**ontario.figures(TODAY), "position_months": ontario.Figure(9)}
    monkeypatch.setattr(ontario, "figures", lambda _: changed)
    experience = spread("criteria", "en", TODAY).lines[0]
    assert experience.cells[0][0].startswith("9 months")


def test_an_unknown_page_is_the_first_one() -> None:
    assert spread("nowhere", "en", TODAY).title == card().pages[0].title.en


def test_other_provinces_have_a_source_each() -> None:
    assert {other.source for other in card().others} <= card().sources.keys()
    assert len(card().others) >= 4

"""Draws found by what a person types, and compared on one scale only."""

from __future__ import annotations

from datetime import date

import pytest

from knowledge.draws.draw import Draw
from knowledge.draws.names import names
from knowledge.draws.record import history, notes
from knowledge.draws.view import cut_offs, matching, wanted


@pytest.mark.parametrize(
    ("text", "fits"),
    [
        ("draws with 21231", lambda draw: "21231" in draw.codes),
        (
            "tech 2023",
            lambda draw: draw.date.year == 2023 and ("tech" in draw.targets or draw.stream == "stem"),
        ),
        (
            "travailleurs étrangers 2026",
            lambda draw: draw.stream == "foreign_worker" and draw.date.year == 2026,
        ),
        ("Eastern Ontario", lambda draw: draw.region == "east"),
        ("rondes français", lambda draw: draw.stream == "french"),
    ],
)
def test_words_codes_and_years_find_the_draws_that_have_them(text: str, fits: object) -> None:
    assert callable(fits)
    found = matching(history(), wanted(text))
    assert found and all(fits(draw) for draw in found)


def test_nothing_fits_nonsense() -> None:
    assert matching(history(), wanted("zebra")) == ()


def test_the_newest_comes_first() -> None:
    days = [draw.date for draw in history()]
    assert days == sorted(days, reverse=True)


def test_scores_of_another_scale_are_never_beside_each_other() -> None:
    scales = {
        draw.date: draw.grid for draw in history() if draw.stream == "foreign_worker" and draw.score_min
    }
    assert {grid for day, grid in scales.items() if day < date(2022, 11, 22)} == {"g1"}
    assert {grid for day, grid in scales.items() if day >= date(2022, 11, 22)} == {"g2"}
    ontario = [draw for draw in history() if draw.program == "ontario"]
    assert max(floor for _, floor in cut_offs(ontario, "g2")) < 100
    assert not cut_offs(ontario, "crs")


def test_a_draw_survives_the_way_through_json() -> None:
    for draw in history()[:50]:
        assert Draw.from_json(draw.to_json()) == draw


def test_every_note_and_name_has_both_languages() -> None:
    assert {key for draw in history() for key in draw.notes} <= set(notes())
    assert all(set(text) == {"en", "fr"} for text in notes().values())
    for group in ("programs", "regions", "targets", "grids"):
        assert all({"en", "fr"} <= set(held) for held in names()[group].values())
    streams = names()["streams"]
    assert {draw.stream for draw in history()} <= {key for held in streams.values() for key in held}

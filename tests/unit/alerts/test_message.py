"""The words of an alert: what happened, what it means, why it came; in both languages, with nothing unescaped."""

from __future__ import annotations

from datetime import date
from typing import Any, Literal

import pytest

from bot.alerts.filters import AlertFilters
from bot.alerts.message import compose
from knowledge.draws.draw import Draw

TODAY = date(2026, 11, 23)
DRAW = Draw("federal", "stem", TODAY, "450", 2_000, 480, source="https://example.org", as_of=TODAY)


def text(
    data: dict[str, Any] | None = None, kind: str = "draw", note: str | None = None, **wishes: Any
) -> str:
    given = data or {"draw": DRAW.to_json()}
    return compose(kind, given, note, AlertFilters(**wishes), TODAY).text


@pytest.mark.parametrize(
    ("score", "said"), [(485, "485 reaches this cut-off"), (479, "1 point below"), (470, "10 points below")]
)
def test_a_score_is_set_beside_the_cut_off(score: int, said: str) -> None:
    assert said in text(score_crs=score)


def test_a_score_on_another_scale_is_not_compared() -> None:
    assert "I compare nothing" in text(score_eoi=90)


@pytest.mark.parametrize(("language", "said"), [("en", "New draw"), ("fr", "Nouveau tirage")])
def test_it_speaks_the_persons_language(language: Literal["en", "fr"], said: str) -> None:
    assert said in text(language=language)


def test_a_note_is_escaped() -> None:
    assert "&lt;b&gt;" in text(note="<b>bold</b>")


def test_a_correction_shows_what_was_and_what_is() -> None:
    data = {"draw": DRAW.to_json(), "before": {**DRAW.to_json(), "score_min": 478}, "changed": ["score"]}
    assert "478 → <b>480</b>" in text(data, kind="correction")


def test_every_button_fits_what_telegram_allows() -> None:
    keyboard = compose("draw", {"draw": DRAW.to_json()}, None, AlertFilters(), TODAY).keyboard
    taps = [button.data for row in keyboard for button in row if button.data]
    assert len(taps) == 3 and all(len(data.encode()) <= 64 for data in taps)

"""Dates, money, numbers and plurals as each language writes them; nothing unescaped."""

from datetime import date

import jinja2
import pytest

from knowledge.content.render import (
    MissingLabel,
    french_spaces,
    label,
    long_date,
    money,
    number,
    plural,
    render,
)


def spaces(text: str) -> str:
    return text.replace("\u00a0", " ").replace("\u202f", " ")


@pytest.mark.parametrize(
    ("written", "expected"),
    [
        (money(41, "en"), "$41"),
        (money(40.87, "en"), "$40.87"),
        (money(85_000, "en"), "$85,000"),
        (money(85_000, "fr"), "85 000 $"),
        (money(40.87, "fr"), "40,87 $"),
        (number(14_119, "fr"), "14 119"),
        (long_date(date(2026, 6, 26), "en"), "26 June 2026"),
        (long_date(date(2026, 6, 26), "fr"), "26 juin 2026"),
        (plural(1, "tirage", "tirages", "fr"), "tirage"),
        (plural(0, "tirage", "tirages", "fr"), "tirage"),
        (plural(0, "draw", "draws", "en"), "draws"),
    ],
)
def test_written(written: str, expected: str) -> None:
    assert spaces(written) == expected


def test_what_a_person_typed_is_escaped() -> None:
    assert "<script>" not in render("problem", "en", said=None, problem="<script>alert(1)</script>")


def test_a_missing_value_is_an_error_not_a_gap() -> None:
    with pytest.raises(jinja2.UndefinedError):
        render("too_long", "en")


def test_a_missing_label_names_itself() -> None:
    with pytest.raises(MissingLabel, match="no_such_label"):
        label("no_such_label", "fr")


def test_french_marks_and_their_spaces() -> None:
    assert (
        french_spaces("Salaire : 41 $ ; « quoi » ? 5 %")
        == "Salaire\u00a0: 41\u00a0$; «\u00a0quoi\u00a0»? 5\u00a0%"
    )
    assert label("why", "fr") == "Pourquoi?"

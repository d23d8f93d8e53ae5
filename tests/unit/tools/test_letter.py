"""The skeleton asks and never states: our own duties as questions, for every unit group, in both languages."""

import pytest

from knowledge.letters.skeleton import inside, letter, questions, skeleton
from knowledge.noc import catalogue

GROUPS = catalogue.load()


@pytest.mark.parametrize("language", ["en", "fr"])
def test_every_unit_group_has_a_question_for_each_duty(language: str) -> None:
    for group in GROUPS.values():
        asked = questions(group, language)  # type: ignore[arg-type]
        assert len(asked) == len(group.duties.to(language))  # type: ignore[arg-type]
        assert all("?" in question and "{" not in question for question in asked)


def test_a_question_reads_as_one() -> None:
    english = questions(GROUPS["21231"], "en")[0]
    assert english.startswith("Did you ") and english[8].islower()
    assert questions(GROUPS["21231"], "fr")[0].startswith("Avez-vous eu à ")


def test_a_group_without_french_duties_says_that_it_quotes_english() -> None:
    group = next(group for group in GROUPS.values() if not group.has_french_duties())
    assert "en anglais" in questions(group, "fr")[0]


@pytest.mark.parametrize(
    ("duty", "expected"),
    [
        ("Plan and run tests.", "plan and run tests"),
        ("SAP set-up", "SAP set-up"),
        ("À préparer", "à préparer"),
    ],
)
def test_a_duty_inside_a_sentence(duty: str, expected: str) -> None:
    assert inside(duty) == expected


@pytest.mark.parametrize("language", ["en", "fr"])
def test_the_skeleton_has_a_place_for_all_that_a_letter_must_hold(language: str) -> None:
    text = skeleton(GROUPS["21231"], language)  # type: ignore[arg-type]
    assert text.count("[") == text.count("]") >= 20
    assert len(letter().must_hold) == 8
    assert len(text) < 3_500

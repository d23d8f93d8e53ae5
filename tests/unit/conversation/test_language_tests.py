"""Language levels and test results as people type them."""

from datetime import date

import pytest

from bot.conversation.language_tests import levels
from bot.conversation.problems import NotUnderstood
from rules.errors import BadInput

TODAY = date(2026, 11, 23)


@pytest.mark.parametrize(
    ("field", "text", "expected"),
    [
        ("english", "CLB 9", (9, 9, 9, 9)),
        ("english", "9/9/8/9", (9, 9, 8, 9)),
        ("english", "IELTS 7 8 7 7", (9, 9, 9, 9)),
        # named abilities may come in any order
        ("english", "ielts general: listening 8, reading 7.0, writing 7.0, speaking 7.5", (10, 9, 9, 9)),
        ("english", "celpip 9 9 10 9", (9, 9, 10, 9)),
        ("french", "TEF 460 440 440 430", (7, 7, 7, 7)),
        ("french", "TCF 10 458 453 10", (7, 7, 7, 7)),
        ("french", "niveau 8", (8, 8, 8, 8)),
        ("english", "no test yet", None),
        ("french", "aucun", None),
    ],
)
def test_read(field: str, text: str, expected: tuple[int, ...] | None) -> None:
    found = levels(field, text, TODAY)
    assert (found.all if found else None) == expected


@pytest.mark.parametrize(
    ("text", "error", "says"),
    [
        ("IELTS academic 7 7 7 7", BadInput, "not accepted"),
        ("IELTS 6.3 7 7 7", BadInput, "steps of 0.5"),
        ("CELPIP 13 9 9 9", BadInput, "13"),
        ("TEF 350 300 250 350", BadInput, "two scales"),
        ("TOEFL 100", BadInput, "accepted"),
        ("IELTS 7 and 8", NotUnderstood, "four results"),
        ("B2", NotUnderstood, "level or a test"),
        ("fluent", NotUnderstood, "level or a test"),
    ],
)
def test_refused_with_what_is_accepted(
    text: str, error: type[BadInput] | type[NotUnderstood], says: str
) -> None:
    with pytest.raises(error) as caught:
        levels("spouse.language", text, TODAY)
    assert says in caught.value.text("en")


def test_a_test_of_the_other_language_is_not_mistaken() -> None:
    with pytest.raises(NotUnderstood):
        levels("english", "TEF 460 440 440 430", TODAY)

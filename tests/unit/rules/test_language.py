"""Language tests to levels, as cases; and the tables against every edge of every row."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from pathlib import Path
from typing import Any

import pytest
import yaml

from rules import language
from rules.errors import BadInput
from rules.language_tables import ABILITIES, tables

CASES = yaml.safe_load(
    (Path(__file__).parents[2] / "cases" / "score_language.yaml").read_text(encoding="utf-8")
)
TODAY = date(2026, 11, 23)


@pytest.mark.parametrize("case", [pytest.param(case, id=case["name"]) for case in CASES])
def test_language_case(case: Mapping[str, Any]) -> None:
    if "error" in case:
        with pytest.raises(BadInput) as caught:
            convert(case)
        assert (caught.value.field, caught.value.reason.code) == (
            case["error"]["field"],
            case["error"]["code"],
        )
        assert caught.value.text("fr") != caught.value.message
        return
    converted = convert(case)
    assert [getattr(converted.levels, name) for name in ABILITIES] == case["levels"]
    for asked in ("scale", "valid"):
        if asked in case:
            assert getattr(converted, asked) == case[asked]
    if "caveats" in case:
        assert [caveat.code for caveat in converted.caveats] == case["caveats"]


def convert(case: Mapping[str, Any]) -> language.Converted:
    return language.convert(
        case["test"],
        dict(zip(ABILITIES, case["scores"], strict=True)),
        on=case.get("day", TODAY),
        taken=case.get("taken"),
        scale=case.get("scale_asked"),
    )


def edges() -> list[Any]:
    return [
        pytest.param(test, scale, ability, row, id=f"{scale.id}-{ability}-{row[0]}")
        for test, table in tables().tests.items()
        for scale in table.scales
        for ability in ABILITIES
        for row in scale.rows
    ]


@pytest.mark.parametrize(("test", "scale", "ability", "row"), edges())
def test_each_row_begins_at_its_score_and_not_a_step_before(
    test: str, scale: Any, ability: Any, row: Any
) -> None:
    score = row[1 + ABILITIES.index(ability)]
    assert scale.takes(ability, score)
    assert scale.level(ability, score) == row[0]
    assert scale.level(ability, score - scale.step) < row[0]
    assert language.needed(test, ability, row[0], scale.id) == score


def test_the_ability_that_holds_back_is_named() -> None:
    scores = {"speaking": 7.0, "listening": 7.0, "reading": 7.0, "writing": 7.0}
    assert language.convert("ielts_general", scores, on=TODAY).holding_back == ("listening",)
    even = {"speaking": 6.0, "listening": 6.0, "reading": 6.0, "writing": 6.0}
    assert language.convert("ielts_general", even, on=TODAY).holding_back == ()


def test_a_score_left_out_is_named() -> None:
    with pytest.raises(BadInput) as caught:
        language.convert("celpip_general", {"speaking": 9}, on=TODAY)
    assert caught.value.field == "listening"

"""The score cases written in the law's words: whole people, and every band at its edges."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from datetime import date
from pathlib import Path
from typing import Any

import pytest
import yaml

from rules import crs, eoi, fsw
from rules.errors import RuleError
from rules.profile import Profile
from rules.scorecard import ScoreCard

CASES = Path(__file__).parents[2] / "cases"
ABILITIES = ("speaking", "listening", "reading", "writing")
A_DAY = date(2026, 9, 1)


def read(name: str) -> Any:
    return yaml.safe_load((CASES / f"{name}.yaml").read_text(encoding="utf-8"))


def person(data: Mapping[str, Any]) -> Profile:
    """A profile from a case, where a language may be one level or four with strokes between."""
    full = dict(data)
    for name in ("english", "french"):
        if name in full:
            full[name] = levels(full[name])
    if isinstance(full.get("spouse"), dict) and "language" in full["spouse"]:
        full["spouse"] = {**full["spouse"], "language": levels(full["spouse"]["language"])}
    return Profile.parse(full)


def levels(said: Any) -> dict[str, int] | None:
    if said is None:
        return None
    four = [int(part) for part in str(said).split("/")]
    return dict(zip(ABILITIES, four * 4 if len(four) == 1 else four, strict=False))


def by_name(name: str) -> list[Any]:
    return [pytest.param(case, id=case["name"]) for case in read(name)]


def score_crs(case: Mapping[str, Any]) -> ScoreCard:
    return crs.score(person(case["profile"]), case["day"])


def score_fsw(case: Mapping[str, Any]) -> ScoreCard:
    return fsw.score(person(case["profile"]), case["day"])


def score_eoi(case: Mapping[str, Any]) -> ScoreCard:
    return eoi.score(person(case["profile"]), case["stream"], case["day"])


@pytest.mark.parametrize("case", by_name("score_crs"))
def test_ranking_system(case: Mapping[str, Any]) -> None:
    check(case, score_crs)


@pytest.mark.parametrize("case", by_name("score_fsw"))
def test_selection_grid(case: Mapping[str, Any]) -> None:
    check(case, score_fsw)
    if "eligible" in case:
        assert fsw.result(person(case["profile"]), case["day"]).eligible is case["eligible"]


@pytest.mark.parametrize("case", by_name("score_eoi"))
def test_expression_of_interest(case: Mapping[str, Any]) -> None:
    check(case, score_eoi)


def check(case: Mapping[str, Any], score: Callable[[Mapping[str, Any]], ScoreCard]) -> None:
    if "error" in case:
        with pytest.raises(RuleError) as caught:
            score(case)
        assert caught.value.field == case["error"]["field"]
        assert caught.value.reason.code == case["error"]["code"]
        return
    card = score(case)
    for factor, points in case.get("factors", {}).items():
        assert card.points(factor) == points, factor
    for part, points in case.get("parts", {}).items():
        assert card.parts[part] == points, part
    for asked in ("total", "maximum", "grid", "cut"):
        if asked in case:
            assert getattr(card, asked) == case[asked]
    if "caveats" in case:
        assert [caveat.code for caveat in card.caveats] == case["caveats"]
    assert sum(card.parts.values()) == card.total <= card.maximum


def bands(name: str) -> list[Any]:
    return [
        pytest.param(field, band["factor" if "factor" in band else "part"], row, id=f"{field}={row[0]}")
        for field, band in read(name).items()
        for row in band["rows"]
    ]


@pytest.mark.parametrize(("field", "factor", "row"), bands("score_crs_bands"))
def test_every_band_of_the_ranking_system(field: str, factor: str, row: list[Any]) -> None:
    value, alone, married = row
    assert crs.score(person({field: value}), date(2026, 6, 1)).points(factor) == alone
    assert crs.score(person({field: value, "spouse": {}}), date(2026, 6, 1)).points(factor) == married


@pytest.mark.parametrize(("field", "part", "row"), bands("score_fsw_bands"))
def test_every_band_of_the_selection_grid(field: str, part: str, row: list[Any]) -> None:
    value, points = row
    assert fsw.score(person({field: value}), date(2026, 6, 1)).parts[part] == points


def eoi_bands() -> list[Any]:
    return [
        pytest.param(field, factor, row, id=f"{field}={row[0]}-{factor}")
        for field, factors in read("score_eoi_bands").items()
        for factor, rows in factors.items()
        for row in rows
    ]


@pytest.mark.parametrize(("field", "factor", "row"), eoi_bands())
def test_every_band_of_both_ontario_grids(field: str, factor: str, row: list[Any]) -> None:
    value, of_2026, of_2022 = row
    profile = person({field: value})
    streams = (("workforce_priority", of_2026), ("international_student", of_2022))
    for stream, points in streams:
        asked = [one.id for one in eoi.score(profile, stream, A_DAY).factors]  # type: ignore[arg-type]
        assert (factor in asked) is (points != "-")
        if points != "-":
            assert eoi.score(profile, stream, A_DAY).points(factor) == points  # type: ignore[arg-type]

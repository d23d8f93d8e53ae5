"""Ontario's figures for the province card, read from the rules so that the card never disagrees with them."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

from rules import eoi
from rules.eoi_grid import StreamName, grid_of
from rules.places import gazetteer
from rules.profile import Profile
from rules.rulebook import document

STREAM = "workforce_priority_teer_0_3"
GRID: StreamName = "workforce_priority"


@dataclass(frozen=True, slots=True)
class Figure:
    value: int
    dollars: bool = False


def figures(today: date) -> Mapping[str, Figure]:
    """The figures by the name the card's cells use."""
    return {**_stream(), **_employers(), **_grid(today)}


def _stream() -> dict[str, Figure]:
    experience, language = _test("experience"), _test("language")
    return {
        "position_months": Figure(experience["position_months"]),
        "occupation_years": Figure(experience["occupation_months"] // 12),
        "window_years": Figure(experience["occupation_years"]),
        "language": Figure(language["floor"]),
        "trade_language": Figure(language["trade_floor"]),
    }


def _test(criterion: str) -> Any:
    """How the stream's file tests a criterion."""
    found = [entry for entry in document(f"streams/{STREAM}")["criteria"] if entry.get("id") == criterion]
    return found[-1]["test"]


def _employers() -> dict[str, Figure]:
    tiers = gazetteer().employer_floors.tiers
    years = next(
        entry for entry in document("criteria/workforce_employer") if entry["id"] == "employer_years"
    )
    return {
        "employer_years": Figure(int(years["test"]["minimum"])),
        "revenue_large": Figure(tiers["large"].revenue, dollars=True),
        "revenue_middle": Figure(tiers["middle"].revenue, dollars=True),
        "revenue_small": Figure(tiers["small"].revenue, dollars=True),
        "staff_large": Figure(tiers["large"].staff),
        "staff_small": Figure(tiers["small"].staff),
    }


def _grid(today: date) -> dict[str, Figure]:
    day = max(today, grid_of(GRID).earliest_day)
    card = eoi.score(Profile.parse({"job_location": "Toronto"}), GRID, day)
    region = next(factor for factor in card.factors if factor.id == "job_region")
    return {
        "eoi_maximum": Figure(card.maximum),
        "region_maximum": Figure(region.maximum),
        "region_toronto": Figure(region.points),
    }

"""The matcher's measured constants, from `settings.yaml`."""

from __future__ import annotations

from collections.abc import Mapping
from functools import lru_cache
from pathlib import Path
from typing import Literal

import yaml
from pydantic import BaseModel, ConfigDict

OWN, OFFICIAL = Path(__file__).parent / "settings.yaml", Path(__file__).parent / "settings_official.yaml"


# What was told: a title and nothing else, one duty, or several. The less, the more it takes to be sure.
Told = Literal["title", "duty", "duties"]


class Threshold(BaseModel):
    """What the best code must reach: its probability, and how far the second is behind."""

    model_config = ConfigDict(frozen=True, extra="forbid")
    probability: float
    gap: float


class Settings(BaseModel):
    """What each signal counts, and when an answer may be called sure or likely.

    `recognised` is how alike, from 0 to 1, a title must be spelled to one of the group's own before anything but
    "unsure" is said of a title alone.
    """

    model_config = ConfigDict(frozen=True, extra="forbid")
    duties: Mapping[str, float]
    title: Mapping[str, float]
    title_beside_duties: float
    temperature: float
    recognised: float
    sure: Mapping[Told, Threshold]
    likely: Mapping[Told, Threshold]


@lru_cache(maxsize=2)
def load(file: Path = OWN) -> Settings:
    """The constants for the own words alone, or with `OFFICIAL` for the index that the official texts have joined."""
    return Settings.model_validate(yaml.safe_load(file.read_text(encoding="utf-8")))

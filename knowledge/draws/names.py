"""What draws call their programs, streams, regions and targets, in both languages and in the pages' own words."""

from __future__ import annotations

import re
from collections.abc import Mapping
from functools import lru_cache
from pathlib import Path
from typing import Any

import yaml

FILE = Path(__file__).with_name("names.yaml")


@lru_cache(maxsize=1)
def names() -> Mapping[str, Any]:
    """names.yaml as it stands."""
    loaded: Mapping[str, Any] = yaml.load(
        FILE.read_text(encoding="utf-8"),
        Loader=getattr(yaml, "CSafeLoader", yaml.SafeLoader),  # noqa: S506 - both are safe loaders
    )
    return loaded


def program_name(program: str, language: str) -> str:
    return _said(names()["programs"], program, language)


def stream_name(program: str, stream: str, language: str) -> str:
    """The stream's name; a stream that is not held yet is shown by its own key."""
    return _said(names()["streams"].get(program, {}), stream, language)


def region_name(region: str, language: str) -> str:
    return _said(names()["regions"], region, language)


def target_name(target: str, language: str) -> str:
    return _said(names()["targets"], target, language)


def grid_name(grid: str, language: str) -> str:
    return _said(names()["grids"], grid, language)


def stream_in(program: str, text: str) -> str | None:
    """The stream an official heading or round name means; None where it names none."""
    return next(iter(_found(f"streams.{program}", text)), None)


def region_in(text: str) -> str | None:
    """The region a note means; None where it names none."""
    return next(iter(_found("regions", text)), None)


def targets_in(text: str) -> tuple[str, ...]:
    """Everyone a note says was looked for, in the order of names.yaml."""
    return _found("targets", text)


def _found(group: str, text: str) -> tuple[str, ...]:
    said = re.sub(r"\s+", " ", text.lower())
    return tuple(key for key, pattern in _patterns(group) if pattern.search(said))


@lru_cache(maxsize=16)
def _patterns(group: str) -> tuple[tuple[str, re.Pattern[str]], ...]:
    held: Any = names()
    for part in group.split("."):
        held = held.get(part, {})
    return tuple((key, re.compile(each["match"])) for key, each in held.items())


def _said(held: Mapping[str, Any], key: str, language: str) -> str:
    return str(held[key][language]) if key in held else key.replace("_", " ")

"""Words people use about each job beyond its card: more titles they write, and what they handle, use and do."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path

import yaml
from pydantic import BaseModel, ConfigDict, TypeAdapter

FOLDER = Path(__file__).parent / "everyday"


class Everyday(BaseModel):
    """`titles` are job titles, `work` short phrases of the work: tasks, tools, things, places."""

    model_config = ConfigDict(frozen=True, extra="forbid")
    titles: tuple[str, ...]
    work: tuple[str, ...]


WRITTEN = TypeAdapter(dict[str, Everyday])


def files() -> tuple[Path, ...]:
    return tuple(sorted(FOLDER.glob("*.yaml")))


def read() -> Mapping[str, Everyday]:
    """The words by code."""
    loader = getattr(yaml, "CSafeLoader", yaml.SafeLoader)
    found: dict[str, Everyday] = {}
    for path in files():
        found |= WRITTEN.validate_python(yaml.load(path.read_text(encoding="utf-8"), Loader=loader))  # noqa: S506
    return found

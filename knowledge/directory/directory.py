"""The addresses of people who may advise, and of offices that help."""

from __future__ import annotations

from datetime import date
from functools import cache
from pathlib import Path

from pydantic import BaseModel, ConfigDict

from knowledge.reading import read
from rules.texts import Bilingual

PLACES = Path(__file__).parent / "places.yaml"


class _Facts(BaseModel):
    model_config = ConfigDict(frozen=True, extra="forbid")


class Office(_Facts):
    """One place to turn to; `call` are telephone numbers and e-mail addresses."""

    id: str
    name: Bilingual
    what: Bilingual
    url: Bilingual
    call: tuple[str, ...] = ()


class Directory(_Facts):
    as_of: date
    places: tuple[Office, ...]


@cache
def directory() -> Directory:
    """All offices, in the order to show them. Raises DataError with the entry at fault."""
    return read(PLACES, Directory)

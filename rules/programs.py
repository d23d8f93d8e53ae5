"""What people ask about that is no stream to assess: announced streams, the REDI preference, federal categories."""

from __future__ import annotations

from datetime import date
from functools import cache

from pydantic import BaseModel, ConfigDict

from rules.rulebook import Dated, document, validated
from rules.texts import Bilingual


class Program(Dated):
    """Something to tell about, with what is known of it and no more."""

    id: str
    name: Bilingual
    text: Bilingual
    divisions: tuple[str, ...] = ()
    """The census divisions it is limited to; empty for all of them."""


class CategoryRule(Dated):
    text: Bilingual


class Programs(BaseModel):
    """`announced` streams have no criteria; `preferences` steer draws; `categories` are federal rounds."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    announced: tuple[Program, ...]
    preferences: tuple[Program, ...]
    categories: tuple[Program, ...]
    category_rule: CategoryRule


@cache
def programs() -> Programs:
    return validated(Programs, document("programs"), "programs")


def announced(on: date) -> tuple[Program, ...]:
    """Streams announced by that day for which nothing more is known."""
    return tuple(program for program in programs().announced if program.in_force(on))


def preferences(on: date) -> tuple[Program, ...]:
    return tuple(program for program in programs().preferences if program.in_force(on))


def categories(on: date) -> tuple[Program, ...]:
    return tuple(program for program in programs().categories if program.in_force(on))

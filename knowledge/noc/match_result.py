"""What matching somebody's duties to unit groups finds: codes, evidence, and how sure it is."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

from knowledge.noc.unit_group import Language, Text

Confidence = Literal["sure", "likely", "unsure"]
Problem = Literal[
    "empty",
    "too_short",
    "too_long",
    "other_language",
    "code",
    "two_jobs",
    "not_an_occupation",
    "nothing_found",
]


@dataclass(frozen=True, slots=True)
class Evidence:
    """One duty the person told (`said`) beside the unit group's duty it meets; `score` and `share` from 0 to 1."""

    said: str
    duty: str
    score: float
    share: float


@dataclass(frozen=True, slots=True)
class CodeMatch:
    """One unit group: how well it fits (0 to 1), duty by duty, what is missing, how much of each text is met."""

    code: str
    score: float
    evidence: tuple[Evidence, ...] = ()
    missing: tuple[str, ...] = ()
    lead_coverage: float = 0.0
    duty_coverage: float = 0.0


@dataclass(frozen=True, slots=True)
class DecidingQuestion:
    """The one question between two close groups: yes is `yes`, no is `no`."""

    yes: str
    no: str
    text: Text


@dataclass(frozen=True, slots=True)
class Disagreement:
    """The title says one unit group, the duties another."""

    title: str
    title_code: str
    duties_code: str


@dataclass(frozen=True, slots=True)
class MatchResult:
    """The best codes first. `problem` names why there is nothing, or what to be careful about."""

    language: Language
    said: tuple[str, ...] = ()
    matches: tuple[CodeMatch, ...] = ()
    confidence: Confidence = "unsure"
    question: DecidingQuestion | None = None
    disagreement: Disagreement | None = None
    problem: Problem | None = None

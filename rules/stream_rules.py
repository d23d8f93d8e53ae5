"""The streams as the rule data tells them: their states by date, their criteria, and what must be said."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from functools import cache, lru_cache
from typing import Any, Literal

from pydantic import BaseModel, ConfigDict

from rules.criteria.combined import Test
from rules.rulebook import Citation, Dated, document, documents, sources, validated
from rules.texts import Bilingual, Reason

State = Literal["announced", "open", "suspended", "closed"]

ORDER = (
    "workforce_priority_teer_0_3",
    "workforce_priority_teer_4_5",
    "workforce_priority_physicians",
    "human_capital_priorities",
    "french_speaking_skilled_worker",
    "skilled_trades",
    "foreign_worker",
    "international_student",
    "in_demand_skills",
    "masters_graduate",
    "phd_graduate",
    "entrepreneur",
    "federal_skilled_worker",
    "canadian_experience_class",
    "federal_skilled_trades",
)
"""Every stream, in the order in which they are told."""


DAYS_KEPT = 16_384
"""How many (stream, day) pairs are kept ready: about a thousand days of fifteen streams."""


class StateRow(Dated):
    """What the stream was between two days. `registration_open` is None where it has no registration of its own."""

    state: State
    registration_open: bool | None
    said: str | None = None


class CriterionRule(Dated):
    """One criterion: its test, and `text`, the family of sentences to use (its id where none is named)."""

    id: str
    test: Test
    text: str | None = None


@dataclass(frozen=True, slots=True, eq=False)
class Criterion:
    """A criterion made ready: whatever does not depend on the person, worked out once.

    `words` is its family of sentences, `fields` all it reads. Equal criteria of different streams are one
    object, and so are equal tests: a person is looked at only once.
    """

    id: str
    test: Test
    words: str
    fields: tuple[str, ...]
    label: Reason
    citation: Citation
    firm: bool
    since: date | None
    until: date | None

    @classmethod
    def of(cls, rule: CriterionRule, test: Test) -> Criterion:
        words = f"criterion.{rule.text or rule.id}"
        fields = tuple(sorted(rule.test.reads))
        source = rule.citation
        label = Reason(f"{words}.label")
        return cls(rule.id, test, words, fields, label, source, source.firm, rule.since, rule.until)

    def in_force(self, on: date) -> bool:
        return (self.since is None or self.since <= on) and (self.until is None or on <= self.until)


class NoteRow(Dated):
    """Something a reader must be told with the assessment: a contradiction, a limit, an event."""

    id: str
    text: Bilingual


class StreamRule(BaseModel):
    """A stream. `page` is the source key of its official page."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    id: str
    program: Literal["ontario", "federal"]
    name: Bilingual
    page: str
    states: tuple[StateRow, ...]
    criteria: tuple[CriterionRule, ...]
    notes: tuple[NoteRow, ...] = ()

    @property
    def url(self) -> str:
        """The address of its official page."""
        return sources()[self.page].url

    @property
    def reads(self) -> frozenset[str]:
        """Every profile field that can change the stream's verdict on some day."""
        return frozenset[str]().union(*(criterion.test.reads for criterion in self.criteria))

    def state_on(self, day: date) -> StateRow | None:
        return next((row for row in self.states if row.in_force(day)), None)

    def notes_on(self, day: date) -> tuple[NoteRow, ...]:
        return tuple(note for note in self.notes if note.in_force(day))


@lru_cache(maxsize=DAYS_KEPT)
def criteria_on(stream: str, day: date) -> tuple[Criterion, ...]:
    """The criteria of a stream that hold on a day, in order."""
    return tuple(criterion for criterion in _prepared()[stream] if criterion.in_force(day))


@cache
def _prepared() -> Mapping[str, tuple[Criterion, ...]]:
    known: dict[str, Criterion] = {}
    tests: dict[str, Test] = {}

    def once(rule: CriterionRule) -> Criterion:
        test = tests.setdefault(rule.test.model_dump_json(), rule.test)
        return known.setdefault(rule.model_dump_json(), Criterion.of(rule, test))

    return {name: tuple(map(once, stream.criteria)) for name, stream in stream_rules().items()}


@cache
def stream_rules() -> Mapping[str, StreamRule]:
    """Every stream by its id, in order. Raises DataError with the file and the entry at fault."""
    files = documents("streams/")
    return {name: _read(f"streams/{name}", files[f"streams/{name}"]) for name in ORDER}


@cache
def first_day() -> date:
    """The first day for which any stream's state is held."""
    return min(row.since for rule in stream_rules().values() for row in rule.states if row.since is not None)


def _read(where: str, content: Mapping[str, Any]) -> StreamRule:
    whole = {
        **content,
        "criteria": _with_sets("criteria", content["criteria"]),
        "notes": _with_sets("notes", content.get("notes", ())),
    }
    return validated(StreamRule, whole, where)


def _with_sets(folder: str, entries: list[dict[str, Any]]) -> list[dict[str, Any]]:
    """Entries `{set: name}` stand for every entry of that shared file."""
    found: list[dict[str, Any]] = []
    for entry in entries:
        found.extend(document(f"{folder}/{entry['set']}") if "set" in entry else [entry])
    return found

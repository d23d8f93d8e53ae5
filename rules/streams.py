"""What a stream says to a person on a day: its state, each criterion with its reason, and what to ask next."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from functools import cache, lru_cache

from rules.criteria.finding import Finding, all_of, unknown
from rules.criteria.situation import Situation
from rules.errors import BadInput, NotInForce
from rules.fields import FIELDS
from rules.profile import Profile
from rules.rulebook import Citation
from rules.stream_rules import (
    DAYS_KEPT,
    ORDER,
    Criterion,
    State,
    StreamRule,
    criteria_on,
    first_day,
    stream_rules,
)
from rules.texts import Bilingual, Reason, texts
from rules.truth import Truth

VERDICTS = {Truth.YES: "meets", Truth.NO: "does_not_meet", Truth.UNKNOWN: "unknown"}
"""How a truth is called where other programs read it."""


@dataclass(frozen=True, slots=True)
class CriterionResult:
    """One criterion for one person. `asks` are the answers that can still settle it, `fields` all it reads.

    `change` says what would turn a no, where that is in somebody's hands.
    """

    id: str
    verdict: Truth
    label: Reason
    reason: Reason
    source: Citation
    fields: tuple[str, ...]
    asks: tuple[str, ...]
    change: Reason | None


@dataclass(frozen=True, slots=True)
class Note:
    """Something to be told with an assessment, and where it comes from."""

    id: str
    text: Bilingual | Reason
    source: Citation


@dataclass(frozen=True, slots=True)
class StreamAssessment:
    """A stream for a person on a day. `asks` are cheapest first, and empty once the verdict stands."""

    stream: str
    name: Bilingual
    page: str
    on: date
    state: State
    registration_open: bool | None
    state_source: Citation
    verdict: Truth
    criteria: tuple[CriterionResult, ...]
    asks: tuple[str, ...]
    notes: tuple[Note, ...]


def assess(
    profile: Profile, on: date, *, ask_closed: bool = False, streams: Iterable[str] = ORDER
) -> tuple[StreamAssessment, ...]:
    """Every stream on a day, or only `streams`, in order. Closed ones ask nothing unless `ask_closed`.

    Raises NotInForce for a day before any stream is held, BadInput or AmbiguousPlace for a place name.
    """
    situation, seen = Situation(profile, on, _program), _Results()
    rules = (stream_rules()[name] for name in streams)
    return tuple(_assessed(rule, situation, seen, ask_closed=ask_closed) for rule in rules)


def open_streams(on: date) -> tuple[str, ...]:
    """The streams that are open on a day, in order."""
    return tuple(name for name in ORDER if _state(name, on).state == "open")


def assess_stream(stream: str, profile: Profile, on: date, *, ask_closed: bool = True) -> StreamAssessment:
    """One stream on a day; raises as `assess`, and BadInput for a stream that does not exist."""
    rule = stream_rules().get(stream)
    if rule is None:
        raise BadInput("stream", Reason("error.choice", {"given": stream, "accepted": ", ".join(ORDER)}))
    return _assessed(rule, Situation(profile, on, _program), _Results(), ask_closed=ask_closed)


@dataclass(frozen=True, slots=True)
class _StateOn:
    """What a stream is on a day, whoever asks."""

    state: State
    registration_open: bool | None
    source: Citation
    notes: tuple[Note, ...]


def _program(stream: str, situation: Situation) -> Finding:
    """The finding of a whole stream, for the criteria that rest on one."""
    return _whole([situation.finding(one) for one in criteria_on(stream, situation.on)])


def _whole(findings: list[Finding]) -> Finding:
    """Every criterion must hold; where none is held for the day nothing is said."""
    return all_of(*findings) if findings else unknown()


class _Results(dict[Criterion, CriterionResult]):
    """The results of one person, each made once: streams share many criteria."""

    def of(self, rule: Criterion, finding: Finding) -> CriterionResult:
        if rule not in self:
            self[rule] = _result(rule, finding)
        return self[rule]


def _assessed(
    rule: StreamRule, situation: Situation, seen: _Results, *, ask_closed: bool
) -> StreamAssessment:
    state = _state(rule.id, situation.on)
    criteria = criteria_on(rule.id, situation.on)
    findings = [situation.finding(criterion) for criterion in criteria]
    whole = _whole(findings)
    asks = whole.asks if ask_closed or state.state != "closed" else frozenset[str]()
    return StreamAssessment(
        stream=rule.id,
        name=rule.name,
        page=rule.url,
        on=situation.on,
        state=state.state,
        registration_open=state.registration_open,
        state_source=state.source,
        verdict=whole.truth,
        criteria=tuple(map(seen.of, criteria, findings)),
        asks=by_cost(asks),
        notes=state.notes,
    )


@lru_cache(maxsize=DAYS_KEPT)
def _state(stream: str, on: date) -> _StateOn:
    rule = stream_rules()[stream]
    row = rule.state_on(on)
    if row is None:
        raise NotInForce("on", Reason("error.before_streams", {"on": on, "first": first_day()}))
    said = [Note(row.said, Reason(f"stream.{row.said}"), row.citation)] if row.said else []
    notes = (_notes(stream)[note.id] for note in rule.notes_on(on))
    return _StateOn(row.state, row.registration_open, row.citation, (*said, *notes))


@cache
def _notes(stream: str) -> Mapping[str, Note]:
    return {note.id: Note(note.id, note.text, note.citation) for note in stream_rules()[stream].notes}


def by_cost(fields: frozenset[str]) -> tuple[str, ...]:
    """Fields in the order to ask them: the least trouble first, then in the order of the catalogue."""
    return tuple(sorted(fields, key=_COST_RANK.__getitem__)) if fields else ()


_COST_RANK = {
    field.name: rank for rank, field in enumerate(sorted(FIELDS.values(), key=lambda field: field.cost))
}


def _result(rule: Criterion, finding: Finding) -> CriterionResult:
    change = _change(rule.words) if finding.truth is Truth.NO else None
    reason = Reason(_code(rule.words, finding.variant, finding.truth), finding.facts)
    return CriterionResult(
        id=rule.id,
        verdict=finding.truth,
        label=rule.label,
        reason=reason if rule.firm else Reason(f"criterion.{rule.citation.confidence}", {"reason": reason}),
        source=rule.citation,
        fields=rule.fields,
        asks=by_cost(finding.asks),
        change=Reason(change, finding.facts) if change else None,
    )


@cache
def _code(words: str, variant: str | None, truth: Truth) -> str:
    """The sentence for an outcome: that of the variant where the family has one, else yes, no or unknown."""
    said = f"{words}.{variant}"
    return said if said in texts() else f"{words}.{truth.value}"


@cache
def _change(words: str) -> str | None:
    code = f"{words}.change"
    return code if code in texts() else None

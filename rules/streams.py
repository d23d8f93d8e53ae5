"""What a stream says to a person on a day: its state, each criterion with its reason, and what to ask next."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from functools import lru_cache

from rules.criteria.finding import PLAIN, Finding, all_of, unknown
from rules.criteria.situation import Situation
from rules.errors import BadInput, NotInForce
from rules.fields import FIELDS
from rules.profile import Profile
from rules.rulebook import Citation
from rules.stream_rules import (
    ORDER,
    Criterion,
    State,
    StateRow,
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

    `change` says what would turn a verdict that is not yes, where that is in somebody's hands.
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


def assess(profile: Profile, on: date, *, ask_closed: bool = False) -> tuple[StreamAssessment, ...]:
    """Every stream on a day, in order. Closed ones ask nothing unless `ask_closed`.

    Raises NotInForce for a day before any stream is held, BadInput or AmbiguousPlace for a place name.
    """
    situation, seen = Situation(profile, on, _program), _Results()
    return tuple(_assessed(stream_rules()[name], situation, seen, ask_closed=ask_closed) for name in ORDER)


def assess_stream(stream: str, profile: Profile, on: date, *, ask_closed: bool = True) -> StreamAssessment:
    """One stream on a day; raises as `assess`, and BadInput for a stream that does not exist."""
    rule = stream_rules().get(stream)
    if rule is None:
        raise BadInput("stream", Reason("error.choice", {"given": stream, "accepted": ", ".join(ORDER)}))
    return _assessed(rule, Situation(profile, on, _program), _Results(), ask_closed=ask_closed)


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
    state = _state(rule, situation.on)
    criteria = criteria_on(rule.id, situation.on)
    findings = [situation.finding(criterion) for criterion in criteria]
    whole = _whole(findings)
    asks = whole.asks if ask_closed or state.state != "closed" else frozenset[str]()
    return StreamAssessment(
        stream=rule.id,
        name=rule.name,
        page=rule.page,
        on=situation.on,
        state=state.state,
        registration_open=state.registration_open,
        state_source=state.citation,
        verdict=whole.truth,
        criteria=tuple(map(seen.of, criteria, findings)),
        asks=by_cost(asks),
        notes=_notes(rule.id, situation.on),
    )


def _state(rule: StreamRule, on: date) -> StateRow:
    row = rule.state_on(on)
    if row is None:
        raise NotInForce("on", Reason("error.before_streams", {"on": on, "first": first_day()}))
    return row


def by_cost(fields: frozenset[str]) -> tuple[str, ...]:
    """Fields in the order to ask them: the least trouble first, then in the order of the catalogue."""
    return tuple(sorted(fields, key=_COST_RANK.__getitem__))


_COST_RANK = {
    field.name: rank for rank, field in enumerate(sorted(FIELDS.values(), key=lambda field: field.cost))
}


def _result(rule: Criterion, finding: Finding) -> CriterionResult:
    change = f"{rule.words}.change"
    open_to_change = finding.truth is not Truth.YES and change in texts()
    return CriterionResult(
        id=rule.id,
        verdict=finding.truth,
        label=Reason(f"{rule.words}.label"),
        reason=_reason(rule, finding),
        source=rule.citation,
        fields=rule.fields,
        asks=by_cost(finding.asks),
        change=Reason(change, finding.facts) if open_to_change else None,
    )


def _reason(rule: Criterion, finding: Finding) -> Reason:
    """The sentence of the finding; where the source is not firm, it says so."""
    said = f"{rule.words}.{finding.said_as}"
    code = said if said in texts() else f"{rule.words}.{PLAIN[finding.truth]}"
    reason = Reason(code, finding.facts)
    citation = rule.citation
    return reason if citation.firm else Reason(f"criterion.{citation.confidence}", {"reason": reason})


@lru_cache(maxsize=1024)
def _notes(stream: str, on: date) -> tuple[Note, ...]:
    rule = stream_rules()[stream]
    state = _state(rule, on)
    said = [Note(state.said, Reason(f"stream.{state.said}"), state.citation)] if state.said else []
    return (*said, *(Note(row.id, row.text, row.citation) for row in rule.notes_on(on)))

"""What a stream says to a person on a day: its state, each criterion with its reason, and what to ask next."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from rules.criteria.finding import Finding, all_of, unknown
from rules.criteria.situation import Situation
from rules.errors import BadInput, NotInForce
from rules.fields import FIELDS
from rules.profile import Profile
from rules.rulebook import Citation
from rules.stream_rules import (
    ORDER,
    CriterionRule,
    NoteRow,
    State,
    StateRow,
    StreamRule,
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
    situation = Situation(profile, on, _program)
    return tuple(_assessed(stream_rules()[name], situation, ask_closed=ask_closed) for name in ORDER)


def assess_stream(stream: str, profile: Profile, on: date, *, ask_closed: bool = True) -> StreamAssessment:
    """One stream on a day; raises as `assess`, and BadInput for a stream that does not exist."""
    rule = stream_rules().get(stream)
    if rule is None:
        raise BadInput("stream", Reason("error.choice", {"given": stream, "accepted": ", ".join(ORDER)}))
    return _assessed(rule, Situation(profile, on, _program), ask_closed=ask_closed)


def _program(stream: str, situation: Situation) -> Finding:
    """The finding of a whole stream, for the criteria that rest on one."""
    findings = [rule.test.evaluate(situation) for rule in stream_rules()[stream].criteria_on(situation.on)]
    return all_of(*findings) if findings else unknown()


def _assessed(rule: StreamRule, situation: Situation, *, ask_closed: bool) -> StreamAssessment:
    state = _state(rule, situation.on)
    criteria = rule.criteria_on(situation.on)
    findings = [criterion.test.evaluate(situation) for criterion in criteria]
    whole = all_of(*findings) if findings else unknown()
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
        criteria=tuple(map(_result, criteria, findings)),
        asks=by_cost(asks),
        notes=_notes(rule, state, situation.on),
    )


def _state(rule: StreamRule, on: date) -> StateRow:
    row = rule.state_on(on)
    if row is None:
        raise NotInForce("on", Reason("error.before_streams", {"on": on, "first": first_day()}))
    return row


def by_cost(fields: frozenset[str]) -> tuple[str, ...]:
    """Fields in the order to ask them: the least trouble first, then in the order of the catalogue."""
    return tuple(name for name in _COST_ORDER if name in fields)


_COST_ORDER = tuple(field.name for field in sorted(FIELDS.values(), key=lambda field: field.cost))


def _result(rule: CriterionRule, finding: Finding) -> CriterionResult:
    settled = finding.truth is Truth.YES
    change = f"{rule.words}.change"
    return CriterionResult(
        id=rule.id,
        verdict=finding.truth,
        label=Reason(f"{rule.words}.label"),
        reason=_reason(rule, finding),
        source=rule.citation,
        fields=tuple(sorted(rule.test.reads)),
        asks=by_cost(finding.asks),
        change=Reason(change, finding.facts) if not settled and change in texts() else None,
    )


def _reason(rule: CriterionRule, finding: Finding) -> Reason:
    """The sentence of the finding; where the source is not firm, it says so."""
    said = f"{rule.words}.{finding.said_as}"
    code = said if said in texts() else f"{rule.words}.{finding.truth.value}"
    reason = Reason(code, finding.facts)
    citation = rule.citation
    return reason if citation.firm else Reason(f"criterion.{citation.confidence}", {"reason": reason})


def _notes(rule: StreamRule, state: StateRow, on: date) -> tuple[Note, ...]:
    said = [Note(state.said, Reason(f"stream.{state.said}"), state.citation)] if state.said else []
    return (*said, *(_note(note) for note in rule.notes_on(on)))


def _note(row: NoteRow) -> Note:
    return Note(row.id, row.text, row.citation)

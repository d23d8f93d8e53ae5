"""Every honest change that raises a score or turns a verdict, the most rewarding first."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass, field, replace
from datetime import date

from rules import crs, eoi, fsw
from rules.changes import language, study, work
from rules.changes.change import Change
from rules.changes.partner import Swap, as_principal
from rules.eoi_grid import StreamName
from rules.errors import NotInForce
from rules.profile import Profile
from rules.streams import StreamAssessment, assess, open_streams
from rules.texts import Bilingual, Language, Reason
from rules.truth import Truth

_SCALES = {"eoi": 130, "crs": 600, "fsw": 100}
"""What a gain is measured against: the ceilings, for the CRS without a nomination."""


_NOBODY_CHANGES = frozenset({"teer", "trade", "physician"})
"""Criteria that no effort turns: what else would hold in such a stream is of no use."""


@dataclass(frozen=True, slots=True)
class Turn:
    """A criterion of an open stream that would then hold; `whole` when the whole stream would."""

    stream: str
    name: Bilingual
    criterion: str
    label: Reason
    whole: bool


@dataclass(frozen=True, slots=True)
class NextStep:
    """One change with its gains in points and the criteria it would turn. `day`: when time brings it about."""

    id: str
    what: Reason
    eoi: int = 0
    crs: int = 0
    fsw: int = 0
    turns: tuple[Turn, ...] = ()
    day: date | None = None
    caution: Reason | None = None

    @property
    def weight(self) -> float:
        """Gains as shares of their scales; a turned criterion counts above any of them, a stream most."""
        return self.share + bool(self.turns) + 2 * any(turn.whole for turn in self.turns)

    @property
    def share(self) -> float:
        """The points gained, each as a share of its scale."""
        return self.eoi / _SCALES["eoi"] + self.crs / _SCALES["crs"] + self.fsw / _SCALES["fsw"]

    def text(self, lang: Language) -> str:
        """The change, what it gains, what it turns, and what must be said with it."""
        gains = self._gains()
        code = "step.told" if gains else "step.told_alone"
        parts = [Reason(code, {"what": self.what, "gains": gains}).text(lang)]
        if self.turns:
            turned = [Reason("step.turn", {"name": turn.name, "label": turn.label}) for turn in self.turns]
            parts.append(Reason("step.turns", {"turned": turned}).text(lang))
        if self.caution:
            parts.append(self.caution.text(lang))
        told = " ".join(parts)
        return told[:1].upper() + told[1:]

    def _gains(self) -> list[Reason]:
        gains = {name: getattr(self, name) for name in _SCALES}
        return [Reason(f"step.gain.{name}", {"points": points}) for name, points in gains.items() if points]


@dataclass(frozen=True, slots=True)
class _Standing:
    """Where a profile stands on a day: its open streams, and its scores.

    A score is None where no grid is held, and Ontario's where there is no offer to register with.
    """

    scores: Mapping[str, int | None]
    streams: tuple[StreamAssessment, ...] = field(default=())


def next_steps(profile: Profile, on: date) -> tuple[NextStep, ...]:
    """Every change that gains something, sorted by gain; of alike changes only the smallest that gains so much.

    Raises like the scores and `assess` for a place name that decides nothing.
    """
    now = _standing(profile, on)
    found = [*_gaining(_changes(profile, on), now, on), *_partner(profile, on)]
    return tuple(sorted(found, key=lambda step: -step.weight))


def _gaining(changes: Iterable[Change], now: _Standing, on: date) -> Iterator[NextStep]:
    """Of each kind of change the first step of every new gain, or the first that gains at all."""
    best: dict[str, float] = {}
    turned: set[tuple[str, str, str]] = set()
    for change in changes:
        if change.next_only and change.id in best:
            continue
        step = _step(change, now, on)
        fresh = tuple(turn for turn in step.turns if (change.id, turn.stream, turn.criterion) not in turned)
        if fresh or step.share > best.get(change.id, 0.0):
            best[change.id] = max(step.share, best.get(change.id, 0.0))
            turned.update((change.id, turn.stream, turn.criterion) for turn in fresh)
            yield replace(step, turns=fresh)


def _changes(profile: Profile, on: date) -> Iterator[Change]:
    yield from language.changes(profile)
    yield from work.changes(profile, on)
    yield from study.changes(profile)


def eoi_stream(on: date) -> StreamName:
    """The stream whose grid counts on a day: Workforce Priority, or before it the broadest of the old ones."""
    from rules.stream_rules import stream_rules

    state = stream_rules()["workforce_priority_teer_0_3"].state_on(on)
    return "workforce_priority" if state is not None and state.state == "open" else "foreign_worker"


def _standing(profile: Profile, on: date, day: date | None = None) -> _Standing:
    no_offer = profile.has_job_offer is False
    scores = {
        "eoi": None if no_offer else _points(lambda: eoi.score(profile, eoi_stream(on), on).total),
        "crs": _points(lambda: crs.score(profile, on).total),
        "fsw": _points(lambda: fsw.score(profile, on).total),
    }
    return _Standing(scores, assess(profile, day or on, streams=open_streams(on)))


def _points(score: Callable[[], int]) -> int | None:
    try:
        return score()
    except NotInForce:
        return None


def _step(change: Change, now: _Standing, on: date) -> NextStep:
    then = _standing(change.after, on, change.day)
    gains = {name: (then.scores[name] or 0) - (now.scores[name] or 0) for name in _SCALES}
    turns = _turns(now.streams, then.streams)
    gains = {name: max(points, 0) for name, points in gains.items()}
    return NextStep(change.id, change.text, **gains, turns=turns, day=change.day, caution=change.caution)


def _turns(now: Iterable[StreamAssessment], then: Iterable[StreamAssessment]) -> tuple[Turn, ...]:
    """The criteria of open streams that fail now and would hold then."""
    found = []
    for before, after in zip(now, then, strict=True):
        still_shut = any(one.id in _NOBODY_CHANGES and one.verdict is Truth.NO for one in after.criteria)
        if after.state != "open" or still_shut or len(before.criteria) != len(after.criteria):
            continue
        whole = before.verdict is not Truth.YES and after.verdict is Truth.YES
        for was, would in zip(before.criteria, after.criteria, strict=True):
            if was.verdict is Truth.NO and would.verdict is Truth.YES:
                found.append(Turn(after.stream, after.name, would.id, would.label, whole))
    return tuple(found)


def _partner(profile: Profile, on: date) -> Iterator[NextStep]:
    """The other partner as principal applicant, where that may score more."""
    swap = as_principal(profile, on)
    if swap is not None and swap.most > swap.now:
        yield NextStep("partner_applies", _swap_text(swap), crs=max(0, swap.least - swap.now))


def _swap_text(swap: Swap) -> Reason:
    return Reason("step.partner_applies", {"least": swap.least, "most": swap.most, "now": swap.now})

"""What a page says against what is held: which rows are known draws, which are corrected ones, which are new.

A federal round is its number. Ontario's rows have none, so a row is a held draw when everything about it is the
same, else when the day and the group aimed at are, else when all but the day is. Position never matters.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, replace
from typing import Any

from knowledge.draws.draw import Draw

# A draw whose date is corrected moves a little; a row like it months later is another draw.
MOVES_AT_MOST = 31


@dataclass(frozen=True, slots=True)
class Changes:
    """`revised` pairs what was held with what the page says now, under the held identity. `gone` stays held."""

    same: int = 0
    new: tuple[Draw, ...] = ()
    revised: tuple[tuple[Draw, Draw], ...] = ()
    gone: tuple[Draw, ...] = ()


def reconcile(held: Iterable[Draw], found: Sequence[Draw]) -> Changes:
    """`held` may hold other programs; only those of `found` are compared. An empty page changes nothing."""
    programs = {draw.program for draw in found}
    left_held = [draw for draw in held if draw.program in programs]
    taken = {draw.key for draw in left_held}
    left_found = list(found)
    same = 0
    revised: list[tuple[Draw, Draw]] = []
    for sameness in (exactly, aimed_alike, counted_alike, moved):
        pairs, left_held, left_found = _paired(left_held, left_found, sameness)
        for old, new in pairs:
            now = keeping(old, new)
            same += now == old
            revised += [(old, now)] if now != old else []
    fresh = [_named(draw, taken) for draw in left_found]
    return Changes(same, tuple(fresh), tuple(revised), tuple(left_held))


def exactly(old: Draw, new: Draw) -> bool:
    if old.program == "federal":
        return old.ordinal == new.ordinal
    return _aim(old) == _aim(new) and _numbers(old) == _numbers(new)


def aimed_alike(old: Draw, new: Draw) -> bool:
    return old.program != "federal" and _aim(old) == _aim(new)


def counted_alike(old: Draw, new: Draw) -> bool:
    """The same day and stream, and either the numbers or the region stayed."""
    if old.program == "federal" or (old.stream, old.date) != (new.stream, new.date):
        return False
    return _numbers(old) == _numbers(new) or (old.region == new.region and old.targets == new.targets)


def moved(old: Draw, new: Draw) -> bool:
    """All but the day stayed, and the day did not move far."""
    alike = old.program != "federal" and (old.stream, old.region, old.targets) == (
        new.stream,
        new.region,
        new.targets,
    )
    near = abs((old.date - new.date).days) <= MOVES_AT_MOST
    return alike and near and _numbers(old) == _numbers(new) and old.size is not None


def keeping(old: Draw, new: Draw) -> Draw:
    """`new` under the identity of `old`, with what a page without lists cannot say."""
    # Notes are ours; the day a page was read and how sure we were then say nothing about the draw.
    kept = replace(
        new,
        ordinal=old.ordinal,
        notes=old.notes,
        source=old.source,
        as_of=old.as_of,
        confidence=old.confidence,
        identity=old.identity if new.date == old.date else old.key,
    )
    if not new.codes:
        kept = kept.with_codes(old.codes, old.noc_version)
    if old.confidence == "secondary" and old.stream == new.stream:
        # The first official sight of a round: its spelling is no news.
        kept = replace(kept, name=old.name)
    return kept


def what_changed(old: Draw, new: Draw) -> frozenset[str]:
    """The fields that differ and that mean something to a person: date, size, score, region, codes, stream."""
    fields: dict[str, Callable[[Draw], Any]] = {
        "date": lambda draw: draw.date,
        "size": lambda draw: draw.size,
        "score": lambda draw: (draw.score_min, draw.score_max),
        "region": lambda draw: draw.region,
        "codes": lambda draw: frozenset(draw.codes),
        "stream": lambda draw: draw.stream,
    }
    return frozenset(name for name, read in fields.items() if read(old) != read(new))


def _paired(
    held: list[Draw], found: list[Draw], sameness: Callable[[Draw, Draw], bool]
) -> tuple[list[tuple[Draw, Draw]], list[Draw], list[Draw]]:
    pairs: list[tuple[Draw, Draw]] = []
    left_held, left_found = list(held), []
    by_stream: dict[tuple[str, str], list[Draw]] = {}
    for draw in held:
        by_stream.setdefault(_group(draw), []).append(draw)
    for new in found:
        candidates = by_stream.get(_group(new), [])
        old = next((draw for draw in candidates if sameness(draw, new)), None)
        if old is None:
            left_found.append(new)
        else:
            candidates.remove(old)
            left_held.remove(old)
            pairs.append((old, new))
    return pairs, left_held, left_found


def _group(draw: Draw) -> tuple[str, str]:
    return (draw.program, draw.ordinal if draw.program == "federal" else draw.stream)


def _aim(draw: Draw) -> tuple[Any, ...]:
    return (draw.stream, draw.date, draw.region, draw.targets)


def _numbers(draw: Draw) -> tuple[Any, ...]:
    return (draw.size, draw.score_min, draw.score_max)


def _named(draw: Draw, taken: set[str]) -> Draw:
    """The draw under the first ordinal of its stream and day that is free."""
    number = 1
    if draw.program != "federal":
        while draw.key in taken:
            draw = replace(draw, ordinal=str(number))
            number += 1
    taken.add(draw.key)
    return draw

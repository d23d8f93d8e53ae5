"""What a language test is worth: scores to CLB or NCLC, which tests count and for how long."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Literal

from rapidfuzz import fuzz, process

from rules.errors import BadInput
from rules.language_tables import ABILITIES, Ability, Scale, Test, tables
from rules.profile import LanguageLevels
from rules.rulebook import Citation, Cited
from rules.texts import Reason

__all__ = ["ABILITIES", "Ability", "Converted", "convert", "last_valid_day", "named", "needed"]


@dataclass(frozen=True, slots=True)
class Converted:
    """A test as levels. `valid` is None without a test date; `caveats` must be shown with the levels."""

    test: str
    language: Literal["english", "french"]
    scale: str
    levels: LanguageLevels
    valid: bool | None
    last_valid_day: date | None
    caveats: tuple[Reason, ...]
    citation: Citation

    @property
    def holding_back(self) -> tuple[Ability, ...]:
        """The abilities at the lowest level, when not all four are."""
        low = tuple(name for name in ABILITIES if getattr(self.levels, name) == self.levels.lowest)
        return () if len(low) == len(ABILITIES) else low


def named(text: str) -> str:
    """The key of an accepted test from the way people write it.

    Raises BadInput for a refused test, with the reason, and for an unknown one, with those accepted.
    """
    key = text.strip().casefold().replace("-", "_").replace(" ", "_")
    for name, refused in tables().refused.items():
        if key in (name, *refused.also):
            facts = {"name": refused.name, "reason": refused.reason}
            raise BadInput("test", Reason("error.test_refused", facts))
    keys = {also: name for name, test in tables().tests.items() for also in (name, *test.also)}
    if key in keys:
        return keys[key]
    near = process.extractOne(key, keys.keys(), scorer=fuzz.ratio, score_cutoff=85)
    if near:
        return keys[near[0]]
    accepted = [test.name for test in tables().tests.values()]
    raise BadInput("test", Reason("error.test_unknown", {"given": text, "accepted": accepted}))


def convert(
    test: str,
    scores: Mapping[str, float],
    *,
    on: date,
    taken: date | None = None,
    scale: str | None = None,
) -> Converted:
    """The levels a test gives on a day.

    `scores` has the four abilities; `taken` is the day of the test, `scale` the id of one of its scales
    (`new` or `old` for TEF Canada), needed only where neither the date nor the scores tell.
    Raises BadInput for a score that does not exist, an undecided scale, or a test in the future.
    """
    key = named(test)
    table = tables().tests[key]
    if taken and taken > on:
        raise BadInput("taken", Reason("error.test_in_future", {"taken": taken, "on": on}))
    used = _scale(table, scores, taken, scale)
    _check(used, scores, table)
    levels = LanguageLevels(**{name: used.level(name, scores[name]) for name in ABILITIES})
    last = last_valid_day(taken) if taken else None
    citation = Cited(source=used.source or table.source).citation
    return Converted(
        test=key,
        language=table.language,
        scale=used.id,
        levels=levels,
        valid=None if last is None else on <= last,
        last_valid_day=last,
        caveats=(
            *_expired(last, on),
            *(() if scale else _other_scale(table, used, scores)),
            *_table_caveats(table, citation, levels),
        ),
        citation=citation,
    )


def last_valid_day(taken: date) -> date:
    """The last day on which a test is under two years old."""
    years = tables().validity_years
    leap = taken.month == 2 and taken.day == 29
    turns = taken.replace(year=taken.year + years, day=28) if leap else taken.replace(year=taken.year + years)
    return turns if leap else turns - timedelta(days=1)


def needed(test: str, ability: Ability, level: int, scale: str | None = None) -> float | None:
    """The lowest score for a level on the scale named, or on the current one; None where none is listed."""
    scales = tables().tests[named(test)].scales
    used = next((one for one in scales if one.id == scale), scales[0])
    return used.needed(ability, level)


def _scale(table: Test, scores: Mapping[str, float], taken: date | None, wanted: str | None) -> Scale:
    if wanted is not None:
        return _wanted(table, wanted)
    if len(table.scales) == 1:
        return table.scales[0]
    if taken is not None:
        return next(one for one in table.scales if one.sat_on(taken))
    fitting = [one for one in table.scales if _fits(one, scores)]
    if len(fitting) == 1:
        return fitting[0]
    labels = [one.label for one in table.scales]
    raise BadInput("scale", Reason("error.two_scales", {"test": table.name, "scales": labels}))


def _wanted(table: Test, wanted: str) -> Scale:
    for one in table.scales:
        if one.id == wanted:
            return one
    accepted = [one.id for one in table.scales]
    raise BadInput("scale", Reason("error.choice", {"given": wanted, "accepted": accepted}))


def _fits(scale: Scale, scores: Mapping[str, float]) -> bool:
    return all(scale.takes(name, scores[name]) for name in ABILITIES if name in scores)


def _check(scale: Scale, scores: Mapping[str, float], table: Test) -> None:
    for name in scores:
        if name not in ABILITIES:
            raise BadInput(name, Reason("error.unknown_field", {"field": name}))
    for name in ABILITIES:
        if name not in scores:
            raise BadInput(name, Reason("error.missing"))
        if not scale.takes(name, scores[name]):
            top = scale.highest[ABILITIES.index(name)]
            facts = {"given": scores[name], "low": scale.lowest, "top": top, "step": scale.step}
            raise BadInput(name, Reason("error.test_score", {**facts, "test": table.name}))


def _expired(last: date | None, on: date) -> tuple[Reason, ...]:
    if last is None or on <= last:
        return ()
    return (Reason("language.expired", {"last": last, "years": tables().validity_years}),)


def _other_scale(table: Test, used: Scale, scores: Mapping[str, float]) -> tuple[Reason, ...]:
    """Newer TEF reports print both scales, so numbers that fit the other one may come from that line."""
    others = [one for one in table.scales if one is not used and _fits(one, scores)]
    if not others:
        return ()
    lowest = min(others[0].level(name, scores[name]) for name in ABILITIES)
    return (
        Reason(
            "language.other_scale_fits", {"scale": used.label, "other": others[0].label, "lowest": lowest}
        ),
    )


def _table_caveats(table: Test, citation: Citation, levels: LanguageLevels) -> tuple[Reason, ...]:
    found: list[Reason] = []
    if not citation.firm:
        found.append(Reason("language.secondary_table", {"test": table.name, "url": citation.url}))
    if levels.lowest == 0:
        found.append(Reason("language.below_table", {"level": table.scales[0].rows[-1][0]}))
    return tuple(found)

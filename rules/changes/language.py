"""Changes of language: one ability, all of them, the other official language, the partner's test."""

from __future__ import annotations

from collections.abc import Iterator

from rules.changes.change import Change
from rules.profile import LanguageLevels, Profile
from rules.texts import Reason

ABILITIES = ("speaking", "listening", "reading", "writing")
TOP = 10
"""No grid tells levels above this one apart."""

_OTHER = {"english": "french", "french": "english"}
_SECOND_TARGETS = (5, 6, 7, 9)
_PARTNER_TARGETS = (4, 5, 7, 9)


def changes(profile: Profile) -> Iterator[Change]:
    for test in _taken(profile):
        levels: LanguageLevels = getattr(profile, test)
        yield from _one_ability(profile, test, levels)
        yield from _every_ability(profile, test, levels)
    yield from _second_language(profile)
    yield from _partner(profile)


def _taken(profile: Profile) -> tuple[str, ...]:
    return tuple(test for test in _OTHER if getattr(profile, test) is not None)


def _one_ability(profile: Profile, test: str, levels: LanguageLevels) -> Iterator[Change]:
    """Every higher level of each ability; the one that alone is lowest holds the person back."""
    for ability in ABILITIES:
        level = getattr(levels, ability)
        alone_lowest = level < min(getattr(levels, other) for other in ABILITIES if other != ability)
        words = "step.language.holds_back" if alone_lowest else "step.language.ability"
        for target in range(level + 1, TOP + 1):
            facts = {
                **_words(test),
                "ability": Reason(f"step.ability.{ability}"),
                "from": level,
                "to": target,
            }
            after = profile.with_answers(**{test: levels.model_copy(update={ability: target})})
            yield Change(f"language.{test}.{ability}", Reason(words, facts), after, next_only=True)


def _every_ability(profile: Profile, test: str, levels: LanguageLevels) -> Iterator[Change]:
    """The whole test at a level, where more than one ability lies below it."""
    for target in range(levels.lowest + 1, TOP + 1):
        below = [ability for ability in ABILITIES if getattr(levels, ability) < target]
        if len(below) > 1:
            raised = levels.model_copy(update=dict.fromkeys(below, target))
            names = [Reason(f"step.ability.{ability}") for ability in below]
            text = Reason("step.language.several", {**_words(test), "abilities": names, "to": target})
            yield Change(f"language.{test}.all", text, profile.with_answers(**{test: raised}))


def _second_language(profile: Profile) -> Iterator[Change]:
    """The other official language, from nothing or from too little."""
    if not _taken(profile):
        return
    other = _OTHER[profile.first_language] if getattr(profile, profile.first_language) else None
    if other is None:
        return
    levels = getattr(profile, other)
    for target in _SECOND_TARGETS:
        if levels is None:
            text = Reason("step.language.second", {**_words(other), "to": target})
            after = profile.with_answers(**{other: LanguageLevels.same(target)})
            yield Change(f"second_language.{other}", text, after)


def _partner(profile: Profile) -> Iterator[Change]:
    """A test of the partner who comes along."""
    partner = profile.spouse
    if partner is None:
        return
    lowest = partner.language.lowest if partner.language else 0
    for target in _PARTNER_TARGETS:
        if target > lowest:
            raised = LanguageLevels(
                **{name: max(target, _level(partner.language, name)) for name in ABILITIES}
            )
            after = profile.with_answers(spouse=partner.model_copy(update={"language": raised}))
            yield Change("partner_language", Reason("step.partner_language", {"to": target}), after)


def _level(levels: LanguageLevels | None, ability: str) -> int:
    return getattr(levels, ability) if levels else 0


def _words(test: str) -> dict[str, object]:
    return {"language": Reason(f"step.test.{test}"), "scale": Reason(f"step.scale.{test}")}

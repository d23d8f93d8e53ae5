"""Finds the place a person means: exact names, everyday names, and names with a slip of the pen."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache, lru_cache
from typing import Literal

from rapidfuzz import fuzz, process

from rules.errors import AmbiguousPlace, BadInput
from rules.places import Place, Region, distinct, gazetteer, index, normal, outside
from rules.texts import LANGUAGES, Reason

__all__ = ["Place", "Region", "Resolved", "find", "resolve", "whereabouts"]

_CLOSE = 86.0
_TAIL = re.compile(r" (?:on|ont|ontario|canada|on canada|ontario canada)$")
_HEAD = re.compile(
    r"^(?:the )?(city|town|township|municipality|village|county|united counties|region|"
    r"regional municipality|district|district municipality|ville|canton|comte|district) (?:of|de|du|d) "
)
_ENDING = re.compile(r" (city|town|township|municipality|village|county|region|district)$")
_HINTS: dict[str, frozenset[str]] = {
    "county": frozenset({"county", "united_counties", "single"}),
    "united counties": frozenset({"united_counties"}),
    "comte": frozenset({"county", "united_counties"}),
    "region": frozenset({"regional", "county", "single"}),
    "regional municipality": frozenset({"regional"}),
    "district": frozenset({"district", "district_municipality"}),
    "district municipality": frozenset({"district_municipality"}),
    "city": frozenset({"city"}),
    "town": frozenset({"town", "community"}),
    "ville": frozenset({"city", "town"}),
    "township": frozenset({"township"}),
    "canton": frozenset({"township"}),
    "municipality": frozenset({"municipality"}),
    "village": frozenset({"village", "community"}),
}


@dataclass(frozen=True, slots=True)
class Resolved:
    """The place taken for a name, and what must be said about the choice."""

    place: Place
    caveats: tuple[Reason, ...] = ()


@dataclass(frozen=True, slots=True)
class _Found:
    places: tuple[Place, ...]
    read_as: str | None = None


def find(text: str) -> tuple[Place, ...]:
    """The places a text may mean: one is sure, several must be asked about, none is not in Ontario."""
    return _look_up(text).places


def resolve(text: str, field: str = "place") -> Resolved:
    """The one place to score with. A city or single-tier municipality of the name wins, with a caveat.

    Raises BadInput for a place outside Ontario, AmbiguousPlace where the candidates score differently.
    """
    found = _look_up(text)
    if not found.places:
        raise BadInput(field, _not_found(text))
    notes = [Reason("place.read_as", {"text": text, "place": found.read_as})] if found.read_as else []
    chosen = _choose(found.places)
    if chosen is None:
        titles = [place.title for place in found.places]
        reason = Reason("error.place_ambiguous", {"text": text, "places": titles})
        raise AmbiguousPlace(field, reason, tuple(title.en for title in titles))
    others = [place for place in found.places if place.region != chosen.region]
    if others:
        facts = {"taken": chosen.title, "others": [place.title for place in others]}
        notes.append(Reason("place.namesake", facts))
    return Resolved(chosen, tuple(notes))


def whereabouts(text: str) -> Literal["ontario", "canada", "abroad"] | None:
    """Whether a place is in Ontario, elsewhere in Canada, or abroad; None where the name is not known."""
    known = outside().get(normal(text)) or _beyond(text)
    if known:
        return known
    return "ontario" if find(text) else None


def _choose(places: tuple[Place, ...]) -> Place | None:
    if len({place.region for place in places}) == 1:
        return places[0]
    firm = [place for place in places if place.single_tier and place.kind != "community"]
    if len(firm) == 1:
        return firm[0]
    # a second meaning noted beside a division yields to the division, which bears the bare name
    plain = [place for place in places if place.name not in gazetteer().beside.values()]
    return plain[0] if len(plain) == 1 else None


def _not_found(text: str) -> Reason:
    if whereabouts(text) in ("canada", "abroad"):
        return Reason("error.place_outside", {"text": text})
    return Reason("error.place_unknown", {"text": text})


@lru_cache(maxsize=4096)
def _look_up(text: str) -> _Found:
    whole = normal(text)
    name = _TAIL.sub("", whole)
    sure = _exact(whole) or _exact(name) or _labelled(name) or _by_kind(name) or _qualified(text)
    if sure or not name or name in outside() or _beyond(text):
        return _Found(sure)
    return _near(name)


def _exact(name: str) -> tuple[Place, ...]:
    beside = next((also for bare, also in gazetteer().beside.items() if normal(bare) == name), None)
    return distinct((*_all_of(name), *(_all_of(normal(beside)) if beside else ())))


def _labelled(name: str) -> tuple[Place, ...]:
    """The place whose full label this is, as it is offered where a name is ambiguous."""
    place = _labels().get(name)
    return (place,) if place else ()


@cache
def _labels() -> Mapping[str, Place]:
    places = (place for found in index().values() for place in found if place.kind != "region")
    return {normal(place.label(lang)): place for place in places for lang in LANGUAGES}


def _all_of(name: str) -> tuple[Place, ...]:
    return index().get(name) or index().get(name.removeprefix("the "), ())


def _by_kind(name: str) -> tuple[Place, ...]:
    """`city of Hamilton`, `Perth County`: the name without the word, and only places of that kind."""
    for pattern in (_HEAD, _ENDING):
        match = pattern.search(name)
        if match:
            kinds = _HINTS[match[1]]
            return distinct(place for place in _all_of(pattern.sub("", name)) if place.kind in kinds)
    return ()


def _qualified(text: str) -> tuple[Place, ...]:
    """`Perth, Lanark`, `Hamilton (Northumberland)`: the part before, kept where the part after fits."""
    before, after = _split(text)
    if not after:
        return ()
    return distinct(place for place in _all_of(before) if _fits(place, after)) or distinct(
        place for place in _by_kind(before) if _fits(place, after)
    )


def _split(text: str) -> tuple[str, str]:
    before, _, after = re.sub(r"[()]", ",", text).partition(",")
    return normal(before), _TAIL.sub("", f" {normal(after)}").strip()


def _fits(place: Place, qualifier: str) -> bool:
    bare = _ENDING.sub("", qualifier)
    own = {normal(name) for name in (place.division or "", place.municipality or "", place.kind)}
    if bare in own or qualifier in own:
        return True
    return any(other.kind == "region" and other.region == place.region for other in index().get(bare, ()))


def _beyond(text: str) -> Literal["canada", "abroad"] | None:
    """The country or province named after the comma, if it is one: `London, UK`."""
    return outside().get(_split(text)[1])


def _near(name: str) -> _Found:
    """Names one slip away; short ones must be exact, as `Ajax` and `Alma` are too close to everything."""
    if len(name) < 5:
        return _Found(())
    hits = process.extract(name, index().keys(), scorer=fuzz.ratio, score_cutoff=_CLOSE, limit=5)
    if not hits:
        return _Found(())
    best = [key for key, score, _ in hits if score >= hits[0][1] - 1]
    places = distinct(place for key in best for place in index()[key])
    return _Found(places, " / ".join(dict.fromkeys(place.name for place in places)))

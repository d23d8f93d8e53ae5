"""Every place of Ontario a person may name, and where it stands: division, scoring region, wage region, floors."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from functools import cache
from typing import Literal

from pydantic import BaseModel, ConfigDict

from rules.rulebook import Cited, Dated, document, validated
from rules.texts import LANGUAGES, Bilingual, Language

Region = Literal["northern", "eastern", "central", "southwestern", "gta", "toronto"]
Tier = Literal["large", "middle", "small"]
_MUNICIPAL = frozenset({"city", "town", "municipality", "village", "township"})


@dataclass(frozen=True, slots=True)
class Place:
    """A place of Ontario. `region` is the scoring region of Ontario's grids, the same in both.

    `division` (census division), `economic_region` (code of the wage region) and the employer floors are
    None for a whole region, where they differ from place to place. `municipality` is set for communities.
    """

    name: str
    kind: str
    region: Region
    division: str | None = None
    economic_region: str | None = None
    revenue_floor: int | None = None
    staff_floor: int | None = None
    municipality: str | None = None
    single_tier: bool = False

    @property
    def in_gta(self) -> bool:
        """Toronto or the four regional municipalities around it."""
        return self.region in ("gta", "toronto")

    @property
    def title(self) -> Bilingual:
        """The label in both languages, for a sentence."""
        return Bilingual(en=self.label("en"), fr=self.label("fr"))

    def label(self, lang: Language) -> str:
        """`Perth (town, Lanark)`: enough to tell it from its namesakes."""
        if self.kind == "region":
            return gazetteer().regions[self.region].name.text(lang)
        beside = self.municipality or (self.division if self.division != self.name else None)
        if self.name.endswith(")"):
            return f"{self.name[:-1]}, {beside})"
        words = gazetteer().kinds[self.kind].text(lang)
        return f"{self.name} ({words}, {beside})" if beside else f"{self.name} ({words})"

    def region_name(self, lang: Language) -> str:
        return gazetteer().regions[self.region].name.text(lang)

    def economic_region_name(self, lang: Language) -> str | None:
        return gazetteer().economic_regions[self.economic_region].text(lang) if self.economic_region else None

    @property
    def standing(self) -> tuple[str | None, ...]:
        """What the rules read of a place; namesakes of one standing need not be told apart."""
        return (self.region, self.division, self.economic_region, str(self.revenue_floor))


class _Table(BaseModel):
    model_config = ConfigDict(frozen=True, extra="forbid")


class Division(_Table):
    name: str
    kind: str
    region: Region
    economic_region: str
    employers: Tier
    places: dict[str, tuple[str, ...]]


class Floor(_Table):
    revenue: int
    staff: int


class EmployerFloors(Dated):
    tiers: dict[Tier, Floor]


class RegionNames(_Table):
    name: Bilingual
    also: tuple[str, ...]


class Wide(_Table):
    names: tuple[str, ...]
    regions: tuple[Region, ...]


class Gazetteer(Cited):
    review: str
    contradicts: tuple[Bilingual, ...]
    divisions: tuple[Division, ...]
    employer_floors: EmployerFloors
    regions: dict[Region, RegionNames]
    wide: tuple[Wide, ...]
    economic_regions: dict[str, Bilingual]
    kinds: dict[str, Bilingual]
    aliases: dict[str, tuple[str, ...]]
    beside: dict[str, str]
    outside: dict[Literal["canada", "abroad"], tuple[str, ...]]


@cache
def gazetteer() -> Gazetteer:
    return validated(Gazetteer, document("places"), "places")


@cache
def index() -> Mapping[str, tuple[Place, ...]]:
    """Normalised name to every place of that name, municipalities first."""
    found: dict[str, list[Place]] = {}
    for name, place in _named():
        found.setdefault(normal(name), []).append(place)
    return {name: tuple(dict.fromkeys(places)) for name, places in found.items()}


@cache
def outside() -> Mapping[str, Literal["canada", "abroad"]]:
    """Normalised names of places that are not in Ontario: well-known ones, and every country."""
    named = {normal(name): where for where, names in gazetteer().outside.items() for name in names}
    return {**dict.fromkeys(_countries(), "abroad"), **named}


def _countries() -> Iterator[str]:
    from babel import Locale  # only where a name is not one of Ontario's

    for lang in LANGUAGES:
        for code, name in Locale(lang).territories.items():
            if len(code) == 2 and code != "CA":
                yield normal(name)


def normal(name: str) -> str:
    """Lower case without accents, points or hyphens; saint and sainte as `st`, `ste`."""
    plain = unicodedata.normalize("NFKD", name.casefold())
    plain = "".join(letter for letter in plain if not unicodedata.combining(letter))
    plain = re.sub(r"[.'’`]", "", plain.replace("&", " and "))
    plain = re.sub(r"[^a-z0-9]+", " ", plain).strip()
    return re.sub(r"\b(saint|sainte)\b", lambda match: {"saint": "st"}.get(match[0], "ste"), plain)


def _named() -> Iterator[tuple[str, Place]]:
    divisions = [_of_division(division) for division in gazetteer().divisions]
    municipal = [place for division in gazetteer().divisions for place in _inside(division)]
    for place in (*municipal, *divisions):
        yield place.name, place
    yield from _aliases(
        {place.name: place for place in (*divisions, *reversed(municipal), *_cities(municipal))}
    )
    for region, names in gazetteer().regions.items():
        for name in (names.name.en, names.name.fr, *names.also):
            yield name, Place(names.name.en, "region", region)
    for wide in gazetteer().wide:
        for name in wide.names:
            yield from ((name, Place(name, "region", region)) for region in wide.regions)


def _cities(places: list[Place]) -> list[Place]:
    """Last in the list of targets, so that an alias of Hamilton means the city and not the township."""
    return [place for place in places if place.kind == "city"]


def _aliases(targets: Mapping[str, Place]) -> Iterator[tuple[str, Place]]:
    for target, names in gazetteer().aliases.items():
        for name in names:
            yield name, replace(targets[target], name=name, kind="community", municipality=target)


def _of_division(division: Division) -> Place:
    floor = gazetteer().employer_floors.tiers[division.employers]
    return Place(
        name=division.name,
        kind=division.kind,
        region=division.region,
        division=division.name,
        economic_region=division.economic_region,
        revenue_floor=floor.revenue,
        staff_floor=floor.staff,
    )


def _inside(division: Division) -> Iterator[Place]:
    whole = _of_division(division)
    for kind, names in division.places.items():
        # in the northern districts and in divisions that are one city there is no upper tier
        single = kind == "city" or (kind in _MUNICIPAL and division.kind in ("single", "district"))
        for name in names:
            yield replace(whole, name=name, kind=kind, single_tier=single)


def distinct(places: Iterable[Place]) -> tuple[Place, ...]:
    """Without those that stand exactly like an earlier one: a city stands for its region of the same name."""
    kept: dict[tuple[str | None, ...], Place] = {}
    for place in places:
        kept.setdefault(place.standing, place)
    within = {place.region for place in kept.values() if place.kind != "region"}
    return tuple(place for place in kept.values() if place.kind != "region" or place.region not in within)

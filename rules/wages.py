"""What an occupation pays in a region of Ontario, and whether an offer reaches it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from functools import cache
from typing import Literal

from rules.places import Place, gazetteer
from rules.rulebook import DATA, Citation, Cited
from rules.texts import Bilingual, Reason
from rules.truth import Truth
from rules.wage_files import PROVINCE, Edition, Wage, read_edition

__all__ = ["Edition", "Level", "Wage", "WageCheck", "WagesHeld", "check", "edition", "editions", "find"]

Level = Literal["low", "median"]
_YEARLY = timedelta(days=365)


@dataclass(frozen=True, slots=True)
class WagesHeld:
    """What is known of an occupation's pay at a place: the regional figure decides, the provincial orients.

    `missing` says why there is no regional figure; `caveats` go with any figure shown.
    """

    noc: str
    regional: Wage | None
    provincial: Wage | None
    edition: Edition
    region: Bilingual | None
    missing: Reason | None
    caveats: tuple[Reason, ...]
    citation: Citation


@dataclass(frozen=True, slots=True)
class WageCheck:
    """Whether an hourly wage reaches a level: unknown where no regional figure is held."""

    verdict: Truth
    floor: float | None
    reason: Reason
    held: WagesHeld


@cache
def editions() -> tuple[Edition, ...]:
    """Every edition held, oldest first."""
    files = sorted((DATA / "wages").glob("*.csv"))
    return tuple(sorted((read_edition(path.read_text(encoding="utf-8")) for path in files), key=_published))


def edition(on: date) -> Edition:
    """The edition current on a day; before the first one, the first."""
    current = [one for one in editions() if one.published <= on]
    return current[-1] if current else editions()[0]


def find(noc: str, place: Place | None, on: date) -> WagesHeld:
    """The figures for an occupation at a place on a day."""
    held = edition(on)
    code = place.economic_region if place else None
    rows: Mapping[str, Wage] = held.rows.get(noc, {})
    row = rows.get(code) if code else None
    usable = row if row and row.median is not None and held.published <= on else None
    return WagesHeld(
        noc=noc,
        regional=usable,
        provincial=rows.get(PROVINCE),
        edition=held,
        region=gazetteer().economic_regions[code] if code else None,
        missing=None if usable else _why_missing(held, row, code, on),
        caveats=_caveats(held, on),
        citation=Cited(source=held.source, as_of=held.published).citation,
    )


def check(noc: str, place: Place | None, hourly: float, level: Level, on: date) -> WageCheck:
    """Whether an hourly wage reaches the level of the occupation in the wage region of the place."""
    held = find(noc, place, on)
    floor = getattr(held.regional, level) if held.regional else None
    facts = {"wage": hourly, "year": str(held.edition.year), "level": Reason(f"wage.word.{level}")}
    if floor is None or held.region is None:
        return WageCheck(Truth.UNKNOWN, None, _unknown(held, level, facts), held)
    facts.update(floor=floor, region=held.region)
    met = hourly >= floor
    return WageCheck(Truth.of(met), floor, Reason("wage.met" if met else "wage.not_met", facts), held)


def _unknown(held: WagesHeld, level: Level, facts: Mapping[str, object]) -> Reason:
    province = getattr(held.provincial, level) if held.provincial else None
    why = held.missing or Reason("wage.missing.level", facts)
    if province is None:
        return Reason("wage.unknown", {**facts, "why": why})
    return Reason("wage.unknown_with_province", {**facts, "why": why, "province": province})


def _why_missing(held: Edition, row: Wage | None, code: str | None, on: date) -> Reason:
    if code is None:
        return Reason("wage.missing.place")
    if on < held.published:
        return Reason("wage.missing.edition", {"year": str(held.year), "published": held.published})
    if row is not None and row.basis == "not_published":
        return Reason("wage.missing.not_published", {"year": str(held.year)})
    return Reason("wage.missing.not_held", {"year": str(held.year)})


def _caveats(held: Edition, on: date) -> tuple[Reason, ...]:
    """A new edition comes out about every November."""
    facts = {"year": str(held.year), "published": held.published}
    newer = Reason("wage.newer_edition_likely", facts)
    return (Reason("wage.edition", facts), *((newer,) if on >= held.published + _YEARLY else ()))


def _published(one: Edition) -> date:
    return one.published

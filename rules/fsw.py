"""The Federal Skilled Worker selection grid of 100 points and its pass mark."""

from __future__ import annotations

import math
from dataclasses import dataclass
from datetime import date
from functools import cache

from pydantic import BaseModel, ConfigDict

from rules import education, needs
from rules.crs import FIELDS as CRS_FIELDS
from rules.errors import NotInForce
from rules.profile import LanguageLevels, Profile
from rules.rulebook import Dated, document, validated
from rules.scorecard import Factor, ScoreCard, Section, capped
from rules.steps import Steps
from rules.texts import Reason


class _Table(BaseModel):
    model_config = ConfigDict(frozen=True, extra="forbid")


class FirstLanguage(_Table):
    """Points per ability; below `floor` in any the program is closed to the person."""

    floor: int
    points: Steps


class AtLevel(_Table):
    level: int
    points: int


class Adaptability(_Table):
    spouse_language: AtLevel
    spouse_past_canadian_study: int
    past_canadian_study: int
    spouse_past_canadian_work: int
    past_canadian_work: int
    arranged_employment: int
    relative_in_canada: int


class Grid(Dated):
    id: str
    maximum: dict[str, int]
    pass_mark: int
    first_language: FirstLanguage
    second_language: AtLevel
    education: dict[str, int]
    experience: Steps
    age: Steps
    arranged_employment: int
    adaptability: Adaptability
    reported: Dated


FIELDS = (
    *(
        name
        for name in CRS_FIELDS
        if name not in {"canadian_credential", "trade_certificate", "nomination", "sibling", "job_offer"}
    ),
    "arranged_employment",
    "relative_in_canada",
    "past_canadian_study",
    "past_canadian_work",
    "spouse_past_canadian_study",
    "spouse_past_canadian_work",
)
_PARTS = ("language", "education", "experience", "age", "arranged_employment", "adaptability")
_LANGUAGES = ("first_language", "english", "french")
_OWN_FACTS = ("past_canadian_study", "past_canadian_work", "arranged_employment", "relative_in_canada")
_SPOUSE_FACTS = ("spouse_past_canadian_study", "spouse_past_canadian_work")


@dataclass(frozen=True, slots=True)
class FswScore:
    """The card, and whether the person passes: every ability at the floor and the pass mark reached."""

    card: ScoreCard
    eligible: bool
    language_floor_met: bool
    pass_mark: int


@cache
def grid() -> Grid:
    return validated(Grid, document("grids/fsw"), "grids/fsw")


def score(profile: Profile, on: date) -> ScoreCard:
    """The points, with the six parts of the grid. Raises NotInForce before the grid is held."""
    table = grid()
    if not table.in_force(on):
        raise NotInForce("on", Reason("error.fsw_too_early", {"on": on, "since": table.since}))
    factors = _factors(profile)
    parts, cut = capped(factors, {part: table.maximum[part] for part in _PARTS})
    return ScoreCard(
        grid=table.id,
        on=on,
        total=sum(parts.values()),
        maximum=table.maximum["total"],
        parts=parts,
        factors=factors,
        caveats=_caveats(profile, on),
        citation=table.citation,
        cut=cut,
    )


def result(profile: Profile, on: date) -> FswScore:
    """The score and the verdict on it."""
    card = score(profile, on)
    met = _lowest(_first(profile)) >= grid().first_language.floor
    return FswScore(card, met and card.total >= grid().pass_mark, met, grid().pass_mark)


def fields_needed(profile: Profile, on: date) -> tuple[str, ...]:
    """The answers not yet given that can still change the total."""
    return needs.fields_needed(profile, FIELDS, lambda changed: score(changed, on).total)


def _first(profile: Profile) -> LanguageLevels | None:
    return profile.english if profile.first_language == "english" else profile.french


def _second(profile: Profile) -> LanguageLevels | None:
    return profile.french if profile.first_language == "english" else profile.english


def _lowest(levels: LanguageLevels | None) -> int:
    return levels.lowest if levels else 0


def _factors(profile: Profile) -> tuple[Factor, ...]:
    table = grid()
    rung = education.federal(profile.education)[0]
    years = math.floor(profile.canadian_experience_years) + math.floor(profile.foreign_experience_years)
    first = _first(profile)
    steps, second = table.first_language.points, table.second_language
    abilities = sum(steps.points(level) for level in first.all) if first else 0
    other = second.points if _lowest(_second(profile)) >= second.level else 0
    offer = table.arranged_employment * profile.arranged_employment

    def section(part: str) -> Section:
        return Section(profile, "fsw", part)

    language, spoken = section("language"), 4 * steps.maximum
    rungs, worked = table.education, table.experience
    years_fields = ("canadian_experience_years", "foreign_experience_years")
    return (
        language.factor("first_language", abilities, spoken, *_LANGUAGES),
        language.factor("second_language", other, second.points, *_LANGUAGES),
        section("education").factor("education", rungs[rung], max(rungs.values()), "education"),
        section("experience").factor("experience", worked.points(years), worked.maximum, *years_fields),
        section("age").factor("age", table.age.points(profile.age or 0), table.age.maximum, "age"),
        section("arranged_employment").factor(
            "arranged_employment", offer, table.arranged_employment, "arranged_employment"
        ),
        *_adaptability(profile),
    )


def _adaptability(profile: Profile) -> tuple[Factor, ...]:
    table, spouse = grid().adaptability, profile.spouse
    section = Section(profile, "fsw", "adaptability")
    language = table.spouse_language
    speaks = spouse is not None and _lowest(spouse.language) >= language.level
    found = [
        section.factor("adaptability_spouse_language", language.points * speaks, language.points, "spouse")
    ]
    for name in (*_SPOUSE_FACTS, *_OWN_FACTS):
        of_spouse = name in _SPOUSE_FACTS
        holds = getattr(profile, name) and (spouse is not None or not of_spouse)
        fields = (name, "spouse") if of_spouse else (name,)
        points = getattr(table, name)
        found.append(section.factor(f"adaptability_{name}", points * holds, points, *fields))
    return tuple(found)


def _caveats(profile: Profile, on: date) -> tuple[Reason, ...]:
    found = list(education.federal(profile.education)[1])
    table = grid()
    if table.reported.in_force(on):
        found.append(Reason("fsw.reform_reported", {"url": table.citation.url}))
    if profile.spouse is None and any(getattr(profile, name) for name in _SPOUSE_FACTS):
        found.append(Reason("fsw.spouse_facts_without_spouse"))
    if _lowest(_first(profile)) < table.first_language.floor:
        found.append(Reason("fsw.language_floor", {"floor": table.first_language.floor}))
    if math.floor(profile.canadian_experience_years) + math.floor(profile.foreign_experience_years) < 1:
        found.append(Reason("fsw.no_year_of_work"))
    return tuple(found)

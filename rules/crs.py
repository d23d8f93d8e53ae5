"""The federal Comprehensive Ranking System: what a profile scores on a day."""

from __future__ import annotations

import math
from dataclasses import dataclass
from datetime import date

from rules import education, needs
from rules.crs_grid import Edition, edition, grid
from rules.profile import LanguageLevels, Profile
from rules.scorecard import Factor, ScoreCard, Section, capped
from rules.steps import Steps
from rules.texts import Reason

FIELDS = (
    "age",
    "education",
    "canadian_credential",
    "first_language",
    "english",
    "french",
    "canadian_experience_years",
    "foreign_experience_years",
    "trade_certificate",
    "nomination",
    "sibling",
    "job_offer",
    "spouse",
)


def score(profile: Profile, on: date) -> ScoreCard:
    """The score with its parts core, spouse, transferability, additional. Raises NotInForce if too early."""
    held = edition(on)
    person = _Person.of(profile)
    factors = (*_core(person), *_spouse(person), *_transferability(person), *_additional(person, held))
    maximum = grid().maximum
    ceilings = {
        "core": maximum.core[person.column],
        "spouse": maximum.spouse[person.column],
        "transferability": maximum.transferability,
        "additional": maximum.additional,
    }
    parts, cut = capped(factors, ceilings)
    return ScoreCard(
        grid=held.id,
        on=on,
        total=sum(parts.values()),
        maximum=maximum.total,
        parts=parts,
        factors=factors,
        caveats=_caveats(person, held, on),
        citation=held.citation,
        cut=cut,
    )


def fields_needed(profile: Profile, on: date) -> tuple[str, ...]:
    """The answers not yet given that can still change the total."""
    return needs.fields_needed(profile, FIELDS, lambda changed: score(changed, on).total)


@dataclass(frozen=True, slots=True)
class _Person:
    """A profile as the grid reads it: whole years, the languages in their order, the federal ladder."""

    profile: Profile
    education: str
    first: LanguageLevels | None
    second: LanguageLevels | None
    canadian: int
    foreign: int

    @classmethod
    def of(cls, profile: Profile) -> _Person:
        english_first = profile.first_language == "english"
        return cls(
            profile=profile,
            education=education.federal(profile.education)[0],
            first=profile.english if english_first else profile.french,
            second=profile.french if english_first else profile.english,
            canadian=math.floor(profile.canadian_experience_years),
            foreign=math.floor(profile.foreign_experience_years),
        )

    @property
    def married(self) -> bool:
        return self.profile.spouse is not None

    @property
    def column(self) -> int:
        return 0 if self.married else 1

    def section(self, part: str) -> Section:
        return Section(self.profile, "crs", part)


_LANGUAGES = ("first_language", "english", "french")


def _lowest(levels: LanguageLevels | None) -> int:
    return levels.lowest if levels else 0


def _sum(levels: LanguageLevels | None, steps: Steps) -> int:
    return sum(steps.points(level) for level in levels.all) if levels else 0


def _core(person: _Person) -> tuple[Factor, ...]:
    table, core, married = grid(), person.section("core"), person.married
    ages, years = table.age.column(married), table.canadian_experience.column(married)
    first, second_maximum = table.first_language.column(married), table.maximum.second_language[person.column]
    rungs = {level: pair[person.column] for level, pair in table.education.items()}
    second = min(_sum(person.second, table.second_language), second_maximum)
    worked = years.points(person.canadian)
    return (
        core.factor("age", ages.points(person.profile.age or 0), ages.maximum, "age", "spouse"),
        core.factor("education", rungs[person.education], max(rungs.values()), "education", "spouse"),
        core.factor("first_language", _sum(person.first, first), 4 * first.maximum, *_LANGUAGES, "spouse"),
        core.factor("second_language", second, second_maximum, *_LANGUAGES, "spouse"),
        core.factor("canadian_experience", worked, years.maximum, "canadian_experience_years", "spouse"),
    )


def _spouse(person: _Person) -> tuple[Factor, ...]:
    partner, table, section = person.profile.spouse, grid().spouse, person.section("spouse")
    if partner is None:
        return ()
    years, rungs = table.canadian_experience, table.education
    worked = years.points(math.floor(partner.canadian_experience_years))
    spoken = _sum(partner.language, table.language)
    return (
        section.factor("spouse_education", rungs[partner.education], max(rungs.values()), "spouse"),
        section.factor("spouse_language", spoken, 4 * table.language.maximum, "spouse"),
        section.factor("spouse_canadian_experience", worked, years.maximum, "spouse"),
    )


def _transferability(person: _Person) -> tuple[Factor, ...]:
    table, section = grid().transferability, person.section("transferability")
    ceiling = grid().maximum.transferability_group
    language = table.language.points(_lowest(person.first))
    canadian = table.canadian_experience.points(person.canadian)

    def meet(strength: int) -> int:
        row = table.points[strength]
        return min(row[language] + row[canadian], ceiling)

    educated = meet(table.education[person.education])
    abroad = meet(table.foreign_experience.points(person.foreign))
    certified = table.trade_certificate.points(_lowest(person.first)) * person.profile.trade_certificate
    beside = ("canadian_experience_years", *_LANGUAGES)
    return (
        section.factor("transferable_education", educated, ceiling, "education", *beside),
        section.factor(
            "transferable_foreign_experience", abroad, ceiling, "foreign_experience_years", *beside
        ),
        section.factor("transferable_certificate", certified, ceiling, "trade_certificate", *_LANGUAGES),
    )


def _additional(person: _Person, held: Edition) -> tuple[Factor, ...]:
    table, profile, section = grid().additional, person.profile, person.section("additional")
    nominated, sibling = table.nomination * profile.nomination, table.sibling * profile.sibling
    studied = table.canadian_credential[profile.canadian_credential]
    studied_maximum = max(table.canadian_credential.values())
    found = [
        section.factor("nomination", nominated, table.nomination, "nomination"),
        section.factor(
            "french_bonus", _french_bonus(profile), table.french.with_english, "french", "english"
        ),
        section.factor("canadian_credential", studied, studied_maximum, "canadian_credential"),
        section.factor("sibling", sibling, table.sibling, "sibling"),
    ]
    if held.job_offer:
        offered = held.job_offer.get(profile.job_offer, 0)
        found.append(section.factor("job_offer", offered, max(held.job_offer.values()), "job_offer"))
    return tuple(found)


def _french_bonus(profile: Profile) -> int:
    rule = grid().additional.french
    if _lowest(profile.french) < rule.level:
        return 0
    return rule.with_english if _lowest(profile.english) >= rule.english_level else rule.without


def _caveats(person: _Person, held: Edition, on: date) -> tuple[Reason, ...]:
    found = list(education.federal(person.profile.education)[1])
    reported = grid().reported
    if reported.in_force(on):
        facts = {"until": held.until, "since": reported.since, "url": reported.citation.url}
        found.append(Reason("crs.newer_grid_reported", facts))
    if person.profile.job_offer != "none" and not held.job_offer:
        found.append(Reason("crs.job_offer_no_longer_counts", {"since": held.since}))
    if person.first is None and person.second is not None:
        found.append(Reason("crs.first_language_without_levels"))
    return tuple(found)

"""Ontario's expression of interest: what a profile scores in a stream's pool."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import date
from functools import partial
from typing import cast

from rules import education, geography, needs, occupations
from rules.eoi_grid import Grid, Points, Stream, StreamName, grid_of
from rules.errors import NotInForce
from rules.geography import Resolved
from rules.profile import LanguageLevels, Profile
from rules.scorecard import Factor, ScoreCard, Section, capped
from rules.texts import Reason

# which section of the grid a factor stands in, and the answers it reads
_FACTORS: Mapping[str, tuple[str, tuple[str, ...]]] = {
    "job_offer_teer": ("employment", ("noc",)),
    "job_offer_category": ("employment", ("noc",)),
    "hourly_wage": ("employment", ("hourly_wage",)),
    "experience_in_position": ("employment", ("months_in_position",)),
    "other_ontario_experience": ("employment", ("months_in_position", "months_other_ontario")),
    "earnings": ("employment", ("best_year_earnings",)),
    "status": ("employment", ("status",)),
    "education": ("education", ("education",)),
    "field_of_study": ("education", ("field_of_study",)),
    "canadian_credentials": ("education", ("canadian_credentials",)),
    "language": ("language", ("english", "french")),
    "official_languages": ("language", ("english", "french")),
    "job_region": ("region", ("job_location",)),
    "study_region": ("region", ("study_location",)),
}
_SECTIONS = ("employment", "education", "language", "region")


def score(profile: Profile, stream: StreamName, on: date) -> ScoreCard:
    """The score in the stream's own grid, whatever the stream's state that day; the state is a caveat.

    Raises NotInForce for a day before the grid's program, BadInput or AmbiguousPlace for a place.
    """
    grid = grid_of(stream)
    if on < grid.earliest_day:
        facts = {"on": on, "since": grid.earliest_day, "grid": grid.label}
        raise NotInForce("on", Reason("error.eoi_too_early", facts))
    person = _Person.of(profile)
    factors = _factors(person, grid, grid.streams[stream])
    ceilings = dict.fromkeys(_SECTIONS, 0)
    for one in factors:
        ceilings[one.part] += one.maximum
    parts, _ = capped(factors, ceilings)
    return ScoreCard(
        grid=grid.id,
        on=on,
        total=sum(parts.values()),
        maximum=grid.streams[stream].maximum,
        parts={part: points for part, points in parts.items() if ceilings[part]},
        factors=factors,
        caveats=_caveats(person, grid, stream, on),
        citation=grid.citation,
    )


def fields_of(stream: StreamName) -> tuple[str, ...]:
    """The profile fields the stream's grid reads, in the grid's order."""
    names = (name for factor in grid_of(stream).streams[stream].factors for name in _FACTORS[factor][1])
    return tuple(dict.fromkeys(names))


def fields_needed(profile: Profile, stream: StreamName, on: date) -> tuple[str, ...]:
    """The answers not yet given that can still change the total."""
    return needs.fields_needed(profile, fields_of(stream), lambda changed: score(changed, stream, on).total)


@dataclass(frozen=True, slots=True)
class _Person:
    """A profile as the grid reads it: places looked up, whole months, the best language."""

    profile: Profile
    job: Resolved | None
    study: Resolved | None

    @classmethod
    def of(cls, profile: Profile) -> _Person:
        def place(field: str) -> Resolved | None:
            name = getattr(profile, field)
            return geography.resolve(name, field) if name else None

        return cls(profile, place("job_location"), place("study_location"))

    @property
    def tests(self) -> tuple[LanguageLevels, ...]:
        return tuple(levels for levels in (self.profile.english, self.profile.french) if levels)

    @property
    def best_language(self) -> int:
        return max((levels.lowest for levels in self.tests), default=0)


def _factors(person: _Person, grid: Grid, stream: Stream) -> tuple[Factor, ...]:
    found: dict[str, Factor] = {}
    for name in stream.factors:
        rule = grid.factors[name]
        part, fields = _FACTORS[name]
        points = rule.points(_READERS[name](person, rule))
        if rule.instead_of and found[rule.instead_of].points:
            # shut out by the other factor, so its own answer is not missed
            points, fields = 0, found[rule.instead_of].fields
        found[name] = Section(person.profile, "eoi", part).factor(name, points, rule.maximum, *fields)
    return tuple(found.values())


def _teer(person: _Person, _: Points) -> str | None:
    return str(occupations.teer(person.profile.noc)) if person.profile.noc else None


def _category(person: _Person, _: Points) -> str | None:
    return str(occupations.category(person.profile.noc)) if person.profile.noc else None


def _number(field: str, person: _Person, _: Points) -> float:
    return getattr(person.profile, field) or 0


def _whole(field: str, person: _Person, _: Points) -> float:
    """Months are told in completed ones: 12.5 is 12."""
    return float(getattr(person.profile, field)) // 1


def _choice(field: str, person: _Person, _: Points) -> str | None:
    return cast("str | None", getattr(person.profile, field))


def _education(person: _Person, _: Points) -> str:
    return education.provincial(person.profile.education)


def _language(person: _Person, _: Points) -> int:
    return person.best_language


def _official_languages(person: _Person, rule: Points) -> str:
    lowest = sorted((levels.lowest for levels in person.tests), reverse=True)
    if not lowest:
        return "none"
    both = len(lowest) == 2 and lowest[0] >= rule.first_level and lowest[1] >= rule.second_level
    return "two" if both else "one"


def _job_region(person: _Person, _: Points) -> str | None:
    return person.job.place.region if person.job else None


def _study_region(person: _Person, _: Points) -> str | None:
    return person.study.place.region if person.study else None


_READERS: Mapping[str, Callable[[_Person, Points], str | float | None]] = {
    "job_offer_teer": _teer,
    "job_offer_category": _category,
    "hourly_wage": partial(_number, "hourly_wage"),
    "experience_in_position": partial(_whole, "months_in_position"),
    "other_ontario_experience": partial(_whole, "months_other_ontario"),
    "earnings": partial(_number, "best_year_earnings"),
    "status": partial(_choice, "status"),
    "education": _education,
    "field_of_study": partial(_choice, "field_of_study"),
    "canadian_credentials": partial(_number, "canadian_credentials"),
    "language": _language,
    "official_languages": _official_languages,
    "job_region": _job_region,
    "study_region": _study_region,
}


def _caveats(person: _Person, grid: Grid, stream: StreamName, on: date) -> tuple[Reason, ...]:
    rules = grid.streams[stream]
    found = [*_state(rules, grid, on), *_places(person, rules)]
    if "official_languages" in rules.factors:
        found += _one_language(person, grid)
    found += _eligibility(person, rules)
    study_permit = person.profile.status == "study_permit" and rules.study_permit_doubtful
    if study_permit:
        found.append(
            Reason("eoi.study_permit_doubtful", {"points": grid.factors["status"].points("study_permit")})
        )
    if "education" in rules.factors and _education(person, grid.factors["education"]) in grid.nearest:
        found.append(Reason("eoi.education_nearest"))
    return tuple(found)


def _state(rules: Stream, grid: Grid, on: date) -> list[Reason]:
    if rules.closes and on >= rules.closes:
        return [Reason("eoi.stream_closed", {"since": rules.closes})]
    if rules.opens and on < rules.opens:
        return [Reason("eoi.stream_not_open", {"since": rules.opens})]
    if grid.since and on < grid.since:
        return [Reason("eoi.grid_not_published", {"since": grid.since})]
    if rules.registers and on < rules.registers:
        return [Reason("eoi.registration_not_open", {"since": rules.registers})]
    return []


def _places(person: _Person, rules: Stream) -> list[Reason]:
    found: list[Reason] = []
    if "job_region" in rules.factors and person.job:
        found += person.job.caveats
    if "study_region" in rules.factors and person.study:
        found += person.study.caveats
    return found


def _one_language(person: _Person, grid: Grid) -> list[Reason]:
    rule = grid.factors["official_languages"]
    kind = _official_languages(person, rule)
    if kind == "none":
        return [Reason("eoi.no_language_test")]
    if kind == "one" and person.best_language < rule.doubtful_below:
        return [
            Reason("eoi.one_language_doubtful", {"points": rule.points("one"), "level": rule.doubtful_below})
        ]
    return []


def _eligibility(person: _Person, rules: Stream) -> list[Reason]:
    """What plainly keeps a person out of the stream; the full assessment belongs to the streams."""
    profile, found = person.profile, list[Reason]()
    teer = occupations.teer(profile.noc) if profile.noc else None
    if teer is not None and rules.teers and teer not in rules.teers:
        found.append(Reason("eoi.wrong_teer", {"noc": profile.noc, "teer": teer, "accepted": rules.teers}))
    if teer is None and "job_offer_category" in rules.factors:
        found.append(Reason("eoi.no_offer"))
    floor = rules.language_floor(profile.noc, teer)
    if floor and person.tests and person.best_language < floor:
        found.append(Reason("eoi.language_floor", {"floor": floor, "level": person.best_language}))
    if rules.degrees and profile.knows("education") and profile.education not in rules.degrees:
        found.append(Reason("eoi.wrong_degree", {"degree": Reason(f"eoi.degree.{rules.degrees[0]}")}))
    return found

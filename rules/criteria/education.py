"""Requirements on schooling: the level, its recognition, and Ontario's recent graduates."""

from __future__ import annotations

from datetime import date
from typing import Literal

from rules.criteria.finding import Finding, all_of, decided, no, unknown, yes
from rules.criteria.kind import Kind
from rules.criteria.situation import Situation
from rules.truth import Truth

_BELOW_POST_SECONDARY = ("none", "secondary", "less_than_college")
_NO_CANADIAN = ("none", "under_one_year")
_ONTARIO_GRADUATE = ("two_years_or_more", "ontario_college_graduate_certificate", "master", "doctorate")

CREDENTIAL_FIELDS = frozenset({"credential", "canadian_credentials", "canadian_credential", "education"})
GRADUATE_FIELDS = CREDENTIAL_FIELDS | {"credential_in_ontario", "study_location", "credential_date"}


def canadian_post_secondary(situation: Situation) -> Finding:
    """Whether there is a Canadian credential of a year or more, from whichever answer tells it."""
    count = situation.value("canadian_credentials")
    length = situation.value("canadian_credential")
    kind = situation.value("credential")
    if (count or 0) > 0 or length in ("one_or_two_years", "three_years_or_more"):
        return yes()
    if kind is not None:
        return decided(kind not in _NO_CANADIAN)
    if count == 0 or length == "none" or situation.value("education") in _BELOW_POST_SECONDARY:
        return no()
    return unknown("canadian_credentials")


def canadian_credential(situation: Situation, accepted: tuple[str, ...]) -> Finding:
    """Whether the person holds a Canadian credential of one of these kinds."""
    kind = situation.value("credential")
    if kind is not None:
        return decided(kind in accepted)
    none_held = canadian_post_secondary(situation)
    return none_held if none_held.truth is Truth.NO else unknown("credential")


def in_ontario(situation: Situation) -> Finding:
    """Whether that credential is Ontario's: said so, or implied by a place of study."""
    said = situation.value("credential_in_ontario")
    if said is not None:
        return decided(said)
    return yes() if situation.value("study_location") is not None else unknown("credential_in_ontario")


def completed_within(situation: Situation, years: int) -> Finding:
    """Whether the credential was completed no longer ago than this, and is complete."""
    completed: date | None = situation.value("credential_date")
    if completed is None:
        return unknown("credential_date").said(years=years)
    recent = situation.years_before(years) <= completed <= situation.on
    return decided(recent, completed=completed, years=years)


def recent_graduate(situation: Situation, years: int) -> Finding:
    """Whether the person counts as a recent graduate of an eligible Ontario institution."""
    return situation.graduate(years, _judge_graduate)


def _judge_graduate(situation: Situation, years: int) -> Finding:
    return all_of(
        canadian_credential(situation, _ONTARIO_GRADUATE),
        in_ontario(situation),
        completed_within(situation, years),
    )


def high_school(situation: Situation) -> Finding:
    """Whether secondary school is completed; any later level implies it."""
    level = situation.value("education")
    if level is not None and level not in ("none", "less_than_college"):
        return yes()
    said = situation.value("high_school")
    if said is not None:
        return decided(said)
    if level == "none":
        return no()
    return unknown("high_school") if level == "less_than_college" else unknown("education", "high_school")


class CanadianPostSecondary(Kind):
    """A Canadian credential of a year or more."""

    kind: Literal["canadian_post_secondary"] = "canadian_post_secondary"

    @property
    def reads(self) -> frozenset[str]:
        return CREDENTIAL_FIELDS

    def evaluate(self, situation: Situation) -> Finding:
        return canadian_post_secondary(situation)


class HighSchool(Kind):
    """Secondary school completed."""

    kind: Literal["high_school"] = "high_school"

    @property
    def reads(self) -> frozenset[str]:
        return frozenset({"education", "high_school"})

    def evaluate(self, situation: Situation) -> Finding:
        return high_school(situation)


class CanadianCredential(Kind):
    """A Canadian credential of one of these kinds; of Ontario, or recent, where the rule says so.

    `ontario` names the kinds that count only when earned in Ontario. `levels` are the answers to the
    highest education that leave such a credential possible.
    """

    kind: Literal["canadian_credential"] = "canadian_credential"
    accepted: tuple[str, ...]
    ontario: tuple[str, ...] = ()
    levels: tuple[str, ...] = ()

    @property
    def reads(self) -> frozenset[str]:
        return CREDENTIAL_FIELDS | ({"credential_in_ontario", "study_location"} if self.ontario else set())

    def evaluate(self, situation: Situation) -> Finding:
        level = situation.value("education")
        if self.levels and level is not None and level not in self.levels:
            return no("level")
        held = canadian_credential(situation, self.accepted)
        if not self.ontario or situation.value("credential") not in (None, *self.ontario):
            return held
        return all_of(held, in_ontario(situation))


class CompletedWithin(Kind):
    """The credential was completed within so many years."""

    kind: Literal["completed_within"] = "completed_within"
    years: int

    @property
    def reads(self) -> frozenset[str]:
        return frozenset({"credential_date"})

    def evaluate(self, situation: Situation) -> Finding:
        return completed_within(situation, self.years)

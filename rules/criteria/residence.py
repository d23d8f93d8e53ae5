"""Requirements on where the person lives, with what status, and what follows for the employer."""

from __future__ import annotations

from typing import Literal

from rules.criteria.finding import Finding, any_of, decided, no, unknown, yes
from rules.criteria.kind import Kind
from rules.criteria.situation import Situation


class Status(Kind):
    """Somebody in Canada must have legal status; somebody abroad needs none."""

    kind: Literal["status"] = "status"

    @property
    def reads(self) -> frozenset[str]:
        return frozenset({"status", "residence", "other_legal_status"})

    def evaluate(self, situation: Situation) -> Finding:
        if situation.value("residence") == "abroad":
            return yes("abroad")
        return any_of(_permit(situation), _other_status(situation), _abroad(situation))


def _permit(situation: Situation) -> Finding:
    status = situation.value("status")
    return unknown("status") if status is None else decided(status != "none")


def _other_status(situation: Situation) -> Finding:
    said = situation.value("other_legal_status")
    if said is None:
        return unknown("other_legal_status")
    return yes("other") if said else decided(False)


def _abroad(situation: Situation) -> Finding:
    residence = situation.value("residence")
    return unknown("residence") if residence is None else decided(residence == "abroad")


class Recruitment(Kind):
    """Somebody not yet free to work in Ontario: the employer must have looked for local people first."""

    kind: Literal["recruitment"] = "recruitment"

    @property
    def reads(self) -> frozenset[str]:
        return frozenset({"status", "residence", "recruitment_effort"})

    def evaluate(self, situation: Situation) -> Finding:
        made = situation.value("recruitment_effort")
        effort = unknown("recruitment_effort") if made is None else decided(made)
        return any_of(_free_to_work(situation), effort)


def _free_to_work(situation: Situation) -> Finding:
    answers = {name: situation.value(name) for name in ("status", "residence")}
    if answers["status"] == "work_permit" or answers["residence"] == "ontario":
        return yes("not_needed")
    missing = [name for name, answer in answers.items() if answer is None]
    return unknown(*missing) if missing else no()

"""What a person wants to know, and which facts can still change it."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from typing import Final

from bot.conversation.session import Goal, Session
from rules import crs, eoi, fsw, streams
from rules.fields import FIELDS
from rules.profile import Profile

STREAMS: Mapping[Goal, tuple[str, ...]] = {
    "ontario": (
        "workforce_priority_teer_0_3",
        "workforce_priority_teer_4_5",
        "workforce_priority_physicians",
    ),
    "federal": ("federal_skilled_worker", "canadian_experience_class", "federal_skilled_trades"),
}
ALL: tuple[Goal, ...] = ("ontario", "federal", "eoi", "crs", "fsw")
# Details of an answer: not asked where the answer itself is not known.
DETAILS: Mapping[str, tuple[str, ...]] = {
    "noc": ("ohip_billing", "cpso_certificate"),
    "credential": ("credential_in_ontario", "credential_date", "credential_mostly_in_canada"),
    "residence": ("other_legal_status", "recruitment_effort"),
    "canadian_credentials": (
        "credential",
        "credential_in_ontario",
        "credential_date",
        "credential_mostly_in_canada",
    ),
}
EOI_STREAM: Final = "workforce_priority"
# People think in topics, and some answers spare many questions: an offer and its occupation decide the pathway,
# months in the position spare the work history. So topics come in this order; what is not listed comes by cost.
ORDER = (
    "has_job_offer", "noc", "job_location", "hourly_wage", "job_full_time", "job_permanent",
    "months_in_position", "licence", "months_other_ontario",
    "english", "french", "first_language",
    "education", "canadian_credentials", "canadian_credential", "credential", "credential_in_ontario",
    "credential_date", "has_eca", "high_school",
    "residence", "status", "other_legal_status", "intends_ontario", "best_year_earnings",
    "age", "canadian_experience_years", "foreign_experience_years", "spouse", "jobs",
)  # fmt: skip
EMPLOYER = "employer_"
# Nobody works in a position that nobody has offered.
WITH_AN_OFFER = ("months_in_position",)
DEPENDENTS: Mapping[str, tuple[str, ...]] = {
    "noc": ("months_in_position", "hourly_wage"),
    "spouse": ("spouse_past_canadian_study", "spouse_past_canadian_work"),
}


def needed(profile: Profile, goal: Goal, today: date) -> tuple[str, ...]:
    """The fields not given that can still change the answer to `goal`, in the order to ask them."""
    names = dict.fromkeys(wanted(profile, goal, today))
    return tuple(sorted(names, key=lambda name: (rank(name), FIELDS[name].cost)))


def wanted(profile: Profile, goal: Goal, today: date) -> tuple[str, ...]:
    if goal in STREAMS:
        found = streams.assess(profile, today, ask_closed=True, streams=STREAMS[goal])
        return tuple(name for assessment in found for name in assessment.asks)
    if goal == "eoi":
        return tuple(eoi.fields_needed(profile, EOI_STREAM, today))
    return tuple((crs if goal == "crs" else fsw).fields_needed(profile, today))


def open_fields(session: Session, today: date) -> tuple[str, ...]:
    """The questions still ahead, without the ones the person does not know."""
    if session.goal is None:
        return ()
    profile = session.profile
    left_out = {
        *session.declined,
        *(WITH_AN_OFFER if profile.knows("has_job_offer") and not profile.has_job_offer else ()),
    }
    return tuple(name for name in needed(profile, session.goal, today) if name not in left_out)


def rank(name: str) -> int:
    """The place in `ORDER`; questions only the employer can answer come last."""
    if name in ORDER:
        return ORDER.index(name)
    return len(ORDER) + (name.startswith(EMPLOYER) or name == "recruitment_effort")

"""What a person wants to know, and which facts can still change it."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date

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
EOI_STREAM = "workforce_priority"
# An offer and its occupation decide the pathway and with it most other questions: asked before cheaper ones.
FIRST = ("has_job_offer", "noc")
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
        found = (streams.assess_stream(stream, profile, today) for stream in STREAMS[goal])
        return tuple(name for assessment in found for name in assessment.asks)
    if goal == "eoi":
        return tuple(eoi.fields_needed(profile, EOI_STREAM, today))
    return tuple((crs if goal == "crs" else fsw).fields_needed(profile, today))


def open_fields(session: Session, today: date) -> tuple[str, ...]:
    """The questions still ahead, without the ones the person does not know."""
    if session.goal is None:
        return ()
    return tuple(
        name for name in needed(session.profile, session.goal, today) if name not in session.declined
    )


def rank(name: str) -> int:
    return FIRST.index(name) if name in FIRST else len(FIRST)

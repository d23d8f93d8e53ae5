"""Answers with parts: a job in the work history, an accompanying partner. Each part is one question."""

from __future__ import annotations

from collections.abc import Mapping

from bot.conversation.session import Session
from rules.profile import Job, LanguageLevels, Spouse

PARTS: Mapping[str, tuple[str, ...]] = {
    "jobs": (
        "job.noc",
        "job.from",
        "job.to",
        "job.hours_per_week",
        "job.place",
        "job.self_employed",
        "job.more",
    ),
    "spouse": ("spouse.coming", "spouse.education", "spouse.language", "spouse.canadian_experience_years"),
}
WHOLE: Mapping[str, str] = {part: whole for whole, parts in PARTS.items() for part in parts}
MOST_JOBS = 12


def first_part(field: str) -> str | None:
    """The first question of a field with parts; None for a field without."""
    return PARTS[field][0] if field in PARTS else None


def is_part(field: str) -> bool:
    return field in WHOLE


def whole(field: str) -> str:
    """The profile field that `field` is a part of, or itself."""
    return WHOLE.get(field, field)


def started(session: Session) -> bool:
    return bool(session.draft)


def open_part(session: Session) -> str | None:
    """The part to ask next while an answer with parts is unfinished."""
    if not session.draft:
        return None
    parts = PARTS[str(session.draft["of"])]
    return next((part for part in parts if part not in session.draft), None)


def last_part(session: Session) -> str:
    """The last part answered in the draft, or the first question of the form."""
    given = [part for part in session.draft if part in WHOLE]
    return given[-1] if given else PARTS[str(session.draft["of"])][0]


def drop_last(session: Session) -> Session:
    """The draft without its last answered part."""
    last = last_part(session)
    draft = {name: value for name, value in session.draft.items() if name != last}
    return session.at(draft=draft if any(name in WHOLE for name in draft) else {})


def keep(session: Session, part: str, value: object) -> Session:
    """The part in the draft; once the form is complete, the whole in the profile."""
    draft = {"of": WHOLE[part], **session.draft, part: stored(value)}
    session = session.at(draft=draft, asking=None)
    if part == "job.more":
        return next_job(session) if value else complete(session, "jobs", jobs(draft))
    if part == "spouse.coming" and not value:
        return complete(session, "spouse", None)
    if part == PARTS["spouse"][-1]:
        return complete(session, "spouse", spouse(draft))
    return session


def stored(value: object) -> object:
    """A part as JSON holds it between two messages."""
    if isinstance(value, LanguageLevels):
        return value.model_dump()
    return value.isoformat() if hasattr(value, "isoformat") else value


def next_job(session: Session) -> Session:
    """The finished job set aside, and the form open for another; at the limit the history is taken as complete."""
    done = [*as_list(session.draft.get("done")), job_data(session.draft)]
    if len(done) >= MOST_JOBS:
        return complete(session, "jobs", tuple(Job.model_validate(job) for job in done))
    return session.at(draft={"of": "jobs", "done": done})


def complete(session: Session, field: str, value: object) -> Session:
    return session.at(
        profile=session.profile.with_answers(**{field: value}),
        declined=tuple(name for name in session.declined if name != field),
        trail=(*(name for name in session.trail if name != field), field),
        draft={},
        asking=None,
    )


def jobs(draft: Mapping[str, object]) -> tuple[Job, ...]:
    every = [*as_list(draft.get("done")), job_data(draft)]
    return tuple(Job.model_validate(job) for job in every)


def job_data(draft: Mapping[str, object]) -> dict[str, object]:
    return {
        part.removeprefix("job."): draft[part]
        for part in PARTS["jobs"]
        if part in draft and part != "job.more"
    }


def spouse(draft: Mapping[str, object]) -> Spouse:
    return Spouse.model_validate(
        {
            part.removeprefix("spouse."): draft[part]
            for part in PARTS["spouse"]
            if part in draft and part != "spouse.coming"
        }
    )


def as_list(value: object) -> list[object]:
    return list(value) if isinstance(value, (list, tuple)) else []

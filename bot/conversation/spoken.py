"""Answers as a person reads them back: "Wage offered: $41.00 an hour"."""

from __future__ import annotations

from datetime import date

from bot.conversation.answers import field_of
from bot.conversation.questions import wording
from knowledge.content.render import Language, label, long_date, money, number, plural
from rules.profile import Job, LanguageLevels, Spouse


def spoken(field: str, value: object, language: Language, *, unknown: bool = False) -> str:
    """`name: value` in plain text; `unknown` for "I don't know"."""
    name = wording(field).name.to(language)
    told = label("unknown_answer", language) if unknown else shown(field, value, language)
    return f"{name}\u00a0: {told}" if language == "fr" else f"{name}: {told}"


def shown(field: str, value: object, language: Language) -> str:
    """The value alone."""
    words = wording(field).choices.get(str(value))
    if words:
        return words.to(language)
    if isinstance(value, bool):
        return label("yes" if value else "no", language)
    if isinstance(value, LanguageLevels):
        return levels(value, language)
    if isinstance(value, tuple):
        return ", ".join(job_line(job, language) for job in value if isinstance(job, Job)) or label(
            "none", language
        )
    if isinstance(value, Spouse):
        return label("yes", language)
    if value is None:
        return label("still_there" if field == "job.to" else "none", language)
    return measured(field, value, language)


def measured(field: str, value: object, language: Language) -> str:
    """A number with its unit, a date, or the text itself."""
    if isinstance(value, date):
        return long_date(value, language)
    if not isinstance(value, (int, float)):
        return str(value)
    unit = field_of(field).unit
    if unit == "dollars an hour":
        return label("per_hour", language, amount=money(value, language))
    if unit == "dollars a year":
        return money(value, language)
    text = number(value, language)
    if unit not in ("months", "years"):
        return text
    return label(f"unit.{unit}{plural(value, '.one', '', language)}", language, number=text)


def levels(value: LanguageLevels, language: Language) -> str:
    """ "9 in all four", or the four levels by name."""
    if len(set(value.all)) == 1:
        return label("level.same", language, level=value.speaking)
    return label("level.four", language, **value.model_dump())


def job_line(job: Job, language: Language) -> str:
    until = long_date(job.end, language) if job.end else label("now", language)
    return label("job_line", language, noc=job.noc, start=long_date(job.start, language), end=until)

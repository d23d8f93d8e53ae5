"""A typed or tapped answer as the value its field takes, in English and French."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from datetime import date
from functools import cache
from typing import Any

from rapidfuzz import fuzz, utils

from bot.conversation import language_tests, numbers
from bot.conversation.problems import NotUnderstood
from bot.conversation.questions import wordings
from rules import geography, pay
from rules.fields import FIELDS, Field, Kind
from rules.profile import LanguageLevels

__all__ = ["NotUnderstood", "askable", "control", "could_be_answer", "from_choice", "kind", "read"]

PARTS: Mapping[str, Field] = {
    field.name: field
    for field in (
        Field("job.noc", "noc", 3),
        Field("job.from", "date", 3),
        Field("job.to", "date", 3),
        Field("job.hours_per_week", "integer", 2, minimum=1, maximum=168),
        Field("job.place", "place", 2),
        Field("job.self_employed", "yes_no", 1),
        Field("job.more", "yes_no", 1),
        Field("spouse.coming", "yes_no", 1),
        Field("spouse.education", "choice", 1),
        Field("spouse.language", "language", 4),
        Field("spouse.canadian_experience_years", "years", 2, minimum=0, maximum=80),
    )
}
YES = re.compile(
    r"^(y|yes|yeah|yep|yup|sure|true|of course|i do|i am|i have|oui|ouais|bien sûr|o)\b", re.IGNORECASE
)
NO = re.compile(
    r"^(n|no|nope|not|none|never|false|i don'?t|i'm not|non|aucun\w*|jamais|pas)\b", re.IGNORECASE
)
NOW = re.compile(
    r"\b(now|present|current(ly)?|still|today|ongoing|maintenant|aujourd'hui|actuel\w*|toujours|encore|présent)\b",
    re.IGNORECASE,
)
UNSURE = re.compile(
    r"^(i )?(don'?t know|do not know|dunno|not sure|no idea|unsure|skip|pass|(je )?(ne )?sais pas|aucune idée|"
    r"passer|\?)[\s.!]*$",
    re.IGNORECASE,
)
BACK = re.compile(r"^(go )?(back|previous|retour|précédent\w*|en arrière)[\s.!]*$", re.IGNORECASE)
REVIEW = re.compile(
    r"^(review|my answers|show my answers|mes réponses|résumé|vérifier)[\s.!]*$", re.IGNORECASE
)
STOP = re.compile(r"^(stop|quit|exit|cancel|arrête\w*|annuler|quitter)[\s.!]*$", re.IGNORECASE)
CONTROLS = ((UNSURE, "?"), (BACK, "<"), (REVIEW, "="), (STOP, "x"))
FULL_TIME_HOURS = 40.0
HOURS = re.compile(rf"({numbers.NUMBER})\s*(?:h|hours?|heures?)\b", re.IGNORECASE)
YEARLY_FROM = 1000.0
MONTHS_A_YEAR = 12
NEAR_ENOUGH, CLEARLY, BY_WORDS = 70.0, 2.0, 0.7


def field_of(name: str) -> Field:
    """The catalogue entry of a profile field or of a part of one; raises KeyError for a name that is neither."""
    return FIELDS[name] if name in FIELDS else PARTS[name]


def kind(name: str) -> Kind | None:
    return field_of(name).kind if name in FIELDS or name in PARTS else None


@cache
def askable() -> frozenset[str]:
    """Every field the interview has words for."""
    return frozenset(wordings()) & frozenset(FIELDS)


def control(text: str) -> str | None:
    """The control a typed word stands for: "?" I don't know, "<" back, "=" review, "x" stop."""
    return next((sign for pattern, sign in CONTROLS if pattern.match(text.strip())), None)


def could_be_answer(name: str, text: str) -> bool:
    """Whether something put as a question may still be the answer ("40k?", "CLB 9?")."""
    return (
        kind(name) not in (None, "place", "noc", "choice")
        and len(text.split()) <= 6
        and bool(re.search(r"\d", text))
    )


def read(name: str, text: str, today: date) -> Any:
    """What `text` answers to the question of `name` on the day `today`.

    Raises NotUnderstood with what is accepted, or a RuleError where a rule says why the value cannot be.
    """
    field = field_of(name)
    if field.kind == "language":
        return language_tests.levels(field.name, text.strip(), today)
    if field.kind == "money":
        return read_money(field, text.strip(), today)
    reader = READERS.get(field.kind)
    if reader is None:
        raise NotUnderstood("use_buttons")
    return reader(field, text.strip())


def from_choice(name: str, choice: str) -> Any:
    """The value of a tapped choice; raises NotUnderstood for one this question does not have."""
    field = field_of(name)
    if field.kind == "yes_no" and choice in ("yes", "no"):
        return choice == "yes"
    if field.kind == "language":
        return level_of(choice)
    if field.kind == "date" and choice == "now":
        return None
    if field.kind in ("integer", "months", "years", "money") and choice.isascii() and choice.isdigit():
        return within(field, float(choice))
    if field.kind == "choice" and choice in choices(name):
        return choice
    if field.kind in ("noc", "place"):
        return READERS[field.kind](field, choice)
    raise NotUnderstood("use_buttons")


def choices(name: str) -> tuple[str, ...]:
    words = wordings().get(name)
    return tuple(words.choices) if words else field_of(name).choices


def level_of(choice: str) -> LanguageLevels | None:
    if choice == "none":
        return None
    if choice.isascii() and choice.isdigit() and int(choice) <= 12:
        return LanguageLevels.same(int(choice))
    raise NotUnderstood("use_buttons")


def read_yes_no(_field: Field, text: str) -> bool:
    if YES.match(text):
        return True
    if NO.match(text):
        return False
    raise NotUnderstood("yes_or_no")


def read_number(field: Field, text: str) -> float | int:
    named = labelled(field.name, text)
    value = numbers.number(text) if named is None else float(named)
    if value is None:
        raise NotUnderstood("a_number")
    return within(field, value)


def labelled(name: str, text: str) -> str | None:
    """The choice whose label was typed letter for letter ("One", "Deux ou plus"), None where none was."""
    words = wordings()[name].choices if name in wordings() else {}
    typed = text.casefold().strip(" .")
    return next(
        (value for value, each in words.items() if typed in (each.en.casefold(), each.fr.casefold())), None
    )


def read_months(field: Field, text: str) -> int:
    value = numbers.months(text) if not NO.match(text) else 0
    if value is None:
        raise NotUnderstood("a_length")
    return int(within(field, value))


def read_years(field: Field, text: str) -> int:
    value = numbers.months(text, bare="years") if not NO.match(text) else 0
    if value is None:
        raise NotUnderstood("a_length")
    return int(within(field, value // 12))


def read_money(field: Field, text: str, today: date) -> float:
    """Hourly fields take any pay and convert it; yearly ones take the amount as it stands."""
    if text.lstrip().startswith("-"):
        raise NotUnderstood("an_amount")
    amount = numbers.pay(text)
    if amount is None:
        raise NotUnderstood("an_amount")
    if field.unit != "dollars an hour":
        return within(field, amount.amount)
    return float(within(field, hourly(amount, text, today)))


def hourly(amount: numbers.Pay, text: str, today: date) -> float:
    """Dollars an hour; without a period, a four-digit amount is a yearly salary."""
    period = amount.period or ("year" if amount.amount >= YEARLY_FROM else "hour")
    hours = HOURS.search(text.replace("/", " / "))
    weekly = float(numbers.plain_digits(hours[1])) if hours and period != "hour" else FULL_TIME_HOURS
    if period == "year" or amount.amount >= YEARLY_FROM * 10:
        return pay.hourly(amount.amount, weekly, today)
    if period == "month":
        return pay.hourly(amount.amount * MONTHS_A_YEAR, weekly, today)
    return amount.amount / weekly if period == "week" else amount.amount


def read_place(field: Field, text: str) -> str:
    if not re.search(r"[^\W\d_]", text) or len(text) > 100:
        raise NotUnderstood("a_place")
    return text if field.name == "job.place" else ontario_place(text)


def ontario_place(text: str) -> str:
    """The place in full, so that it is understood the same way for ever; raises as `geography.resolve`."""
    return geography.resolve(text).place.label("en")


def read_noc(_field: Field, text: str) -> str:
    found = re.search(r"\d{5}", text)
    if not found:
        raise NotUnderstood("a_noc")
    return found[0]


def read_date(field: Field, text: str) -> date | None:
    if field.name == "job.to" and NOW.search(text):
        return None
    found = numbers.day(text, end=field.name == "job.to")
    if found is None:
        raise NotUnderstood("a_date")
    return found


def read_choice(field: Field, text: str) -> str:
    """The choice whose label, in either language, is nearest to what was typed; a far guess or a tie is none."""
    labels = {value: (each.en, each.fr) for value, each in wordings()[field.name].choices.items()}
    ranked = sorted(((nearness(text, shown), value) for value, shown in labels.items()), reverse=True)
    runner_up = ranked[1][0] if len(ranked) > 1 else 0.0
    if ranked[0][0] < NEAR_ENOUGH or ranked[0][0] - runner_up < CLEARLY:
        raise NotUnderstood("use_buttons")
    return ranked[0][1]


def nearness(said: str, labels: tuple[str, ...]) -> float:
    """How near what was said is to the nearest of the labels, 0 to 100; words a label begins with weigh more."""
    typed = utils.default_process(said)
    return max(label_nearness(typed, utils.default_process(label)) for label in labels)


def label_nearness(typed: str, label: str) -> float:
    words = fuzz.token_set_ratio(typed, label)
    beginning = fuzz.ratio(typed, label[: len(typed)])
    return BY_WORDS * words + (1 - BY_WORDS) * beginning


def within(field: Field, value: float) -> float | int:
    """The value, whole where the field counts whole things; raises NotUnderstood outside its bounds."""
    low, high = field.minimum, field.maximum
    if (low is not None and value < low) or (high is not None and value > high):
        raise NotUnderstood("out_of_range", low=low, high=high)
    return int(value) if field.kind in ("integer", "months", "years") else round(value, 2)


READERS: Mapping[Kind, Callable[[Field, str], Any]] = {
    "yes_no": read_yes_no,
    "integer": read_number,
    "months": read_months,
    "years": read_years,
    "place": read_place,
    "noc": read_noc,
    "date": read_date,
    "choice": read_choice,
}

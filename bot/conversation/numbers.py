"""Numbers, amounts, durations and dates as people type them, in English and French."""

from __future__ import annotations

import re
from calendar import monthrange
from dataclasses import dataclass
from datetime import date
from typing import Literal

WORDS = {
    "zero": 0, "zéro": 0, "no": 0, "none": 0, "aucun": 0, "aucune": 0,
    "one": 1, "two": 2, "deux": 2, "three": 3, "trois": 3, "four": 4,
    "quatre": 4, "five": 5, "cinq": 5, "six": 6, "seven": 7, "sept": 7, "eight": 8, "huit": 8, "nine": 9,
    "neuf": 9, "ten": 10, "dix": 10, "eleven": 11, "onze": 11, "twelve": 12, "douze": 12, "fifteen": 15,
    "quinze": 15, "eighteen": 18, "twenty": 20, "vingt": 20, "thirty": 30, "trente": 30, "forty": 40,
    "quarante": 40,
}  # fmt: skip
ARTICLES = {"a": 1, "an": 1, "un": 1, "une": 1}
MONTHS = {
    "jan": 1, "feb": 2, "fev": 2, "fév": 2, "mar": 3, "apr": 4, "avr": 4, "may": 5, "mai": 5, "jun": 6, "juin": 6,
    "jul": 7, "juil": 7, "aug": 8, "aou": 8, "aoû": 8, "sep": 9, "oct": 10, "nov": 11, "dec": 12, "déc": 12,
}  # fmt: skip
SCALES = {"": 1, "k": 1_000, "m": 1_000_000, "million": 1_000_000}
NUMBER = r"\d{1,3}(?:[ ,\u00a0\u202f]\d{3})+(?:[.,]\d+)?|\d+(?:[.,]\d+)?"
AMOUNT = re.compile(rf"(?P<number>{NUMBER})\s*(?P<scale>k\b|m\b|million)?", re.IGNORECASE)
# "an hour", "/h" and "de l'heure" say what is paid for; "37.5 hours" says how long a week is
EACH = r"(?:\b(?:an?|per|each|par|de l'|l')\s*|/\s*)"
HOURLY = re.compile(rf"{EACH}(?:hour|hr|h|heure)\b|\bhourly\b|\bhoraire\b", re.IGNORECASE)
YEARLY = re.compile(r"\b(years?|yr|yearly|annual\w*|annum|pa|ans?|année|annuel\w*)\b", re.IGNORECASE)
MONTHLY = re.compile(r"\b(months?|monthly|mois|mensuel\w*)\b", re.IGNORECASE)
WEEKLY = re.compile(rf"{EACH}(?:week|wk|semaine)\b|\bweekly\b|\bhebdo\w*", re.IGNORECASE)
ISO = re.compile(r"\b(\d{4})[-/.](\d{1,2})(?:[-/.](\d{1,2}))?\b")
MONTH_FIRST = re.compile(r"\b(\d{1,2})[-/](\d{4})\b")
NAMED = re.compile(
    r"(?:(\d{1,2})(?:er|st|nd|rd|th)?\s+)?([a-zéû]{3,9})\.?\s+(?:(\d{1,2})(?:st|nd|rd|th)?,?\s+)?(\d{4})",
    re.IGNORECASE,
)
YEAR_ONLY = re.compile(r"^\D{0,12}(\d{4})\D{0,3}$")
HALF = re.compile(r"\b(half|demie?)\b", re.IGNORECASE)

Period = Literal["hour", "week", "month", "year"]


@dataclass(frozen=True, slots=True)
class Pay:
    """An amount of money and what it is paid for; `period` None when the person did not say."""

    amount: float
    period: Period | None


def number(text: str) -> float | None:
    """The first number in `text`, in digits or as a word; None where there is none."""
    found = AMOUNT.search(text)
    if found:
        return float(plain_digits(found["number"])) * SCALES[(found["scale"] or "").lower()]
    words = re.findall(r"[a-zé]+", text.casefold())
    return next((float(WORDS[word]) for word in words if word in WORDS), None)


def plain_digits(written: str) -> str:
    """ "85,000", "85 000" and "41,5" as Python reads them."""
    compact = re.sub(r"[ \u00a0\u202f]", "", written)
    if re.fullmatch(r"\d{1,3}(,\d{3})+(\.\d+)?", compact):
        return compact.replace(",", "")
    return compact.replace(",", ".")


def pay(text: str) -> Pay | None:
    """ "85k a year", "$41/h", "3 500 $ par mois"; None where no amount is named."""
    amount = number(text)
    if amount is None:
        return None
    return Pay(amount, period_of(text))


def period_of(text: str) -> Period | None:
    patterns: tuple[tuple[re.Pattern[str], Period], ...] = (
        (HOURLY, "hour"), (YEARLY, "year"), (MONTHLY, "month"), (WEEKLY, "week"),
    )  # fmt: skip
    return next((period for pattern, period in patterns if pattern.search(text)), None)


def months(text: str, *, bare: Literal["months", "years"] = "months") -> int | None:
    """A length of time in whole months: "two years", "14 months", "a year and a half", "2 ans et 3 mois"."""
    total, found = 0.0, False
    for part, unit in re.findall(
        rf"({NUMBER}|[a-zé]+)\s*[- ]?\s*(years?|yrs?|ans?|année\w*|months?|mois)\b", text.casefold()
    ):
        value = ARTICLES.get(part) or number(part)
        if value is None:
            continue
        total, found = total + value * (1 if unit.startswith("mo") else 12), True
    if found:
        return int(total + (6 if HALF.search(text) and total % 12 == 0 else 0))
    value = number(text)
    return None if value is None else int(value * (12 if bare == "years" else 1))


def day(text: str, *, end: bool = False) -> date | None:
    """A date: 2024-03-01, March 2024, 3/2024, 1er mars 2024, 2024. Without a day, the month's first or last."""
    return iso_day(text, end=end) or named_day(text, end=end) or bare_year(text, end=end)


def iso_day(text: str, *, end: bool) -> date | None:
    found = ISO.search(text)
    if found:
        return made_day(int(found[1]), int(found[2]), found[3], end=end)
    found = MONTH_FIRST.search(text)
    return made_day(int(found[2]), int(found[1]), None, end=end) if found else None


def named_day(text: str, *, end: bool) -> date | None:
    for found in NAMED.finditer(text):
        name = found[2].casefold()
        month = MONTHS.get(name[:4]) or MONTHS.get(name[:3])
        if month:
            return made_day(int(found[4]), month, found[1] or found[3], end=end)
    return None


def bare_year(text: str, *, end: bool) -> date | None:
    found = YEAR_ONLY.match(text.strip())
    return made_day(int(found[1]), 12 if end else 1, None, end=end) if found else None


def made_day(year: int, month: int, day_of_month: str | None, *, end: bool) -> date | None:
    if not (1950 <= year <= 2100 and 1 <= month <= 12):
        return None
    last = monthrange(year, month)[1]
    chosen = int(day_of_month) if day_of_month else (last if end else 1)
    return date(year, month, chosen) if 1 <= chosen <= last else None

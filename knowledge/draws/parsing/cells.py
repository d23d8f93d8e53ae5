"""The cells of the official tables: dates, counts and score ranges in every spelling seen so far."""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import date, timedelta

MONTHS = {
    name: number
    for number, names in enumerate(
        (
            "january jan janvier", "february feb février", "march mar mars", "april apr avril", "may mai",
            "june jun juin", "july jul juillet", "august aug août", "september sept sep septembre",
            "october oct octobre", "november nov novembre", "december dec décembre",
        ),
        1,
    )
    for name in names.split()
}  # fmt: skip
DASH = r"\s*(?:-|–|—|‑|to|and|&)\s*"
DAY = re.compile(
    rf"([^\W\d_]+)\.?\s+(\d{{1,2}})(?:{DASH}(?:([^\W\d_]+)\s+)?(\d{{1,2}}))?\s*[,.]?\s*(\d{{4}})\b"
)
ISO = re.compile(r"(\d{4})-(\d{2})-(\d{2})")
NUMBER = re.compile(r"(\d{1,3}(?:[,\s]\d{3})+|\d+)\*?")
RANGE = re.compile(r"(\d{1,4})\s*(?:-|–|—|‑|to)\s*(\d{1,4})")
FLOOR = re.compile(r"(\d{1,4})\s*(?:and|or)\s+(?:above|higher|more)|(\d{1,4})\s*\+?")
NOTHING = {"", "n/a", "na", "n.a.", "-", "–", "—", "not applicable"}
EARLIEST = date(2015, 1, 1)
# A page may be corrected to a date a little ahead of the reader's clock, not more.
AHEAD = timedelta(days=7)
LARGEST_SIZE = 200_000
HIGHEST_SCORE = 1_200


class Unreadable(ValueError):
    """A cell that says something else than it should."""


@dataclass(frozen=True, slots=True)
class Days:
    """The day a draw was issued, and the last one where it took several."""

    first: date
    last: date | None = None


def tidy(text: str) -> str:
    """One line of text: odd spaces and line ends as single blanks."""
    return re.sub(r"\s+", " ", text.replace("\u00a0", " ").replace("\u200b", "")).strip()


def days(text: str, today: date) -> Days:
    """`April 30, 2026`, `September 19. 2023`, `August 11 - 16, 2023`, `March 30 - April 2, 2023`, with a clock
    time or not; raises Unreadable for anything else and for a day no draw can have had."""
    said = tidy(text)
    if found := ISO.match(said):
        return Days(_possible(_day(int(found[1]), int(found[2]), int(found[3]), text), today, text))
    found = DAY.match(said)
    if found is None:
        raise Unreadable(said)
    month, first, other, last, year = found.groups()
    begin = _possible(_day(int(year), _month(month, text), int(first), text), today, text)
    if last is None:
        return Days(begin)
    end = _day(int(year), _month(other or month, text), int(last), text)
    if end < begin:
        raise Unreadable(said)
    return Days(begin, _possible(end, today, text))


def count(text: str) -> int:
    """`1,334`, `786`, `371*`; raises Unreadable for a negative, fractional or impossible number."""
    said = tidy(text)
    found = NUMBER.fullmatch(said)
    if found is None:
        raise Unreadable(said)
    number = int(re.sub(r"[,\s]", "", found[1]))
    if number > LARGEST_SIZE:
        raise Unreadable(said)
    return number


def score(text: str) -> tuple[int | None, int | None]:
    """Lowest and highest score: `57 and above`, `473-516`, `471–480`, `137 to 162`; N/A and empty are no score."""
    said = tidy(text).rstrip("*. ").lower()
    if said in NOTHING:
        return None, None
    if found := RANGE.fullmatch(said):
        low, high = int(found[1]), int(found[2])
    elif found := FLOOR.fullmatch(said):
        low, high = int(found[1] or found[2]), None
    else:
        raise Unreadable(said)
    if low > HIGHEST_SCORE or (high is not None and not low <= high <= HIGHEST_SCORE):
        raise Unreadable(said)
    return low, high


def _month(name: str, text: str) -> int:
    try:
        return MONTHS[name.lower()]
    except KeyError:
        raise Unreadable(tidy(text)) from None


def _day(year: int, month: int, day: int, text: str) -> date:
    try:
        return date(year, month, day)
    except ValueError:
        raise Unreadable(tidy(text)) from None


def _possible(day: date, today: date, text: str) -> date:
    if not EARLIEST <= day <= today + AHEAD:
        raise Unreadable(tidy(text))
    return day

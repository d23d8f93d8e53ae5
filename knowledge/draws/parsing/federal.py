"""The federal rounds feed: JSON whose every value is a string."""

from __future__ import annotations

import json
from collections.abc import Mapping
from datetime import date
from typing import Any

from knowledge.draws.draw import Draw
from knowledge.draws.names import stream_in
from knowledge.draws.parsing.cells import Unreadable, count, days, score, tidy
from knowledge.draws.parsing.document import text_of
from knowledge.draws.parsing.outcome import BadFeed, Parsed, Problem, Reason
from rules.rulebook import sources


def parse(content: bytes, today: date) -> Parsed:
    """Every round of the feed, newest first; raises BadFeed where it is no feed at all."""
    draws: list[Draw] = []
    problems: list[Problem] = []
    seen: set[str] = set()
    for position, row in enumerate(_rounds(content)):
        read = _round(row, today, position)
        if isinstance(read, Problem):
            problems.append(read)
        elif read.ordinal in seen:
            problems.append(Problem("row", f"round {read.ordinal}", "the number stands twice"))
        else:
            seen.add(read.ordinal)
            draws.append(read)
    return Parsed(tuple(draws), tuple(problems))


def _rounds(content: bytes) -> list[Any]:
    text = text_of(content)
    if text.lstrip().startswith("<"):
        raise BadFeed("not_json", "a page came back where data was expected")
    try:
        loaded = json.loads(text)
    except (json.JSONDecodeError, RecursionError):
        raise BadFeed("truncated", "the data is cut off or damaged") from None
    rounds = loaded.get("rounds") if isinstance(loaded, dict) else None
    if not isinstance(rounds, list) or not rounds:
        raise BadFeed("layout", "the feed has no list of rounds")
    return rounds


def _round(row: Any, today: date, position: int) -> Draw | Problem:
    if not isinstance(row, Mapping):
        return Problem("row", f"row {position + 1}", str(row)[:80])
    number = tidy(str(row.get("drawNumber", "")))
    where = f"round {number}" if number else f"row {position + 1}"
    # Text that is no number must not become an identity.
    if not number[:1].isdigit() or not number.isalnum() or len(number) > 8:
        return Problem("number_missing", where, number[:80])
    reason: Reason = "date"
    try:
        day = days(str(row.get("drawDate", "")), today).first
        reason = "number"
        size = count(str(row.get("drawSize", "")))
        reason = "score"
        lowest = score(str(row.get("drawCRS", "")))[0]
    except Unreadable as error:
        return Problem(reason, where, str(error)[:80])
    name = tidy(str(row.get("drawName", "")))[:200]
    return Draw(
        program="federal",
        stream=stream_in("federal", name) or "other",
        date=day,
        ordinal=number,
        size=size,
        score_min=lowest,
        name=name,
        source=sources()["S20"].url,
        as_of=today,
    )

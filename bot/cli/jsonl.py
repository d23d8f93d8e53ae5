"""JSON lines in, JSON lines out: one object a line, same order, `id` carried through, bad lines answered."""

from __future__ import annotations

import json
import sys
from collections.abc import Callable, Iterable, Iterator, Mapping
from datetime import date, datetime
from typing import IO, Any, NoReturn
from zoneinfo import ZoneInfo

from rules.errors import BadInput, RuleError
from rules.texts import Reason

Answer = Callable[[dict[str, Any]], Mapping[str, Any]]
TORONTO = ZoneInfo("America/Toronto")


def today() -> date:
    """The date in Toronto, which is "today" for everything the bot says."""
    return datetime.now(TORONTO).date()


def answered(lines: Iterable[bytes], answer: Answer) -> Iterator[tuple[dict[str, Any], bool]]:
    """For each line that is not blank: the object to write, and whether the line was good.

    `answer` gets the object without its `id` and returns what to write after the id; a RuleError becomes
    `{"id", "error": {"field", "message"}}`.
    """
    for line in lines:
        if line.strip():
            yield _answer_one(line, answer)


def run(answer: Answer) -> NoReturn:
    """Answer standard input on standard output and leave with status 1 if any line was bad, else 0."""
    raise SystemExit(copy(sys.stdin.buffer, sys.stdout.buffer, answer))


def copy(source: Iterable[bytes], target: IO[bytes], answer: Answer) -> int:
    """Answer every line of `source` on `target`; 1 if any was bad, else 0. Each answer is flushed."""
    status = 0
    try:
        for result, good in answered(source, answer):
            target.write(to_line(result))
            target.flush()
            status = status if good else 1
    except BrokenPipeError:
        # the reader has left; a second failure when Python closes the stream would only print noise
        sys.stderr.close()
        return 1
    return status


def to_line(result: Mapping[str, Any]) -> bytes:
    # a lone surrogate cannot be UTF-8; its escape is what JSON itself would write
    return (json.dumps(result, ensure_ascii=False) + "\n").encode("utf-8", "backslashreplace")


def take_day(data: dict[str, Any], name: str = "on") -> date:
    """Remove and read the day asked about; Toronto's today where none is given. Raises BadInput."""
    given = data.pop(name, None)
    if given is None:
        return today()
    day = as_day(given)
    if day is None:
        raise BadInput(name, Reason("error.date", {"given": str(given)[:40]}))
    return day


def as_day(given: object) -> date | None:
    """A date from `2026-11-23`, None from anything else."""
    if not isinstance(given, str) or len(given) != len("2026-11-23"):
        return None
    try:
        return date.fromisoformat(given)
    except ValueError:
        return None


def problem(error: RuleError) -> dict[str, str]:
    return {"field": error.field, "message": error.message}


def _answer_one(line: bytes, answer: Answer) -> tuple[dict[str, Any], bool]:
    try:
        data = json.loads(line)
    except (ValueError, RecursionError) as error:
        return {"id": None, "error": {"field": "line", "message": f"This line is not JSON: {error}"}}, False
    if not isinstance(data, dict):
        return {"id": None, "error": {"field": "line", "message": "This line is not a JSON object."}}, False
    identity = data.pop("id", None)
    try:
        return {"id": identity, **answer(data)}, True
    except RuleError as error:
        return {"id": identity, "error": problem(error)}, False

"""Logs for the operator: events with fields, as text or as JSON lines, and nothing a person wrote.

An exception is logged as its type and the lines of our code it went through. Its message is left out, because
the messages of parsers and validators quote what they were given.
"""

from __future__ import annotations

import logging
import sys
import traceback
from collections.abc import MutableMapping
from pathlib import Path
from types import TracebackType
from typing import Any, TextIO

import structlog

ROOT = Path(__file__).resolve().parent.parent
ExcInfo = tuple[type[BaseException], BaseException, TracebackType | None]
FRAMES = 8


def configure(style: str = "text", level: str = "info", stream: TextIO | None = None) -> None:
    """Set up the log of this process; other libraries' loggers speak from warnings on, through the same lines."""
    render: Any = structlog.processors.JSONRenderer(ensure_ascii=False)
    if style == "text":
        render = structlog.processors.KeyValueRenderer(key_order=["at", "level", "event"], drop_missing=True)
    out = stream or sys.stderr
    structlog.configure(
        processors=[
            structlog.contextvars.merge_contextvars,
            structlog.processors.add_log_level,
            structlog.processors.TimeStamper(fmt="iso", utc=True, key="at"),
            only_where_it_failed,
            render,
        ],
        wrapper_class=structlog.make_filtering_bound_logger(level),
        logger_factory=structlog.PrintLoggerFactory(out),
        cache_logger_on_first_use=False,
    )
    logging.basicConfig(handlers=[Relay()], level=logging.WARNING, force=True)
    # These log whole addresses, token included, and whole updates.
    for talkative in ("httpx", "httpcore", "aiohttp", "telegram", "telegram.ext"):
        logging.getLogger(talkative).setLevel(logging.CRITICAL)


def only_where_it_failed(
    _logger: object, _name: str, event: MutableMapping[str, Any]
) -> MutableMapping[str, Any]:
    """Replace the exception by its type and its way through the code."""
    if event.pop("exc_info", None):
        kind, error, trace = sys.exc_info()
        if kind is not None and error is not None:
            event["exception"] = where((kind, error, trace))
    return event


def where(failed: ExcInfo) -> str:
    """`ValueError at bot/telegram/turns.py:80 < bot/telegram/desk.py:120`, innermost first."""
    kind, _, trace = failed
    steps = [f"{_short(frame.filename)}:{frame.lineno}" for frame in reversed(traceback.extract_tb(trace))]
    return f"{kind.__name__} at {' < '.join(steps[:FRAMES])}"


def _short(path: str) -> str:
    full = Path(path)
    if full.is_relative_to(ROOT) and ".venv" not in full.parts:
        return str(full.relative_to(ROOT))
    return "/".join(full.parts[-2:])


class Relay(logging.Handler):
    """Lines of other libraries, in the same form: who and how bad; the text may quote anything, so it stays out."""

    def emit(self, record: logging.LogRecord) -> None:
        say = (
            structlog.get_logger().error
            if record.levelno >= logging.ERROR
            else structlog.get_logger().warning
        )
        say("library", logger=record.name, at_line=f"{_short(record.pathname)}:{record.lineno}")

"""The log says what happened and where, and nothing a person wrote."""

from __future__ import annotations

import io
import json
import logging
from collections.abc import Iterator

import pytest
import structlog
from pydantic import BaseModel, ValidationError

from bot import logs
from bot.telegram.veil import veiled


class Age(BaseModel):
    age: int


@pytest.fixture(autouse=True)
def the_log_as_it_was() -> Iterator[None]:
    handlers, level = logging.root.handlers[:], logging.root.level
    yield
    logging.root.handlers, logging.root.level = handlers, level
    structlog.reset_defaults()


def test_an_exception_is_its_type_and_its_way_through_the_code() -> None:
    out = io.StringIO()
    logs.configure("json", "info", out)
    try:
        Age.model_validate({"age": "my secret answer"})
    except ValidationError:
        structlog.get_logger().exception("letter failed", update_id=5)
    line = json.loads(out.getvalue())
    assert (line["event"], line["level"], line["update_id"]) == ("letter failed", "error", 5)
    assert line["exception"].startswith("ValidationError at ")
    assert "tests/unit/test_logs.py:" in line["exception"]
    assert "secret" not in out.getvalue()


def test_other_libraries_are_heard_without_their_words() -> None:
    out = io.StringIO()
    logs.configure("json", "info", out)
    logging.getLogger("some.library").warning("GET https://api.telegram.org/bot123:SECRET/getMe")
    logging.getLogger("some.library").info("not worth a line")
    logging.getLogger("httpx").warning("HTTP Request: https://api.telegram.org/bot123:SECRET")
    lines = [json.loads(line) for line in out.getvalue().splitlines()]
    assert [(line["event"], line["logger"]) for line in lines] == [("library", "some.library")]
    assert "SECRET" not in out.getvalue()


def test_text_lines_are_one_line_each() -> None:
    out = io.StringIO()
    logs.configure("text", "warning", out)
    structlog.get_logger().info("quiet")
    structlog.get_logger().warning("two\nlines", chat=veiled(7))
    assert len(out.getvalue().splitlines()) == 1
    assert f"chat='{veiled(7)}'" in out.getvalue()


def test_a_chat_is_recognised_but_not_known() -> None:
    assert veiled(7_000_000_001) == veiled(7_000_000_001) != veiled(7_000_000_002)
    assert "7000000001" not in veiled(7_000_000_001)

"""Whatever comes in, nothing falls over: updates by Telegram's own schema, feeds, files to import."""

from __future__ import annotations

import json
from datetime import date
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from bot.alerts.feeds import PARSERS
from bot.telegram.updates import read
from knowledge.draws.parsing.outcome import BadFeed, Parsed
from knowledge.draws.parsing.updates import parse_updates
from knowledge.noc.official import import_files
from knowledge.noc.official_table import BrokenOfficialFile
from rules.errors import DataError
from rules.wage_files import read_edition, read_official
from tests.unit.safety import hostile, telegram_schema
from tests.unit.safety.fuzzing import for_minutes

TODAY = date(2026, 11, 23)
SHORT = settings(
    max_examples=60, deadline=None, suppress_health_check=[HealthCheck.too_slow, HealthCheck.data_too_large]
)
CELL = st.sampled_from(
    [
        "July 2, 2026",
        "2 July 2026",
        "1,234",
        "450-460",
        "450+",
        "N/A",
        "",
        "*",
        "2026-13-45",
        "<b>x</b>",
        "²",
        "-1",
    ]
) | st.text(max_size=12)
HEADER = st.sampled_from(
    [
        "Date issued",
        "Number of invitations issued",
        "Score range",
        "Notes",
        "Stream",
        "Region",
        "Date",
        "Number",
        "",
    ]
)
LEVEL1 = "Level,Hierarchical structure,Code - NOC 2021 V1.0,Class title,Class definition\n"


@st.composite
def html_page(draw: st.DrawFn) -> bytes:
    """A page with headings and tables such as Ontario's, with anything in their cells."""
    parts = []
    for _ in range(draw(st.integers(0, 3))):
        width = draw(st.integers(0, 5))
        rows = [[draw(HEADER) for _ in range(width)]]
        rows += [[draw(CELL) for _ in range(draw(st.integers(0, 6)))] for _ in range(draw(st.integers(0, 4)))]
        cells = "".join("<tr>" + "".join(f"<td>{cell}</td>" for cell in row) + "</tr>" for row in rows)
        parts.append(f"<h2>{draw(CELL)}</h2><table>{cells}</table><p>{draw(CELL)}</p>")
    ending = draw(st.sampled_from(["</main></body></html>", "</html>", ""]))
    return f"<html><head><title>{draw(CELL)}</title></head><body><main>{''.join(parts)}{ending}".encode()


ROUND = st.dictionaries(
    st.sampled_from(
        ["drawNumber", "drawDate", "drawDateFull", "drawName", "drawSize", "drawCRS", "drawText2"]
    ),
    CELL | st.integers() | st.none() | st.lists(CELL, max_size=2),
)
FEDERAL = st.lists(ROUND, max_size=4).map(lambda rounds: json.dumps({"rounds": rounds}).encode())
FEED = st.tuples(st.sampled_from([*PARSERS, "updates"]), html_page() | FEDERAL | st.binary(max_size=300))
ROW = st.lists(st.sampled_from(["5", "Unit Group", "21231", "0", "99999"]) | CELL, max_size=7).map(",".join)
TABLE = st.builds(
    lambda head, rows: (head + "\n".join(rows)).encode(),
    st.sampled_from([LEVEL1, "", "a;b\n"]),
    st.lists(ROW, max_size=5),
)
FILE = TABLE | st.binary(max_size=300) | st.builds(lambda table: b"\xff\xfe" + table, TABLE)


def converses(raw: dict[str, Any]) -> None:
    """Read, answered, and the answer packed, unpacked and parsed as Telegram would."""
    letter = read(raw, "trillium_bot")
    if letter is None:
        return
    asker = letter.asker(frozenset())
    session, _ = hostile.turn(hostile.begun(asker), letter.event, asker)
    hostile.turn(session, letter.event, asker)


def is_read_or_refused(feed: tuple[str, bytes]) -> None:
    kind, content = feed
    try:
        found = parse_updates(content, TODAY) if kind == "updates" else PARSERS[kind](content, TODAY)
    except BadFeed as error:
        assert str(error)
        return
    if isinstance(found, Parsed):
        assert all(draw.date <= TODAY.replace(year=TODAY.year + 1) for draw in found.draws)


def is_imported_or_refused(content: bytes) -> None:
    with pytest.raises(BrokenOfficialFile):
        # No such file holds all 516 groups.
        import_files([("any.csv", content)])
    text = content.decode("utf-8", "replace")
    for reading in (lambda: read_edition(text), lambda: read_official(text, 2025, TODAY)):
        try:
            reading()
        except DataError as error:
            assert str(error)


@SHORT
@given(telegram_schema.update())
def test_any_update_is_answered_or_left_out(raw: dict[str, Any]) -> None:
    converses(raw)


@SHORT
@given(FEED)
def test_any_feed_is_read_or_refused(feed: tuple[str, bytes]) -> None:
    is_read_or_refused(feed)


@SHORT
@given(FILE)
def test_any_file_is_imported_or_refused(content: bytes) -> None:
    is_imported_or_refused(content)


@pytest.mark.faults
@pytest.mark.timeout(1500)
@pytest.mark.parametrize(
    ("check", "examples"),
    [(converses, telegram_schema.update()), (is_read_or_refused, FEED), (is_imported_or_refused, FILE)],
    ids=["updates", "feeds", "imports"],
)
def test_minutes_of_anything(check: Any, examples: Any) -> None:
    assert for_minutes(check, examples) > 0

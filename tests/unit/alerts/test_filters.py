"""What subscribers want, in rows a database chooses by, and their quiet hours anywhere in the world."""

from __future__ import annotations

from collections.abc import AsyncIterator
from dataclasses import replace
from datetime import UTC, date, datetime
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from pydantic import ValidationError
from sqlalchemy import select

from bot.alerts.filters import REGIONS, STREAMS, AlertFilters, bit, mask
from bot.alerts.recipients import concerns
from bot.store.address import Address
from bot.store.database import Store, open_store
from bot.store.schema import ready_store
from bot.store.subscriptions import SubscriptionRow, subscribe
from knowledge.draws.draw import Draw
from knowledge.draws.record import history

CEC = Draw("federal", "cec", date(2026, 11, 23), "450", 2_000, 519)
EAST = Draw(
    "ontario", "workforce_priority", date(2026, 11, 23), "1", 300, 71, region="east", codes=("21231", "21232")
)


@given(st.sets(st.sampled_from(STREAMS)))
def test_a_mask_has_the_bit_of_each_chosen_stream_and_no_other(chosen: set[str]) -> None:
    made = mask(tuple(chosen), STREAMS)
    assert {stream for stream in STREAMS if made & bit(stream, STREAMS)} == chosen


def test_every_stream_and_region_of_the_record_has_its_bit() -> None:
    assert {draw.stream for draw in history()} <= set(STREAMS)
    assert {draw.region for draw in history() if draw.region} <= set(REGIONS)
    assert len(STREAMS) < 63


@pytest.mark.parametrize(
    "wrong",
    [
        {"streams": ["everything"]},
        {"regions": ["moon"]},
        {"codes": ["<script>"]},
        {"codes": [str(10_000 + number) for number in range(21)]},
        {"within": -1},
        {"zone": "../etc/passwd"},
        {"zone": "Mars/Base"},
        {"quiet_from": 24},
        {"unheard_of": 1},
    ],
)
def test_wishes_that_cannot_be_are_refused(wrong: dict[str, Any]) -> None:
    with pytest.raises(ValidationError):
        AlertFilters.model_validate(wrong)


@pytest.fixture
async def store(tmp_path_factory: pytest.TempPathFactory) -> AsyncIterator[Store]:
    url = f"sqlite+aiosqlite:///{tmp_path_factory.mktemp('wishes') / 'w.sqlite'}"
    opened = open_store(url)
    await ready_store(opened, url)
    yield opened
    await opened.close()


@pytest.mark.parametrize(
    ("wishes", "draw", "wanted"),
    [
        ({}, CEC, True),
        ({"programs": ["federal"]}, CEC, True),
        ({"programs": ["ontario"]}, CEC, False),
        ({"streams": ["cec", "pnp"]}, CEC, True),
        ({"streams": ["pnp"]}, CEC, False),
        ({"streams": ["other"]}, replace(CEC, stream="a_new_category"), True),
        ({"regions": ["north"]}, CEC, True),  # a draw without a region concerns every region
        ({"regions": ["north"]}, EAST, False),
        ({"regions": ["north", "east"]}, EAST, True),
        ({"codes": ["21231"]}, EAST, True),
        ({"codes": ["31301"]}, EAST, False),
        ({"codes": ["31301"]}, CEC, True),  # no list is known, so nobody is kept out
        ({"within": 20, "score_crs": 499}, CEC, True),
        ({"within": 20, "score_crs": 498}, CEC, False),
        ({"within": 20}, CEC, True),  # no score to compare
        ({"within": 0, "score_crs": 300}, EAST, True),  # a score on another scale says nothing
        ({"within": 0, "score_eoi": 70}, EAST, False),
        ({"within": 0, "score_eoi": 71}, EAST, True),
        ({"paused": True}, CEC, False),
    ],
)
async def test_the_database_chooses_as_the_wishes_say(
    store: Store, wishes: dict[str, Any], draw: Draw, wanted: bool
) -> None:
    async with store.writing() as tx:
        await subscribe(tx, Address(1, 1), AlertFilters.model_validate(wishes).model_dump(mode="json"))
    async with store.reading() as connection:
        found = list(await connection.scalars(select(SubscriptionRow.chat_id).where(concerns(draw))))
    assert found == ([1] if wanted else [])


@pytest.mark.parametrize(
    ("zone", "hours", "moment", "until"),
    [
        ("America/Toronto", (22, 7), (2026, 11, 23, 4, 0), (2026, 11, 23, 12, 0)),  # 23:00 there
        ("America/Toronto", (22, 7), (2026, 11, 23, 11, 59), (2026, 11, 23, 12, 0)),  # 6:59 there
        ("America/Toronto", (22, 7), (2026, 11, 23, 12, 0), None),
        ("America/Toronto", (22, 7), (2026, 11, 23, 18, 0), None),
        ("Asia/Kolkata", (22, 7), (2026, 11, 23, 18, 0), (2026, 11, 24, 1, 30)),  # 23:30 there
        ("Europe/Paris", (0, 9), (2026, 11, 23, 3, 0), (2026, 11, 23, 8, 0)),
        (
            "America/Toronto",
            (22, 7),
            (2026, 11, 1, 3, 30),
            (2026, 11, 1, 12, 0),
        ),  # the clocks go back that night
    ],
)
def test_quiet_hours_end_when_the_clock_there_says_so(
    zone: str, hours: tuple[int, int], moment: tuple[int, ...], until: tuple[int, ...] | None
) -> None:
    wishes = AlertFilters(zone=zone, quiet_from=hours[0], quiet_to=hours[1])
    ends = wishes.quiet_until(datetime(*moment, tzinfo=UTC))  # type: ignore[arg-type,misc]
    assert ends == (datetime(*until, tzinfo=UTC) if until else None)  # type: ignore[arg-type,misc]


def test_an_alert_says_why_it_came() -> None:
    wishes = AlertFilters(programs=("ontario",), codes=("21231",), regions=("east",))
    assert wishes.reasons(EAST) == ("program", "region", "code")
    assert AlertFilters().reasons(EAST) == ()

"""Faults on demand and flood limits, as a bot on python-telegram-bot meets them."""

from __future__ import annotations

from collections.abc import AsyncIterator
from typing import Any

import httpx
import pytest
import telegram
from telegram import error
from telegram.request import HTTPXRequest

from bot.sandbox.budgets import Budget, Meter
from bot.sandbox.errors import ApiError
from bot.sandbox.faults import Fault, fault_from_json


@pytest.fixture
async def ptb(sandbox: Any) -> AsyncIterator[telegram.Bot]:
    request = HTTPXRequest(read_timeout=0.3)
    async with telegram.Bot("123456:ptb", sandbox.base_url, sandbox.base_file_url, request=request) as made:
        yield made


@pytest.mark.parametrize(
    ("fault", "raised", "cause", "accepted"),
    [
        ({"kind": "refuse"}, error.NetworkError, httpx.RemoteProtocolError, False),
        ({"kind": "close"}, error.NetworkError, httpx.RemoteProtocolError, True),
        ({"kind": "half"}, error.NetworkError, httpx.RemoteProtocolError, True),
        ({"kind": "hang"}, error.TimedOut, httpx.ReadTimeout, True),
        ({"kind": "garbage"}, error.TelegramError, None, True),
        ({"kind": "html"}, error.NetworkError, None, False),
        ({"kind": "html", "accepted": True}, error.NetworkError, None, True),
        ({"code": 429, "retry_after": 3}, error.RetryAfter, None, False),
        ({"code": 429}, error.NetworkError, None, False),
        ({"code": 403}, error.Forbidden, None, False),
        ({"code": 400, "description": "Bad Request: odd"}, error.BadRequest, None, False),
        ({"code": 500}, error.NetworkError, None, False),
    ],
)
async def test_a_fault_has_the_face_it_has_in_life(  # noqa: PLR0917 - a table of them
    ptb: telegram.Bot,
    ada: Any,
    story: Any,
    fault: dict[str, Any],
    raised: type[Exception],
    cause: Any,
    accepted: bool,
) -> None:
    await story.fault("sendMessage", **fault)
    with pytest.raises(raised) as caught:
        await ptb.send_message(ada.id, "hello")
    if cause:
        assert isinstance(caught.value.__cause__, cause)
    await ada.refresh()
    assert [m.text for m in ada.messages if m.from_bot] == (["hello"] if accepted else [])
    # only once: the next request goes through
    await ptb.send_message(ada.id, "after")


async def test_a_fault_chooses_its_requests(ptb: telegram.Bot, ada: Any, story: Any) -> None:
    await story.fault("sendMessage", contains="odd", skip=1, times=2, chat_id=ada.id)
    outcomes = []
    for text in ("even", "odd 1", "odd 2", "even", "odd 3", "odd 4"):
        try:
            await ptb.send_message(ada.id, text)
            outcomes.append(text)
        except error.NetworkError:
            outcomes.append("failed")
    assert outcomes == ["even", "odd 1", "failed", "even", "failed", "odd 4"]
    statuses = [(entry["status"], entry["fault"]) for entry in await story.journal("sendMessage")]
    assert statuses.count((500, "status")) == 2


def test_a_fault_that_makes_no_sense_is_named() -> None:
    with pytest.raises(ValueError, match="kind must be one of"):
        Fault(kind="explode")  # type: ignore[arg-type]
    with pytest.raises(ValueError, match="a fault has no moon"):
        fault_from_json({"moon": 1})


async def test_a_sandbox_with_a_budget_answers_429(ptb: telegram.Bot, ada: Any, story: Any) -> None:
    await story.budget(burst=2)
    await ptb.send_message(ada.id, "one")
    await ptb.send_message(ada.id, "two")
    with pytest.raises(error.RetryAfter) as caught:
        await ptb.send_message(ada.id, "three")
    assert caught.value.retry_after in (1, caught.value.retry_after)
    await ptb.send_chat_action(ada.id, "typing")  # only messages count
    await story.budget(off=True)
    await ptb.send_message(ada.id, "four")


class Clock:
    now = 1000.0

    def __call__(self) -> float:
        return self.now


def sent_in(meter: Meter, clock: Clock, seconds: float, chats: list[int]) -> int:
    """How many messages get through in this time when the bot tries every hundredth of a second."""
    count = 0
    for step in range(int(seconds * 100)):
        try:
            meter.spend(chats[step % len(chats)])
            count += 1
        except ApiError:
            pass
        clock.now += 0.01
    return count


def test_thirty_a_second_in_all() -> None:
    clock = Clock()
    assert sent_in(Meter(Budget(), clock), clock, 10, list(range(1, 500))) == 300


def test_a_burst_and_then_one_a_second_per_chat() -> None:
    clock = Clock()
    assert sent_in(Meter(Budget(burst=3), clock), clock, 10, [7]) == 3 + 9


def test_twenty_a_minute_per_group() -> None:
    clock = Clock()
    assert sent_in(Meter(Budget(), clock), clock, 119, [-5]) == 40


def test_the_time_to_wait_is_long_enough() -> None:
    clock = Clock()
    meter = Meter(Budget(), clock)
    for _ in range(20):
        meter.spend(-5)
    clock.now += 12.5
    with pytest.raises(ApiError) as caught:
        meter.spend(-5)
    assert caught.value.parameters == {"retry_after": 48}
    clock.now += 48
    meter.spend(-5)


def test_a_budget_is_above_zero() -> None:
    with pytest.raises(ValueError, match="above 0"):
        Budget(per_second=0)

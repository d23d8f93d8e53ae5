"""The limiter lets through what Telegram allows, replies first, and holds up nobody else."""

from __future__ import annotations

import asyncio
import time
from typing import Any

import pytest
from telegram.error import RetryAfter

from bot.telegram.limiter import Lane, Limiter


class Calls:
    """Stands where PTB's request would be and notes when it is reached."""

    def __init__(self) -> None:
        self.at: list[tuple[float, object]] = []
        self.raises: Exception | None = None

    async def __call__(self, _endpoint: str, data: dict[str, Any]) -> bool:
        self.at.append((time.monotonic(), data.get("chat_id")))
        if self.raises:
            raise self.raises
        return True

    def chats(self) -> list[object]:
        return [chat for _, chat in self.at]


async def send(
    limiter: Limiter, calls: Calls, chat_id: int, lane: Lane | None = None, endpoint: str = "sendMessage"
) -> object:
    data = {"chat_id": chat_id}
    return await limiter.process_request(calls, (endpoint, data), {}, endpoint, data, lane)


async def test_the_overall_budget_holds_in_every_sliding_second() -> None:
    limiter, calls = Limiter(per_second=20), Calls()
    await asyncio.gather(*(send(limiter, calls, chat) for chat in range(50)))
    moments = [at for at, _ in calls.at]
    assert len(moments) == 50
    assert all(last - first >= 0.99 for first, last in zip(moments, moments[20:], strict=False))
    assert moments[-1] - moments[0] < 3.0


async def test_a_chat_gets_a_burst_and_then_one_a_second() -> None:
    limiter, calls = Limiter(), Calls()
    await asyncio.gather(*(send(limiter, calls, 1) for _ in range(5)))
    moments = [at - calls.at[0][0] for at, _ in calls.at]
    assert moments[2] < 0.2
    assert 0.9 < moments[3] < 1.3
    assert 1.9 < moments[4] < 2.4


async def test_a_slow_chat_holds_up_no_other() -> None:
    limiter, calls = Limiter(), Calls()
    slow = [asyncio.create_task(send(limiter, calls, 1)) for _ in range(6)]
    await asyncio.sleep(0.05)
    before = time.monotonic()
    await send(limiter, calls, 2)
    assert time.monotonic() - before < 0.2
    for task in slow:
        task.cancel()
    await asyncio.gather(*slow, return_exceptions=True)


async def test_a_reply_overtakes_a_broadcast() -> None:
    limiter, calls = Limiter(per_second=10), Calls()
    broadcast = [asyncio.create_task(send(limiter, calls, chat, "broadcast")) for chat in range(100, 400)]
    await asyncio.sleep(0.05)
    before = time.monotonic()
    # Even to a chat that a broadcast message waits for.
    await asyncio.gather(send(limiter, calls, 1), send(limiter, calls, 390))
    assert time.monotonic() - before < 1.2
    assert len(calls.at) < 25
    for task in broadcast:
        task.cancel()
    await asyncio.gather(*broadcast, return_exceptions=True)
    assert limiter.waiting <= 300
    # What was cancelled takes no room from what comes after.
    await asyncio.sleep(1.0)
    await asyncio.wait_for(asyncio.gather(*(send(limiter, calls, chat) for chat in range(1000, 1010))), 1.0)


async def test_a_group_gets_twenty_a_minute() -> None:
    clock = [0.0]
    limiter, calls = Limiter(clock=lambda: clock[0]), Calls()
    for _ in range(20):
        clock[0] += 1.0
        await send(limiter, calls, -5)
    assert limiter._chat(-5).wait(clock[0]) == pytest.approx(41.0)
    assert limiter._chat(5).wait(clock[0]) == 0


async def test_a_429_closes_that_chat_only_and_is_not_retried_here() -> None:
    limiter, calls = Limiter(), Calls()
    calls.raises = RetryAfter(1)
    with pytest.raises(RetryAfter):
        await send(limiter, calls, 1)
    assert len(calls.at) == 1
    calls.raises = None
    before = time.monotonic()
    await send(limiter, calls, 2)
    assert time.monotonic() - before < 0.2
    await send(limiter, calls, 1)
    assert time.monotonic() - before > 0.9


async def test_answers_to_taps_are_not_counted() -> None:
    limiter, calls = Limiter(per_second=1), Calls()
    before = time.monotonic()
    await asyncio.gather(*(send(limiter, calls, 1, endpoint="answerCallbackQuery") for _ in range(30)))
    await asyncio.gather(*(send(limiter, calls, 1, endpoint="sendChatAction") for _ in range(30)))
    assert time.monotonic() - before < 0.3


async def test_chats_that_are_quiet_are_forgotten() -> None:
    clock = [0.0]
    limiter, calls = Limiter(1_000_000, clock=lambda: clock[0]), Calls()
    for chat in range(12_000):
        clock[0] += 1.0
        await send(limiter, calls, chat)
    assert len(limiter._chats) <= 5_001

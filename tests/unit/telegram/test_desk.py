"""One thing at a time for each person, many people at once, and nothing kept of those who are done."""

from __future__ import annotations

import asyncio
from collections.abc import Sequence

from bot.conversation.events import Text
from bot.store.address import Address
from bot.store.outbox import Owed
from bot.telegram import desk as desks
from bot.telegram.desk import Desk
from bot.telegram.updates import Letter

ANN, BOB = Address(1, 1), Address(2, 2)


class Slow:
    """Decides in `seconds` and notes who was being served at the same time."""

    def __init__(self, seconds: float = 0.01) -> None:
        self.seconds = seconds
        self.now: list[Address] = []
        self.together: list[frozenset[Address]] = []
        self.done: list[str] = []
        self.posted: list[str] = []
        self.fails: set[str] = set()

    async def settle(self, letter: Letter) -> Sequence[Owed]:
        assert letter.address not in self.now, "one person twice at once"
        self.now.append(letter.address)
        self.together.append(frozenset(self.now))
        await asyncio.sleep(self.seconds)
        self.now.remove(letter.address)
        said = letter.event.text  # type: ignore[union-attr]
        if said in self.fails:
            raise RuntimeError(said)
        self.done.append(said)
        return (Owed(letter.update_id, 0, letter.address, said),)

    async def slow_down(self, letter: Letter) -> Sequence[Owed]:
        return (Owed(letter.update_id, 0, letter.address, "slow down"),)

    async def post(self, owed: Sequence[Owed]) -> None:
        self.posted += [one.payload for one in owed]


def letter(number: int, address: Address) -> Letter:
    return Letter(number, address, None, Text(f"{address.chat_id}.{number}"), "{}")


async def test_each_person_is_served_in_order_and_others_meanwhile() -> None:
    slow = Slow()
    desk = Desk(slow, slow.post)
    for n in range(5):
        desk.take(letter(n, ANN))
        desk.take(letter(n, BOB))
    assert desk.waiting == 10
    assert await desk.finish(5.0)
    assert [said for said in slow.posted if said.startswith("1.")] == [f"1.{n}" for n in range(5)]
    assert [said for said in slow.posted if said.startswith("2.")] == [f"2.{n}" for n in range(5)]
    assert frozenset({ANN, BOB}) in slow.together


async def test_nothing_is_kept_of_a_person_who_is_done() -> None:
    slow = Slow(0.0)
    desk = Desk(slow, slow.post)
    for n in range(1000):
        desk.take(letter(n, Address(n, n)))
    await desk.finish(10.0)
    assert (desk.waiting, len(desk._queues), len(desk._tasks)) == (0, 0, 0)


async def test_work_that_fails_does_not_hold_up_the_next() -> None:
    slow = Slow()
    slow.fails = {"1.0"}
    desk = Desk(slow, slow.post)
    desk.take(letter(0, ANN))
    desk.take(letter(1, ANN))
    await desk.finish(5.0)
    assert slow.posted == ["1.1"]


async def test_what_was_owed_goes_before_what_comes() -> None:
    slow = Slow()
    desk = Desk(slow, slow.post)
    desk.resend(ANN, [Owed(1, 0, ANN, "owed")])
    desk.take(letter(2, ANN))
    desk.take(letter(3, ANN), over_budget=True)
    await desk.finish(5.0)
    assert slow.posted == ["owed", "1.2", "slow down"]


async def test_a_stop_waits_so_long_and_no_longer() -> None:
    slow = Slow(seconds=60.0)
    desk = Desk(slow, slow.post)
    desk.take(letter(1, ANN))
    desk.take(letter(2, ANN))
    await asyncio.sleep(0.01)
    assert not await desk.finish(0.1)
    assert (desk.waiting, slow.posted) == (0, [])


async def test_the_poller_waits_while_the_desk_is_full() -> None:
    slow = Slow()
    desk = Desk(slow, slow.post)
    for n in range(desks.BACKLOG):
        desk.take(letter(n, Address(n % 50, n % 50)))
    waiting = asyncio.create_task(desk.room())
    await asyncio.sleep(0.005)
    assert not waiting.done()
    await asyncio.wait_for(waiting, 5.0)
    assert desk.waiting < desks.BACKLOG
    await desk.finish(30.0)

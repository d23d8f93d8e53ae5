"""`kill -9` in the middle of a conversation: nothing is lost, nothing counts twice, everybody is answered.

The bot is a real process on a real database; the local Bot API is another, which outlives it.
"""

from __future__ import annotations

import asyncio
import json
import os
import random
import signal
import sqlite3
import sys
from asyncio.subprocess import Process
from collections.abc import AsyncIterator
from pathlib import Path
from typing import Any

import pytest

from bot.sandbox import RunningSandbox, StoryClient, StoryPerson, sandbox_process

ROOT = Path(__file__).resolve().parents[2]
MORTAL = "tests.integration.mortal"
MOMENTS = {
    "received": "its update stands in the inbox, nothing is decided",
    "kept": "it is about to be decided",
    "decided": "it has taken effect, the reply is only owed",
    "sent": "Telegram has the reply, the outbox does not know",
}


@pytest.fixture
async def sandbox() -> AsyncIterator[RunningSandbox]:
    async with sandbox_process() as running:
        yield running


@pytest.fixture
async def story(sandbox: RunningSandbox) -> AsyncIterator[StoryClient]:
    async with StoryClient(sandbox.url) as client:
        yield client


class MortalBot:
    """The bot as a process that can be killed and started again on the same database."""

    def __init__(self, sandbox: RunningSandbox, folder: Path, module: str = MORTAL, *arguments: str) -> None:
        self.file = folder / "oinp.sqlite"
        self.process: Process | None = None
        self._command = (sys.executable, "-m", module, *arguments)
        self._environment = {
            **os.environ,
            # Each start would compile every library anew.
            "PYTHONDONTWRITEBYTECODE": "",
            "TELEGRAM_BOT_TOKEN": "42:sandbox",
            "OINP_API_URL": sandbox.url,
            "OINP_DATA_DIR": str(folder),
            "OINP_MESSAGES_PER_SECOND": "10000",
            "OINP_CHAT_MESSAGES_PER_SECOND": "10000",
            "OINP_PERSON_BUDGET": "10000",
        }

    async def start(self, **moment: str) -> None:
        self.process = await asyncio.create_subprocess_exec(
            *self._command,
            cwd=ROOT,
            env=self._environment | moment,
            stdout=asyncio.subprocess.PIPE,
        )
        assert self.process.stdout is not None
        assert b"ready" in await asyncio.wait_for(self.process.stdout.readline(), 90)

    async def dies(self) -> None:
        """Wait for the kill it has in store for itself."""
        assert self.process is not None
        assert await asyncio.wait_for(self.process.wait(), 30) == -signal.SIGKILL

    async def kill(self) -> None:
        assert self.process is not None
        if self.process.returncode is None:
            self.process.kill()
        await self.process.wait()

    async def stop(self) -> int:
        """End it as an operator does; returns its exit status."""
        assert self.process is not None
        self.process.terminate()
        return await asyncio.wait_for(self.process.wait(), 30)

    def remembered(self, person_id: int) -> list[str]:
        """What the counting conversation keeps of a person."""
        return list(self.session(person_id))

    def session(self, person_id: int) -> Any:
        """The person's session as it stands in the database."""
        found = self.rows(f"SELECT session FROM sessions WHERE person_id = {person_id}")
        return json.loads(str(found[0][0]))

    def rows(self, query: str) -> list[tuple[object, ...]]:
        with sqlite3.connect(self.file) as connection:
            return connection.execute(query).fetchall()


@pytest.fixture
async def mortal(sandbox: RunningSandbox, tmp_path: Path) -> AsyncIterator[MortalBot]:
    made = MortalBot(sandbox, tmp_path)
    yield made
    await made.kill()


def answers(person: StoryPerson) -> list[str]:
    return [message.text for message in person.messages if message.from_bot]


@pytest.mark.parametrize("moment", MOMENTS)
async def test_a_kill_in_mid_conversation_costs_nothing(
    moment: str, mortal: MortalBot, story: StoryClient
) -> None:
    ada = await story.person("Ada")
    await mortal.start()
    await ada.send("one")
    await ada.tap("next")
    await mortal.kill()

    # The second message of this life, so that the first one works before it dies.
    await mortal.start(DIE_WHEN=moment, DIE_AT="2")
    await ada.send("three")
    await ada.send("four", wait=False)
    await mortal.dies()
    await ada.send("five", wait=False)

    await mortal.start()
    await ada.wait_for("5: five")
    await ada.send("six")
    assert await mortal.stop() == 0
    assert mortal.remembered(ada.id) == ["one", "tap", "three", "four", "five", "six"]
    await ada.refresh()
    said = answers(ada)
    assert list(dict.fromkeys(said)) == ["2: tap", "3: three", "4: four", "5: five", "6: six"]
    # Only a reply that Telegram had when the process died may be there twice.
    assert len(said) == (6 if moment == "sent" else 5)
    assert mortal.rows("SELECT * FROM outbox") == []
    assert mortal.rows("SELECT * FROM inbox WHERE handled_at IS NULL OR raw IS NOT NULL") == []


async def test_a_tap_that_the_kill_interrupted_counts_once(mortal: MortalBot, story: StoryClient) -> None:
    ada = await story.person("Ada")
    await mortal.start(DIE_WHEN="decided", DIE_AT="2")
    await ada.send("one")
    await ada.tap("next", wait=False)
    await mortal.dies()
    # Nothing happened that they could see, so they tap again.
    await ada.tap("next", wait=False)
    await mortal.start()
    await ada.wait_for("2: tap")
    await ada.send("three")
    assert mortal.remembered(ada.id) == ["one", "tap", "three"]


async def test_a_stop_finishes_what_is_in_hand(mortal: MortalBot, story: StoryClient) -> None:
    people = [await story.person(f"Person {n}") for n in range(10)]
    await mortal.start()
    await asyncio.gather(*(person.send("hello") for person in people))
    await story.settings(latency=0.3)
    for person in people:
        await person.send("last words", wait=False)
    await asyncio.sleep(0.5)
    assert await mortal.stop() == 0
    waiting = mortal.rows("SELECT * FROM outbox")
    assert waiting == []


@pytest.mark.faults
@pytest.mark.timeout(900)
async def test_fifty_kills_at_random_moments_cost_nothing(mortal: MortalBot, story: StoryClient) -> None:
    chance = random.Random(20261123)
    people = [await story.person(f"Person {n}") for n in range(5)]
    sent: dict[int, list[str]] = {person.id: [] for person in people}
    for round_number in range(50):
        await mortal.start()
        killing = asyncio.create_task(kill_after(mortal, chance.uniform(0.0, 0.6)))
        for n in range(chance.randint(3, 12)):
            person = chance.choice(people)
            await person.send(f"{round_number}.{n}", wait=False)
            sent[person.id].append(f"{round_number}.{n}")
            await asyncio.sleep(chance.uniform(0, 0.05))
        await killing
    await mortal.start()
    for person in people:
        await person.send("end", wait=False)
        sent[person.id].append("end")
        await person.wait_for(f"{len(sent[person.id])}: end", 60)
    assert await mortal.stop() == 0
    for person in people:
        assert mortal.remembered(person.id) == sent[person.id]
        await person.refresh()
        expected = [f"{n}: {said}" for n, said in enumerate(sent[person.id], 1)]
        assert list(dict.fromkeys(answers(person))) == expected
    assert mortal.rows("SELECT * FROM outbox") == []


async def kill_after(mortal: MortalBot, seconds: float) -> None:
    await asyncio.sleep(seconds)
    await mortal.kill()


async def test_the_real_interview_goes_on_after_each_kill(
    sandbox: RunningSandbox, story: StoryClient, tmp_path: Path
) -> None:
    bot = MortalBot(sandbox, tmp_path, "bot.cli", "run")
    # The first start may have to compile the content.
    story.timeout = 60
    ada = await story.person("Ada")
    try:
        await bot.start()
        await ada.send("/streams")
        await ada.tap("Yes")
        first = step = step_of(ada)
        for kill in range(3):
            for _ in range(3):
                await ada.forge(dont_know(ada), wait=False)
                step += 1
                if step != first + 3 * (kill + 1):
                    await asked(ada, step)
            # The third answer is on its way when the process dies, each time a little further.
            await asyncio.sleep(0.015 * kill)
            await bot.kill()
            await bot.start()
            await asked(ada, step)
        session = bot.session(ada.id)
        assert session["step"] == first + 9
        assert len(session["declined"]) == len(set(session["declined"])) >= 9
        assert session["asking"] not in session["declined"]
        assert await bot.stop() == 0
    finally:
        await bot.kill()


def dont_know(person: StoryPerson) -> str:
    """The callback data of "I don't know" under the open question: every question takes it for an answer."""
    return next(
        button.data for row in person.last.rows for button in row if (button.data or "").endswith("|?")
    )


def step_of(person: StoryPerson) -> int:
    """Which step of the interview the last message asks about; -1 where it asks nothing."""
    data = [button.data or "" for row in person.last.rows for button in row]
    return next((int(one.split("|")[2]) for one in data if one.startswith("1a|")), -1)


async def asked(person: StoryPerson, step: int) -> None:
    """Return when the question of this step is the last thing the bot has said."""
    async with asyncio.timeout(60):
        while step_of(person) != step:
            await asyncio.sleep(0.02)
            await person.refresh()

"""After /forget nothing of a person is left: not in any table, not in the file of the database, not in the logs."""

from __future__ import annotations

import asyncio
import io
import logging
from collections.abc import AsyncIterator, Iterator
from pathlib import Path

import pytest
import structlog
from sqlalchemy import select, text

from bot import logs
from bot.app import RunningBot
from bot.sandbox import StoryClient, StoryPerson
from bot.store.base import Base
from tests.stories.telling import interviewed

# Words, a place and amounts that nothing else in the bot's data has; 61 is no second of any timestamp.
SAID = "I restore antique barrel organs and tune their zither pipes"
UNANSWERED = "why does my xylophone marmalade wobble in a zamboni?"
LETTER = "To whom it may concern: Quillfeather Ltd employed Ada Lovelace-Okonkwo since March 2021."
NAME, USERNAME = "Zebediah", "zeb_the_tuner"
TRACES = (
    "barrel organ", "zither", "xylophone", "zamboni", "Quillfeather", "Okonkwo", NAME, USERNAME, "Kapuskasing",
    "61.37", "67,891", "67891",
)  # fmt: skip


@pytest.fixture
def heard() -> Iterator[io.StringIO]:
    """Everything the bot logs, down to the last detail."""
    stream = io.StringIO()
    logs.configure("json", "debug", stream)
    before = logging.getLogger().level
    logging.getLogger().setLevel(logging.DEBUG)
    yield stream
    logging.getLogger().setLevel(before)
    structlog.reset_defaults()


@pytest.fixture
async def zeb(heard: io.StringIO, story: StoryClient, bot: RunningBot) -> AsyncIterator[StoryPerson]:
    """Somebody who has used everything: duties, answers, a question, a letter, an article, alerts, the PDF."""
    zeb = await story.person(NAME, username=USERNAME, last_name="Okonkwo")
    await zeb.send(SAID)
    await zeb.send(UNANSWERED)
    await zeb.send("/streams")
    await zeb.tap("Yes, keep my answers")
    told = {
        "has_job_offer": "yes",
        "noc": "21231",
        "job_location": "Kapuskasing",
        "hourly_wage": "61.37 an hour",
        "best_year_earnings": "67,891",
    }
    await interviewed(zeb, told, until="Ontario Workforce Priority, TEER 0-3:")
    await zeb.send("/letter")
    await zeb.tap("Check my letter")
    await zeb.send(LETTER)
    await zeb.send("/article Quillfeather says that Ontario holds tech draws in 2026")
    await zeb.send("/draws")
    await zeb.tap("Draw alerts")
    await zeb.tap("Alert me to draws")
    await zeb.send_photo(caption="my zither")
    await zeb.edit_last(f"{SAID}, edited", wait=False)
    await zeb.silence(0.3)
    for _ in range(100):
        await asyncio.sleep(0.02)
        if not bot.desk.waiting:
            break
    yield zeb


async def tables(bot: RunningBot) -> dict[str, list[str]]:
    """Every row of every table as text, those included that no model of ours describes."""
    async with bot.store.reading() as connection:
        found = await connection.execute(text("SELECT name FROM sqlite_master WHERE type = 'table'"))
        names = [row[0] for row in found]
        assert {table.name for table in Base.metadata.sorted_tables} <= set(names)
        return {
            name: [
                repr(tuple(row))
                for row in await connection.execute(select(text("*")).select_from(text(name)))
            ]
            for name in names
        }


async def test_what_is_kept_before_is_only_what_was_agreed_to(zeb: StoryPerson, bot: RunningBot) -> None:
    """The answers stand in the session; the words, the name and the letter stand nowhere."""
    kept = await tables(bot)
    everything = "\n".join(row for rows in kept.values() for row in rows)
    assert "61.37" in everything and "Kapuskasing" in everything, "the proof below would prove nothing"
    for word in ("barrel organ", "zither", "Quillfeather", "Okonkwo", NAME, USERNAME):
        assert word not in everything
    assert any(str(zeb.id) in row for row in kept["subscriptions"])


async def test_nothing_is_left_after_forget(zeb: StoryPerson, bot: RunningBot, heard: io.StringIO) -> None:
    await zeb.send("/forget")
    await zeb.tap("Yes, delete everything")
    assert "deleted" in zeb.last.text
    kept = await tables(bot)
    for name, rows in kept.items():
        for row in rows:
            assert str(zeb.id) not in row, name
            # a question without an answer stays for the author of the content, without anything that leads to anybody
            traces = [trace for trace in TRACES if trace in row and name != "feedback"]
            assert traces == [], name
    assert all(str(zeb.id) not in row and NAME not in row for row in kept["feedback"])
    logged = heard.getvalue()
    assert logged, "there is a log to search"
    assert [trace for trace in (*TRACES, str(zeb.id)) if trace in logged] == []


def stored(folder: Path) -> bytes:
    """The database as it lies on the disk, its journal included."""
    return b"".join(path.read_bytes() for path in folder.glob("oinp.sqlite*"))


async def test_the_words_are_not_in_the_file_either(
    zeb: StoryPerson, bot: RunningBot, tmp_path: Path
) -> None:
    """SQLite overwrites what is deleted, so that the free pages tell nothing."""
    await zeb.send("/forget")
    await zeb.tap("Yes, delete everything")
    async with bot.store.reading() as connection:
        secure = (await connection.execute(text("PRAGMA secure_delete"))).scalar()
    assert secure == 1
    async with bot.store.reading() as connection:
        await connection.execute(text("PRAGMA wal_checkpoint(TRUNCATE)"))
    content = stored(tmp_path)
    assert content
    told = ("61.37", "67891", "barrel organ", "zither", "Quillfeather", NAME, USERNAME, str(zeb.id))
    assert [trace for trace in told if trace.encode() in content] == []

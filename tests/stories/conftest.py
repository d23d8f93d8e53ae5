"""Stories are told by people in the sandbox to the real bot over HTTP; only the calendar is held still."""

from __future__ import annotations

from collections.abc import AsyncIterator
from pathlib import Path

import pytest

from bot.app import RunningBot, running_bot
from bot.config import read_settings
from bot.conversation.library import Library, load_library
from bot.sandbox import RunningSandbox, StoryClient, running_sandbox
from bot.voice import Voice

TODAY = "2026-11-23"


@pytest.fixture(scope="session")
def library() -> Library:
    return load_library()


@pytest.fixture
async def sandbox() -> AsyncIterator[RunningSandbox]:
    async with running_sandbox() as running:
        yield running


@pytest.fixture
async def bot(sandbox: RunningSandbox, tmp_path: Path, library: Library) -> AsyncIterator[RunningBot]:
    settings = read_settings(
        {
            "TELEGRAM_BOT_TOKEN": "42:sandbox",
            "OINP_API_URL": sandbox.url,
            "OINP_DATA_DIR": str(tmp_path),
            "OINP_TODAY": TODAY,
            "OINP_MESSAGES_PER_SECOND": "10000",
            "OINP_CHAT_MESSAGES_PER_SECOND": "10000",
            "OINP_PERSON_BUDGET": "10000",
        }
    )
    async with running_bot(settings, Voice(library)) as running:
        yield running


@pytest.fixture
async def story(sandbox: RunningSandbox, bot: RunningBot) -> AsyncIterator[StoryClient]:
    async with StoryClient(sandbox.url) as client:
        yield client

"""The carrier between a real local Bot API and a real database: every promise, seen from the person's side."""

from __future__ import annotations

import asyncio
import json
import sqlite3
from collections.abc import AsyncIterator
from datetime import UTC, datetime
from pathlib import Path

import pytest
from sqlalchemy import select

from bot.app import CannotStart, RunningBot, running_bot
from bot.config import Settings, read_settings
from bot.sandbox import RunningSandbox, StoryClient, running_sandbox
from bot.store.models import Base
from bot.store.sessions import SessionRow
from tests.integration.standin import Counting


@pytest.fixture
async def sandbox() -> AsyncIterator[RunningSandbox]:
    async with running_sandbox() as running:
        yield running


@pytest.fixture
def settings(sandbox: RunningSandbox, tmp_path: Path) -> Settings:
    return settings_for(sandbox, tmp_path)


def settings_for(sandbox: RunningSandbox, folder: Path, **more: str) -> Settings:
    return read_settings(
        {
            "TELEGRAM_BOT_TOKEN": "42:sandbox",
            "OINP_API_URL": sandbox.url,
            "OINP_DATA_DIR": str(folder),
            "OINP_MESSAGES_PER_SECOND": "10000",
            "OINP_CHAT_MESSAGES_PER_SECOND": "10000",
            "OINP_PERSON_BUDGET": "10000",
            **more,
        }
    )


@pytest.fixture
async def bot(settings: Settings) -> AsyncIterator[RunningBot]:
    async with running_bot(settings, Counting()) as running:
        yield running


@pytest.fixture
async def story(sandbox: RunningSandbox) -> AsyncIterator[StoryClient]:
    async with StoryClient(sandbox.url) as client:
        yield client


async def test_a_message_is_answered_and_remembered(bot: RunningBot, story: StoryClient) -> None:
    ada = await story.person("Ada")
    await ada.send("hello")
    assert ada.last.text == "1: hello"
    await ada.tap("next")
    assert ada.last.text == "2: tap"

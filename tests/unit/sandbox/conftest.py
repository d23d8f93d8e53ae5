"""A sandbox, a story, and a plain HTTP client that speaks the Bot API by hand."""

from __future__ import annotations

from collections.abc import AsyncIterator
from typing import Any

import httpx
import pytest

from bot.sandbox import RunningSandbox, StoryClient, running_sandbox

TOKEN = "123456:test-token"


class RawBot:
    """Calls methods and gives back the whole answer, refusals included."""

    def __init__(self, sandbox: RunningSandbox, client: httpx.AsyncClient, token: str = TOKEN) -> None:
        self.url = f"{sandbox.url}/bot{token}"
        self.client = client

    async def call(self, method: str, files: Any = None, **params: Any) -> dict[str, Any]:
        if files:
            response = await self.client.post(f"{self.url}/{method}", data=params, files=files)
        else:
            response = await self.client.post(f"{self.url}/{method}", json=params)
        answer: dict[str, Any] = response.json()
        assert response.status_code == (200 if answer["ok"] else answer["error_code"])
        return answer

    async def ok(self, method: str, files: Any = None, **params: Any) -> Any:
        answer = await self.call(method, files, **params)
        assert answer["ok"], answer
        return answer["result"]

    async def refused(self, method: str, files: Any = None, **params: Any) -> str:
        answer = await self.call(method, files, **params)
        assert not answer["ok"], answer
        return str(answer["description"])

    async def updates(self, **params: Any) -> list[dict[str, Any]]:
        found: list[dict[str, Any]] = await self.ok("getUpdates", **params)
        return found


@pytest.fixture
async def sandbox() -> AsyncIterator[RunningSandbox]:
    async with running_sandbox() as running:
        yield running


@pytest.fixture
async def story(sandbox: RunningSandbox) -> AsyncIterator[StoryClient]:
    async with StoryClient(sandbox.url, timeout=3, quiet=0.03) as client:
        yield client


@pytest.fixture
async def bot(sandbox: RunningSandbox) -> AsyncIterator[RawBot]:
    async with httpx.AsyncClient(timeout=10, trust_env=False, verify=False) as client:
        yield RawBot(sandbox, client)


@pytest.fixture
async def ada(story: StoryClient, bot: RawBot) -> Any:
    """Someone who has just pressed Start; the bot has taken note."""
    person = await story.person("Ada")
    await person.send("/start", wait=False)
    update = (await bot.updates())[0]
    await bot.updates(offset=update["update_id"] + 1)
    return person

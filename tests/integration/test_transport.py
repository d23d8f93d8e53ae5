"""What PTB raises over our transport, fault by fault: measured against the local Bot API, not assumed."""

from __future__ import annotations

import asyncio
import socket
from collections.abc import AsyncIterator

import pytest
from telegram.error import NetworkError, RetryAfter, TelegramError, TimedOut

from bot.sandbox import RunningSandbox, StoryClient, running_sandbox
from bot.telegram.client import PollingBot
from bot.telegram.faults import Kind, classify
from bot.telegram.transport import AiohttpRequest


@pytest.fixture
async def sandbox() -> AsyncIterator[RunningSandbox]:
    async with running_sandbox() as running:
        yield running


@pytest.fixture
async def story(sandbox: RunningSandbox) -> AsyncIterator[StoryClient]:
    async with StoryClient(sandbox.url) as client:
        yield client


def bot_at(url: str, read_timeout: float = 20.0) -> PollingBot:
    request, updates = AiohttpRequest(read_timeout=read_timeout), AiohttpRequest()
    return PollingBot("42:x", f"{url}/bot", f"{url}/file/bot", request=request, get_updates_request=updates)


@pytest.fixture
async def bot(sandbox: RunningSandbox) -> AsyncIterator[PollingBot]:
    async with bot_at(sandbox.url, read_timeout=0.5) as made:
        yield made


@pytest.mark.parametrize(
    ("fault", "expected"),
    [
        ({"kind": "refuse"}, (NetworkError, Kind.UNCERTAIN, False)),
        ({"kind": "close"}, (NetworkError, Kind.UNCERTAIN, True)),
        ({"kind": "hang"}, (TimedOut, Kind.UNCERTAIN, True)),
        ({"kind": "half"}, (NetworkError, Kind.UNCERTAIN, True)),
        ({"kind": "garbage"}, (TelegramError, Kind.UNCERTAIN, True)),
        ({"kind": "html"}, (NetworkError, Kind.UNCERTAIN, False)),
        ({"kind": "status", "code": 500}, (NetworkError, Kind.UNCERTAIN, False)),
        ({"kind": "status", "code": 429, "retry_after": 3}, (RetryAfter, Kind.LATER, False)),
        ({"kind": "status", "code": 429}, (NetworkError, Kind.LATER, False)),
        ({"kind": "status", "code": 403}, (TelegramError, Kind.GONE, False)),
        ({"kind": "status", "code": 400}, (TelegramError, Kind.REFUSED, False)),
        ({"kind": "status", "code": 401}, (TelegramError, Kind.TOKEN, False)),
    ],
    ids=lambda value: f"{value['kind']}{value.get('code', '')}" if isinstance(value, dict) else "",
)
async def test_a_fault_is_raised_as_ptb_promises_and_understood(
    bot: PollingBot, story: StoryClient, fault: dict[str, object], expected: tuple[type, Kind, bool]
) -> None:
    raised, kind, arrives = expected
    ada = await story.person("Ada")
    await ada.send("/start", wait=False)
    await story.fault("sendMessage", **fault)  # type: ignore[arg-type]
    with pytest.raises(raised) as caught:
        await bot.send_message(ada.id, "hello")
    assert classify(caught.value).kind is kind
    await asyncio.sleep(0.05)
    await ada.refresh()
    assert [message.text for message in ada.messages if message.from_bot] == (["hello"] if arrives else [])
    assert "42:x" not in str(caught.value)


async def test_a_port_where_nobody_listens_is_surely_not_reached() -> None:
    with socket.socket() as closed:
        closed.bind(("127.0.0.1", 0))
        port = closed.getsockname()[1]
    bot = bot_at(f"http://127.0.0.1:{port}")
    with pytest.raises(NetworkError) as caught:
        await bot.initialize()
    assert classify(caught.value).kind is Kind.LATER
    assert "42:x" not in str(caught.value)
    await bot.shutdown()


async def test_a_file_goes_out_whole_and_under_its_name(bot: PollingBot, story: StoryClient) -> None:
    ada = await story.person("Ada")
    await ada.send("/start", wait=False)
    content = bytes(range(256)) * 4000
    sent = await bot.send_document(ada.id, content, caption="Été", filename="liste-à-cocher.pdf")
    assert sent.document is not None
    assert (sent.caption, sent.document.file_size) == ("Été", len(content))
    assert sent.document.file_name == "liste-à-cocher.pdf"


async def test_many_messages_go_out_at_once(bot: PollingBot, story: StoryClient) -> None:
    await story.crowd(200)
    await asyncio.gather(*(bot.send_message(1_000_000 + n, "hello") for n in range(200)))
    assert (await story.counts())["sent"] == 200

"""Updates: long polling, confirmation, conflicts, kinds, jumps; and delivery to a webhook."""

from __future__ import annotations

import asyncio
import contextlib
import time
from collections.abc import AsyncIterator
from typing import Any

import pytest
import uvicorn
from starlette.applications import Starlette
from starlette.requests import Request
from starlette.responses import JSONResponse, Response
from starlette.routing import Route

from bot.sandbox.server import listening_socket


async def texts(bot: Any, **params: Any) -> list[str]:
    return [update["message"]["text"] for update in await bot.updates(**params)]


async def test_what_is_not_confirmed_comes_again(bot: Any, ada: Any) -> None:
    for text in ("one", "two", "three"):
        await ada.send(text, wait=False)
    assert await texts(bot, limit=2) == ["one", "two"]
    first, second, third = await bot.updates()
    assert second["update_id"] == first["update_id"] + 1
    assert await texts(bot, offset=second["update_id"]) == ["two", "three"]
    assert await texts(bot) == ["two", "three"]
    assert await texts(bot, offset=third["update_id"] + 1) == []
    assert await texts(bot) == []


async def test_a_negative_offset_forgets_all_but_the_last(bot: Any, ada: Any) -> None:
    for text in ("one", "two"):
        await ada.send(text, wait=False)
    assert await texts(bot, offset=-1) == ["two"]
    assert await texts(bot) == ["two"]


async def test_a_long_poll_ends_with_the_first_update(bot: Any, ada: Any) -> None:
    polling = asyncio.create_task(texts(bot, timeout=5))
    await asyncio.sleep(0.1)
    assert not polling.done()
    await ada.send("hello", wait=False)
    assert await asyncio.wait_for(polling, 1) == ["hello"]


async def test_a_long_poll_gives_up_in_time(bot: Any, ada: Any) -> None:
    started = time.monotonic()
    assert await texts(bot, timeout=1) == []
    assert 0.9 < time.monotonic() - started < 2


async def test_a_second_poller_ends_the_first(bot: Any, ada: Any) -> None:
    first = asyncio.create_task(bot.call("getUpdates", timeout=5))
    await asyncio.sleep(0.1)
    second = asyncio.create_task(bot.call("getUpdates", timeout=5))
    answer = await asyncio.wait_for(first, 1)
    assert answer["error_code"] == 409
    assert answer["description"] == (
        "Conflict: terminated by other getUpdates request; make sure that only one bot instance is running"
    )
    await ada.send("to the second", wait=False)
    assert (await second)["result"][0]["message"]["text"] == "to the second"


async def test_only_the_kinds_asked_for_are_queued(bot: Any, ada: Any) -> None:
    await bot.updates(allowed_updates=["edited_message", "my_chat_member"])
    await ada.send("unheard", wait=False)
    await ada.edit_last("heard", wait=False)
    await ada.block()
    await ada.unblock()
    kinds = [sorted(set(update) - {"update_id"})[0] for update in await bot.updates()]
    assert kinds == ["edited_message", "my_chat_member", "my_chat_member"]
    # left out, the last choice stands; empty, the usual kinds come back
    await ada.send("unheard", wait=False)
    await bot.updates(allowed_updates=[])
    await ada.send("heard", wait=False)
    assert "heard" in [update.get("message", {}).get("text") for update in await bot.updates()]


async def test_blocking_and_coming_back_are_told(bot: Any, ada: Any) -> None:
    await ada.block()
    await ada.unblock()
    states = [
        (u["my_chat_member"]["old_chat_member"]["status"], u["my_chat_member"]["new_chat_member"]["status"])
        for u in await bot.updates()
    ]
    assert states == [("member", "kicked"), ("kicked", "member")]


@pytest.mark.parametrize("jump", [-500_000, 500_000])
async def test_after_a_quiet_week_the_numbers_jump_and_nothing_is_lost(
    bot: Any, ada: Any, story: Any, jump: int
) -> None:
    await ada.send("before", wait=False)
    before = (await bot.updates())[0]["update_id"]
    await story.jump_updates(before + jump)
    await ada.send("after", wait=False)
    assert await texts(bot, offset=before + 1) == ["after"]
    after = (await bot.updates())[0]["update_id"]
    assert after == before + jump
    assert await texts(bot, offset=after + 1) == []


async def test_an_update_can_come_twice(bot: Any, ada: Any, story: Any) -> None:
    await ada.send("hello", wait=False)
    update = (await bot.updates())[0]
    assert await texts(bot, offset=update["update_id"] + 1) == []
    await story.repeat_update(update)
    assert await bot.updates() == [update]


class Hook:
    """A webhook that keeps what it gets and answers as told."""

    def __init__(self) -> None:
        self.got: list[tuple[str | None, dict[str, Any]]] = []
        self.answers: list[Response] = []
        self.came = asyncio.Event()
        self.url = ""

    async def take(self, request: Request) -> Response:
        self.got.append((request.headers.get("X-Telegram-Bot-Api-Secret-Token"), await request.json()))
        self.came.set()
        return self.answers.pop(0) if self.answers else Response()

    async def wait_for(self, count: int) -> None:
        async with asyncio.timeout(5):
            while len(self.got) < count:
                self.came.clear()
                await self.came.wait()


@pytest.fixture
async def hook() -> AsyncIterator[Hook]:
    hook, bound = Hook(), listening_socket("127.0.0.1", 0)
    app = Starlette(routes=[Route("/hook", hook.take, methods=["POST"])])
    server = uvicorn.Server(uvicorn.Config(app, log_level="critical", lifespan="off", ws="none"))
    server.capture_signals = contextlib.nullcontext  # type: ignore[method-assign]
    serving = asyncio.create_task(server.serve(sockets=[bound]))
    hook.url = f"http://127.0.0.1:{bound.getsockname()[1]}/hook"
    yield hook
    server.should_exit = True
    await serving


async def test_a_webhook_gets_updates_with_the_secret(bot: Any, ada: Any, hook: Hook) -> None:
    await bot.ok("setWebhook", url=hook.url, secret_token="s3cret_-A")
    await ada.send("hello", wait=False)
    await hook.wait_for(1)
    assert hook.got[0][0] == "s3cret_-A"
    assert hook.got[0][1]["message"]["text"] == "hello"
    await asyncio.sleep(0.05)
    assert (await bot.ok("getWebhookInfo"))["pending_update_count"] == 0


async def test_a_webhook_that_fails_gets_the_update_again_in_order(
    bot: Any, ada: Any, hook: Hook, sandbox: Any
) -> None:
    sandbox.world.settings.webhook_retry_seconds = 0.05
    hook.answers = [Response(status_code=500), Response(status_code=503)]
    await bot.ok("setWebhook", url=hook.url)
    await ada.send("first", wait=False)
    await ada.send("second", wait=False)
    await hook.wait_for(1)
    info = await bot.ok("getWebhookInfo")
    assert info["pending_update_count"] == 2
    await hook.wait_for(4)
    assert [update["message"]["text"] for _, update in hook.got] == ["first", "first", "first", "second"]
    info = await bot.ok("getWebhookInfo")
    assert info["last_error_message"].startswith("Wrong response from the webhook: 503")


async def test_a_webhook_may_answer_with_a_method(bot: Any, ada: Any, hook: Hook) -> None:
    hook.answers = [JSONResponse({"method": "sendMessage", "chat_id": ada.id, "text": "from the answer"})]
    await bot.ok("setWebhook", url=hook.url)
    await ada.send("hello")
    assert ada.last.text == "from the answer"


async def test_polling_and_a_webhook_exclude_each_other(bot: Any, ada: Any, hook: Hook) -> None:
    polling = asyncio.create_task(bot.call("getUpdates", timeout=5))
    await asyncio.sleep(0.05)
    await bot.ok("setWebhook", url=hook.url)
    assert (await polling)["description"] == "Conflict: terminated by setWebhook request"
    assert await bot.refused("getUpdates") == (
        "Conflict: can't use getUpdates method while webhook is active; "
        "use deleteWebhook to delete the webhook first"
    )
    await bot.ok("deleteWebhook", drop_pending_updates=True)
    assert await bot.updates() == []


async def test_a_webhook_is_checked(bot: Any) -> None:
    words = "Bad Request: bad webhook: An HTTPS URL must be provided for webhook"
    assert await bot.refused("setWebhook", url="http://example.org/hook") == words
    words = "Bad Request: secret token contains unallowed characters"
    assert await bot.refused("setWebhook", url="https://example.org", secret_token="no spaces") == words

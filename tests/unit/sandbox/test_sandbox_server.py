"""The sandbox as a server: where it listens, whom it answers, how it starts and stops."""

from __future__ import annotations

import asyncio
import time
from typing import Any

import httpx
import pytest

from bot.sandbox import SandboxError, StoryClient, running_sandbox, sandbox_process
from bot.sandbox.media import plain_picture
from bot.sandbox.server import listening_socket


@pytest.mark.parametrize("host", ["0.0.0.0", "192.168.1.1", "::"])
def test_it_listens_on_loopback_only(host: str) -> None:
    with pytest.raises(SandboxError, match="loopback only"):
        listening_socket(host, 0)


def test_a_host_that_is_no_address_is_named() -> None:
    with pytest.raises(SandboxError, match="'example'"):
        listening_socket("example", 0)


async def test_a_port_in_use_is_named(sandbox: Any) -> None:
    port = int(sandbox.url.rpartition(":")[2])
    with pytest.raises(SandboxError, match=f"port {port} .* choose another port"):
        async with running_sandbox(port=port):
            pass


async def test_a_web_page_elsewhere_cannot_use_it(sandbox: Any, bot: Any) -> None:
    elsewhere = {"host": "evil.example"}
    assert (await bot.client.get(f"{sandbox.url}/sandbox/state", headers=elsewhere)).status_code == 403
    # a form of a foreign page can post, but not as JSON
    answer = await bot.client.post(f"{sandbox.url}/sandbox/people", data={"name": "Eve"})
    assert answer.status_code == 400
    assert "application/json" in answer.json()["error"]


async def test_the_page_is_served_whole_and_asks_nobody_else(sandbox: Any, bot: Any) -> None:
    page = await bot.client.get(f"{sandbox.url}/")
    assert page.status_code == 200
    assert "default-src 'none'" in page.headers["content-security-policy"]
    for name in ("chat.js", "chat.css", "messages.js", "composer.js", "words.js", "api.js", "icon.svg"):
        part = await bot.client.get(f"{sandbox.url}/{name}")
        assert part.status_code == 200
        assert "https://" not in part.text
    assert (await bot.client.get(f"{sandbox.url}/../server.py")).status_code == 404
    assert "innerHTML" not in (await bot.client.get(f"{sandbox.url}/messages.js")).text


async def test_uploads_are_kept_and_shown(sandbox: Any, bot: Any, ada: Any) -> None:
    picture = plain_picture(64, 48)
    sent = await bot.ok("sendPhoto", {"photo": ("a.png", picture, "image/png")}, chat_id=ada.id)
    size = sent["photo"][-1]
    assert (size["width"], size["height"], size["file_size"]) == (64, 48, len(picture))
    shown = await bot.client.get(f"{sandbox.url}/sandbox/files/{size['file_id']}")
    assert (shown.content, shown.headers["content-type"]) == (picture, "image/png")
    path = (await bot.ok("getFile", file_id=size["file_id"]))["file_path"]
    assert (await bot.client.get(f"{sandbox.base_file_url}123456:t/{path}")).content == picture
    again = await bot.ok("sendPhoto", chat_id=ada.id, photo=size["file_id"])
    assert again["photo"][-1]["file_unique_id"] == size["file_unique_id"]
    page = {"document": ("x.html", b"<script>alert(1)</script>", "text/html")}
    document = (await bot.ok("sendDocument", page, chat_id=ada.id))["document"]
    shown = await bot.client.get(f"{sandbox.url}/sandbox/files/{document['file_id']}")
    assert shown.headers["content-disposition"] == "attachment"
    assert shown.headers["content-type"] == "application/octet-stream"


async def test_every_request_is_in_the_journal(bot: Any, ada: Any, story: Any) -> None:
    await bot.ok("sendMessage", chat_id=ada.id, text="hello")
    await bot.refused("sendMessage", chat_id=ada.id, text="")
    good, bad = await story.journal("sendMessage")
    assert (good["status"], good["params"]["text"], good["description"]) == (200, "hello", None)
    assert (bad["status"], bad["description"]) == (400, "Bad Request: message text is empty")
    assert await story.journal(since=bad["number"]) == []


async def test_happenings_are_streamed_live(sandbox: Any, bot: Any, ada: Any) -> None:
    async with bot.client.stream("GET", f"{sandbox.url}/sandbox/stream?since=0") as stream:
        lines = stream.aiter_lines()

        async def wait_for(piece: str) -> None:
            async for line in lines:
                if piece in line:
                    return

        async with asyncio.timeout(5):
            await wait_for("/start")
            await bot.ok("sendMessage", chat_id=ada.id, text="live")
            await wait_for("live")


async def test_it_stops_at_once_whoever_is_waiting() -> None:
    async with httpx.AsyncClient(trust_env=False) as client:
        async with running_sandbox() as sandbox:
            polling = asyncio.create_task(
                client.get(f"{sandbox.base_url}1:t/getUpdates?timeout=50", timeout=60)
            )
            await asyncio.sleep(0.1)
            started = time.monotonic()
        assert time.monotonic() - started < 2
        assert (await polling).json()["result"] == []


async def test_it_runs_as_a_process_of_its_own() -> None:
    async with sandbox_process(counting=True) as sandbox, StoryClient(sandbox.url) as story:
        await story.crowd(3)
        async with httpx.AsyncClient(trust_env=False) as client:
            body = {"chat_id": 1_000_002, "text": "x"}
            assert (await client.post(f"{sandbox.base_url}1:t/sendMessage", data=body)).status_code == 200
        assert (await story.counts())["sent"] == 1


@pytest.mark.parametrize(
    ("path", "body", "words"),
    [
        ("people", {"name": " "}, "a person needs a name"),
        ("people/1/act/send", {"text": "x"}, "no person with the id 1"),
        ("faults", {"kind": "explode"}, "kind must be one of"),
        ("settings", {"colour": 1}, "no setting colour"),
        ("budget", {"per_second": 0}, "above 0"),
        ("groups/5/migrate", {}, "only a group"),
    ],
)
async def test_the_control_interface_says_what_is_wrong(
    sandbox: Any, bot: Any, path: str, body: dict[str, Any], words: str
) -> None:
    answer = await bot.client.post(f"{sandbox.url}/sandbox/{path}", json=body)
    assert answer.status_code == 400
    assert words in answer.json()["error"]

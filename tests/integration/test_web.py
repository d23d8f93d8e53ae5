"""A webhook replica between a real local Bot API and a real database: what it takes, refuses, and says of itself."""

from __future__ import annotations

import asyncio
import json
import os
import signal
import subprocess
import sys
from collections.abc import AsyncIterator
from contextlib import AsyncExitStack
from pathlib import Path
from typing import Any

import httpx
import pytest
from sqlalchemy import text

from bot.assembly import CannotStart
from bot.config import Settings, read_settings
from bot.sandbox import RunningSandbox, StoryClient, running_sandbox
from bot.store import inbox
from bot.store.database import open_store
from bot.telegram import webhook
from bot.web import LARGEST, PATH, SECRET_HEADER, Replica, running_replica
from tests.integration.standin import Counting

SECRET = "a-secret-of-the-test"


@pytest.fixture
async def sandbox() -> AsyncIterator[RunningSandbox]:
    async with running_sandbox() as running:
        yield running


@pytest.fixture
async def story(sandbox: RunningSandbox) -> AsyncIterator[StoryClient]:
    async with StoryClient(sandbox.url) as client:
        yield client


def free_port() -> int:
    import socket

    with socket.socket() as found:
        found.bind(("127.0.0.1", 0))
        return int(found.getsockname()[1])


def settings_for(sandbox: RunningSandbox, folder: Path, port: int | None = None, **more: str) -> Settings:
    port = port or free_port()
    return read_settings(
        {
            "TELEGRAM_BOT_TOKEN": "42:sandbox",
            "OINP_API_URL": sandbox.url,
            "OINP_DATA_DIR": str(folder),
            "OINP_MESSAGES_PER_SECOND": "10000",
            "OINP_CHAT_MESSAGES_PER_SECOND": "10000",
            "OINP_PERSON_BUDGET": "10000",
            "OINP_WEB_PORT": str(port),
            "OINP_PUBLIC_URL": f"http://127.0.0.1:{port}",
            "OINP_WEBHOOK_SECRET": SECRET,
            **more,
        }
    )


@pytest.fixture
async def replica(sandbox: RunningSandbox, tmp_path: Path) -> AsyncIterator[Replica]:
    async with running_replica(settings_for(sandbox, tmp_path), Counting()) as running:
        yield running


@pytest.fixture
async def http(replica: Replica) -> AsyncIterator[httpx.AsyncClient]:
    base = f"http://127.0.0.1:{replica.port}"
    async with httpx.AsyncClient(base_url=base, trust_env=False) as client:
        yield client


def update(number: int, said: str = "hello", person: int = 77) -> dict[str, Any]:
    who = {"id": person, "is_bot": False, "first_name": "Ann"}
    chat = {"id": person, "type": "private", "first_name": "Ann"}
    return {
        "update_id": number,
        "message": {"message_id": 1, "date": 1, "chat": chat, "from": who, "text": said},
    }


async def deliver(http: httpx.AsyncClient, body: object, secret: str | None = SECRET) -> httpx.Response:
    headers = {SECRET_HEADER: secret} if secret is not None else {}
    return await http.post(PATH, json=body, headers=headers)


async def test_a_conversation_over_the_webhook(replica: Replica, story: StoryClient) -> None:
    ada = await story.person("Ada")
    await ada.send("hello")
    assert ada.last.text == "1: hello"
    await ada.tap("next")
    assert ada.last.text == "2: tap"
    assert replica.parts.desk.waiting == 0


@pytest.mark.parametrize("secret", [None, "", "wrong", SECRET + "x", SECRET[:-1]])
async def test_an_update_without_the_secret_is_refused_and_leaves_nothing(
    replica: Replica, http: httpx.AsyncClient, secret: str | None
) -> None:
    assert (await deliver(http, update(1), secret)).status_code == 403
    async with replica.parts.store.reading() as connection:
        assert await connection.scalar(text("SELECT count(*) FROM inbox")) == 0


@pytest.mark.parametrize(
    ("body", "kind", "status"),
    [
        (b"{", "application/json", 400),
        (b"[1]", "application/json", 400),
        (b'{"update_id": "1"}', "application/json", 400),
        (b'{"update_id": true}', "application/json", 400),
        (b"[" * 200_000, "application/json", 400),
        (b'{"update_id": ' + b"9" * 10_000 + b"}", "application/json", 400),
        (b"\xff\xfe", "application/json", 400),
        (b" " * (LARGEST + 1), "application/json", 413),
        (b"update_id=1", "application/x-www-form-urlencoded", 415),
        (b'{"update_id": 1}', "text/plain", 415),
    ],
    ids=[
        "cut",
        "list",
        "text id",
        "bool id",
        "deep",
        "huge number",
        "not text",
        "too large",
        "form",
        "plain",
    ],
)
async def test_what_is_no_update_is_refused(
    replica: Replica, http: httpx.AsyncClient, body: bytes, kind: str, status: int
) -> None:
    headers = {SECRET_HEADER: SECRET, "Content-Type": kind}
    assert (await http.post(PATH, content=body, headers=headers)).status_code == status
    assert replica.parts.desk.waiting == 0


async def test_an_update_that_means_nothing_to_the_bot_is_taken_once_and_forgotten(
    http: httpx.AsyncClient, replica: Replica
) -> None:
    assert (await deliver(http, {"update_id": 5, "poll": {"id": "1"}})).status_code == 200
    assert (await deliver(http, {"update_id": 6, "message": "no message"})).status_code == 200
    assert replica.parts.desk.waiting == 0


async def test_an_update_delivered_again_takes_effect_once(
    replica: Replica, http: httpx.AsyncClient, story: StoryClient
) -> None:
    ada = await story.person("Ada", id=77)
    await ada.send("first")
    bodies = [update(1000), update(1000), update(1000)]
    answers = await asyncio.gather(*(deliver(http, body) for body in bodies))
    assert [answer.status_code for answer in answers] == [200, 200, 200]
    await ada.wait_for("2: hello")
    await ada.send("last")
    assert ada.last.text == "3: last"


async def test_telegram_is_told_200_only_when_the_update_is_kept(
    replica: Replica, http: httpx.AsyncClient, monkeypatch: pytest.MonkeyPatch
) -> None:
    from bot.store.faults import StoreUnavailable

    async def away(*_: object) -> None:
        raise StoreUnavailable("the disk is full")

    with monkeypatch.context() as patch:
        patch.setattr(inbox, "receive", away)
        refused = await deliver(http, update(2000))
    assert (refused.status_code, refused.headers["retry-after"]) == (503, "1")
    assert (await deliver(http, update(2000))).status_code == 200


async def test_a_replica_with_its_hands_full_sends_updates_elsewhere(
    replica: Replica, http: httpx.AsyncClient, monkeypatch: pytest.MonkeyPatch
) -> None:
    replica.parts.desk._room.clear()
    assert (await deliver(http, update(3000))).status_code == 503
    replica.parts.desk._room.set()
    assert (await deliver(http, update(3000))).status_code == 200


async def test_health_and_readiness_tell_what_is_wrong(replica: Replica, http: httpx.AsyncClient) -> None:
    assert (await http.get("/healthz")).text == "ok\n"
    ready = await http.get("/readyz")
    assert (ready.status_code, ready.json()["ready"]) == (200, True)
    async with replica.parts.store.writing() as tx:
        await tx.execute(text("UPDATE alembic_version SET version_num = '0001'"))
    behind = await http.get("/readyz")
    assert behind.status_code == 503
    assert "0001" in behind.json()["checks"]["database"]
    replica.operations.draining = True
    assert (await http.get("/readyz")).json()["checks"]["stopping"] == "yes"
    assert (await http.get("/healthz")).status_code == 200


async def test_metrics_count_updates_replies_and_what_waits(
    replica: Replica, http: httpx.AsyncClient, story: StoryClient
) -> None:
    ada = await story.person("Ada")
    await ada.send("hello")
    await deliver(http, update(1), "wrong")
    shown = (await http.get("/metrics")).text
    for line in (
        'oinp_updates_total{kind="message"} 1.0',
        'oinp_webhook_refused_total{reason="secret"} 1.0',
        "oinp_reply_seconds_count 1.0",
        'oinp_waiting{where="inbox"} 0.0',
        'oinp_waiting{where="limiter"} 0.0',
    ):
        assert line in shown
    assert "hello" not in shown
    assert str(ada.id) not in shown


async def test_every_request_has_an_id_and_nobody_can_write_into_the_log_with_it(
    http: httpx.AsyncClient,
) -> None:
    given = await http.get("/healthz", headers={"X-Request-ID": "3f2a-90bc-77"})
    assert given.headers["x-request-id"] == "3f2a-90bc-77"
    forged = await http.get("/healthz", headers={"X-Request-ID": 'x" level="error'})
    assert forged.headers["x-request-id"].isalnum()


async def test_many_replicas_set_the_webhook_once(
    sandbox: RunningSandbox, story: StoryClient, tmp_path: Path, postgres_url: str
) -> None:
    port = free_port()
    async with AsyncExitStack() as stack:
        first = settings_for(sandbox, tmp_path, port, OINP_DATABASE_URL=postgres_url)
        others = [first.model_copy(update={"web_port": 0}) for _ in range(3)]
        await asyncio.gather(
            *(stack.enter_async_context(running_replica(one, Counting())) for one in [first, *others])
        )
        assert len(await story.journal("setWebhook")) == 1
        ada = await story.person("Ada")
        await ada.send("hello")
        assert ada.last.text == "1: hello"


async def test_the_webhook_is_set_again_when_the_secret_changes_or_somebody_takes_it_away(
    sandbox: RunningSandbox, story: StoryClient, replica: Replica
) -> None:
    parts = replica.parts
    address = f"http://127.0.0.1:{replica.port}{PATH}"
    assert not await webhook.agree(parts.bot, parts.store, address, SECRET)
    assert await webhook.agree(parts.bot, parts.store, address, "another-secret-0123")
    assert await webhook.agree(parts.bot, parts.store, address, SECRET)
    await parts.bot.delete_webhook()
    assert await webhook.agree(parts.bot, parts.store, address, SECRET)
    assert len(await story.journal("setWebhook")) == 4


async def test_an_address_telegram_refuses_is_named(sandbox: RunningSandbox, tmp_path: Path) -> None:
    bad = settings_for(sandbox, tmp_path, OINP_PUBLIC_URL="http://bot.example.org")
    with pytest.raises(CannotStart, match=r"OINP_PUBLIC_URL: .*https url must be provided"):
        async with running_replica(bad, Counting()):
            pass


async def test_a_port_in_use_is_named(sandbox: RunningSandbox, replica: Replica, tmp_path: Path) -> None:
    taken = settings_for(sandbox, tmp_path / "other", replica.port)
    with pytest.raises(CannotStart, match=f"port {replica.port}.*OINP_WEB_PORT"):
        async with running_replica(taken, Counting()):
            pass


async def test_a_stop_gives_what_is_left_to_the_others_at_once(
    sandbox: RunningSandbox, story: StoryClient, tmp_path: Path
) -> None:
    settings = settings_for(sandbox, tmp_path)
    ada = await story.person("Ada", id=77)
    async with running_replica(settings, Counting()) as stopped:
        await ada.send("hello")
        name = stopped.parts.intake._holder
        async with stopped.parts.store.writing() as tx:
            mail = inbox.Mail(9_000, _address(77), json.dumps(update(9_000, "left behind")))
            await inbox.receive(tx, [mail], name)
    async with running_replica(settings, Counting()):
        await ada.wait_for("2: left behind", 10)


def _address(number: int) -> Any:
    from bot.store.address import Address

    return Address(number, number)


def environment(folder: Path, **more: str) -> dict[str, str]:
    return os.environ | {"OINP_DATA_DIR": str(folder), "PYTHONDONTWRITEBYTECODE": ""} | more


def refused(folder: Path, command: str, **more: str) -> str:
    done = subprocess.run(
        [sys.executable, "-c", f"from bot.cli import main; main(['{command}'])"],
        env=environment(folder, **more),
        capture_output=True,
        text=True,
        timeout=60,
        check=False,
    )
    assert done.returncode == 2, done.stderr
    assert "Traceback" not in done.stderr
    return done.stderr


def test_the_command_says_what_it_lacks(tmp_path: Path) -> None:
    assert "TELEGRAM_BOT_TOKEN" in refused(tmp_path, "web")
    assert "OINP_PUBLIC_URL" in refused(tmp_path, "web", TELEGRAM_BOT_TOKEN="42:abcdef")
    short = refused(tmp_path, "web", TELEGRAM_BOT_TOKEN="42:abcdef", OINP_WEBHOOK_SECRET="short-one")
    assert "OINP_WEBHOOK_SECRET should be 16 to 256" in short
    assert "short-one" not in short


async def test_the_command_serves_logs_in_json_and_stops_when_told(
    sandbox: RunningSandbox, story: StoryClient, tmp_path: Path
) -> None:
    port = free_port()
    settings = {
        "TELEGRAM_BOT_TOKEN": "42:sandbox",
        "OINP_API_URL": sandbox.url,
        "OINP_WEB_PORT": str(port),
        "OINP_PUBLIC_URL": f"http://127.0.0.1:{port}",
        "OINP_LOG": "json",
    }
    process = await asyncio.create_subprocess_exec(
        sys.executable,
        "-c",
        "from bot.cli import main; main(['web'])",
        env=environment(tmp_path, **settings),
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
    )
    assert process.stdout is not None
    line = await asyncio.wait_for(process.stdout.readline(), 60)
    assert line.startswith(b"A replica is ready on port")
    ada = await story.person("Ada Lovelace")
    await ada.send("/start")
    assert ada.last.text
    process.send_signal(signal.SIGTERM)
    _, errors = await asyncio.wait_for(process.communicate(), 30)
    assert process.returncode == 0, errors
    lines = [json.loads(line) for line in errors.decode().splitlines()]
    (request,) = [line for line in lines if line["event"] == "request"]
    assert request["status"] == 200
    assert len(request["request"]) == 16
    # No name, no number, no word of a person, no token.
    assert not any(word in errors.decode() for word in ("Lovelace", str(ada.id), "/start", "sandbox"))
    store = open_store(f"sqlite+aiosqlite:///{tmp_path / 'oinp.sqlite'}")
    async with store.reading() as connection:
        assert await inbox.depth(connection) == 0
    await store.close()

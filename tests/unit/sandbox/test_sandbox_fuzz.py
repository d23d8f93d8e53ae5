"""Whatever a bot sends, the sandbox answers in the form of the Bot API and stays up."""

from __future__ import annotations

import asyncio
import json
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from bot.sandbox.app import SandboxApp
from bot.sandbox.methods import METHODS
from bot.sandbox.world import World

NAMES = ["text", "caption", "reply_markup", "reply_parameters", "entities", "message_id", "commands", "scope"]
NAMES += [
    "results",
    "media",
    "photo",
    "document",
    "inline_query_id",
    "callback_query_id",
    "parse_mode",
    "action",
]
NAMES += [
    "allowed_updates",
    "offset",
    "limit",
    "url",
    "secret_token",
    "language_code",
    "message_ids",
    "user_id",
]

scalars = (
    st.none()
    | st.booleans()
    | st.integers()
    | st.text(max_size=8)
    | st.sampled_from(["HTML", "<b>x", "{", "[]"])
)
keys = st.sampled_from(
    ["text", "type", "id", "inline_keyboard", "keyboard", "url", "callback_data", "offset", "length"]
)
values = st.recursive(
    scalars,
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(keys, inner, max_size=3),
    max_leaves=8,
)
requests = st.tuples(
    st.sampled_from(sorted(METHODS)), st.dictionaries(st.sampled_from(NAMES), values, max_size=5)
)


async def ask(app: SandboxApp, method: str, body: bytes, content_type: bytes) -> tuple[int, bytes]:
    sent: list[Any] = []

    async def receive() -> Any:
        return {"type": "http.request", "body": body}

    async def send(message: Any) -> None:
        sent.append(message)

    scope = {"type": "http", "path": f"/bot1:t/{method}", "query_string": b"", "method": "POST"}
    await app({**scope, "headers": [(b"content-type", content_type)]}, receive, send)
    return sent[0]["status"], sent[1]["body"]


def ready() -> tuple[SandboxApp, int]:
    world = World()
    person = world.add_person("Ada")
    person.started = True
    return SandboxApp(world), person.id


@settings(max_examples=300, deadline=None)
@given(st.lists(requests, min_size=1, max_size=4))
def test_any_parameters_get_an_answer(asked: list[tuple[str, dict[str, Any]]]) -> None:
    async def play() -> None:
        app, person = ready()
        for method, params in asked:
            body = json.dumps({"chat_id": person, **params}).encode()
            status, answer = await ask(app, method, body, b"application/json")
            read = json.loads(answer)
            assert read["ok"] is (status == 200)
            assert status in (200, 400, 403, 404, 409)
            assert status == 200 or read["description"]

    asyncio.run(play())


@pytest.mark.parametrize(
    ("body", "content_type", "words"),
    [
        (b"{", b"application/json", "can't parse request JSON object"),
        (b"[1]", b"application/json", "request body is not a JSON object"),
        (b"text=\xff", b"application/x-www-form-urlencoded", None),
        (b"\xff", b"application/x-www-form-urlencoded", "strings must be encoded in UTF-8"),
        (b"junk", b"multipart/form-data; boundary=x", "can't parse multipart form data"),
        (
            b'{"chat_id": 700000001, "text": "\\ud83d"}',
            b"application/json",
            "strings must be encoded in UTF-8",
        ),
        (
            b'{"chat_id": 700000001, "text": "x", "entities": [{}]}',
            b"application/json",
            "can't read the parameters",
        ),
    ],
)
async def test_bodies_that_cannot_be_read(body: bytes, content_type: bytes, words: str | None) -> None:
    app, _ = ready()
    status, answer = await ask(app, "sendMessage", body, content_type)
    assert status == 400
    assert words is None or words in json.loads(answer)["description"]

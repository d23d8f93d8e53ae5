"""The Bot API over HTTP: `/bot<token>/<method>` and `/file/bot<token>/<path>`, as a bare ASGI application.

Bare, because every message of a test or a measurement goes through here.
"""

from __future__ import annotations

import asyncio
import inspect
import json
import re
import time
from collections.abc import Awaitable, Callable, MutableMapping
from typing import Any

from starlette.formparsers import MultiPartException

from bot.sandbox.errors import ApiError, bad_request, not_found, unauthorized
from bot.sandbox.faults import Fault
from bot.sandbox.methods import METHODS, Method
from bot.sandbox.params import Params, read_params
from bot.sandbox.world import World

Scope = MutableMapping[str, Any]
Receive = Callable[[], Awaitable[MutableMapping[str, Any]]]
Send = Callable[[MutableMapping[str, Any]], Awaitable[None]]

_TOKEN = re.compile(r"(\d{1,18}):[A-Za-z0-9_-]+")
_JSON = [(b"content-type", b"application/json")]
_LONGEST_HANG = 600.0


class BotApi:
    def __init__(self, world: World) -> None:
        self._world = world

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        path: str = scope["path"]
        if path.startswith("/file/bot"):
            return await self._send_file(path.removeprefix("/file/bot"), send)
        token, _, name = path.removeprefix("/bot").partition("/")
        started = time.perf_counter()
        try:
            self.check_token(token)
            params = await _read(scope, receive)
            found = _method(name)
        except ApiError as error:
            self._world.journal.count(name, error.code)
            return await _answer(send, error.code, error.body())
        await self._handle(found, params, send, receive, started)
        return None

    def check_token(self, token: str) -> None:
        """Any well-formed token will do, unless one is configured. Raises ApiError 401 or 404."""
        found = _TOKEN.fullmatch(token)
        if not found:
            raise not_found()
        settings = self._world.settings
        if token in settings.refused_tokens or settings.token not in (None, token):
            raise unauthorized()
        self._world.bot.id = int(found.group(1))

    async def _handle(
        self, found: Method, params: Params, send: Send, receive: Receive, started: float
    ) -> None:
        fault = self._world.faults.take(found.name, params)
        if self._world.settings.latency:
            await asyncio.sleep(self._world.settings.latency)
        if fault and not fault.carries_out:
            status, body = fault.code if fault.kind == "status" else 502, fault.body()
        else:
            status, body = await self._carry_out(found, params)
        self._record(
            found,
            params,
            status=status,
            description=body.get("description"),
            milliseconds=round((time.perf_counter() - started) * 1000, 3),
            fault=fault.kind if fault else None,
        )
        if fault:
            await _answer_with_fault(fault, status, body, send, receive)
        else:
            await _answer(send, status, body)

    async def _carry_out(self, found: Method, params: Params) -> tuple[int, dict[str, Any]]:
        try:
            return 200, {"ok": True, "result": await self.call(found, params)}
        except ApiError as error:
            return error.code, error.body()
        except (AttributeError, LookupError, TypeError, ValueError) as error:
            # a parameter of a kind nobody sends: say where it went wrong rather than fall over
            return 400, bad_request(f"can't read the parameters: {error!r}").body()

    async def call(self, found: Method, params: Params) -> Any:
        """Carry out a method. Raises ApiError."""
        if found.sends:
            self._world.meter.spend(params.chat_id())
        result = found.handler(self._world, params)
        return await result if inspect.isawaitable(result) else result

    def _record(self, found: Method, params: Params, **outcome: Any) -> None:
        """Enter a request in the journal; `outcome` holds the other fields of its entry."""
        if self._world.settings.counting:
            self._world.journal.count(found.name, outcome["status"])
            return
        shown = params.values | {name: f"<{upload.filename}>" for name, upload in params.uploads.items()}
        self._world.journal.record(found.name, shown, **outcome)

    async def _send_file(self, rest: str, send: Send) -> None:
        token, _, path = rest.partition("/")
        try:
            self.check_token(token)
        except ApiError as error:
            return await _answer(send, error.code, error.body())
        stored = self._world.files.by_path(path)
        if stored is None:
            return await _answer(send, 404, not_found().body())
        headers = [(b"content-type", b"application/octet-stream")]
        await _respond(send, 200, stored.content, headers)
        return None


def _method(name: str) -> Method:
    found = METHODS.get(name.lower())
    if found is None:
        raise ApiError(404, "Not Found: method not found")
    return found


async def _read(scope: Scope, receive: Receive) -> Params:
    headers: list[tuple[bytes, bytes]] = scope["headers"]
    content_type = next((v.decode() for k, v in headers if k == b"content-type"), "")
    chunks, more = [], True
    while more:
        message = await receive()
        chunks.append(message.get("body", b""))
        more = message.get("more_body", False)
    try:
        return await read_params(scope["query_string"], content_type, headers, b"".join(chunks))
    except UnicodeDecodeError:
        raise bad_request("strings must be encoded in UTF-8") from None
    except MultiPartException as error:
        raise bad_request(f"can't parse multipart form data: {error.message}") from None


async def _answer(send: Send, status: int, body: dict[str, Any]) -> None:
    await _respond(send, status, _encoded(body), _JSON)


def _encoded(body: dict[str, Any]) -> bytes:
    return json.dumps(body, ensure_ascii=False, separators=(",", ":")).encode("utf-8", "replace")


async def _respond(send: Send, status: int, body: bytes, headers: list[tuple[bytes, bytes]]) -> None:
    length = (b"content-length", str(len(body)).encode())
    await send({"type": "http.response.start", "status": status, "headers": [*headers, length]})
    await send({"type": "http.response.body", "body": body})


async def _answer_with_fault(
    fault: Fault, status: int, body: dict[str, Any], send: Send, receive: Receive
) -> None:
    if fault.delay:
        await asyncio.sleep(fault.delay)
    if fault.kind in ("close", "refuse"):
        await _drop(send, receive)
    elif fault.kind == "hang":
        await _hang(receive)
    elif fault.kind == "half":
        await _answer_half(send, receive, status, _encoded(body))
    elif fault.kind == "garbage":
        await _respond(send, 200, b"<not json>", _JSON)
    elif fault.kind == "html":
        page = b"<html><body><h1>502 Bad Gateway</h1></body></html>"
        await _respond(send, 502, page, [(b"content-type", b"text/html")])
    else:
        await _answer(send, fault.code, fault.body())


async def _drop(send: Send, receive: Receive) -> None:
    """Close the connection; what was written so far still goes out. The server's own `send` knows it."""
    cycle: Any = getattr(send, "__self__", None)
    cycle.transport.close()
    await _gone(receive)


async def _gone(receive: Receive) -> None:
    while (await receive())["type"] != "http.disconnect":
        pass


async def _hang(receive: Receive) -> None:
    """Say nothing until the other side gives up."""
    async with asyncio.timeout(_LONGEST_HANG):
        await _gone(receive)


async def _answer_half(send: Send, receive: Receive, status: int, body: bytes) -> None:
    length = (b"content-length", str(len(body)).encode())
    await send({"type": "http.response.start", "status": status, "headers": [*_JSON, length]})
    await send({"type": "http.response.body", "body": body[: len(body) // 2], "more_body": True})
    await _drop(send, receive)

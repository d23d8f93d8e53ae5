"""An ASGI application on a socket, in the event loop of the process that owns it; it leaves signals alone."""

from __future__ import annotations

import asyncio
import contextlib
import re
import secrets
import socket
import time
from collections.abc import AsyncIterator, Iterator
from contextlib import asynccontextmanager

import structlog
import uvicorn
from starlette.types import ASGIApp, Message, Receive, Scope, Send

log = structlog.get_logger()
QUIET = frozenset({"/healthz", "/readyz", "/metrics"})
GIVEN_ID = re.compile(rb"[A-Za-z0-9-]{8,64}")


class CannotListen(Exception):
    """The address is taken or not ours; the message says which."""


class RequestLog:
    """Gives every request an id that its log lines and its answer carry, and logs one line for it."""

    def __init__(self, app: ASGIApp) -> None:
        self._app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] != "http":
            await self._app(scope, receive, send)
            return
        number = _id_of(scope)
        begun, status = time.perf_counter(), 500

        async def noted(message: Message) -> None:
            nonlocal status
            if message["type"] == "http.response.start":
                status = message["status"]
                message["headers"] = [*message["headers"], (b"x-request-id", number.encode())]
            await send(message)

        with structlog.contextvars.bound_contextvars(request=number):
            try:
                await self._app(scope, receive, noted)
            except Exception:
                log.exception("request failed")
                raise
            finally:
                say = log.debug if scope["path"] in QUIET else log.info
                took = round((time.perf_counter() - begun) * 1000, 1)
                # Nobody's choice of an address or a query gets into the log.
                say("request", method=scope["method"], status=status, ms=took)


def _id_of(scope: Scope) -> str:
    given = dict(scope["headers"]).get(b"x-request-id", b"")
    return given.decode() if GIVEN_ID.fullmatch(given) else secrets.token_hex(8)


class Server(uvicorn.Server):
    """A server that says when it is ready and leaves the signals to whoever runs it."""

    def __init__(self, config: uvicorn.Config) -> None:
        super().__init__(config)
        self.ready = asyncio.Event()

    async def startup(self, sockets: list[socket.socket] | None = None) -> None:
        await super().startup(sockets)
        self.ready.set()

    @contextlib.contextmanager
    def capture_signals(self) -> Iterator[None]:
        yield


@asynccontextmanager
async def served(app: ASGIApp, host: str, port: int) -> AsyncIterator[int]:
    """`app`, answering; yields the port. Leaving the block takes no more requests and finishes those in hand."""
    bound = listening(host, port)
    config = uvicorn.Config(
        RequestLog(app),
        log_config=None,
        access_log=False,
        lifespan="off",
        ws="none",
        server_header=False,
        proxy_headers=False,
        timeout_keep_alive=75,
        timeout_graceful_shutdown=10,
    )
    server = Server(config)
    serving = asyncio.create_task(server.serve(sockets=[bound]))
    ready = asyncio.create_task(server.ready.wait())
    try:
        await asyncio.wait({serving, ready}, return_when=asyncio.FIRST_COMPLETED)
        yield int(bound.getsockname()[1])
    finally:
        server.should_exit = True
        ready.cancel()
        await asyncio.gather(serving, ready, return_exceptions=True)
        bound.close()


def listening(host: str, port: int) -> socket.socket:
    """A socket on that address; port 0 picks a free one. Raises CannotListen."""
    try:
        family, kind, protocol, _, address = socket.getaddrinfo(
            host, port, type=socket.SOCK_STREAM, flags=socket.AI_PASSIVE
        )[0]
        made = socket.socket(family, kind, protocol)
    except OSError as error:
        raise CannotListen(f"{host} is not an address of this machine ({error.strerror})") from None
    made.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
    try:
        made.bind(address)
        made.listen(2048)
    except OSError as error:
        made.close()
        raise CannotListen(f"port {port} on {host} cannot be used ({error.strerror})") from None
    return made

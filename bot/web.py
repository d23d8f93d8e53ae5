"""A webhook replica: Telegram pushes, the inbox keeps, any number of replicas answer.

Telegram is told 200 only once the update stands in the inbox. Which replica a person's next update reaches does not
matter: nothing about them is kept in the process.
"""

from __future__ import annotations

import asyncio
import hmac
import json
import secrets
import signal
from collections.abc import AsyncIterator, Callable
from contextlib import AsyncExitStack, asynccontextmanager, suppress
from dataclasses import dataclass, replace
from typing import Any
from urllib.parse import urlsplit

import structlog
from starlette.applications import Starlette
from starlette.requests import ClientDisconnect, Request
from starlette.responses import Response
from starlette.routing import Route
from telegram.error import TelegramError

from bot.alerts.beside import administration, keep_fresh
from bot.app import in_background, tidying
from bot.assembly import GRACE, CannotStart, Parts, assembled
from bot.config import Settings
from bot.metrics import Metrics, counted
from bot.operations import Operations
from bot.serving import CannotListen, served
from bot.store.faults import StoreUnavailable
from bot.telegram import webhook
from bot.telegram.conversing import Conversation
from bot.telegram.rescuing import Rescuer

log = structlog.get_logger()
PATH = "/telegram"
SECRET_HEADER = "X-Telegram-Bot-Api-Secret-Token"  # noqa: S105 - the header's name
# Telegram's largest update is a message of 4,096 characters with its entities, some tens of kilobytes.
LARGEST = 1_000_000
BODY_SECONDS = 10.0
CHECK_WEBHOOK = 300.0


class Refused(Exception):
    """A request that is no update from Telegram, or cannot be taken now: the status, and why in one word."""

    def __init__(self, status: int, reason: str) -> None:
        super().__init__(reason)
        self.status = status
        self.reason = reason


class Receiver:
    """The endpoint Telegram calls."""

    def __init__(self, parts: Parts, metrics: Metrics, secret: str) -> None:
        self._parts = parts
        self._metrics = metrics
        self._secret = secret.encode()

    async def receive(self, request: Request) -> Response:
        """200 once the update is kept; what is refused leaves nothing behind."""
        try:
            # Nothing of a stranger's request is read.
            self._check_sender(request)
            update = understood(await body_of(request))
            await self._take(update)
        except Refused as refused:
            self._metrics.refused.labels(refused.reason).inc()
            again = {"Retry-After": "1"} if refused.status == 503 else None
            return Response(status_code=refused.status, headers=again)
        return Response(status_code=200)

    def _check_sender(self, request: Request) -> None:
        given = request.headers.get(SECRET_HEADER, "").encode("latin-1", "replace")
        if not hmac.compare_digest(given, self._secret):
            raise Refused(403, "secret")
        if request.headers.get("content-type", "").partition(";")[0].strip().lower() != "application/json":
            raise Refused(415, "type")

    async def _take(self, update: dict[str, Any]) -> None:
        if self._parts.desk.full:
            raise Refused(503, "busy")
        self._metrics.arrived(update)
        try:
            await self._parts.intake.take([update])
        except StoreUnavailable:
            raise Refused(503, "database") from None


async def body_of(request: Request) -> bytes:
    """The body, unless it is too large or too slow."""
    body = bytearray()
    try:
        async with asyncio.timeout(BODY_SECONDS):
            async for chunk in request.stream():
                body += chunk
                if len(body) > LARGEST:
                    raise Refused(413, "size")
    except TimeoutError:
        raise Refused(408, "slow") from None
    except ClientDisconnect:
        raise Refused(400, "gone") from None
    return bytes(body)


def understood(body: bytes) -> dict[str, Any]:
    """The update in `body`; what is inside is looked at later."""
    try:
        update = json.loads(body)
    except (ValueError, RecursionError):
        raise Refused(400, "json") from None
    if not isinstance(update, dict) or type(update.get("update_id")) is not int:
        raise Refused(400, "update")
    return update


@dataclass(frozen=True, slots=True)
class Replica:
    """A replica that is up, and the port it answers on."""

    parts: Parts
    operations: Operations
    port: int


@asynccontextmanager
async def running_replica(
    settings: Settings, conversation: Conversation[Any] | None = None
) -> AsyncIterator[Replica]:
    """A replica, answering; leaving the block finishes what is in hand. Raises CannotStart."""
    token, public = _needed(settings)
    secret = settings.webhook_secret.get_secret_value() if settings.webhook_secret else None
    secret = secret or webhook.secret_for(token)
    metrics, name = Metrics(), f"web-{secrets.token_hex(6)}"
    units = 1
    if conversation is None:
        conversation, units = measured_conversation(settings, metrics)
    async with AsyncExitStack() as stack:
        hook = administration(settings)
        parts = await stack.enter_async_context(assembled(settings, conversation, hook, name, metrics.around))
        rescuer = Rescuer(parts.store, parts.intake, name, metrics)
        stack.push_async_callback(_leave, parts, rescuer)
        operations = Operations(parts.store, metrics, lambda: units, lambda: in_hand(parts))
        receiver = Receiver(parts, metrics, secret)
        routes = [Route(PATH, receiver.receive, methods=["POST"]), *operations.routes()]
        await stack.enter_async_context(in_background(rescuer.run()))
        port = await stack.enter_async_context(_served(settings, Starlette(routes=routes)))
        await _agreed(parts, public + PATH, secret)
        duties = (
            tidying(parts.store, parts.bot),
            keep_fresh(parts.store),
            _keep_webhook(parts, public + PATH, secret),
        )
        for duty in duties:
            await stack.enter_async_context(in_background(duty))
        try:
            yield Replica(parts, operations, port)
        finally:
            operations.draining = True


def measured_conversation(settings: Settings, metrics: Metrics) -> tuple[Conversation[Any], int]:
    """The real conversation with its matches counted, and how many unit groups it knows."""
    from bot.conversation.library import load_library
    from bot.noc_import import installed
    from bot.voice import Voice

    library = load_library(settings.contact, installed(settings.data_dir))
    return Voice(replace(library, matcher=counted(library.matcher, metrics))), len(library.noc)


def in_hand(parts: Parts) -> dict[str, int]:
    """What waits in this process."""
    return {"desk": parts.desk.waiting, "limiter": parts.limiter.waiting}


async def run(settings: Settings, ready: Callable[[Replica], None]) -> None:
    """Run until SIGINT or SIGTERM; `ready` is called once updates are taken. Raises CannotStart."""
    stop = asyncio.Event()
    loop = asyncio.get_running_loop()
    for number in (signal.SIGINT, signal.SIGTERM):
        loop.add_signal_handler(number, stop.set)
    async with running_replica(settings) as replica:
        ready(replica)
        await stop.wait()


def _needed(settings: Settings) -> tuple[str, str]:
    if settings.token is None:
        raise CannotStart(
            "A webhook replica needs TELEGRAM_BOT_TOKEN; to try the bot without one, say oinp run."
        )
    if settings.public_url is None:
        raise CannotStart(
            "A webhook replica needs OINP_PUBLIC_URL, the https:// address under which Telegram reaches it."
        )
    if urlsplit(settings.public_url).username:
        raise CannotStart("OINP_PUBLIC_URL must not contain a user or a password.")
    return settings.token.get_secret_value(), settings.public_url


@asynccontextmanager
async def _served(settings: Settings, app: Starlette) -> AsyncIterator[int]:
    try:
        async with served(app, settings.web_host, settings.web_port) as port:
            yield port
    except CannotListen as error:
        raise CannotStart(f"{error}: OINP_WEB_HOST and OINP_WEB_PORT choose another.") from None


async def _agreed(parts: Parts, address: str, secret: str) -> None:
    try:
        await webhook.agree_in_the_end(parts.bot, parts.store, address, secret)
    except webhook.BadWebhook as error:
        raise CannotStart(f"Telegram refuses the address of OINP_PUBLIC_URL: {error}") from None


async def _keep_webhook(parts: Parts, address: str, secret: str) -> None:
    """Set it again when another program has taken it away."""
    while True:
        await asyncio.sleep(CHECK_WEBHOOK)
        with suppress(TelegramError, StoreUnavailable):
            if await webhook.agree(parts.bot, parts.store, address, secret):
                log.warning("webhook set again: another program with this token had taken it away")


async def _leave(parts: Parts, rescuer: Rescuer) -> None:
    await parts.desk.finish(GRACE)
    await parts.postman.settled()
    with suppress(StoreUnavailable):
        await rescuer.release()

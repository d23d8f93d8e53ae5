"""Delivery of updates to a webhook: in order per chat, again after a failure, with the secret header."""

from __future__ import annotations

import asyncio
import contextlib
import json
import ssl
import time
from typing import Any

import httpx

from bot.sandbox.errors import ApiError
from bot.sandbox.methods import METHODS
from bot.sandbox.params import Params
from bot.sandbox.updates import Update
from bot.sandbox.world import World

_SECRET_HEADER = "X-Telegram-Bot-Api-Secret-Token"  # noqa: S105 - the header's name
_TIMEOUT = 60.0
# Webhooks of the sandbox are on this machine, over plain HTTP: no certificates to load.
_NO_TLS = ssl.SSLContext(ssl.PROTOCOL_TLS_CLIENT)
_LONGEST_PAUSE = 10.0


class WebhookCourier:
    """Carries pending updates to the webhook while one is set."""

    def __init__(self, world: World) -> None:
        self._world = world
        self._busy: set[int] = set()
        self._on_the_way: set[int] = set()
        self._tasks: set[asyncio.Task[None]] = set()

    async def run(self) -> None:
        """Deliver until cancelled."""
        async with httpx.AsyncClient(timeout=_TIMEOUT, trust_env=False, verify=_NO_TLS) as client:
            try:
                while True:
                    await self._world.updates.arrived.wait()
                    self._world.updates.arrived.clear()
                    self._start_deliveries(client)
            finally:
                for task in self._tasks:
                    task.cancel()
                await asyncio.gather(*self._tasks, return_exceptions=True)

    def _start_deliveries(self, client: httpx.AsyncClient) -> None:
        if not self._world.updates.webhook_url:
            return
        for update in self._world.updates.pending:
            chat = _chat_of(update)
            if len(self._busy) >= self._world.webhook["max_connections"]:
                return
            if chat not in self._busy:
                self._busy.add(chat)
                task = asyncio.create_task(self._deliver(client, update, chat))
                self._tasks.add(task)
                task.add_done_callback(self._tasks.discard)

    async def _deliver(self, client: httpx.AsyncClient, update: Update, chat: int) -> None:
        """Try until it is taken or the webhook is gone; then let the chat's next update go."""
        pause = self._world.settings.webhook_retry_seconds
        url = self._world.updates.webhook_url
        while url and url == self._world.updates.webhook_url and update in self._world.updates.pending:
            if await self._try(client, url, update):
                self._world.updates.confirm_one(update["update_id"])
                break
            await asyncio.sleep(pause)
            pause = min(pause * 2, _LONGEST_PAUSE)
        self._busy.discard(chat)
        self._world.updates.arrived.set()

    async def _try(self, client: httpx.AsyncClient, url: str, update: Update) -> bool:
        headers = {"Content-Type": "application/json"}
        if secret := self._world.webhook.get("secret"):
            headers[_SECRET_HEADER] = secret
        try:
            response = await client.post(url, content=json.dumps(update), headers=headers)
        except httpx.HTTPError as error:
            return self._failed(_words(error))
        if not response.is_success:
            phrase = f"{response.status_code} {response.reason_phrase}"
            return self._failed(f"Wrong response from the webhook: {phrase}")
        await self._answer_inside(response)
        return True

    def _failed(self, words: str) -> bool:
        self._world.webhook |= {"last_error_date": int(time.time()), "last_error_message": words}
        self._world.journal.count("webhook", 0)
        return False

    async def _answer_inside(self, response: httpx.Response) -> None:
        """A bot may answer the update with a method call in the response's body."""
        body: Any = None
        with contextlib.suppress(ValueError):
            body = response.json()
        if not isinstance(body, dict) or str(body.get("method", "")).lower() not in METHODS:
            return
        method = METHODS[body["method"].lower()]
        with contextlib.suppress(ApiError):
            result = method.handler(self._world, Params(body))
            if asyncio.iscoroutine(result):
                await result


def _words(error: httpx.HTTPError) -> str:
    if isinstance(error, httpx.ConnectError):
        return "Connection refused"
    return "Read timeout expired" if isinstance(error, httpx.TimeoutException) else "Connection reset by peer"


def _chat_of(update: Update) -> int:
    """Whom an update concerns: updates of one chat are delivered one after the other."""
    for body in update.values():
        if isinstance(body, dict):
            place = body.get("chat") or body.get("message", {}).get("chat") or body.get("from") or {}
            return int(place.get("id", 0))
    return 0

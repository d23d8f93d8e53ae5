"""How a bot gets its updates: long polling or a webhook; and the files people sent."""

from __future__ import annotations

import re
from typing import Any

from bot.sandbox import limits
from bot.sandbox.errors import bad_request, conflict
from bot.sandbox.methods.registry import method
from bot.sandbox.params import Params
from bot.sandbox.people import Json
from bot.sandbox.world import World

_SECRET = re.compile(rf"[A-Za-z0-9_-]{{1,{limits.SECRET_TOKEN}}}")
_LONGEST_POLL = 50


@method("getUpdates")
async def get_updates(world: World, params: Params) -> list[Json]:
    allowed = _allowed(params)
    offset, limit = params.integer("offset") or 0, params.integer("limit") or limits.UPDATES
    timeout = min(max(params.integer("timeout") or 0, 0), _LONGEST_POLL)
    return await world.updates.poll(offset, limit, timeout, allowed)


def _allowed(params: Params) -> list[str] | None:
    value: Any = params.data("allowed_updates")
    if value is None:
        return None
    if not isinstance(value, list):
        raise bad_request("can't parse allowed_updates: expected an Array of String")
    return [str(kind) for kind in value]


@method("setWebhook")
def set_webhook(world: World, params: Params) -> bool:
    url = params.text("url") or ""
    secret = params.text("secret_token") or ""
    if secret and not _SECRET.fullmatch(secret):
        raise bad_request("secret token contains unallowed characters")
    if url and not url.startswith(("https://", "http://127.0.0.1", "http://localhost", "http://[::1]")):
        raise bad_request("bad webhook: An HTTPS URL must be provided for webhook")
    world.updates.allow(_allowed(params))
    if params.flag("drop_pending_updates"):
        world.updates.drop_pending()
    connections = params.integer("max_connections") or 40
    world.webhook = {"url": url, "secret": secret, "max_connections": connections}
    world.updates.webhook_url = url
    if url:
        world.updates.end_poll(conflict("terminated by setWebhook request"))
    world.updates.arrived.set()
    return True


@method("deleteWebhook")
def delete_webhook(world: World, params: Params) -> bool:
    if params.flag("drop_pending_updates"):
        world.updates.drop_pending()
    world.webhook = {"url": ""}
    world.updates.webhook_url = ""
    world.updates.arrived.set()
    return True


@method("getWebhookInfo")
def get_webhook_info(world: World, params: Params) -> Json:  # noqa: ARG001 - every handler takes both
    info: Json = {
        "url": world.webhook["url"],
        "has_custom_certificate": False,
        "pending_update_count": len(world.updates.pending),
    }
    if info["url"]:
        info["max_connections"] = world.webhook["max_connections"]
        info |= {k: world.webhook[k] for k in ("last_error_date", "last_error_message") if k in world.webhook}
    if world.updates.allowed_named:
        info["allowed_updates"] = world.updates.allowed_named
    return info


@method("getFile")
def get_file(world: World, params: Params) -> Json:
    stored = world.files.get(params.text("file_id") or "")
    if len(stored.content) > limits.DOWNLOAD_BYTES:
        raise bad_request("file is too big")
    return {**stored.reference(), "file_path": stored.file_path}

"""PTB's bot the way this project uses it: our transport, our limiter, updates as Telegram wrote them."""

from __future__ import annotations

import os
from collections.abc import Mapping, Sequence
from typing import Any

from telegram.ext import ExtBot

from bot.telegram.limiter import Lane, Limiter
from bot.telegram.transport import AiohttpRequest

# PTB warns at every 429 until it is told that a timedelta is welcome; bot.telegram.faults takes both.
os.environ.setdefault("PTB_TIMEDELTA", "true")


class PollingBot(ExtBot[Lane]):
    """ExtBot with `get_raw_updates` beside `get_updates`."""

    async def get_raw_updates(
        self, offset: int | None, limit: int, long_poll: int, allowed: Sequence[str]
    ) -> Sequence[Mapping[str, Any]]:
        """What getUpdates returns, not parsed: one update PTB cannot read must not lose the batch."""
        wanted = {"offset": offset, "limit": limit, "timeout": long_poll, "allowed_updates": list(allowed)}
        found = await self._post("getUpdates", wanted, read_timeout=long_poll + 10.0)
        updates = found if isinstance(found, list) else []
        return [
            update for update in updates if isinstance(update, dict) and type(update.get("update_id")) is int
        ]


def make_bot(token: str, api_url: str, limiter: Limiter) -> PollingBot:
    """A bot at the Bot API under `api_url`; not yet connected."""
    return PollingBot(
        token,
        base_url=f"{api_url}/bot",
        base_file_url=f"{api_url}/file/bot",
        request=AiohttpRequest(),
        get_updates_request=AiohttpRequest(connections=2),
        rate_limiter=limiter,
    )

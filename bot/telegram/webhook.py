"""The webhook, agreed on among the replicas: set by whichever comes first, and again when it was taken away."""

from __future__ import annotations

import asyncio
import hashlib
import hmac

import structlog
from telegram import Bot
from telegram.error import BadRequest, TelegramError

from bot.store import agreements
from bot.store.database import Store
from bot.telegram.updates import ALLOWED

log = structlog.get_logger()
ABOUT = "webhook"
# Telegram's default is 40; a turn takes milliseconds, so more would only pile up.
CONNECTIONS = 40
LONGEST_PAUSE = 30.0


class BadWebhook(Exception):
    """Telegram will not deliver to this address; the message has its words."""


def secret_for(token: str) -> str:
    """A secret every replica with the same token finds by itself, where the operator sets none."""
    return hmac.new(token.encode(), b"webhook secret", hashlib.sha256).hexdigest()


async def agree(bot: Bot, store: Store, address: str, secret: str) -> bool:
    """Have Telegram deliver to `address` with `secret`; True when it had to be told. Raises TelegramError."""
    wanted = hashlib.sha256(f"{address}\n{secret}\n{','.join(ALLOWED)}\n{CONNECTIONS}".encode()).hexdigest()
    async with store.writing() as tx:
        agreed = await agreements.settle_alone(tx, ABOUT)
        shown = await bot.get_webhook_info()
        # Telegram does not show the secret, so what was agreed decides about that.
        if agreed == wanted and shown.url == address and set(shown.allowed_updates or ()) == set(ALLOWED):
            return False
        await bot.set_webhook(
            address, secret_token=secret, allowed_updates=ALLOWED, max_connections=CONNECTIONS
        )
        await agreements.agree(tx, ABOUT, wanted)
    return True


async def agree_in_the_end(bot: Bot, store: Store, address: str, secret: str) -> None:
    """The same, waiting for a network that is away; raises BadWebhook where Telegram refuses the address."""
    tries = 0
    while True:
        try:
            if await agree(bot, store, address, secret):
                log.info("webhook set")
            return
        except BadRequest as error:
            raise BadWebhook(error.message) from None
        except TelegramError as error:
            tries += 1
            pause = min(LONGEST_PAUSE, 0.5 * 2.0 ** min(tries, 8))
            log.warning("webhook not set yet", reason=type(error).__name__, again_in=pause)
            await asyncio.sleep(pause)

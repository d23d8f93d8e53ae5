"""`oinp run`: the bot, on Telegram with a token, in the browser without one."""

from __future__ import annotations

import os
import sys
import time
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from bot.app import RunningBot

STARTED = time.perf_counter()


def run_bot() -> None:
    """The bot: polls Telegram with TELEGRAM_BOT_TOKEN, or opens a chat page in the browser without it."""
    import asyncio

    from bot.cli.failing import or_exit

    with or_exit():
        from bot import logs
        from bot.config import read_settings

        settings = read_settings(os.environ)
        logs.configure(settings.log, settings.log_level)
        from bot.app import run

        asyncio.run(run(settings, announce))


def announce(running: RunningBot) -> None:
    """Say where to talk to the bot."""
    took = time.perf_counter() - STARTED
    lines = [f"Trillium is ready ({took:.1f} s)."]
    if running.page:
        lines.append(f"Talk to it in the browser: {running.page}")
    else:
        lines.append(f"Talk to it on Telegram: https://t.me/{running.name}")
    lines.append("Stop it with Ctrl+C.")
    sys.stdout.write("\n".join(lines) + "\n")
    sys.stdout.flush()

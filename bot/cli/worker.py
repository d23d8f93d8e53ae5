"""`oinp worker`: watches the official pages and delivers alerts; any number may run on one database."""

from __future__ import annotations

import os


def run_worker() -> None:
    """An alert worker: watches, publishes and delivers. Needs TELEGRAM_BOT_TOKEN."""
    import asyncio

    from bot.cli.failing import or_exit

    with or_exit():
        from bot import logs
        from bot.config import read_settings

        settings = read_settings(os.environ)
        logs.configure(settings.log, settings.log_level)
        from bot.alerts.alone import run

        asyncio.run(run(settings))

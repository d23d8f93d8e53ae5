"""`oinp web`: a webhook replica."""

from __future__ import annotations

import os
import sys
import time
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from bot.web import Replica

STARTED = time.perf_counter()


def run_web() -> None:
    """A webhook replica: any number of them, behind one balancer, on one PostgreSQL."""
    import asyncio

    from bot.cli.failing import or_exit

    with or_exit():
        from bot import logs
        from bot.config import read_settings

        settings = read_settings(os.environ)
        logs.configure(settings.log, settings.log_level)
        from bot.web import run

        asyncio.run(run(settings, announce))


def announce(replica: Replica) -> None:
    """Say that updates are taken, and where."""
    took = time.perf_counter() - STARTED
    sys.stdout.write(f"A replica is ready on port {replica.port} ({took:.1f} s).\n")
    sys.stdout.flush()

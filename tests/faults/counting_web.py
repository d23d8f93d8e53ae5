"""A webhook replica whose conversation only counts: `python -m tests.faults.counting_web`."""

from __future__ import annotations

import asyncio
import os
import signal
import sys

from bot import logs
from bot.config import read_settings
from bot.web import running_replica
from tests.integration.standin import Counting


async def main() -> None:
    settings = read_settings(os.environ)
    logs.configure(settings.log, settings.log_level)
    stop = asyncio.Event()
    asyncio.get_running_loop().add_signal_handler(signal.SIGTERM, stop.set)
    async with running_replica(settings, Counting()):
        sys.stdout.write("ready\n")
        sys.stdout.flush()
        await stop.wait()


if __name__ == "__main__":
    asyncio.run(main())

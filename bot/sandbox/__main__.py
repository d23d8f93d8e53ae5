"""`python -m bot.sandbox`: the sandbox alone, for a program that starts it as a process of its own."""

from __future__ import annotations

import argparse
import asyncio
import sys

from bot.sandbox.budgets import Budget
from bot.sandbox.constants import DEFAULT_PORT
from bot.sandbox.server import SandboxError, serve
from bot.sandbox.world import Settings


def main() -> int:
    parser = argparse.ArgumentParser(prog="python -m bot.sandbox", description="A local Bot API for one bot.")
    parser.add_argument("--port", type=int, default=DEFAULT_PORT)
    parser.add_argument("--host", default="127.0.0.1")
    parser.add_argument("--token", help="accept this token only")
    parser.add_argument("--no-budget", action="store_true", help="no flood limits")
    parser.add_argument("--counting", action="store_true", help="count sends, keep nothing")
    chosen = parser.parse_args()
    settings = Settings(token=chosen.token, counting=chosen.counting)
    budget = Budget.off() if chosen.no_budget else Budget()
    try:
        asyncio.run(serve(chosen.port, chosen.host, settings, budget, _announce))
    except SandboxError as error:
        sys.stderr.write(f"{error}\n")
        return 1
    return 0


def _announce(url: str) -> None:
    sys.stdout.write(f"sandbox on {url}\n")
    sys.stdout.flush()


if __name__ == "__main__":
    sys.exit(main())

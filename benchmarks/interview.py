"""Replies a second and latency of the interview, beside a bare PTB echo bot on the same sandbox in one run.

Each bot is a process of its own, the sandbox another and the people a fourth. The echo bot keeps nothing; ours writes
inbox, session and outbox for every reply and keeps them through a `kill -9`.
"""

from __future__ import annotations

import argparse
import asyncio
import json
import os
import random
import sys
import tempfile
from asyncio.subprocess import PIPE
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from pathlib import Path
from typing import Any

from rich.console import Console
from rich.table import Table

from benchmarks.talkers import Act, Measured, measure
from bot.sandbox import sandbox_process
from bot.sandbox.transcript import Message

ROOT = Path(__file__).resolve().parent.parent
CONTROLS = ("|<", "|=", "|x", "|-")
TARGET = 0.5


def says_something(_: Message | None, chance: random.Random) -> Act:
    """What one does to an echo bot."""
    return "send", {"text": f"hello {chance.randrange(1000)}"}


def is_interviewed(seen: Message | None, chance: random.Random) -> Act:
    """Answers each question with one of its buttons, at random; starts anew after a result."""
    if seen is None or not seen.from_bot:
        return "send", {"text": "/streams"}
    data = [button.data for row in seen.rows for button in row if button.data]
    answers = [one for one in data if one.startswith("1a|") and not one.endswith(CONTROLS)]
    consent = [one for one in data if one.startswith("1g|consent|yes")]
    if answers or consent:
        return "tap", {"message_id": seen.id, "data": chance.choice(answers or consent)}
    # A result: all answers go, and from the menu it begins again.
    in_menu = "1g|settings|" in data
    return "tap", {"message_id": seen.id, "data": "1g|goal|ontario" if in_menu else "1g|restart|"}


@asynccontextmanager
async def bot_process(*command: str, **settings: str) -> AsyncIterator[int]:
    """A bot, ready; yields its process id."""
    environment = os.environ | {"PYTHONPATH": str(ROOT), "PYTHONDONTWRITEBYTECODE": ""} | settings
    process = await asyncio.create_subprocess_exec(
        sys.executable, *command, cwd=ROOT, env=environment, stdout=PIPE
    )
    try:
        assert process.stdout is not None
        line = b"-"
        while line and b"ready" not in line:
            line = await asyncio.wait_for(process.stdout.readline(), 60)
        if not line:
            raise SystemExit(f"{' '.join(command)} did not start")
        yield process.pid
    finally:
        if process.returncode is None:
            process.terminate()
        await process.wait()


def ours(url: str, folder: str, database: str | None) -> dict[str, str]:
    """The settings of our bot: a fresh database, and none of Telegram's speed limits, which the echo bot has not."""
    more = {"OINP_DATABASE_URL": database} if database else {}
    return {
        "TELEGRAM_BOT_TOKEN": "42:interview",
        "OINP_API_URL": url,
        "OINP_DATA_DIR": folder,
        "OINP_LOG_LEVEL": "warning",
        "OINP_WATCH": "off",
        "OINP_MESSAGES_PER_SECOND": "1000000",
        "OINP_CHAT_MESSAGES_PER_SECOND": "1000000",
        "OINP_PERSON_BUDGET": "1000000",
        **more,
    }


async def compare(people: int, seconds: float, database: str | None) -> dict[str, Measured]:
    """Both bots in turn, on the same sandbox."""
    found = {}
    run = ("-c", "from bot.cli import main; main(['run'])")
    async with sandbox_process() as sandbox:
        async with bot_process("benchmarks/echo_bot.py", sandbox.url):
            found["bare PTB echo bot"] = await measure(
                sandbox.url, says_something, people, seconds, 1_000_000
            )
        with tempfile.TemporaryDirectory() as folder:
            async with bot_process(*run, **ours(sandbox.url, folder, database)):
                found["interview"] = await measure(sandbox.url, is_interviewed, people, seconds, 2_000_000)
    return found


def as_json(found: dict[str, Measured]) -> dict[str, Any]:
    return {
        name: {
            "replies_per_second": round(one.rate, 1),
            "p50_ms": round(one.p50, 1),
            "p99_ms": round(one.p99, 1),
            "replies": one.replies,
            "lost": one.lost,
        }
        for name, one in found.items()
    }


def show(found: dict[str, Measured], people: int) -> None:
    table = Table(title=f"{people} people talking at once, SQLite" if people else "")
    for heading in ("bot", "replies/s", "p50 ms", "p99 ms", "replies", "lost"):
        table.add_column(heading, justify="left" if heading == "bot" else "right")
    for name, one in found.items():
        cells = (f"{one.rate:.1f}", f"{one.p50:.0f}", f"{one.p99:.0f}", str(one.replies), str(one.lost))
        table.add_row(name, *cells)
    Console().print(table)


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--people", type=int, default=30)
    parser.add_argument("--seconds", type=float, default=15.0)
    parser.add_argument("--database", help="another database for our bot, such as postgresql://…")
    parser.add_argument("--json", action="store_true")
    chosen = parser.parse_args()
    found = asyncio.run(compare(chosen.people, chosen.seconds, chosen.database))
    ratio = found["interview"].rate / found["bare PTB echo bot"].rate
    if chosen.json:
        print(json.dumps(as_json(found) | {"ratio": round(ratio, 2)}))
    else:
        show(found, chosen.people)
        print(f"The interview answers {ratio:.2f} times as many as the echo bot (target: at least {TARGET}).")
    return 0 if ratio >= TARGET and not found["interview"].lost else 1


if __name__ == "__main__":
    sys.path.insert(0, str(ROOT))
    sys.exit(main())

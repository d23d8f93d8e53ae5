"""How long a start takes until people are served, and how much memory a process holds then."""

from __future__ import annotations

import argparse
import asyncio
import json
import sys
import tempfile
import time
from pathlib import Path

import psutil

ROOT = Path(__file__).resolve().parent.parent
sys.path.insert(0, str(ROOT))

from benchmarks.fleet import OINP, Fleet  # noqa: E402
from benchmarks.interview import bot_process, ours  # noqa: E402
from bot.sandbox import sandbox_process  # noqa: E402

SECONDS, MEGABYTES = 2.5, 180.0


async def polling(url: str, folder: str) -> tuple[float, float]:
    begun = time.perf_counter()
    async with bot_process(*OINP, "run", **ours(url, folder, None)) as pid:
        took = time.perf_counter() - begun
        # The alerts and their engine are loaded once people are served.
        await asyncio.sleep(5)
        return took, psutil.Process(pid).memory_info().rss / 2**20


async def webhook(url: str, folder: str) -> tuple[float, float]:
    fleet = Fleet(url, f"sqlite:///{folder}/web.sqlite", Path(folder))
    async with fleet.running(0, 0):
        begun = time.perf_counter()
        member = await fleet.start("web")
        took = time.perf_counter() - begun
        return took, psutil.Process(member.process.pid).memory_info().rss / 2**20


async def measured(times: int) -> dict[str, dict[str, float]]:
    found: dict[str, dict[str, float]] = {}
    async with sandbox_process() as sandbox:
        with tempfile.TemporaryDirectory() as folder:
            for name, start in (("oinp run", polling), ("oinp web", webhook)):
                # The first start makes the database and is not counted.
                runs = [await start(sandbox.url, folder) for _ in range(times + 1)][1:]
                found[name] = {
                    "seconds_to_ready": round(min(took for took, _ in runs), 2),
                    "resident_mb": round(max(held for _, held in runs), 1),
                }
    return found


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--times", type=int, default=3)
    parser.add_argument("--json", action="store_true")
    chosen = parser.parse_args()
    found = asyncio.run(measured(chosen.times))
    if chosen.json:
        print(json.dumps(found))
    else:
        for name, one in found.items():
            print(
                f"{name}: ready in {one['seconds_to_ready']} s (target {SECONDS}), "
                f"{one['resident_mb']} MB resident (target {MEGABYTES:.0f})"
            )
    within = all(
        one["seconds_to_ready"] <= SECONDS and one["resident_mb"] <= MEGABYTES for one in found.values()
    )
    return 0 if within else 1


if __name__ == "__main__":
    sys.exit(main())

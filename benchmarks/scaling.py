"""Replies a second with one and with two web replicas on one PostgreSQL, and what a reply costs.

Each replica is a process of its own, the sandbox another, the people and the balancer a third. Where the machine has
fewer processors than that, they share them, and the second replica shows what is left.
"""

from __future__ import annotations

import argparse
import asyncio
import json
import os
import sys
import tempfile
from dataclasses import asdict, dataclass
from pathlib import Path

import psutil
from rich.console import Console
from rich.table import Table

ROOT = Path(__file__).resolve().parent.parent
sys.path.insert(0, str(ROOT))

from benchmarks.fleet import Fleet  # noqa: E402
from benchmarks.interview import is_interviewed  # noqa: E402
from benchmarks.postgres import postgres  # noqa: E402
from benchmarks.talkers import measure  # noqa: E402
from bot.sandbox import sandbox_process  # noqa: E402


@dataclass(frozen=True)
class Found:
    """One row: processor milliseconds a reply, in the replicas and in the database's processes."""

    replicas: int
    per_second: float
    p50_ms: float
    p99_ms: float
    lost: int
    replica_ms: float
    database_ms: float
    resident_mb: float


async def with_replicas(number: int, people: int, seconds: float, database: str, first: int) -> Found:
    async with sandbox_process() as sandbox:
        fleet = Fleet(sandbox.url, database, Path(tempfile.mkdtemp()))
        async with fleet.running(number, 0):
            replicas = [psutil.Process(member.process.pid) for member in fleet.members.values()]
            before, database_before = spent(replicas), spent(servers())
            found = await measure(sandbox.url, is_interviewed, people, seconds, first)
            used, database_used = spent(replicas) - before, spent(servers()) - database_before
            resident = max(one.memory_info().rss for one in replicas) / 2**20
    # The warm-up is paid too: its replies are about three seconds' worth.
    replies = max(1.0, found.replies * (1 + 3.0 / found.seconds))
    return Found(
        number, found.rate, found.p50, found.p99, found.lost,
        used / replies * 1000, database_used / replies * 1000, resident,
    )  # fmt: skip


def servers() -> list[psutil.Process]:
    return [one for one in psutil.process_iter(["name"]) if one.info["name"] == "postgres"]


def spent(processes: list[psutil.Process]) -> float:
    """Seconds of processor time, of those that are still there."""
    total = 0.0
    for one in processes:
        try:
            times = one.cpu_times()
        except psutil.Error:
            continue
        total += times.user + times.system
    return total


def show(found: list[Found], people: int) -> None:
    table = Table(title=f"{people} people, PostgreSQL, {os.cpu_count()} processors for everybody")
    for heading in (
        "replicas",
        "replies/s",
        "p50 ms",
        "p99 ms",
        "lost",
        "CPU ms/reply",
        "database CPU ms/reply",
        "MB",
    ):
        table.add_column(heading, justify="right")
    for one in found:
        table.add_row(
            str(one.replicas), f"{one.per_second:.1f}", f"{one.p50_ms:.0f}", f"{one.p99_ms:.0f}", str(one.lost),
            f"{one.replica_ms:.1f}", f"{one.database_ms:.1f}", f"{one.resident_mb:.0f}",
        )  # fmt: skip
    Console(width=110).print(table)


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--people", type=int, default=30)
    parser.add_argument("--seconds", type=float, default=15.0)
    parser.add_argument("--json", action="store_true")
    chosen = parser.parse_args()
    with postgres() as database:
        found = [
            asyncio.run(with_replicas(number, chosen.people, chosen.seconds, database, number * 1_000_000))
            for number in (1, 2)
        ]
    if chosen.json:
        print(json.dumps([asdict(one) for one in found]))
    else:
        show(found, chosen.people)
    return 1 if any(one.lost for one in found) else 0


if __name__ == "__main__":
    sys.exit(main())

"""Half an hour of mixed load on SQLite and on PostgreSQL: does memory stay flat, does a table grow that should not?

People go through interviews, describe their work, ask questions, look at draws, delete everything and come back.
"""

from __future__ import annotations

import argparse
import asyncio
import json
import random
import sys
import tempfile
import time
from collections.abc import Sequence
from contextlib import nullcontext
from dataclasses import asdict, dataclass, field
from pathlib import Path

import psutil

ROOT = Path(__file__).resolve().parent.parent
sys.path.insert(0, str(ROOT))

from sqlalchemy import func, select  # noqa: E402

from benchmarks.fleet import OINP  # noqa: E402
from benchmarks.interview import bot_process, is_interviewed, ours  # noqa: E402
from benchmarks.postgres import postgres  # noqa: E402
from benchmarks.talkers import Act, measure  # noqa: E402
from bot.sandbox import sandbox_process  # noqa: E402
from bot.sandbox.transcript import Message  # noqa: E402
from bot.store.database import Store, open_store  # noqa: E402
from bot.store.models import Base  # noqa: E402

FLAT = 0.05
SAMPLE = 10.0
# These grow with what happens, as docs/privacy.md says; the inbox keeps numbers for two days.
MAY_GROW = {
    "inbox",
    "sessions",
    "feedback",
    "audit",
    "draws",
    "draw_revisions",
    "notices",
    "alerts",
    "deliveries",
}
SAID = (
    "/noc", "I design and test software, review code and mentor developers", "/faq how much does it cost",
    "/draws stem", "combien coûte une demande ?", "/score crs", "/settings", "/privacy", "/export", "/tools",
    "I cook meals, order food and train kitchen staff", "what is the cut-off", "/help", "xyzzy", "/cancel", "/forget",
)  # fmt: skip


def lives(seen: Message | None, chance: random.Random) -> Act:
    """Mostly an interview, with everything else in between."""
    if chance.random() < 0.25:
        return "send", {"text": chance.choice(SAID)}
    return is_interviewed(seen, chance)


@dataclass
class Soaked:
    """What one run showed; memory in MB, the ends being the mean of a tenth of the run each."""

    database: str
    minutes: float
    replies: int = 0
    lost: int = 0
    memory_after_warm_up: float = 0.0
    memory_at_the_end: float = 0.0
    growth: float = 0.0
    p99_ms: float = 0.0
    rows: dict[str, int] = field(default_factory=dict)
    grew: list[str] = field(default_factory=list)

    @property
    def flat(self) -> bool:
        return self.growth <= FLAT and not self.grew and not self.lost


async def soak(name: str, url: str | None, minutes: float, people: int) -> Soaked:
    result = Soaked(name, minutes)
    with tempfile.TemporaryDirectory() as folder:
        async with (
            sandbox_process() as sandbox,
            bot_process(*OINP, "run", **ours(sandbox.url, folder, url)) as pid,
        ):
            address = (url or f"sqlite:///{folder}/oinp.sqlite").replace("postgresql:", "postgresql+psycopg:")
            store = open_store(address.replace("sqlite:", "sqlite+aiosqlite:"))
            samples: list[float] = []
            sampling = asyncio.create_task(sample(psutil.Process(pid), samples))
            found = await measure(sandbox.url, lives, people, minutes * 60, 3_000_000)
            sampling.cancel()
            # What is in hand is finished before rows are counted.
            await asyncio.sleep(3)
            result.rows = await counted(store)
            await store.close()
    result.replies, result.lost, result.p99_ms = found.replies, found.lost, found.p99
    judge(result, samples)
    return result


async def sample(process: psutil.Process, samples: list[float]) -> None:
    while True:
        samples.append(process.memory_info().rss / 2**20)
        await asyncio.sleep(SAMPLE)


async def counted(store: Store) -> dict[str, int]:
    async with store.reading() as connection:
        return {
            table.name: int(await connection.scalar(select(func.count()).select_from(table)) or 0)
            for table in Base.metadata.sorted_tables
        }


def judge(result: Soaked, samples: Sequence[float]) -> None:
    """The first fifth is the warm-up: caches fill, modules load at first use."""
    tenth = max(1, len(samples) // 10)
    after = samples[2 * tenth : 3 * tenth] or samples
    end = samples[-tenth:]
    result.memory_after_warm_up = round(sum(after) / len(after), 1)
    result.memory_at_the_end = round(sum(end) / len(end), 1)
    result.growth = round(result.memory_at_the_end / result.memory_after_warm_up - 1, 4)
    result.grew = [name for name, rows in result.rows.items() if rows > 100 and name not in MAY_GROW]


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--minutes", type=float, default=30.0, help="for each database")
    parser.add_argument("--people", type=int, default=20)
    parser.add_argument("--only", choices=["sqlite", "postgresql"])
    parser.add_argument("--json", action="store_true")
    chosen = parser.parse_args()
    results = []
    for name in ("sqlite", "postgresql"):
        if chosen.only in (None, name):
            with postgres() if name == "postgresql" else nullcontext(None) as url:
                results.append(asyncio.run(soak(name, url, chosen.minutes, chosen.people)))
    for one in results:
        if chosen.json:
            print(json.dumps(asdict(one)))
        else:
            print(
                f"{one.database}, {one.minutes:g} min: {one.replies} replies, {one.lost} lost, "
                f"p99 {one.p99_ms:.0f} ms; "
                f"memory {one.memory_after_warm_up} MB after the warm-up, {one.memory_at_the_end} MB at the end "
                f"({one.growth:+.1%}); tables that should not have grown: {', '.join(one.grew) or 'none'}"
            )
    return 0 if all(one.flat for one in results) else 1


if __name__ == "__main__":
    begun = time.monotonic()
    status = main()
    print(f"took {time.monotonic() - begun:.0f} s", file=sys.stderr)
    sys.exit(status)

"""A broadcast in processes of its own: a sandbox, a database, and workers that can be killed at any moment."""

from __future__ import annotations

import asyncio
import os
import signal
import socket
import sys
from collections import Counter
from collections.abc import AsyncIterator, Mapping
from contextlib import asynccontextmanager, suppress
from dataclasses import dataclass, field
from pathlib import Path

from bot.sandbox import StoryClient
from bot.store import alerts, deliveries
from bot.store.database import Store, open_store
from bot.store.schema import ready_store
from tests.integration.alerting import TODAY, until

ROOT = Path(__file__).resolve().parents[2]


@dataclass
class Program:
    """A child process; `killed` ends it the way a power cut would."""

    process: asyncio.subprocess.Process

    async def killed(self) -> None:
        with suppress(ProcessLookupError):
            self.process.send_signal(signal.SIGKILL)
        await self.process.wait()

    async def stopped(self) -> None:
        with suppress(ProcessLookupError):
            self.process.send_signal(signal.SIGTERM)
        try:
            await asyncio.wait_for(self.process.wait(), 30)
        except TimeoutError:
            await self.killed()

    def signalled(self, number: signal.Signals) -> None:
        self.process.send_signal(number)


async def program(
    *arguments: str, environment: Mapping[str, str] | None = None, log: Path | None = None
) -> Program:
    """`python ARGUMENTS` from the project's folder, its words in `log`."""
    env = {key: value for key, value in os.environ.items() if not key.startswith(("OINP_", "TELEGRAM_"))}
    with (log or Path(os.devnull)).open("ab") as said:
        process = await asyncio.create_subprocess_exec(
            sys.executable,
            *arguments,
            env={**env, **(environment or {})},
            cwd=ROOT,
            stdout=said,
            stderr=said,
        )
    return Program(process)


@dataclass
class Field:
    """Where the broadcast takes place. `base` keeps what a sandbox that was restarted had counted before."""

    url: str
    port: int
    database_url: str
    folder: Path
    store: Store
    sandbox: Program
    story: StoryClient
    base: Counter[int] = field(default_factory=Counter)

    async def worker(self, name: str = "worker-1", per_second: int = 300) -> Program:
        """A worker at 25/30 of so many messages a second."""
        environment = {
            "TELEGRAM_BOT_TOKEN": "42:sandbox",
            "OINP_API_URL": self.url,
            "OINP_DATA_DIR": str(self.folder),
            "OINP_DATABASE_URL": self.database_url.replace("+aiosqlite", "").replace("+psycopg", ""),
            "OINP_WATCH": "off",
            "OINP_TODAY": TODAY.isoformat(),
            "OINP_WORKER_NAME": name,
            "OINP_MESSAGES_PER_SECOND": str(per_second),
            "OINP_CHAT_MESSAGES_PER_SECOND": "1000",
        }
        run = "from bot.cli import main; main(['worker'])"
        return await program("-c", run, environment=environment, log=self.folder / f"{name}.log")

    async def got(self) -> Counter[int]:
        """How many messages each chat has got, by the sandbox."""
        counts = await self.story.counts()
        return self.base + Counter({int(chat): count for chat, count in counts["chats"].items()})

    async def sandbox_again(self) -> None:
        """The sandbox ends and comes back at the same address, remembering nobody."""
        # Nothing may be taken between the counting and the end, or it would be missed by the count alone.
        await self.story.fault("sendMessage", "status", code=429, retry_after=1, times=1_000_000)
        await asyncio.sleep(0.5)
        self.base = await self.got()
        await self.sandbox.killed()
        self.sandbox = await sandbox_program(self.port)
        await answering(self.story)

    async def states(self, alert_id: int) -> dict[str, int]:
        async with self.store.reading() as connection:
            return dict(await deliveries.counts(connection, alert_id))

    async def settled_count(self, alert_id: int) -> int:
        states = await self.states(alert_id)
        return sum(states.get(state, 0) for state in ("sent", "uncertain", "failed", "blocked"))

    async def is_done(self, alert_id: int) -> bool:
        async with self.store.reading() as connection:
            found = await alerts.by_id(connection, alert_id)
        return found is not None and found.state == "done"


async def sandbox_program(port: int) -> Program:
    return await program("-m", "bot.sandbox", "--port", str(port), "--no-budget")


async def answering(story: StoryClient) -> None:
    async def answers() -> bool:
        try:
            await story.counts()
        except Exception:
            return False
        return True

    await until(answers, 30)


@asynccontextmanager
async def battlefield(database_url: str, folder: Path) -> AsyncIterator[Field]:
    """Everything but the workers, up and empty."""
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    store = open_store(database_url)
    await ready_store(store, database_url)
    sandbox = await sandbox_program(port)
    url = f"http://127.0.0.1:{port}"
    async with StoryClient(url) as story:
        await answering(story)
        made = Field(url, port, database_url, folder, store, sandbox, story)
        try:
            yield made
        finally:
            await made.sandbox.killed()
            await store.close()

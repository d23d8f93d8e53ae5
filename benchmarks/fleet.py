"""Web replicas and workers as processes of their own, behind a balancer, any of which can be killed and replaced."""

from __future__ import annotations

import asyncio
import itertools
import os
import signal
import socket
import sys
from asyncio.subprocess import DEVNULL, PIPE, Process
from collections.abc import AsyncIterator, Sequence
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from pathlib import Path

import aiohttp
from aiohttp import web

ROOT = Path(__file__).resolve().parent.parent
OINP = ("-c", "import sys; from bot.cli import main; main(sys.argv[1:])")
PATIENCE = 60.0
UNLIMITED = {
    "OINP_MESSAGES_PER_SECOND": "100000",
    "OINP_CHAT_MESSAGES_PER_SECOND": "100000",
    "OINP_PERSON_BUDGET": "1000000",
}


def free_port() -> int:
    with socket.socket() as found:
        found.bind(("127.0.0.1", 0))
        return int(found.getsockname()[1])


class Balancer:
    """Gives each update to the next replica in turn, and to the one after it where that one does not answer."""

    def __init__(self) -> None:
        self.port = free_port()
        self.ports: list[int] = []
        self._turn = itertools.count()

    @asynccontextmanager
    async def running(self) -> AsyncIterator[None]:
        async with aiohttp.ClientSession(timeout=aiohttp.ClientTimeout(total=20)) as self._http:
            app = web.Application()
            app.router.add_post("/telegram", self._forward)
            runner = web.AppRunner(app, access_log=None)
            await runner.setup()
            await web.TCPSite(runner, "127.0.0.1", self.port).start()
            try:
                yield
            finally:
                await runner.cleanup()

    async def _forward(self, request: web.Request) -> web.Response:
        body, ports = await request.read(), list(self.ports)
        start = next(self._turn)
        for n in range(len(ports)):
            port = ports[(start + n) % len(ports)]
            try:
                async with self._http.post(
                    f"http://127.0.0.1:{port}/telegram", data=body, headers=_passed_on(request)
                ) as answer:
                    if answer.status < 500:
                        return web.Response(status=answer.status)
            except (aiohttp.ClientError, TimeoutError):
                continue
        return web.Response(status=502)


def _passed_on(request: web.Request) -> dict[str, str]:
    wanted = ("Content-Type", "X-Telegram-Bot-Api-Secret-Token")
    return {name: request.headers[name] for name in wanted if name in request.headers}


@dataclass
class Member:
    """One process; `port` is where it answers its operator."""

    name: str
    kind: str
    port: int
    process: Process


@dataclass
class Fleet:
    """Everybody who is up. `web_command` may be another program that serves the webhook."""

    sandbox_url: str
    database_url: str
    folder: Path
    web_command: Sequence[str] = (*OINP, "web")
    more: dict[str, str] = field(default_factory=dict)
    balancer: Balancer = field(default_factory=Balancer)
    members: dict[str, Member] = field(default_factory=dict)
    _numbers: itertools.count[int] = field(default_factory=lambda: itertools.count(1))

    @asynccontextmanager
    async def running(self, replicas: int, workers: int) -> AsyncIterator[None]:
        async with self.balancer.running():
            try:
                await asyncio.gather(*(self.start("web") for _ in range(replicas)))
                await asyncio.gather(*(self.start("worker") for _ in range(workers)))
                yield
            finally:
                await asyncio.gather(*(self.stop(name) for name in list(self.members)))

    async def start(self, kind: str, name: str | None = None) -> Member:
        """One more process, ready; a worker may come back under its old name."""
        name = name or f"{kind}-{next(self._numbers)}"
        port = free_port()
        process = await asyncio.create_subprocess_exec(
            sys.executable,
            *(self.web_command if kind == "web" else (*OINP, "worker")),
            cwd=ROOT,
            env=self._environment(kind, name, port),
            stdout=PIPE if kind == "web" else DEVNULL,
        )
        member = self.members[name] = Member(name, kind, port, process)
        await self._ready(member)
        if kind == "web":
            self.balancer.ports.append(port)
        return member

    async def kill(self, name: str) -> Member:
        """`kill -9`; the balancer finds out by itself."""
        member = self.members.pop(name)
        member.process.send_signal(signal.SIGKILL)
        await member.process.wait()
        return member

    def forget(self, member: Member) -> None:
        """The balancer's health check has noticed."""
        if member.port in self.balancer.ports:
            self.balancer.ports.remove(member.port)

    async def stop(self, name: str) -> int:
        """As an operator does; returns the exit status."""
        member = self.members.pop(name)
        self.forget(member)
        member.process.terminate()
        return await asyncio.wait_for(member.process.wait(), PATIENCE)

    def of(self, kind: str) -> list[str]:
        return [name for name, member in self.members.items() if member.kind == kind]

    def _environment(self, kind: str, name: str, port: int) -> dict[str, str]:
        own = {"OINP_WEB_PORT": str(port)} if kind == "web" else {"OINP_WORKER_PORT": str(port)}
        return {
            **os.environ,
            "PYTHONPATH": str(ROOT),
            "PYTHONDONTWRITEBYTECODE": "",
            "TELEGRAM_BOT_TOKEN": "42:sandbox",
            "OINP_API_URL": self.sandbox_url,
            "OINP_DATA_DIR": str(self.folder),
            "OINP_DATABASE_URL": self.database_url.replace("+psycopg", ""),
            "OINP_PUBLIC_URL": f"http://127.0.0.1:{self.balancer.port}",
            "OINP_WORKER_NAME": name,
            "OINP_WATCH": "off",
            "OINP_LOG_LEVEL": "error",
            **UNLIMITED,
            **own,
            **self.more,
        }

    async def _ready(self, member: Member) -> None:
        async with asyncio.timeout(PATIENCE):
            if member.process.stdout is not None:
                line = await member.process.stdout.readline()
                if b"ready" not in line:
                    raise RuntimeError(f"{member.name} did not start")
                return
            async with aiohttp.ClientSession() as http:
                while not await _answers(http, member.port):  # noqa: ASYNC110 - another process
                    await asyncio.sleep(0.1)


async def _answers(http: aiohttp.ClientSession, port: int) -> bool:
    try:
        async with http.get(f"http://127.0.0.1:{port}/readyz") as answer:
            return answer.status == 200
    except aiohttp.ClientError:
        return False

"""Running the sandbox: inside this process, as a process of its own, or until someone stops it."""

from __future__ import annotations

import asyncio
import contextlib
import ipaddress
import socket
import sys
from collections.abc import AsyncIterator, Callable, Iterator
from contextlib import asynccontextmanager
from dataclasses import dataclass

import httpx
import uvicorn

from bot.sandbox.app import SandboxApp
from bot.sandbox.budgets import Budget
from bot.sandbox.webhook import WebhookCourier
from bot.sandbox.wire import GatheringProtocol
from bot.sandbox.world import Settings, World

_START_SECONDS = 20.0
_TICK = 0.1


class SandboxError(RuntimeError):
    """The sandbox cannot start; the message says why and what to do."""


@dataclass(frozen=True, slots=True)
class RunningSandbox:
    """A sandbox that is up. `world` is its state, or None when it runs in another process."""

    url: str
    world: World | None = None
    pid: int | None = None

    @property
    def base_url(self) -> str:
        """What python-telegram-bot wants as `base_url`: the token is added to it."""
        return f"{self.url}/bot"

    @property
    def base_file_url(self) -> str:
        return f"{self.url}/file/bot"


class _Server(uvicorn.Server):
    """A server that says when it is ready, lets waiting requests go when it stops, and leaves the
    signals of the process alone unless told otherwise."""

    def __init__(self, world: World, own_signals: bool) -> None:
        super().__init__(_config(world))
        self.ready = asyncio.Event()
        self._stopping = asyncio.Event()
        self._world = world
        self._own_signals = own_signals

    async def startup(self, sockets: list[socket.socket] | None = None) -> None:
        await super().startup(sockets)
        self.ready.set()

    async def main_loop(self) -> None:
        ticks = 0
        while not await self.on_tick(ticks):
            ticks += 1
            with contextlib.suppress(TimeoutError):
                await asyncio.wait_for(self._stopping.wait(), _TICK)

    def stop(self) -> None:
        """Stop now, not at the next tick."""
        self.should_exit = True
        self._stopping.set()

    async def shutdown(self, sockets: list[socket.socket] | None = None) -> None:
        self._world.close()
        await super().shutdown(sockets)

    @contextlib.contextmanager
    def capture_signals(self) -> Iterator[None]:
        with super().capture_signals() if self._own_signals else contextlib.nullcontext():
            yield


def _config(world: World) -> uvicorn.Config:
    return uvicorn.Config(
        SandboxApp(world),
        log_level="critical",
        access_log=False,
        lifespan="off",
        timeout_graceful_shutdown=1,
        timeout_keep_alive=75,
        server_header=False,
        date_header=False,
        proxy_headers=False,
        ws="none",
        http=GatheringProtocol,
    )


def listening_socket(host: str, port: int) -> socket.socket:
    """A socket bound to a loopback address; port 0 picks a free one. Raises SandboxError."""
    address = "127.0.0.1" if host == "localhost" else host
    try:
        parsed = ipaddress.ip_address(address)
    except ValueError:
        raise SandboxError(f"host must be a loopback address such as 127.0.0.1, not {host!r}") from None
    if not parsed.is_loopback:
        raise SandboxError(
            f"the sandbox has no locks and listens on loopback only (127.0.0.1), not on {host}"
        )
    made = socket.socket(socket.AF_INET6 if parsed.version == 6 else socket.AF_INET, socket.SOCK_STREAM)
    made.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
    try:
        made.bind((address, port))
        made.listen(512)
    except OSError as error:
        made.close()
        raise SandboxError(
            f"port {port} on {host} cannot be used ({error.strerror}); choose another port"
        ) from None
    return made


def _url_of(bound: socket.socket) -> str:
    host, port = bound.getsockname()[:2]
    return f"http://[{host}]:{port}" if ":" in host else f"http://{host}:{port}"


@asynccontextmanager
async def running_sandbox(
    port: int = 0,
    host: str = "127.0.0.1",
    settings: Settings | None = None,
    budget: Budget | None = None,
) -> AsyncIterator[RunningSandbox]:
    """A sandbox in this process's event loop. No flood limits unless a `budget` is given."""
    bound = listening_socket(host, port)
    world = World(settings, budget)
    async with _served(_Server(world, own_signals=False), world, bound):
        yield RunningSandbox(_url_of(bound), world)


@asynccontextmanager
async def _served(server: _Server, world: World, bound: socket.socket) -> AsyncIterator[asyncio.Task[None]]:
    """The server up and the webhook courier on its rounds; both gone at the end."""
    serving = asyncio.create_task(server.serve(sockets=[bound]))
    courier = asyncio.create_task(WebhookCourier(world).run())
    ready = asyncio.create_task(server.ready.wait())
    try:
        await asyncio.wait({serving, ready}, return_when=asyncio.FIRST_COMPLETED)
        yield serving
    finally:
        server.stop()
        courier.cancel()
        ready.cancel()
        await asyncio.gather(serving, courier, ready, return_exceptions=True)
        bound.close()


async def serve(
    port: int, host: str, settings: Settings, budget: Budget, on_ready: Callable[[str], None]
) -> None:
    """Run the sandbox until the process is told to stop. `on_ready(url)` is called once it listens."""
    bound = listening_socket(host, port)
    world = World(settings, budget)
    async with _served(_Server(world, own_signals=True), world, bound) as serving:
        on_ready(_url_of(bound))
        await serving


@asynccontextmanager
async def sandbox_process(
    port: int = 0, *, budget: bool = False, counting: bool = False
) -> AsyncIterator[RunningSandbox]:
    """The sandbox as a process of its own, stopped at the end. Raises SandboxError if it does not start."""
    arguments = [sys.executable, "-m", "bot.sandbox", "--port", str(port)]
    arguments += [] if budget else ["--no-budget"]
    arguments += ["--counting"] if counting else []
    process = await asyncio.create_subprocess_exec(*arguments, stdout=asyncio.subprocess.PIPE)
    try:
        url = await _announced(process)
        await _answers(url)
        yield RunningSandbox(url, pid=process.pid)
    finally:
        if process.returncode is None:
            process.terminate()
            with contextlib.suppress(TimeoutError):
                await asyncio.wait_for(process.wait(), 5)
        if process.returncode is None:
            process.kill()
            await process.wait()


async def _announced(process: asyncio.subprocess.Process) -> str:
    stdout = process.stdout
    line = await asyncio.wait_for(stdout.readline(), _START_SECONDS) if stdout else b""
    url = line.decode().strip().rpartition(" ")[2]
    if not url.startswith("http"):
        raise SandboxError(f"the sandbox did not start (it said {line.decode().strip()!r})")
    return url


async def _answers(url: str) -> None:
    async with httpx.AsyncClient(trust_env=False) as client:
        (await client.get(f"{url}/sandbox/state")).raise_for_status()

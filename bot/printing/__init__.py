"""Pictures and documents, made in a short-lived child process so that the bot itself stays small.

A maker is a module of this package with `make(data) -> bytes`; its name is the `kind` of an Attachment. The
child is `python -m bot.printing KIND`: JSON on standard input, the finished bytes on standard output.
"""

from __future__ import annotations

import asyncio
import json
import re
import sys
from collections.abc import Mapping
from contextlib import suppress
from importlib.util import find_spec

# Two cores' worth of drawing at once is enough to keep the bot answering.
AT_ONCE = 2
PATIENCE = 30.0
LARGEST = 10_000_000
KIND = re.compile(r"[a-z][a-z0-9_]{0,40}")
ENDINGS = (
    (b"\x89PNG", "png"),
    (b"%PDF", "pdf"),
    (b"\xff\xd8", "jpg"),
    (b"<svg", "svg"),
    (b"PK\x03\x04", "zip"),
)


class CannotPrint(Exception):
    """The picture or document could not be made; its caption has to do."""


def is_maker(kind: str) -> bool:
    """Whether there is a maker of that name."""
    return bool(KIND.fullmatch(kind)) and find_spec(f"{__name__}.{kind}") is not None


def file_name(kind: str, content: bytes) -> str:
    """What the file is called: its kind, and the ending that fits its content."""
    ending = next((ending for magic, ending in ENDINGS if content.startswith(magic)), "txt")
    return f"{kind.replace('_', '-')}.{ending}"


class Printer:
    """Runs the makers, a few at a time."""

    def __init__(self, at_once: int = AT_ONCE, patience: float = PATIENCE) -> None:
        self._room = asyncio.Semaphore(at_once)
        self._patience = patience

    async def make(self, kind: str, data: Mapping[str, object]) -> bytes:
        """The finished file; raises CannotPrint where there is no maker, or it fails or takes too long."""
        if not is_maker(kind):
            raise CannotPrint(f"no maker is called {kind!r}")
        async with self._room:
            return await self._run(kind, json.dumps(data, ensure_ascii=False).encode())

    async def _run(self, kind: str, wanted: bytes) -> bytes:
        command = (sys.executable, "-m", __name__, kind)
        pipe = asyncio.subprocess.PIPE
        child = await asyncio.create_subprocess_exec(*command, stdin=pipe, stdout=pipe, stderr=pipe)
        try:
            made, said = await asyncio.wait_for(child.communicate(wanted), self._patience)
        except TimeoutError:
            raise CannotPrint(f"{kind} took longer than {self._patience:g} s") from None
        finally:
            await _ended(child)
        if child.returncode or not made or len(made) > LARGEST:
            last = said.decode(errors="replace").strip().rpartition("\n")[2]
            raise CannotPrint(f"{kind} ended with {child.returncode} and {len(made)} bytes: {last[:200]}")
        return made


async def _ended(child: asyncio.subprocess.Process) -> None:
    """See that the child is gone, whatever it was doing."""
    if child.returncode is None:
        with suppress(ProcessLookupError):
            child.kill()
        await child.wait()

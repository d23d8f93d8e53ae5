"""The documents as the tests read them, and `oinp` as a person would call it, many commands in one process."""

from __future__ import annotations

import json
import os
import re
import shlex
import subprocess
import sys
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

ROOT = Path(__file__).resolve().parents[3]
DOCUMENTS = sorted([*ROOT.glob("*.md"), *(ROOT / "docs").glob("*.md")])
BLOCK = re.compile(r"^```(\w*)\n(.*?)^```$", re.DOTALL | re.MULTILINE)
DRIVER = """
import contextlib, io, json, sys
from bot.cli import main

def called(arguments):
    said = io.StringIO()
    code = 0
    with contextlib.redirect_stdout(said), contextlib.redirect_stderr(said):
        try:
            main(arguments)
        except SystemExit as left:
            code = left.code or 0
    return [code, said.getvalue()]

json.dump([called(arguments) for arguments in json.load(sys.stdin)], sys.stdout)
"""


@dataclass(frozen=True, slots=True)
class Line:
    """One line for a shell, and the document it stands in."""

    document: str
    text: str

    @property
    def words(self) -> list[str]:
        return shlex.split(self.text)


def text_of(path: Path) -> str:
    return path.read_text(encoding="utf-8")


def name_of(path: Path) -> str:
    return path.relative_to(ROOT).as_posix()


def shell_lines() -> tuple[Line, ...]:
    """Every line of a block for a shell, without comments."""
    found = []
    for path in DOCUMENTS:
        for kind, block in BLOCK.findall(text_of(path)):
            if kind in ("sh", "bash", "console"):
                lines = [re.sub(r"(^|\s+)#\s.*", "", line).strip() for line in block.splitlines()]
                found += [Line(name_of(path), line) for line in lines if line]
    return tuple(found)


def oinp(commands: Sequence[Sequence[str]], folder: Path, source: Path = ROOT) -> list[tuple[int, str]]:
    """Exit status and output of each command, run one after another in `folder` with the code of `source`."""
    environment = os.environ | {
        "OINP_DATA_DIR": str(folder / "data"),
        "PYTHONPATH": str(source),
        "COLUMNS": "200",
        "TERM": "dumb",
        "NO_COLOR": "1",
        "XDG_CACHE_HOME": str(folder / "cache"),
    }
    done = subprocess.run(
        [sys.executable, "-c", DRIVER],
        input=json.dumps([list(command) for command in commands]),
        cwd=folder,
        env=environment,
        capture_output=True,
        text=True,
        timeout=110,
        check=False,
    )
    assert done.returncode == 0, done.stderr[-2_000:]
    return [(code, said) for code, said in json.loads(done.stdout)]

"""Makers run in a child process; whatever becomes of it, the bot goes on."""

from __future__ import annotations

import os
import sys
from pathlib import Path

import pytest

from bot import printing
from bot.printing import CannotPrint, Printer, file_name, is_maker

MAKERS = {
    "picture": "def make(data):\n    return b'\\x89PNG' + data['title'].encode()\n",
    "broken": "def make(data):\n    raise ValueError('no such colour')\n",
    "endless": "import time\ndef make(data):\n    time.sleep(60)\n",
    "empty": "def make(data):\n    return b''\n",
}


@pytest.fixture(autouse=True)
def makers(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Makers of our own, found by this process and by its children."""
    for name, source in MAKERS.items():
        (tmp_path / f"{name}.py").write_text(source, encoding="utf-8")
    monkeypatch.setattr(printing, "__path__", [*printing.__path__, str(tmp_path)])
    (tmp_path / "sitecustomize.py").write_text(
        f"import bot.printing\nbot.printing.__path__.append({str(tmp_path)!r})\n", encoding="utf-8"
    )
    monkeypatch.setenv("PYTHONPATH", os.pathsep.join([str(tmp_path), *sys.path]))


async def test_a_maker_gets_its_data_and_gives_a_file() -> None:
    made = await Printer().make("picture", {"title": "Pointage détaillé"})
    assert made == b"\x89PNG" + "Pointage détaillé".encode()
    assert file_name("picture", made) == "picture.png"


@pytest.mark.parametrize(
    ("kind", "reason"),
    [
        ("broken", "broken ended with 1 and 0 bytes: ValueError: no such colour"),
        ("empty", "empty ended with 0 and 0 bytes"),
        ("endless", "endless took longer than 1 s"),
        ("unknown", "no maker is called 'unknown'"),
        ("../../etc/passwd", "no maker is called"),
        ("__main__", "no maker is called"),
    ],
)
async def test_a_maker_that_fails_is_named(kind: str, reason: str) -> None:
    with pytest.raises(CannotPrint, match=reason):
        await Printer(patience=1.0 if kind == "endless" else 20.0).make(kind, {})


def test_a_file_is_called_after_what_it_is() -> None:
    assert file_name("crs_breakdown", b"%PDF-1.7") == "crs-breakdown.pdf"
    assert file_name("notes", b"plain") == "notes.txt"
    assert not is_maker("Picture")

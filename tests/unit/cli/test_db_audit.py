"""`oinp db audit` shows what administrators did, to people and to programs."""

from __future__ import annotations

import asyncio
import json
from pathlib import Path

import pytest

from bot.cli import main
from bot.store import audit
from bot.store.database import open_store
from bot.store.schema import ready_store


async def act(url: str) -> None:
    store = open_store(url)
    await ready_store(store, url)
    async with store.writing() as tx:
        await audit.note(tx, "42", "approve", "7")
        await audit.note(tx, "shell:ann", "cancel", "8", "refused")
    await store.close()


@pytest.fixture
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.setenv("OINP_DATA_DIR", str(tmp_path))
    return tmp_path


def said(capsys: pytest.CaptureFixture[str], *arguments: str) -> str:
    with pytest.raises(SystemExit) as ended:
        main(["db", "audit", *arguments])
    assert ended.value.code == 0
    return capsys.readouterr().out


def test_the_actions_are_listed_newest_first(folder: Path, capsys: pytest.CaptureFixture[str]) -> None:
    asyncio.run(act(f"sqlite+aiosqlite:///{folder / 'oinp.sqlite'}"))
    rows = json.loads(said(capsys, "--json"))["actions"]
    assert [(row["by"], row["action"], row["subject"], row["outcome"]) for row in rows] == [
        ("shell:ann", "cancel", "8", "refused"),
        ("42", "approve", "7", "done"),
    ]
    table = said(capsys, "--last", "1")
    assert "shell:ann" in table
    assert "approve" not in table


def test_an_empty_log_says_so(folder: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert "No administrator" in said(capsys)
    assert folder.exists()

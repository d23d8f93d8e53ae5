"""No secret stands in the project, and none gets into a log."""

from __future__ import annotations

import io
import json
import re
import subprocess
from pathlib import Path

import pytest
import structlog

from bot import logs
from bot.config import BadSettings, read_settings

ROOT = Path(__file__).resolve().parents[3]
# What a secret looks like; the tests' own stand-ins are shorter than any real one.
SECRETS = {
    "Telegram token": r"\b\d{8,10}:[A-Za-z0-9_-]{35}\b",
    "private key": r"-----BEGIN (?:[A-Z]+ )?PRIVATE KEY-----",
    "GitHub token": r"\bgh[pousr]_[A-Za-z0-9]{36,}\b",
    "AWS key": r"\bAKIA[0-9A-Z]{16}\b",
    "Slack token": r"\bxox[abprs]-[A-Za-z0-9-]{10,}\b",
    "Google key": r"\bAIza[0-9A-Za-z_-]{35}\b",
    "package index token": r"\bpypi-[A-Za-z0-9_-]{50,}\b",
}


def files() -> list[Path]:
    listed = subprocess.run(["git", "ls-files"], cwd=ROOT, capture_output=True, text=True, check=False)
    if listed.returncode:
        pytest.skip("not a git checkout, so there is no list of files to scan")
    return [ROOT / name for name in listed.stdout.splitlines() if not name.endswith((".png", ".pdf"))]


def test_no_file_holds_a_secret() -> None:
    found = [
        f"{path.relative_to(ROOT)}: {name}"
        for path in files()
        if path.is_file()
        for name, pattern in SECRETS.items()
        if re.search(pattern, path.read_text(encoding="utf-8", errors="ignore"))
    ]
    assert found == []


def test_the_scan_would_find_one() -> None:
    token = "123456789:" + "AAF-x_" * 5 + "AAAAA"
    assert re.search(SECRETS["Telegram token"], f'token = "{token}"')


def test_a_wrong_token_is_not_repeated() -> None:
    with pytest.raises(BadSettings) as caught:
        read_settings({"TELEGRAM_BOT_TOKEN": "123456789:not/a/token", "OINP_WEBHOOK_SECRET": "so secret!"})
    assert "not/a/token" not in str(caught.value)
    assert "so secret" not in str(caught.value)


@pytest.mark.parametrize("style", ["text", "json"])
def test_an_exception_that_quotes_a_token_or_a_person_does_not_get_into_the_log(style: str) -> None:
    out = io.StringIO()
    logs.configure(style, "debug", out)
    token, said = "123456789:AAF-the-token", "my wife left me"
    try:
        raise ValueError(f"POST https://api.telegram.org/bot{token}/sendMessage: {said}")
    except ValueError:
        structlog.get_logger().exception("letter failed", update_id=7)
    line = out.getvalue()
    assert token not in line
    assert said not in line
    assert "ValueError at tests/unit/safety/test_secrets.py" in line
    if style == "json":
        assert json.loads(line)["update_id"] == 7


def test_a_person_cannot_forge_a_line_of_the_log() -> None:
    out = io.StringIO()
    logs.configure("text", "info", out)
    structlog.get_logger().info("reply not taken", said="x\nat='2026-01-01' level='error' event='forged'")
    assert out.getvalue().count("\n") == 1

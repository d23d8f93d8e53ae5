"""A real Chromium for the chat page; where there is none, these tests are skipped with a line that says so."""

from __future__ import annotations

import os
import shutil
from collections.abc import AsyncIterator
from pathlib import Path
from typing import Any

import pytest

NAMES = ("chromium", "chromium-browser", "google-chrome", "google-chrome-stable")
FLAGS = [
    "--headless",
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
]
SCREENSHOTS = Path(__file__).parents[2] / "build" / "screenshots"


def find_chromium() -> str | None:
    """A Chromium on this machine: named by CHROMIUM, on the path, or fetched by Playwright."""
    named = [os.environ["CHROMIUM"]] if os.environ.get("CHROMIUM") else []
    for name in (*named, *NAMES):
        if path := shutil.which(name):
            return path
    cache = Path(os.environ.get("PLAYWRIGHT_BROWSERS_PATH", Path.home() / ".cache/ms-playwright"))
    own = sorted(cache.glob("chromium*/chrome-linux*/*"))
    return next((str(path) for path in own if path.name in ("chrome", "headless_shell")), None)


@pytest.fixture
async def browser() -> AsyncIterator[Any]:
    path = find_chromium()
    if path is None:
        pytest.skip(
            "no Chromium on this machine (`make browser` installs one): the browser tests are skipped"
        )
    from playwright.async_api import async_playwright

    async with async_playwright() as playwright:
        running = await playwright.chromium.launch(executable_path=path, args=FLAGS)
        yield running
        await running.close()


@pytest.fixture
def screenshots() -> Path:
    """Where pictures of the page are kept as artefacts."""
    SCREENSHOTS.mkdir(parents=True, exist_ok=True)
    return SCREENSHOTS

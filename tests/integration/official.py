"""The official pages, served on this machine: changed at will, with ETags, and with every misbehaviour of a server."""

from __future__ import annotations

import hashlib
import json
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from typing import Any

from aiohttp import web

from bot.alerts.feeds import Addresses
from knowledge.draws.draw import Draw
from knowledge.draws.names import region_name, stream_name, target_name
from knowledge.draws.record import history
from tests.unit.draws.pages import NOTIFICATIONS, UPDATES

# Where the English name of a target is not the word the page uses.
PAGE_WORDS = {"francophone": "Francophones", "career": "Career development practitioners"}


def rounds() -> list[dict[str, str]]:
    """The federal rounds of the record in the words of the feed."""
    return [
        {
            "drawNumber": draw.ordinal,
            "drawDate": draw.date.isoformat(),
            "drawName": draw.name,
            "drawSize": f"{draw.size:,}",
            "drawCRS": str(draw.score_min),
        }
        for draw in history()
        if draw.program == "federal"
    ]


def invitations() -> str:
    """The invitations of the record as the page shows them."""
    tables: dict[tuple[int, str], list[Draw]] = {}
    for draw in history():
        if draw.program == "ontario":
            tables.setdefault((draw.date.year, draw.stream), []).append(draw)
    years = sorted({year for year, _ in tables}, reverse=True)
    return "<html><body><main>" + "".join(_year(year, tables) for year in years) + "</main></body></html>"


def _year(year: int, tables: dict[tuple[int, str], list[Draw]]) -> str:
    made = f"<h2>Invitations to apply issued in {year}</h2>"
    for (of, stream), draws in tables.items():
        if of == year:
            made += f"<h3>{stream_name('ontario', stream, 'en')} stream</h3><table><tr><th>Date issued</th>"
            made += "<th>Number of invitations issued</th><th>Score range</th><th>Notes</th></tr>"
            made += "".join(_row(draw) for draw in draws) + "</table>"
    return made


def _row(draw: Draw) -> str:
    score = "N/A" if draw.score_min is None else f"{draw.score_min} and above"
    score = f"{draw.score_min} to {draw.score_max}" if draw.score_max else score
    about = [region_name(draw.region, "en")] if draw.region else []
    about += [PAGE_WORDS.get(target, target_name(target, "en")) for target in draw.targets]
    day = f"{draw.date:%B} {draw.date.day}, {draw.date.year}"
    return f"<tr><td>{day}</td><td>{draw.size}</td><td>{score}</td><td>{', '.join(about)}</td></tr>"


@dataclass
class Official:
    """`pages` by name; `status` makes a page fail; `asked` is how often each was wanted, and `unchanged` got a 304."""

    url: str = ""
    pages: dict[str, bytes] = field(default_factory=dict)
    status: dict[str, int] = field(default_factory=dict)
    asked: dict[str, int] = field(default_factory=dict)
    unchanged: dict[str, int] = field(default_factory=dict)
    agents: set[str] = field(default_factory=set)
    rounds: list[dict[str, str]] = field(default_factory=rounds)

    def __post_init__(self) -> None:
        self.pages |= {
            "invitations": invitations().encode(),
            "notifications": NOTIFICATIONS.encode(),
            "updates-2026": UPDATES.encode(),
        }
        self.publish()

    def round(self, number: str, day: str, name: str, size: str, crs: str) -> None:
        """One more federal round, the newest first."""
        row = {"drawNumber": number, "drawDate": day, "drawName": name, "drawSize": size, "drawCRS": crs}
        self.rounds.insert(0, row)
        self.publish()

    def publish(self, **change: str) -> None:
        """The feed as the rounds stand, with `change` laid over the newest."""
        self.rounds[0] |= change
        self.pages["federal"] = json.dumps({"rounds": self.rounds}).encode()

    @property
    def addresses(self) -> Addresses:
        places = (
            f"{self.url}/{name}" for name in ("federal", "invitations", "notifications", "updates-{year}")
        )
        return Addresses(*places)

    async def answer(self, request: web.Request) -> web.Response:
        name = request.match_info["name"]
        self.asked[name] = self.asked.get(name, 0) + 1
        self.agents.add(request.headers.get("User-Agent", ""))
        content = self.pages.get(name)
        if self.status.get(name) or content is None:
            return web.Response(status=self.status.get(name, 404))
        tag = f'"{hashlib.sha256(content).hexdigest()[:12]}"'
        if request.headers.get("If-None-Match") == tag:
            self.unchanged[name] = self.unchanged.get(name, 0) + 1
            return web.Response(status=304, headers={"ETag": tag})
        return web.Response(body=content, headers={"ETag": tag})


@asynccontextmanager
async def official_pages() -> AsyncIterator[Official]:
    """The server, with pages as they stood in autumn 2026."""
    official = Official()
    app = web.Application()
    app.router.add_get("/{name}", official.answer)
    runner: Any = web.AppRunner(app)
    await runner.setup()
    site = web.TCPSite(runner, "127.0.0.1", 0)
    await site.start()
    official.url = f"http://127.0.0.1:{runner.addresses[0][1]}"
    try:
        yield official
    finally:
        await runner.cleanup()

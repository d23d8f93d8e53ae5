"""A watched page cannot lead the bot elsewhere, fill its memory or hang it."""

from __future__ import annotations

import gzip
import tracemalloc
from collections.abc import Callable

import httpx
import pytest

from bot import noc_import
from bot.alerts import fetching
from bot.alerts.fetching import Unreachable, fetch, make_client
from bot.store.watched import Source
from knowledge.draws.parsing.document import LARGEST
from knowledge.draws.parsing.outcome import BadFeed

PAGE = Source("page", "updates", "https://www.ontario.ca/page/updates")


async def fetched(answer: Callable[[httpx.Request], httpx.Response]) -> bytes | None:
    client = make_client(None)
    client._transport = httpx.MockTransport(answer)
    client._mounts = {}
    async with client:
        return (await fetch(client, PAGE)).content


@pytest.mark.parametrize(
    "target",
    [
        "http://www.ontario.ca/page/updates",
        "https://169.254.169.254/latest/meta-data/",
        "http://127.0.0.1:8080/metrics",
        "https://[::1]/",
        "https://localhost/",
        "https://ontario.ca.example.org/page",
        "https://10.0.0.7/",
        "//metadata.google.internal/",
    ],
)
async def test_a_page_that_points_elsewhere_is_not_followed(target: str) -> None:
    asked: list[str] = []

    def answer(request: httpx.Request) -> httpx.Response:
        asked.append(str(request.url))
        return httpx.Response(302, headers={"Location": target})

    with pytest.raises(Unreachable, match="points to"):
        await fetched(answer)
    assert asked == [PAGE.url]


async def test_a_page_may_move_within_its_site() -> None:
    def answer(request: httpx.Request) -> httpx.Response:
        if request.url.path == "/page/updates":
            return httpx.Response(301, headers={"Location": "https://ontario.ca/new"})
        return httpx.Response(200, content=b"moved")

    assert await fetched(answer) == b"moved"


async def test_a_circle_of_redirects_ends() -> None:
    with pytest.raises(Unreachable):
        await fetched(lambda request: httpx.Response(302, headers={"Location": str(request.url)}))


async def test_a_small_answer_that_unpacks_into_a_huge_one_is_cut_off() -> None:
    bomb = gzip.compress(b"0" * 400_000_000, 9)
    headers = {"Content-Encoding": "gzip"}
    tracemalloc.start()
    try:
        with pytest.raises(BadFeed, match="more than the"):
            await fetched(lambda _: httpx.Response(200, headers=headers, content=pieces(bomb)))
        assert tracemalloc.get_traced_memory()[1] < 20 * LARGEST
    finally:
        tracemalloc.stop()


def test_an_import_is_cut_off_too(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(noc_import, "LARGEST", 1_000_000)
    transport = httpx.MockTransport(lambda _: httpx.Response(200, content=b"x" * 2_000_000))
    with pytest.raises(noc_import.CannotDownload, match="more than the"):
        list(noc_import.downloaded(["https://www.statcan.gc.ca/a.csv"], transport))


def pieces(content: bytes) -> object:
    """As a network brings it, and not in one piece."""

    async def stream() -> object:
        for start in range(0, len(content), 16_384):
            yield content[start : start + 16_384]

    return stream()


def test_the_time_a_server_may_take_is_bounded() -> None:
    assert fetching.TIMEOUT.read is not None
    assert fetching.TIMEOUT.connect is not None

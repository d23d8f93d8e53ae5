"""A watched page over the network: asked for only when changed, by a program that says who it is, and not too much."""

from __future__ import annotations

import random
from dataclasses import dataclass
from datetime import datetime, timedelta
from importlib.metadata import PackageNotFoundError, version

import httpx

from bot.store.watched import Source
from knowledge.draws.parsing.document import LARGEST
from knowledge.draws.parsing.outcome import BadFeed

TIMEOUT = httpx.Timeout(30.0, connect=10.0)
LONGEST_PAUSE = timedelta(days=1)
JITTER = 0.1


@dataclass(frozen=True, slots=True)
class Fetched:
    """`content` is None where the page has not changed since the last reading."""

    content: bytes | None
    etag: str | None = None
    last_modified: str | None = None


class Unreachable(Exception):
    """The page could not be had; the message says why, for an administrator."""


def make_client(contact: str | None) -> httpx.AsyncClient:
    """A client that says what it is and whom to write to."""
    who = f"TrilliumOINP/{_version()} (watches for new draws{f'; {contact}' if contact else ''})"
    return httpx.AsyncClient(
        headers={"User-Agent": who, "Accept-Language": "en"},
        timeout=TIMEOUT,
        follow_redirects=True,
        max_redirects=3,
        event_hooks={"response": [_stays_on_site]},
    )


async def _stays_on_site(answer: httpx.Response) -> None:
    """A page may move within its own site; one that points elsewhere, or at our own network, is not followed."""
    if not answer.has_redirect_location:
        return
    asked = answer.request.url
    pointed = asked.join(answer.headers["location"])
    if asked.scheme == "https" and pointed.scheme != "https":
        raise httpx.UnsupportedProtocol("the page points to an address without https", request=answer.request)
    if _site(asked.host) != _site(pointed.host):
        raise httpx.UnsupportedProtocol("the page points to another site", request=answer.request)


def _site(host: str) -> str:
    """The last two names of a host; an address in numbers is a site by itself."""
    return host if host.replace(".", "").isdigit() or ":" in host else ".".join(host.lower().split(".")[-2:])


async def fetch(client: httpx.AsyncClient, source: Source) -> Fetched:
    """The page if it has changed; raises Unreachable, or BadFeed where it is too large to be the page."""
    asked = {"If-None-Match": source.etag, "If-Modified-Since": source.last_modified}
    headers = {name: value for name, value in asked.items() if value}
    try:
        async with client.stream("GET", source.url, headers=headers) as answer:
            if answer.status_code == httpx.codes.NOT_MODIFIED:
                return Fetched(None, source.etag, source.last_modified)
            if answer.status_code != httpx.codes.OK:
                raise Unreachable(f"the server answered {answer.status_code}")
            content = await _body(answer)
            return Fetched(content, answer.headers.get("etag"), answer.headers.get("last-modified"))
    except httpx.HTTPError as error:
        raise Unreachable(f"{type(error).__name__}: {error}"[:200]) from None


async def _body(answer: httpx.Response) -> bytes:
    content = bytearray()
    async for part in answer.aiter_bytes():
        content += part
        if len(content) > LARGEST:
            raise BadFeed("too_large", f"more than the {LARGEST:,} bytes a page can have")
    return bytes(content)


def next_reading(moment: datetime, every: timedelta, failures: int) -> datetime:
    """When to ask again: twice as late after each failure, at most a day, and never all pages at one moment."""
    pause = min(every * (1 << min(failures, 8)), max(LONGEST_PAUSE, every))
    spread = 1 + random.uniform(-JITTER, JITTER)  # noqa: S311 - no secret
    return moment + pause * spread


def _version() -> str:
    try:
        return version("trillium-oinp")
    except PackageNotFoundError:
        return "0"

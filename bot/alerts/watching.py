"""The watched pages, one reading at a time: fetched, understood, written down, due again later.

Who reads which page is decided by the store: a page is put off for everybody as soon as one worker takes it.
"""

from __future__ import annotations

import hashlib
import re
from collections.abc import Callable
from dataclasses import dataclass, replace
from datetime import date, datetime, timedelta

import httpx
import structlog
from sqlalchemy.ext.asyncio import AsyncConnection

from bot.alerts.feeds import EVERY, PARSERS, Addresses, cited_pages
from bot.alerts.fetching import Fetched, Unreachable, fetch, next_reading
from bot.alerts.intake import Guards, Taken, take, take_lists
from bot.store import notices, watched
from bot.store.base import now
from bot.store.database import Store
from bot.store.watched import Source
from knowledge.draws.parsing.document import page
from knowledge.draws.parsing.outcome import BadFeed
from knowledge.draws.parsing.updates import parse_updates

log = structlog.get_logger()
LEASE = timedelta(minutes=3)
# One failure is the weather; after so many an administrator should look.
FAILURES_TOLD = 3


@dataclass(frozen=True, slots=True)
class Watcher:
    """Reads what is due with `client`; `auto_approve` is how many new draws at once need no administrator."""

    store: Store
    client: httpx.AsyncClient
    today: Callable[[], date]
    auto_approve: int = 0
    addresses: Addresses | None = None

    async def register(self) -> None:
        """Watch the pages of this year; called again it takes up a new year's."""
        places = self.addresses or Addresses.official()
        pages = (*places.pages(self.today()), *(cited_pages() if self.addresses is None else ()))
        async with self.store.writing() as tx:
            await watched.register(tx, pages)

    async def read_due(self) -> Source | None:
        """Read one page that is due; None where none is. Never raises for what a page may do."""
        async with self.store.writing() as tx:
            source = await watched.claim_due(tx, now(), LEASE)
        if source is not None:
            await self.read(source)
        return source

    async def read(self, source: Source) -> Taken:
        """Fetch a page and take in what it says."""
        try:
            fetched = await fetch(self.client, source)
        except (Unreachable, BadFeed) as error:
            return await self._failed(source, error)
        if fetched.content is None:
            async with self.store.writing() as tx:
                await self._read_well(tx, source, fetched, source.digest)
            return Taken()
        return await self.take_in(source, fetched)

    async def take_in(self, source: Source, fetched: Fetched) -> Taken:
        """Understand a page and write down what is new; the same bytes again change nothing."""
        content = fetched.content or b""
        try:
            digest = digest_of(source.kind, content)
            async with self.store.writing() as tx:
                taken = Taken()
                if digest != source.digest:
                    taken = await self._understood(tx, source, content)
                await self._read_well(tx, source, fetched, digest)
        except BadFeed as error:
            return await self._failed(source, error)
        log.info(
            "page read",
            source=source.name,
            new=len(taken.new),
            revised=len(taken.revised),
            refused=taken.refused,
        )
        return taken

    async def _understood(self, tx: AsyncConnection, source: Source, content: bytes) -> Taken:
        today = self.today()
        if source.kind in PARSERS:
            parsed = PARSERS[source.kind](content, today)
            guards = Guards(self.auto_approve, source.healthy)
            return await take(tx, source.name, parsed, today, guards)
        if source.kind in ("updates", "next_year"):
            return await self._updates(tx, source, content, today)
        if source.digest is not None:
            await self._under_review(tx, source)
        return Taken()

    async def _updates(self, tx: AsyncConnection, source: Source, content: bytes, today: date) -> Taken:
        read = parse_updates(content, today)
        if source.kind == "next_year":
            await notices.raise_notice(tx, "new_page", source.name, url=source.url, year=read.year)
            await watched.register(tx, [replace(source, kind="updates")])
        return await take_lists(tx, source.name, read.lists, read.problems, today)

    async def _under_review(self, tx: AsyncConnection, source: Source) -> None:
        """A page that facts rest on says something else now: whatever cites it says so until somebody has looked."""
        moment = now()
        if source.review_since is None:
            await watched.note(tx, source.name, review_since=moment)
        await notices.raise_notice(
            tx, "review", f"{source.name}:{moment.date()}", source=source.name, url=source.url
        )

    async def _read_well(
        self, tx: AsyncConnection, source: Source, fetched: Fetched, digest: str | None
    ) -> None:
        moment = now()
        changed = {"changed_at": moment} if digest != source.digest else {}
        await watched.note(
            tx,
            source.name,
            etag=fetched.etag,
            last_modified=fetched.last_modified,
            digest=digest,
            checked_at=moment,
            next_at=self._next(source, moment, 0),
            failures=0,
            error=None,
            **changed,
        )

    async def _failed(self, source: Source, error: Exception) -> Taken:
        """The page was not had, or was not the page: nothing is alerted, nothing forgotten."""
        moment, failures = now(), source.failures + 1
        waits_for_year = source.kind == "next_year" and isinstance(error, Unreachable)
        # A page that does not exist yet is no failure.
        failures = 0 if waits_for_year else failures
        told = None if waits_for_year else str(error)
        async with self.store.writing() as tx:
            await watched.note(
                tx, source.name, next_at=self._next(source, moment, failures), failures=failures, error=told
            )
            if isinstance(error, BadFeed) or failures == FAILURES_TOLD:
                kind = error.kind if isinstance(error, BadFeed) else "unreachable"
                about = f"{source.name}:{kind}:{moment.date()}"
                await notices.raise_notice(
                    tx, "feed", about, source=source.name, url=source.url, what=kind, said=str(error)
                )
        log.warning("page not read", source=source.name, reason=str(error), failures=failures)
        return Taken(refused=str(error))

    def _next(self, source: Source, moment: datetime, failures: int) -> datetime:
        return next_reading(moment, EVERY.get(source.kind, timedelta(hours=24)), failures)


def digest_of(kind: str, content: bytes) -> str:
    """What tells one state of a page from another; of a cited page its words only. Raises BadFeed."""
    if kind != "cited" or content[:5] == b"%PDF-":
        return hashlib.sha256(content).hexdigest()
    words = re.sub(r"\W+", " ", page(content).text(separator=" ")).lower()
    return hashlib.sha256(words.encode()).hexdigest()

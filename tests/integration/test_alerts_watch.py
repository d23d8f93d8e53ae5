"""The watched pages on a server of our own: news, corrections, and everything a page may do instead."""

from __future__ import annotations

import asyncio
import re
from collections.abc import AsyncIterator, Callable

import pytest
from sqlalchemy import func, select

from bot.alerts.fetching import make_client
from bot.alerts.intake import Taken
from bot.alerts.watching import Watcher
from bot.store import alerts, draws, notices, watched
from bot.store.alerts import Alert
from bot.store.database import Store
from bot.store.draws import DrawRevisionRow
from tests.integration.alerting import TODAY
from tests.integration.official import Official, official_pages


@pytest.fixture
async def official() -> AsyncIterator[Official]:
    async with official_pages() as running:
        yield running


@pytest.fixture
async def watcher(store: Store, official: Official) -> AsyncIterator[Watcher]:
    """A watcher that has seen the pages once, so that what follows is news."""
    async with make_client("ops@example.org") as client:
        made = Watcher(store, client, lambda: TODAY, addresses=official.addresses)
        await made.register()
        await read(made, "federal")
        await read(made, "invitations")
        yield made


async def read(watcher: Watcher, name: str) -> Taken:
    async with watcher.store.reading() as connection:
        source = next(page for page in await watched.all_sources(connection) if page.name == name)
    return await watcher.read(source)


async def source(watcher: Watcher, name: str) -> watched.Source:
    async with watcher.store.reading() as connection:
        return next(page for page in await watched.all_sources(connection) if page.name == name)


async def made(watcher: Watcher, *states: str) -> tuple[Alert, ...]:
    async with watcher.store.reading() as connection:
        return await alerts.in_state(connection, *states)


async def said(watcher: Watcher) -> list[str]:
    async with watcher.store.reading() as connection:
        return [notice.kind for notice in await notices.untold(connection)]


def newest(official: Official) -> None:
    official.round("445", TODAY.isoformat(), "STEM occupations (Version 1)", "2,000", "480")


async def test_a_new_round_makes_one_alert_that_waits(watcher: Watcher, official: Official) -> None:
    newest(official)
    taken = await read(watcher, "federal")
    assert taken.new == ("federal:445",)
    (alert,) = await made(watcher, "waiting")
    assert alert.data["draw"]["stream"] == "stem"
    assert (await read(watcher, "federal")).alerts == ()
    assert official.unchanged["federal"] == 1
    assert all("TrilliumOINP" in agent and "ops@example.org" in agent for agent in official.agents)


async def test_two_replicas_that_see_it_at_once_make_one_alert(watcher: Watcher, official: Official) -> None:
    newest(official)
    await asyncio.gather(read(watcher, "federal"), read(watcher, "federal"), read(watcher, "federal"))
    assert len(await made(watcher)) == 1


@pytest.mark.parametrize(
    "change",
    [
        pytest.param(lambda official: official.rounds.reverse(), id="another order"),
        pytest.param(lambda official: official.publish(drawName="STEM occupations"), id="another spelling"),
        pytest.param(lambda official: official.publish(drawSize="2,001"), id="another count"),
    ],
)
async def test_what_changes_nothing_for_people_makes_no_alert(
    watcher: Watcher, official: Official, change: Callable[[Official], object]
) -> None:
    newest(official)
    (number,) = (await read(watcher, "federal")).alerts
    await sent(watcher, number)
    change(official)
    official.publish()
    assert (await read(watcher, "federal")).alerts == ()
    assert len(await made(watcher)) == 1


async def sent(watcher: Watcher, number: int) -> None:
    async with watcher.store.writing() as tx:
        for state in ("approved", "publishing", "done"):
            assert await alerts.move(tx, number, state)


async def test_a_changed_date_is_a_correction_of_the_same_draw(watcher: Watcher, official: Official) -> None:
    newest(official)
    (number,) = (await read(watcher, "federal")).alerts
    await sent(watcher, number)
    official.publish(drawDate="2026-11-22")
    taken = await read(watcher, "federal")
    assert taken.revised == ("federal:445",) and taken.new == ()
    (correction,) = await made(watcher, "waiting")
    assert (correction.kind, correction.data["changed"]) == ("correction", ["date"])
    async with watcher.store.reading() as connection:
        rows = select(func.count()).select_from(DrawRevisionRow).where(DrawRevisionRow.key == "federal:445")
        assert await connection.scalar(rows) == 2


async def test_a_correction_before_approval_corrects_the_alert(watcher: Watcher, official: Official) -> None:
    newest(official)
    await read(watcher, "federal")
    official.publish(drawCRS="481")
    await read(watcher, "federal")
    (alert,) = await made(watcher)
    assert alert.data["draw"]["score_min"] == 481


@pytest.mark.parametrize(
    ("page", "kind"),
    [
        (b"", "feed"),
        (b"<html><head><title>Access Denied</title></head><body>captcha</body></html>", "feed"),
        (b'{"rounds": [{"drawNum', "feed"),
        (b'{"rounds": []}', "feed"),
        ("été".encode("utf-16"), "feed"),
        (b"x" * 9_000_000, "feed"),
        (b'{"rounds": [{"drawNumber": "1", "drawDate": "2206-01-01", "drawSize": "-4"}]}', "unread"),
    ],
    ids=["empty", "block page", "cut off", "no rounds", "encoding", "too large", "impossible row"],
)
async def test_what_is_not_the_feed_is_told_and_changes_nothing(
    watcher: Watcher, official: Official, page: bytes, kind: str
) -> None:
    before = await known(watcher)
    official.pages["federal"] = page
    assert (await read(watcher, "federal")).refused
    assert kind in await said(watcher)
    assert not await made(watcher) and await known(watcher) == before
    newest(official)
    assert (await read(watcher, "federal")).new == ("federal:445",), "the next good page is read again"


async def known(watcher: Watcher) -> set[str]:
    async with watcher.store.reading() as connection:
        return {draw.key for draw in await draws.known(connection)}


async def test_the_pages_as_the_record_has_them_are_no_news(watcher: Watcher) -> None:
    assert not await known(watcher)
    assert not await said(watcher)


async def test_a_page_that_lost_most_of_its_rows_is_not_believed(
    watcher: Watcher, official: Official
) -> None:
    del official.rounds[20:]
    official.publish()
    assert (await read(watcher, "federal")).refused == "gone"
    assert await said(watcher) == ["mass"]


async def test_an_emptied_table_is_told_and_forgets_nothing(watcher: Watcher, official: Official) -> None:
    whole = official.pages["invitations"].decode()
    official.pages["invitations"] = re.sub("<tr><td>.*?</tr>", "", whole).encode()
    assert (await read(watcher, "invitations")).refused == "empty"
    assert "empty" in await said(watcher)


async def test_a_server_that_fails_is_asked_less_often_and_told_after_the_third_time(
    watcher: Watcher, official: Official
) -> None:
    official.status["federal"] = 503
    pauses = []
    for _ in range(3):
        await read(watcher, "federal")
        state = await source(watcher, "federal")
        async with watcher.store.reading() as connection:
            due = await connection.scalar(
                select(watched.SourceRow.next_at).where(watched.SourceRow.name == "federal")
            )
        pauses.append(due)
        assert state.error and "503" in state.error
    assert pauses == sorted(pauses)
    assert (await said(watcher)).count("feed") == 1
    del official.status["federal"]
    await read(watcher, "federal")
    assert (await source(watcher, "federal")).healthy


async def test_the_page_of_a_new_year_is_found(watcher: Watcher, official: Official) -> None:
    await read(watcher, "updates-2027")
    assert (await source(watcher, "updates-2027")).error is None, "a page that is not there yet is no failure"
    official.pages["updates-2027"] = official.pages["updates-2026"].replace(b"2026 Ontario", b"2027 Ontario")
    await read(watcher, "updates-2027")
    assert "new_page" in await said(watcher)
    assert (await source(watcher, "updates-2027")).kind == "updates"


async def test_guards_decide_about_approval_without_an_administrator(
    watcher: Watcher, official: Official
) -> None:
    trusting = Watcher(watcher.store, watcher.client, watcher.today, 1, watcher.addresses)
    official.round("445", TODAY.isoformat(), "STEM", "2,000", "480")
    await read(trusting, "federal")
    assert [alert.decided_by for alert in await made(watcher, "approved")] == ["guards"]
    official.round("446", TODAY.isoformat(), "CEC", "2,000", "520")
    official.round("447", TODAY.isoformat(), "PNP", "500", "720")
    await read(trusting, "federal")
    assert len(await made(watcher, "waiting")) == 2, "two at once are more than the setting allows"
    official.round("448", "2026-10-01", "PNP", "500", "720")
    assert (await read(trusting, "federal")).alerts == (), "an old round is kept and not announced"


async def test_a_page_that_facts_cite_is_under_review_when_its_words_change(
    store: Store, official: Official
) -> None:
    page = "<html><body><main><p>Fee: {}</p></main><footer>{}</footer></body></html>"
    official.pages["fees"] = page.format("$1,500", "seen today").encode()
    async with make_client(None) as client:
        watcher = Watcher(store, client, lambda: TODAY, addresses=official.addresses)
        async with store.writing() as tx:
            await watched.register(tx, [watched.Source("cited-S9", "cited", f"{official.url}/fees")])
        await read(watcher, "cited-S9")
        official.pages["fees"] = page.format("$1,500", "another footer").encode()
        await read(watcher, "cited-S9")
        assert (await source(watcher, "cited-S9")).review_since is None, "boilerplate is not the page"
        official.pages["fees"] = page.format("$1,750", "another footer").encode()
        await read(watcher, "cited-S9")
        assert (await source(watcher, "cited-S9")).review_since is not None
        assert await said(watcher) == ["review"]

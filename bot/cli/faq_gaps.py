"""For the author of the answers: which questions found none, and which answers did not help."""

from __future__ import annotations

import os
from dataclasses import dataclass

from sqlalchemy import case, func, select
from sqlalchemy.ext.asyncio import AsyncConnection

from bot.config import read_settings
from bot.store.database import open_store
from bot.store.feedback import FeedbackRow
from bot.store.schema import current

MOST = 100


@dataclass(frozen=True, slots=True)
class Helped:
    """How often people said that an answer helped, and that it did not."""

    slug: str
    yes: int
    no: int


@dataclass(frozen=True, slots=True)
class Gaps:
    """Questions without an answer with how often they came, and answers with at least one "no"; the most first."""

    unanswered: tuple[tuple[str, int], ...]
    unhelpful: tuple[Helped, ...]


async def gaps(tx: AsyncConnection) -> Gaps:
    """What the feedback says."""
    times = func.count().label("times")
    asked = (
        select(FeedbackRow.question, times)
        .where(FeedbackRow.question.is_not(None))
        .group_by(FeedbackRow.question)
        .order_by(times.desc(), FeedbackRow.question)
        .limit(MOST)
    )
    no = func.sum(case((FeedbackRow.helpful.is_(False), 1), else_=0)).label("no")
    yes = func.sum(case((FeedbackRow.helpful.is_(True), 1), else_=0)).label("yes")
    judged = (
        select(FeedbackRow.slug, yes, no)
        .where(FeedbackRow.slug.is_not(None), FeedbackRow.helpful.is_not(None))
        .group_by(FeedbackRow.slug)
        .having(no > 0)
        .order_by(no.desc(), FeedbackRow.slug)
        .limit(MOST)
    )
    return Gaps(
        tuple((row.question, row.times) for row in await tx.execute(asked)),
        tuple(Helped(row.slug, row.yes, row.no) for row in await tx.execute(judged)),
    )


async def show() -> None:
    """Print the gaps of the configured database."""
    store = open_store(read_settings(os.environ).database_url)
    try:
        if await current(store) is None:
            print("No database yet: nobody has asked anything.")
            return
        async with store.reading() as tx:
            _print(await gaps(tx))
    finally:
        await store.close()


def _print(found: Gaps) -> None:
    from rich.console import Console
    from rich.table import Table

    asked, judged = Table("unanswered question", "times"), Table("answer", "helped", "did not help")
    for question, times in found.unanswered:
        asked.add_row(question, str(times))
    for answer in found.unhelpful:
        judged.add_row(answer.slug, str(answer.yes), str(answer.no))
    console = Console(markup=False)
    console.print(asked)
    console.print(judged)

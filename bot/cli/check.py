"""`oinp check`: everything that is wrong or getting old in the content, and the sheet of all rules."""

from __future__ import annotations

import sys
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer

from bot.cli.jsonl import as_day, today
from bot.cli.score import language, refuse, write_json
from rules.errors import BadInput
from rules.texts import Language, Reason

if TYPE_CHECKING:
    from rules.fact_sheet import Fact
    from rules.lint import Problem

app = typer.Typer()


@app.callback(invoke_without_command=True)
def check(
    *,
    fact_sheet: Annotated[
        bool, typer.Option("--fact-sheet", help="Write every rule, date, source and confidence to a page.")
    ] = False,
    into: Annotated[Path, typer.Option(help="Folder for fact-sheet.html and fact-sheet.pdf.")] = Path(),
    on: Annotated[str | None, typer.Option(help="The day to check for; today if not given.")] = None,
    as_json: Annotated[bool, typer.Option("--json", help="One JSON object.")] = False,
    lang: Annotated[str, typer.Option(help="en or fr: the language of the sheet.")] = "en",
) -> None:
    """Check all content; exit status 1 where something is wrong. Facts past their review day are listed."""
    day = as_day(on) if on else today()
    if day is None:
        refuse(BadInput("on", Reason("error.date", {"given": on})), as_json, lang)
    if fact_sheet:
        _write_sheet(into, day, language(lang))
        return
    found, late = problems(day), overdue(day)
    if as_json:
        write_json(_as_json(found, late))
    else:
        _show(found, late)
    raise SystemExit(1 if found else 0)


@dataclass(frozen=True, slots=True)
class Overdue:
    """Facts of one file and one source whose review day has passed; `since` is the earliest such day."""

    where: str
    source: str
    url: str
    count: int
    since: date


def problems(day: date) -> tuple[Problem, ...]:
    """Every fault of rules and content."""
    from bot.cli import content_lint
    from rules import lint

    return (*lint.problems(day), *content_lint.problems())


def overdue(day: date) -> tuple[Overdue, ...]:
    """What somebody should read again, the longest overdue first."""
    from rules.fact_sheet import stale

    groups: dict[tuple[str, str, str], list[Fact]] = {}
    for fact in stale(day):
        if fact.citation:
            key = (fact.where, fact.citation.key, fact.citation.url)
            groups.setdefault(key, []).append(fact)
    found = (
        Overdue(*key, len(facts), min(fact.review for fact in facts if fact.review))
        for key, facts in groups.items()
    )
    return tuple(sorted(found, key=lambda one: one.since))


def _as_json(found: Iterable[Problem], late: Iterable[Overdue]) -> Mapping[str, Any]:
    return {
        "problems": [{"where": one.where, "what": one.what} for one in found],
        "overdue": [
            {
                "where": one.where,
                "source": one.source,
                "url": one.url,
                "facts": one.count,
                "since": one.since.isoformat(),
            }
            for one in late
        ],
    }


def _show(found: tuple[Problem, ...], late: tuple[Overdue, ...]) -> None:
    from rich.console import Console
    from rich.table import Table

    console = Console()
    if found:
        faults = Table("Where", "What is wrong", title=f"{len(found)} to mend")
        for problem in found:
            faults.add_row(problem.where, problem.what)
        console.print(faults)
    else:
        console.print("All content is in order.")
    if late:
        review = Table("Read again", "Source", "Facts", "Due since", title="Past the review day")
        for one in late:
            review.add_row(one.where, f"{one.source} {one.url}", str(one.count), one.since.isoformat())
        console.print(review)


def _write_sheet(into: Path, day: date, lang: Language) -> None:
    from bot.printing.fact_sheet import as_html, as_pdf
    from rules.fact_sheet import facts

    every = facts(lang)
    into.mkdir(parents=True, exist_ok=True)
    page, print_out = into / "fact-sheet.html", into / "fact-sheet.pdf"
    page.write_text(as_html(every, day, lang), encoding="utf-8")
    print_out.write_bytes(as_pdf(every, day, lang))
    sys.stdout.write(f"{len(every)} facts: {page} and {print_out}\n")

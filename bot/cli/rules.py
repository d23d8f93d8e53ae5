"""`oinp rules import-wages`: a newer edition of Job Bank's wages into the rule data."""

from __future__ import annotations

import sys
from datetime import date
from pathlib import Path
from typing import Annotated, NoReturn

import typer

from bot.cli.jsonl import as_day
from rules.errors import DataError
from rules.rulebook import DATA
from rules.wage_files import Edition, differences, read_official, write_edition
from rules.wages import editions

app = typer.Typer(no_args_is_help=True)
_SHOWN = 10


@app.callback()
def rules() -> None:
    """Maintain the rule data."""


@app.command("import-wages")
def import_wages(
    file: Annotated[Path, typer.Argument(help="Job Bank's open-data file of all wages, CSV.")],
    published: Annotated[str, typer.Option(help="The day of the file, as 2026-11-19.")],
    *,
    into: Annotated[Path, typer.Option(help="Folder of the editions.")] = DATA / "wages",
    force: Annotated[bool, typer.Option(help="Replace an edition already held.")] = False,
) -> None:
    """Write the Ontario rows of an official wage file as a new edition and say what changed."""
    day = as_day(published)
    if day is None:
        _leave(f"published: {published!r} is not a date; the form is 2026-11-19.")
    target = into / f"{day.year}.csv"
    if target.exists() and not force:
        _leave(f"{target} is already held; --force replaces it.")
    try:
        edition = read_official(_text(file), day.year, day)
    except (OSError, DataError) as error:
        _leave(f"{file}: {error}")
    changed = list(differences(_last_before(day), edition))
    into.mkdir(parents=True, exist_ok=True)
    target.write_text(write_edition(edition), encoding="utf-8")
    sys.stdout.write(f"{target}: {len(edition.rows)} occupations; {len(changed)} medians differ.\n")
    for noc, region, before, after in changed[:_SHOWN]:
        sys.stdout.write(f"  {noc} {region}: {_dollars(before)} -> {_dollars(after)}\n")


def _text(file: Path) -> str:
    """Government files come as UTF-8 or, in some years, in the Windows encoding."""
    content = file.read_bytes()
    try:
        return content.decode("utf-8-sig")
    except UnicodeDecodeError:
        return content.decode("cp1252")


def _last_before(day: date) -> Edition:
    return next((one for one in reversed(editions()) if one.published < day), editions()[-1])


def _dollars(amount: float | None) -> str:
    return "–" if amount is None else f"{amount:.2f}"


def _leave(sentence: str) -> NoReturn:
    sys.stderr.write(f"{sentence}\n")
    raise SystemExit(1)

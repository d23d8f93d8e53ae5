"""The console script `oinp`: one module a noun, loaded only when that noun is asked for."""

from __future__ import annotations

import sys
from collections.abc import Sequence
from dataclasses import dataclass
from importlib import import_module
from types import ModuleType
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    import typer


@dataclass(frozen=True, slots=True)
class Noun:
    """A command: the module it lives in, and `function` when it is one command and not a group of them."""

    module: str
    summary: str
    function: str | None = None


NOUNS = {
    "run": Noun("run", "The bot: on Telegram with a token, in the browser without one.", "run_bot"),
    "sandbox": Noun("sandbox", "The local Bot API and its chat page alone.", "run_sandbox"),
    "noc": Noun("noc", "Unit groups: show, search, match by duties, import, evaluate."),
    "assess": Noun("assess", "Every stream for a person, on a day."),
    "score": Noun("score", "Scores: CRS, Ontario's expression of interest, federal 67 points."),
    "clb": Noun("clb", "Language test results as CLB or NCLC levels."),
    "faq": Noun("faq", "Search the questions and answers."),
    "draws": Noun("draws", "Draws: list, sync, approve, publish."),
    "alerts": Noun("alerts", "Deliveries of draw alerts."),
    "check": Noun("check", "Check all content: languages, sources, dates, templates."),
    "rules": Noun("rules", "Maintain rule data: import wages."),
    "db": Noun("db", "The database: upgrade, backup, restore, audit log."),
    "web": Noun("web", "A webhook replica.", "run_web"),
    "worker": Noun("worker", "An alert worker.", "run_worker"),
}


class NotInstalled(Exception):
    """A command whose module is not part of this installation."""


def main(arguments: Sequence[str] | None = None) -> None:
    """Run `oinp`; only the module of the noun in `arguments` is imported."""
    given = list(sys.argv[1:] if arguments is None else arguments)
    wanted = next((word for word in given if not word.startswith("-")), None)
    try:
        app = assembled(wanted)
    except NotInstalled as error:
        sys.stderr.write(f"{error}\n")
        raise SystemExit(2) from None
    app(given, prog_name="oinp")


def assembled(wanted: str | None) -> typer.Typer:
    """The Typer application with `wanted` loaded and every other noun as a line of the help."""
    import typer

    app = typer.Typer(
        help="Trillium: Ontario's skilled-worker immigration, explained on Telegram.",
        no_args_is_help=True,
        add_completion=False,
        pretty_exceptions_enable=False,
    )
    for name, noun in NOUNS.items():
        if name == wanted:
            attach(app, name, noun)
        elif wanted is None:
            app.command(name, help=noun.summary)(_listed)
    # Typer turns an application with one command into that command.
    app.callback()(_listed)
    return app


def attach(app: typer.Typer, name: str, noun: Noun) -> None:
    """Load the module of `noun` and put its commands under `name`; raises NotInstalled."""
    module = loaded(name, noun)
    if noun.function:
        app.command(name, help=noun.summary)(getattr(module, noun.function))
    else:
        app.add_typer(module.app, name=name, help=noun.summary)


def loaded(name: str, noun: Noun) -> ModuleType:
    full = f"{__name__}.{noun.module}"
    try:
        return import_module(full)
    except ModuleNotFoundError as error:
        if error.name != full:
            raise
        raise NotInstalled(f"oinp {name} is not part of this version.") from None


def _listed() -> None:
    """Stands in for a command that is only listed."""

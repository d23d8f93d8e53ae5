"""`oinp score crs|eoi|fsw`: the calculators, for a profile file or for JSON lines."""

from __future__ import annotations

import json
import sys
from collections.abc import Mapping
from pathlib import Path
from typing import Annotated, Any, NoReturn

import typer

from bot.cli import jsonl
from bot.cli.calculators import CRS, EOI, FSW, STREAMS, Calculator
from rules.errors import BadInput, RuleError
from rules.texts import Language, Reason

app = typer.Typer(no_args_is_help=True)

ProfileFile = Annotated[
    Path | None, typer.Argument(help="A profile as JSON; without it, standard input is read.")
]
AsJson = Annotated[bool, typer.Option("--json", help="One JSON object.")]
AsJsonLines = Annotated[bool, typer.Option("--jsonl", help="JSON lines in, JSON lines out.")]
On = Annotated[str | None, typer.Option(help="The day to score on, as 2026-11-23; today if not given.")]
Lang = Annotated[str, typer.Option(help="en or fr.")]


@app.command("crs")
def score_crs(
    profile: ProfileFile = None,
    *,
    as_json: AsJson = False,
    as_jsonl: AsJsonLines = False,
    on: On = None,
    lang: Lang = "en",
) -> None:
    """The federal Comprehensive Ranking System, 1,200 points."""
    _score(CRS, profile, as_json=as_json, as_jsonl=as_jsonl, options={"on": on}, lang=lang)


@app.command("fsw")
def score_fsw(
    profile: ProfileFile = None,
    *,
    as_json: AsJson = False,
    as_jsonl: AsJsonLines = False,
    on: On = None,
    lang: Lang = "en",
) -> None:
    """The federal selection grid of 100 points."""
    _score(FSW, profile, as_json=as_json, as_jsonl=as_jsonl, options={"on": on}, lang=lang)


@app.command("eoi")
def score_eoi(
    profile: ProfileFile = None,
    *,
    as_json: AsJson = False,
    as_jsonl: AsJsonLines = False,
    on: On = None,
    stream: Annotated[str | None, typer.Option(help=", ".join(STREAMS))] = None,
    lang: Lang = "en",
) -> None:
    """Ontario's expression of interest, on the grid of the stream."""
    options = {"on": on, "stream": stream}
    _score(EOI, profile, as_json=as_json, as_jsonl=as_jsonl, options=options, lang=lang)


def _score(
    calculator: Calculator,
    path: Path | None,
    *,
    as_json: bool,
    as_jsonl: bool,
    options: Mapping[str, str | None],
    lang: str,
) -> None:
    if as_jsonl:
        jsonl.run(calculator.answer)
    try:
        data = {**read_object(path), **{name: value for name, value in options.items() if value}}
        identity = data.pop("id", None)
        scored = calculator.score(data)
    except RuleError as error:
        refuse(error, as_json, lang)
    if as_json:
        write_json({"id": identity, **scored.answer})
        return
    from bot.cli.score_table import show

    show(scored.card, language(lang))


def read_object(path: Path | None) -> dict[str, Any]:
    """A JSON object from a file, or from standard input where none or `-` is named. Raises BadInput."""
    try:
        text = sys.stdin.read() if path is None or str(path) == "-" else path.read_text(encoding="utf-8")
        data = json.loads(text)
    except (OSError, ValueError, RecursionError) as error:
        raise BadInput("profile", Reason("error.unreadable", {"problem": str(error)})) from error
    if not isinstance(data, dict):
        raise BadInput("profile", Reason("error.not_an_object"))
    return data


def language(lang: str) -> Language:
    """Any tag that begins with fr is French; the rest is English."""
    return "fr" if lang.casefold().startswith("fr") else "en"


def refuse(error: RuleError, as_json: bool, lang: str) -> NoReturn:
    """Say what is wrong, as JSON on standard output or as a sentence beside it, and leave with status 1."""
    if as_json:
        write_json({"error": jsonl.problem(error)})
    else:
        sys.stderr.write(f"{error.field}: {error.text(language(lang))}\n")
    raise SystemExit(1)


def write_json(data: Mapping[str, Any]) -> None:
    sys.stdout.write(json.dumps(data, ensure_ascii=False, indent=2) + "\n")

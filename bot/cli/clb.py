"""`oinp clb TEST …`: language test results as CLB or NCLC levels."""

from __future__ import annotations

import math
from collections.abc import Mapping
from typing import Annotated, Any

import typer

from bot.cli import jsonl
from bot.cli.jsonl import as_day, take_day
from bot.cli.score import language, refuse, write_json
from rules.errors import BadInput, RuleError
from rules.input_errors import unknown_field
from rules.language import ABILITIES, Converted, convert
from rules.texts import Language, Reason

app = typer.Typer()

_KEYS = ("test", *ABILITIES, "taken", "scale", "on")


# a group reads options only before its arguments unless told otherwise
@app.callback(invoke_without_command=True, context_settings={"allow_interspersed_args": True})
def clb(
    test: Annotated[
        str | None,
        typer.Argument(help="ielts_general, celpip_general, pte_core, tef_canada or tcf_canada."),
    ] = None,
    scores: Annotated[
        list[str] | None, typer.Argument(help="Speaking, listening, reading, writing, in this order.")
    ] = None,
    *,
    taken: Annotated[str | None, typer.Option(help="The day of the test, as 2026-11-23.")] = None,
    scale: Annotated[str | None, typer.Option(help="new or old: the scale of a TEF Canada report.")] = None,
    on: Annotated[str | None, typer.Option(help="The day to judge on; today if not given.")] = None,
    as_json: Annotated[bool, typer.Option("--json", help="One JSON object.")] = False,
    as_jsonl: Annotated[bool, typer.Option("--jsonl", help="JSON lines in, JSON lines out.")] = False,
    lang: Annotated[str, typer.Option(help="en or fr.")] = "en",
) -> None:
    """Turn the four scores of a test into CLB or NCLC levels."""
    if as_jsonl:
        jsonl.run(answer)
    try:
        data = {"test": test, **_four(scores or []), "taken": taken, "scale": scale, "on": on}
        converted = read(data)
    except RuleError as error:
        refuse(error, as_json, lang)
    if as_json:
        write_json(shape(converted))
    else:
        _show(converted, {name: data[name] for name in ABILITIES}, language(lang))


def answer(data: dict[str, Any]) -> Mapping[str, Any]:
    """The answer to one JSON line: `test`, the four abilities, and optionally `taken`, `scale`, `on`."""
    for name in data:
        if name not in _KEYS:
            raise BadInput(name, unknown_field(name, _KEYS))
    return shape(read(data))


def read(data: dict[str, Any]) -> Converted:
    """Convert what was given. Raises BadInput with the field at fault."""
    day = take_day(data)
    test = data.get("test")
    if not isinstance(test, str):
        raise BadInput("test", Reason("error.missing"))
    taken = data.get("taken")
    if taken is not None and as_day(taken) is None:
        raise BadInput("taken", Reason("error.date", {"given": str(taken)[:40]}))
    scores: dict[str, float] = {
        name: _number(name, data[name]) for name in ABILITIES if data.get(name) is not None
    }
    scale = data.get("scale")
    return convert(test, scores, on=day, taken=as_day(taken), scale=None if scale is None else str(scale))


def shape(converted: Converted) -> dict[str, Any]:
    """The JSON of a converted test."""
    last = converted.last_valid_day
    return {
        "test": converted.test,
        "language": converted.language,
        "scale": converted.scale,
        "levels": {name: getattr(converted.levels, name) for name in ABILITIES},
        "lowest": converted.levels.lowest,
        "valid": converted.valid,
        "valid_until": last.isoformat() if last else None,
        "caveats": [caveat.text("en") for caveat in converted.caveats],
    }


def _four(scores: list[str]) -> dict[str, object]:
    if len(scores) != len(ABILITIES):
        raise BadInput("scores", Reason("error.four_scores", {"given": len(scores)}))
    return {name: _as_number(text) for name, text in zip(ABILITIES, scores, strict=True)}


def _as_number(text: str) -> object:
    """A number typed with a point or a comma; what is none stays a text, for the error to quote."""
    try:
        return float(text.replace(",", "."))
    except ValueError:
        return text


def _number(name: str, given: object) -> float:
    if isinstance(given, bool) or not isinstance(given, (int, float)) or not math.isfinite(given):
        raise BadInput(name, Reason("error.number", {"given": str(given)[:40]}))
    return float(given)


def _show(converted: Converted, scores: Mapping[str, object], lang: Language) -> None:
    from rich.console import Console
    from rich.table import Table

    table = Table()
    level = Reason(f"language.level.{converted.language}").text(lang)
    for heading in ("", Reason("language.score").text(lang), level):
        table.add_column(heading, justify="right" if heading else "left")
    for name in ABILITIES:
        score = f"{scores[name]:g}" if isinstance(scores[name], float) else str(scores[name])
        table.add_row(Reason(f"language.{name}").text(lang), score, str(getattr(converted.levels, name)))
    table.add_section()
    table.add_row(Reason("language.lowest").text(lang), "", str(converted.levels.lowest))
    console = Console()
    console.print(table)
    if converted.valid and converted.last_valid_day:
        console.print(Reason("language.valid_until", {"last": converted.last_valid_day}).text(lang))
    for caveat in converted.caveats:
        console.print(f"• {caveat.text(lang)}", markup=False, highlight=False)

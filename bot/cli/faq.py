"""`oinp faq ask|list|evaluate|gaps`: the questions people ask and their answers."""

from __future__ import annotations

import html
import re
from collections.abc import Mapping
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer

from bot.cli import jsonl
from rules.errors import BadInput
from rules.input_errors import unknown_field
from rules.texts import LANGUAGES, Language, Reason

if TYPE_CHECKING:
    from knowledge.faq.index import FaqIndex

app = typer.Typer(no_args_is_help=True)

KEYS = ("text", "lang")
Lang = Annotated[str, typer.Option(help="en or fr.")]


@app.command()
def ask(
    text: Annotated[list[str] | None, typer.Argument(help="The question, in anybody's words.")] = None,
    as_jsonl: Annotated[bool, typer.Option("--jsonl", help="JSON lines in, JSON lines out.")] = False,
    lang: Lang = "en",
) -> None:
    """The answer to a question, with its source and date."""
    from knowledge.faq.index import load_faq

    faq = load_faq()
    if as_jsonl:
        jsonl.run(lambda data: found(faq, data))
    question = " ".join(text or ())
    if not question.strip():
        raise typer.BadParameter("give a question, or --jsonl for many")
    _tell(faq, question, _option(lang))


@app.command("list")
def list_entries(lang: Lang = "en") -> None:
    """Every entry: its slug, its question, the numbers it covers."""
    from rich.console import Console
    from rich.table import Table

    from knowledge.faq.index import load_faq

    faq, language = load_faq(), _option(lang)
    table = Table("slug", "question", "covers")
    for slug in faq.slugs:
        table.add_row(slug, faq.title(slug, language), ", ".join(map(str, faq.covers(slug))))
    Console().print(table)


@app.command()
def evaluate(
    files: Annotated[list[Path], typer.Argument(exists=True, dir_okay=False, help="Labelled JSON lines.")],
    misses: Annotated[bool, typer.Option(help="Show every question that was not met.")] = False,
) -> None:
    """How often the right entry comes first, or among three, on labelled questions."""
    from bot.cli.faq_report import read, show
    from knowledge.faq.index import load_faq

    faq = load_faq()
    for file in files:
        show(file.name, read(faq, file), misses=misses)


@app.command()
def gaps() -> None:
    """What nobody could answer and which answers did not help, as people told it. Holds no identity."""
    import asyncio

    from bot.cli.failing import or_exit
    from bot.cli.faq_gaps import show

    with or_exit():
        asyncio.run(show())


def found(faq: FaqIndex, data: dict[str, Any]) -> Mapping[str, Any]:
    """The answer to one JSON line. Raises BadInput for a line that cannot be answered."""
    for name in data:
        if name not in KEYS:
            raise BadInput(name, unknown_field(name, KEYS))
    text = data.get("text")
    if not isinstance(text, str):
        raise BadInput("text", Reason("error.missing", {}))
    result = faq.search(text, _language(data.get("lang") or "en"))
    answers = [list(faq.covers(slug)) for slug in result.entries]
    return {"entries": list(result.entries), "answers": answers, "answered": result.answered}


def _tell(faq: FaqIndex, question: str, lang: Language) -> None:
    from rich.console import Console

    result = faq.search(question, lang)
    say = Console(highlight=False, markup=False, soft_wrap=True).print
    if not result.answered:
        say(f"Not answered here ({result.out_of_scope or 'unknown question'}).")
        raise typer.Exit(1)
    answer = faq.answer(result.entries[0], lang, jsonl.today())
    say(f"{answer.title}\n\n{_plain(answer.html)}\n")
    say(f"As of {answer.as_of}, {answer.confidence}: {answer.source_url}")
    for slug in result.entries[1:3]:
        say(f"See also: {faq.title(slug, lang)}")


def _plain(text: str) -> str:
    return html.unescape(re.sub(r"<[^>]+>", "", text))


def _option(lang: str) -> Language:
    try:
        return _language(lang)
    except BadInput as error:
        raise typer.BadParameter(error.message) from error


def _language(given: object) -> Language:
    for lang in LANGUAGES:
        if given == lang:
            return lang
    raise BadInput("lang", Reason("error.choice", {"given": str(given)[:20], "accepted": LANGUAGES}))

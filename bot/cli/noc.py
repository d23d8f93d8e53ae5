"""`oinp noc …`: unit groups shown, searched, matched by duties; official files; accuracy; reference letters."""

from __future__ import annotations

import json
import sys
from collections.abc import Mapping
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any, NoReturn

import typer

from bot.cli import jsonl
from rules.errors import BadInput
from rules.input_errors import unknown_field
from rules.texts import Reason

if TYPE_CHECKING:
    from knowledge.noc.match_result import CodeMatch, MatchResult
    from knowledge.noc.matching import Matcher
    from knowledge.noc.unit_group import Language

app = typer.Typer(no_args_is_help=True)

Lang = Annotated[str | None, typer.Option(help="en or fr; the text's own language if not given.")]
Json = Annotated[bool, typer.Option("--json", help="One JSON object.")]
Top = Annotated[int, typer.Option(min=1, max=50, help="How many codes.")]
KEYS = ("text", "title", "lang")
BAD = 2


@app.command()
def show(code: str, lang: Lang = None, as_json: Json = False) -> None:
    """The card of a unit group, by its five digits or by four of NOC 2016."""
    from bot.cli import noc_tables
    from knowledge.noc import catalogue, concordance

    groups = catalogue.load()
    codes = (code,) if code in groups else concordance.successors().get(code, ())
    if not codes:
        leave(f"{code} is not a unit group of NOC 2021 (five digits) or of NOC 2016 (four digits).", as_json)
    if as_json:
        shown = [groups[each].model_dump(exclude_none=True) for each in codes]
        write_json(shown[0] if code in groups else {"noc_2016": code, "groups": shown})
    else:
        noc_tables.show_groups([groups[each] for each in codes], language(lang) or "en")


@app.command()
def search(text: str, top: Top = 10, lang: Lang = None, as_json: Json = False) -> None:
    """Unit groups by job title; typos are forgiven."""
    from bot.cli import noc_tables
    from knowledge.noc import catalogue

    found = matcher().by_title(text, top)
    if as_json:
        write_json({"codes": [code for code, _ in found]})
    else:
        noc_tables.show_found(found, catalogue.load(), language(lang) or "en")


@app.command()
def match(  # noqa: PLR0917 - the command line has these options
    text: Annotated[
        str | None, typer.Argument(help="Duties, a title, or a pasted letter; - reads it.")
    ] = None,
    title: Annotated[str | None, typer.Option(help="The job title beside the duties.")] = None,
    top: Top = 5,
    lang: Lang = None,
    as_json: Json = False,
    as_jsonl: Annotated[bool, typer.Option("--jsonl", help="JSON lines in, JSON lines out.")] = False,
) -> None:
    """Unit groups by duties, with the evidence for each."""
    if as_jsonl:
        jsonl.run(answerer(matcher(), top, language(lang)))
    text = sys.stdin.read() if text in (None, "-") else text
    result = matcher().match(text or "", title, language(lang), top)
    if as_json:
        write_json({"language": result.language, "problem": result.problem, **shape(result)})
        return
    from bot.cli import noc_tables
    from knowledge.noc import catalogue

    noc_tables.show_match(result, catalogue.load())


@app.command("import")
def import_official(
    files: Annotated[
        list[Path] | None, typer.Argument(help="Structure, elements, concordance; English, French.")
    ] = None,
    download: Annotated[bool, typer.Option(help="Fetch them from Statistics Canada.")] = False,
    as_json: Json = False,
) -> None:
    """Take the official texts in; the old ones stay where a file is broken."""
    from bot import noc_import
    from bot.cli import noc_tables
    from knowledge.noc.official_table import BrokenOfficialFile

    if bool(files) == download:
        leave("Give the official files, or --download.", as_json)
    try:
        source = noc_import.downloaded() if download else noc_import.local_files(files or [])
        with noc_tables.progress(quiet=as_json) as step:
            given = [(step(f"reading {name}"), name, content)[1:] for name, content in source]
            path = noc_import.import_into(noc_import.data_folder(), given, step)
    except (BrokenOfficialFile, noc_import.CannotDownload, OSError) as broken:
        leave(f"Not imported; what was there before stays. {broken}", as_json)
    if as_json:
        write_json({"imported": str(path), "files": [name for name, _ in given]})
    else:
        sys.stdout.write(f"Imported {len(given)} files into {path}.\n")


@app.command()
def evaluate(
    files: Annotated[list[Path], typer.Argument(help="JSON lines: id, text, title (optional), acceptable.")],
    as_json: Json = False,
) -> None:
    """How often the matcher is right on labelled texts, with 95 % intervals, calibration and confusions."""
    from bot.cli import noc_tables
    from bot.cli.noc_examples import BadExamples, read_examples
    from knowledge.noc.evaluation import evaluate as evaluated

    try:
        sets = {path.stem: read_examples(path) for path in files}
    except BadExamples as bad:
        leave(str(bad), as_json)
    reports = {name: evaluated(matcher(), examples) for name, examples in sets.items()}
    if as_json:
        write_json({name: noc_tables.report_shape(report) for name, report in reports.items()})
    else:
        noc_tables.show_reports(reports)


@app.command()
def letter(
    code: str,
    file: Annotated[
        Path | None, typer.Argument(help="The letter as text; standard input if not given.")
    ] = None,
    lang: Lang = None,
    as_json: Json = False,
) -> None:
    """Check a reference letter against a code: duties met and missing, copied wording, missing particulars."""
    from bot.cli import noc_tables
    from knowledge.noc.letter import check

    try:
        text = file.read_text(encoding="utf-8") if file else sys.stdin.read()
    except (OSError, UnicodeDecodeError) as error:
        leave(f"{file} cannot be read: {error}", as_json)
    try:
        checked = check(text, code, matcher(), official(), language(lang))
    except KeyError:
        leave(f"{code} is not a unit group of NOC 2021.", as_json)
    if as_json:
        write_json(noc_tables.letter_shape(checked))
    else:
        noc_tables.show_letter(checked)


def matcher() -> Matcher:
    """The matcher with the imported texts, where there are any."""
    from bot import noc_import
    from knowledge.noc.matching import load_matcher

    return load_matcher(noc_import.installed(noc_import.data_folder()))


def official() -> Any:
    from bot import noc_import
    from knowledge.noc.official_texts import read

    path = noc_import.installed(noc_import.data_folder())
    return read(path) if path else None


def answerer(loaded: Matcher, top: int, asked: Language | None) -> jsonl.Answer:
    """What answers one JSON line: `text`, and optionally `title` and `lang`."""

    def answer(data: dict[str, Any]) -> Mapping[str, Any]:
        for name in data:
            if name not in KEYS:
                raise BadInput(name, unknown_field(name, KEYS))
        text, title = wanted_text(data, "text", required=True), wanted_text(data, "title", required=False)
        chosen = as_language(data["lang"]) if data.get("lang") is not None else asked
        return shape(loaded.match(text or "", title or None, chosen, top))

    return answer


def wanted_text(data: Mapping[str, Any], name: str, *, required: bool) -> str | None:
    value = data.get(name)
    if value is None and not required:
        return None
    if value is None:
        raise BadInput(name, Reason("error.missing"))
    if not isinstance(value, str):
        raise BadInput(name, Reason("error.other", {"given": str(value)[:40], "problem": "text is wanted"}))
    return value


def shape(result: MatchResult) -> dict[str, Any]:
    return {
        "codes": [found.code for found in result.matches],
        "confidence": result.confidence,
        "matches": [match_shape(found) for found in result.matches],
    }


def match_shape(found: CodeMatch) -> dict[str, Any]:
    return {
        "code": found.code,
        "score": found.score,
        "evidence": [{"said": line.said, "duty": line.duty, "score": line.score} for line in found.evidence],
        "missing": list(found.missing),
    }


def as_language(given: object) -> Language:
    if given in ("en", "fr"):
        return "en" if given == "en" else "fr"
    raise BadInput("lang", Reason("error.choice", {"given": str(given)[:40], "accepted": ["en", "fr"]}))


def language(given: str | None) -> Language | None:
    if given is None:
        return None
    if given not in ("en", "fr"):
        leave(f"{given} is not a language here: en or fr.", False)
    return "fr" if given == "fr" else "en"


def write_json(value: object) -> None:
    sys.stdout.write(json.dumps(value, ensure_ascii=False) + "\n")


def leave(message: str, as_json: bool) -> NoReturn:
    if as_json:
        write_json({"error": {"message": message}})
    else:
        sys.stderr.write(message + "\n")
    raise SystemExit(BAD)

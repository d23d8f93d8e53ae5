"""`oinp assess`: every stream for a person on a day, for people, for programs, or line by line."""

from __future__ import annotations

import gc
from collections.abc import Iterable, Mapping
from pathlib import Path
from typing import Annotated, Any

import typer

from bot.cli import jsonl
from bot.cli.score import language, read_object, refuse, write_json
from rules.errors import RuleError
from rules.fields import FIELDS
from rules.profile import Profile
from rules.streams import VERDICTS, CriterionResult, StreamAssessment, assess, assess_stream
from rules.texts import Language

app = typer.Typer(context_settings={"allow_interspersed_args": True})

NULL_IS_AN_ANSWER = frozenset({"english", "french", "spouse"})
"""Fields where null says "none"; elsewhere it says that the answer is not known."""


@app.callback(invoke_without_command=True)
def assess_profile(  # noqa: PLR0917 - the options of a command
    profile: Annotated[
        Path | None, typer.Argument(help="A profile as JSON; without it, standard input is read.")
    ] = None,
    as_json: Annotated[bool, typer.Option("--json", help="One JSON object.")] = False,
    as_jsonl: Annotated[bool, typer.Option("--jsonl", help="JSON lines in, JSON lines out.")] = False,
    fields: Annotated[bool, typer.Option("--fields", help="List what a profile may say.")] = False,
    stream: Annotated[str | None, typer.Option(help="Only this stream, criterion by criterion.")] = None,
    on: Annotated[str | None, typer.Option(help="The day, as 2026-11-23; today if not given.")] = None,
    lang: Annotated[str, typer.Option(help="en or fr.")] = "en",
) -> None:
    """Every stream for a person, on a day."""
    words = language(lang)
    if fields:
        _list_fields(as_json=as_json)
        return
    if as_jsonl:
        _keep_rules_out_of_collection()
        jsonl.run(lambda data: answer(data, words))
    try:
        data = read_object(profile)
        data.update({"on": on} if on else {})
        identity = data.pop("id", None)
        found = _assessed(data, stream)
    except RuleError as error:
        refuse(error, as_json, lang)
    if as_json:
        write_json({"id": identity, **_as_json(found, words)})
        return
    from bot.cli.assess_table import show

    show(found, words, detailed=stream is not None)


def _keep_rules_out_of_collection() -> None:
    """Load the rules once and for all; walking them again and again would cost a tenth of a long run."""
    assess(Profile(), jsonl.today())
    gc.collect()
    gc.freeze()


def answer(data: dict[str, Any], lang: Language = "en") -> Mapping[str, Any]:
    """The answer to one JSON object. Raises RuleError."""
    return _as_json(_assessed(data, None), lang)


def _assessed(data: dict[str, Any], stream: str | None) -> tuple[StreamAssessment, ...]:
    day = jsonl.take_day(data)
    data.pop("stream", None)  # which grid to score is part of a shared profile, and nothing to assess
    told = {name: value for name, value in data.items() if value is not None or name in NULL_IS_AN_ANSWER}
    profile = Profile.parse(told)
    return (assess_stream(stream, profile, day),) if stream else assess(profile, day)


def _as_json(found: Iterable[StreamAssessment], lang: Language) -> dict[str, Any]:
    shared = _Written(lang)
    streams = [_stream(one, shared) for one in found]
    return {"on": next(iter(found)).on.isoformat(), "streams": streams}


def _stream(one: StreamAssessment, shared: _Written) -> dict[str, Any]:
    return {
        "stream": one.stream,
        "state": one.state,
        "registration_open": one.registration_open,
        "verdict": VERDICTS[one.verdict],
        "criteria": [shared.of(result) for result in one.criteria],
        "asks": list(one.asks),
    }


class _Written(dict[int, dict[str, str]]):
    """Criteria as JSON, each written once for all the streams that share it."""

    def __init__(self, lang: Language) -> None:
        super().__init__()
        self.lang = lang

    def of(self, result: CriterionResult) -> dict[str, str]:
        key = id(result)
        if key not in self:
            self[key] = {
                "id": result.id,
                "verdict": VERDICTS[result.verdict],
                "reason": result.reason.text(self.lang),
                "source": result.source.url,
            }
        return self[key]


def _list_fields(*, as_json: bool) -> None:
    if not as_json:
        from bot.cli.assess_table import show_fields

        show_fields(FIELDS.values())
        return
    described = []
    for field in FIELDS.values():
        limits = {"minimum": field.minimum, "maximum": field.maximum, "unit": field.unit}
        facts = {name: value for name, value in limits.items() if value is not None}
        choices = {"choices": list(field.choices)} if field.choices else {}
        described.append({"name": field.name, "kind": field.kind, **choices, **facts, "cost": field.cost})
    write_json({"fields": described})
